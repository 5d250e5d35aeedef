"""A Document on the screen: every block, read line by line, whole at every width."""

from __future__ import annotations

import datetime as dt

import pytest

from libwell.model.document import (
    Bar,
    Bars,
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
from libwell.terminal.screen_text import degrade, wrap

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
        Bars((Bar("Calm", 1.5, 0, 3, "1.5 of 3"), Bar("Pace", None, 0, 3, "no score yet: 1 of 4 rated"))),
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

  Calm: 1.5 of 3  \u2588\u2588\u2588\u2588\u2588\u2591\u2591\u2591\u2591\u2591
  Pace: no score yet: 1 of 4 rated

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
        (Bars(()), ""),
        (Bars((Bar("a", 3, 0, 3, ""), Bar("b", None, 0, 3, ""))), f"\n  a: {'█' * 10}\n  b: \u2014\n"),
        (Bars((Bar("two\nlines", 0, 0, 3, "0 of 3"),)), f"\n  two lines: 0 of 3  {'░' * 10}\n"),
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


def test_bars_can_be_read_where_there_is_only_ascii() -> None:
    text = render(Document("T", (Bars((Bar("Calm", 2, 0, 4, "2 of 4"),)),)))
    assert degrade(text, "ascii") == "T\n\n  Calm: 2 of 4  #####.....\n"
    assert degrade(text, "latin-1") == degrade(text, "ascii")
    assert degrade(text, "cp437") == text
