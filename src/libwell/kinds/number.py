"""Kind `number`. Value: `3` or `2.5`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, nextafter
from typing import Any, Literal, cast

from pydantic import Field

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.amounts import Bands, Ends, ends_between
from libwell.kinds.forms import Above, CellForm
from libwell.kinds.measures import AnswerPlaces, Label
from libwell.kinds.plain import PlainPrompt
from libwell.kinds.steps import Around, Key, Step, Taken
from libwell.kinds.values import Given, Problem, Value, as_words
from libwell.model.base import Distance, Text
from libwell.model.conditions import Condition
from libwell.model.document import ROOM, Block, Paragraph
from libwell.model.numbers import exact, in_full
from libwell.model.typed_numbers import read_number

_BOUNDS = {
    (False, False): "",
    (True, False): ", {} or more",
    (False, True): ", {} or less",
    (True, True): " from {} to {}",
}
_MOST_DIGITS = 15
_HIGHEST = nextafter(10.0**_MOST_DIGITS, 0)


class NumberPrompt(PlainPrompt):
    """A number between bounds, in steps, with a unit."""

    measure = "amount"
    tested_by = ("is", "at_least", "at_most")
    kind: Literal["number"]
    min: int | float | None = Field(default=None, description="The lowest number taken.")
    max: int | float | None = Field(default=None, description="The highest number taken.")
    step: Distance | None = Field(default=None, description="How far apart numbers are; 1: whole numbers.")
    unit: Text = Field(default="", description="What is counted, shown behind the number.")
    bands: Bands = Field(
        default=(),
        description="Numbers going upwards: a team's report counts how many answered up to each, and above.",
    )

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        (step,) = super().steps(value, around)
        return (replace(step, hint=f"Type {self._expected()}."),)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        typed = read_number(text, unit=self.unit)
        fits = [number for number in typed.numbers if not any(self.problems(number, around))]
        if fits and typed.is_plain:
            return Taken(fits[0])
        raise CannotReadError(self._how_to_type(text.strip(), fits, typed.how))

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem("a number was expected.", (), self._how_to_write(value))
        elif not abs(value) < 10**_MOST_DIGITS:  # as nan is not
            yield Problem("this number can't be used.", (), f"Write {self._expected()}.")
        elif not self._takes_some(value, value):
            yield Problem("this number is not among those asked for.", (), f"Write {self._expected()}.")

    def brief(self, value: Value, around: Around) -> str:
        return f"{in_full(cast('float', value))} {self.unit}".strip()

    def _takes_some(self, low: float | None, high: float | None) -> bool:
        """Whether a number from `low` to `high` (None: without a bound) is among those asked for."""
        lowest = max(exact(bound) for bound in (low, self.min, -_HIGHEST) if bound is not None)
        highest = min(exact(bound) for bound in (high, self.max, _HIGHEST) if bound is not None)
        if self.step is not None:
            base, step = exact(self.min or 0), exact(self.step)
            lowest = base + ceil((lowest - base) / step) * step  # exact, as 0.3 is three steps of 0.1
        return lowest <= highest

    def _how_to_type(self, text: str, fits: list[int | float], how: str) -> str:
        """Say what to type instead of a text that may mean some of the numbers asked for, or none."""
        numbers = " or ".join(map(in_full, fits)) or self._expected()
        doubt = f"{text} can be {numbers}. " if len(fits) > 1 else ""
        return f"{doubt}Type {numbers}{how if fits else ''}."

    def _how_to_write(self, value: Value) -> str:
        """Say what to write in a file instead of what is no number there; it is not quoted."""
        text = as_words(value)
        if read_number(text).is_plain:
            return "Write it without quotes."
        if read_number(text, unit=self.unit).numbers:
            return "Write it in digits, with no other sign than a point, and without quotes."
        return f"Write {self._expected()}."

    def _expected(self) -> str:
        given = [bound for bound in (self.min, self.max) if bound is not None]
        bounds = _BOUNDS[self.min is not None, self.max is not None].format(*map(in_full, given))
        steps = f", in steps of {in_full(self.step)}" if self.step not in (None, 1) else ""
        unit = f" ({self.unit})" if self.unit else ""
        return f"a{' whole' if self.step == 1 else ''} number{bounds}{steps}{unit}"

    @property
    def in_cell(self) -> CellForm:
        expected = self._expected()
        return CellForm(
            expected,
            in_full(next(bound for bound in (self.min, self.max, 3) if bound is not None)),
            f"{expected}, without quotes",
        )

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield Paragraph(f"{ROOM} {self.unit}".rstrip())

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for given in super().given(value, around):
            yield given._replace(counted_as=self._band_of(cast("float", value)))

    def _bands(self) -> list[tuple[float | None, float | None]]:
        """The bands, each with what it is above and what it goes up to (None: without an end)."""
        return list(pairwise((None, *self.bands, None))) if self.bands else []

    def _band_of(self, number: float) -> str:
        """The id of the band that a number is in; empty where there are no bands."""
        inside = (_band(*band).id for band in self._bands() if band[1] is None or number <= band[1])
        return next(inside, "")

    def places(self) -> AnswerPlaces:
        values = tuple(_band(*band, unit=self.unit) for band in self._bands())
        return AnswerPlaces(values=values, unit=self.unit)

    def private_hint(self) -> Mistake | None:
        if not self.bands:
            return None
        message = "this question is private, so nobody counts its answers in bands."
        return Mistake(message, ("bands",), "Take bands out, or say private = false.")

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if isinstance(test.is_, bool | str):
            yield Mistake(f"{self.id} is answered by a number.", ("is",), "Write a number without quotes.")
        elif test.item is not None:
            yield self.no_item(test.item, ("item",))

    def can_pass(self, test: Condition) -> bool:
        wanted: Any = test.is_
        bounds = (test.at_least, test.at_most) if wanted is None else (wanted, wanted)
        return self._takes_some(*bounds)

    def ends(self, inside: str = "") -> Ends | None:
        return ends_between(self.min, self.max)

    def amount(self, value: Value) -> Fraction | None:
        return exact(cast("float", value))

    def passes(self, test: Condition, value: Value) -> bool:
        return bool(value == test.is_) if test.is_ is not None else test.is_between(cast("float", value))

    def say_numbers(self) -> str:
        bounds = [("from", self.min), ("up to", self.max), ("in steps of", self.step)]
        words = [f"{word} {in_full(bound)}" for word, bound in bounds if bound is not None]
        return f"Its numbers go {', '.join(words)}." if words else "Use a smaller number."


def _band(low: float | None, high: float | None, *, unit: str = "") -> Label:
    """A band above `low` and up to `high`: `<=10`, `above 5, up to 10 hours`."""
    name = f">{in_full(low)}" if high is None and low is not None else f"<={in_full(high or 0)}"
    words = [f"{word} {in_full(end)}" for word, end in (("above", low), ("up to", high)) if end is not None]
    return Label(name, f"{', '.join(words)} {unit}".rstrip())
