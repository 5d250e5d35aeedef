"""A report as plain data: for programs, for a spreadsheet, and to be compared with by a later report.

Only what a report tells goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.model.sheet import Sheet
from libwell.rules.team.apart import apart
from libwell.rules.team.wording import NO_TEAM, column_text, item_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.sheet import Cell
    from libwell.rules.team.report import About, Finding, Group, Line, Report
    from libwell.rules.team.spread import Spread

COLUMNS = (
    *("worksheet", "title", "section", "prompt", "kind", "question", "item", "item_text"),
    *("column", "column_text", "team", "value", "value_text", "is_reason", "count", "people"),
    *("earlier_count", "earlier_people", "median", "lower_quartile", "upper_quartile"),
)


def report_data(report: Report) -> dict[str, Any]:
    """Everything a report tells; ids are values, never keys. Fields are only ever added.

    `members` hold, for each response at its revision, a stand-in that leads to nobody: a later report sees by
    them how many people changed.
    """
    return {
        "min_group": report.minimum,
        "by_team": report.by_team,
        "since": report.is_since,
        "responses": report.responses,
        "copies": report.copies,
        "withdrawn": report.withdrawn,
        "worksheets": [_about(one) for one in report.worksheets],
    }


def _about(about: About) -> dict[str, Any]:
    return {
        "id": about.outline.id,
        "title": about.outline.title,
        "language": about.outline.language,
        "responses": about.responses,
        "versions": [{"version": version, "responses": number} for version, number in about.versions],
        "is_told": about.withheld is None,
        "withheld": about.withheld,
        "changed": about.changed,
        "members": list(about.members),
        "teams": [
            {
                "id": team.id,
                "name": team.name,
                "responses": len(team.members),
                "is_told": team.is_told,
                "members": list(team.members),
            }
            for team in about.teams
        ],
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
    place, question = line.place, finding.question
    return {
        "prompt": place.prompt,
        "item": place.item,
        "item_text": item_text(question, place.item),
        "column": place.column,
        "column_text": column_text(question, place.column),
        "is_reason": place.is_reason,
        "both": line.both if line.groups else None,
        "groups": [_group(group) for group in line.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    earlier = group.earlier
    return {
        "team": group.team,
        "people": group.people,
        "counts": [list(one) for one in group.counts.items()],
        "spread": _spread(group.spread),
        "earlier": None
        if earlier is None
        else {"people": earlier.people, "counts": [list(one) for one in earlier.counts.items()]},
    }


def _spread(spread: Spread | None) -> dict[str, float] | None:
    return spread._asdict() if spread else None


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
    question, place = finding.question, line.place
    names = {team.id: team.name for team in about.teams}
    spread = group.spread
    earlier = group.earlier
    for value, count in group.counts.items() or [(None, None)]:
        words = None if value is None else value_text(question, place, value)
        before = earlier.counts.get(value or "", 0) if earlier and value else None
        yield (
            *(about.outline.id, about.outline.title, question.section or None, question.id, question.kind),
            *(question.ask, place.item or None, item_text(question, place.item) or None),
            *(place.column or None, column_text(question, place.column) or None),
            None if group.team is None else names[group.team] or NO_TEAM,
            *(value, words, place.is_reason, count, group.people),
            *(before, earlier.people if earlier else None),
            *(spread or (None, None, None)),
        )
