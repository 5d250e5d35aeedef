"""A Document: generic blocks that every way of showing renders (terminal, Markdown and later formats).

All text in blocks is plain text, whoever wrote it; each renderer escapes it for its own way out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


_CELLS = 10
BY_WHEN = "By when"
"""The label of a task's day among its details."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's own title, and there is one of it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text as it was written: a line feed is a line break, an empty line begins a paragraph.

    `tone` tells what it is: plain words, an `aside` (help, notes: quieter), or a person's own `answer`.
    """

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody else, with where they come from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short `label: text` lines that belong together."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted list, under a title of its own where it has one."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Boxes to tick by hand: `(text, ticked)`."""

    items: tuple[tuple[str, bool], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; every row is as long as `columns`. The first column names the row if `row_heads`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A number from `low` to `high` under a label, said in words by `text`; or None, which has no bar."""

    label: str
    value: float | None
    low: float
    high: float
    text: str

    def filled(self, cells: int) -> int:
        """How many of so many cells the value fills."""
        if self.value is None or self.high <= self.low:
            return 0
        return round((self.value - self.low) / (self.high - self.low) * cells)


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers drawn as bars, one a line, each with its words first."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar has to know of a dated task to know it again.

    `key` tells it from every other task there is, whatever becomes of its words; `revision` grows when
    anything about it changes; `changed` is the day its `status` last did.
    """

    key: str
    status: str
    changed: dt.date
    revision: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One action: the step, whether it is done, and what else is known about it, in reading order.

    `due` is its day, None where there is none or only words for it; with a day there is an `entry`.
    """

    step: str
    done: bool = False
    details: tuple[tuple[str, str], ...] = ()
    due: dt.date | None = None
    entry: CalendarEntry | None = None


Block = Heading | Paragraph | Quotation | Facts | Listing | Checklist | Table | Bars | Task


def text_bar(bar: Bar) -> str:
    """Draw a bar in ten cells; empty where there is no value."""
    filled = bar.filled(_CELLS)
    return "" if bar.value is None else "█" * filled + "░" * (_CELLS - filled)


@dataclass(frozen=True, slots=True)
class Document:
    """A title, its blocks, and the language they are in (a BCP 47 tag such as `en`)."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    language: str = "en"
