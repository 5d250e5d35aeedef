"""A sheet: rows of single values under named columns, for spreadsheets and programs.

Its values are plain; each renderer writes and makes safe what is in them in its own way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Cell = str | bool | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as long as `columns`, in reading order; None is an empty cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
