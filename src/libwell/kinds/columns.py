"""The columns of a table: each cell is asked, read and shown as a prompt of the column's kind is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import Mistake
from libwell.kinds.amounts import Bands
from libwell.kinds.base import Prompt
from libwell.kinds.forms import OWN_WORDS, help_line, with_help, with_ids
from libwell.kinds.measures import MeasuredColumn
from libwell.kinds.own_entries import ids_of
from libwell.kinds.registry import kind_of_prompt
from libwell.kinds.scale import Scale
from libwell.kinds.steps import Around
from libwell.kinds.values import Value
from libwell.model.base import Distance, InnerId, Level, Many, Model, OrName, PointedOption, Said, Text
from libwell.model.between_keys import FALSE, NONE, SOME, Schema, between, having
from libwell.model.characters import one_line, quoted
from libwell.model.nearest import some_of

_GO_WITH = {
    "options": ("choice",),
    "other": ("choice",),
    "scale": ("rating",),
    "min": ("number",),
    "max": ("number",),
    "step": ("number",),
    "unit": ("number",),
    "bands": ("number",),
    "offer": ("text",),
    "becomes": ("text", "date"),
}
"""The keys that go with some kinds only, and these."""
_LEGEND_LENGTH = 70
_LOOKED_AT = ("choice", "yes-no", "rating", "number")
"""The kinds of column that a condition in its row can look at."""

Part = Literal["who", "due", "know", "notes"]
"""A part of a step that a cell can become."""


_ABSENT: dict[str, Schema | bool] = {
    "options": NONE,
    "other": FALSE,
    "offer": FALSE,
    "unit": {"const": ""},
    "bands": NONE,
}
_NEEDED = {"choice": ("options",), "rating": ("scale",)}
_SO: dict[str, dict[str, Schema | bool]] = {
    "choice": {"options": SOME},
    "date": {"becomes": {"const": "due"}},
}


def _of_kind(kind: str) -> Schema:
    """Show an editor what goes with a kind of column, and that there is nothing of the others."""
    absent = {key: _ABSENT.get(key, False) for key, kinds in _GO_WITH.items() if kind not in kinds}
    return having(*_NEEDED.get(kind, ()), **absent, **_SO.get(kind, {}))


def _by_kind() -> Schema:
    rule = _of_kind("text")
    for kind in ("yes-no", "date", "number", "rating", "choice"):
        rule = {"if": having("kind", kind={"const": kind}), "then": _of_kind(kind), "else": rule}
    return rule


class CellCondition(Model):
    """When a cell is asked: where another cell of its row has this value, or one of these."""

    column: str = Field(description="The id of a column before it: a choice, yes-no, rating or number.")
    is_: bool | int | float | str | Many[bool | int | float | str] = Field(
        alias="is", description="The value that its cell has, or a list of values."
    )

    @property
    def values(self) -> tuple[bool | int | float | str, ...]:
        """The values with which the cell is asked."""
        return self.is_ if isinstance(self.is_, tuple) else (self.is_,)

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        if not self.values:
            raise ValueError("is names one value at least")
        return self

    def holds(self, cells: Mapping[str, Value]) -> bool:
        """Whether it holds among the cells of a row, in value and type: 1 is not true."""
        given = cells.get(self.column)
        alike = (one for one in self.values if isinstance(one, bool) is isinstance(given, bool))
        return any(one == given for one in alike)


class Column(Model):
    """A column; its cells are asked and read as a prompt of its kind is."""

    model_config = between(**_by_kind())

    id: InnerId
    ask: Said = Field(description="What is asked in it; its heading.")
    kind: Literal["text", "choice", "number", "date", "yes-no", "rating"] = Field(
        default="text", description="What its cells hold."
    )
    options: Annotated[Many[PointedOption], OrName] = Field(
        default=(), description="With kind choice: what can be picked."
    )
    other: bool = Field(default=False, description="With kind choice, true: own words can be given too.")
    required: bool = Field(default=False, description="true: no row is whole without it.")
    offer: bool = Field(
        default=False, description="With kind text, true: what is written is offered again at the plan."
    )
    help: Text = Field(default="", description="A few words more.")
    level: Level | None = None
    scale: Annotated[Scale | None, OrName] = Field(
        default=None, description="With kind rating: its points and words, or the name of a scale."
    )
    min: int | float | None = Field(default=None, description="With kind number: the lowest taken.")
    max: int | float | None = Field(default=None, description="With kind number: the highest taken.")
    step: Distance | None = Field(default=None, description="With kind number: how far apart numbers are.")
    unit: Text = Field(default="", description="With kind number: what is counted.")
    bands: Bands = Field(default=(), description="With kind number: a team's report counts in these.")
    becomes: Part | None = Field(
        default=None,
        description="With kind text or date: the part of a step that it fills where its row is offered.",
    )
    when: CellCondition | None = None

    @model_validator(mode="after")
    def _check_keys_of_kinds(self) -> Self:
        for key, kinds in _GO_WITH.items():
            if self.kind not in kinds and getattr(self, key) not in (None, False, "", ()):
                raise ValueError(f"{key} goes with kind {' or '.join(kinds)}")
        if self.kind == "choice" and not self.options:
            raise ValueError('options are missing: options = [{ id = "…", text = "…" }]')
        if self.kind == "rating" and self.scale is None:
            raise ValueError('its scale is missing: scale = { min = 0, max = 3, labels = ["…", "…"] }')
        ids = ids_of(self.options)
        if len(ids) != len(set(ids)):
            raise ValueError("two options have the same id")
        return self

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")
        if self.kind == "date" and self.becomes not in (None, "due"):
            raise ValueError('a date becomes when a step is due: becomes = "due"')
        if self.offer and self.becomes:
            raise ValueError("what is offered is the step itself: leave becomes out, or offer")
        return self

    @cached_property
    def cell(self) -> Prompt:
        """The prompt that one cell of this column is."""
        keys: dict[str, object] = {"id": self.id, "ask": self.ask, "help": self.help, "kind": self.kind}
        own_keys: dict[str, dict[str, object]] = {
            "text": {"long": False},
            "choice": {"options": self.options, "other": self.other},
            "number": {
                "min": self.min,
                "max": self.max,
                "step": self.step,
                "unit": self.unit,
                "bands": self.bands,
            },
            "rating": {"scale": self.scale},
        }
        return kind_of_prompt(self.kind).model_validate(keys | own_keys.get(self.kind, {}))

    @cached_property
    def legend(self) -> str:
        """Its points or its options on one line: `1 is yes, 2 is no.`; empty where they need a list."""
        if self.scale:
            return f"{self.scale.line()}."
        line = ", ".join(f"{number} is {one_line(one.text)}" for number, one in enumerate(self.options, 1))
        is_short = len(line) <= _LEGEND_LENGTH and not any(one.help for one in self.options)
        return f"{line}." if line and is_short else ""

    def condition_mistakes(self, before: Mapping[str, Column]) -> Iterator[Mistake]:
        """Say what is wrong with `when`; `before` are the columns it can look at, by their ids."""
        if self.when is None:
            return
        looked_at = before.get(self.when.column)
        if looked_at is None:
            some = f"Name one of these: {some_of(before)}." if before else "The first column is always asked."
            yield Mistake("there is no such column before this one.", ("column",), some)
        elif looked_at.kind not in _LOOKED_AT:
            message = f"the column {looked_at.id} holds a {looked_at.kind}."
            yield Mistake(message, ("column",), "Name a choice, yes-no, rating or number.")
        else:
            yield from islice(looked_at.impossible(self.when.values), 1)

    def impossible(self, values: Iterable[Value]) -> Iterator[Mistake]:
        """Say, in a condition, which of the values no cell of this column can have."""
        for value in values:
            if value not in self.cell.thing_ids:
                for problem in self.cell.problems(value, Around(dt.date.min)):
                    message = f"no cell of {self.id} can have this value: {problem.message}"
                    yield Mistake(message, ("is",), problem.remedy)

    @property
    def measured(self) -> MeasuredColumn:
        """How its cells are measured."""
        places = self.cell.places()
        ends = places.low, places.high
        return MeasuredColumn(self.id, one_line(self.ask), self.kind, self.cell.measure, places.values, *ends)

    @property
    def head(self) -> str:
        """Its heading on paper and in an answers file, on one line."""
        return f"{one_line(self.ask)} (needed)" if self.required else one_line(self.ask)

    def on_paper(self, names: Mapping[str, Column]) -> str:
        """Say what can be written in its cells; empty where its heading says it all.

        `names` are the columns by their ids.
        """
        options = list(map(with_help, self.options))
        options += ["something else"] if self.other else []
        takes = f"one of: {', '.join(options)}" if options else self.cell.in_cell.on_paper
        notes = "; ".join(filter(None, (one_line(self.help).rstrip("."), takes, self._say_when(names))))
        return f"{quoted(self.ask)}: {notes}." if notes else ""

    def _say_when(self, names: Mapping[str, Column]) -> str:
        """Say in words when its cells are asked; empty where they always are."""
        if self.when is None:
            return ""
        looked_at = names[self.when.column]
        around = Around(dt.date.min)
        said = " or ".join(looked_at.cell.brief(value, around) for value in self.when.values)
        return f"only where {quoted(looked_at.ask)} is {said}"

    def in_file(self, names: Mapping[str, Column]) -> Iterator[str]:
        """Say what its cells hold, as comments of an answers file; `names` as on paper."""
        yield f"  column {self.id} ({self.kind}): {self.head}"
        yield from help_line(self.help)
        yield from with_ids(self.options, "    ")
        if self.other:
            yield f"    {OWN_WORDS}"
        if self.cell.in_cell.in_file:
            yield f"    {self.cell.in_cell.in_file}"
        if self.when:
            yield f"    {self._say_when(names)}"

    @property
    def example(self) -> str:
        """What a cell can hold, as an answers file has it."""
        return f'"{self.options[0].id}"' if self.options else self.cell.in_cell.example
