"""`new`: a worksheet to start from, written where it is wanted.

Its text is `template.toml` beside this module: small, complete, with comments that teach. It holds to what
`check` asks for, and shows each kind of question. In its place an example in the shape of an instrument can
be taken, which is asked as it is.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from libwell.errors import LibwellError, UsageError
from libwell.flows.formats import file_name, named_file_at
from libwell.model.base import Id
from libwell.storage.files import create_exclusively, read_text
from libwell.storage.places import shipped_examples
from libwell.storage.worksheets import WORKSHEET_LIMIT

if TYPE_CHECKING:
    from libwell.storage.worksheets import Header, Shelf

_LONGEST = 64
_ID: TypeAdapter[str] = TypeAdapter(Id)


def template_text(name: str, like: str = "") -> str:
    """The commented text of a new worksheet. `name` is its id. Raises UsageError if it can't be one.

    `like` is an example to begin from, by the name of its file.
    """
    if fault := _fault(name):
        mended = mended_id(name)
        remedy = f"Did you mean {mended}?" if mended else "Choose another, such as front-door."
        raise UsageError(f"This can't be the id of a worksheet: {fault}.", remedy)
    title = name.replace("-", " ").strip().capitalize()
    if not like:
        text = read_text(Path(__file__).with_name("template.toml"), limit=WORKSHEET_LIMIT)
        text = text.replace("NAME.toml", file_name(name, ".toml"))
        return text.replace("NAME", name).replace("TITLE", title)
    text = read_text(shipped_examples() / f"{like}.toml", limit=WORKSHEET_LIMIT)
    text = text.replace(f"{like}.toml", file_name(name, ".toml"))
    text = text.replace(f'\nid = "{like}"\n', f'\nid = "{name}"\n', 1)
    return re.sub(r'^title = ".*"$', f'title = "{title}"', text, count=1, flags=re.MULTILINE)


def mended_id(text: str) -> str:
    """The id a person may have meant, such as `my-check` for `My Check`; empty if there is none."""
    last = re.split(r"[/\\]", text.strip().rstrip("/\\"))[-1].removesuffix(".toml")
    plain = unicodedata.normalize("NFKD", last.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    candidates = (part[:_LONGEST].rstrip("-") for part in (name, f"my-{name}") if name)
    return next((candidate for candidate in candidates if not _fault(candidate)), "")


def _fault(name: str) -> str:
    """Why this is no id; empty if it is one."""
    try:
        _ID.validate_python(name)
    except ValidationError as error:
        return str(error.errors()[0].get("ctx", {}).get("error", "it is not a text"))
    return ""


def find_same_id(name: str, shelf: Shelf) -> Header | None:
    """The worksheet at hand that has this id already; None if there is none."""
    headers, _ = shelf.headers()
    return next((header for header in headers if header.id == name), None)


def write_template(text: str, name: str, output: str) -> Path:
    """Write the text of a new worksheet. Returns where it is; nothing is ever replaced.

    `name` is its id; `output` is a file or a folder (empty: the current one). Raises LibwellError if there is
    a file already, UsageError for a file's name that no worksheet has.
    """
    path = named_file_at(output, file_name(name, ".toml"), what="A worksheet's file")
    try:
        create_exclusively(path, text.encode(), private=False)
    except FileExistsError:
        raise LibwellError(
            f"{path} is there already, and stays as it is.", "Choose another name: --output FILE."
        ) from None
    return path
