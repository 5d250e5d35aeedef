"""A report as plain data: for programs, for a spreadsheet, and to be compared with by a later report.

Only what a report tells goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.model.sheet import Sheet
from libwell.rules.team.apart import apart
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.earlier import SCHEMA
from libwell.rules.team.wording import NO_TEAM, column_text, item_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.sheet import Cell
    from libwell.rules.team.report import About, Finding, Group, Line, Report

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
        "worksheets": [_about(one) for one in report.worksheets],
    }


def _about(about: About) -> dict[str, Any]:
    return {
        "id": about.outline.id,
        "title": about.outline.title,
        "language": about.outline.language,
        "people": about.spoken_of.people,
        "is_told": about.spoken_of.people is not None,
        "waits": about.spoken_of.waits,
        "versions": list(about.versions),
        "teams": [{**team._asdict(), "is_told": team.people is not None} for team in about.teams],
        "differing": [{"id": one.id, "title": one.ask, "how": list(one.what)} for one in about.differing],
        "apart": [one._asdict() for one in apart(about)],
        "questions": [_question(one) for one in about.findings],
        "places": [_place(one, line) for one in about.findings for line in one.lines],
    }


def _question(finding: Finding) -> dict[str, Any]:
    question = finding.question
    return {
        "id": question.id,
        "title": question.ask,
        "kind": question.kind,
        "section": question.section or None,
        "low": question.low,
        "high": question.high,
        "answered": finding.answered,
        "texts": [{"item": text.item, "column": text.column, "text": text.text} for text in finding.texts],
    }


def _place(finding: Finding, line: Line) -> dict[str, Any]:
    question = finding.question
    return {
        "prompt": question.id,
        "item": line.item,
        "item_text": item_text(question, line.item),
        "column": line.column,
        "column_text": column_text(question, line.column),
        "several": line.several if line.groups else None,
        "groups": [_group(group) for group in line.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    earlier = group.earlier
    return {
        "team": group.team,
        "people": group.people,
        "counts": [list(one) for one in group.counts.items()],
        "median": group.median,
        "score": group.score,
        "earlier": None
        if earlier is None
        else {**earlier._asdict(), "counts": [list(one) for one in earlier.counts.items()]},
    }


# --- a spreadsheet --------------------------------------------------------------------------------


def report_sheet(report: Report) -> Sheet:
    """Every count that is told, one a row; the team is empty where it is of everybody."""
    rows = [
        row
        for about in report.worksheets
        for finding in about.findings
        for line in finding.lines
        for group in line.groups
        for row in _rows(about, finding, line, group)
    ]
    return Sheet(COLUMNS, tuple(rows))


def _rows(about: About, finding: Finding, line: Line, group: Group) -> Iterator[tuple[Cell, ...]]:
    question = finding.question
    names = {team.id: team.name for team in about.teams}
    earlier = group.earlier
    for value, count in group.counts.items() or [("", None)]:
        before = earlier.counts.get(value, 0) if earlier and value else None
        yield (
            *(about.outline.id, about.outline.title, question.section or None, question.id, question.kind),
            *(question.ask, line.item or None, item_text(question, line.item) or None),
            *(line.column or None, column_text(question, line.column) or None),
            None if group.team is None else names[group.team] or NO_TEAM,
            *(value or None, value_text(question, line.column, value) if value else None),
            *(value in REASONS, count, group.people),
            *(before, earlier.people if earlier else None),
            *(group.median, group.score),
        )
