"""Counting contributions: how many people answered at each place, and how many gave each value there.

Counts of two sets of people can be added, so a set that was counted before can grow. All there is is counted;
what of it may be told is `told`'s and `report`'s to decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from libwell.rules.team.contributions import Contribution, Fact
    from libwell.rules.team.outlines import Outline, Question


class Place(NamedTuple):
    """Where in an answer something is counted: a question, an item or row of it, a cell.

    Empty parts mean the whole question. `shape` says what is counted there, such as `rating 0 3`: the same
    question asked in another way is another place.
    """

    prompt: str
    item: str
    column: str
    shape: str


class Count(NamedTuple):
    """What was given at a place.

    `people`: how many answered there, also those who gave a reason not to. `values`: how many gave each
    value, a reason being one like others. `several`: how many gave more than one.
    """

    people: int
    values: Mapping[str, int]
    several: int = 0

    @property
    def answered(self) -> int:
        """How many gave an answer there, and not a reason for none."""
        return self.people - sum(count for value, count in self.values.items() if value in REASONS)


Counts = dict[Place, Count]


def counts_of(contributions: Iterable[Contribution], outlines: Mapping[str, Outline]) -> Counts:
    """Count what people gave, at every place where somebody answered.

    `outlines` holds the worksheets answered, by their digest.
    """
    counting = _Counting(outlines)
    for one in contributions:
        counting.add(one)
    return counting.counts()


def added(counts: Counts, more: Counts) -> Counts:
    """Add up the counts of two sets of people, at the places of the first."""
    return {place: _sum(count, more[place]) if place in more else count for place, count in counts.items()}


def _sum(one: Count, other: Count) -> Count:
    values = Counter(one.values)
    values.update(other.values)
    return Count(one.people + other.people, dict(values), one.several + other.several)


def at_least(counts: Counts, minimum: int) -> Counts:
    """Keep the places where so many people answered."""
    return {place: count for place, count in counts.items() if count.people >= minimum}


def median_of(points: Mapping[str, int]) -> float | None:
    """The median of points (as text), each with how often it was given; None if none was.

    Of an even number of points it lies between the two in the middle.
    """
    given = [(int(point), count) for point, count in points.items() if count]
    total = sum(count for _, count in given)
    if not total:
        return None
    given.sort()
    return (_at(given, (total - 1) // 2) + _at(given, total // 2)) / 2


def _at(given: list[tuple[int, int]], rank: int) -> int:
    """The point at a rank, counted from 0."""
    for point, count in given:
        if rank < count:
            return point
        rank -= count
    raise IndexError(rank)


Where = tuple[str, str, str]
"""Prompt, item and column."""


class _Counting:
    """Counts in the making, by version of the worksheet: what a fact counts for depends on its version."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._outlines = outlines
        self._answered: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._people: defaultdict[str, Counter[Where]] = defaultdict(Counter)
        self._values: defaultdict[str, Counter[Fact]] = defaultdict(Counter)
        self._several: defaultdict[str, Counter[Where]] = defaultdict(Counter)

    def add(self, one: Contribution) -> None:
        """Count one person's contribution."""
        given = Counter(fact[:3] for fact in one.facts)
        there = {*given, *(words.place for words in one.texts), *((name, "", "") for name in one.answered)}
        self._answered[one.outline].update(one.answered)
        self._people[one.outline].update(there)
        self._values[one.outline].update(one.facts)
        self._several[one.outline].update(where for where, count in given.items() if count > 1)

    def counts(self) -> Counts:
        """What was counted, all versions together."""
        people: Counter[Place] = Counter()
        several: Counter[Place] = Counter()
        values: defaultdict[Place, Counter[str]] = defaultdict(Counter)
        for digest in self._people:
            questions = {question.id: question for question in self._outlines[digest].questions}
            people.update(self._sizes(digest, questions))
            for where, number in self._several[digest].items():
                several[_place(where, questions)] += number
            for fact, number in self._values[digest].items():
                if fact.value:
                    values[_place(fact[:3], questions)][fact.value] += number
        return {place: Count(count, dict(values[place]), several[place]) for place, count in people.items()}

    def _sizes(self, digest: str, questions: Mapping[str, Question]) -> Counter[Place]:
        """How many people answered at each place of a version.

        Whoever answered a checklist answered at each of its items: an item without a mark says something too.
        """
        sizes: Counter[Place] = Counter()
        for where, count in self._people[digest].items():
            prompt, item, _ = where
            if not (item and questions[prompt].kind == "checklist"):
                sizes[_place(where, questions)] += count
        for question in questions.values():
            answered = self._answered[digest][question.id]
            if question.kind == "checklist" and answered:
                for thing in question.items:
                    sizes[_place((question.id, thing.id, ""), questions)] += answered
        return sizes


def _place(where: Where, questions: Mapping[str, Question]) -> Place:
    prompt, _, column = where
    return Place(*where, questions[prompt].shape_at(column))
