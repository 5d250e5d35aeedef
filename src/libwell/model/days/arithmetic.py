"""Counting days, months and years, up to both ends of the calendar. It must not read any text.

What lies outside the calendar is refused as any day is that lies too far away.
"""

from __future__ import annotations

import calendar
import datetime as dt

from libwell.errors import CannotReadError

TOO_FAR = "That day is more than 100 years away. Look at the year once more."


def known(day: dt.date | None) -> dt.date:
    """Return the day. Raises CannotReadError if it lies outside the calendar."""
    if day is None:
        raise CannotReadError(TOO_FAR)
    return day


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """Return that day; None if there is none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def end_of_month(year: int, month: int) -> dt.date | None:
    """Return the last day of a month, counted on past December or back before January; None if too far."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def months_on(day: dt.date, count: int) -> dt.date:
    """Return the day so many months later; where that month has no such day, its last.

    Raises CannotReadError outside the calendar.
    """
    end = known(end_of_month(day.year, day.month + count))
    return end.replace(day=min(day.day, end.day))


def days_on(day: dt.date, count: int) -> dt.date:
    """Return the day so many days later. Raises CannotReadError outside the calendar."""
    try:
        return day + dt.timedelta(days=count)
    except OverflowError:
        raise CannotReadError(TOO_FAR) from None


def coming(weekday: int, today: dt.date) -> dt.date:
    """Return the first such weekday (Monday is 0) after today."""
    return days_on(today, (weekday - today.weekday() - 1) % 7 + 1)


def is_within_years(day: dt.date, today: dt.date, years: int) -> bool:
    """Whether a day is at most so many years before or after today."""
    first, last = sorted((day, today))
    apart = last.year - first.year
    return apart < years or (apart == years and (last.month, last.day) <= (first.month, first.day))
