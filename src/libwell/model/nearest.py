"""The nearest name to one that was not found. What was looked for is never said again, only what is known.

To find it takes a while, and a hostile file has thousands of names that lead nowhere. So the search has a
budget for each file; once that is used up, no name is near, and the plain remedy has to do.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from libwell.model.base import Item, Pick

_LONGEST = 200
_CUTOFF = 0.6
_BUDGET = 5_000_000
"""For one file: enough to look for twenty names among several hundred."""
_EACH = 500
"""What it costs to look at a name; to compare two costs one length times the other."""
_MOST_NAMED = 20

_left: ContextVar[int] = ContextVar("what is left of the budget", default=_BUDGET)


def begin_budget() -> None:
    """Begin a new budget, as for the next file."""
    _left.set(_BUDGET)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is near to this one; empty if there is none, or if the budget is used up."""
    if len(name) > _LONGEST or _left.get() <= 0:
        return ""
    names = list(known)
    near = [other for other in names if is_alike_in_length(name, other, _CUTOFF)]
    left = _left.get() - _EACH * len(names) - sum(len(name) * len(other) for other in near)
    _left.set(left)
    return _nearest(name, near) if left >= 0 else ""


def is_near(name: str, other: str) -> bool:
    """Whether two names are near, whatever is left of the budget."""
    return len(name) <= _LONGEST and bool(_nearest(name, [other]))


def is_alike_in_length(one: str, other: str, ratio: float) -> bool:
    """Whether two texts are near enough in length to be alike by this ratio."""
    return 2 * min(len(one), len(other)) >= ratio * (len(one) + len(other))


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # only when something was not found

    return next(iter(get_close_matches(name, known, n=1, cutoff=_CUTOFF)), "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say `Did you mean …?`, or nothing if no known name is near."""
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else ""


def did_you_mean_id(name: str, things: Sequence[Item | Pick]) -> str:
    """Say `Did you mean …?` with the id of the thing whose id or text is near, in whatever letters."""
    if _left.get() <= 0:
        return ""
    ids = {words.casefold(): thing.id for thing in things for words in (thing.text, thing.id)}
    near = nearest(name.strip().casefold(), ids)
    return f"Did you mean {ids[near]}?" if near else ""


def some_of(names: Iterable[str], *, most: int = _MOST_NAMED) -> str:
    """Name what is known, and of more than `most` the first: `a, b, c and 40 more`."""
    known = list(names)
    more = len(known) - most
    first = ", ".join(known[:most])
    return f"{first} and {more} more" if more > 0 else first


@lru_cache(maxsize=8)
def one_of(known: frozenset[str]) -> str:
    """Say which names are known, in the order of the alphabet."""
    return f"One of: {some_of(sorted(known))}."
