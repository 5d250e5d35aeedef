"""A Sheet as JSON Lines: one object a row, for programs that read a folder of them as one table.

Every row has every column, so that a column is there, and of one type, in each file of a folder: a number is
written with its decimal point (`3.0`), an empty cell is null. It must not open a file or print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.export.json import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.sheet import Sheet


def whole(parts: Iterable[str], columns: tuple[str, ...]) -> Iterator[str]:
    """The pieces of a file: each of `parts` as `render` writes it, as every line names its `columns`."""
    del columns
    yield from parts


def render(sheet: Sheet) -> str:
    """Write the rows; a sheet without rows is an empty text."""
    lines = []
    for row in sheet.rows:
        cells = (float(cell) if type(cell) is int else cell for cell in row)
        lines.append(to_json(dict(zip(sheet.columns, cells, strict=True))) + "\n")
    return "".join(lines)
