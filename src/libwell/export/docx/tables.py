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
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row

_MOST_TOGETHER = 12
"""Rows of a table that stays on one page."""
_LETTERS, _EDGES = 80, 5
"""How many letters a line of a page has room for, and how many the edges of a cell take."""
_NARROWEST, _WIDEST = 4, 40
"""How many letters a column has room for, at least and at most."""


class Lines(NamedTuple):
    """The rows of a table: the words of its cells, which are heads, and how high a row is.

    It `keeps_on` if the last row stays with what is said below it.
    """

    rows: Sequence[Sequence[str]]
    has_head: bool = False
    has_row_heads: bool = False
    height: float = 0  # points
    keeps_on: bool = False


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
        keeps = len(lines.rows) <= _MOST_TOGETHER and (number + 1 < len(lines.rows) or lines.keeps_on)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
            write(cell, text)
            cell.paragraphs[0].paragraph_format.keep_with_next = keeps or is_head
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
    """How wide each column is beside the others: as its longest text needs, and its longest word at least."""
    columns = list(zip(*rows, strict=True))
    wanted = [min(max(map(len, column)), _WIDEST) + _EDGES for column in columns]
    words = [max(map(len, " ".join(column).split() or [""])) for column in columns]
    least = [min(max(word, _NARROWEST), _WIDEST) + _EDGES for word in words]
    return [max(want * _LETTERS // sum(wanted), word) for want, word in zip(wanted, least, strict=True)]


def draw_bar(row: Row, first: int, bar: str, fills: Mapping[str, str]) -> None:
    """Draw a bar in the cells of a row from `first` on: as many of the same sign as follow are one cell.

    `fills` is the color of each sign; what has none stays paper.
    """
    cells = row.cells[first:]
    for sign, group in groupby(zip(bar.ljust(len(cells)), cells, strict=True), lambda one: one[0]):
        together = [cell for _, cell in group]
        one = together[0].merge(together[-1])
        one.paragraphs[0].style = "Bar"
        if sign in fills:
            _color(one, fills[sign])


def _color(cell: Cell, fill: str) -> None:
    """Color the line in a cell from edge to edge: it is as high in a row of one line as in one of five."""
    edges = _part("tcMar")
    for side in ("left", "right"):
        edges.append(_part(side, w="0", type="dxa"))
    cell._tc.get_or_add_tcPr().append(edges)  # noqa: SLF001 - see `_set_row`
    shade = _part("shd", val="clear", color="auto", fill=fill)
    cell.paragraphs[0].paragraph_format.element.get_or_add_pPr().insert_element_before(
        shade, "w:tabs", "w:spacing", "w:jc"
    )


def _part(name: str, **attributes: str) -> BaseOxmlElement:
    one = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        one.set(qn(f"w:{key}"), value)
    return one
