"""An earlier report, read back to stand beside a later one: what it told. It must not read a file.

What it says of its members, as `libwell.team-report/1` did, is passed over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from libwell.errors import UsageError
from libwell.kinds.values import NOT_ANSWERED

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "libwell.team-report/2"
_SCHEMAS = ("libwell.team-report/1", SCHEMA)
_Number = Annotated[int, Field(ge=0)]


class EarlierCount(NamedTuple):
    """What an earlier report told at a place: out of how many, each value's count, the median, the score."""

    people: int | None
    counts: Mapping[str, int]
    median: float | None
    score: float | None


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class _Spread(_Read):
    median: float


class _EarlierGroup(_Read):
    """A group; the first edition had the median in a `spread`."""

    team: str | None
    people: _Number | None
    counts: list[tuple[str, _Number]]
    median: float | None = None
    spread: _Spread | None = None
    score: float | None = None


class _EarlierPlace(_Read):
    """A place; with `is_reason`, as the first edition had it, its values are reasons not to answer."""

    prompt: str
    item: str
    column: str
    is_reason: bool = False
    groups: list[_EarlierGroup]


class _EarlierWorksheet(_Read):
    id: str
    places: list[_EarlierPlace]


class _EarlierReport(_Read):
    worksheets: list[_EarlierWorksheet]


Earlier = dict[tuple[str, str, str, str, str | None], EarlierCount]
"""Everything an earlier report told, by worksheet, prompt, item, column, and team (None: everybody)."""


def read_earlier(data: Any) -> Earlier:
    """Read a report out of what its JSON holds. Raises UsageError if it is none: nothing is shown then."""
    if not isinstance(data, dict) or data.get("schema") not in _SCHEMAS:
        raise UsageError("This is no report to compare with.", "Make one: team report --format json.")
    try:
        read = _EarlierReport.model_validate_json(json.dumps(data))
    except ValidationError:
        raise UsageError("This report can't be read; it may have been changed.", "Make it anew.") from None
    told: Earlier = {}
    for worksheet in read.worksheets:
        for place in worksheet.places:
            for group in place.groups:
                key = (worksheet.id, place.prompt, place.item, place.column, group.team)
                told[key] = _with_reasons(told.get(key), place, group)
    return told


def _with_reasons(before: EarlierCount | None, place: _EarlierPlace, group: _EarlierGroup) -> EarlierCount:
    """What was told at a place; reasons not to answer, once told by themselves, are values like others."""
    begin = f"{NOT_ANSWERED}:" if place.is_reason else ""
    counts = {begin + value: count for value, count in group.counts}
    if before is None:
        median = group.spread.median if group.spread else group.median
        return EarlierCount(group.people, counts, median, group.score)
    people = max(before.people or 0, group.people or 0)
    return before._replace(people=people, counts={**before.counts, **counts})
