"""A total: what the numbers in a column of a table have to add up to, or may add up to at most.

It knows numbers only; which cells count is the table's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from libwell.model.base import Model
from libwell.model.between_keys import between, only
from libwell.model.characters import one_line, quoted
from libwell.model.numbers import Number, exact, plain


class Total(Model):
    """What the numbers in a column add up to."""

    model_config = between(oneOf=[only("column", "is"), only("column", "at_most")])

    column: str = Field(description="The id of a column of numbers.")
    is_: int | float | None = Field(default=None, alias="is", description="What they have to add up to.")
    at_most: int | float | None = Field(default=None, description="What they add up to at most.")

    @model_validator(mode="after")
    def _check_one_bound(self) -> Self:
        if (self.is_ is None) is (self.at_most is None):
            raise ValueError("a total says is or at_most: total = { column = …, is = 100 }")
        return self

    def is_met(self, numbers: Sequence[Number]) -> bool:
        """Whether numbers add up as they have to."""
        left = self._left(numbers)
        return left == 0 if self.at_most is None else left >= 0

    def say(self, numbers: Sequence[Number], unit: str) -> str:
        """How far they are: `Points so far: 60 of 100, 40 left.`; `unit` is what is counted."""
        head = one_line(f"{unit[:1].upper()}{unit[1:]} so far") if unit else "So far"
        most = "" if self.at_most is None else "at most "
        left = self._left(numbers)
        rest = f"{_exactly(left)} left" if left >= 0 else f"{_exactly(-left)} too many"
        return f"{head}: {_exactly(_sum(numbers))} of {most}{_exactly(self._bound)}, {rest}."

    def say_bound(self, ask: str, unit: str) -> str:
        """What the numbers in a column, by what it asks, are to add up to."""
        most = "" if self.at_most is None else "at most "
        bound = f"{_exactly(self._bound)} {one_line(unit)}".rstrip()
        return f"The numbers at {quoted(ask)} are to add up to {most}{bound}."

    @property
    def _bound(self) -> Number:
        return exact(next(bound for bound in (self.is_, self.at_most) if bound is not None))

    def _left(self, numbers: Sequence[Number]) -> Fraction:
        return exact(self._bound) - _sum(numbers)


def _sum(numbers: Sequence[Number]) -> Fraction:
    return sum(map(exact, numbers), Fraction(0))


def _exactly(number: Number) -> str:
    """A sum with as many decimals as it needs: numbers are typed with few."""
    return plain(number, digits=15)
