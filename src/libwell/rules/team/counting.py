"""Counting contributions: how many gave what, place by place, of everybody and of each team.

It counts all there is. What may be told of it is `withholding`'s and `report`'s to decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from libwell.rules.team.contributions import Contribution, Fact
    from libwell.rules.team.outlines import Merged
    from libwell.rules.team.tally import Tally


Where = tuple[str, str, str]
"""Prompt, item and column."""


class Place(NamedTuple):
    """Where in an answer; empty parts: the whole. `is_reason`: of why nothing was given."""

    prompt: str
    item: str = ""
    column: str = ""
    is_reason: bool = False


class One(NamedTuple):
    """One person's contribution; `member` stands for the person and the revision, and leads to neither."""

    member: str
    contribution: Contribution


@dataclass(slots=True)
class Counts:
    """What so many people gave.

    `answered` counts by prompt, `people` whoever gave something at a place, `refused` whoever said why not;
    `values` and `reasons` count each fact, `both` items that got more than one mark from one person, and
    `asked` by version and prompt whoever answered a checklist, marked or not.
    """

    members: list[str] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    people: Counter[Where] = field(default_factory=Counter)
    refused: Counter[Where] = field(default_factory=Counter)
    values: defaultdict[Where, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reasons: defaultdict[Where, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    both: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    offers: Counter[str] = field(default_factory=Counter)

    @property
    def responses(self) -> int:
        """How many people there are."""
        return len(self.members)

    def add(self, one: One, merged: Merged) -> None:
        """Count one person's contribution, as far as it can be counted together with the others'."""
        given, known = one.contribution, merged.counted[one.contribution.outline]
        self.members.append(one.member)
        self.answered.update(name for name in given.answered if name in known)
        self.asked.update((given.outline, name) for name in given.answered if name in known)
        places = _add_facts(self.values, given.facts, known)
        self.people.update(places.keys())
        self.both.update((prompt, item) for (prompt, item, _), count in places.items() if count > 1 and item)
        self.refused.update(_add_facts(self.reasons, given.reasons, known).keys())
        self.offers.update(set(given.offers))

    def size(self, place: Place, merged: Merged) -> int:
        """Out of how many people the counts at a place are."""
        where = place[:3]
        if place.is_reason:
            there = self.people[where] if place.item else self.answered[place.prompt]
            return there + self.refused[where]
        question = merged.outline.find(place.prompt)
        if question is None or question.kind != "checklist":
            return self.people[where]
        return sum(
            self.asked[digest, place.prompt]
            for digest, known in merged.counted.items()
            if place.item in known.get(place.prompt, ())
        )

    def at(self, place: Place, values: Iterable[str]) -> dict[str, int]:
        """How many gave each value at a place; none is 0."""
        counter = (self.reasons if place.is_reason else self.values).get(place[:3], Counter())
        return {value: counter[value] for value in values}


def _add_facts(
    counters: defaultdict[Where, Counter[str]], facts: Iterable[Fact], known: Collection[str]
) -> Counter[Where]:
    """Count facts where they are known. Returns how many there were at each place."""
    places: Counter[Where] = Counter()
    for fact in facts:
        if fact.prompt in known:
            where = fact[:3]
            places[where] += 1
            counters[where][fact.value] += 1
    return places


def by_worksheet(tally: Tally) -> dict[str, list[One]]:
    """Everybody whose response counts, by worksheet, in an order that nothing but what is in them makes."""
    found: dict[str, list[One]] = defaultdict(list)
    for name, entry in tally.entries.items():
        if entry.contribution is not None:
            worksheet = tally.outlines[entry.contribution.outline].id
            found[worksheet].append(One(member_of(name, entry.revision), entry.contribution))
    return {name: sorted(found[name], key=lambda one: one.member) for name in sorted(found)}


def member_of(shared_id: str, revision: int) -> str:
    """What stands in a report for a response at its revision: a later report knows by it how many changed."""
    return sha256(f"{shared_id} {revision}".encode(errors="backslashreplace")).hexdigest()[:16]


def fold_team(team: str) -> str:
    """A team's name as it is compared: without regard to case and blanks."""
    return one_line(team).casefold()


def team_names(everybody: Iterable[One]) -> dict[str, str]:
    """Each team's name in its commonest spelling, by its folded name."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for one in everybody:
        spelt[fold_team(one.contribution.team)][one_line(one.contribution.team)] += 1
    return {team: min(names, key=lambda name: (-names[name], name)) for team, names in sorted(spelt.items())}


def count(everybody: Iterable[One], merged: Merged, *, teams: bool) -> Mapping[str | None, Counts]:
    """Count everybody (under None) and, with `teams`, each team under its folded name."""
    counts: defaultdict[str | None, Counts] = defaultdict(Counts)
    for one in everybody:
        counts[None].add(one, merged)
        if teams:
            counts[fold_team(one.contribution.team)].add(one, merged)
    return counts
