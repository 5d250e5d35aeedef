"""Points for several items typed in one line: one for each in order (`3 0 2`), or some by number (`2=4`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.kinds.picking import read_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.kinds.scale import Scale
    from libwell.model.base import Item

_MINUS_SIGN = "\u2212"
"""What phones and word processors make of a hyphen before a number."""
_POINT = re.compile(r"-?[0-9]{1,8}")
_SEVERAL = re.compile(r"\s*-?[0-9]{1,8}(?:[\s,;]+-?[0-9]{1,8})+[\s,;]*")
_PAIR = re.compile(r"([0-9]{1,5})\s*=\s*(-?[0-9]{1,8})")
_PAIRS = re.compile(r"\s*[0-9]{1,5}\s*=\s*-?[0-9]{1,8}(?:[\s,;]+[0-9]{1,5}\s*=\s*-?[0-9]{1,8})*[\s,;]*")


def is_pairs(text: str) -> bool:
    """Whether a line gives points by number, such as `2=4 3=1`."""
    return _PAIRS.fullmatch(text) is not None


def is_points(text: str) -> bool:
    """Whether a line is made of numbers alone."""
    return bool(_POINT.fullmatch(text.strip()) or _SEVERAL.fullmatch(text))


def read_points(text: str, items: Sequence[Item], scale: Scale) -> dict[str, int]:
    """Read a point for each item in order, or some by number, by the item's id; empty if the line is neither.

    Raises CannotReadError: at too many or too few, and at one that is not on the scale, with its number.
    """
    text = text.replace(_MINUS_SIGN, "-")
    if is_pairs(text):
        numbered = [(read_numbers(digits, len(items))[0], point) for digits, point in _PAIR.findall(text)]
        return {items[number - 1].id: _read(number, point, scale) for number, point in numbered}
    if not _SEVERAL.fullmatch(text):
        return {}
    typed = _POINT.findall(text)
    if len(typed) != len(items):
        raise CannotReadError(
            f"There are {len(items)} lines, and this has {len(typed)} numbers. "
            f"Type one for each, or name a line: 2={scale.max}."
        )
    return {
        item.id: _read(number, point, scale)
        for number, (item, point) in enumerate(zip(items, typed, strict=True), 1)
    }


def _read(number: int, point: str, scale: Scale) -> int:
    try:
        return scale.read(point)
    except CannotReadError:
        message = f"Line {number} takes a number from {scale.min} to {scale.max}."
        raise CannotReadError(message) from None
