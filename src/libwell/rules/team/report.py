"""A report out of a tally: of each worksheet the set of people that may be told, and of each team.

Which set that is, `told` decides. Counts stand beside their worksheet's words; how they are shown is for
`report_document` and `report_data`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.numbers import as_data, rounded
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.counting import Count, Place, at_least, median_of
from libwell.rules.team.outlines import merged
from libwell.rules.team.people import tell_everybody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.rules.team.earlier import Earlier, EarlierCount
    from libwell.rules.team.outlines import Differing, Merged, Outline, Question
    from libwell.rules.team.people import People, Spoken
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told, ToldSet

Team = str | None
"""A team's folded name; None: everybody."""


class Group(NamedTuple):
    """What a group gave at a place: out of how many, each value's count, and the same as told earlier.

    Points have their median. A score has no counts and no people: it is a number made of what is told of its
    parts.
    """

    team: Team
    people: int | None
    counts: Mapping[str, int]
    median: float | None = None
    score: float | None = None
    earlier: EarlierCount | None = None


class Line(NamedTuple):
    """A place of an answer and what is told of it: everybody first, then teams.

    Without groups it is withheld. `several`: how many people of everybody gave more than one value.
    """

    item: str
    column: str
    groups: tuple[Group, ...]
    several: int = 0

    @property
    def everybody(self) -> Group | None:
        """What is told of everybody."""
        return self.groups[0] if self.groups else None


class Text(NamedTuple):
    """Somebody's own words, and the place they were written at."""

    item: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is told of a question. `answered` is None where it was too few to be told, and of a score."""

    question: Question
    answered: int | None
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]

    @property
    def is_told(self) -> bool:
        """Whether anything is told of it."""
        return any(line.groups for line in self.lines)


class TeamSize(NamedTuple):
    """A team: its folded name, its name, and how many people are told of it (None: it is not told of)."""

    id: str
    name: str
    people: int | None


@dataclass(frozen=True, slots=True)
class About:
    """A worksheet's part of the report."""

    outline: Outline
    spoken_of: Spoken
    versions: tuple[str, ...]
    teams: tuple[TeamSize, ...]
    differing: tuple[Differing, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of a tally.

    `by_team` if teams are told of, `is_since` if an earlier report stands beside it.
    """

    minimum: int
    by_team: bool
    is_since: bool
    worksheets: tuple[About, ...]


def report(
    tally: Tally,
    *,
    told: Told,
    minimum: int,
    by_team: bool = False,
    earlier: Earlier | None = None,
    shipped: Mapping[str, Outline] | None = None,
) -> tuple[Report, Told]:
    """Make a report. Returns it with everything that is told from now on, for the next one.

    `told` is everything that was told before. `shipped` are the outlines of the worksheets that come with
    libwell, by id.
    """
    everybody, told = tell_everybody(tally, told=told, minimum=minimum, by_team=by_team)
    worksheets = tuple(
        _Part(people, merged(people.versions, (shipped or {}).get(name)), minimum, earlier).about()
        for name, people in everybody.items()
    )
    return Report(minimum, by_team, earlier is not None, worksheets), told


# --- a worksheet ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """One worksheet's part of a report, in the making."""

    people: People
    merged: Merged
    minimum: int
    earlier: Earlier | None

    def about(self) -> About:
        everybody = self.people.everybody
        return About(
            self.merged.outline,
            self.people.spoken_of,
            tuple(sorted({outline.version for outline in self.people.versions})) if everybody else (),
            tuple(self._teams()),
            self.merged.differing if everybody else (),
            tuple(self._findings()) if everybody else (),
        )

    def _teams(self) -> Iterator[TeamSize]:
        for team, name in self.people.team_names().items():
            told = self.people.teams[team]
            yield TeamSize(team, name, len(told.copies) if told else None)

    @cached_property
    def _told(self) -> dict[Team, dict[Place, Count]]:
        """What is told at each place, by group: where at least so many answered there."""
        sets: dict[Team, ToldSet | None] = {None: self.people.everybody}
        sets |= sorted(self.people.teams.items())
        return {team: at_least(one.counts, self.minimum) for team, one in sets.items() if one is not None}

    def _findings(self) -> Iterator[Finding]:
        texts = self._texts()
        for question in self.merged.outline.questions:
            lines = tuple(self._lines(question))
            yield Finding(question, self._answered(question), lines, texts.get(question.id, ()))

    def _answered(self, question: Question) -> int | None:
        """How many gave an answer, and not a reason for none; None where that can't be told."""
        count = self._told[None].get(Place(question.id, "", "", question.shape))
        return count.answered if count else None

    def _lines(self, question: Question) -> Iterator[Line]:
        if question.parts:
            yield Line("", "", tuple(self._scores(question)))
            return
        for item, column in _places(question):
            yield self._line(Place(question.id, item, column, question.shape_at(column)), question)

    def _line(self, place: Place, question: Question) -> Line:
        told = {team: counts[place] for team, counts in self._told.items() if place in counts}
        if None not in told:
            return Line(place.item, place.column, ())
        shown = _without_small_rest(told, self.minimum)
        groups = [self._group(team, count, place, question) for team, count in shown.items()]
        return Line(place.item, place.column, tuple(groups), told[None].several)

    def _group(self, team: Team, count: Count, place: Place, question: Question) -> Group:
        values = _values(question, place)
        reasons = [value for value in REASONS if value in count.values]
        counts = {value: count.values.get(value, 0) for value in (*values, *reasons)}
        is_rated = question.kind == "rating"
        median = median_of({value: counts[value] for value in values}) if is_rated else None
        return Group(team, count.people, counts, median, earlier=self._earlier(place, team))

    def _scores(self, question: Question) -> Iterator[Group]:
        for team, counts in self._told.items():
            score = _team_score(question, self.merged.outline, counts)
            if score is not None:
                earlier = self._earlier(Place(question.id, "", "", ""), team)
                yield Group(team, None, {}, score=score, earlier=earlier)
            elif team is None:
                return

    def _earlier(self, place: Place, team: Team) -> EarlierCount | None:
        if self.earlier is None:
            return None
        return self.earlier.find(self.merged.outline.id, (place.prompt, place.item, place.column), team)

    def _texts(self) -> dict[str, tuple[Text, ...]]:
        """What those told of wrote at places that are told, in an order made by the words alone."""
        written: dict[str, list[Text]] = {}
        for one in self.people.present:
            for words in one.texts:
                question = self.merged.outline.find(words.prompt)
                shape = question.shape_at(words.place[2]) if question else ""
                if Place(*words.place, shape) in self._told[None]:
                    written.setdefault(words.prompt, []).append(Text(*words[1:]))
        return {name: _shuffled(name, texts) for name, texts in written.items()}


def _without_small_rest(told: dict[Team, Count], minimum: int) -> dict[Team, Count]:
    """Leave out teams at a place, the smallest first, until those not shown there are none or enough."""
    sizes = {team: count.people for team, count in told.items() if team is not None}
    while sizes and 0 < told[None].people - sum(sizes.values()) < minimum:
        del sizes[min(sizes, key=lambda team: (sizes[team], team))]
    return {team: count for team, count in told.items() if team is None or team in sizes}


def _places(question: Question) -> Iterator[tuple[str, str]]:
    """Everywhere in a question where something is counted: items and columns; empty: the whole."""
    yield "", ""
    match question.kind:
        case "checklist" | "rating":
            yield from ((item.id, "") for item in question.items)
        case "table":
            for row in question.items:
                yield from ((row.id, one.id) for one in question.columns if one.kind in {"choice", "yes-no"})


def _values(question: Question, place: Place) -> tuple[str, ...]:
    """Every value that is counted at a place, in order; of a whole with items only reasons are."""
    if question.is_counted_by_item and not place.item:
        return ()
    if question.kind_at(place.column) == "yes-no":
        return "true", "false"
    return tuple(thing.id for thing in question.values_at(place.column))


def _team_score(question: Question, outline: Outline, counts: Mapping[Place, Count]) -> float | None:
    """A group's score, made of the means of what it gave to the parts that are told; None for too few."""
    means = []
    for part in question.parts:
        rated = outline.find(part.prompt)
        count = counts.get(Place(part.prompt, part.item, "", rated.shape)) if rated else None
        mean = _mean(count.values) if count else None
        if mean is not None:
            means.append(mean if part.turn is None else part.turn - mean)
    if len(means) < question.needed:
        return None
    return as_data(rounded(sum(means) / (1 if question.unit == "sum" else len(means))))


def _mean(points: Mapping[str, int]) -> Fraction | None:
    given = {value: count for value, count in points.items() if value not in REASONS}
    total = sum(given.values())
    points_given = sum(int(value) * count for value, count in given.items())
    return Fraction(points_given, total) if total else None


def _shuffled(question: str, texts: list[Text]) -> tuple[Text, ...]:
    def place(text: Text) -> tuple[bytes, Text]:
        return sha256("\0".join((question, *text)).encode(errors="backslashreplace")).digest(), text

    return tuple(sorted(texts, key=place))
