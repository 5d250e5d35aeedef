"""The columns of a table: each cell is asked, read and shown as a prompt of the column's kind is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.kinds.base import Prompt
from libwell.kinds.forms import OWN_WORDS, help_line, with_help, with_ids
from libwell.kinds.own_entries import ids_of
from libwell.kinds.registry import kind_of_prompt
from libwell.model.base import InnerId, Level, Many, Model, OrName, PointedOption, Said, Text
from libwell.model.between_keys import FALSE, NONE, SOME, between, having
from libwell.model.characters import one_line, quoted


class Column(Model):
    """A column; its cells are asked and read as a prompt of its kind is."""

    model_config = between(
        if_=having("kind", kind={"const": "choice"}),
        then=having("options", options=SOME, offer=FALSE),
        else_={
            **having(options=NONE, other=FALSE),
            "if": having(kind={"const": "text"}),
            "else": having(offer=FALSE),
        },
    )

    id: InnerId
    ask: Said = Field(description="What is asked in it; its heading.")
    kind: Literal["text", "choice", "number", "date", "yes-no"] = Field(
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

    @model_validator(mode="after")
    def _check_options(self) -> Self:
        if self.kind != "choice" and (self.options or self.other):
            raise ValueError("options and other go with kind choice")
        if self.kind == "choice" and not self.options:
            raise ValueError('options are missing: options = [{ id = "…", text = "…" }]')
        if self.offer and self.kind != "text":
            raise ValueError("offer goes with kind text")
        ids = ids_of(self.options)
        if len(ids) != len(set(ids)):
            raise ValueError("two options have the same id")
        return self

    @cached_property
    def cell(self) -> Prompt:
        """The prompt that one cell of this column is."""
        keys: dict[str, object] = {"id": self.id, "ask": self.ask, "help": self.help, "kind": self.kind}
        own_keys: dict[str, dict[str, object]] = {
            "text": {"long": False},
            "choice": {"options": self.options, "other": self.other},
        }
        return kind_of_prompt(self.kind).model_validate(keys | own_keys.get(self.kind, {}))

    @property
    def head(self) -> str:
        """Its heading on paper and in an answers file, on one line."""
        return f"{one_line(self.ask)} (needed)" if self.required else one_line(self.ask)

    def on_paper(self) -> str:
        """Say what can be written in its cells; empty where its heading says it all."""
        options = list(map(with_help, self.options))
        options += ["something else"] if self.other else []
        takes = f"one of: {', '.join(options)}" if options else self.cell.in_cell.on_paper
        notes = "; ".join(filter(None, (one_line(self.help).rstrip("."), takes)))
        return f"{quoted(self.ask)}: {notes}." if notes else ""

    def in_file(self) -> Iterator[str]:
        """Say what its cells hold, as comments of an answers file."""
        yield f"  column {self.id} ({self.kind}): {self.head}"
        yield from help_line(self.help)
        yield from with_ids(self.options, "    ")
        if self.other:
            yield f"    {OWN_WORDS}"
        if self.cell.in_cell.in_file:
            yield f"    {self.cell.in_cell.in_file}"

    @property
    def example(self) -> str:
        """What a cell can hold, as an answers file has it."""
        return f'"{self.options[0].id}"' if self.options else self.cell.in_cell.example
