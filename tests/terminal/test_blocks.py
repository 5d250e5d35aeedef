"""A Document on the screen: every block, read line by line, whole at every width."""

from __future__ import annotations

import datetime as dt

import pytest

from libwell.model.document import (
    Block,
    Checklist,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Table,
    Task,
)
from libwell.terminal.blocks import render
from libwell.terminal.wrapping import wrap

DOCUMENT = Document(
    "Staff care",
    (
        Facts((("Team", "Branch 4"), ("Date", ""))),
        Heading(2, "What we do well"),
        Quotation("Rest is\nwork.", "A source"),
        Heading(3, "What helps?"),
        Paragraph("One line of help.", tone="aside"),
        Paragraph("My words.\n\nTwo paragraphs.", tone="answer"),
        Listing(("one", "two\nlines"), title="Picked"),
        Checklist((("check-ins", True), ("a quiet room", False))),
        Table(("Area", "When", "Who"), (("Desk", "March", "Ana"), ("Office", "", "Joy")), row_heads=True),
        Table(("When", "Who"), (("May", "Ana"), ("June", "Joy"))),
        Task(
            "Ask for an hour",
            done=True,
            details=(("Who", "Ana"), ("By", "1 March 2027")),
            due=dt.date(2027, 3, 1),
        ),
        Task("Tell the team"),
    ),
)

SHOWN = """\
Staff care

  Team: Branch 4
  Date: \u2014


What we do well

    Rest is
    work.
    \u2014 A source

What helps?

  One line of help.

    My words.

    Two paragraphs.

  Picked:
  - one
  - two
    lines

  [x] check-ins
  [ ] a quiet room

  - Desk
    When: March
    Who: Ana
  - Office
    When: \u2014
    Who: Joy

  - When: May
    Who: Ana
  - When: June
    Who: Joy

  [x] Ask for an hour
      Who: Ana
      By: 1 March 2027

  [ ] Tell the team
"""


def test_every_block() -> None:
    assert render(DOCUMENT) == SHOWN


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_whole_at_every_width(width: int) -> None:
    text = render(DOCUMENT)
    folded = wrap(text, width)
    assert "".join(folded.split()) == "".join(text.split())
    assert max(map(len, folded.split("\n"))) <= width


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Paragraph(""), ""),
        (Listing(()), ""),
        (Listing(("",)), "\n  - \u2014\n"),
        (Table(("a",), ()), ""),
        (Table((), ((),)), ""),
        (Table(("a", "b"), (("", "x"),), row_heads=True), "\n  - \u2014\n    b: x\n"),
        (Facts((("a", "one\n\ntwo"),)), "\n  a: one\n\n    two\n"),
        (Heading(2, "two\nlines"), "\n\ntwo lines\n"),
        (Quotation("x", " "), "\n    x\n"),
    ],
)
def test_empty_and_odd_blocks(block: Block, shown: str) -> None:
    assert render(Document("T", (block,))) == "T\n" + shown
