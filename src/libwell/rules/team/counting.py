"""Counting contributions: how many people answered at each place, and how many gave each value there.

Counts of two sets of people can be added, so a set that was counted before can grow. All there is is counted;
what of it may be told `told` and `report` decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import without_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from libwell.rules.team.contributions import Contribution, Fact
    from libwell.rules.team.outlines import Outline, TeamQuestion


class CountedPlace(NamedTuple):
    """Where in an answer something is counted: a question, an item or row of it, a cell.

    Empty parts mean the whole question. `shape` says what is counted there, such as `rating 0 3`: the same
    question asked in another way is another place.
    """

    prompt: str
    item: str
    column: str
    shape: str


def place_in(question: TeamQuestion, item: str = "", column: str = "") -> CountedPlace:
    """The place of an item or a cell of a question; without both that of the whole question."""
    return CountedPlace(question.id, item, column, question.shape_at(column))


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
        return self.people - sum(self.values.values()) + sum(without_reasons(self.values).values())


NO_COUNT = Count(0, {})
Counts = dict[CountedPlace, Count]
Where = tuple[str, str, str]
"""Prompt, item and column."""


def counts_of(contributions: Iterable[Contribution], outlines: Mapping[str, Outline]) -> Counts:
    """Count what people gave, at every place where somebody answered.

    `outlines` holds the worksheets answered, by their digest.
    """
    versions: defaultdict[str, list[Contribution]] = defaultdict(list)
    for one in contributions:
        versions[one.outline].append(one)
    counts: Counts = {}
    for digest, people in versions.items():
        for place, count in _counts_of_version(people, outlines[digest]).items():
            counts[place] = _sum(counts.get(place, NO_COUNT), count)
    return counts


def _counts_of_version(people: Iterable[Contribution], outline: Outline) -> Counts:
    """Count what those gave who answered the same version."""
    sizes: Counter[Where] = Counter()
    several: Counter[Where] = Counter()
    facts: Counter[Fact] = Counter()
    for person in people:
        given = Counter(fact[:3] for fact in person.facts if fact.value)
        sizes.update({*(fact[:3] for fact in person.facts), *(words.place for words in person.texts)})
        several.update(where for where, count in given.items() if count > 1)
        facts.update(person.facts)
    values: defaultdict[Where, dict[str, int]] = defaultdict(dict)
    for fact, number in facts.items():
        if fact.value:
            values[fact[:3]][fact.value] = number
    for question in outline.questions:
        if question.measure in {"mark", "rank"}:  # an item without a mark or a place says something too
            whole = question.id, "", ""
            answered = Count(sizes[whole], values[whole]).answered
            for one in question.items:
                sizes[question.id, one.id, ""] = answered
    counts: Counts = {}
    for (prompt, item, column), size in sizes.items():
        where = prompt, item, column
        place = place_in(outline.by_id[prompt], item, column)
        counts[place] = Count(size, values[where], several[where])
    return counts


def added(counts: Counts, more: Counts) -> Counts:
    """Add the counts of other people, at the places that are counted already."""
    return {place: _sum(count, more.get(place, NO_COUNT)) for place, count in counts.items()}


def _sum(one: Count, other: Count) -> Count:
    values = Counter(one.values)
    values.update(other.values)
    return Count(one.people + other.people, dict(values), one.several + other.several)


def at_least(counts: Counts, minimum: int) -> Counts:
    """Keep the places where so many people answered, or gave a reason not to."""
    return {place: count for place, count in counts.items() if count.people >= minimum}


def mean_place(count: Count, last: int) -> Fraction:
    """The mean of the places, 1 to `last`, that people gave something.

    What somebody gave no place counts as one place behind the last. Somebody answered there.
    """
    placed = sum(int(place) * number for place, number in count.values.items())
    unplaced = count.people - sum(count.values.values())
    return Fraction(placed + unplaced * (last + 1), count.people)


def points_in(counts: Mapping[str, int]) -> list[int]:
    """The points that were given, each as often as it was, from the lowest up.

    `counts` holds points as text, and how often each was given. Reasons for no answer are left out.
    """
    points = {int(point): count for point, count in without_reasons(counts).items()}
    return sorted(Counter(points).elements())
