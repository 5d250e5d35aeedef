"""What answers count for in a score: amounts between two ends, as a kind says them of itself."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from libwell.model.numbers import exact

Amount = int | float


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
