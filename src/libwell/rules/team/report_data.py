"""A report as plain data: for programs, for a spreadsheet, and to be compared with by a later report.

Only what a report tells goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.model.sheet import Sheet
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.divided import divided
from libwell.rules.team.earlier import SCHEMA
from libwell.rules.team.wording import NO_TEAM, text_of, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.sheet import Cell
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import GroupReport, PlaceReport, QuestionReport, Report, WorksheetReport

COLUMNS = (
    *("worksheet", "title", "section", "prompt", "kind", "question", "item", "item_text"),
    *("column", "column_text", "team", "value", "value_text", "is_reason", "count", "people"),
    *("earlier_count", "earlier_people", "median", "score"),
)


def report_data(report: Report) -> dict[str, Any]:
    """Everything a report tells; ids are values, never keys. Fields are only ever added.

    Nothing in it says who was counted, or how many wait to be.
    """
    return {
        "schema": SCHEMA,
        "min_group": report.minimum,
        "by_team": report.by_team,
        "since": report.is_since,
        "worksheets": [_worksheet(one) for one in report.worksheets],
    }


def _worksheet(one: WorksheetReport) -> dict[str, Any]:
    return {
        "id": one.outline.id,
        "title": one.outline.title,
        "language": one.outline.language,
        "people": one.spoken_of.people,
        "is_told": one.spoken_of.people is not None,
        "waits": one.spoken_of.waits,
        "versions": list(one.versions),
        "teams": [{**team._asdict(), "is_told": team.people is not None} for team in one.teams],
        "differing": [{"id": each.id, "title": each.ask, "how": list(each.what)} for each in one.differing],
        "apart": [each._asdict() for each in divided(one)],
        "questions": [_question(each) for each in one.questions],
        "places": [_place(each.question, place) for each in one.questions for place in each.places],
    }


def _question(one: QuestionReport) -> dict[str, Any]:
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


def _place(question: TeamQuestion, place: PlaceReport) -> dict[str, Any]:
    return {
        "prompt": question.id,
        "item": place.item,
        "item_text": text_of(question.items, place.item),
        "column": place.column,
        "column_text": text_of(question.columns, place.column),
        "several": place.several if place.groups else None,
        "groups": [_group(group) for group in place.groups],
    }


def _group(group: GroupReport) -> dict[str, Any]:
    data = {**group._asdict(), "counts": [list(one) for one in group.counts.items()]}
    if group.earlier:
        counts = [list(one) for one in group.earlier.counts.items()]
        data["earlier"] = {**group.earlier._asdict(), "counts": counts}
    return data


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
