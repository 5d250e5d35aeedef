"""Days typed in numbers, or with the name of a month: `1.12.`, `24/12`, `2026-12-01`, `1 Dec`, `Dec 1st`.

Dots put the day first. Of slashes and hyphens a number over 12 decides, then the country; where nothing does,
both readings are said. It must not read days that are counted from today.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from libwell.errors import CannotReadError
from libwell.model.dates import MONTHS
from libwell.model.days.asked import DayAsked, date_or_none, is_within_years, known

Reader = Callable[[re.Match[str], DayAsked], dt.date | None]
Form = tuple[re.Pattern[str], Reader]

_MONTH_FIRST = frozenset({"US", "PH"})
_YEAR_FIRST = frozenset(
    ("AF", "BT", "CN", "HU", "IR", "JP", "KP", "KR", "LK", "LT", "MN", "NP", "SE", "TW", "ZA")
)
"""By the short date of the Unicode CLDR."""
_IN_BOTH_WAYS = frozenset(("CA", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "UM", "VI"))
"""Canada, and where the way of the United States is as much at home as another."""
_UNSETTLED = _YEAR_FIRST | _IN_BOTH_WAYS | {""}
_SHORT_YEAR = "With hyphens a year of two digits can be read in two ways. Type the year in full: 2026-12-01."


def forms(*given: tuple[str, Reader]) -> tuple[Form, ...]:
    """Make forms of patterns for small letters, each with what reads it."""
    return tuple((re.compile(pattern, re.ASCII), reader) for pattern, reader in given)


def read_as(known_forms: Iterable[Form], line: str, asked: DayAsked) -> dt.date | None:
    """Read a line in the first form it has; None if it has none, or names no single day in it.

    Raises CannotReadError for what is meant as a day and is none.
    """
    for pattern, reader in known_forms:
        found = pattern.fullmatch(line)
        if found:
            return reader(found, asked)
    return None


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for one of these words."""
    return "|".join(sorted(words, key=len, reverse=True))


def month_of(found: re.Match[str]) -> int:
    """Return the number of the month that is named."""
    return _NUMBERS[found["month"][:3]]


def both_readings(
    typed: str, one: tuple[int, int], other: tuple[int, int], *, year: str | None = None
) -> str:
    """Say that what was typed can be two days, each given as day and month, and how to type them."""
    behind = f", {_in_full(year)}" if year else ""
    names = " or ".join(f"{MONTHS[month - 1]} {day}{behind}" for day, month in (one, other))
    short = " or ".join(f"{MONTHS[month - 1][:3]} {day}{behind}" for day, month in (one, other))
    return f"{typed} can be {names}. Type {short}."


def _in_full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _day_of(asked: DayAsked, day: int, month: int, year: str | None) -> dt.date:
    """The day of these numbers; without a year the one that is meant. Raises CannotReadError."""
    if not 1 <= month <= 12:
        raise CannotReadError(f"There is no month {month}.")
    name, center = f"{MONTHS[month - 1]} {day}", asked.center.year
    years = range(center - 8, center + 9)  # as far apart as two February 29 can be
    if year:
        name, years = f"{name}, {_in_full(year)}", range(_in_full(year), _in_full(year) + 1)
    days = list(filter(None, (date_or_none(one, month, day) for one in years)))
    if not days:
        raise CannotReadError(f"There is no {name}.")
    if not year:
        return known(asked.choose(days))
    if len(year) == 2 and days[0] > asked.today and not is_within_years(days[0], asked.today, 10):
        raise CannotReadError(f"{name} is more than ten years ahead. Type the year in full.")
    return days[0]


# --- in numbers -----------------------------------------------------------------------------------


def _short_year(_found: re.Match[str], _asked: DayAsked) -> dt.date:
    """`1-12-26`, `1-Dec-26`: read in two ways, so that it is refused."""
    raise CannotReadError(_SHORT_YEAR)


def _in_numbers(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`1.12.`, `24/12`, `1-12-2026`, `1 12 26`."""
    day, month = int(found["first"]), int(found["second"])
    if found["between"] in {"/", "-"}:
        if _is_month_first(found, asked):
            day, month = month, day
    elif month > 12:
        raise CannotReadError(f"There is no month {month}. With dots and blanks the day comes first.")
    return _day_of(asked, day, month, found["year"])


def _is_month_first(found: re.Match[str], asked: DayAsked) -> bool:
    """Whether the first of two numbers is the month. Raises CannotReadError where nothing decides it."""
    first, second = int(found["first"]), int(found["second"])
    if 0 in {first, second} or first > 12 or first == second:
        return False
    if second > 12:
        return True
    if asked.country in _UNSETTLED:
        raise CannotReadError(both_readings(found[0], (first, second), (second, first), year=found["year"]))
    return asked.country in _MONTH_FIRST


def _year_first(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`2026-12-01`, `2026/12/1`, `2026. 12. 1.`, `20261201`."""
    return _day_of(asked, int(found["day"]), int(found["month"]), found["year"])


# --- by the name of the month ---------------------------------------------------------------------


def _by_name(found: re.Match[str], asked: DayAsked) -> dt.date:
    """`1 Dec`, `1st of December, 2027`, `Dec 1`, `1-Dec-2026`."""
    return _day_of(asked, int(found["day"]), month_of(found), found["year"])


_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH = rf"(?P<month>{any_of([*(name.lower() for name in MONTHS), *_NUMBERS, 'sept'])})\.?"
"""A pattern for the name of a month, in full or short."""
_YEAR = r"(?P<year>\d{4}|\d{2})"
_LONG_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_BETWEEN = r"(?P<between>\.|/|-| )(?:(?<=\.) )?"
_AGAIN = r"(?P=between)(?:(?<=\.) )?"
_DAY_AND_MONTH = rf"(?:the )?{_NTH}(?: of |\. ?|/|-| |){MONTH}"

DATES = forms(
    (rf"(?:\d{{1,2}}-\d{{1,2}}|{_DAY_AND_MONTH})-\d\d", _short_year),
    (rf"(?P<first>\d{{1,2}}){_BETWEEN}(?P<second>\d{{1,2}})(?:{_AGAIN}{_YEAR})?", _in_numbers),
    (rf"{_LONG_YEAR}{_BETWEEN}(?P<month>\d{{1,2}}){_AGAIN}{_DAY}", _year_first),
    (r"(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)", _year_first),
    (rf"{_DAY_AND_MONTH}(?:(?:, ?| |/|-|\.){_YEAR})?", _by_name),
    (rf"{MONTH} (?:the )?{_NTH}(?:(?:, ?| ){_YEAR})?", _by_name),
    (rf"{_LONG_YEAR}(?: |-){MONTH}(?: |-){_DAY}", _by_name),
)
