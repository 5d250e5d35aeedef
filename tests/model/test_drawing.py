"""How long bars are drawn."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libwell.model.document import Bar
from libwell.model.drawing import lengths, share_of, text_bars

if TYPE_CHECKING:
    from collections.abc import Sequence


def bar(value: float | Fraction | None, low: int = 0, high: int = 3) -> Bar:
    return Bar("a", value, low, high, "")


def filled(bars: Sequence[Bar], beside: Sequence[Bar] = ()) -> list[int]:
    """How many cells of each are filled; all have as many cells."""
    drawn = text_bars(bars, beside=beside)
    assert len({len(text) for text in drawn}) == 1
    assert all(text == "█" * text.count("█") + "░" * text.count("░") for text in drawn)
    return [text.count("█") for text in drawn]


@pytest.mark.parametrize(
    ("value", "low", "high", "cells"),
    [
        (0, 0, 3, 0),
        (0.01, 0, 3, 1),
        (1.5, 0, 3, 5),
        (1.35, 0, 3, 5),
        (2.9, 0, 3, 9),
        (2.999, 0, 3, 9),
        (3, 0, 3, 10),
        (1, 1, 5, 0),
        (3, 1, 5, 5),
        (-1, -3, 0, 7),
        (10, 10, 50, 0),
        (41, 10, 50, 8),
        (1, 1, 1, 0),
    ],
)
def test_one_bar_has_ten_cells_from_the_lowest_to_the_highest(
    value: float, low: int, high: int, cells: int
) -> None:
    assert text_bars([bar(value, low, high)]) == ["█" * cells + "░" * (10 - cells)]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (4, "░░░░░█████"),
        (3, "░░░░░████░"),
        (0, "░░░░░░░░░░"),
        (-2, "░░░██░░░░░"),
        (-4, "█████░░░░░"),
    ],
)
def test_on_a_scale_from_below_0_to_above_a_bar_begins_at_0(value: int, drawn: str) -> None:
    assert text_bars([bar(value, -4, 4)]) == [drawn]


def test_beside_others_too_0_is_empty_and_different_numbers_end_at_different_places() -> None:
    drawn = text_bars([bar(0, -4, 4), bar(3), bar(-2, -4, 4), bar(1)])
    assert drawn == [
        "░░░░░░░░░░░░░░░░░░░░",
        "████████████████████",
        "░░░░░█████░░░░░░░░░░",
        "███████░░░░░░░░░░░░░",
    ]


def test_where_there_is_no_value_there_is_no_bar() -> None:
    assert text_bars([bar(None), bar(3)]) == ["", "█" * 10]


def test_what_ten_cells_do_not_tell_apart_is_drawn_in_more() -> None:
    assert text_bars([bar(2.25), bar(2.5)]) == ["█" * 15 + "░" * 5, "█" * 17 + "░" * 3]
    assert text_bars([bar(2.25)], beside=[bar(2.5)]) == ["█" * 15 + "░" * 5]
    assert filled([bar(2.25)], beside=[bar(2.25), bar(None)]) == [8]


def test_where_no_cells_are_enough_the_smaller_is_a_cell_shorter() -> None:
    assert filled([bar(count, 0, 5000) for count in (2500, 2501, 2499, 2500)]) == [19, 20, 18, 19]
    assert filled([bar(count, 0, 5000) for count in (0, 1, 2, 4999, 4998, 5000)]) == [0, 1, 2, 39, 38, 40]


CHARTS = st.integers(1, 5000).flatmap(
    lambda most: st.lists(st.integers(0, most).map(lambda value: bar(value, 0, most)), min_size=1)
)
MEANS = st.lists(
    st.builds(Fraction, st.integers(0, 3000), st.just(1000)).map(lambda value: bar(value, 0, 3)), min_size=1
)


@given(CHARTS | MEANS)
def test_bars_are_as_different_as_their_numbers(bars: list[Bar]) -> None:
    drawn = filled(bars)
    cells = len(text_bars(bars)[0])
    for one, long in zip(bars, drawn, strict=True):
        assert (long == 0) == (one.value == one.low)
        assert (long == cells) == (one.value == one.high)
        for other, as_long in zip(bars, drawn, strict=True):
            assert one.value is not None
            assert other.value is not None
            assert (long < as_long) == (one.value < other.value)


@pytest.mark.thorough
@given(st.sets(st.fractions(0, 1), min_size=1), st.integers(1, 200))
def test_any_measure_keeps_them_apart(shares: set[Fraction], most: int) -> None:
    gap = Fraction(most, len(shares) + 1)
    drawn = lengths(shares, lambda share: share * most, most=most, gap=gap)
    ends = sorted({Fraction(0), Fraction(1), *shares})
    assert [float(drawn[Fraction(end)]) for end in (0, 1)] == [0, most]
    assert all(drawn[more] - drawn[less] >= gap for less, more in pairwise(ends))


def test_a_share_lies_on_its_scale() -> None:
    assert [share_of(bar(value)) for value in (-1, 0, 1.5, 4, None)] == [0, 0, Fraction(1, 2), 1, None]
