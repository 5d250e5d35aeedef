"""Numbers said and rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libwell.model.numbers import Number, as_data, exact, in_full, on_scale, plain, rounded


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.675, "2.68"),
        (-2.675, "-2.68"),
        (1.005, "1.01"),
        (0.125, "0.13"),
        (-0.125, "-0.13"),
        (Fraction(9, 8), "1.13"),
        (Decimal("0.005"), "0.01"),
        (0.0049, "0"),
        (-0.0049, "0"),
        (10**20, "100000000000000000000"),
    ],
)
def test_a_half_is_rounded_away_from_zero(number: Number, text: str) -> None:
    assert plain(number) == text


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 5))
def test_it_rounds_what_was_typed(typed: Decimal, digits: int) -> None:
    nearest = typed.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert rounded(typed, digits=digits) == rounded(float(typed), digits=digits) == Fraction(nearest)
    assert Decimal(plain(typed, digits=digits)) == nearest


def test_a_number_for_programs_has_a_point_only_where_it_takes_one() -> None:
    assert [as_data(number) for number in (Fraction(4, 2), 2.0, Fraction(7, 3), Decimal("0.5"))] == [
        2,
        2,
        7 / 3,
        0.5,
    ]
    assert [type(as_data(number)) for number in (2.0, 2.5)] == [int, float]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_in_full_is_the_same_number(number: float) -> None:
    assert "e" not in in_full(number)
    assert exact(number) == Fraction(in_full(number))


@pytest.mark.parametrize(
    ("number", "low", "high", "text"),
    [
        (2.25, 0, 3, "2.25 of 3"),
        (-1, -2, 2, "-1, on a scale from -2 to 2"),
        (Fraction(3, 2), 1, 5, "1.5, on a scale from 1 to 5"),
        (-4, -6, 0, "-4, on a scale from -6 to 0"),
    ],
)
def test_a_number_says_its_scale_where_that_begins_elsewhere_than_at_zero(
    number: Number, low: int, high: int, text: str
) -> None:
    assert on_scale(number, low, high) == text
