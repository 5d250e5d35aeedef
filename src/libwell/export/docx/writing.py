"""A Document as a Word file (Office Open XML), by python-docx: its headings, lists and tables are real ones.

It holds no macro, no name of who made it and no time, and nothing in it is loaded from elsewhere: outside are
only the addresses of links that a person can follow. Whatever somebody typed shows as they typed it and does
nothing. It must not open a file, print, or decide what a reader may see; that has been done before.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, cast

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from libwell.export.docx.package import lay, opened, packed
from libwell.export.docx.tables import Cell, Lines, add_table, bar_of, set_style, widths_of
from libwell.model import pages
from libwell.model.characters import labeled, shortened
from libwell.model.document import BOX, plainly
from libwell.model.drawing import share_of, text_bars
from libwell.model.links import link_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

    from libwell.model.document import (
        Bars,
        Block,
        Checklist,
        Distribution,
        Distributions,
        Document,
        Facts,
        Heading,
        Listing,
        PageBreak,
        Paragraph,
        Quotation,
        Ratings,
        References,
        Sides,
        Table,
        Task,
    )
    from libwell.model.pages import Drawn

_TICKED = {True: "☑", False: BOX}
_BREAK = "PageBreak"
_BEGINS_ANEW = ("", "Heading", "Paragraph", _BREAK)
"""Blocks that no paragraph before them has to stay with; with all else it does."""
_STYLES = {"plain": "Normal", "aside": "Aside", "answer": "Answer"}
_TITLE = 255
"""How long a title among the properties of a file may be."""
_BAR = {"█": "1F5F8B", "░": "E9E8E4"}
_SIDE, _SIDES = 20, ({"█": "8FB3CC"}, {"█": "1F5F8B"})
"""How many cells a bar of several marks is drawn in, and the colors of one and the next."""
_CELLS = 40
"""How many cells a distribution is drawn in."""
_PALE, _DEEP = (0xDD, 0xE9, 0xF2), (0x1F, 0x5F, 0x8B)
_WORDS, _CHART = 40, 50
"""How wide the words of a chart are, each of label and text, and how wide its bar."""
_ROOM = 44
"""Blanks that a line to write on is long."""
_HEIGHT, _HEIGHT_ACROSS, _HEIGHT_TICKED = 52.0, 26.0, 20.0
"""Points that a row to write in is high, and one to tick in."""
_FIRST = {True: 3, False: 1.3}
"""How wide the names of rows to tick in, or to write in, are beside the columns."""


def render(document: Document) -> bytes:
    """Write the file; the same document always gives the same bytes."""
    title = pages.line(document.title)
    word = opened(shortened(title, _TITLE), pages.language_of(document))
    runs = list(pages.runs(document))
    lay(word.sections[0], across=bool(runs) and runs[0][0])
    writer = _Writer(word, to_fill_in=document.to_fill_in)
    word.add_paragraph(title, "Title")
    for number, (lies_across, run) in enumerate(runs):
        writer.lies_across = lies_across
        if number and _BREAK not in (writer.last, run[0][1][0]):  # which is a section by itself
            word.add_section()
        if number and run[0][1][0] != _BREAK:
            lay(word.sections[-1], across=lies_across)
        for (_, drawn), (_, (follows, _)) in pairwise([*run, (0, ("", []))]):
            writer.follows = follows
            writer.draw(drawn)
            writer.last = drawn[0]
    return packed(word)


class _Writer:
    """Writes blocks at the end of a Word file; a method is named like the block that it writes."""

    def __init__(self, word: WordDocument, *, to_fill_in: bool) -> None:
        self.word = word
        self.to_fill_in = to_fill_in
        self.lies_across = False
        self.last = self.follows = ""  # the names of the block before, and of the next one

    def draw(self, drawn: Drawn) -> None:
        """Write a block under its name; one that is not known here is told in plain words."""
        name, block = drawn
        if name in _DRAWS:
            _DRAWS[name](self, block)
        else:
            self.plainly(cast("Block", block))

    def plainly(self, block: Block) -> None:
        """Write the plain words of a block."""
        for one in plainly((block,)):
            _DRAWS[type(one).__name__](self, one)

    # --- words --------------------------------------------------------------------------------------

    def add(self, text: str, style: str, *, before: str = "", keeps: bool = False) -> WordParagraph:
        """Add a paragraph, `before` in bold before its text; it `keeps` the next one with it."""
        paragraph = self.word.add_paragraph()
        set_style(paragraph, style)
        if before:
            paragraph.add_run(before).bold = True
        self.write(paragraph, text)
        if keeps:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def write(self, paragraph: WordParagraph, text: str) -> None:
        """Write text behind what is in a paragraph, with room to write as a line."""
        if not self.to_fill_in:
            paragraph.add_run(text)
            return
        pieces = pages.TO_FILL_IN.split(text)
        for place, piece in enumerate(pieces):
            if place % 2 == 0 or piece == BOX:
                paragraph.add_run(piece)
            else:
                paragraph.add_run("\N{NO-BREAK SPACE}" * _ROOM).underline = True

    def link(self, paragraph: WordParagraph, address: str) -> None:
        """Write an address that can be followed; nothing is loaded from it before."""
        one = OxmlElement("w:hyperlink")
        target = self.word.part.relate_to(link_target(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        one.set(qn("r:id"), target)
        paragraph._p.append(one)  # noqa: SLF001 - python-docx reads links, and writes none
        run = OxmlElement("w:r")
        one.append(run)
        Run(run, paragraph).text = address
        Run(run, paragraph).style = "Hyperlink"

    def heading(self, block: Heading) -> None:
        self.add(pages.line(block.text), f"Heading{block.level - 1}")

    def paragraph(self, block: Paragraph) -> None:
        texts = pages.paragraphs(block.text)
        if self.to_fill_in and pages.ONLY_ROOM.fullmatch(block.text):
            lines = Lines([[Cell()] for _ in texts], height=_HEIGHT_ACROSS, keeps_on=self.keeps_on)
            add_table(self.word, lines, [1], self.cell, style="Table Room")
            self.gap()
            return
        keeps = self.follows not in _BEGINS_ANEW or (block.tone == "aside" and self.follows == "Paragraph")
        for text in texts:
            parts = list(pages.addresses(text)) if block.has_links else [(text, "")]
            paragraph = self.add("", _STYLES[block.tone], keeps=keeps)
            for before, address in parts:
                self.write(paragraph, before)
                if address:
                    self.link(paragraph, address)

    def quotation(self, block: Quotation) -> None:
        texts = pages.paragraphs(block.text)
        if not pages.is_blank(block.source):
            texts.append(f"— {pages.line(block.source)}")
        for number, text in enumerate(texts, 1):
            self.add(text, "Quote", keeps=number < len(texts))

    def facts(self, block: Facts) -> None:
        self.pairs(block.pairs, "Fact")

    def pairs(self, pairs: Sequence[tuple[str, str]], style: str) -> None:
        """Each text behind its label in bold; they stay together."""
        for number, (label, text) in enumerate(pairs, 1):
            before = labeled(pages.line(label), "")
            self.add(pages.words(text), style, before=before, keeps=number < len(pairs))

    def titled(self, title: str) -> None:
        if not pages.is_blank(title):
            self.add(pages.line(title), "ListTitle")

    def listing(self, block: Listing) -> None:
        self.titled(block.title)
        for number, text in enumerate(block.items, 1):
            is_last = number == len(block.items)
            self.add(pages.words(text), "ListBullet", keeps=is_last and self.follows == "Table")

    def references(self, block: References) -> None:
        for one in block.items:
            before, address, after = pages.linked(one)
            paragraph = self.add(pages.visible(before) if address else pages.words(before), "ListBullet")
            if address:
                self.link(paragraph, address)
                self.write(paragraph, pages.visible(after))

    def page_break(self, _: PageBreak) -> None:
        """A new sheet: an odd page, so that what is kept is not on the back of what is handed in."""
        lay(self.word.add_section(WD_SECTION.ODD_PAGE), across=self.lies_across)

    def checklist(self, block: Checklist) -> None:
        self.titled(block.title)
        for text, ticked in block.items:
            self.add(f"{_TICKED[ticked]}\t{pages.words(text)}", "Box")

    def tasks(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self.task(task)

    def task(self, task: Task) -> None:
        step = f"{_TICKED[task.done]}\t{pages.words(task.step)}"
        self.add(step, "Step", keeps=bool(task.details))
        self.pairs(task.details, "Detail")

    # --- tables -------------------------------------------------------------------------------------

    @property
    def keeps_on(self) -> bool:
        """Whether what may be ticked in place of an answer stands with the room for that."""
        return self.to_fill_in and self.follows == "Paragraph"

    def gap(self) -> None:
        """What stands between a table and the next: two without anything between them would become one."""
        self.add("", "Gap", keeps=self.keeps_on)

    def cell(self, paragraph: WordParagraph, text: str) -> None:
        """Write a cell; one that holds nothing, or only room to write, stays empty."""
        set_style(paragraph, "Cell")
        is_room = self.to_fill_in and pages.ONLY_ROOM.fullmatch(text)
        if not (pages.is_blank(text) or is_room):
            self.write(paragraph, pages.words(text))
        if self.to_fill_in and text == BOX:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(self, block: Table) -> None:
        if not block.columns:
            return
        if block.is_read_by_row and not self.to_fill_in:
            for name, cells in block.records:
                self.record(name, cells)
            return
        rows = [list(map(Cell, row)) for row in (block.columns, *block.rows)]
        if self.to_fill_in:
            is_ticked, is_low = pages.is_ticked(block), self.lies_across or block.shares
            height = _HEIGHT_TICKED if is_ticked else _HEIGHT_ACROSS if is_low else _HEIGHT
            lines = Lines(rows, has_head=True, height=height, keeps_on=self.keeps_on)
            first = _FIRST[is_ticked] if block.row_heads else 1
            widths = [round(60 * first), *[60] * (len(block.columns) - 1)]
            add_table(self.word, lines, block.shares or widths, self.cell, style="Table Grid")
        else:
            lines = Lines(rows, has_head=True, has_row_heads=block.row_heads)
            add_table(self.word, lines, block.shares or widths_of(rows), self.cell)
        self.gap()

    def record(self, name: str, cells: Sequence[tuple[str, str]]) -> None:
        """A row of a wide table: its name, and below it all that stands in it."""
        if not pages.is_blank(name):
            self.add(pages.words(name), "ListTitle")
        self.pairs(cells, "Detail")

    # --- charts -------------------------------------------------------------------------------------

    def bars(self, block: Bars) -> None:
        self.chart([(bar.label, bar.text) for bar in block.bars], text_bars(block.bars, beside=block.beside))

    def ratings(self, block: Ratings) -> None:
        bars = text_bars(block.bars)
        if block.is_one:
            self.chart([(block.bars[0].text,)], bars)
        else:
            self.chart([(bar.label, bar.text) for bar in block.bars], bars, head=("", "Rating"))

    def distributions(self, block: Distributions) -> None:
        most = max((len(row.counts) for row in block.rows), default=0)
        if not most:
            self.plainly(block)
            return
        fills = {_sign(place): _shade(place, most) for place in range(most)}
        rows = [(row.text,) if block.is_one else (row.label, row.text) for row in block.rows]
        self.chart(rows, [_drawn(row) for row in block.rows], fills=fills)

    def sides(self, block: Sides) -> None:
        """The words and the bar of each mark; of two marks the bars begin in the middle."""
        are_two = len(block.heads) == 2
        lines = [[Cell(), *(Cell(head, span=1 + _SIDE) for head in block.heads)]]
        for label, bars in block.rows:
            lines.append([Cell(label)])
            for place, bar in enumerate(bars):
                signs = "█" * round((share_of(bar) or 0) * _SIDE)
                drawn = list(bar_of(signs, _SIDE, _SIDES[place % 2]))
                from_middle = [*reversed(drawn)] if are_two and place == 0 else drawn
                is_right = are_two and place == 1
                lines[-1] += [*drawn, Cell(bar.text)] if is_right else [Cell(bar.text), *from_middle]
        parts = [15, *[1] * _SIDE]
        widths = [60, *parts, *(parts[::-1] if are_two else parts * (len(block.heads) - 1))]
        add_table(self.word, Lines(lines, has_head=True), widths, self.cell)
        self.gap()

    def chart(
        self,
        rows: Sequence[tuple[str, ...]],
        bars: Sequence[str],
        *,
        head: tuple[str, ...] = (),
        fills: Mapping[str, str] = _BAR,
    ) -> None:
        """Words in rows, each with its bar beside them."""
        if not rows:
            return
        length = max(1, *map(len, bars))
        widths = [*[_WORDS * length] * len(rows[0]), *[_CHART] * length]
        lines = [[*map(Cell, row), *bar_of(bar, length, fills)] for row, bar in zip(rows, bars, strict=True)]
        if head:
            lines = [[*map(Cell, head), Cell(span=length)], *lines]
        add_table(self.word, Lines(lines, has_head=bool(head)), widths, self.cell)
        self.gap()


def _drawn(row: Distribution) -> str:
    """A distribution as one bar: as many cells for each point as it has a share, and a sign for each."""
    so_far = list(accumulate((count for _, count in row.counts), initial=0))
    ends = [_CELLS * one // max(so_far[-1], 1) for one in so_far]
    return "".join(_sign(place) * (end - begin) for place, (begin, end) in enumerate(pairwise(ends)))


def _sign(place: int) -> str:
    """A sign for each point of a scale."""
    return chr(ord("0") + place)


def _shade(place: int, many: int) -> str:
    """The color of a point: the higher it is, the deeper."""
    share = place / max(many - 1, 1)
    return "".join(f"{round(low + (high - low) * share):02X}" for low, high in zip(_PALE, _DEEP, strict=True))


_DRAWS: Mapping[str, Callable[[_Writer, Any], None]] = {
    "Heading": _Writer.heading,
    "Paragraph": _Writer.paragraph,
    "Quotation": _Writer.quotation,
    "Facts": _Writer.facts,
    "Listing": _Writer.listing,
    "References": _Writer.references,
    "PageBreak": _Writer.page_break,
    "Checklist": _Writer.checklist,
    "Task": _Writer.task,
    "Tasks": _Writer.tasks,
    "Table": _Writer.table,
    "Bars": _Writer.bars,
    "Ratings": _Writer.ratings,
    "Distributions": _Writer.distributions,
    "Sides": _Writer.sides,
}
