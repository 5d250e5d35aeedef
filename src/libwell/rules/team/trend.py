"""A trend: how what is told at each place moved from round to round.

It is worked out of what the rounds tell, and of nothing else.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.numbers import rounded
from libwell.rules.team.asked_before import asked_before
from libwell.rules.team.contributions import REASONS, without_reasons
from libwell.rules.team.rounds import NOT_SHARED, Round, kept_round, told_round
from libwell.rules.team.tally import Tally
from libwell.rules.team.title_block import UNTITLED, TitleBlock
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
    def told(self) -> dict[int, Fraction]:
        """The numbers that are told, by the places of their rounds, in order. There are two at least."""
        return {place: number for place, number in enumerate(self.numbers) if number is not None}

    @property
    def first(self) -> int:
        """The place of the first round that tells it."""
        return next(iter(self.told))

    @property
    def before(self) -> int:
        """The place of the last but one round that tells it."""
        return [*self.told][-2]

    def since(self, place: int) -> Fraction:
        """How much more the last told is than the one of the round at `place`, which tells it."""
        return [*self.told.values()][-1] - self.told[place]


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
            abs(one.since(place) / self.reach(one)[1])
            for one in self.moves
            for place in (one.first, one.before)
        )

    def reach(self, move: Move) -> tuple[Fraction, Fraction]:
        """Where the scale of a move begins, and how long it is; below zero where less is drawn higher."""
        low, high = self.latest.ends
        points = len(without_reasons(self.latest.told.counts))
        match move.measure:
            case "share":
                return Fraction(0), Fraction(1)
            case "mean_place":
                return Fraction(1 + max(points, 1)), Fraction(-max(points, 1))
            case "score" | "median":
                if low is not None and high is not None and low < high:
                    return low, high - low
                numbers = move.told.values()
                least = min(Fraction(0), *numbers)
                return least, max(Fraction(points - 1), max(numbers) - least, Fraction(1))


class NotTrended(NamedTuple):
    """A place that is not compared, and why; in which rounds it was told, or asked otherwise."""

    where: Where
    place: RoundPlace
    reason: Unlike
    rounds: tuple[str, ...]


class WorksheetTrend(NamedTuple):
    """How a worksheet moved, the places that changed most first. `rounds` are as many as there are labels.

    Of a round in which nobody shared it they have `NOT_SHARED`.
    """

    id: str
    title: str
    language: str
    rounds: tuple[RoundWorksheet, ...]
    places: tuple[PlaceTrend, ...]
    not_compared: tuple[NotTrended, ...]

    @property
    def is_told(self) -> bool:
        """Whether two rounds are told of, so that something can be compared."""
        return sum(one.people is not None for one in self.rounds) > 1


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
    found = [_worksheet(name, rounds) for name in names]
    shown = [about for about in found if about.is_told]
    for about in found:
        if not about.is_told:  # nothing of it is shown
            after = Told((*after.without(about.id).sets, *told.of(about.id)))
    shared = [(one.library, one.team) for about in shown for one in about.rounds if one is not NOT_SHARED]
    wishes = [(about.id, wish) for about in shown for wish in about.rounds[0].wishes]
    asked = None if plan is None else tuple(asked_before(wishes, plan))
    return Trend(minimum, labels, tuple(found), head.naming(shared), asked), after


def _worksheet(name: str, everything: Sequence[Round]) -> WorksheetTrend:
    rounds = tuple(one.worksheets.get(name, NOT_SHARED) for one in everything)
    latest = [one for one in rounds if one is not NOT_SHARED][-1]
    about = WorksheetTrend(name, latest.title, latest.language, rounds, (), ())
    if not about.is_told:
        return about
    trends, not_compared = list[PlaceTrend](), list[NotTrended]()
    for where in dict.fromkeys(chain.from_iterable(one.places for one in reversed(rounds))):
        told = [one.places.get(where) for one in rounds]
        named = {one.label: place for one, place in zip(everything, told, strict=True) if place}
        latest_told = [*named.values()][-1]
        if latest_told.told.counts or latest_told.told.score is not None:
            trends += _trend(where, latest_told, told)
            not_compared += _not_compared(where, latest_told, named)
    trends.sort(key=lambda one: -one.size)
    return about._replace(places=tuple(trends), not_compared=tuple(not_compared))


def _trend(where: Where, latest: RoundPlace, told: Sequence[RoundPlace | None]) -> Iterator[PlaceTrend]:
    """How a place moved over the rounds that asked as the `latest` did, if two of them tell of it."""
    alike = tuple(one if one and one.shape == latest.shape else None for one in told)
    moves = tuple(one for one in _moves(latest, alike) if len(one.told) > 1)
    if moves:
        yield PlaceTrend(where, latest, alike, moves)


def _not_compared(where: Where, latest: RoundPlace, told: Mapping[str, RoundPlace]) -> Iterator[NotTrended]:
    """Why not all that is `told` of a place, by the labels of rounds, is compared; nothing where all is."""
    otherwise = tuple(label for label, one in told.items() if one.shape != latest.shape)
    if otherwise:
        yield NotTrended(where, latest, "asked-otherwise", otherwise)
    elif len(told) == 1:
        yield NotTrended(where, latest, "told-once", tuple(told))


def _moves(latest: RoundPlace, rounds: Sequence[RoundPlace | None]) -> Iterator[Move]:
    """What can be said of a place: the number made of its counts, or else the share that gave each value."""
    made: tuple[TrendMeasure, ...] = ("score", "median", "mean_place")
    for measure in made:
        if getattr(latest.told, measure) is not None:
            yield Move(measure, "", tuple(_made(measure, one) for one in rounds))
            return
    for value in _values(rounds):
        yield Move("share", value, tuple(_share(value, one) for one in rounds))


def _values(rounds: Sequence[RoundPlace | None]) -> list[str]:
    """Every value that somebody gave, in the order of the latest round, reasons not to answer last."""
    given = Counter[str]()
    for one in filter(None, reversed(rounds)):
        given.update(one.told.counts)
    return sorted(filter(given.get, given), key=REASONS.__contains__)


def _made(measure: TrendMeasure, one: RoundPlace | None) -> Fraction | None:
    """The number made of a round's counts; a median or mean stands there rounded, as it was told."""
    number = one and getattr(one.told, measure)
    return None if number is None else rounded(number, digits=6)


def _share(value: str, one: RoundPlace | None) -> Fraction | None:
    """How many of those who answered gave a value."""
    if one is None or not one.told.people:
        return None
    return Fraction(one.told.counts.get(value, 0), one.told.people)
