"""The people who shared a worksheet: all of them, each team, and which of them are told of.

Whether a set of people may be told is `told`'s to decide. Nothing here shows what they answered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.characters import folded, one_line
from libwell.rules.team.told import copies_of, stand_in_for_team, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from libwell.rules.team.contributions import Contribution
    from libwell.rules.team.outlines import Outline
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told, ToldSet


def by_worksheet(tally: Tally) -> dict[str, list[Contribution]]:
    """Everybody whose response counts, by the id of the worksheet; no name and no file decides the order."""
    found: defaultdict[str, list[Contribution]] = defaultdict(list)
    for _, contribution in tally.counted():
        found[tally.outlines[contribution.outline].id].append(contribution)
    return {name: sorted(found[name], key=lambda one: one.person) for name in sorted(found)}


def in_teams(here: Iterable[Contribution]) -> dict[str, list[Contribution]]:
    """These people by their team's folded name."""
    groups: defaultdict[str, list[Contribution]] = defaultdict(list)
    for one in here:
        groups[folded(one.team)].append(one)
    return groups


class Spoken(NamedTuple):
    """How many people are told of (None: of nobody), and whether that is because too few shared (`is_few`).

    `waits`: something was shared that is not told yet, of everybody or of a team that is told of.
    """

    people: int | None
    is_few: bool
    waits: bool


class TeamSize(NamedTuple):
    """A team: its folded name, its name, and how many people are told of it (None: it is not told of)."""

    id: str
    name: str
    people: int | None

    @property
    def called(self) -> str:
        """Its name as it is shown; words that say so where it has none."""
        return self.name or "(no team named)"


@dataclass(frozen=True, slots=True)
class People:
    """Who shared a worksheet, and who of them is told of.

    `everybody` and `teams` (by folded name) hold the sets told of, empty where nothing may be. It takes
    `minimum` people to tell of them. `outlines` holds the versions of all worksheets, by digest.
    """

    here: Sequence[Contribution]
    outlines: Mapping[str, Outline]
    minimum: int
    everybody: ToldSet
    teams: Mapping[str, ToldSet]

    @property
    def versions(self) -> dict[Outline, int]:
        """The versions answered by those told of, with how many did; every version here if none is left."""
        weights, known = self.everybody.versions, {one.outline for one in self.here}
        return {self.outlines[name]: weights.get(name, 0) for name in (weights.keys() & known) or known}

    @property
    def title(self) -> str:
        """What the worksheet is called, in the version that most of those told of answered."""
        return max(self.versions.items(), key=lambda one: (one[1], one[0].digest))[0].title

    @property
    def spoken_of(self) -> Spoken:
        """How many people are told of, in short."""
        groups = in_teams(self.here)
        sets = [(self.here, self.everybody), *((groups[name], one) for name, one in self.teams.items())]
        waits = any(one.copies not in ({}, copies_of(here)) for here, one in sets)
        return Spoken(len(self.everybody.copies) or None, len(self.here) < self.minimum, waits)

    @property
    def present(self) -> list[Contribution]:
        """The copies that are here and were told of as they are."""
        return [one for one in self.here if self.everybody.copies.get(one.person) == one.copy]

    @property
    def is_whole(self) -> bool:
        """Whether every copy that was told of is here."""
        return len(self.present) == len(self.everybody.copies)

    def team_sizes(self) -> tuple[TeamSize, ...]:
        """Each team that may be told of, in order of their folded names."""
        groups = in_teams(self.here)
        return tuple(
            TeamSize(name, one_line(max(one.team for one in groups[name])), len(told.copies) or None)
            for name, told in sorted(self.teams.items())
        )


def tell_everybody(
    tally: Tally, *, told: Told, minimum: int, by_team: bool = False
) -> tuple[dict[str, People], Told]:
    """Choose who is told of, for each worksheet that was shared, by its id.

    Everybody comes first, then with `by_team` each team, the larger first, then by name. `told` is everything
    that was told before; it takes `minimum` people to tell of them. Returns also everything that is told from
    now on, for the next report.
    """
    found: dict[str, People] = {}
    for worksheet, here in by_worksheet(tally).items():
        ask = partial(tell, worksheet=worksheet, outlines=tally.outlines, minimum=minimum)
        everybody = ask(here, told=told)
        told = told.with_set(everybody)
        teams = in_teams(here) if by_team and everybody.copies else {}
        sets: dict[str, ToldSet] = {}
        for name in sorted(teams, key=lambda name: (-len(teams[name]), name)):
            sets[name] = ask(teams[name], told=told, team=stand_in_for_team(name))
            told = told.with_set(sets[name])
        found[worksheet] = People(here, tally.outlines, minimum, everybody, sets)
    return found, told
