"""Where people differ most, with a question for the conversation: of what a report tells, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.wording import amount, item_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.outlines import Question
    from libwell.rules.team.report import About, Group, Line

_MOST = 5
_WIDE = 0.5
"""Of a scale: so far apart are the quartiles where people differ."""
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
    """The places where people differ most, the widest first."""
    found = [
        one
        for finding in about.findings
        for line in finding.lines
        if line.everybody and not line.place.is_reason
        for one in _at(finding.question, line, line.everybody)
    ]
    return tuple(sorted(found, key=lambda one: -one.measure)[:_MOST])


def _at(question: Question, line: Line, everybody: Group) -> Iterator[Apart]:
    match question.kind:
        case "rating":
            yield from _rated(question, line, everybody)
        case "checklist":
            yield from _held_by_many(
                question, line, everybody, "Where does it go well, and what is different there?"
            )
        case "yes-no":
            yield from _held_by_many(question, line, everybody, "What do people see who say yes? And no?")


def _rated(question: Question, line: Line, everybody: Group) -> Iterator[Apart]:
    spread = everybody.spread
    if spread is None or question.low is None or question.high is None:
        return
    measure = spread.range / (question.high - question.low)
    if measure >= _WIDE:
        low, high = (value_text(question, line.place, str(point)) for point in (spread.lower, spread.upper))
        how = f"the middle half goes from {low} to {high}"
        talk = "What lies behind the low ratings, and what behind the high ones?"
        yield Apart(measure, question.ask, item_text(question, line.place.item), how, talk)


def _held_by_many(question: Question, line: Line, everybody: Group, talk: str) -> Iterator[Apart]:
    """Where two things that can be said of the same were each said by many."""
    ranked = sorted(everybody.counts.items(), key=lambda one: (-one[1], one[0]))
    if len(ranked) < 2 or ranked[1][1] < max(2, _OFTEN * everybody.people):
        return
    said = [f"“{value_text(question, line.place, value)}” {amount(count)}" for value, count in ranked[:2]]
    how = f"{said[0]}, {said[1]}, out of {everybody.people}"
    if line.both:
        how += f"; {'one person' if line.both == 1 else f'{line.both} people'} said both"
    measure = ranked[1][1] / everybody.people
    yield Apart(measure, question.ask, item_text(question, line.place.item), how, talk)
