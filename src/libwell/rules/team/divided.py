"""Where people differ most, with a question for the conversation: of what a report tells, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from libwell.rules.team.contributions import without_reasons
from libwell.rules.team.wording import amount, text_of, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import GroupReport, PlaceReport, WorksheetReport

_MOST = 5
_OFTEN = 0.25
"""Of the people: so many hold each of two views where people differ."""


class Divided(NamedTuple):
    """A place where people differ: how much (0 to 1), what it is about, how, and what to talk about."""

    measure: float
    question: str
    item: str
    how: str
    talk: str


def divided(about: WorksheetReport) -> list[Divided]:
    """The places where people differ most, the most divided first."""
    found = [
        view
        for one in about.questions
        for place in one.places
        if place.everybody and not place.column
        for view in _at(one.question, place, place.everybody)
    ]
    return sorted(found, key=lambda one: -one.measure)[:_MOST]


def _at(question: TeamQuestion, place: PlaceReport, everybody: GroupReport) -> Iterator[Divided]:
    match question.measure:
        case "point":
            talk = "What lies behind the low ratings, and what behind the high ones?"
        case "mark":
            talk = "Where does it go well, and what is different there?"
        case "yes-no":
            talk = "What do people see who say yes? And no?"
        case "pick" | "amount" | "day" | "words" | "cells" | "score":
            return
        case never:
            assert_never(never)
    ranked = sorted(_views(question, everybody).items(), key=lambda view: -view[1])[:2]
    people = everybody.people or 0
    if len(ranked) == 2 and ranked[1][1] >= max(2, _OFTEN * people):
        how = f"{', '.join(f'{said} {amount(count)}' for said, count in ranked)}, out of {people}"
        if place.several:
            how += f"; {'one person' if place.several == 1 else f'{place.several} people'} said both"
        yield Divided(ranked[1][1] / people, question.ask, text_of(question.items, place.item), how, talk)


def _views(question: TeamQuestion, group: GroupReport) -> dict[str, int]:
    """Each thing that can be said, and how many said it; of a scale its two halves, its middle is neither."""
    given = without_reasons(group.counts)
    if question.measure != "point":
        return {f"“{value_text(question, '', value)}”": given[value] for value in sorted(given)}
    middle = ((question.low or 0) + (question.high or 0)) / 2
    low = sum(count for point, count in given.items() if int(point) < middle)
    high = sum(count for point, count in given.items() if int(point) > middle)
    return {"rated low": low, "rated high": high}
