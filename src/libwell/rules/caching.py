"""What follows from a worksheet alone is worked out once: a batch asks it of the same ten thousand times."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")

_MOST = 512


def cached_by_identity(function: Callable[[T], R]) -> Callable[[T], R]:
    """Remember what a function gives for each frozen thing it is asked of, the latest few hundred of them.

    They are told apart by being the same one, not by being equal: to compare two worksheets takes longer than
    most that is asked of them. A thing remembered is kept, so that its place in memory is nobody else's.
    """
    known: dict[int, tuple[T, R]] = {}

    @wraps(function)
    def remembered(thing: T) -> R:
        found = known.get(id(thing))
        if found is None:
            if len(known) >= _MOST:
                del known[next(iter(known))]
            found = known[id(thing)] = (thing, function(thing))
        return found[1]

    return remembered
