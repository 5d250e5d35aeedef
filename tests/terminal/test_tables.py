"""Short lists: columns where they fit, a block a row where they don't."""

from __future__ import annotations

from libwell.terminal.screen_text import cell_width, columns

HEADS = ["id", "title", "minutes"]
ROWS = [["staff-care", "Staff care, self-care", "15"], ["space", "A calm space", "5"]]


def test_columns_are_aligned_where_they_fit() -> None:
    assert columns(ROWS, HEADS, 80) == (
        "id          title                  minutes\n"
        "staff-care  Staff care, self-care  15\n"
        "space       A calm space           5\n"
    )
    assert columns(ROWS, HEADS, 42).startswith("id   ")


def test_blocks_where_they_do_not() -> None:
    assert columns(ROWS, HEADS, 41) == (
        "id: staff-care\ntitle: Staff care, self-care\nminutes: 15\n"
        "\n"
        "id: space\ntitle: A calm space\nminutes: 5\n"
    )


def test_wide_characters_take_two_columns() -> None:
    lines = columns([["\u56f3\u66f8", "x"], ["abcd", "y"], ["caf\u00e9", "z"]], ["a", "b"], 80).splitlines()
    assert lines == ["a     b", "\u56f3\u66f8  x", "abcd  y", "caf\u00e9  z"]


def test_cells_stay_on_their_line_and_do_nothing() -> None:
    assert columns([["a\n\tb", "\x1b[31m\u202e"]], ["one", "two"], 80) == (
        "one  two\na b  [U+001B][31m[U+202E]\n"
    )


def test_empty_cells_and_no_rows() -> None:
    assert columns([["", "x"], ["y", ""]], ["a", "b"], 80) == "a  b\n   x\ny\n"
    assert columns([["", "x"], ["y", ""]], ["a", "b"], 2) == "b:\nx\n\na:\ny\n"
    assert columns([], ["a"], 80) == ""


LONG = [["care", "What is good here, and what you would like done better by next year", "15"]]


def test_the_column_that_may_be_cut_gives_room_at_whole_words() -> None:
    assert columns(LONG, HEADS, 50, shrinks=1) == (
        "id    title                                minutes\ncare  What is good here, and what you …    15\n"
    )
    wide = [["\u56f3", "\u66f8\u9928 " * 30, "15"]]
    assert max(map(cell_width, columns(wide, HEADS, 80, shrinks=1).splitlines())) <= 80


def test_where_too_little_would_stay_nothing_is_cut() -> None:
    assert columns(LONG, HEADS, 40, shrinks=1) == (
        "id: care\ntitle: What is good here, and what you\nwould like done better by next year\nminutes: 15\n"
    )
