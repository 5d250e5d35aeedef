"""A trend: how what is told at each place moved from round to round.

It is worked out of what the rounds tell, and of nothing else.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.numbers import rounded
from libwell.rules.team.asked_before import asked_before
from libwell.rules.team.contributions import REASONS, without_reasons
from libwell.rules.team.rounds import Round, kept_round, told_round
from libwell.rules.team.tally import Tally
from libwell.rules.team.title_block import UNTITLED, TitleBlock, in_common
from libwell.rules.team.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libwell.model.trend_records import TrendMeasure, Unlike
    from libwell.rules.team.asked_before import AskedBefore, KeptAction
    from libwell.rules.team.counting import Where
    from libwell.rules.team.kept_report import KeptReport
    from libwell.rules.team.outlines import Outline
    from libwell.rules.team.rounds import RoundPlace, RoundWorksheet

Numbers = tuple[Fraction | None, ...]
"""A number for each round; None where it tells none."""


class Move(NamedTuple):
    """How one number moved: one made of all counts, or how large a share gave `value` (0 to 1)."""

    measure: TrendMeasure
    value: str
    numbers: Numbers

    @property
    def told(self) -> list[int]:
        """The rounds that tell it, by their place, the first first. There are two at least."""
        return [place for place, number in enumerate(self.numbers) if number is not None]

    def since(self, place: int) -> Fraction:
        """How much more the last told is than the one of the round at `place`, which tells it."""
        last, before = self.numbers[self.told[-1]], self.numbers[place]
        return (last or Fraction(0)) - (before or Fraction(0))

    @property
    def difference(self) -> Fraction:
        """How much more the last told is than the one before it."""
        return self.since(self.told[-2])


class PlaceTrend(NamedTuple):
    """How a place moved. `latest` has its words; of each round what it tells there, if that compares."""

    where: Where
    latest: RoundPlace
    rounds: tuple[RoundPlace | None, ...]
    moves: tuple[Move, ...]

    @property
    def size(self) -> Fraction:
        """How much it moved since the round before or the first, the larger, from 0 to 1 of all it could."""
        return max(
            abs(one.since(place)) / self.reach(one)[1]
            for one in self.moves
            for place in (one.told[0], one.told[-2])
        )

    def reach(self, move: Move) -> tuple[Fraction, Fraction]:
        """Where the scale of a move begins, and how long it is."""
        low, high = self.latest.ends
        points = len(without_reasons(self.latest.told.counts))
        match move.measure:
            case "share":
                return Fraction(0), Fraction(1)
            case "mean_place":
                return Fraction(1), Fraction(max(points, 1))
            case "score" | "median":
                if low is not None and high is not None and low < high:
                    return low, high - low
                numbers = [number for number in move.numbers if number is not None]
                least = min(Fraction(0), *numbers)
                return least, max(Fraction(points - 1), max(numbers) - least, Fraction(1))


class NotTrended(NamedTuple):
    """A place that is not compared, and why; in which rounds it was told, or asked otherwise."""

    where: Where
    place: RoundPlace
    reason: Unlike
    rounds: tuple[str, ...]


class WorksheetTrend(NamedTuple):
    """How a worksheet moved, the places that changed most first. `rounds` are as many as there are labels."""

    id: str
    title: str
    language: str
    rounds: tuple[RoundWorksheet | None, ...]
    places: tuple[PlaceTrend, ...]
    not_compared: tuple[NotTrended, ...]

    @property
    def is_told(self) -> bool:
        """Whether two rounds are told of, so that something can be compared."""
        return sum(one is not None and one.people is not None for one in self.rounds) > 1


class Trend(NamedTuple):
    """How everything moved, over rounds in the order they were given.

    `asked` is what many wished for in the first of them, None where no plan was given to hold it against.
    """

    minimum: int
    labels: tuple[str, ...]
    worksheets: tuple[WorksheetTrend, ...]
    head: TitleBlock = UNTITLED
    asked: tuple[AskedBefore, ...] | None = None


def trend(
    sources: Iterable[tuple[str, Tally | KeptReport]],
    *,
    told: Told,
    minimum: int,
    shipped: Mapping[str, Outline] = MappingProxyType({}),
    head: TitleBlock = UNTITLED,
    plan: Sequence[KeptAction] | None = None,
) -> tuple[Trend, Told]:
    """Hold rounds against each other, each with its label: copies, or a report that was kept.

    `shipped` are the outlines of the worksheets that come with libwell, `head` is what the title block says.
    What many wished for in the first round is held against the `plan`.

    Returns the trend with everything that is told from now on. Raises UsageError for a report that can't be.
    """
    rounds, after = list[Round](), told
    for label, source in sources:
        if isinstance(source, Tally):
            one, after = told_round(source, label, told=after, minimum=minimum, shipped=shipped)
        else:
            one = kept_round(source, label, minimum=minimum)
        rounds.append(one)
    labels = tuple(one.label for one in rounds)
    names = sorted({name for one in rounds for name in one.worksheets})
    found = [_worksheet(name, labels, [one.worksheets.get(name) for one in rounds]) for name in names]
    for about in found:
        if not about.is_told:  # nothing of it is shown
            after = Told((*after.without(about.id).sets, *told.of(about.id)))
    shown = [one for about in found if about.is_told for one in about.rounds if one is not None]
    library, team = in_common(one.library for one in shown), in_common(one.team for one in shown)
    firsts = [(about.id, about.rounds[0]) for about in found if about.is_told]
    wishes = [(name, wish) for name, first in firsts if first is not None for wish in first.wishes]
    asked = None if plan is None else tuple(asked_before(wishes, plan))
    return Trend(minimum, labels, tuple(found), head._replace(library=library, team=team), asked), after


def _worksheet(name: str, labels: tuple[str, ...], rounds: Sequence[RoundWorksheet | None]) -> WorksheetTrend:
    latest = next(one for one in reversed(rounds) if one is not None)
    trends: list[PlaceTrend] = []
    not_compared: list[NotTrended] = []
    about = WorksheetTrend(name, latest.title, latest.language, tuple(rounds), (), ())
    if not about.is_told:
        return about
    wheres = dict.fromkeys(where for one in reversed(rounds) if one for where in one.places)
    for where in wheres:
        told = [None if one is None else one.places.get(where) for one in rounds]
        place = next(one for one in reversed(told) if one is not None)
        if not place.told.counts and place.told.score is None:
            continue
        alike = tuple(one if one and one.shape == place.shape else None for one in told)
        otherwise = tuple(
            label for label, one in zip(labels, told, strict=True) if one and one.shape != place.shape
        )
        if otherwise:
            not_compared.append(NotTrended(where, place, "asked-otherwise", otherwise))
        elif sum(one is not None for one in told) == 1:
            once = tuple(label for label, one in zip(labels, told, strict=True) if one)
            not_compared.append(NotTrended(where, place, "told-once", once))
        moves = tuple(_moves(place, alike))
        if moves:
            trends.append(PlaceTrend(where, place, alike, moves))
    trends.sort(key=lambda one: -one.size)
    return about._replace(places=tuple(trends), not_compared=tuple(not_compared))


def _moves(latest: RoundPlace, rounds: Sequence[RoundPlace | None]) -> Iterator[Move]:
    """What can be said of a place: the number made of its counts, or else the share that gave each value."""
    made: tuple[TrendMeasure, ...] = ("score", "median", "mean_place")
    measures = [one for one in made if getattr(latest.told, one) is not None]
    values = [] if measures else _values(rounds)
    for measure in measures[:1]:
        yield from _move(measure, "", [_made(measure, one) for one in rounds])
    for value in values:
        yield from _move("share", value, [_share(value, one) for one in rounds])


def _move(measure: TrendMeasure, value: str, numbers: Sequence[Fraction | None]) -> Iterator[Move]:
    """A move, if two rounds tell of it."""
    if sum(number is not None for number in numbers) > 1:
        yield Move(measure, value, tuple(numbers))


def _values(rounds: Sequence[RoundPlace | None]) -> list[str]:
    """Every value that somebody gave, in the order of the latest round, reasons not to answer last."""
    told = [one.told.counts for one in reversed(rounds) if one is not None]
    values = dict.fromkeys(value for counts in told for value in counts)
    given = [value for value in values if any(counts.get(value) for counts in told)]
    return sorted(given, key=REASONS.__contains__)


def _made(measure: TrendMeasure, one: RoundPlace | None) -> Fraction | None:
    """The number made of a round's counts; a median or mean stands there rounded, as it was told."""
    number = getattr(one.told, measure) if one is not None else None
    return None if number is None else rounded(number, digits=6)


def _share(value: str, one: RoundPlace | None) -> Fraction | None:
    """How many of those who answered gave a value."""
    if one is None or not one.told.people:
        return None
    return Fraction(one.told.counts.get(value, 0), one.told.people)
