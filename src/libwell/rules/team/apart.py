"""Where people differ most, with a question for the conversation: of what a report tells, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import REASONS
from libwell.rules.team.wording import amount, item_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.outlines import Question
    from libwell.rules.team.report import About, Group, Line

_MOST = 5
_OFTEN = 0.25
"""Of the people: so many hold each of two views where people differ."""


class Apart(NamedTuple):
    """A place where people differ: how much (0 to 1), what it is about, how, and what to talk about."""

    measure: float
    question: str
    item: str
    how: str
    talk: str


def apart(about: About) -> tuple[Apart, ...]:
    """The places where people differ most, the most divided first."""
    found = [
        one
        for finding in about.findings
        for line in finding.lines
        if line.everybody and not line.column
        for one in _at(finding.question, line, line.everybody)
    ]
    return tuple(sorted(found, key=lambda one: -one.measure)[:_MOST])


def _at(question: Question, line: Line, everybody: Group) -> Iterator[Apart]:
    match question.kind:
        case "rating":
            views = _halves(question, everybody)
            talk = "What lies behind the low ratings, and what behind the high ones?"
        case "checklist":
            views = _values(question, everybody)
            talk = "Where does it go well, and what is different there?"
        case "yes-no":
            views = _values(question, everybody)
            talk = "What do people see who say yes? And no?"
        case _:
            return
    ranked = sorted(views, key=lambda view: -view[1])[:2]
    people = everybody.people or 0
    if len(ranked) == 2 and ranked[1][1] >= max(2, _OFTEN * people):
        how = f"{', '.join(f'{said} {amount(count)}' for said, count in ranked)}, out of {people}"
        if line.several:
            how += f"; {'one person' if line.several == 1 else f'{line.several} people'} said both"
        yield Apart(ranked[1][1] / people, question.ask, item_text(question, line.item), how, talk)


def _values(question: Question, group: Group) -> list[tuple[str, int]]:
    """Each thing that can be said, and how many said it."""
    given = sorted((value, count) for value, count in group.counts.items() if value not in REASONS)
    return [(f"“{value_text(question, '', value)}”", count) for value, count in given]


def _halves(question: Question, group: Group) -> list[tuple[str, int]]:
    """The two halves of a scale, and how many rated in each; its middle is neither."""
    if question.low is None or question.high is None:
        return []
    turn = question.low + question.high
    points = {int(value): count for value, count in group.counts.items() if value not in REASONS}
    low = sum(count for point, count in points.items() if 2 * point < turn)
    high = sum(count for point, count in points.items() if 2 * point > turn)
    return [("rated low", low), ("rated high", high)]
