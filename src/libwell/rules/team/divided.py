"""Where people differ most, with a question to talk about. It looks only at what a report tells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import without_reasons
from libwell.rules.team.counting import points_in
from libwell.rules.team.wording import amount, text_of, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.rules.team.outlines import TeamMeasure, TeamQuestion
    from libwell.rules.team.report import PlaceReport, WorksheetReport

_MOST = 5
_OFTEN = 0.25
"""Of the people: so many hold each of two views where people differ."""
_TALK: dict[TeamMeasure, str] = {
    "point": "What lies behind the low ratings, and what behind the high ones?",
    "mark": "Where does it go well, and what is different there?",
    "yes-no": "What do people see who say yes? And no?",
}
"""What to talk about, by how a question is measured; where nothing stands here, no views are compared."""


class Divided(NamedTuple):
    """A place where people differ: how much (0 to 1), what it is about, how, and what to talk about."""

    measure: float
    question: str
    item: str
    how: str
    talk: str


def divided(about: WorksheetReport) -> list[Divided]:
    """The places where people differ most, the most divided first; five of them at most."""
    found: list[Divided] = []
    for one in about.questions:
        for place in one.told:
            if not place.column:
                found += _at(one.question, place)
    return sorted(found, key=lambda one: -one.measure)[:_MOST]


def _at(question: TeamQuestion, place: PlaceReport) -> Iterator[Divided]:
    """How people differ at a place, if enough of them hold each of two views."""
    talk, people = _TALK.get(question.measure), place.everybody.people
    if not talk or not people:
        return
    ranked = _views(question, place.everybody.counts).most_common(2)
    if len(ranked) == 2 and ranked[1][1] >= max(2, _OFTEN * people):
        how = f"{', '.join(f'{said} {amount(count)}' for said, count in ranked)}, out of {people}"
        if place.several:
            how += f"; {'one person' if place.several == 1 else f'{place.several} people'} said both"
        yield Divided(ranked[1][1] / people, question.ask, text_of(question.items, place.item), how, talk)


def _views(question: TeamQuestion, counts: Mapping[str, int]) -> Counter[str]:
    """Each thing that can be said, and how many said it; of a scale its two halves, its middle is neither."""
    if question.measure == "point":
        points, middle = points_in(counts), sum(question.ends) / 2
        low = sum(point < middle for point in points)
        high = sum(point > middle for point in points)
        return Counter({"rated low": low, "rated high": high})
    given = without_reasons(counts)
    return Counter({f"“{value_text(question, '', value)}”": given[value] for value in sorted(given)})
