"""`libwell team told`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import AsJson, print_json, print_rows
from libwell.cli.team_copies import memory_of
from libwell.errors import LibwellError

if TYPE_CHECKING:
    from libwell.cli.session import Session
    from libwell.model.verb_records import TeamToldRecord, ToldRecord


def command(
    context: typer.Context,
    forget: Annotated[
        str, typer.Option(help="Forget what was told of a worksheet; asks first.", metavar="WORKSHEET")
    ] = "",
    json: AsJson = False,
) -> None:
    """List what reports and plans told so far: of which worksheets, and of how many people.

    libwell keeps this so that no two reports side by side show what one person answered. It holds no answers,
    names or words.

    Example:
        libwell team told
    """
    session: Session = context.obj
    if forget:
        _forget(session, forget)
        return
    sets = sorted(memory_of(session).read().sets, key=lambda one: one.worksheet)
    if json:
        told: list[ToldRecord] = [
            {"worksheet": one.worksheet, "is_team": bool(one.team), "people": len(one.copies)} for one in sets
        ]
        record: TeamToldRecord = {"schema": "libwell.team-told/1", "told": told}
        print_json(session.output, record)
    elif sets:
        rows = [(one.worksheet, "a team" if one.team else "everybody", str(len(one.copies))) for one in sets]
        print_rows(session.output, ("worksheet", "told of", "people"), rows)
    else:
        session.output.message("Nothing was told yet.")


_WHAT_FORGETTING_OPENS = (
    "After that the next report begins anew. Laid beside an earlier one, it can show what single people "
    "answered: whoever came, left or changed an answer in between. Forget only if no earlier report is in "
    "anybody's hands, or if everybody agrees."
)


def _forget(session: Session, worksheet: str) -> None:
    """Ask, and forget what was told of a worksheet."""
    from libwell.storage.team_reports import DamagedMemoryError

    session.need_to_ask("Forgetting is asked about, on a terminal.")
    memory = memory_of(session)
    try:
        told = memory.read().of(worksheet)
        if not told:
            raise LibwellError(f"Nothing was told of {worksheet}.", "`libwell team told` lists what was.")
        said = f"libwell forgets what was told of {worksheet}."
    except DamagedMemoryError:
        said = "What was told can't be read any more, so libwell forgets all of it, of every worksheet."
    question = "Type forget to forget it; anything else keeps it."
    if not session.confirms("forget", said, _WHAT_FORGETTING_OPENS, question):
        raise LibwellError("Nothing was forgotten.")
    memory.forget(worksheet)
    session.output.message("Forgotten.")
