"""Kind `yes-no`. Value: `true` or `false`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.forms import Above, CellForm, InFile
from libwell.kinds.measures import AnswerPlaces, Label
from libwell.kinds.steps import Around, Key, Step, Taken
from libwell.kinds.values import Given, Problem, Value
from libwell.model.conditions import Condition
from libwell.model.document import Block, Checklist


class YesNoPrompt(Prompt):
    """Yes or no."""

    measure = "yes-no"
    kind: Literal["yes-no"]

    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        answer = "" if value is None else self.brief(value, around)
        return (Step(hint="Type y for yes, n for no.", answer=answer),)

    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        word = text.strip().casefold()
        for said, meant in (("yes", True), ("no", False)):
            if word and said.startswith(word):
                return Taken(meant)
        raise CannotReadError("Type y for yes or n for no.")

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, bool):
            quotes = ", without quotes" if isinstance(value, str) else ""
            yield Problem("true or false was expected.", (), f"Write true or false{quotes}.")

    def brief(self, value: Value, around: Around) -> str:
        return "yes" if value else "no"

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        yield Given(value=value, text=self.brief(value, around))

    def without_words(self, value: Value) -> Value:
        return value

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield Checklist((("yes", False), ("no", False)))

    def in_file(self, above: Above | None) -> InFile:
        return InFile(f'""      # {self.in_cell.in_file}')

    @property
    def in_cell(self) -> CellForm:
        return CellForm("yes or no", "true", "true or false")

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(values=(Label("true", "yes"), Label("false", "no")))

    tested_by = ("is",)

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if not isinstance(test.is_, bool):
            yield Mistake(f"{self.id} is answered by true or false.", ("is",), "Write true or false.")

    def passes(self, test: Condition, value: Value) -> bool:
        return value is test.is_
