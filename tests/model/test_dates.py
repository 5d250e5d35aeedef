"""Days said in full, and with how far they are."""

from __future__ import annotations

import datetime as dt

import pytest

from build import TODAY
from libwell.model.dates import say_date, say_day_read


def test_a_day_is_said_in_full() -> None:
    assert say_date(dt.date(2026, 12, 1)) == "Tuesday, December 1, 2026"
    assert say_date(dt.date(2027, 2, 28)) == "Sunday, February 28, 2027"
    assert say_date(dt.date(1, 1, 1)) == "Monday, January 1, 1"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (3653, "in 3,653 days"),
        (-1, "yesterday: that day is past"),
        (-3, "3 days ago: that day is past"),
    ],
)
def test_a_day_that_was_typed_is_said_with_how_far_it_is(days: int, said: str) -> None:
    day = TODAY + dt.timedelta(days=days)
    assert say_day_read(day, TODAY) == f"{say_date(day)}, {said}"
