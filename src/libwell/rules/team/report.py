"""A report out of a tally: what may be told of everybody, of each team, and since an earlier report.

Everything that is told goes through `withholding` first. Counts stand beside their worksheet's words; how
they are shown is for `report_document` and `report_data`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from libwell.model.prompts.base import NOT_ANSWERS
from libwell.rules.team.counting import Place, by_worksheet, count, team_names
from libwell.rules.team.earlier import changed
from libwell.rules.team.outlines import merged
from libwell.rules.team.spread import spread_of
from libwell.rules.team.withholding import is_few, open_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.rules.team.counting import Counts, One
    from libwell.rules.team.earlier import Earlier, EarlierWorksheet
    from libwell.rules.team.outlines import Differing, Merged, Outline, Question
    from libwell.rules.team.spread import Spread
    from libwell.rules.team.tally import Tally

Team = str | None
"""A team's folded name; None: everybody."""
Why = Literal["few", "changed"]
_REASONS = tuple(reason for reason in NOT_ANSWERS if reason != "skipped")


class Told(NamedTuple):
    """What an earlier report told at a place: out of how many, each value's count, the spread."""

    people: int
    counts: Mapping[str, int]
    spread: Spread | None


class Group(NamedTuple):
    """What a group gave at a place: out of how many, each value's count, and the same as told earlier.

    Where numbers were given, also on a scale, there is their middle and spread; other numbers than points
    have no counts, as a number can be somebody's alone.
    """

    team: Team
    people: int
    counts: Mapping[str, int]
    spread: Spread | None = None
    earlier: Told | None = None


class Line(NamedTuple):
    """A place of an answer and what is told of it: everybody first, then teams. Without groups: withheld."""

    place: Place
    groups: tuple[Group, ...]
    both: int = 0

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
    """What is told of a question. `answered` is None where it was too few to be told."""

    question: Question
    answered: int | None
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]


class TeamSize(NamedTuple):
    """A team: its folded name, its name, its members' stand-ins, and whether it is told of."""

    id: str
    name: str
    members: tuple[str, ...]
    is_told: bool


@dataclass(frozen=True, slots=True)
class About:
    """A worksheet's part of the report.

    `withheld` says why nothing is told, if so; `changed` how many people there are whose answers an earlier
    report did not have as they are now (None: there is none to compare with).
    """

    outline: Outline
    versions: tuple[tuple[str, int], ...]
    members: tuple[str, ...]
    withheld: Why | None
    changed: int | None
    teams: tuple[TeamSize, ...]
    differing: tuple[Differing, ...]
    findings: tuple[Finding, ...]

    @property
    def responses(self) -> int:
        """How many answered."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of a tally.

    `by_team` if teams are told of, `is_since` if an earlier report is compared with.
    """

    minimum: int
    copies: int
    withdrawn: int
    by_team: bool
    is_since: bool
    worksheets: tuple[About, ...]

    @property
    def responses(self) -> int:
        """How many responses are counted."""
        return sum(one.responses for one in self.worksheets)


def report(
    tally: Tally,
    *,
    minimum: int,
    by_team: bool = False,
    earlier: Earlier | None = None,
    shipped: Mapping[str, Outline] | None = None,
) -> Report:
    """Make a report. `shipped` are the outlines of the worksheets that come with libwell, by id.

    Beside an earlier report teams are told of only if it told of teams as well.
    """
    worksheets = []
    tells_teams = by_team and (earlier is None or earlier.by_team)
    for name, everybody in by_worksheet(tally).items():
        versions = versions_of(tally, everybody)
        one = _Part(
            everybody=everybody,
            merged=merged(versions, (shipped or {}).get(name)),
            minimum=minimum,
            by_team=tells_teams,
            earlier=earlier.find(name) if earlier else None,
            versions=versions,
        )
        worksheets.append(one.about())
    return Report(minimum, tally.copies, tally.withdrawn, tells_teams, earlier is not None, tuple(worksheets))


def versions_of(tally: Tally, everybody: Iterable[One]) -> dict[Outline, int]:
    """The versions that people answered, each with how many did."""
    found: dict[str, int] = {}
    for one in everybody:
        digest = one.contribution.outline
        found[digest] = found.get(digest, 0) + 1
    return {tally.outlines[digest]: number for digest, number in found.items()}


@dataclass(frozen=True)
class _Part:
    """One worksheet's part of a report, in the making."""

    everybody: list[One]
    merged: Merged
    minimum: int
    by_team: bool
    earlier: EarlierWorksheet | None
    versions: dict[Outline, int]

    def about(self) -> About:
        told = self.withheld is None
        return About(
            self.merged.outline,
            tuple(sorted(_by_version(self.versions).items())),
            tuple(sorted(one.member for one in self.everybody)),
            self.withheld,
            None if self.earlier is None else self.changes[None],
            self._teams(),
            self.merged.differing,
            tuple(self._findings()) if told else (),
        )

    @cached_property
    def counts(self) -> Mapping[Team, Counts]:
        return count(self.everybody, self.merged, teams=self.by_team)

    @cached_property
    def changes(self) -> Mapping[Team, int]:
        """How many people changed since the earlier report, in all and in each team."""
        if self.earlier is None:
            return {}
        now = {team: counts.members for team, counts in self.counts.items()}
        now |= {team: [] for team in self._gone}
        return {team: changed(self.earlier.members_of(team), members) for team, members in now.items()}

    @cached_property
    def _gone(self) -> frozenset[str]:
        """Teams that were not told of before, and have nobody in them now."""
        if self.earlier is None or not self.by_team:
            return frozenset()
        return frozenset(one.id for one in self.earlier.teams if not one.is_told) - self.counts.keys()

    @cached_property
    def withheld(self) -> Why | None:
        """Why nothing is told of this worksheet, if so."""
        if len(self.everybody) < self.minimum:
            return "few"
        if self._told_before and is_few(self.changes[None], self.minimum):
            return "changed"
        if self.by_team and self._open is None:
            return "changed"
        return None

    @property
    def _told_before(self) -> bool:
        return self.earlier is not None and self.earlier.is_told

    @cached_property
    def _known(self) -> frozenset[str]:
        """Teams that were told of before and are the same now."""
        if self.earlier is None:
            return frozenset()
        return frozenset(
            one.id for one in self.earlier.teams if one.is_told and not self.changes.get(one.id, 0)
        )

    @cached_property
    def _open(self) -> frozenset[str] | None:
        """The teams that may be told of at all; None: not even everybody."""
        sizes = [{team: counts.responses for team, counts in self.counts.items() if team is not None}]
        if self._told_before:
            sizes.append({team: number for team, number in self.changes.items() if team is not None})
        return open_groups(sizes, self.minimum, closed=self._gone, known=self._known)

    def _teams(self) -> tuple[TeamSize, ...]:
        if not self.by_team or self.withheld == "few":
            return ()
        names = team_names(self.everybody)
        shown = self._open or frozenset() if self.withheld is None else frozenset()
        return tuple(
            TeamSize(team, name, tuple(sorted(self.counts[team].members)), team in shown)
            for team, name in names.items()
        )

    def _findings(self) -> Iterator[Finding]:
        texts = _texts(self.everybody)
        for question in self.merged.outline.questions:
            answered = self.counts[None].answered[question.id]
            lines = tuple(self._lines(question))
            written = self._written(question, texts.get(question.id, []))
            told = answered >= self.minimum and (not lines or any(line.groups for line in lines))
            if answered or lines or written:
                yield Finding(question, answered if told else None, lines, written)

    def _lines(self, question: Question) -> Iterator[Line]:
        for place in _places(question):
            line = self._line(place, question)
            if line:
                yield line

    def _line(self, place: Place, question: Question) -> Line | None:
        """What is told of a place; None where there is nothing to tell."""
        size = self.counts[None].size(place, self.merged)
        if not size or (place.is_reason and place[:3] not in self.counts[None].reasons):
            return None
        teams = self._teams_at(place) if size >= self.minimum else None
        if teams is None:
            return Line(place, ())
        groups = [self._group(team, place, question) for team in (None, *teams)]
        both = self.counts[None].both[place.prompt, place.item] if question.kind == "checklist" else 0
        return Line(place, tuple(groups), both)

    def _teams_at(self, place: Place) -> list[str] | None:
        """The teams that are told of at a place, in order; None: not even everybody."""
        if is_few(self._difference(None, place), self.minimum):
            return None
        if not self.by_team:
            return []
        teams = [team for team in self.counts if team is not None]
        sizes = [{team: self.counts[team].size(place, self.merged) for team in teams}]
        if self._told_before:
            sizes.append({team: self._difference(team, place) for team in teams})
        shut = frozenset(teams) - (self._open or frozenset())
        known = [team for team in self._known if (place, team) in self._earlier_places]
        found = open_groups(sizes, self.minimum, closed=shut, known=known)
        return None if found is None else sorted(team for team in found if sizes[0][team])

    @cached_property
    def _earlier_places(self) -> Mapping[tuple[Place, Team], Told]:
        found: dict[tuple[Place, Team], Told] = {}
        for one in self.earlier.places if self.earlier else ():
            place = Place(one.prompt, one.item, one.column, one.is_reason)
            for group in one.groups:
                found[place, group.team] = Told(group.people, dict(group.counts), group.spread)
        return found

    def _difference(self, team: Team, place: Place) -> int:
        """By how many people a group at a place differs in size from the one told of before."""
        before = self._earlier_places.get((place, team))
        return 0 if before is None else abs(self.counts[team].size(place, self.merged) - before.people)

    def _group(self, team: Team, place: Place, question: Question) -> Group:
        """What a group gave at a place; of numbers their middle and spread alone."""
        counts, kind = self.counts[team], question.kind_at(place.column)
        given = counts.at(place, _values(place, question))
        if not place.is_reason and kind in {"number", "score"}:
            given, spread = {}, spread_of(counts.values[place[:3]])
        else:
            spread = spread_of(given) if kind == "rating" and not place.is_reason else None
        return Group(
            team, counts.size(place, self.merged), given, spread, self._earlier_places.get((place, team))
        )

    def _written(self, question: Question, texts: list[tuple[str, Text]]) -> tuple[Text, ...]:
        """What was written, in an order made by the words alone; who wrote it can't be told from it.

        Where not everybody is asked, to have written anything tells of another answer: then it takes as many.
        """
        if question.is_conditional and is_few(len({member for member, _ in texts}), self.minimum):
            return ()
        return tuple(sorted((text for _, text in texts), key=lambda text: _shuffled(question.id, text)))


def _by_version(versions: Mapping[Outline, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for outline, number in versions.items():
        found[outline.version] = found.get(outline.version, 0) + number
    return found


def _values(place: Place, question: Question) -> tuple[str, ...]:
    """Every value that is counted at a place, in order."""
    if place.is_reason:
        return _REASONS
    if question.kind_at(place.column) == "yes-no":
        return "true", "false"
    return tuple(thing.id for thing in question.values_at(place.column))


def _texts(everybody: Iterable[One]) -> dict[str, list[tuple[str, Text]]]:
    found: dict[str, list[tuple[str, Text]]] = {}
    for one in everybody:
        for words in one.contribution.texts:
            found.setdefault(words.prompt, []).append((one.member, Text(*words[1:])))
    return found


def _shuffled(question: str, text: Text) -> tuple[bytes, Text]:
    return sha256("\0".join((question, *text)).encode(errors="backslashreplace")).digest(), text


def _places(question: Question) -> Iterator[Place]:
    """Everywhere in a question where something is counted, and where it is counted why nothing was given."""
    match question.kind:
        case "checklist":
            yield from (Place(question.id, item.id) for item in question.items)
        case "rating" if question.items:
            for item in question.items:
                yield Place(question.id, item.id)
                yield Place(question.id, item.id, is_reason=True)
        case "table":
            for row in question.items:
                counted = (one for one in question.columns if one.kind in {"choice", "yes-no", "number"})
                yield from (Place(question.id, row.id, column.id) for column in counted)
        case "rating" | "choice" | "choices" | "yes-no" | "number" | "score":
            yield Place(question.id)
    yield Place(question.id, is_reason=True)
