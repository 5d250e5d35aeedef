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
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from libwell.rules.team.counting import Counts, One
    from libwell.rules.team.earlier import Earlier, EarlierWorksheet
    from libwell.rules.team.outlines import Differing, Merged, Outline, Question
    from libwell.rules.team.spread import Spread
    from libwell.rules.team.tally import Tally

Team = str | None
"""A team's folded name; None: everybody."""
Why = Literal["few", "changed"]
_Told = tuple[int, "Mapping[str, int]"]
NUMBERS = frozenset({"number", "score"})
_REASONS = tuple(reason for reason in NOT_ANSWERS if reason != "skipped")


class Group(NamedTuple):
    """What a group gave at a place: out of how many, each value's count, and the counts told earlier."""

    team: Team
    people: int
    counts: Mapping[str, int]
    earlier: Mapping[str, int] | None = None

    @property
    def spread(self) -> Spread | None:
        """The middle and the spread, where the values are numbers."""
        return spread_of(self.counts)


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
    """Everything that is told of a tally; `is_since` if an earlier report is compared with."""

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
    for name, everybody in by_worksheet(tally).items():
        versions = _versions(tally, everybody)
        one = _Part(
            everybody=everybody,
            merged=merged(versions, (shipped or {}).get(name)),
            minimum=minimum,
            by_team=by_team and (earlier is None or earlier.by_team),
            earlier=earlier.find(name) if earlier else None,
            versions=versions,
        )
        worksheets.append(one.about())
    return Report(minimum, tally.copies, tally.withdrawn, by_team, earlier is not None, tuple(worksheets))


def _versions(tally: Tally, everybody: Iterable[One]) -> dict[Outline, int]:
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
        if not self.by_team:
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
            told = answered >= self.minimum
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
        values = self._values(place, question)
        if not size or (place.is_reason and not any(self.counts[None].at(place, values).values())):
            return None
        teams = self._teams_at(place) if size >= self.minimum else None
        if teams is None:
            return Line(place, ())
        groups = [self._group(team, place, values) for team in (None, *teams)]
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
        known = [team for team in self._known if self._told_at(team, place)]
        found = open_groups(sizes, self.minimum, closed=shut, known=known)
        return None if found is None else sorted(team for team in found if sizes[0][team])

    def _told_at(self, team: Team, place: Place) -> Mapping[str, int] | None:
        """What the earlier report told of a group at a place."""
        found = self._earlier_places.get((place, team))
        return None if found is None else found[1]

    @cached_property
    def _earlier_places(self) -> Mapping[tuple[Place, Team], _Told]:
        if self.earlier is None:
            return {}
        return {
            (Place(one.prompt, one.item, one.column, one.is_reason), group.team): (
                group.people,
                dict(group.counts),
            )
            for one in self.earlier.places
            for group in one.groups
        }

    def _difference(self, team: Team, place: Place) -> int:
        """By how many people a group at a place differs in size from the one told of before."""
        before = self._earlier_places.get((place, team))
        return 0 if before is None else abs(self.counts[team].size(place, self.merged) - before[0])

    def _group(self, team: Team, place: Place, values: Collection[str]) -> Group:
        counts = self.counts[team]
        return Group(
            team, counts.size(place, self.merged), counts.at(place, values), self._told_at(team, place)
        )

    def _values(self, place: Place, question: Question) -> tuple[str, ...]:
        """Every value there can be at a place, in order."""
        if place.is_reason:
            return _REASONS
        column = next((one for one in question.columns if one.id == place.column), None)
        kind = column.kind if column else question.kind
        if kind == "yes-no":
            return "true", "false"
        if kind in NUMBERS:
            return self.counts[None].given_at(place)
        return tuple(thing.id for thing in (column.values if column else question.values))

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
