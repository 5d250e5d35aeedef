"""Kind `yes-no`. Value: `true` or `false`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.amounts import Ends
from libwell.kinds.forms import Above, CellForm
from libwell.kinds.measures import AnswerPlaces, Label
from libwell.kinds.plain import PlainPrompt
from libwell.kinds.steps import Around, Key, Taken
from libwell.kinds.values import Problem, Value
from libwell.model.conditions import Condition
from libwell.model.document import Block, Checklist

_SAID = {"y": True, "ye": True, "yes": True, "n": False, "no": False}


def read_yes_no(text: str) -> bool | None:
    """Read yes or no, or its beginning; None if it is neither."""
    return _SAID.get(text.strip().casefold())


class YesNoPrompt(PlainPrompt):
    """Yes or no."""

    measure = "yes-no"
    tested_by = ("is",)
    hint = "Type y for yes, n for no."
    kind: Literal["yes-no"]

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        said = read_yes_no(text)
        if said is None:
            raise CannotReadError("Type y for yes or n for no.")
        return Taken(said)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, bool):
            quotes = ", without quotes" if isinstance(value, str) else ""
            yield Problem("true or false was expected.", (), f"Write true or false{quotes}.")

    def brief(self, value: Value, around: Around) -> str:
        return "yes" if value else "no"

    @property
    def in_cell(self) -> CellForm:
        return CellForm("yes or no", "true", "true or false")

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield Checklist((("yes", False), ("no", False)))

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(values=(Label("true", "yes"), Label("false", "no")))

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if not isinstance(test.is_, bool):
            yield Mistake(f"{self.id} is answered by true or false.", ("is",), "Write true or false.")

    def ends(self, inside: str = "") -> Ends | None:
        return Ends(Fraction(0), Fraction(1))

    def amount(self, value: Value) -> Fraction | None:
        return Fraction(value is True)

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return Fraction(value == "true")

    def passes(self, test: Condition, value: Value) -> bool:
        return value is test.is_
