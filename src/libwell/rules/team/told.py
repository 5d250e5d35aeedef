"""What was told of many people, and what may be told next: one rule, and a memory of what it let through.

A group is those people who were in the same sets that were told of, each time with the same of their copies.
A set may be told only if every group that comes of it has enough people. Then those of a group could swap
everything they ever shared, and no number ever told would change: so none points to one of them.

It keeps no answers, names or words of anybody, and reads no file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.counting import Counts, added, at_least, counts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from libwell.rules.team.contributions import Contribution
    from libwell.rules.team.outlines import Outline

Copies = dict[str, str]
"""A set of people: for each one's stand-in, that of the copy which is counted."""

DEFAULT_MINIMUM = 5
LOWEST_MINIMUM = 3


def minimum_from(word: str) -> int | None:
    """Read how many people it takes to tell of them; None for what is no such number, and for too few."""
    number = int(word) if re.fullmatch(r"\s*[0-9]{1,9}\s*", word) else 0
    return number if number >= LOWEST_MINIMUM else None


# --- the rule -------------------------------------------------------------------------------------


def may_be_told(copies: Copies, told: Iterable[Copies], minimum: int) -> bool:
    """Whether a set may be told after these were: each group that it makes or cuts has `minimum` people.

    A group is those who were in the same sets, each time with the same of their copies: the first, second or
    a later one that was told of them. Those who are new make a group, too. Those of a group who are in this
    set with the same of their copies, told before or not, are a part of it.
    """
    known: defaultdict[str, dict[str, int]] = defaultdict(dict)  # by person, which of their copies each is
    groups: defaultdict[str, int] = defaultdict(int)  # by person; 0: new
    numbers: dict[tuple[int, int, int], int] = {}  # of groups, by the group before, the set and the copy
    for number, before in enumerate(told):
        for person, copy in before.items():
            place = known[person].setdefault(copy, len(known[person]))
            groups[person] = numbers.setdefault((groups[person], number, place), len(numbers) + 1)
    sizes = Counter(groups.values())
    inside = Counter(groups[person] for person in copies)
    # A copy that was never told has no place.
    parts = Counter((groups[person], known[person].get(copy)) for person, copy in copies.items())
    pieces = [people for (group, place), people in parts.items() if place is None or people < sizes[group]]
    pieces += [sizes[group] - people for group, people in inside.items() if people < sizes[group]]
    return min([len(copies), *pieces]) >= minimum


# --- what was told --------------------------------------------------------------------------------


class ToldSet(NamedTuple):
    """A set of people that was told of: everybody who shared a worksheet, or one team of them.

    `team` stands for the team, empty for everybody. `versions` counts the people by the digest of the version
    they answered; `counts` holds the places that were told. Where nothing may be told, all three are empty.
    """

    worksheet: str
    team: str
    copies: Copies
    versions: dict[str, int]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that was told, in the order in which it was.

    A value: it can be pickled, and given to the next report.
    """

    sets: tuple[ToldSet, ...] = ()

    def of(self, worksheet: str) -> list[ToldSet]:
        """What was told of a worksheet, in order."""
        return [one for one in self.sets if one.worksheet == worksheet]

    def without(self, worksheet: str) -> Told:
        """Everything but what was told of a worksheet."""
        return Told(tuple(one for one in self.sets if one.worksheet != worksheet))

    def with_set(self, new: ToldSet) -> Told:
        """Add a set that is told, if anybody is in it.

        If the same people were told of before, with the same copies, that set becomes the latest.
        """
        if not new.copies:
            return self
        same = [one for one in self.sets if one[:3] == new[:3]]
        counts = reduce(or_, (one.counts for one in (*same, new)))
        others = tuple(one for one in self.sets if one[:3] != new[:3])
        return Told((*others, new._replace(counts=counts)))


def stand_in_for_team(team: str) -> str:
    """What stands for a team in what is kept, as no names are kept there; `team` is its folded name."""
    return sha256(team.encode(errors="backslashreplace")).hexdigest()[:32]


def tell(
    here: Sequence[Contribution],
    *,
    worksheet: str,
    team: str = "",
    told: Told,
    outlines: Mapping[str, Outline],
    minimum: int,
) -> ToldSet:
    """Choose which set of people is told of, and count it; a set of nobody if nothing may be told.

    It is everybody who is here, as they are now. If they may not be told, it is those last told of and
    whoever is new; else those last told of, as they were then. `here` are those who shared the worksheet, or
    of them those of one team (`team` stands for it). `outlines` holds the versions by digest.
    """
    before = [one.copies for one in told.of(worksheet)]
    now = copies_of(here)
    if may_be_told(now, before, minimum):
        versions = Counter(one.outline for one in here)
        return ToldSet(worksheet, team, now, versions, at_least(counts_of(here, outlines), minimum))
    # Of a folder of other people nothing was told yet: a set that counts has somebody in it who is here.
    same = [one for one in told.of(worksheet) if one.team == team and not now.keys().isdisjoint(one.copies)]
    nobody = ToldSet(worksheet, team, {}, {}, {})
    last = [nobody, *same][-1]
    new = [one for one in here if one.person not in last.copies]
    grown = last.copies | copies_of(new)
    if may_be_told(grown, before, minimum):
        versions = Counter(last.versions) + Counter(one.outline for one in new)
        return ToldSet(worksheet, team, grown, versions, added(last.counts, counts_of(new, outlines)))
    return last if len(last.copies) >= minimum else nobody


def copies_of(here: Iterable[Contribution]) -> Copies:
    """These people, each with the copy that counts."""
    return {one.person: one.copy for one in here}
