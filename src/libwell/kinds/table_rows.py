"""The rows that a table has now, and what of their cells counts: for totals, scores, steps and reports.

It asks nothing and checks nothing; that is `table`'s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple, TypedDict, cast

from libwell.errors import Mistake
from libwell.kinds.amounts import Ends
from libwell.kinds.columns import Column
from libwell.kinds.measures import AnswerPlaces, labels_of
from libwell.kinds.own_entries import ids_of
from libwell.kinds.steps import Around
from libwell.kinds.table_forms import TableForms
from libwell.kinds.table_keys import NAME
from libwell.kinds.values import Value, as_table, as_tables, as_words, is_row_id
from libwell.model.base import Item, Offer, Pick
from libwell.model.characters import shortened

Rows = Sequence[Item | Pick]
Cells = dict[str, Value]
NAME_LENGTH = 60


class Row(NamedTuple):
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


class TableRows(TableForms):
    """A table with its rows."""

    def _rows(self, value: Value | None, around: Around) -> Rows:
        if self.only_added:
            return [
                Pick(str(row["id"]), self._row_name(number, row))
                for number, row in enumerate(as_tables(value), 1)
            ]
        added = ((name, as_table(cells)) for name, cells in as_table(value).items() if is_row_id(name))
        names = (
            Pick(name, shortened(as_words(cells.get(NAME)).strip(), NAME_LENGTH) or f"Row {number}")
            for number, (name, cells) in enumerate(added, 1)
        )
        rows: Rows = self.rows if self.rows_from is None else around.picks
        return [*rows, *(names if self.add_rows else ())]

    def row_names(self, value: Value | None, around: Around) -> dict[str, str]:
        return {row.id: row.text for row in self._rows(value, around)}

    def _row_name(self, number: int, row: Cells) -> str:
        """What a row of a list is called: its first cell if that is a text, else its number."""
        first = as_words(row.get(self.columns[0].id))
        is_name = self.columns[0].kind == "text" and first.strip()
        return shortened(first, NAME_LENGTH) if is_name else f"Row {number}"

    def _filled(self, value: Value | None, around: Around) -> list[Row]:
        """The rows now."""
        given = self._given_rows(value)
        filled = []
        for row in self._rows(value, around):
            cells = given.get(row.id, {})
            asked = self._asked(row.id, cells)
            shown = {column.id: cells[column.id] for column in asked if column.id in cells}
            filled.append(Row(row, asked, shown))
        return filled

    def _asked(self, row: str, cells: Cells) -> tuple[Column, ...]:
        """The columns asked in a row with these cells: those whose condition holds among what counts."""
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

    def _ordered(self, row: str, cells: Cells) -> Cells:
        names = (*(column.id for column in self.columns_of(row)), "id")
        return {name: cells[name] for name in names if name in cells}

    def current(self, value: Value | None, around: Around) -> Value | None:
        if self.rows_from is None and not any(column.when for column in self.columns):
            return value
        counts = {row.thing.id: row.cells for row in self._filled(value, around) if row.cells}
        if self.only_added:
            counts = {name: {**cells, "id": name} for name, cells in counts.items()}
        return self._of_rows(counts)

    # --- added up

    def _is_counted(self, column: str) -> bool:
        return self.total is not None and self.total.column == column

    def _numbers(self, value: Value | None, around: Around) -> list[float]:
        """What counts towards the total."""
        cells = chain.from_iterable(row.cells.items() for row in self._filled(value, around))
        return [cast("float", cell) for name, cell in cells if self._is_counted(name)]

    def _say_total(self, value: Value | None, around: Around) -> str:
        """How far the numbers add up; empty where there are none, or none to be added."""
        numbers = self._numbers(value, around)
        if self.total is None or not numbers:
            return ""
        return self.total.say(numbers, self.by_id[self.total.column].unit)

    # --- offered

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

    # --- counted and measured

    def ends(self, inside: str = "") -> Ends | None:
        column = self.by_id.get(inside.rpartition(".")[2])
        return column.cell.ends() if column else None

    def score_mistake(self, inside: str) -> Mistake | None:
        """Cells are named by row and column; `*` stands for every row."""
        row, _, name = inside.partition(".")
        rows = ("*", *ids_of(self.rows))
        if name not in self.by_id or row not in rows:
            remedy = f"Name a column of all rows: {self.id}.*.{self.columns[0].id}"
            return Mistake(f"{self.id} has no cells at this address.", (), remedy)
        return self.by_id[name].cell.score_mistake("")

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return self.by_id[inside.partition(".")[2]].cell.counts_for("", value)

    def amounts(self, inside: str, value: Value | None, around: Around) -> dict[str, Fraction | None]:
        """One for each row, by its id."""
        wanted, _, name = inside.partition(".")
        cell = self.by_id[name].cell
        rows = [(row.id, cells.get(name)) for row, _, cells in self._filled(value, around)]
        return {
            row: None if given is None else cell.amount(given) for row, given in rows if wanted in ("*", row)
        }

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(labels_of(self.rows), columns=tuple(column.measured for column in self.columns))
