"""A Document as plain lines for the screen.

No boxes and no lines of signs that a screen reader would spell out: headings stand at the margin, what
belongs to them is set in, a table is read row by row. Folding to the width is the business of `output`, as is
making safe what is active. It must not write to a stream or decide what is shown.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, assert_never

from libwell.model.characters import labeled, one_line
from libwell.model.document import (
    Bars,
    Checklist,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Ratings,
    Table,
    Task,
    plainly,
)
from libwell.model.drawing import text_bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.document import Block, Document, Plain

_EMPTY = "\u2014"
_INDENT = "  "
_ANSWER = "    "  # a person's own words stand in further
_BOX = {True: "[x] ", False: "[ ] "}


def render(document: Document, *, draws: bool = True) -> str:
    """Write the document as text: blocks one empty line apart, sections two, one line feed at the end.

    Unless it `draws`, bars are words alone.
    """
    text = _one_line(document.title)
    for block in document.plain_blocks:
        lines = list(_lines(block, draws=draws))
        if any(lines):
            gap = "\n\n\n" if isinstance(block, Heading) and block.level <= 2 else "\n\n"
            text += gap + "\n".join(lines)
    return text + "\n"


def answer_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Give the blocks of one answer as lines at the margin.

    Points stand behind what they are given to; of a table only the cells that hold something.
    """
    for block in blocks:
        match block:
            case Ratings() if not block.is_one:
                yield from _facts(((bar.label, bar.text) for bar in block.bars), "")
            case Table():
                yield from _records(block)
            case _:
                for one in plainly([block]):
                    lead = _ANSWER if isinstance(one, Paragraph) and one.tone == "answer" else _INDENT
                    yield from (line.removeprefix(lead) for line in _lines(one, draws=False))


def _records(table: Table) -> Iterator[str]:
    """Give each row that holds something under its name, or its first cell where it has none."""
    for name, cells in table.records:
        if name:
            yield f"- {one_line(name)}"
        elif cells:
            yield from _facts(cells[:1], "- ")
        yield from _facts(cells if name else cells[1:], _INDENT)


def _lines(block: Plain, *, draws: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield _one_line(block.text)
        case Paragraph():
            yield from _set_in(block.text, _ANSWER if block.tone == "answer" else _INDENT)
        case Quotation():
            yield from _quotation(block)
        case Facts():
            yield from _facts(block.pairs)
        case Listing():
            yield from _list(zip(repeat("- "), block.items), block.title)
        case Checklist():
            yield from _list([(_BOX[ticked], text) for text, ticked in block.items], block.title)
        case Table():
            yield from _table(block)
        case Bars():
            lengths = text_bars(block.bars, beside=block.beside) if draws else [""] * len(block.bars)
            drawn = zip(block.bars, lengths, strict=True)
            yield from _facts((bar.label, f"{bar.text}  {text}".rstrip()) for bar, text in drawn)
        case Task():
            yield from _list([(_BOX[block.done], one_line(block.step))])
            yield from _facts(block.details, _INDENT + _ANSWER)
        case _:
            assert_never(block)


def _quotation(block: Quotation) -> Iterator[str]:
    yield from _set_in(block.text, _ANSWER)
    if block.source.strip():
        yield f"{_ANSWER}\u2014 {one_line(block.source)}"


def _one_line(text: str) -> str:
    return one_line(text) or _EMPTY


def _list(items: Iterable[tuple[str, str]], title: str = "") -> Iterator[str]:
    if title.strip():
        yield f"{_INDENT}{one_line(title)}:"
    for mark, text in items:
        yield from _set_in(text or _EMPTY, _INDENT + mark, rest=_INDENT + " " * len(mark))


def _table(table: Table) -> Iterator[str]:
    """Give each row as a list item, its cells under it; the first cell alone if it names the row.

    Of a wide table only the cells that hold something.
    """
    for row in table.rows:
        cells = list(zip(table.columns, row, strict=True))
        if table.row_heads:
            yield from _set_in(_one_line(row[0]), f"{_INDENT}- ")
            del cells[0]
        if table.is_read_by_row:
            cells = [(head, cell) for head, cell in cells if cell.strip()]
        if not table.row_heads:
            yield from _facts(cells[:1], f"{_INDENT}- ")
            del cells[:1]
        yield from _facts(cells, _INDENT * 2)


def _facts(pairs: Iterable[tuple[str, str]], lead: str = _INDENT) -> Iterator[str]:
    """Give each as `label: text`; further lines of the text stand under the first, set in."""
    for label, text in pairs:
        fact = labeled(one_line(label), text.strip() or _EMPTY)
        yield from _set_in(fact, lead, rest=" " * len(lead) + _INDENT)


def _set_in(text: str, first: str, *, rest: str = "") -> Iterator[str]:
    """Put `first` before the first line and `rest` (or `first`) before the others; empty lines stay empty."""
    lead = first
    for line in text.strip("\n").split("\n"):
        yield f"{lead}{line}" if line.strip() else ""
        lead = rest or first
