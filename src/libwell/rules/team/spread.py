"""The middle and the spread of what was given: median and quartiles, of counts alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Spread(NamedTuple):
    """The median, and the quartiles: between these lies the middle half of what was given."""

    median: float
    lower: float
    upper: float

    @property
    def range(self) -> float:
        """The interquartile range: how far apart the quartiles are."""
        return self.upper - self.lower


def spread_of(counts: Mapping[str, int]) -> Spread | None:
    """The spread of numbers (as text) with how often each was given; None if there is none.

    Quartiles are by nearest rank, so each is a number that was given; the median of an even count is between
    the two in the middle.
    """
    numbers = sorted((Decimal(text), count) for text, count in counts.items() if count)
    total = sum(count for _, count in numbers)
    if not total:
        return None
    middle = (_at(numbers, (total + 1) // 2) + _at(numbers, total // 2 + 1)) / 2
    lower, upper = _at(numbers, -(-total // 4)), _at(numbers, -(-3 * total // 4))
    return Spread(_plain(middle), _plain(lower), _plain(upper))


def _at(numbers: list[tuple[Decimal, int]], rank: int) -> Decimal:
    """The number at a rank, counted from 1."""
    for number, count in numbers:
        rank -= count
        if rank <= 0:
            return number
    return numbers[-1][0]


def _plain(number: Decimal) -> float:
    return int(number) if number == number.to_integral_value() else float(number)
