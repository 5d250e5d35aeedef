"""Days as people say them: one day, looking forward, or none; and said back in full."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import TODAY
from libwell.model.dates import read_date, say_date

# From Saturday, 21 November 2026.
READ = {
    "2026-12-01": (2026, 12, 1),
    " 2026-12-01 ": (2026, 12, 1),
    "2020-02-29": (2020, 2, 29),
    "1 Dec": (2026, 12, 1),
    "1 dec.": (2026, 12, 1),
    "Dec 1": (2026, 12, 1),
    "1st of December": (2026, 12, 1),
    "1 December 2027": (2027, 12, 1),
    "3 March": (2027, 3, 3),
    "by 3 March": (2027, 3, 3),
    "20 Nov": (2027, 11, 20),
    "29 Feb": (2028, 2, 29),
    "1 Dec 2025": (2025, 12, 1),
    "today": (2026, 11, 21),
    "tomorrow": (2026, 11, 22),
    "Friday": (2026, 11, 27),
    "fri": (2026, 11, 27),
    "next Friday": (2026, 11, 27),
    "on Monday": (2026, 11, 23),
    "Saturday": (2026, 11, 28),
    "in 2 weeks": (2026, 12, 5),
    "2 weeks": (2026, 12, 5),
    "in 14 days": (2026, 12, 5),
    "in six months": (2027, 5, 21),
    "NEXT FRIDAY": (2026, 11, 27),
}
NO_DAY = [
    *("", "   ", "soon", "later", "as soon as possible", "when Joy is back", "end of term", "Monday meeting"),
    *("May", "in March", "by December", "mid-May", "mar", "Jan 2027", "next March", "2027", "12", "the 5th"),
    *("12/2026", "12-2026", "03.2027", "1 2027", "by 12/2026", "10:30", "at 10:30", "noon", "a", "T", "5th"),
    *("2026-12", "2026-12-", "2026/1", "2026-", "2026 12"),
    *("Q3", "week 12", "spring", "before summer", "term 2", "2 people", "the roster on March 3", "may be"),
    *("30 Feb", "2026-02-30", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1x", "20261201"),
    *("x" * 61, "1 Dec " + " " * 60 + "x", "in 1000000 years", "in 99999999999 days", "\x00", "\uff11"),
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_a_day_is_read(text: str) -> None:
    assert read_date(text, TODAY) == dt.date(*READ[text])


@pytest.mark.parametrize("text", NO_DAY, ids=repr)
def test_what_names_no_single_day_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_looking_forward_crosses_the_year(year: int) -> None:
    assert read_date("2 Jan", dt.date(year, 12, 30)) == dt.date(year + 1, 1, 2)


@given(st.dates())
def test_a_date_is_read_as_it_is_written(day: dt.date) -> None:
    assert read_date(day.isoformat(), TODAY) == day


@settings(max_examples=40)
@given(st.text(max_size=70))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = read_date(text, TODAY)
    assert found is None or isinstance(found, dt.date)


@settings(max_examples=30)
@given(st.dates(dt.date(2026, 11, 22), dt.date(2027, 11, 20)))
def test_a_day_of_the_coming_year_is_read_as_it_is_said(day: dt.date) -> None:
    _, number, month, year = say_date(day).split()
    assert read_date(f"{number} {month}", TODAY) == day
    assert read_date(f"{number} {month} {year}", TODAY) == day


def test_a_day_is_said_in_full() -> None:
    assert say_date(dt.date(2026, 12, 1)) == "Tuesday, 1 December 2026"
    assert say_date(dt.date(2027, 2, 28)) == "Sunday, 28 February 2027"
    assert say_date(dt.date(1, 1, 1)) == "Monday, 1 January 1"
