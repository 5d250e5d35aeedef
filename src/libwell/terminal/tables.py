"""Short lists for the screen (worksheets, responses, actions): aligned columns, or a block a row.

Plain text, no lines or boxes: a screen reader reads it row by row. It must not write to a stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.characters import make_visible, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = "  "


def columns(rows: Sequence[Sequence[str]], heads: Sequence[str], width: int) -> str:
    """Align rows under their heads; where that is wider than `width`, give `head: value` lines, row by row.

    Every row is as long as `heads`. The text ends with a line feed; without rows it is empty.
    """
    if not rows:
        return ""
    cells = [[one_line(make_visible(cell)) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return "\n".join(_block(row, heads) for row in cells)
    return "".join(_line(row, widths) for row in [heads, *cells])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True))
    return _GAP.join(padded).rstrip() + "\n"


def _block(row: Sequence[str], heads: Sequence[str]) -> str:
    return "".join(f"{head}: {cell}".rstrip() + "\n" for head, cell in zip(heads, row, strict=True))


def _width(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # most text is ASCII and doesn't need it

    return cell_len(text)
