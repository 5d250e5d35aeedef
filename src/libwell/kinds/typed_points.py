"""Reading points for the items of a rating as people type them in one line: `3 0 2`, or `2=4 5=1`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from libwell.errors import CannotReadError
from libwell.kinds.picking import read_numbers
from libwell.kinds.scale import Scale
from libwell.model.base import Item

_POINT = re.compile(r"-?[0-9]{1,8}")
_SEVERAL = re.compile(r"\s*-?[0-9]{1,8}(?:[\s,;]+-?[0-9]{1,8})+[\s,;]*")
_PAIR = re.compile(r"([0-9]{1,5})\s*=\s*(-?[0-9]{1,8})")
_PAIRS = re.compile(r"\s*[0-9]{1,5}\s*=\s*-?[0-9]{1,8}(?:[\s,;]+[0-9]{1,5}\s*=\s*-?[0-9]{1,8})*[\s,;]*")


def names_lines(text: str) -> bool:
    """Whether a line gives points to items by their numbers: `2=4`."""
    return _PAIRS.fullmatch(text) is not None


def is_points(text: str) -> bool:
    """Whether a line holds one point or several, and nothing else."""
    return bool(_POINT.fullmatch(text.strip()) or _SEVERAL.fullmatch(text))


def read_several(text: str, items: Sequence[Item], scale: Scale) -> dict[str, int]:
    """Read a point for each item in order, or some by number (`2=4`); empty if the line is neither.

    Raises CannotReadError for too many or too few, and for what is not on the scale.
    """
    if names_lines(text):
        points = {}
        for digits, point in _PAIR.findall(text):
            number = read_numbers(digits, len(items))[0]
            points[items[number - 1].id] = scale.read(point)
        return points
    if not _SEVERAL.fullmatch(text):
        return {}
    typed = _POINT.findall(text)
    if len(typed) != len(items):
        raise CannotReadError(
            f"There are {len(items)} lines, and this has {len(typed)} numbers. "
            "Type one for each, or name a line: 2=4."
        )
    return {item.id: scale.read(point) for item, point in zip(items, typed, strict=True)}
