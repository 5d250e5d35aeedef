"""Days as people type them: `1 Dec`, `next Friday`, `in 2 weeks`, `end of January`, `the 15th`.

Each form that is known stands in a table with what reads it. What can be two days is refused, and what has no
form is no day: a wrong day would go unseen into plan and calendar. It must not ask a clock or a setting.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from libwell.errors import CannotReadError
from libwell.model.dates import WEEKDAYS, say_day
from libwell.model.days.asked import (
    TOO_FAR,
    DayAsked,
    coming,
    date_or_none,
    days_on,
    end_of_month,
    is_within_years,
    known,
    months_on,
)
from libwell.model.days.dated import DATES, MONTH, Form, any_of, both_readings, forms, month_of, read_as

_LONGEST = 60


def read_day(text: str, asked: DayAsked) -> dt.date | None:
    """Read a typed day; None if the text names no single day.

    Raises CannotReadError, with both readings or the reason, for what is meant as a day and is not clear,
    does not exist, or is more than a hundred years away.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    day = read_as(_FORMS, _plain(text), asked)
    if day and not is_within_years(day, asked.today, 100):
        raise CannotReadError(TOO_FAR)
    return day


def _plain(text: str) -> str:
    """The line in small letters, without `by` or `on` in front and without a time of day behind."""
    line = _BLANKS.sub(" ", text).lower()
    return _TIME.sub("", line.removeprefix("by ").removeprefix("on ")).removesuffix(".")


# --- weekdays -------------------------------------------------------------------------------------


def _on_weekday(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`friday`, `this friday`. Where it may be past as well, it can be two days."""
    day = coming(_weekday(found), asked.today)
    if not asked.is_due:
        last = _last_weekday(found, asked)
        name = WEEKDAYS[day.weekday()]
        raise CannotReadError(both_readings(name, (last.day, last.month), (day.day, day.month)))
    return day


def _next_weekday(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`next friday`: the one in the following week, which begins on Monday."""
    return days_on(asked.today, 7 - asked.today.weekday() + _weekday(found))


def _last_weekday(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`last friday`: the one before today."""
    return days_on(asked.today, (_weekday(found) - asked.today.weekday()) % -7 or -7)


def _weekday_week(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`friday week`: seven days after the coming one."""
    return days_on(coming(_weekday(found), asked.today), 7)


def _weekday_and_day(found: re.Match[str], asked: DayAsked) -> dt.date | None:
    """`tuesday the 8th`, `monday 15 dec`: both have to agree."""
    weekday = _weekday(found)
    nth = _NTH.fullmatch(found["rest"])
    if nth:
        return _nth_of_month(nth, asked, weekday)
    day = read_as(DATES, found["rest"], asked)
    if day and day.weekday() != weekday:
        raise CannotReadError(f"{say_day(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}.")
    return day


def _weekday(found: re.Match[str]) -> int:
    return _WEEKDAY_NUMBERS[found["weekday"][:3]]


# --- a day of some month --------------------------------------------------------------------------


def _nth_of_month(found: re.Match[str], asked: DayAsked, weekday: int | None = None) -> dt.date:
    """`the 15th`: the next such day, or the nearest; on that weekday, within twelve months."""
    number = int(found["day"])
    if not 1 <= number <= 31:
        raise CannotReadError(f"There is no {found['nth']}.")
    days = [day for day in _each_month(asked, number) if weekday in {None, day.weekday()}]
    chosen = asked.choose(days)
    if chosen is None and weekday is not None:
        raise CannotReadError(f"No {found['nth']} within twelve months is a {WEEKDAYS[weekday]}.")
    return known(chosen)


def _each_month(asked: DayAsked, number: int) -> Iterator[dt.date]:
    """That day of each month that has it, at most twelve months away."""
    for end in _ends(asked):
        day = date_or_none(end.year, end.month, number)
        if day and is_within_years(day, asked.center, 1):
            yield day


def _ends(asked: DayAsked) -> Iterator[dt.date]:
    """The last days of the months up to a year around the one where the day is looked for."""
    year, month = asked.center.year, asked.center.month
    return filter(None, (end_of_month(year, month + count) for count in range(-12, 13)))


def _end_of_named_month(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`end of january`, `end of january 2028`."""
    month = month_of(found)
    if found["year"]:
        return known(end_of_month(int(found["year"]), month))
    return known(asked.choose(end for end in _ends(asked) if end.month == month))


# --- counted from today ---------------------------------------------------------------------------


def _named_day(found: re.Match[str], asked: DayAsked) -> dt.date:
    return days_on(asked.today, _NAMED_DAYS[found[0]])


def _counted(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`in 3 days`, `2w`, `2 weeks ago`, `a week from friday`."""
    count = int(_COUNTS.get(found["count"], found["count"]))
    move_on, size = _UNITS[found["unit"][0]]
    day = coming(_weekday(found), asked.today) if found["weekday"] else asked.today
    start = days_on(day, _NAMED_DAYS.get(found["from"], 0))
    return move_on(start, -count * size if found["ago"] else count * size)


def _end_of_span(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`end of the month`, `end of next year`; a week ends on Friday."""
    today, later = asked.today, int(found["which"] == "next")
    if found["span"] == "week":
        return days_on(today, (4 - today.weekday()) % 7 + 7 * later)
    months = {"month": today.month + later, "year": 12 + 12 * later}
    return known(end_of_month(today.year, months[found["span"]]))


# --- the forms ------------------------------------------------------------------------------------

_WEEKDAY_NUMBERS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
_NAMED_DAYS = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
_ONE = ("a", "an", "one")
_MORE = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = dict.fromkeys(_ONE, 1) | {word: number for number, word in enumerate(_MORE, 2)}
_UNITS = {"d": (days_on, 1), "w": (days_on, 7), "f": (days_on, 14), "m": (months_on, 1), "y": (months_on, 12)}

_WEEKDAY_NAMES = (*(name.lower() for name in WEEKDAYS), *_WEEKDAY_NUMBERS, "tues", "weds", "thur", "thurs")
_WEEKDAY = rf"(?P<weekday>{any_of(_WEEKDAY_NAMES)})\.?"
_UNIT = "days?|weeks?|fortnights?|months?|years?"
_SPANS = (
    rf"(?P<count>0*[1-9]\d*) ?(?P<unit>{_UNIT}|d|w)",
    rf"(?P<count>{any_of(_COUNTS)}) (?P<unit>{_UNIT})",
)
_UNCLEAR = rf"in .*(?: ago| from .*)|(?:{any_of(_ONE)}) \w+"
"""By itself `one day` may be any day."""
_COUNTED_FROM = rf"(?P<ago> ago)| from (?P<from>now|today|tomorrow|{_WEEKDAY})"
_HOUR, _HALF_DAY, _MINUTES = r"(?:[01]?\d|2[0-3])", r"(?:0?[1-9]|1[0-2])", r"[0-5]\d"
_CLOCK = (
    rf"{_HOUR}:{_MINUTES}|{_HALF_DAY}(?:[:.]{_MINUTES})? ?[ap]\.?m\.?|noon|midday|morning|afternoon|evening"
)
_BLANKS = re.compile(r"[ \t\u00a0]+")
_TIME = re.compile(rf"(?<=.),?(?:(?: at)? (?:{_CLOCK})| at {_HOUR}(?:\.{_MINUTES})?)\Z", re.ASCII)
_NTH = re.compile(r"(?:the )?(?P<nth>(?P<day>\d{1,2})(?:st|nd|rd|th))", re.ASCII)

_FORMS: tuple[Form, ...] = (
    *DATES,
    (_NTH, _nth_of_month),
    *forms(
        ("today|tomorrow|yesterday", _named_day),
        (rf"(?:this )?{_WEEKDAY}", _on_weekday),
        (rf"next {_WEEKDAY}", _next_weekday),
        (rf"last {_WEEKDAY}", _last_weekday),
        (rf"{_WEEKDAY} week", _weekday_week),
        (rf"{_WEEKDAY},? (?P<rest>.+)", _weekday_and_day),
        *((rf"(?!(?:{_UNCLEAR})\Z)(?:in )?{span}(?:{_COUNTED_FROM})?", _counted) for span in _SPANS),
        (r"(?:the )?end of (?:(?P<which>the|this|next) )?(?P<span>week|month|year)", _end_of_span),
        (rf"(?:the )?end of {MONTH}(?: (?P<year>\d{{4}}))?", _end_of_named_month),
    ),
)
