"""The worksheets of `tests/instruments`, made up here in the shape of instruments, for the tests of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from build import worksheet_from
from libwell.kinds.table import TablePrompt

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

FOLDER = Path(__file__).parent / "instruments"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.toml"


def text_of(name: str) -> str:
    return path_of(name).read_text(encoding="utf-8")


def sheet(name: str) -> Worksheet:
    return worksheet_from(text_of(name))


def rows_of(name: str) -> list[str]:
    """The ids of all fixed rows."""
    tables = (one for _, one in sheet(name).prompts() if isinstance(one, TablePrompt))
    return [row.id for table in tables for row in table.rows or ()]
