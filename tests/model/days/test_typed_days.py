"""Days as people type them: a day, refused with the reason, or no day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from libwell.errors import CannotReadError
from libwell.model.dates import MONTHS, say_date
from libwell.model.days.asked import DayAsked
from libwell.model.days.reading import read_day
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2026, 11, 26)
"""A Thursday."""
DUE = DayAsked(TODAY)
DATE = DayAsked(TODAY, is_due=False)
REFUSED = "refused"


def outcome(text: str, asked: DayAsked = DUE) -> str | None:
    """The day as 2026-12-01, or refused, or None."""
    try:
        day = read_day(text, asked)
    except CannotReadError:
        return REFUSED
    return day.isoformat() if day else None


def reason(text: str, asked: DayAsked = DUE) -> str:
    with pytest.raises(CannotReadError) as caught:
        read_day(text, asked)
    return str(caught.value)


READ = {
    "2026-11-26": ("today", "26 Nov", "the 26th", "26/11", "26.11.", "20261126", "NOV 26", " today "),
    "2026-11-27": ("tomorrow", "friday", "by friday", "this friday", "fri", "Fri.", "end of the week"),
    "2026-11-25": ("yesterday", "last wednesday", "1d ago", "a day ago"),
    "2026-12-01": (
        *("2026-12-01", "2026/12/01", "2026.12.1", "2026 12 1", "2026. 12. 1.", "2026-Dec-01", "2026 dec 1"),
        *("1.12.", "1.12", "01.12.", "1.12.2026", "1.12.26", "1. 12. 26", "1. 12.", "1 12 2026", "1 12"),
        *("1 dec", "1 dec.", "Dec 1st", "1st of December", "the 1st of dec", "december the 1st", "1. Dec."),
        *("1 dec 26", "1-dec", "1/dec/26", "1-Dec-2026", "1dec", "dec 1, 2026", "1 december, 2026"),
        *("tuesday", "on the 1st", "1st", "by 1 December", "Tuesday, December 1, 2026", "tue 1.12."),
        *("1 dec 10:00", "1.12. at 9", "1 dec at 9.30", "1 dec 2026 9 a.m.", "1\u00a0Dec", "1 \t dec"),
    ),
    "2027-01-03": ("3.1.", "3 january", "jan 3"),
    "2026-12-24": ("24/12", "12/24", "24-12", "24/12/26", "12-24-2026"),
    "2026-12-12": ("12/12", "12/12/26", "12-12"),
    "2027-11-25": ("25 nov", "25.11."),
    "2026-12-03": ("thursday", "thur", "thurs", "in a week", "7d"),
    "2026-12-02": ("weds", "wednesday"),
    "2026-12-04": ("next friday", "friday week", "a week from friday", "end of next week", "8 days from now"),
    "2026-11-30": ("next monday", "monday", "end of month", "the end of the month", "end of november"),
    "2026-11-23": ("last monday", "3 days ago"),
    "2026-11-19": ("last thursday", "1 week ago"),
    "2026-12-08": ("tuesday the 8th", "tue 8th"),
    "2026-12-10": ("in 2 weeks", "2w", "2 weeks", "in a fortnight", "in two weeks", "14 days"),
    "2026-11-29": ("in 3 days", "3 days", "3d", "three days", "2 days from tomorrow", "3 days from today"),
    "2026-12-26": ("in 1 month", "in a month", "saturday the 26th"),
    "2027-05-26": ("in 6 months", "in six months"),
    "2027-11-26": ("in a year", "in 12 months"),
    "2025-11-26": ("a year ago", "12 months ago"),
    "2026-12-31": ("end of next month", "end of the year", "end of year", "31 dec", "the 31st"),
    "2027-12-31": ("end of next year", "end of december 2027"),
    "2027-01-31": ("end of january", "end of jan"),
    "2028-02-29": ("29 feb", "29.2.", "29 feb 2028", "end of february 2028"),
    "2026-12-15": ("the 15th", "15th", "by the 15th"),
}  # fmt: skip
TIMED = ("friday at 9", "friday 9am", "friday noon", "friday at noon", "friday, 9:30", "friday at 9.30 pm")
WORDS = (
    *("", " ", "soon", "asap", "christmas", "spring", "end of term", "when Joy is back", "may be friday"),
    *("this month", "next month", "this week", "next week", "q1 2027", "december", "may", "dec 2027", "2027"),
    *("9am", "at 9", "noon", "10:30", "in 10", "1", "2.", "12", "the 5", "0d", "in 0 days", "a week"),
    *("one day", "1-3 dec", "1-3 Dec 2026", "after friday", "before 1 dec", "ask ana on friday"),
    *("friday 10", "friday or monday", "friday at 25", "friday 9:75", "friday 13pm", "next next friday"),
    *("12345678", "2026-12", "12/2026", "12.2026", "1 2027", "2026-", "1.12/2026", "1-12.26", "1. 12 2026"),
    *("1,12", "1..12", "1.12..", "1//12", "1.12.026", "001.12.", "1.12.2", "1 2 3 4", "-1", "123"),
    *("\uff11.\uff11\uff12.", "\u0661.\u0661\u0662.", "\u00b2d", "1\n12", "in \u0665 days"),
    *("x" * 61, "1 dec " + " " * 60 + "x", "\x00", "the", "by", "on", "by by friday", "3 apples", "1m"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text"), [(day, text) for day, texts in READ.items() for text in texts])
def test_a_day_is_read(day: str, text: str) -> None:
    assert outcome(text) == day
    assert outcome(text.upper()) == day


@pytest.mark.parametrize("text", TIMED)
def test_a_time_that_is_one_for_sure_leaves_the_day(text: str) -> None:
    assert outcome(text) == "2026-11-27"


@pytest.mark.parametrize("text", WORDS, ids=repr)
def test_what_names_no_single_day_is_none(text: str) -> None:
    assert outcome(text) is None
    assert outcome(text, DATE) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1/12", "1/12 can be December 1 or January 12. Type Dec 1 or Jan 12."),
        ("1-12", "1-12 can be December 1 or January 12. Type Dec 1 or Jan 12."),
        (
            "by 3/4/27 at 9",
            "3/4/27 can be April 3, 2027 or March 4, 2027. Type Apr 3, 2027 or Mar 4, 2027.",
        ),
        ("31 feb", "There is no February 31."),
        ("31.4.", "There is no April 31."),
        ("29.2.2027", "There is no February 29, 2027."),
        ("0.5.", "There is no May 0."),
        ("2026-13-01", "There is no month 13."),
        ("2026-00-10", "There is no month 0."),
        ("12.24.2026", "There is no month 24. With dots and blanks the day comes first."),
        ("13/14", "There is no month 14."),
        ("0/5", "There is no May 0."),
        ("the 32nd", "There is no 32nd."),
        ("0th", "There is no 0th."),
        ("monday 15 dec", "December 15, 2026 is a Tuesday, not a Monday."),
        ("monday, 1.12.", "December 1, 2026 is a Tuesday, not a Monday."),
        ("tuesday 30th february", "There is no February 30."),
        ("1.12.37", "December 1, 2037 is more than ten years ahead. Type the year in full."),
        ("1 dec 99", "December 1, 2099 is more than ten years ahead. Type the year in full."),
    ],
)
def test_what_is_no_such_day_is_refused_with_the_reason(text: str, said: str) -> None:
    assert reason(text) == said


@pytest.mark.parametrize("text", ["26-12-01", "1-12-26", "12-13-26", "1-dec-26"])
def test_hyphens_want_the_year_in_full(text: str) -> None:
    assert "Type the year in full" in reason(text)


@pytest.mark.parametrize(
    "text", ["1 dec 2127", "1.12.1925", "0000-01-01", "9999-12-31", "in 101 years", f"in {'9' * 50} days"]
)
def test_what_is_over_a_hundred_years_away_is_refused(text: str) -> None:
    assert outcome(text) == REFUSED


def test_a_hundred_years_are_counted_to_the_day() -> None:
    assert outcome("26 nov 2126") == "2126-11-26"
    assert outcome("27 nov 2126") == REFUSED
    assert outcome("26 nov 1926") == "1926-11-26"
    assert outcome("25 nov 1926") == REFUSED
    assert outcome("26.11.36") == "2036-11-26"
    assert outcome("27.11.36") == REFUSED
    assert outcome("27.11.2036") == "2036-11-27"


# --- the country ----------------------------------------------------------------------------------

MONTH_FIRST, DAY_FIRST = ("US", "PH"), ("GB", "DE", "AU", "IN", "FR", "BR")
UNSETTLED = ("", "CA", "CN", "JP", "KR", "HU", "LT", "MN", "SE", "TW", "PR")


@pytest.mark.parametrize("country", [*MONTH_FIRST, *DAY_FIRST, *UNSETTLED])
@pytest.mark.parametrize("separator", "/-")
def test_the_country_says_which_number_is_the_month(country: str, separator: str) -> None:
    day, month = f"1{separator}12{separator}2026", f"12{separator}1{separator}2026"
    expected = {
        MONTH_FIRST: ("2026-01-12", "2026-12-01"),
        DAY_FIRST: ("2026-12-01", "2026-01-12"),
        UNSETTLED: (REFUSED, REFUSED),
    }
    (both,) = (found for countries, found in expected.items() if country in countries)
    assert tuple(outcome(text, DayAsked(TODAY, country)) for text in (day, month)) == both


@pytest.mark.parametrize("country", [*MONTH_FIRST, *DAY_FIRST, *UNSETTLED])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_of_a_year_in_every_order(country: str, month: int) -> None:
    asked = DayAsked(TODAY, country)
    for number in range(1, 29):
        day = dt.date(2027, month, number)
        coming = day if day < TODAY.replace(year=2027) else day.replace(year=2026)
        for text in (f"{number}.{month}.", f"{number}.{month}"):
            assert outcome(text, asked) == coming.isoformat()
        assert outcome(f"{number:02}.{month:02}.2027", asked) == day.isoformat()
        turned = dt.date(2027, number, month) if number <= 12 else day
        if number <= 12 and number != month and country in UNSETTLED:
            assert outcome(f"{number}/{month}/27", asked) == REFUSED
        elif country in MONTH_FIRST:
            assert outcome(f"{number}/{month}/27", asked) == turned.isoformat()
        else:
            assert outcome(f"{number}/{month}/27", asked) == day.isoformat()


# --- digits and separators alone ------------------------------------------------------------------


def spellings(day: dt.date) -> set[str]:
    """Every way the rules let digits name a day, no country being set, told without the grammar."""
    numbers = [f"{day.day}", f"{day.day:02}"], [f"{day.month}", f"{day.month:02}"]
    years = {f"{day.year:04}"} | ({f"{day.year % 100:02}"} if 2000 <= day.year < 2100 else set())
    is_clear = day.day > 12 or day.day == day.month
    is_next = not any(TODAY <= other < day for other in _same_days(day))
    found = {day.strftime("%Y%m%d")}
    for one, other in product(*numbers):
        for separator in "./- ":
            found.add(f"{day.year:04}{separator}{other}{separator}{one}")
            pairs = [f"{one}{separator}{other}"] if is_clear or separator in ". " else []
            pairs += [f"{other}{separator}{one}"] if is_clear and separator in "/-" else []
            found |= {
                f"{pair}{separator}{year}"
                for pair in pairs
                for year in years
                if separator != "-" or len(year) == 4
            }
            found |= set(pairs) if is_next else set()
    return found


def _same_days(day: dt.date) -> Iterator[dt.date]:
    for year in range(TODAY.year, day.year):
        if day.day <= calendar.monthrange(year, day.month)[1]:
            yield day.replace(year=year)


NUMBERS = st.sampled_from(["1", "01", "2", "12", "13", "26", "29", "31", "00", "2026", "2028", "20261201"])
DIGITS = st.lists(st.tuples(NUMBERS, st.sampled_from([".", "/", "-", " ", ". ", ""])), min_size=1, max_size=4)


@pytest.mark.thorough
@examples(2_000)
@given(st.text("0123456789./- ", max_size=12) | DIGITS.map(lambda pairs: "".join(map("".join, pairs))))
@example("1.12.")
@example("26-12-01")
def test_digits_and_separators_give_no_day_that_the_rules_do_not_name(text: str) -> None:
    found = outcome(text)
    if found not in {None, REFUSED}:
        even = re.sub(" +", " ", text.strip()).replace(". ", ".").removesuffix(".")
        assert even in spellings(dt.date.fromisoformat(found))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2036, 11, 26)))
def test_digits_that_name_a_day_by_the_rules_are_read(day: dt.date) -> None:
    for text in spellings(day):
        is_ahead = day >= TODAY or len(re.findall("[0-9]+", text)) != 2
        assert not is_ahead or outcome(text) == day.isoformat()


# --- questions for a day --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 Nov", "2026-11-03"),
        ("15 oct", "2026-10-15"),
        ("1 Dec", "2026-12-01"),
        ("end of january", "2027-01-31"),
        ("end of october", "2026-10-31"),
        ("the 15th", "2026-11-15"),
        ("29 feb", "2028-02-29"),
        ("last monday", "2026-11-23"),
        ("next friday", "2026-12-04"),
        ("2 weeks ago", "2026-11-12"),
        ("spring", None),
    ],
)
def test_a_question_takes_the_nearest_day(text: str, day: str | None) -> None:
    assert outcome(text, DATE) == day


def test_of_two_days_as_near_the_earlier_is_taken() -> None:
    leap = DayAsked(dt.date(2027, 7, 2), is_due=False)
    assert outcome("1 jan", leap) == "2027-01-01"
    even = DayAsked(dt.date(2026, 3, 1), is_due=False)
    assert outcome("the 15th", even) == "2026-02-15"


@pytest.mark.parametrize(
    ("first", "last", "text", "day"),
    [
        (None, TODAY, "1 dec", "2025-12-01"),
        (None, TODAY, "3 jan", "2026-01-03"),
        (None, TODAY, "end of december", "2025-12-31"),
        (TODAY, None, "3 nov", "2027-11-03"),
        (dt.date(2027, 3, 1), dt.date(2027, 5, 31), "1 april", "2027-04-01"),
        (dt.date(2027, 3, 1), dt.date(2027, 5, 31), "1 june", "2027-06-01"),
        (dt.date(2040, 3, 1), None, "1 feb", "2041-02-01"),
        (dt.date(2000, 1, 1), dt.date(2010, 1, 1), "1 feb", "2009-02-01"),
    ],
)
def test_a_question_with_bounds_takes_the_day_inside_them(
    first: dt.date | None, last: dt.date | None, text: str, day: str
) -> None:
    first, last = first or dt.date.min, last or dt.date.max
    assert outcome(text, DayAsked(TODAY, is_due=False, not_before=first, not_after=last)) == day


def test_a_weekday_alone_can_be_past_or_coming_in_a_question() -> None:
    assert reason("monday", DATE) == "Monday can be November 23 or November 30. Type Nov 23 or Nov 30."
    assert reason("this thu", DATE) == "Thursday can be November 19 or December 3. Type Nov 19 or Dec 3."
    assert outcome("monday", DayAsked(TODAY, is_due=False, not_after=TODAY)) == REFUSED


# --- the calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ((2026, 12, 30), "2 Jan", "2027-01-02"),
        ((2026, 12, 31), "tomorrow", "2027-01-01"),
        ((2026, 12, 15), "in a month", "2027-01-15"),
        ((2026, 1, 31), "in 1 month", "2026-02-28"),
        ((2028, 1, 31), "in 1 month", "2028-02-29"),
        ((2028, 2, 29), "in a year", "2029-02-28"),
        ((2026, 3, 31), "a month ago", "2026-02-28"),
        ((2026, 12, 31), "end of next month", "2027-01-31"),
        ((2028, 2, 1), "end of month", "2028-02-29"),
        ((2026, 11, 30), "the 31st", "2026-12-31"),
        ((2026, 2, 1), "the 30th", "2026-03-30"),
        ((2026, 11, 28), "end of the week", "2026-12-04"),
        ((2026, 11, 27), "end of the week", "2026-11-27"),
        ((2026, 11, 29), "next friday", "2026-12-04"),
        ((2026, 11, 30), "next monday", "2026-12-07"),
        ((2026, 11, 27), "last friday", "2026-11-20"),
        ((2026, 11, 26), "monday the 31st", "2027-05-31"),
        ((9999, 12, 31), "tomorrow", REFUSED),
        ((9999, 12, 31), "next friday", REFUSED),
        ((9999, 12, 31), "1 jan", REFUSED),
        ((9999, 12, 31), "the 1st", REFUSED),
        ((9999, 12, 31), "end of next month", REFUSED),
        ((9999, 12, 31), "end of next year", REFUSED),
        ((9999, 12, 31), "in 2 months", REFUSED),
        ((1, 1, 1), "yesterday", REFUSED),
        ((1, 1, 1), "last monday", REFUSED),
        ((1, 1, 1), "a month ago", REFUSED),
        ((1, 1, 1), "1 jan", "0001-01-01"),
    ],
)
def test_months_years_and_the_calendar_end_where_they_do(
    today: tuple[int, int, int], text: str, day: str
) -> None:
    assert outcome(text, DayAsked(dt.date(*today))) == day


def test_a_day_of_the_month_and_a_weekday_agree_within_twelve_months() -> None:
    assert reason("friday the 31st") == "No 31st within twelve months is a Friday."


@given(st.dates(TODAY, dt.date(2126, 11, 26)))
def test_a_day_is_read_as_it_is_said(day: dt.date) -> None:
    for text in (say_date(day), f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat()):
        assert outcome(text) == day.isoformat()


WORDS_OF_DAYS = (
    *("by", "on", "at", "the", "of", "a", "an", "in", "ago", "from", "end", "next", "last", "this", "friday"),
    *("mon", "tues", "may", "dec", "september", "week", "weeks", "days", "d", "w", "month", "year", "years"),
    *("today", "tomorrow", "noon", "9am", "10:00", "1", "3rd", "15th", "31", "32nd", "99", "2026", "0"),
    *("1.12.", "26/1", ",", ".", "-", "/"),
)
LINES = st.lists(st.sampled_from(WORDS_OF_DAYS), max_size=9).map(" ".join)
COUNTRIES = st.sampled_from(["", "US", "GB", "JP"])


@given(st.text(max_size=70) | LINES, st.dates(), COUNTRIES)
def test_any_text_on_any_day_is_a_day_refused_or_none(text: str, today: dt.date, country: str) -> None:
    for is_due in (True, False):
        found = outcome(text, DayAsked(today, country, is_due=is_due))
        assert found in {None, REFUSED} or dt.date.fromisoformat(str(found))


@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, " " * 1_000_000 + "x", "1." * 500_000, "friday " * 200_000]
)
def test_a_text_longer_than_any_day_is_not_looked_at(text: str) -> None:
    assert outcome(text) is None
