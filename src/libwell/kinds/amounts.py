"""What answers count for in a score: amounts between two ends, as a kind says them of itself."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from libwell.model.base import Many
from libwell.model.numbers import exact

Amount = int | float
_MOST_BANDS = 100


def _upwards(bands: tuple[Amount, ...]) -> tuple[Amount, ...]:
    if any(high <= low for low, high in pairwise(bands)):
        raise ValueError("bands go upwards, such as bands = [5, 10, 20]")
    return bands


Bands = Annotated[Many[int | float], Field(max_length=_MOST_BANDS), AfterValidator(_upwards)]
"""Up to which numbers amounts are counted together; above the last is a band of its own."""


class Ends(NamedTuple):
    """The least and the most that an answer can count for; None where there is no bound."""

    low: Fraction | None
    high: Fraction | None

    @property
    def are_known(self) -> bool:
        """Whether both are bounded."""
        return self.low is not None and self.high is not None


def ends_between(low: Amount | None, high: Amount | None) -> Ends:
    """The ends of numbers from `low` to `high` (None: without a bound)."""
    return Ends(None if low is None else exact(low), None if high is None else exact(high))


def ends_among(amounts: Iterable[Amount | None]) -> Ends | None:
    """The ends of what options count for, of those that count; None if none does."""
    counting = [amount for amount in amounts if amount is not None]
    return ends_between(min(counting), max(counting)) if counting else None
