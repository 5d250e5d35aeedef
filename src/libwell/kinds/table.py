"""Kind `table`: rows of cells, asked cell by cell.

Fixed rows and rows from picks: `{ row = { column = … } }`, and beside them rows of the person's own,
`{ row-1 = { row = "…", column = … } }`. Rows of the person's own alone: `[{ column = …, id = "row-1" }]`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import NamedTuple, TypedDict, cast

from libwell.kinds.columns import Column
from libwell.kinds.own_entries import highest_row, ids_of, is_own
from libwell.kinds.picking import no_such
from libwell.kinds.steps import NEW, Around, Key, Step, Taken, behind, is_full
from libwell.kinds.table_forms import TableForms
from libwell.kinds.table_keys import NAME
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
    is_row_id,
    too_many,
)
from libwell.model.base import Item, Offer, Pick
from libwell.model.characters import counted, one_line, shortened
from libwell.model.document import Block, Table
from libwell.model.nearest import did_you_mean, some_of

Rows = Sequence[Item | Pick]
Cells = dict[str, Value]
_NAME_LENGTH = 60


class _Row(NamedTuple):
    """A row as it is now: the columns asked in it, and its cells that count."""

    thing: Item | Pick
    asked: tuple[Column, ...]
    cells: Cells


class _OfStep(TypedDict, total=False):
    """Parts of a step that the cells of a row say."""

    who: str
    due: dt.date | str
    know: str
    notes: str


class TablePrompt(TableForms):
    """Rows that are fixed, come from what was given above, or are added by the person."""

    measure = "cells"

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        steps = []
        for row, asked, cells in self._filled(value, around):
            steps += [self._step(row, column, cells.get(column.id), around) for column in asked]
        if self.only_added and not is_full(as_entries(value), self.max):
            row = Pick(NEW, f"Row {len(as_entries(value)) + 1}")
            steps.append(self._new_step(row, self.columns[0], around, is_first=not value))
        elif self.add_rows:
            row, has_own = Pick(NEW, "A row of your own"), any(map(is_row_id, as_table(value)))
            steps.append(self._new_step(row, self.naming, around, is_first=not has_own))
        if said := self._say_total(value, around):
            steps = [replace(step, about=said) for step in steps]
        return tuple(steps)

    def _new_step(self, row: Pick, column: Column, around: Around, *, is_first: bool) -> Step:
        new = self._step(row, column, None, around)
        none = "Enter if there is none." if is_first else "Enter if there are no more."
        return replace(new, hint=f"{new.hint} {none}".strip())

    def _step(self, row: Item | Pick, column: Column, cell: Value | None, around: Around) -> Step:
        step = column.cell.steps(cell, around)[0]
        if column.legend:  # said once for all its cells, as a hint is
            step = replace(step, lines=(), hint=f"{column.legend} {step.hint}")
        is_first = column is self.columns[0]
        help_ = (row.help if is_first else "") or column.help
        whole, short = (
            f"{name}: {_in_a_sentence(column.ask)}"
            for name in (one_line(row.text), shortened(row.text, _NAME_LENGTH))
        )
        return replace(
            step, key=(row.id, column.id), label=whole if is_first else short, help=help_, whole=whole
        )

    # --- rows and their cells

    def _rows(self, value: Value | None, around: Around) -> Rows:
        if self.only_added:
            return [
                Pick(str(row["id"]), self._row_name(number, row))
                for number, row in enumerate(as_tables(value), 1)
            ]
        added = ((name, as_table(cells)) for name, cells in as_table(value).items() if is_row_id(name))
        names = (
            Pick(name, shortened(as_words(cells.get(NAME)).strip(), _NAME_LENGTH) or f"Row {number}")
            for number, (name, cells) in enumerate(added, 1)
        )
        rows: Rows = self.rows if self.rows_from is None else around.picks
        return [*rows, *(names if self.add_rows else ())]

    def _row_name(self, number: int, row: Cells) -> str:
        """What a row of a list is called: its first cell if that is a text, else its number."""
        first = as_words(row.get(self.columns[0].id))
        is_name = self.columns[0].kind == "text" and first.strip()
        return shortened(first, _NAME_LENGTH) if is_name else f"Row {number}"

    def _filled(self, value: Value | None, around: Around) -> list[_Row]:
        """The rows now."""
        given = self._given_rows(value)
        filled = []
        for row in self._rows(value, around):
            cells = given.get(row.id, {})
            asked = self._asked(row.id, cells)
            shown = {column.id: cells[column.id] for column in asked if column.id in cells}
            filled.append(_Row(row, asked, shown))
        return filled

    def _asked(self, row: str, cells: Cells) -> tuple[Column, ...]:
        """The columns asked in a row with these cells: those whose condition holds among what counts."""
        if not self.has_conditions:
            return self.columns_of(row)
        asked: list[Column] = []
        shown: Cells = {}
        for column in self.columns_of(row):
            if column.when is None or column.when.holds(shown):
                asked.append(column)
                shown |= {column.id: cells[column.id]} if column.id in cells else {}
        return tuple(asked)

    def _given_rows(self, value: Value | None) -> dict[str, Cells]:
        """The cells of each row that has some, by its id, which a list has among the cells."""
        if self.only_added:
            return {str(row["id"]): row for row in as_tables(value)}
        return {name: as_table(cells) for name, cells in as_table(value).items()}

    def _of_rows(self, rows: dict[str, Cells]) -> Value | None:
        """The value that these rows make (None: there are none)."""
        return (list(rows.values()) if self.only_added else rows) or None

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        """Own words in a cell need no id: the cell has an address of its own."""
        row, name = key
        rows = self._given_rows(value)
        column, before = cast("Column", self.column(row, name)), rows.get(row, {})
        taken = column.cell.take((), text, before.get(name), around)
        cell = {"other": taken.value["other"]} if is_own(taken.value) else cast("Value", taken.value)
        following = None
        if row == NEW:
            row = f"row-{max(around.last_own, highest_row(value)) + 1}"
            before = {"id": row} if self.only_added else {}
            following = self._behind_new(row, name, {name: cell})
        value = self._of_rows({**rows, row: self._ordered(row, {**before, name: cell})})
        said = (taken.said, self._say_total(value, around) if self._is_counted(name) else "")
        return replace(taken, value=value, said=" ".join(filter(None, said)), next=following)

    def _behind_new(self, row: str, name: str, cells: Cells) -> Key:
        """Where the walk goes on behind the first cell of a new row."""
        names = [column.id for column in self._asked(row, cells)]
        following = behind(names, name)
        return (NEW, names[0]) if following == NEW else (row, following)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Empty one cell; a row without any other cell is taken away."""
        row, name = key
        rows = self._given_rows(value)
        cells = {other: cell for other, cell in rows.get(row, {}).items() if other != name}
        if cells.keys() - {"id"}:
            return Taken(self._of_rows({**rows, row: self._ordered(row, cells)}))
        left = self._of_rows({other: given for other, given in rows.items() if other != row})
        if not is_row_id(row):
            return Taken(left)
        added = list(filter(is_row_id, rows))
        return Taken(left, next=(behind(added, row), self.columns_of(row)[0].id))

    def _ordered(self, row: str, cells: Cells) -> Cells:
        names = (*(column.id for column in self.columns_of(row)), "id")
        return {name: cells[name] for name in names if name in cells}

    def current(self, value: Value | None, around: Around) -> Value | None:
        if self.rows_from is None and not self.has_conditions:
            return value
        counts = {row.thing.id: row.cells for row in self._filled(value, around) if row.cells}
        if self.only_added:
            counts = {name: {**cells, "id": name} for name, cells in counts.items()}
        return self._of_rows(counts)

    # --- added up

    def _is_counted(self, column: str) -> bool:
        return self.total is not None and self.total.column == column

    def _numbers(self, value: Value | None, around: Around) -> list[float]:
        """What counts toward the total."""
        cells = chain.from_iterable(row.cells.items() for row in self._filled(value, around))
        return [cast("float", cell) for name, cell in cells if self._is_counted(name)]

    def _say_total(self, value: Value | None, around: Around) -> str:
        """How far the numbers add up; empty where there are none, or none to be added."""
        numbers = self._numbers(value, around)
        if self.total is None or not numbers:
            return ""
        return self.total.say(numbers, self.by_id[self.total.column].unit)

    # --- checked

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if self.only_added:
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
                    yield from inside(self._cells_problems(row, cells, around), row)

    def _added_problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of rows was expected.", (), 'Write it as [{ column = "…" }].')
            return
        for position, row in enumerate(value):
            if not isinstance(row, dict):
                yield Problem("a row was expected.", (position,), 'Write it as { column = "…" }.')
                continue
            if not is_row_id(as_words(row.get("id", "row-1"))):
                yield Problem("the id of a row looks like row-1.", (position, "id"), "Leave it out.")
            cells = {name: cell for name, cell in row.items() if name != "id"}
            yield from inside(self._cells_problems("", cells, around), position)
        ids = [row["id"] for row in as_tables(value) if isinstance(row.get("id"), str)]
        if len(ids) != len(set(ids)):
            yield Problem("two rows have the same id.", (), "Leave the ids out; libwell gives them.")
        yield from too_many(value, self.max, "rows")

    def _cells_problems(self, row: str, cells: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(cells, dict):
            yield Problem("a row of cells was expected.", (), 'Write it as { column = "…" }.')
            return
        for name, cell in cells.items():
            column = self.column(row, name)
            if column is not None:
                yield from inside(column.cell.problems(cell, around), name)
            else:
                near = did_you_mean(name, self.by_id) or f"One of: {some_of(self.by_id)}."
                yield Problem("there is no column with this id.", (name,), near)

    def unmet(self, value: Value | None, around: Around) -> str:
        if self._has_too_few(value):
            return f"Give at least {counted(self.min, 'row', 'rows')}."
        needed = (f"{name}: “{ask}” is needed." for _, name, ask in self._lacking(value, around))
        return next(needed, "") or self._miscount(value, around)

    def _miscount(self, value: Value | None, around: Around) -> str:
        """Say what the numbers are to add up to; empty where they do."""
        is_met = self.total is None or self.total.is_met(self._numbers(value, around))
        return "" if is_met else self.say_total_bound()

    def _has_too_few(self, value: Value | None) -> bool:
        return self.only_added and len(as_entries(value)) < self.min

    def lacks(self, value: Value | None, around: Around) -> Iterator[Problem]:
        if self._has_too_few(value):
            yield from super().lacks(value, around)
        for path, _, ask in self._lacking(value, around):
            yield Problem(f"“{ask}” is needed in each row.", path)
        if said := self._miscount(value, around):
            yield Problem(f"{said[0].lower()}{said[1:]}")

    def _lacking(
        self, value: Value | None, around: Around
    ) -> Iterator[tuple[tuple[str | int, str], str, str]]:
        """Cells that are needed and not there: where, the row's text, and what is asked."""
        for position, (row, asked, cells) in enumerate(
            self._filled(value, around) if value is not None else ()
        ):
            if cells or not self.only_added:
                for column in asked:
                    if column.required and column.id not in cells:
                        place = position if self.only_added else row.id
                        yield (place, column.id), row.text, column.ask

    # --- shown

    def brief(self, value: Value, around: Around) -> str:
        rows = self._filled(value, around)
        return "; ".join(self._row_brief(row.text, cells, around) for row, _, cells in rows if cells)

    def _row_brief(self, name: str, cells: Cells, around: Around) -> str:
        """A row in one line; a list's is called by its first cell, and several points by their columns."""
        given = [column for column in self.columns if column.id in cells]
        texts = [column.cell.brief(cells[column.id], around) for column in given]
        if self.only_added and texts and shortened(texts[0], _NAME_LENGTH) == name:
            name, texts, given = texts[0], texts[1:], given[1:]
        if len([column for column in self.columns if column.scale]) > 1:
            asked = zip(given, texts, strict=True)
            texts = [" / ".join(f"{one_line(column.ask)} {text}" for column, text in asked)] if texts else []
        return f"{name}: {', '.join(texts)}" if texts else name

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        heads = tuple([column.ask for column in self.columns])
        filled = [(row.text, cells) for row, _, cells in self._filled(value, around) if cells]
        rows = [(name, *self._cell_texts(cells, around)) for name, cells in filled]
        if self.only_added:
            return (Table(heads, tuple([texts[1:] for texts in rows])),)
        return (Table(("", *heads), tuple(rows), row_heads=True),)

    def _cell_texts(self, cells: dict[str, Value], around: Around) -> Iterator[str]:
        """Each column's cell in words, a text as it was written; empty where there is none."""
        for column in self.columns:
            cell = cells.get(column.id)
            yield as_words(cell) if column.kind == "text" else column.cell.answer(cell, around)

    # --- taken apart

    def _cells(self, value: Value, around: Around) -> Iterator[tuple[_Row, Column, Value]]:
        """What was given, each with its row and column."""
        for row in self._filled(value, around):
            for column in row.asked:
                if column.id in row.cells:
                    yield row, column, row.cells[column.id]

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for row, column, cell in self._cells(value, around):
            for given in column.cell.given(cell, around):
                yield _in_cell(given, row.thing, column)

    def without_words(self, value: Value | None) -> Value | None:
        """Rows that the person added stay for what else is in them; rows that own entries made do not."""
        left: dict[str, Cells] = {}
        for row, cells in self._given_rows(value).items():
            columns = (column for column in self.columns_of(row) if column.id in cells)
            given = [(column.id, column.cell.without_words(cells[column.id])) for column in columns]
            kept = {name: cell for name, cell in given if cell is not None}
            if kept and self.only_added:
                left[row] = {**kept, "id": row}
            elif kept and (is_row_id(row) or not is_own_id(row)):
                left[row] = kept
        return self._of_rows(left)

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        for (row, _, cells), column, text in self._cells(value, around):
            if column.offer:
                address, step = f"{self.id}.{row.id}.{column.id}", as_words(text)
                about, level = self.ask if self.only_added else row.text, column.level or row.level
                yield Offer(address, step, about, level, **self._of_step(cells))

    def row_offers(self, value: Value, around: Around) -> Iterator[Offer]:
        for row, _, cells in self._filled(value, around):
            step = row.suggest or row.text
            yield Offer(f"{self.id}.{row.id}", step, row.text, row.level, **self._of_step(cells))

    def _of_step(self, cells: Cells) -> _OfStep:
        """What the cells of a row say of the step that it offers."""
        parts = {
            column.becomes: cells[column.id]
            for column in self.columns
            if column.becomes and column.id in cells
        }
        return cast("_OfStep", parts)

    def amounts(self, inside: str, value: Value | None, around: Around) -> dict[str, Fraction | None]:
        """One for each row, by its id."""
        wanted, _, name = inside.partition(".")
        column = self.by_id[name]
        amounts: dict[str, Fraction | None] = {}
        for row, asked, cells in self._filled(value, around):
            if wanted in ("*", row.id) and column in asked:
                given = cells.get(name)
                amounts[row.id] = None if given is None else column.cell.amount(given)
        return amounts


def _in_a_sentence(ask: str) -> str:
    """A column's question behind the name of a row: `What happens?` begins small, `HR contact` does not."""
    return ask[:1].lower() + ask[1:] if ask[1:2].islower() else ask


def _in_cell(cell: Given, row: Item | Pick, column: Column) -> Given:
    """What was given in a cell, at its place; of a choice the option's id, or the own words."""
    picked = cell.text if cell.written else cell.item
    value = picked if column.kind == "choice" else cell.value
    return cell._replace(item=row.id, about=row.text, mark=column.id, mark_text=column.ask, value=value)
