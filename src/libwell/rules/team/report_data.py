"""A report as plain data: for programs, for a spreadsheet, and read back to stand beside a later report.

Only what a report tells goes into it. It must not read a file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from libwell.errors import UsageError
from libwell.kinds.values import NOT_ANSWERED
from libwell.model.sheet import Sheet
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.divided import divided
from libwell.rules.team.report import EarlierCount
from libwell.rules.team.wording import NO_TEAM, text_of, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.report_records import (
        CountedRecord,
        GroupRecord,
        PlaceRecord,
        QuestionRecord,
        ReportRecord,
        ReportSchema,
        WorksheetReportRecord,
    )
    from libwell.model.sheet import Cell
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import (
        Earlier,
        GroupReport,
        PlaceReport,
        QuestionReport,
        Report,
        WorksheetReport,
    )

SCHEMA: ReportSchema = "libwell.team-report/2"
_SCHEMAS = ("libwell.team-report/1", SCHEMA)
COLUMNS = (
    *("worksheet", "title", "section", "prompt", "kind", "question", "item", "item_text"),
    *("column", "column_text", "team", "value", "value_text", "is_reason", "count", "people"),
    *("earlier_count", "earlier_people", "median", "score"),
)


def report_data(report: Report) -> ReportRecord:
    """Everything a report tells; ids are values, never keys."""
    return {
        "schema": SCHEMA,
        "min_group": report.minimum,
        "by_team": report.by_team,
        "since": report.is_since,
        "worksheets": [_worksheet(one) for one in report.worksheets],
    }


def _worksheet(one: WorksheetReport) -> WorksheetReportRecord:
    return {
        "id": one.outline.id,
        "title": one.outline.title,
        "language": one.outline.language,
        "people": one.spoken_of.people,
        "is_told": one.spoken_of.people is not None,
        "waits": one.spoken_of.waits,
        "versions": list(one.versions),
        "teams": [
            {"id": team.id, "name": team.name, "people": team.people, "is_told": team.people is not None}
            for team in one.teams
        ],
        "differing": [{"id": each.id, "title": each.ask, "how": list(each.what)} for each in one.differing],
        "apart": [
            {
                "measure": each.measure,
                "question": each.question,
                "item": each.item,
                "how": each.how,
                "talk": each.talk,
            }
            for each in divided(one)
        ],
        "questions": [_question(each) for each in one.questions],
        "places": [_place(each.question, place) for each in one.questions for place in each.places],
    }


def _question(one: QuestionReport) -> QuestionRecord:
    question = one.question
    return {
        "id": question.id,
        "title": question.ask,
        "kind": question.kind,
        "section": question.section or None,
        "low": question.low,
        "high": question.high,
        "answered": one.answered,
        "texts": [{"item": text.item, "column": text.column, "text": text.text} for text in one.texts],
    }


def _place(question: TeamQuestion, place: PlaceReport) -> PlaceRecord:
    return {
        "prompt": question.id,
        "item": place.item,
        "item_text": text_of(question.items, place.item),
        "column": place.column,
        "column_text": text_of(question.columns, place.column),
        "several": place.several if place.groups else None,
        "groups": [_group(group) for group in place.groups],
    }


def _group(group: GroupReport) -> GroupRecord:
    earlier = group.earlier
    return {"team": group.team, **_counted(group), "earlier": _counted(earlier) if earlier else None}


def _counted(group: GroupReport | EarlierCount) -> CountedRecord:
    return {
        "people": group.people,
        "counts": [[value, count] for value, count in group.counts.items()],
        "median": group.median,
        "score": group.score,
    }


# --- a spreadsheet --------------------------------------------------------------------------------


def report_sheet(report: Report) -> Sheet:
    """Every count that is told, one a row; the team is empty where it is of everybody."""
    rows = [
        row
        for about in report.worksheets
        for one in about.questions
        for place in one.places
        for group in place.groups
        for row in _rows(about, one.question, place, group)
    ]
    return Sheet(COLUMNS, tuple(rows))


def _rows(
    about: WorksheetReport, question: TeamQuestion, place: PlaceReport, group: GroupReport
) -> Iterator[tuple[Cell, ...]]:
    teams: dict[str | None, str | None] = {team.id: team.name or NO_TEAM for team in about.teams}
    earlier = group.earlier
    for value, count in group.counts.items() or [("", None)]:
        texts = (
            *(about.outline.id, about.outline.title, question.section, question.id, question.kind),
            *(question.ask, place.item, text_of(question.items, place.item)),
            *(place.column, text_of(question.columns, place.column), teams.get(group.team)),
            *(value, value_text(question, place.column, value)),
        )
        yield (
            *(text or None for text in texts),
            *(value in REASONS, count, group.people),
            earlier.counts.get(value, 0) if earlier and value else None,
            *(earlier.people if earlier else None, group.median, group.score),
        )


# --- an earlier report ----------------------------------------------------------------------------


_Number = Annotated[int, Field(ge=0)]


class _Read(BaseModel):
    """What is read of a report; of its members, as the first edition named them, nothing is."""

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
