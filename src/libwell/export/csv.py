"""A Sheet as CSV that spreadsheets open well: UTF-8 with a byte-order mark, CRLF, a header, quotes as needed.

Text never becomes a formula: where a text begins with a character that could make it one, or with an
apostrophe, an apostrophe is put before it. The rule to undo it: from a cell that begins with an apostrophe,
drop that one. It holds for every cell, as what begins with an apostrophe of its own got another.

Control and bidirectional characters are made visible, as on every page for people: a file that is shown with
`cat` or previewed in a mail does nothing, and a spreadsheet would drop most of them without a word. Whoever
needs them as they were takes JSON. It must not open a file or print.

Known limit: it is safe where commas part the cells. A spreadsheet that is told to part them at semicolons as
well makes cells of its own out of texts.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.sheet import Cell, Sheet

_MARK = "\ufeff"
# What spreadsheets take for the beginning of a formula, also in full-width and small forms, or leave out
# before one. CR and NUL are among these, and are visible before they get here.
_BEGINS = re.compile("\\A[=+@\\-\t\r\n\0'\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]")


def render(sheet: Sheet) -> str:
    """Write the header and the rows."""
    return "".join(whole([part(sheet)], sheet.columns))


def whole(parts: Iterable[str], columns: tuple[str, ...]) -> Iterator[str]:
    """The pieces of a file: the mark, one header, and the rows in `parts`."""
    yield _MARK + _rows([columns])
    yield from parts


def part(sheet: Sheet) -> str:
    """Write the rows alone.

    Nothing is an empty cell; yes and no are `true` and `false`, days ISO 8601, numbers plain digits. A number
    stands by itself, also one below zero: no spreadsheet takes it for anything else.
    """
    return _rows([_cell(cell) for cell in row] for row in sheet.rows)


def _rows(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _cell(cell: Cell) -> str:
    match cell:
        case str():
            return _BEGINS.sub(r"'\g<0>", make_visible(cell))
        case None:
            return ""
        case bool():
            return str(cell).lower()
    return str(cell).removesuffix(".0")
