"""Numbers as people type them: taken only where there is no doubt, else how to write them.

A plain number is digits of any script with one point at most, and a sign if need be. Whatever else may be
meant for a number is not taken: `1,5` is none, nor is `1.000`, which is one to some and a thousand to others.
It must not know what is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from libwell.model.numbers import as_data, exact

_LONGEST = 60
_MOST_DIGITS = 15
"""Digits that a number keeps, whatever reads it."""

_AMOUNT = r"(?P<number>[+-]?[0-9.,]+)"
_SIGN = r"(?P<sign>[%\u2030$\u20ac\u00a3\u00a5])"
_SAME = str.maketrans("\u2212\u066b\u2019\u00a0\u2009\u202f", "-.'   ")


class Typed(NamedTuple):
    """What a text can mean: no number, one, or two.

    `is_plain`: it is one number, without a doubt. `how` goes on where a sentence says what to type instead,
    such as `Type 1.5` with ` with a point`.
    """

    numbers: tuple[int | float, ...] = ()
    is_plain: bool = False
    how: str = ""


def read_number(text: str, *, unit: str = "") -> Typed:
    """Read what was typed for a number; its unit may stand with it."""
    if len(text) > _LONGEST:
        return Typed()
    typed = _without_unit("".join(map(_ascii, text)).translate(_SAME).strip().casefold(), unit.casefold())
    for pattern, meaning in _MEANINGS:
        if found := re.fullmatch(pattern, typed):
            return meaning(found)
    return Typed()


def _without_unit(typed: str, unit: str) -> str:
    """The text without its unit, before or behind it, be it one hour or two hours."""
    for name in (unit, unit.removesuffix("s")):
        for rest in (typed.removesuffix(name).rstrip(), typed.removeprefix(name).lstrip()):
            if rest != typed:
                return rest
    return typed


def _ascii(sign: str) -> str:
    """A digit of any script as an ASCII digit, a half as 1/2; everything else as it is."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    parts = unicodedata.normalize("NFKC", sign)
    return f" {parts.replace(_FRACTION_SLASH, '/')}" if _FRACTION_SLASH in parts else sign


_FRACTION_SLASH = "\u2044"


# --- what a text can mean -------------------------------------------------------------------------


def _plain(found: re.Match[str]) -> Typed:
    numbers = _numbers(found[0])
    return Typed(numbers, is_plain=bool(numbers))


def _parts(found: re.Match[str]) -> Typed:
    """So many parts of a whole; no number where no decimals say it."""
    sign, whole, above, below = found.groups("0")
    size = int(f"{sign}1") * (int(whole) + Fraction(int(above), int(below)))
    number = as_data(size)
    return Typed((number,) if exact(number) == size else ())


def _signed(found: re.Match[str]) -> Typed:
    """With one sign of money or of a share before or behind the number."""
    inner = read_number(found["number"])
    return inner._replace(is_plain=False, how=f", without the {found['sign']}")


def _numbers(*texts: str) -> tuple[int | float, ...]:
    """The numbers that are written so; none where one has more digits than are kept."""
    found = tuple(map(Decimal, texts))
    return tuple(map(as_data, found)) if all(map(_is_kept, found)) else ()


def _is_kept(number: Decimal) -> bool:
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= _MOST_DIGITS and (not number or abs(number.adjusted()) <= _MOST_DIGITS)


_MEANINGS: tuple[tuple[str, Callable[[re.Match[str]], Typed]], ...] = (
    (
        r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{2}0|,[0-9]{3})",  # thousands, or not
        lambda found: Typed(_numbers(found[0].replace(",", "."), re.sub("[.,]", "", found[0]))),
    ),
    (r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", _plain),
    (
        r"[+-]?[1-9][0-9]{0,2}([ ,.'_])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?",  # in groups
        lambda found: Typed(_numbers(found[0].replace(found[1], "").replace(",", "."))),
    ),
    (
        r"[+-]?[0-9]*,[0-9]+",
        lambda found: Typed(_numbers(found[0].replace(",", ".")), how=" with a point"),
    ),
    (r"[+-]?[0-9]+\.?[0-9]*e[+-]?[0-9]{1,3}", lambda found: Typed(_numbers(found[0]))),
    (r"([+-]?) ?(?:([0-9]+) )?([0-9]+) ?/ ?(0*[1-9][0-9]*)", _parts),
    (rf"{_SIGN}\s*{_AMOUNT}", _signed),
    (rf"{_AMOUNT}\s*{_SIGN}", _signed),
)
"""What is read how, from the surest to the least sure."""
