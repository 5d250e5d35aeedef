"""What prompts share whose value is one plain thing: a number, a day, yes or no. It holds no own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, cast

from libwell.kinds.base import Prompt
from libwell.kinds.forms import Above, InFile
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.steps import Around, Step
from libwell.kinds.values import Given, Scalar, Value


class PlainPrompt(Prompt):
    """One plain thing, asked in one line."""

    hint: ClassVar[str] = ""

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        return (Step(hint=self.hint, answer=self.answer(value, around)),)

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        yield Given(value=cast("Scalar", value), text=self.brief(value, around))

    def without_words(self, value: Value | None) -> Value | None:
        return value

    def in_file(self, above: Above | None) -> InFile:
        return InFile(f'""      # {self.in_cell.in_file}')

    def places(self) -> AnswerPlaces:
        return AnswerPlaces()
