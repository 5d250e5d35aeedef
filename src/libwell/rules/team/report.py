"""A report out of a tally: of each worksheet the set of people that may be told, and of each team.

Which set that is, `told` decides. Counts stand beside their worksheet's words; `report_document` and
`report_data` say how they are shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.numbers import as_data, rounded
from libwell.rules.score_methods import Part, count, turned_round
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.counting import (
    NO_COUNT,
    CountedPlace,
    Counts,
    at_least,
    mean_place,
    place_in,
    points_in,
)
from libwell.rules.team.outlines import merged
from libwell.rules.team.people import tell_everybody
from libwell.rules.team.title_block import UNTITLED, TitleBlock
from libwell.rules.team.wishes import wishes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.rules.team.contributions import OwnWords
    from libwell.rules.team.counting import Count
    from libwell.rules.team.outlines import Differing, Outline, ScorePart, TeamQuestion
    from libwell.rules.team.people import People, Spoken, TeamSize
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told
    from libwell.rules.team.wishes import TeamWish

Team = str | None
"""A team's folded name; None: everybody."""


class EarlierCount(NamedTuple):
    """What an earlier report told at a place: how many people, each value's count, what is made of them."""

    people: int | None
    counts: Mapping[str, int]
    median: float | None
    score: float | None
    mean_place: float | None = None


_NOTHING_BEFORE = EarlierCount(None, {}, None, None)
Earlier = dict[tuple[str, str, str, str, Team], EarlierCount]
"""Everything an earlier report told, by worksheet, prompt, item, column, and team."""


class GroupReport(NamedTuple):
    """What a group gave at a place: how many people, each value's count, and what was told of it earlier.

    Points have their median, and what was put in order its mean place. A score has no counts and no people:
    it is a number made of what is told of its parts.
    """

    team: Team
    people: int | None
    counts: Mapping[str, int]
    median: float | None = None
    score: float | None = None
    earlier: EarlierCount | None = None
    mean_place: float | None = None

    @property
    def before(self) -> EarlierCount:
        """What was told of it earlier; nothing of nobody where nothing was."""
        return self.earlier or _NOTHING_BEFORE


class PlaceReport(NamedTuple):
    """A place of an answer and what is told of it: of everybody first, then of teams.

    Without groups nothing is told of it. `several`: how many of everybody gave more than one value.
    """

    item: str
    column: str
    groups: tuple[GroupReport, ...]
    several: int = 0

    @property
    def everybody(self) -> GroupReport:
        """What is told of everybody, at a place that is told."""
        return self.groups[0]


class QuestionReport(NamedTuple):
    """What is told of a question. `answered` is None where it was too few to be told, and of a score."""

    question: TeamQuestion
    answered: int | None
    places: tuple[PlaceReport, ...]
    texts: tuple[OwnWords, ...]

    @property
    def told(self) -> list[PlaceReport]:
        """The places that are told."""
        return [place for place in self.places if place.groups]


class WorksheetReport(NamedTuple):
    """What is told of a worksheet: its questions, and how the versions that were answered differ.

    `teams` are those that may be told of, `versions` those answered by the people told of. `wishes` are what
    somebody wishes for, the most wished for first.
    """

    outline: Outline
    spoken_of: Spoken
    teams: tuple[TeamSize, ...]
    versions: tuple[str, ...] = ()
    differing: tuple[Differing, ...] = ()
    questions: tuple[QuestionReport, ...] = ()
    wishes: tuple[TeamWish, ...] = ()


class Report(NamedTuple):
    """Everything that is told of a tally.

    `by_team` if teams are told of, `is_since` if an earlier report stands beside it.
    """

    minimum: int
    by_team: bool
    is_since: bool
    worksheets: tuple[WorksheetReport, ...]
    head: TitleBlock = UNTITLED


def report(
    tally: Tally,
    *,
    told: Told,
    minimum: int,
    by_team: bool = False,
    earlier: Earlier | None = None,
    shipped: Mapping[str, Outline] = MappingProxyType({}),
    head: TitleBlock = UNTITLED,
) -> tuple[Report, Told]:
    """Make a report. Returns it with everything that is told from now on, for the next one.

    `told` is everything that was told before; it takes `minimum` people to tell of them. `earlier` is a
    report to stand beside it. `shipped` are the outlines of the worksheets that come with libwell, by id;
    `head` is what its title block says.
    """
    everybody, told = tell_everybody(tally, told=told, minimum=minimum, by_team=by_team)
    worksheets = tuple(
        _worksheet(people, shipped.get(name), earlier or {}) for name, people in everybody.items()
    )
    made = Report(minimum, by_team, earlier is not None, worksheets, head.of(everybody.values()))
    return made, told


# --- a worksheet ----------------------------------------------------------------------------------


def _worksheet(people: People, shipped: Outline | None, earlier: Earlier) -> WorksheetReport:
    outline, differing = merged(people.versions, shipped)
    about = WorksheetReport(outline, people.spoken_of, people.team_sizes())
    if not people.everybody.copies:
        return about
    everybody = at_least(people.everybody.counts, people.minimum)
    told = ((name, one.counts) for name, one in sorted(people.teams.items()) if one.copies)
    teams = {name: at_least(counts, people.minimum) for name, counts in told}
    versions = tuple(sorted({one.version for one in people.versions}))
    questions = tuple(_Questions(people, outline, everybody, teams, earlier).reports())
    wished = tuple(wishes(outline, everybody))
    return about._replace(versions=versions, differing=differing, questions=questions, wishes=wished)


@dataclass(frozen=True, slots=True)
class _Questions:
    """Reports on a worksheet's questions, in the making.

    `everybody` and `teams` hold what is told of them: the places where enough people answered.
    """

    people: People
    outline: Outline
    everybody: Counts
    teams: dict[str, Counts]
    earlier: Earlier

    def reports(self) -> Iterator[QuestionReport]:
        """A report on each question of the worksheet, in order; in a ranking the most wanted comes first."""
        texts: defaultdict[str, list[OwnWords]] = defaultdict(list)
        for words in sorted(self._texts(), key=_shuffled):
            texts[words.prompt].append(words)
        groups = {None: self.everybody} | self.teams
        scores = {team: _team_scores(self.outline, counts) for team, counts in groups.items()}
        for question in self.outline.questions:
            whole = self.everybody.get(place_in(question))
            places = list(self._score(question, scores) if question.score else self._places(question))
            if question.measure == "rank":
                places.sort(key=_how_wanted)
            answered = whole.answered if whole else None
            yield QuestionReport(question, answered, tuple(places), tuple(texts[question.id]))

    def _places(self, question: TeamQuestion) -> Iterator[PlaceReport]:
        """Everywhere in a question where something is counted: the whole, items, and cells with values."""
        columns = [one.id for one in question.columns if one.values] if question.columns else [""]
        inside = [(item.id, column) for item in question.items for column in columns]
        for item, column in [("", ""), *inside]:
            place = place_in(question, item, column)
            shown = self._shown(place)
            groups = (self._group(team, count, place, question) for team, count in shown.items())
            yield PlaceReport(item, column, tuple(groups), shown.get(None, NO_COUNT).several)

    def _shown(self, place: CountedPlace) -> dict[Team, Count]:
        """Everybody and the teams at a place; of these the smallest are left out if need be.

        They are, until those of everybody who are in no team that is shown are none or enough. Where
        everybody's count is not told, nobody's is.
        """
        whole = self.everybody.get(place)
        if whole is None:
            return {}
        teams = {team: counts[place] for team, counts in self.teams.items() if place in counts}
        rest = whole.people - sum(count.people for count in teams.values())
        for team in sorted(teams, key=lambda team: (teams[team].people, team)):
            if 0 < rest < self.people.minimum:
                rest += teams.pop(team).people
        return {None: whole} | teams

    def _group(self, team: Team, count: Count, place: CountedPlace, question: TeamQuestion) -> GroupReport:
        values = question.values_at(place.item, place.column)
        reasons = [value for value in REASONS if value in count.values]
        counts = {value: count.values.get(value, 0) for value in (*values, *reasons)}
        points = points_in(counts) if question.at(place.column).measure == "point" else ()
        middle = float(median(points)) if points else None
        ranked = place.item and question.measure == "rank"
        wanted = as_data(rounded(mean_place(count, len(values)))) if ranked else None
        before = self._before(place, team)
        return GroupReport(team, count.people, counts, middle, earlier=before, mean_place=wanted)

    def _score(
        self, question: TeamQuestion, scores: Mapping[Team, Mapping[str, Fraction]]
    ) -> Iterator[PlaceReport]:
        """A score: of a team only where everybody's is told, too."""
        place = place_in(question)
        told = {team: of_team[question.id] for team, of_team in scores.items() if question.id in of_team}
        groups = [
            GroupReport(team, None, {}, None, as_data(rounded(value)), self._before(place, team))
            for team, value in told.items()
        ]
        yield PlaceReport("", "", tuple(groups) if None in told else ())

    def _before(self, place: CountedPlace, team: Team) -> EarlierCount | None:
        return self.earlier.get((self.outline.id, place.prompt, place.item, place.column, team))

    def _texts(self) -> Iterator[OwnWords]:
        """What those told of wrote at places that are told."""
        for one in self.people.present:
            for words in one.texts:
                question = self.outline.by_id.get(words.prompt)
                _, item, column = words.place
                if question and place_in(question, item, column) in self.everybody:
                    yield words


def _how_wanted(place: PlaceReport) -> tuple[bool, bool, float]:
    """Where a place of a ranking stands: the whole first, then by the mean place, what is not told last."""
    mean = place.everybody.mean_place if place.groups else None
    return place.item != "", mean is None, mean or 0


def _shuffled(words: OwnWords) -> tuple[bytes, OwnWords]:
    """Where somebody's words stand: in an order that comes of the words alone, and looks like chance."""
    return sha256("\0".join(words).encode(errors="backslashreplace")).digest(), words


def _team_scores(outline: Outline, counts: Counts) -> dict[str, Fraction]:
    """A group's scores that come out, made of the means of what it gave to the parts that are told."""
    found: dict[str, Fraction] = {}
    for question in outline.questions:
        if question.score is not None:
            parts = [_mean_part(part, outline, counts, found) for part in question.parts]
            value = count(question.score, parts).value
            if value is not None:
                found[question.id] = value
    return found


def _mean_part(part: ScorePart, outline: Outline, counts: Counts, found: Mapping[str, Fraction]) -> Part:
    """What a part of a score counts for on the average of those who gave something that counts."""
    mean = found.get(part.score)
    if not part.score:
        place = place_in(outline.by_id[part.prompt], part.item, part.column)
        values = counts.get(place, NO_COUNT).values
        given = [(amount, values.get(value, 0)) for value, amount in part.amounts]
        people = sum(number for _, number in given)
        mean = sum((amount * number for amount, number in given), Fraction(0)) / people if people else None
    told = Part(mean, part.ends)
    return turned_round(told) if part.is_reversed else told
