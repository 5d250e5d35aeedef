"""A worksheet as a page for a browser: made of its data and of the printable blank, or compared with that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell import __version__
from libwell.errors import FileRefusedError, Mistake
from libwell.rules.form import form_data, support_on_page
from libwell.rules.paper import blank_document
from libwell.storage.definitions import definition_of, read_definition
from libwell.storage.form_pages import CHANGED, parse_form_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from libwell.model.worksheet import Worksheet
    from libwell.storage.worksheets import Shelf


def form_page(
    worksheet: Worksheet, *, support: Sequence[str], team: str = "", library: str = "", quiet: bool = False
) -> str:
    """Write the page.

    `support` is whom one can turn to, one way a line; the rest is as `form_data` has it.
    """
    from libwell.export.form.page import render  # brings Jinja

    data = form_data(
        worksheet,
        definition_of(worksheet),
        version=_made_by(),
        support=support,
        team=team,
        library=library,
        quiet=quiet,
    )
    return render(data, blank_document(worksheet, facilitator=False, support=support))


def page_mistakes(text: str, path: Path, shelf: Shelf, *, support: Sequence[str]) -> tuple[Mistake, ...]:
    """What is wrong with a page that somebody says libwell made: it is made anew and compared.

    The hints say whether its questions are those of a worksheet at hand, and whom it says one can turn to
    those of `support`, the lines that are set here. Raises FileRefusedError for what is
    no such page, or can't be read back.
    """
    found = parse_form_page(text, path)
    if found.libwell != _made_by():
        return (_OTHER_VERSION,)
    try:
        worksheet = read_definition(found.definition.get("worksheet", ""), from_others=True)
    except FileRefusedError:  # which quotes it
        return (CHANGED,)
    made = form_page(
        worksheet, support=found.support, team=found.team, library=found.library, quiet=found.quiet
    )
    if made != text:
        return (CHANGED,)
    others = () if found.support == support_on_page(support) else (_OTHER_SUPPORT,)
    return (*_compared(worksheet, shelf), *others)


def _made_by() -> str:
    """What writes pages, by its versions: only the same ones write the same bytes."""
    import rcssmin
    import rjsmin

    return f"{__version__} rjsmin/{rjsmin.__version__} rcssmin/{rcssmin.__version__}"


def _compared(worksheet: Worksheet, shelf: Shelf) -> tuple[Mistake, ...]:
    """Hint at questions that are not those of a worksheet of this id at hand."""
    here = shelf.all_with_id(worksheet.id)
    if any(definition_of(one) == definition_of(worksheet) for one in here):
        return ()
    return (_OTHER_QUESTIONS if here else _NOT_AT_HAND,)


_OTHER_VERSION = Mistake(
    "this page was made by another version of libwell or of its parts, so whether it was changed since can't "
    "be told here.",
    remedy="Make it anew: libwell form WORKSHEET --output FILE",
)
_OTHER_QUESTIONS = Mistake(
    "its questions are not those of the worksheet of this id that is at hand.",
    remedy="Look at them before you hand it on; the worksheet may have changed since.",
    hint=True,
)
_OTHER_SUPPORT = Mistake(
    "whom one can turn to is not what is set here.",
    remedy="Read the numbers and names in it before you hand it on.",
    hint=True,
)
_NOT_AT_HAND = Mistake(
    "no worksheet of this id is at hand, so whose questions these are can't be told.",
    remedy="Look at them before you hand it on.",
    hint=True,
)
