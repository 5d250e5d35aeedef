"""Tables of a Word file: columns as wide as their words need, heads repeated on each page, bars in cells."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row

_NARROWEST, _WIDEST = 6, 40
"""How many letters a column has room for, at least and at most, beside the others."""


class Lines(NamedTuple):
    """The rows of a table: the words of its cells, whether some are heads, and how high a row is."""

    rows: Sequence[Sequence[str]]
    has_head: bool = False
    has_row_heads: bool = False
    height: float = 0  # points


def add_table(
    word: WordDocument,
    lines: Lines,
    widths: Sequence[int],
    write: Callable[[Cell, str], None],
    *,
    style: str = "Table Rows",
) -> WordTable:
    """Add a table, `widths` the shares of its columns, in which `write` fills each cell."""
    table: WordTable = word.add_table(0, len(widths), style)
    table.autofit = False
    whole = word._block_width  # noqa: SLF001 - the room between the margins, which python-docx keeps for itself
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(whole * width // sum(widths))
    for number, texts in enumerate(lines.rows):
        row: Row = table.add_row()  # type: ignore[no-untyped-call]
        is_head = lines.has_head and number == 0
        _set_row(row, is_head=is_head, height=0 if is_head else lines.height)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
            write(cell, text)
            if is_head or (lines.has_row_heads and place == 0):
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    return table


def _set_row(row: Row, *, is_head: bool, height: float) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no names for these
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    if height:
        row.height = Pt(height)


def widths_of(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is beside the others, by the words in it."""
    return [min(max(_NARROWEST, *map(len, column)), _WIDEST) + 2 for column in zip(*rows, strict=True)]


def draw_bar(row: Row, first: int, bar: str, fills: Mapping[str, str]) -> None:
    """Draw a bar in the cells of a row from `first` on: as many of the same sign as follow are one cell.

    `fills` is the color of each sign; what has none stays paper.
    """
    cells = row._tr.tc_lst[first:]  # noqa: SLF001 - see above
    for sign, group in groupby(zip(bar.ljust(len(cells)), cells, strict=True), lambda one: one[0]):
        together = [cell for _, cell in group]
        one = together[0]
        one.grid_span = len(together)
        one.width = Emu(sum(cell.width or 0 for cell in together))
        for other in together[1:]:
            row._tr.remove(other)  # noqa: SLF001 - see above
        if sign in fills:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fills[sign])):
                shade.set(qn(f"w:{name}"), value)
            one.get_or_add_tcPr().append(shade)
