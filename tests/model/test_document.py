"""Blocks that can be drawn, and what they are where nothing is: every way of showing says the same."""

from __future__ import annotations

from libwell.export.markdown import render as to_markdown
from libwell.model.document import (
    Bar,
    Document,
    Listing,
    Marks,
    Paragraph,
    Ratings,
    Reference,
    References,
    Table,
)
from libwell.terminal.blocks import render as to_screen

MARKS = Listing(("desk", "room"), title="Well"), Listing(("room",), title="Better")
BARS = Bar("Calm", 2, 0, 3, "2 of 3"), Bar("Signs", None, 0, 3, "don't know")
DRAWN = Document(
    "Test",
    (
        Marks(MARKS),
        Ratings(BARS),
        Ratings((Bar("", 1, 1, 5, "1 of 5"),)),
        Paragraph("x"),
        References((Reference("Care.", "https://a.b/"), Reference("A book."))),
    ),
)
PLAIN = Document(
    "Test",
    (
        *MARKS,
        Table(("", "Rating"), (("Calm", "2 of 3"), ("Signs", "don't know")), row_heads=True),
        Paragraph("1 of 5", tone="answer"),
        Paragraph("x"),
        Listing(("Care. https://a.b/", "A book.")),
    ),
)


def test_what_is_drawn_elsewhere_is_plain_words() -> None:
    assert tuple(DRAWN.plain_blocks) == PLAIN.blocks == tuple(PLAIN.plain_blocks)


def test_markdown_and_the_terminal_show_the_plain_words() -> None:
    assert to_markdown(DRAWN).replace("<https://a.b/>", "https:/\\/a.b/") == to_markdown(PLAIN)
    assert to_screen(DRAWN) == to_screen(PLAIN)


def test_everything_marked_is_a_row_with_the_marks_it_carries() -> None:
    assert list(Marks(MARKS).rows) == [("desk", (True, False)), ("room", (True, True))]
