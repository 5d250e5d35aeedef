"""Tables of a Word file: columns as wide as their words need, heads repeated on each page, bars in cells."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Row
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable

_MOST_TOGETHER = 12
"""Rows of a table that stays on one page."""
_LETTERS, _EDGES = 80, 5
"""How many letters a line of a page has room for, and how many the edges of a cell take."""
_NARROWEST, _WIDEST = 4, 40
"""How many letters a column has room for, at least and at most."""


class Cell(NamedTuple):
    """A cell over one column or more: words, or where there is a `fill` a piece of a bar in that color."""

    text: str = ""
    span: int = 1
    fill: str = ""


class Lines(NamedTuple):
    """The rows of a table, which of them are heads, and how high a row is.

    It `keeps_on` if the last row stays with what is said below it.
    """

    rows: Sequence[Sequence[Cell]]
    has_head: bool = False
    has_row_heads: bool = False
    height: float = 0  # points
    keeps_on: bool = False


def add_table(
    word: WordDocument,
    lines: Lines,
    widths: Sequence[int],
    write: Callable[[WordParagraph, str], None],
    *,
    style: str = "Table Rows",
) -> None:
    """Add a table, `widths` the shares of its columns, in which `write` writes the words of each cell."""
    table: WordTable = word.add_table(0, len(widths), style)
    table.autofit = False
    whole = word._block_width  # noqa: SLF001 - the room between the margins, which python-docx keeps for itself
    exact = [whole * width // sum(widths) for width in widths]
    for column, width in zip(table.columns, exact, strict=True):
        column.width = Emu(width)
    is_short = len(lines.rows) <= _MOST_TOGETHER
    for number, cells in enumerate(lines.rows):
        is_head = lines.has_head and number == 0
        is_last = number + 1 == len(lines.rows)
        keeps = is_head or (is_short and (lines.keeps_on or not is_last))
        row = _row(table, is_head=is_head, height=0 if is_head else lines.height)
        for place, cell in enumerate(cells):
            paragraph = _add_cell(row, table, cell, exact)
            if cell.fill:
                continue
            write(paragraph, cell.text)
            paragraph.paragraph_format.keep_with_next = keeps or None
            for run in paragraph.runs if is_head or (lines.has_row_heads and not place) else ():
                run.bold = True


def _row(table: WordTable, *, is_head: bool, height: float) -> CT_Row:
    """Add a row without cells to a table; python-docx adds one of cells that are alike."""
    row: CT_Row = table._tbl.add_tr()  # noqa: SLF001
    properties = row.get_or_add_trPr()
    properties.append(_part("cantSplit"))
    if height:
        row.trHeight_val = Pt(height)
    if is_head:
        properties.append(_part("tblHeader"))
    return row


def _add_cell(row: CT_Row, table: WordTable, cell: Cell, widths: Sequence[int]) -> WordParagraph:
    """Add a cell at the end of a row; give its paragraph.

    The line in it is colored from edge to edge: it is as high in a row of one line as in one of five.
    """
    first = sum(one.grid_span for one in row.tc_lst)
    made = row.add_tc()
    made.width = Emu(sum(widths[first : first + cell.span]))
    made.grid_span = cell.span
    paragraph = WordParagraph(made.p_lst[0], WordCell(made, table))
    if cell.fill:
        set_style(paragraph, "Bar")
        edges = _part("tcMar")
        edges.extend(_part(side, w="0", type="dxa") for side in ("left", "right"))
        made.get_or_add_tcPr().append(edges)
        paragraph._p.get_or_add_pPr().append(_part("shd", val="clear", color="auto", fill=cell.fill))  # noqa: SLF001
    return paragraph


def set_style(paragraph: WordParagraph, style: str) -> None:
    """Give a paragraph a style by its id in `styles.xml`; to look for its name takes long."""
    paragraph._p.style = style  # noqa: SLF001


def _part(name: str, **attributes: str) -> BaseOxmlElement:
    one = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        one.set(qn(f"w:{key}"), value)
    return one


def widths_of(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """How wide each column is beside the others: as its longest text needs, and its longest word at least."""
    columns = [[cell.text for cell in column] for column in zip(*rows, strict=True)]
    wanted = [min(max(map(len, column)), _WIDEST) + _EDGES for column in columns]
    words = [max(map(len, " ".join(column).split() or [""])) for column in columns]
    least = [min(max(word, _NARROWEST), _WIDEST) + _EDGES for word in words]
    return [max(want * _LETTERS // sum(wanted), word) for want, word in zip(wanted, least, strict=True)]


def bar_of(signs: str, length: int, fills: Mapping[str, str]) -> Iterator[Cell]:
    """The cells of a bar over `length` columns: as many of the same sign as follow are one of them.

    `fills` is the color of each sign; what has none stays paper.
    """
    for sign, group in groupby(signs.ljust(length)):
        yield Cell(span=len(list(group)), fill=fills.get(sign, ""))
