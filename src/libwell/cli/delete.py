"""`libwell delete`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import EXPORTS_STAY, NO_ERASURE, ResponseName
from libwell.cli.session import Session
from libwell.errors import LibwellError
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.deleting import Deletion

_MOST_NAMED = 10


def command(
    context: typer.Context,
    response: ResponseName,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete a response and the earlier version kept beside it; asks first.

    What was exported of it stays where it is; its names are said.

    Example:
        libwell delete k3f9
    """
    from libwell.flows.deleting import delete, find_deletion
    from libwell.storage.export_record import ExportRecord

    session: Session = context.obj
    if not yes:
        session.need_to_ask("To delete without a question: --yes.")
    with closing(ExportRecord(session.places.exports, patience=session.short_patience)) as record:
        found = find_deletion(response, session.folder, record)
        about = list(_about_copies(found))
        question = "Type delete to delete it; anything else keeps it."
        if not yes and not session.confirms("delete", found.words, *about, question):
            raise LibwellError("Nothing was deleted.")
        delete(found, session.folder, record)
    session.output.message(f"Deleted: {found.response}.")
    if yes:
        for line in about:
            session.output.message(line)
    session.sweep_after_editors()


def _about_copies(found: Deletion) -> Iterator[str]:
    """What is not deleted: traces on the disk, and files that were exported."""
    yield NO_ERASURE if found.exports else f"{NO_ERASURE} {EXPORTS_STAY}"
    if found.exports:
        yield "What was exported of it is still here; delete it yourself if you want it gone too:"
        yield from (f"  {one_line_name(path)}" for path in found.exports[:_MOST_NAMED])
    if len(found.exports) > _MOST_NAMED:
        yield f"  and {len(found.exports) - _MOST_NAMED} more."
