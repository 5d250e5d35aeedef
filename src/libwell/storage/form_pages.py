"""Pages in which worksheets are answered, read back as the hostile files they may be: what they are made of.

Nothing of a page is shown or run, and no mistake quotes it. Whether it is as libwell makes it, `flows.form`
finds out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, ValidationError

from libwell.errors import FileRefusedError, Mistake
from libwell.model.base import NotTooMany

if TYPE_CHECKING:
    from pathlib import Path

BEGINS, ENDS = '<script type="application/json" id="form-data">', "</script>"
"""What stands around the data of a page."""
WORKSHEET = '\n<script type="text/plain" id="definition">'
"""What follows, and stands before the worksheet."""
CHANGED = Mistake(
    "this page is not as `libwell form` makes it: something in it was changed, or is missing.",
    remedy="Don't answer in it. Ask for it again, or make it anew: libwell form WORKSHEET --output FILE",
)
_NO_FORM = Mistake("this is no page that `libwell form` made.", remedy="Name another file.")


class FormPage(BaseModel):
    """What a page was made of, besides libwell itself; the rest of its data follows from that."""

    model_config = ConfigDict(strict=True, frozen=True)

    libwell: str
    quiet: bool
    team: str
    library: str
    support: Annotated[list[str], NotTooMany]
    definition: dict[str, str]


def is_page(text: str, path: Path) -> bool:
    """Whether a text is to be read as a page, and not as TOML, which never begins so."""
    return path.suffix.lower() in (".html", ".htm") or text.lstrip()[:1] == "<"


def parse_form_page(text: str, path: Path) -> FormPage:
    """Read back what a page was made of; `path` is only named. Raises FileRefusedError."""
    _, begins, rest = text.partition(BEGINS)
    if not begins:
        raise FileRefusedError(str(path), (_NO_FORM,))
    data, ends, after = rest.partition(ENDS)
    worksheet = after.removeprefix(WORKSHEET).partition(ENDS)[0]
    page = _parse(data, unquote(worksheet)) if ends and BEGINS not in after else None
    if page is None:
        raise FileRefusedError(str(path), (CHANGED,))
    return page


def _parse(data: str, worksheet: str) -> FormPage | None:
    """The data, with the worksheet, as a model; None if it is no JSON, or says something else."""
    try:
        page = FormPage.model_validate_json(data)
    except ValidationError:  # which quotes what it was given
        return None
    return page.model_copy(update={"definition": {**page.definition, "worksheet": worksheet}})
