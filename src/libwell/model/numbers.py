"""Numbers said and rounded: exactly as they were typed or counted, half away from zero.

The one place that rounds a number for people or for a record. It must not read what a person types.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

Number = int | float | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """The number itself; a float is the number it is written as, so that 2.675 is 2.675."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def rounded(number: Number, *, digits: int = 2) -> Fraction:
    """The nearest number with so many decimals; of two as near, the one farther from zero."""
    scaled = exact(number) * 10**digits
    size = floor(abs(scaled) + Fraction(1, 2))
    return Fraction(size if scaled > 0 else -size, 10**digits)


def plain(number: Number, *, digits: int = 2) -> str:
    """Say a number with so many decimals at most: `2.25`, `3`."""
    near = rounded(number, digits=digits)
    whole, rest = divmod(abs(near), 1)
    sign = "-" if near < 0 else ""
    return f"{sign}{whole}.{int(rest * 10**digits):0{digits}}".rstrip("0").rstrip(".")


def in_full(number: float | Decimal) -> str:
    """Say a number with every digit it was given with, none of them an exponent's: `1000`, `2.5`."""
    return str(number) if isinstance(number, int) else f"{Decimal(str(number)).normalize():f}"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """Say which one it is, counted from 1: `first`, `tenth`, `11th`, `22nd`."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    is_teen = number % 100 in range(11, 14)
    return f"{number}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def as_data(number: Number) -> int | float:
    """The number as programs take it: a whole one without a point."""
    found = exact(number)
    return found.numerator if found.denominator == 1 else float(found)


def on_scale(number: Number, low: Number, high: Number) -> str:
    """Say where a number is: `2.25 of 3`, or `-1, on a scale from -2 to 2` where that does not begin at 0."""
    if low == 0:
        return f"{plain(number)} of {plain(high)}"
    return f"{plain(number)}, {scale_of(low, high)}"


def scale_of(low: Number, high: Number) -> str:
    """Say between which numbers something is: `on a scale from -2 to 2`."""
    return f"on a scale from {plain(low)} to {plain(high)}"
