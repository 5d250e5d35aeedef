"""What is said of files given to a verb of a team that are not counted, and of what looks odd in the others.

It goes to whoever holds the copies, on standard error, and never into what is made of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from libwell.cli.told_failures import telling_failures
from libwell.model.characters import counted, listed
from libwell.model.nearest import some_of
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.rules.team.received import Why
    from libwell.rules.team.tally import Tally
    from libwell.storage.shared_folders import Beside
    from libwell.terminal.output import Output

_NAMED = 3
_ONE_TEAM = 'If they are one, change the line team = "…" in those copies before the first report.'
_WHY: dict[Why, str] = {
    "replaced": "a later copy takes its place.",
    "twice": "sent twice, counted once.",
    "withdrawn": "taken back.",
    "differs": "another file of this person says something else; one of the two counts. Ask for it again.",
}


def say_beside(output: Output, beside: Sequence[tuple[str, Beside]]) -> None:
    """Name what lies beside the copies and was not read."""
    folders, others = list[str](), list[str]()
    for name, what in beside:
        (folders if what == "folder" else others).append(one_line_name(Path(name)))
    if others:
        output.message(f"Passed over, as they are no shared copies: {some_of(others, most=_NAMED)}.")
    if folders:
        named = some_of(folders, most=_NAMED)
        output.message(f"Folders inside are not read: {named}. Name one to read it, too.")


def say_not_counted(output: Output, found: Sequence[tuple[str, Why]]) -> None:
    """Name files that don't count, as another of the same person does; of many the first, and how many."""
    with telling_failures(output.message) as told:
        for name, why in found:
            told.tell_of(name, _WHY[why])


def say_doubts(output: Output, tally: Tally, *, expected: int | None, teams: bool) -> None:
    """Point out what may be two rounds in one, and with `teams` the names that look alike."""
    from libwell.rules.team.doubts import alike_teams, mixed_rounds

    for line in mixed_rounds(tally, expected):
        output.message(line, style="warning")
    if not teams:
        return
    for names in alike_teams(tally):
        quoted = [f"“{name}”" for name in names]
        if len(quoted) > _NAMED:
            quoted[_NAMED:] = [f"{len(quoted) - _NAMED} more"]
        line = f"{listed(quoted)} look alike and are counted as {counted(len(names), 'team', 'teams')}."
        output.message(f"{line} {_ONE_TEAM}", style="warning")
