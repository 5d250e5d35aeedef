"""An earlier report, read back to be compared with: what it told, and of whom (as stand-ins, not as people).

It must not read a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from libwell.errors import UsageError
from libwell.rules.team.spread import Spread  # noqa: TC001 - pydantic reads the annotation

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "libwell.team-report/1"
Count = Annotated[int, Field(ge=0)]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class EarlierGroup(_Read):
    """The counts of everybody (team None) or of a team at one place."""

    team: str | None
    people: Count
    counts: list[tuple[str, Count]]
    spread: Spread | None


class EarlierPlace(_Read):
    """A place of an answer, and the groups that were told of."""

    prompt: str
    item: str
    column: str
    is_reason: bool
    groups: list[EarlierGroup]

    def of(self, team: str | None) -> EarlierGroup | None:
        """What was told of a group."""
        return next((group for group in self.groups if group.team == team), None)


class EarlierTeam(_Read):
    """A team: its folded name, who was in it, and whether it was told of."""

    id: str
    is_told: bool
    members: list[str]


class EarlierWorksheet(_Read):
    """A worksheet: who answered it, and whether anything was told."""

    id: str
    is_told: bool
    members: list[str]
    teams: list[EarlierTeam]
    places: list[EarlierPlace]

    def members_of(self, team: str | None) -> frozenset[str]:
        """Who was in a group."""
        if team is None:
            return frozenset(self.members)
        return frozenset(name for one in self.teams if one.id == team for name in one.members)


class Earlier(_Read):
    """A whole report."""

    by_team: bool
    worksheets: list[EarlierWorksheet]

    def find(self, worksheet: str) -> EarlierWorksheet | None:
        """What was said of a worksheet."""
        return next((one for one in self.worksheets if one.id == worksheet), None)


def read_earlier(data: Any) -> Earlier:
    """Read a report out of what its JSON holds. Raises UsageError if it is none: nothing is compared then."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError("This is no report to compare with.", "Make one: team report --format json.")
    try:
        return Earlier.model_validate_json(_json(data))
    except ValidationError:
        raise UsageError("This report can't be read; it may have been changed.", "Make it anew.") from None


def _json(data: Any) -> str:
    import json

    return json.dumps(data)


def changed(before: Iterable[str], now: Iterable[str]) -> int:
    """How many people changed between two groups: at least so many came, left, or changed their answers.

    Whoever changed an answer counts once, as the same who came and who left.
    """
    then, here = frozenset(before), frozenset(now)
    return max(len(then - here), len(here - then))
