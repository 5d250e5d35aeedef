"""Text that fits a screen: characters its stream can write, lines as wide as it is, aligned columns.

It only changes text: what is active in it was made visible before. It must not write to a stream or decide
what is shown.
"""

from __future__ import annotations

import codecs
import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING, cast

from libwell.model.characters import first_words, make_visible, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PLAIN = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "*": "\u00b7\u2022\u2023\u25aa\u25cf\u25e6",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb",
    "'": "\u2018\u2019\u201a\u201b\u2039\u203a\u2032",
    "v": "\u2713\u2714",
    "x": "\u2717\u2718\u00d7",
    "->": "\u2192\u21d2",
    "<-": "\u2190",
    "<->": "\u2194",
    "<=": "\u2264",
    ">=": "\u2265",
    "[ ]": "\u2610",
    "#": "\u2588",
    ".": "\u2591",
    "[x]": "\u2611\u2612",
    "/": "\u2044\u00f7",
    "ss": "\u00df",
    "ae": "\u00e6",
    "AE": "\u00c6",
    "oe": "\u0153",
    "OE": "\u0152",
    "o": "\u00f8",
    "O": "\u00d8",
    "l": "\u0142",
    "L": "\u0141",
    "d": "\u0111\u00f0",
    "D": "\u0110\u00d0",
    "i": "\u0131",
    "th": "\u00fe",
    "Th": "\u00de",
    "EUR": "\u20ac",
    "GBP": "\u00a3",
    "(c)": "\u00a9",
    "(R)": "\u00ae",
    "+-": "\u00b1",
    " degrees": "\u00b0",
    "section ": "\u00a7",
}
_TO_ASCII = {ord(sign): plain for plain, signs in _PLAIN.items() for sign in signs}
# What stands before the words of a line: its indentation and the mark of a list item or a box.
_LEAD = re.compile(r" *(?:(?:[-*\u2022]|\d{1,3}[.)]) +)?(?:\[[ x]\] +)?")
_GAP = "  "
_PHRASE = 30
"""Columns of a screen that a cell keeps, at least, where it is cut."""


# --- characters -----------------------------------------------------------------------------------


def degrade(text: str, encoding: str) -> str:
    """Replace what an encoding can't write, by its name for Python; never fails, never drops a character."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        composed = unicodedata.normalize("NFC", text)
        return composed.encode(encoding, _NEAREST).decode(encoding)
    return text


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What to write for the sign at which encoding stopped, and where to go on."""
    at = cast("UnicodeEncodeError", error)
    sign = at.object[at.start]
    parts = unicodedata.normalize("NFKD", sign)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).translate(_TO_ASCII)
    return (plain if plain and plain.isascii() else f"[U+{ord(sign):04X}]"), at.start + 1


_NEAREST = "libwell.nearest"
codecs.register_error(_NEAREST, _nearest)


def cell_width(text: str) -> int:
    """How many columns of a screen the text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # most text is ASCII and doesn't need it

    return cell_len(text)


# --- lines ----------------------------------------------------------------------------------------


class _Folding(textwrap.TextWrapper):
    """As textwrap folds, but a word longer than a line, such as an address, begins a line of its own."""

    def _handle_long_word(self, chunks: list[str], line: list[str], length: int, width: int) -> None:
        if not line:
            super()._handle_long_word(chunks, line, length, width)


def wrap(text: str, width: int) -> str:
    """Fold each line longer than `width` characters; words longer than a line are broken, none is dropped."""
    return "\n".join(_fold(line.expandtabs(), width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    words = _LEAD.sub("", line, count=1)
    lead = line.removesuffix(words)
    if len(lead) > width // 2:  # too little room beside it: the mark without its indentation
        lead = f"{lead.strip()} ".lstrip()
    folding = _Folding(
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        expand_tabs=False,
        replace_whitespace=False,
        break_on_hyphens=False,  # an id or an address that breaks at its hyphens can't be copied
    )
    return "\n".join(folding.wrap(words)) or lead.rstrip()


# --- columns --------------------------------------------------------------------------------------


def columns(
    rows: Sequence[Sequence[str]], heads: Sequence[str], width: int, *, shrinks: int | None = None
) -> str:
    """Align rows under their heads; where that is wider than `width`, give `head: value` lines, row by row.

    The column of number `shrinks` gives room first, as long as a phrase of each cell stays. Every row is as
    long as `heads`. The text ends with a line feed; without rows it is empty.
    """
    if not rows:
        return ""
    cells = [[one_line(make_visible(cell)) for cell in row] for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(heads, *cells, strict=True)]
    too_wide = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    if shrinks is not None and 0 < too_wide <= widths[shrinks] - _PHRASE:
        widths[shrinks] -= too_wide
        cells = [[*row[:shrinks], _cut(row[shrinks], widths[shrinks]), *row[shrinks + 1 :]] for row in cells]
    elif too_wide > 0:
        return "\n".join(wrap(_lines(_named(heads, row)), width) for row in cells)
    return _lines(_GAP.join(map(_padded, row, widths)) for row in [heads, *cells])


def _named(heads: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """The cells of a row that say something, each behind its head."""
    return (f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell)


def _cut(cell: str, width: int) -> str:
    """The beginning of a cell, at most `width` columns of a screen wide."""
    longest = width
    while cell_width(found := first_words(cell, longest)) > width:
        longest -= 1
    return found


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - cell_width(cell))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line.rstrip()}\n" for line in lines)
