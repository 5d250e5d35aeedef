"""Kind `table`: rows of cells, asked cell by cell.

Fixed rows and rows from picks: `{ row = { column = … } }`. Rows of the person's own:
`[{ column = …, id = "row-1" }]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal, Self, cast

from pydantic import Field, model_validator

from libwell.errors import Mistake
from libwell.kinds.amounts import Ends
from libwell.kinds.base import Parts, Prompt
from libwell.kinds.columns import Column
from libwell.kinds.forms import ROWS, Above, InFile, with_help, with_ids
from libwell.kinds.measures import AnswerPlaces, MeasuredColumn, labels_of
from libwell.kinds.own_entries import ids_of, is_own
from libwell.kinds.picking import no_such
from libwell.kinds.steps import NEW, Around, Key, Step, Taken, behind, is_full
from libwell.kinds.values import (
    Given,
    Problem,
    Value,
    as_entries,
    as_table,
    as_tables,
    as_words,
    inside,
    is_own_id,
    too_many,
)
from libwell.model.base import Item, Many, Offer, Pick
from libwell.model.between_keys import NONE, SOME, Schema, between, having
from libwell.model.characters import counted, one_line, shortened
from libwell.model.document import ROOM, Block, Listing, Table
from libwell.model.nearest import did_you_mean, some_of

Rows = Sequence[Item | Pick]
_NAME_LENGTH = 60
_ROW_ID = re.compile(r"row-[1-9][0-9]{0,5}")


_NO_BOUNDS: dict[str, Schema | bool] = {"min": {"maximum": 0}, "max": False}


class TablePrompt(Prompt):
    """Rows that are fixed, come from picks, or are added by the person."""

    model_config = between(
        if_=having("rows_from"),
        then=having(rows=NONE, **_NO_BOUNDS),
        else_={**having(), "if": having("rows", rows=SOME), "then": having(**_NO_BOUNDS)},
    )

    measure = "cells"
    source_key = "rows_from"
    things_under = ("columns", "rows")
    kind: Literal["table"]
    columns: Annotated[Many[Column], Field(min_length=1)] = Field(description="What is asked in each row.")
    rows: Many[Item] = Field(default=(), description="Its rows. Left out: of rows_from, or added.")
    rows_from: str | None = Field(
        default=None, description="Instead of rows: the id of a prompt above whose picks make the rows."
    )
    min: Annotated[int, Field(ge=0)] = Field(default=0, description="Add at least so many rows.")
    max: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Add at most so many rows.")

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if self.rows and self.rows_from is not None:
            raise ValueError("give rows, or rows_from, or neither (the person adds rows)")
        if not self.adds_rows and (self.min or self.max):
            raise ValueError("min and max go with rows the person adds")
        return self

    @property
    def adds_rows(self) -> bool:
        """Whether the person adds the rows."""
        return not self.rows and self.rows_from is None

    def addresses(self) -> Parts:
        columns = frozenset(self._by_id)
        return Parts(columns.union(ids_of(self.rows)), columns)

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        steps = []
        for row, cells in self._filled(value, around):
            steps += [self._step(row, column, cells.get(column.id), around) for column in self.columns]
        if self.adds_rows and not is_full(as_entries(value), self.max):
            row = Pick(NEW, f"Row {len(as_entries(value)) + 1}")
            new = self._step(row, self.columns[0], None, around)
            none = "Enter if there are no more." if value else "Enter if there is none."
            steps.append(replace(new, hint=f"{new.hint} {none}".strip()))
        return tuple(steps)

    def _step(self, row: Item | Pick, column: Column, cell: Value | None, around: Around) -> Step:
        step = column.cell.steps(cell, around)[0]
        is_first = column is self.columns[0]
        help_ = (row.help if is_first else "") or column.help
        label = f"{shortened(row.text, _NAME_LENGTH)}: {_in_a_sentence(column.ask)}"
        return replace(step, key=(row.id, column.id), label=label, help=help_)

    def _rows(self, value: Value | None, around: Around) -> Rows:
        if self.rows_from is not None:
            return around.picks
        if self.rows:
            return self.rows
        return [
            Pick(str(row["id"]), self._row_name(number, row))
            for number, row in enumerate(as_tables(value), 1)
        ]

    def _row_name(self, number: int, row: dict[str, Value]) -> str:
        """What a row of the person's own is called: its first cell if that is a text, else its number."""
        first = as_words(row.get(self.columns[0].id))
        is_name = self.columns[0].kind == "text" and first.strip()
        return shortened(first, _NAME_LENGTH) if is_name else f"Row {number}"

    def _filled(self, value: Value | None, around: Around) -> list[tuple[Item | Pick, dict[str, Value]]]:
        """The rows now, each with its cells."""
        given = self._given_rows(value)
        return [(row, given.get(row.id, {})) for row in self._rows(value, around)]

    def _given_rows(self, value: Value | None) -> dict[str, dict[str, Value]]:
        """The cells of each row that has some, by the row's id, which is among an added row's cells."""
        if self.adds_rows:
            return {str(row["id"]): row for row in as_tables(value)}
        return {name: as_table(cells) for name, cells in as_table(value).items()}

    def _of_rows(self, rows: dict[str, dict[str, Value]]) -> Value | None:
        """The value that these rows make (None: there are none)."""
        return (list(rows.values()) if self.adds_rows else rows) or None

    @cached_property
    def _by_id(self) -> dict[str, Column]:
        return {column.id: column for column in self.columns}

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        """Own words in a cell need no id: the cell has an address of its own."""
        row, name = key
        rows, following = self._given_rows(value), None
        cells = rows.get(row, {})
        taken = self._by_id[name].cell.take((), text, cells.get(name), around)
        cell = {"other": taken.value["other"]} if is_own(taken.value) else cast("Value", taken.value)
        if row == NEW:
            row, names = f"row-{around.last_own + 1}", list(self._by_id)
            column = behind(names, name)
            following = (NEW, names[0]) if column == NEW else (row, column)
            cells = {"id": row}
        rows = {**rows, row: self._ordered({**cells, name: cell})}
        return replace(taken, value=self._of_rows(rows), next=following)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Empty one cell; a row without any other cell is taken away."""
        row, name = key
        rows = self._given_rows(value)
        cells = self._ordered({other: cell for other, cell in rows.get(row, {}).items() if other != name})
        if cells.keys() - {"id"}:
            return Taken(self._of_rows({**rows, row: cells}))
        left = self._of_rows({other: given for other, given in rows.items() if other != row})
        if not self.adds_rows or row == NEW:
            return Taken(left)
        return Taken(left, next=(behind(list(rows), row), self.columns[0].id))

    def _ordered(self, cells: dict[str, Value]) -> dict[str, Value]:
        return {name: cells[name] for name in (*self._by_id, "id") if name in cells}

    def current(self, value: Value | None, around: Around) -> Value | None:
        if self.rows_from is None:
            return value
        picked = set(ids_of(around.picks))
        return {row: cells for row, cells in as_table(value).items() if row in picked} or None

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if self.adds_rows:
            yield from self._added_problems(value, around)
        elif not isinstance(value, dict):
            yield Problem("a table of rows was expected.", (), 'Write it as { row = { column = "…" } }.')
        else:
            rows = self._rows(value, around)
            names = set(ids_of(rows))
            for row, cells in value.items():
                if row not in names and not (self.rows_from and around.could_be_picked(row)):
                    yield no_such("row", row, rows)
                else:
                    yield from inside(self._cells_problems(cells, around), row)

    def _added_problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of rows was expected.", (), 'Write it as [{ column = "…" }].')
            return
        for position, row in enumerate(value):
            if not isinstance(row, dict):
                yield Problem("a row was expected.", (position,), 'Write it as { column = "…" }.')
                continue
            if not _ROW_ID.fullmatch(as_words(row.get("id", "row-1"))):
                yield Problem("the id of a row looks like row-1.", (position, "id"), "Leave it out.")
            cells = {name: cell for name, cell in row.items() if name != "id"}
            yield from inside(self._cells_problems(cells, around), position)
        ids = [row["id"] for row in as_tables(value) if isinstance(row.get("id"), str)]
        if len(ids) != len(set(ids)):
            yield Problem("two rows have the same id.", (), "Leave the ids out; libwell gives them.")
        yield from too_many(value, self.max, "rows")

    def _cells_problems(self, cells: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(cells, dict):
            yield Problem("a row of cells was expected.", (), 'Write it as { column = "…" }.')
            return
        for name, cell in cells.items():
            if name in self._by_id:
                yield from inside(self._by_id[name].cell.problems(cell, around), name)
            else:
                near = did_you_mean(name, self._by_id) or f"One of: {some_of(self._by_id)}."
                yield Problem("there is no column with this id.", (name,), near)

    def unmet(self, value: Value | None, around: Around) -> str:
        if self.adds_rows and len(as_entries(value)) < self.min:
            return f"Give at least {counted(self.min, 'row', 'rows')}."
        needed = (f"{name}: “{ask}” is needed." for _, name, ask in self._lacking(value, around))
        return next(needed, "")

    def lacks(self, value: Value | None, around: Around) -> Iterator[Problem]:
        lacking = list(self._lacking(value, around))
        for path, _, ask in lacking:
            yield Problem(f"“{ask}” is needed in each row.", path)
        if not lacking:
            yield from super().lacks(value, around)

    def _lacking(
        self, value: Value | None, around: Around
    ) -> Iterator[tuple[tuple[str | int, str], str, str]]:
        """Cells that are needed and not there: where, the row's text, and what is asked."""
        for position, (row, cells) in enumerate(self._filled(value, around) if value is not None else ()):
            if cells.keys() - {"id"} or not self.adds_rows:
                for column in self.columns:
                    if column.required and column.id not in cells:
                        place = position if self.adds_rows else row.id
                        yield (place, column.id), row.text, column.ask

    def brief(self, value: Value, around: Around) -> str:
        rows = self._filled(value, around)
        return "; ".join(self._row_brief(row.text, cells, around) for row, cells in rows if cells)

    def _row_brief(self, name: str, cells: dict[str, Value], around: Around) -> str:
        """A row in one line; an added one is called by its first cell, which is not said twice."""
        given = [column for column in self.columns if column.id in cells]
        texts = [column.cell.brief(cells[column.id], around) for column in given]
        if self.adds_rows and texts and shortened(texts[0], _NAME_LENGTH) == name:
            name, *texts = texts
        return f"{name}: {', '.join(texts)}" if texts else name

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        heads = tuple([column.ask for column in self.columns])
        filled = [(row.text, cells) for row, cells in self._filled(value, around) if cells]
        rows = [(name, *self._cell_texts(cells, around)) for name, cells in filled]
        if self.adds_rows:
            return (Table(heads, tuple([texts[1:] for texts in rows])),)
        return (Table(("", *heads), tuple(rows), row_heads=True),)

    def _cell_texts(self, cells: dict[str, Value], around: Around) -> Iterator[str]:
        """Each column's cell in words, a text as it was written; empty where there is none."""
        for column in self.columns:
            cell = cells.get(column.id)
            yield as_words(cell) if column.kind == "text" else column.cell.answer(cell, around)

    def _cells(self, value: Value, around: Around) -> Iterator[tuple[Item | Pick, Column, Value]]:
        """What was given, each with its row and column."""
        for row, cells in self._filled(value, around):
            for column in self.columns:
                if column.id in cells:
                    yield row, column, cells[column.id]

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for row, column, cell in self._cells(value, around):
            for given in column.cell.given(cell, around):
                yield _in_cell(given, row, column)

    def without_words(self, value: Value | None) -> Value | None:
        """Rows of the person's own stay for what else is in them; rows that own entries made do not."""
        left = {}
        for row, cells in self._given_rows(value).items():
            given = [
                (name, self._by_id[name].cell.without_words(cells[name])) for name in cells if name != "id"
            ]
            kept = {name: cell for name, cell in given if cell is not None}
            if kept and self.adds_rows:
                left[row] = {**kept, "id": row}
            elif kept and not is_own_id(row):
                left[row] = kept
        return self._of_rows(left)

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        if above is not None:
            yield above.on_paper("A row for each thing")
        notes = tuple(filter(None, (column.on_paper() for column in self.columns)))
        if notes:
            yield Listing(notes)
        heads = tuple([column.head for column in self.columns])
        cells = ("",) * len(heads)
        if self.adds_rows:
            yield Table(heads, (cells,) * max(self.min, min(ROWS, self.max or ROWS)))
        else:
            names = list(map(with_help, self.rows)) or [ROOM] * ROWS
            yield Table(("", *heads), tuple((name, *cells) for name in names), row_heads=True)

    def in_file(self, above: Above | None) -> InFile:
        columns = chain.from_iterable(map(Column.in_file, self.columns))
        comments = [*with_ids(self.rows, "  row "), *columns]
        names = ids_of(self.rows)
        if above is not None:
            comments += [f"  rows: the ids given at {above.id}", *above.own_entries()]
            names = [*above.names]
        cell = f"{{ {self.columns[0].id} = {self.columns[0].example} }}"
        if self.adds_rows:
            return InFile("[]", (*comments, f"  such as: [{cell}]"))
        names.append("other-1")
        return InFile("{}", (*comments, f"  such as: {{ {names[0]} = {cell} }}"))

    @property
    def can_offer(self) -> bool:
        return any(column.offer for column in self.columns)

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        for row, column, text in self._cells(value, around):
            if column.offer:
                about = self.ask if self.adds_rows else row.text
                level = column.level or (row.level if isinstance(row, Item) else None)
                yield Offer(f"{self.id}.{row.id}.{column.id}", as_words(text), about, level)

    def ends(self, inside: str = "") -> Ends | None:
        column = self._by_id.get(inside.rpartition(".")[2])
        return column.cell.ends() if column else None

    def score_mistake(self, inside: str) -> Mistake | None:
        """Cells are named by row and column; `*` stands for every row."""
        row, _, name = inside.partition(".")
        rows = ("*", *ids_of(self.rows))
        if name not in self._by_id or row not in rows:
            remedy = f"Name a column of all rows: {self.id}.*.{self.columns[0].id}"
            return Mistake(f"{self.id} has no cells at this address.", (), remedy)
        return self._by_id[name].cell.score_mistake("")

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return self._by_id[inside.partition(".")[2]].cell.counts_for("", value)

    def amounts(self, inside: str, value: Value | None, around: Around) -> dict[str, Fraction | None]:
        """One for each row, by its id."""
        wanted, _, name = inside.partition(".")
        cell = self._by_id[name].cell
        rows = [(row.id, cells.get(name)) for row, cells in self._filled(value, around)]
        return {
            row: None if given is None else cell.amount(given) for row, given in rows if wanted in ("*", row)
        }

    def row_names(self, value: Value | None, around: Around) -> dict[str, str]:
        return {row.id: row.text for row in self._rows(value, around)}

    def places(self) -> AnswerPlaces:
        columns = tuple(
            MeasuredColumn(one.id, one_line(one.ask), one.kind, one.cell.measure, one.cell.places().values)
            for one in self.columns
        )
        return AnswerPlaces(labels_of(self.rows), columns=columns)


def _in_a_sentence(ask: str) -> str:
    """A column's question behind the name of a row: `What happens?` begins small, `HR contact` does not."""
    return ask[:1].lower() + ask[1:] if ask[1:2].islower() else ask


def _in_cell(cell: Given, row: Item | Pick, column: Column) -> Given:
    """What was given in a cell, at its place; of a choice the option's id, or the own words."""
    picked = cell.text if cell.written else cell.item
    value = picked if column.kind == "choice" else cell.value
    return replace(cell, item=row.id, about=row.text, mark=column.id, mark_text=column.ask, value=value)
