"""Counting contributions: how many people answered at each place, and how many gave each value there.

Counts of two sets of people can be added, so a set that was counted before can grow. All there is is counted;
what of it may be told is `told`'s and `report`'s to decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import without_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from libwell.rules.team.contributions import Contribution, Fact
    from libwell.rules.team.outlines import Outline


class CountedPlace(NamedTuple):
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
    """Count what people gave who answered the same version."""
    sizes: Counter[Where] = Counter()
    several: Counter[Where] = Counter()
    facts: Counter[Fact] = Counter()
    for one in people:
        given = Counter(fact[:3] for fact in one.facts if fact.value)
        sizes.update({*(fact[:3] for fact in one.facts), *(words.place for words in one.texts)})
        several.update(where for where, count in given.items() if count > 1)
        facts.update(one.facts)
    values: defaultdict[Where, dict[str, int]] = defaultdict(dict)
    for fact, number in facts.items():
        if fact.value:
            values[fact[:3]][fact.value] = number
    for question in outline.questions:
        if question.measure == "mark":  # an item without a mark says something too
            whole = question.id, "", ""
            answered = Count(sizes[whole], values[whole]).answered
            for item in question.items:
                sizes[question.id, item.id, ""] = answered
    counts: Counts = {}
    for where, size in sizes.items():
        place = CountedPlace(*where, outline.by_id[where[0]].shape_at(where[2]))
        counts[place] = Count(size, values[where], several[where])
    return counts


def added(counts: Counts, more: Counts) -> Counts:
    """Add up the counts of two sets of people, at the places of the first."""
    return {place: _sum(count, more.get(place, NO_COUNT)) for place, count in counts.items()}


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
    given = sorted(Counter({int(point): count for point, count in points.items()}).elements())
    return (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2 if given else None
