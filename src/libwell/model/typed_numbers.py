"""Numbers as people type them: taken only where there is no doubt, else how to write them.

A plain number is digits of any script with one point at most, and a sign if need be. Whatever else may be
meant for a number is not taken: `1,5` is none, nor is `1.000`, which is one to some and a thousand to others.
It must not know what is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from libwell.model.numbers import as_data, exact

_LONGEST = 60
_MOST_DIGITS = 15
"""Digits that a number keeps, whatever reads it."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_THOUSANDS_OR_NOT = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{2}0|,[0-9]{3})")
_IN_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}([ ,.'_])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_EXPONENT = re.compile(r"[+-]?[0-9]+\.?[0-9]*e[+-]?[0-9]{1,3}")
_PARTS = re.compile(r"([+-]?) ?(?:([0-9]+) )?([0-9]+) ?/ ?([0-9]+)")
_SIGNED = re.compile(r"([%\u2030$\u20ac\u00a3\u00a5]?)\s*([+-]?[0-9.,]+)\s*([%\u2030$\u20ac\u00a3\u00a5]?)")
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
    typed = _without_unit("".join(map(_ascii, text)).translate(_SAME).strip(), unit)
    if _PLAIN.fullmatch(typed) and not _THOUSANDS_OR_NOT.fullmatch(typed):
        found = _numbers(typed)
        return Typed(found, is_plain=bool(found))
    return _meant(typed)


def _meant(typed: str) -> Typed:
    """What a text that is no plain number can mean, from the surest to the least sure."""
    if _THOUSANDS_OR_NOT.fullmatch(typed):
        return Typed(_numbers(typed.replace(",", "."), re.sub("[.,]", "", typed)))
    if groups := _IN_GROUPS.fullmatch(typed):
        return Typed(_numbers(typed.replace(groups[1], "").replace(",", ".")))
    if _DECIMAL_COMMA.fullmatch(typed):
        return Typed(_numbers(typed.replace(",", ".")), how=" with a point")
    if _EXPONENT.fullmatch(typed.casefold()):
        return Typed(_numbers(typed))
    if parts := _PARTS.fullmatch(typed):
        return Typed(_quotient(*parts.groups()))
    return _without_sign(typed)


def _without_sign(typed: str) -> Typed:
    """What a text can mean that has one sign of money or of a share before or behind it."""
    signed = _SIGNED.fullmatch(typed)
    if signed is None or bool(signed[1]) == bool(signed[3]):
        return Typed()
    inner = read_number(signed[2])
    return inner._replace(is_plain=False, how=f", without the {signed[1] or signed[3]}")


def _without_unit(typed: str, unit: str) -> str:
    """The text without its unit, before or behind it, be it one hour or two hours."""
    folded = typed.casefold()
    for name in (unit.casefold(), unit.casefold().removesuffix("s")):
        if name and folded.endswith(name) and len(folded) == len(typed):
            return typed[: -len(name)].rstrip()
        if name and folded.startswith(name) and len(folded) == len(typed):
            return typed[len(name) :].lstrip()
    return typed


def _ascii(sign: str) -> str:
    """A digit of any script as an ASCII digit, a half as 1/2; everything else as it is."""
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    parts = unicodedata.normalize("NFKC", sign)
    return f" {parts.replace(_FRACTION_SLASH, '/')}" if _FRACTION_SLASH in parts else sign


_FRACTION_SLASH = "\u2044"


def _numbers(*texts: str) -> tuple[int | float, ...]:
    """The numbers that are written so; none where one has more digits than are kept."""
    found = tuple(map(Decimal, texts))
    return tuple(map(as_data, found)) if all(map(_is_kept, found)) else ()


def _is_kept(number: Decimal) -> bool:
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= _MOST_DIGITS and (not number or abs(number.adjusted()) <= _MOST_DIGITS)


def _quotient(sign: str, whole: str | None, above: str, below: str) -> tuple[int | float, ...]:
    """The number that is so many parts of a whole; none where no decimals say it."""
    if int(below) == 0:
        return ()
    size = int(whole or 0) + Fraction(int(above), int(below))
    found = as_data(-size if sign == "-" else size)
    return (found,) if abs(exact(found)) == size else ()
