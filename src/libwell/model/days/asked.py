"""What a day is typed for, and counting days, months and years up to both ends of the calendar.

What lies outside the calendar is refused as any day is that lies too far away. It must not read any text.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from libwell.errors import CannotReadError

TOO_FAR = "That day is more than 100 years away. Look at the year once more."


@dataclass(frozen=True, slots=True)
class DayAsked:
    """What a day is typed for, where and when.

    `today` is the local day, `country` the configured one (two letters; empty: none). What `is_due` by a day
    lies ahead; any other day lies anywhere from `not_before` to `not_after`.
    """

    today: dt.date
    country: str = ""
    is_due: bool = True
    not_before: dt.date = dt.date.min
    not_after: dt.date = dt.date.max

    @property
    def center(self) -> dt.date:
        """The day around which to look: today, or the bound nearest to it."""
        return min(max(self.today, self.not_before), self.not_after)

    def choose(self, days: Iterable[dt.date]) -> dt.date | None:
        """Say which of several days is meant; None if none can be.

        Of what is due it is the first from today on; else the nearest within the bounds, or to them.
        """
        if self.is_due:
            return min((day for day in days if day >= self.today), default=None)
        return min(days, key=self._unlikeliness, default=None)

    def _unlikeliness(self, day: dt.date) -> tuple[bool, dt.timedelta, dt.date]:
        is_inside = self.not_before <= day <= self.not_after
        return not is_inside, abs(day - self.center), day


def known(day: dt.date | None) -> dt.date:
    """Return the day. Raises CannotReadError if it lies outside the calendar."""
    if day is None:
        raise CannotReadError(TOO_FAR)
    return day


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """Return that day; None if there is none."""
    with suppress(ValueError):
        return dt.date(year, month, day)
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
