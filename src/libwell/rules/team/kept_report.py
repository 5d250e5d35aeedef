"""A report kept as JSON, read back: to stand beside a later one, or as a round of a trend.

Whoever made the file may have changed it, so each field is checked. It must not read a file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, get_args

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from libwell.errors import UsageError
from libwell.kinds.values import NOT_ANSWERED
from libwell.model.report_records import (
    CountsRecord,
    PlaceName,
    ReportSchema,
    ValueRecord,
    WishRecord,
)
from libwell.rules.team.report import EarlierCount

if TYPE_CHECKING:
    from libwell.rules.team.report import Earlier

_SCHEMAS = ("libwell.team-report/1", *get_args(ReportSchema))
_MOST = 1e12
"""No number of a report is so large, or as far below zero."""
_People = Annotated[int, Field(ge=0)]
_Number = Annotated[float, Field(ge=-_MOST, le=_MOST)]


class _FirstSpread(TypedDict):
    median: _Number


class _KeptGroup(CountsRecord):
    """A group; the first edition had the median in a `spread`, and there were no rankings then."""

    team: str | None
    median: NotRequired[_Number | None]
    spread: NotRequired[_FirstSpread | None]
    score: NotRequired[_Number | None]
    mean_place: NotRequired[_Number | None]


class KeptPlace(PlaceName):
    """A place; with `is_reason`, as the first edition had it, its values are reasons not to answer."""

    is_reason: NotRequired[bool]
    item_text: NotRequired[str]
    column_text: NotRequired[str]
    shape: NotRequired[str]
    groups: list[_KeptGroup]


class KeptQuestion(TypedDict):
    """A question; earlier reports don't have the words of its values."""

    id: str
    title: str
    kind: str
    low: NotRequired[_Number | None]
    high: NotRequired[_Number | None]
    is_percent: NotRequired[bool]
    values: NotRequired[list[ValueRecord]]


class KeptWorksheet(TypedDict):
    """What was told of a worksheet; the first edition had the number of people in its `members`."""

    id: str
    title: NotRequired[str]
    language: NotRequired[str]
    people: NotRequired[_People | None]
    members: NotRequired[list[Any]]
    questions: NotRequired[list[KeptQuestion]]
    places: list[KeptPlace]
    wishes: NotRequired[list[WishRecord]]


class KeptReport(TypedDict):
    """What is read of a report; of its members, as the first edition named them, only how many there are."""

    min_group: NotRequired[_People]
    library: NotRequired[str]
    team: NotRequired[str]
    worksheets: list[KeptWorksheet]


def read_kept(data: Any) -> KeptReport:
    """Read a report out of what its JSON holds. Raises UsageError if it is none: nothing is shown then."""
    if not isinstance(data, dict) or data.get("schema") not in _SCHEMAS:
        raise UsageError("This is no report to compare with.", "Make one: team report --format json.")
    try:
        return TypeAdapter(KeptReport).validate_json(json.dumps(data), strict=True)
    except ValidationError:
        raise UsageError("This report can't be read; it may have been changed.", "Make it anew.") from None


def told_in(kept: KeptReport) -> Earlier:
    """Everything a report told."""
    told: Earlier = {}
    for worksheet in kept["worksheets"]:
        for place in worksheet["places"]:
            for group in place["groups"]:
                key = (worksheet["id"], place["prompt"], place["item"], place["column"], group["team"])
                told[key] = _with_reasons(told.get(key), place, group)
    return told


def _with_reasons(before: EarlierCount | None, place: KeptPlace, group: _KeptGroup) -> EarlierCount:
    """What was told at a place; reasons not to answer, once told by themselves, are values like others."""
    begin = f"{NOT_ANSWERED}:" if place.get("is_reason") else ""
    counts = {begin + value: count for value, count in group["counts"]}
    if before is None:
        median = (group.get("spread") or group).get("median")
        return EarlierCount(group["people"], counts, median, group.get("score"), group.get("mean_place"))
    people = max(before.people or 0, group["people"] or 0)
    return before._replace(people=people, counts={**before.counts, **counts})
