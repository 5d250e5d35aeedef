"""CSV: no cell is a formula, the rule in docs/scripts.md gives every text back, and spreadsheets open it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acting import ANY_TEXT, BATCH, BATCHES, acting
from hostile import HOSTILE
from libwell.export.csv import render
from libwell.model.characters import make_visible
from libwell.model.sheet import Cell, Sheet
from readers import FORMULA, MARK, raw_text, read_rows
from tiers import examples


def written(*cells: Cell) -> str:
    """The row that cells make, without the header."""
    text = render(Sheet(tuple(f"c{number}" for number in range(len(cells))), (cells,)))
    return text.partition("\r\n")[2]


def test_it_has_a_mark_a_header_and_the_line_ends_of_spreadsheets() -> None:
    assert render(Sheet(("a", "b"), (("1", "2"), (None, "3")))) == f"{MARK}a,b\r\n1,2\r\n,3\r\n"
    assert render(Sheet(("a", "b"), ())) == f"{MARK}a,b\r\n"


def test_every_kind_of_cell_has_one_form() -> None:
    cells: list[Cell] = [None, "", True, False, 3, 3.0, 2.5, dt.date(2026, 12, 1)]
    assert written(*cells) == ",,true,false,3,3,2.5,2026-12-01\r\n"


def test_text_with_commas_quotes_or_line_feeds_is_quoted_and_stays_as_it_is() -> None:
    assert written("a, b", 'say "hi"', "one\ntwo", "one\r\ntwo") == (
        '"a, b","say ""hi""","one\ntwo","one\ntwo"\r\n'
    )


@pytest.mark.parametrize("first", sorted(FORMULA - set("\r\n\0")))
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(first: str) -> None:
    assert written(f"{first}1+1") == f"'{first}1+1\r\n"


def test_an_apostrophe_of_its_own_gets_another_so_that_one_can_always_be_dropped() -> None:
    assert written("'tis", "''", "it's") == "''tis,''',it's\r\n"


def test_a_line_feed_before_a_formula_does_not_help_it() -> None:
    assert written("\n=1+1", "\r\n=1+1", "\r=1+1", "\0=1+1") == (
        '"\'\n=1+1","\'\n=1+1",[U+000D]=1+1,[U+0000]=1+1\r\n'
    )


def test_a_number_below_zero_stays_a_number_and_a_text_of_it_does_not() -> None:
    assert written(-3, -2.5, "-3") == "-3,-2.5,'-3\r\n"


def test_what_acts_is_made_visible() -> None:
    assert written("\x1b[31mred \u202egnp") == "[U+001B][31mred [U+202E]gnp\r\n"


CELLS = ANY_TEXT | st.builds(str.__add__, st.sampled_from(sorted(FORMULA | {"'"})), ANY_TEXT)


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(st.lists(CELLS, min_size=BATCH, max_size=BATCH))
@example(list(HOSTILE)[: 6 * BATCH])
def test_ten_thousand_texts_come_back_and_none_is_a_formula(texts: list[str]) -> None:
    columns = tuple("abcd")
    rows = tuple(tuple(texts[start : start + 4]) for start in range(0, len(texts), 4))
    made = render(Sheet(columns, rows))
    assert acting(raw_text(made)) - {"\t"} == set()
    read = [cell for row in read_rows(made) for cell in row.values()]
    assert read == [make_visible(text) for text in texts]
