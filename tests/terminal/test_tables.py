"""Short lists: columns where they fit, a block a row where they don't."""

from __future__ import annotations

from libwell.terminal.screen_text import columns

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
    assert columns([["", "x"]], ["a", "b"], 3) == "a:\nb: x\n"
    assert columns([], ["a"], 80) == ""
