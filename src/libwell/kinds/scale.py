"""A scale: whole points with words for its ends or for each, as ratings and columns of a table have it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.kinds.values import Problem, Value, misspelled_not_answer
from libwell.model.base import Many, Model, Said
from libwell.model.numbers import on_scale
from libwell.model.typed_numbers import read_number

_MOST_POINTS = 101


class Scale(Model):
    """Whole points from `min` to `max`, with words for both ends or for every point."""

    min: int = Field(description="The lowest point.")
    max: int = Field(description="The highest point.")
    labels: Many[Said] = Field(
        description="Words for both ends, or for every point.",
        json_schema_extra={"minItems": 2, "maxItems": _MOST_POINTS},
    )

    @model_validator(mode="after")
    def _check_labels(self) -> Self:
        if not 1 <= self.max - self.min < _MOST_POINTS:  # before anything counts them
            raise ValueError(f"a scale has from 2 to {_MOST_POINTS} points, and min is below max")
        if len(self.labels) not in {2, len(self.points)}:
            raise ValueError(f"give 2 labels, one for each end, or {len(self.points)}, one for each point")
        return self

    @property
    def points(self) -> range:
        """All points, lowest first."""
        return range(self.min, self.max + 1)

    @cached_property
    def words(self) -> dict[int, str]:
        """The words of the points that have one: all, or the ends."""
        points = self.points if self.names_all else (self.min, self.max)
        return dict(zip(points, self.labels, strict=True))

    @property
    def names_all(self) -> bool:
        """Whether every point has a word."""
        return len(self.labels) == len(self.points)

    def say(self, point: int) -> str:
        """The point with its word: `2 of 3, in place`, or `-1, on a scale from -2 to 2 (worse)`.

        Points that are counted from 0 or 1 are so many of so many; others say where the scale begins.
        """
        word = self.words.get(point)
        if self.min in (0, 1):
            return f"{point} of {self.max}" + (f", {word}" if word else "")
        return on_scale(point, self.min, self.max) + (f" ({word})" if word else "")

    def line(self) -> str:
        """The points that have a word: `1 is running on empty, 5 is well rested`."""
        return ", ".join(f"{point} is {word}" for point, word in self.words.items())

    def read(self, text: str) -> int:
        """Read a point or the beginning of its word. Raises CannotReadError."""
        wanted = text.strip().casefold()
        typed = read_number(wanted)
        if typed.is_plain and typed.numbers[0] in self.points:
            return int(typed.numbers[0])
        words = {point: word.casefold() for point, word in self.words.items()}
        whole = [point for point, word in words.items() if word == wanted]
        fits = whole or [point for point, word in words.items() if word.startswith(wanted)]
        if len(fits) == 1:
            return fits[0]
        raise CannotReadError(f"Type a number from {self.min} to {self.max}.")

    def problems(self, value: Value) -> Iterator[Problem]:
        """Everything wrong with what stands in the place of a point."""
        if type(value) is int and self.min <= value <= self.max:
            return
        bounds = f"from {self.min} to {self.max}."
        remedies = {float: f"Use one {bounds}", str: "Write it without quotes."}
        misspelled = list(misspelled_not_answer(value))
        if misspelled:
            yield from misspelled
        elif type(value) is not int:
            remedy = remedies.get(type(value), f"Use a number {bounds}")
            yield Problem("a whole number was expected.", (), remedy)
        else:
            yield Problem("this number is not on the scale.", (), f"Use a number {bounds}")
