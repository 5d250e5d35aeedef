"""A Document: generic blocks that every way of showing renders (terminal, Markdown and later formats).

All text in blocks is plain text, whoever wrote it; each renderer escapes it for its own way out. Blocks are
named tuples, which take a third of the time of data classes, at every start and for every block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.model.characters import make_visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from libwell.model.numbers import Number

BY_WHEN = "By when"
"""The label of a task's day among its details."""
WORKSHEET = "Worksheet"
"""The label of the worksheet a task comes from, where that is said among its details."""

_MOST_BESIDE = 4
BOX, ROOM = "☐", "…" * 12
"""A box to tick and, as long or longer, room to write; only where a document is `to_fill_in`."""


class Heading(NamedTuple):
    """A heading; level 1 is the document's own title, and there is one of it."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Text as it was written: a line feed is a line break, an empty line begins a paragraph.

    `tone` tells what it is: plain words, an `aside` (help, notes: quieter), or a person's own `answer`.
    Addresses in it can be followed where it `has_links`, as the worksheet's own words do.
    """

    text: str
    tone: str = "plain"
    has_links: bool = False


class Quotation(NamedTuple):
    """Words of somebody else, with where they come from."""

    text: str
    source: str


class Facts(NamedTuple):
    """Short `label: text` lines that belong together."""

    pairs: tuple[tuple[str, str], ...]


class Listing(NamedTuple):
    """A bulleted list, under a title of its own where it has one."""

    items: tuple[str, ...]
    title: str = ""


class Reference(NamedTuple):
    """Something to read: what it is, its address (empty: it has none), and what is said of it behind that."""

    text: str
    url: str = ""
    more: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return " ".join(filter(None, self))


class References(NamedTuple):
    """A list of what to read; its addresses may be followed, which those in other text may not."""

    items: tuple[Reference, ...]

    @property
    def plain(self) -> tuple[Listing]:
        """The lines alone."""
        return (Listing(tuple(item.line for item in self.items)),)


class Marks(NamedTuple):
    """What was marked: a list for each mark that something carries, its title the mark."""

    lists: tuple[Listing, ...]

    @property
    def plain(self) -> tuple[Listing, ...]:
        """One list after the other."""
        return self.lists

    @property
    def rows(self) -> Iterator[tuple[str, tuple[bool, ...]]]:
        """Everything that was marked, once, and which of the marks it carries."""
        for text in dict.fromkeys(text for one in self.lists for text in one.items):
            yield text, tuple(text in one.items for one in self.lists)


class Checklist(NamedTuple):
    """Boxes to tick by hand: `(text, ticked)`."""

    items: tuple[tuple[str, bool], ...]
    title: str = ""


class Table(NamedTuple):
    """Rows of cells; every row is as long as `columns`. The first column names the row if `row_heads`.

    `shares` say how wide each column is, in percent: such a table is read side by side, however many it has.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool = False
    shares: tuple[int, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it is too wide to be read side by side."""
        return len(self.columns) > _MOST_BESIDE and not self.shares

    @property
    def records(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Each row's name (empty: it has none), and its cells that hold something under their columns."""
        first = int(self.row_heads)
        for row in self.rows:
            pairs = zip(self.columns[first:], row[first:], strict=True)
            cells = tuple((head, cell) for head, cell in pairs if cell and make_visible(cell).strip())
            yield row[0] if first else "", cells

    @property
    def is_read_by_row(self) -> bool:
        """Whether it is told row by row, without its empty cells: it is wide, and not for a pen."""
        return self.is_wide and any(cells for _, cells in self.records)


class Bar(NamedTuple):
    """A number from `low` to `high` under a label, said in words by `text`; or None, which has no bar."""

    label: str
    value: Number | None
    low: Number
    high: Number
    text: str


class Bars(NamedTuple):
    """Numbers drawn as bars, one a line, each with its words first.

    `beside` are bars of other blocks that these are held against: among all of them, different numbers are
    drawn differently.
    """

    bars: tuple[Bar, ...]
    beside: tuple[Bar, ...] = ()


class Ratings(NamedTuple):
    """Points given on a scale, each with its words; one alone, without a label, is the whole answer."""

    bars: tuple[Bar, ...]

    @property
    def plain(self) -> tuple[Table | Paragraph]:
        """The words alone."""
        if self.is_one:
            return (Paragraph(self.bars[0].text, tone="answer"),)
        rows = tuple((bar.label, bar.text) for bar in self.bars)
        return (Table(("", "Rating"), rows, row_heads=True),)

    @property
    def is_one(self) -> bool:
        """Whether it is one alone."""
        return len(self.bars) == 1 and not self.bars[0].label


class Distribution(NamedTuple):
    """How often each point of a scale was given, lowest first, under a label; said in words by `text`."""

    label: str
    counts: tuple[tuple[str, int], ...]
    text: str


class Distributions(NamedTuple):
    """How points are spread, one scale a line; one alone, without a label, is all there is to say."""

    rows: tuple[Distribution, ...]

    @property
    def plain(self) -> tuple[Facts | Paragraph]:
        """The words alone."""
        if self.is_one:
            return (Paragraph(self.rows[0].text),)
        return (Facts(tuple((row.label, row.text) for row in self.rows)),)

    @property
    def is_one(self) -> bool:
        """Whether it is one alone."""
        return len(self.rows) == 1 and not self.rows[0].label


class Course(NamedTuple):
    """How a number moved, under a label: where it stood each time, in words and on its scale, from 0 to 1.

    `shares` are None where nothing is told; `change` says how far it came.
    """

    label: str
    words: tuple[str, ...]
    shares: tuple[Number | None, ...]
    change: str


class Courses(NamedTuple):
    """How numbers moved from one of the named `times` to the next, a line each."""

    times: tuple[str, ...]
    rows: tuple[Course, ...]

    @property
    def plain(self) -> tuple[Table]:
        """The words alone."""
        rows = tuple((row.label, *row.words, row.change) for row in self.rows)
        return (Table(("", *self.times, "Change"), rows, row_heads=True),)


class Sides(NamedTuple):
    """What each of several marks was given, side by side: rows of a label and a bar under each of `heads`.

    Two are drawn from the middle, one to each side.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]

    @property
    def plain(self) -> tuple[Table]:
        """The words alone."""
        rows = tuple((label, *(bar.text for bar in bars)) for label, bars in self.rows)
        return (Table(("", *self.heads), rows, row_heads=True),)


class PageBreak(NamedTuple):
    """What follows begins a new sheet of paper, so that it can be kept while the rest is handed in."""

    @property
    def plain(self) -> tuple[()]:
        """No words."""
        return ()


class CalendarEntry(NamedTuple):
    """What a calendar has to know of a dated task to know it again.

    `key` tells it from every other task there is, whatever becomes of its words; `revision` grows when
    anything about it changes; `changed` is the day its `status` last did. `saved` is when what it stands in
    was last changed; None where nothing says so, as shared copies hold no times.
    """

    key: str
    status: str
    changed: dt.date
    revision: int
    private: bool = False
    saved: dt.datetime | None = None


class Task(NamedTuple):
    """One action: the step, whether it is done, and what else is known about it, in reading order.

    `due` is its day, None where there is none or only words for it; with a day there is an `entry`.
    """

    step: str
    done: bool = False
    details: tuple[tuple[str, str], ...] = ()
    due: dt.date | None = None
    entry: CalendarEntry | None = None


DRAWN = (Marks, Ratings, Distributions, Sides, Courses)
"""Blocks that can be drawn; each knows its plain words."""
_IN_OTHER_WORDS = (References, PageBreak, *DRAWN)

Plain = Heading | Paragraph | Quotation | Facts | Listing | Checklist | Table | Bars | Task
Block = Plain | References | PageBreak | Marks | Ratings | Distributions | Sides | Courses


def filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of the pairs of label and text that say something."""
    return tuple(pair for pair in pairs if pair[1])


def paragraphs(*texts: str, tone: str = "plain", has_links: bool = False) -> Iterator[Paragraph]:
    """A paragraph for each of the texts that says something."""
    return (Paragraph(text, tone, has_links) for text in texts if text)


def list_under(level: int, title: str, items: Iterable[str], about: str = "") -> Iterator[Block]:
    """A list under a heading, with what is said `about` it above; nothing where there are no items."""
    texts = tuple(items)
    if texts:
        yield Heading(level, title)
        yield from paragraphs(about, tone="aside")
        yield Listing(texts)


def plainly(blocks: Iterable[Block]) -> Iterator[Plain]:
    """Give blocks in words alone."""
    for block in blocks:
        if isinstance(block, _IN_OTHER_WORDS):
            yield from block.plain
        else:
            yield block


class Document(NamedTuple):
    """A title, its blocks, and the language they are in (a BCP 47 tag such as `en`).

    `to_fill_in`: it is for a pen, and `BOX` and `ROOM` in its text are boxes to tick and room to write.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    language: str = "en"
    to_fill_in: bool = False

    @property
    def plain_blocks(self) -> Iterator[Plain]:
        """The blocks in words alone, for where nothing is drawn and no address is followed."""
        return plainly(self.blocks)
