"""Dates as people say them: `2026-12-01`, `1 Dec`, `next Friday`, `in 2 weeks`."""

from __future__ import annotations

import datetime as dt
import re
import warnings

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DAY = re.compile(
    r"(?:(?:by|in|next|this|early|late|mid)[\s-]+)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{4})?|\d{1,2}[\s./-]+\d{4})"
    r"|\d{4}[\s./-]+(?:\d{1,2}[\s./-]*)?"
    r"|(?:the\s+)?\d+(?:st|nd|rd|th)?|(?:at\s+)?(?:\d{1,2}:\d{2}|noon|midnight)|[a-z]",
    re.IGNORECASE,
)
_LONGEST = 60


def read_date(text: str, today: dt.date) -> dt.date | None:
    """Read a day, counted from today and looking forward; None if it names no single day.

    A month, a year or a time of day alone is no day ("May" would become a date nobody meant).
    """
    text = text.strip()
    if _ISO.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None
    if len(text) > _LONGEST or _NO_DAY.fullmatch(text):
        return None
    return _read_human_date(text, today)


def _read_human_date(text: str, today: dt.date) -> dt.date | None:
    import dateparser  # seven starts of Python; only when somebody types a date

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "PREFER_DATES_FROM": "future",
                "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
                "RETURN_AS_TIMEZONE_AWARE": False,
            },
        )
    return found.date() if found else None


def say_date(day: dt.date) -> str:
    """Say a day in full, the same in every locale: `Tuesday, 1 December 2026`."""
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
