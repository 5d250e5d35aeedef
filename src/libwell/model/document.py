"""A Document: generic blocks that every way of showing renders (terminal, Markdown and later formats).

All text in blocks is plain text, whoever wrote it; each renderer escapes it for its own way out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


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
class Task:
    """One action: the step, whether it is done, and what else is known about it, in reading order."""

    step: str
    done: bool = False
    details: tuple[tuple[str, str], ...] = ()
    due: dt.date | None = None


Block = Heading | Paragraph | Quotation | Facts | Listing | Checklist | Table | Task


@dataclass(frozen=True, slots=True)
class Document:
    """A title, its blocks, and the language they are in (a BCP 47 tag such as `en`)."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    language: str = "en"
