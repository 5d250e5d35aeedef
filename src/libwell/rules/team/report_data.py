"""A report as plain data, for programs and for a spreadsheet; `kept_report` reads it back.

Only what a report tells goes into it. It must not read a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.sheet import Sheet
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.divided import divided
from libwell.rules.team.wishes import wish_record
from libwell.rules.team.wording import text_of, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model import report_records as shapes
    from libwell.model.sheet import Cell
    from libwell.rules.team.divided import Divided
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import (
        EarlierCount,
        GroupReport,
        PlaceReport,
        QuestionReport,
        Report,
        WorksheetReport,
    )

SCHEMA: shapes.ReportSchema = "libwell.team-report/2"
COLUMNS = (
    *("worksheet", "title", "section", "prompt", "kind", "question", "item", "item_text"),
    *("column", "column_text", "team", "value", "value_text", "is_reason", "count", "people"),
    *("earlier_count", "earlier_people", "median", "score", "mean_place"),
)


def report_data(report: Report) -> shapes.ReportRecord:
    """Everything a report tells, as a record."""
    return {
        "schema": SCHEMA,
        "min_group": report.minimum,
        "by_team": report.by_team,
        "since": report.is_since,
        "worksheets": list(map(_worksheet, report.worksheets)),
        "title": report.head.title,
        "date": report.head.date,
        "expected": report.head.expected,
        "library": report.head.library,
        "team": report.head.team,
    }


def _worksheet(one: WorksheetReport) -> shapes.WorksheetReportRecord:
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
        "apart": [_apart(each) for each in divided(one)],
        "questions": list(map(_question, one.questions)),
        "places": [_place(each.question, place) for each in one.questions for place in each.places],
        "summary": one.outline.summary,
        "wishes": list(map(wish_record, one.wishes)),
    }


def _apart(one: Divided) -> shapes.ApartRecord:
    return {
        "measure": one.measure,
        "question": one.question,
        "item": one.item,
        "how": one.how,
        "talk": one.talk,
    }


def _question(one: QuestionReport) -> shapes.QuestionRecord:
    question = one.question
    return {
        "id": question.id,
        "title": question.ask,
        "kind": question.kind,
        "section": question.section or None,
        "low": question.low,
        "high": question.high,
        "answered": one.answered,
        "is_percent": question.is_percent,
        "values": [
            {"column": column, "id": value.id, "text": value.text}
            for column in ["", *(each.id for each in question.columns)]
            for value in question.at(column).values
        ],
        "texts": [{"item": text.item, "column": text.column, "text": text.text} for text in one.texts],
    }


def _place(question: TeamQuestion, place: PlaceReport) -> shapes.PlaceRecord:
    return {
        "prompt": question.id,
        "item": place.item,
        "item_text": text_of(question.items, place.item),
        "column": place.column,
        "column_text": text_of(question.columns, place.column),
        "shape": question.shape_at(place.column),
        "several": place.several if place.groups else None,
        "groups": list(map(_group, place.groups)),
    }


def _group(group: GroupReport) -> shapes.GroupRecord:
    return {"team": group.team, **told_record(group), "earlier": group.earlier and told_record(group.earlier)}


def told_record(told: GroupReport | EarlierCount) -> shapes.EarlierRecord:
    """What was told of a place, as a record."""
    return {
        "people": told.people,
        "counts": list(told.counts.items()),
        "median": told.median,
        "score": told.score,
        "mean_place": told.mean_place,
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
    teams: dict[str | None, str | None] = {team.id: team.called for team in about.teams}
    before = group.before
    here = (
        *(about.outline.id, about.outline.title, question.section, question.id, question.kind),
        *(question.ask, place.item, text_of(question.items, place.item)),
        *(place.column, text_of(question.columns, place.column), teams.get(group.team)),
    )
    for value, count in group.counts.items() or [("", None)]:
        texts = (*here, value, value_text(question, place.column, value))
        yield (
            *(text or None for text in texts),
            *(value in REASONS, count, group.people),
            before.counts.get(value, 0) if group.earlier and value else None,
            *(before.people, group.median, group.score, group.mean_place),
        )
