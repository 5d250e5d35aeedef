"""Days said to people, the same in every locale. How a typed day is read is in `days.reading`."""

from __future__ import annotations

import datetime as dt

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
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


def say_date(day: dt.date) -> str:
    """Say a day in full: `Tuesday, December 1, 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {say_day(day)}"


def say_day(day: dt.date) -> str:
    """Say a day without its weekday: `December 1, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def say_month(day: dt.date) -> str:
    """Say the month of a day: `December 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def say_day_read(day: dt.date, today: dt.date) -> str:
    """Say a typed day back with how far it is, so that a slip is seen: `…, in 8 days`."""
    days = (day - today).days
    far = f"in {days:,} days" if days > 0 else f"{-days:,} days ago: that day is past"
    near = {-1: "yesterday: that day is past", 0: "today", 1: "tomorrow"}
    return f"{say_date(day)}, {near.get(days, far)}"
