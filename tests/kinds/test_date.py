"""Kind `date`. How days are read is shown in tests/model/days/."""

from __future__ import annotations

import datetime as dt

import pytest

from build import TODAY, around, keys_at, mistakes_in, places_wrong, prompt_of, take, worksheet_text
from libwell.errors import CannotReadError
from libwell.model.document import Paragraph

WHEN = prompt_of('kind = "date"')
SPRING = prompt_of('kind = "date", not_before = 2027-03-01, not_after = 2027-05-31')


def test_the_reading_is_said_back() -> None:
    taken = take(WHEN, "in 2 weeks")
    assert taken.value == dt.date(2026, 12, 5)
    assert taken.said == "Saturday, December 5, 2026, in 14 days."


@pytest.mark.parametrize("text", ["", "soon", "spring", "May"])
def test_what_is_no_day_says_what_was_expected(text: str) -> None:
    with pytest.raises(CannotReadError, match=r"A day was expected\. Such as 2026-12-01"):
        take(WHEN, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "There is no February 30, 2026."),
        ("1/12", "1/12 can be December 1 or January 12. Type Dec 1 or Jan 12."),
        ("monday", "Monday can be November 16 or November 23. Type Nov 16 or Nov 23."),
    ],
)
def test_a_day_that_is_not_clear_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(WHEN, text)
    assert str(caught.value) == said


def test_the_nearest_day_is_taken_and_the_country_counts() -> None:
    assert take(WHEN, "3 Nov").said == "Tuesday, November 3, 2026, 18 days ago: that day is past."
    assert take(WHEN, "1/12", country="US").value == dt.date(2027, 1, 12)


@pytest.mark.parametrize("text", ["2027-03-01", "1 April", "2027-05-31"])
def test_a_day_within_bounds(text: str) -> None:
    assert places_wrong(SPRING, take(SPRING, text).value) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027-02-28", "Sunday, February 28, 2027: the day is too early. Not before 2027-03-01."),
        ("1 June", "Tuesday, June 1, 2027: the day is too late. Not after 2027-05-31."),
    ],
)
def test_a_day_out_of_bounds(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(SPRING, text)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "value", ["2027-03-01", dt.datetime(2027, 3, 1, tzinfo=dt.UTC), dt.time(), 20270301, dt.date(2027, 6, 1)]
)
def test_what_is_no_such_day_is_no_value(value: object) -> None:
    assert places_wrong(SPRING, value) == [()]


def test_it_has_one_step_and_shows_as_a_date() -> None:
    (step,) = WHEN.steps(TODAY, around())
    assert (step.key, step.answer) == ((), "Saturday, November 21, 2026")
    assert WHEN.show(TODAY, around()) == (Paragraph("Saturday, November 21, 2026", tone="answer"),)
    assert WHEN.empty((), TODAY, around()).value is None
    assert list(WHEN.offers(TODAY, around())) == []
    assert keys_at(WHEN) == [()]


def test_bounds_that_leave_no_day_are_a_mistake() -> None:
    keys = 'id = "it", kind = "date", not_before = 2027-03-02, not_after = 2027-03-01'
    assert len(mistakes_in(worksheet_text(keys))) == 1
