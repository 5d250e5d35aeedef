"""What of a tally has to stay closed so that nobody in it can be told from the rest. It fails closed.

What is too small is withheld, not rounded: a tally of six rounded to fives says nothing, and a number that is
shown can be relied on. What could be got by taking one shown number from another is withheld as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

DEFAULT_MINIMUM = 5
LOWEST_MINIMUM = 3


def minimum_from(word: str) -> int | None:
    """Read how many there have to be for a tally; None for what is no such number, and for too few."""
    text = word.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    return int(text) if int(text) >= LOWEST_MINIMUM else None


def is_few(count: int, minimum: int) -> bool:
    """Whether there are some, and too few to be told."""
    return 0 < count < minimum


def open_groups(
    sizes: Sequence[Mapping[str, int]],
    minimum: int,
    *,
    closed: Collection[str] = (),
    known: Collection[str] = (),
) -> frozenset[str] | None:
    """Choose which groups can be shown beside the total of them all; None: not even the total.

    `sizes` are counts by group that each have to be zero or large enough: how many are in it, how many of
    them changed. What a reader gets by taking the shown groups from the total has to be large enough too, so
    where it is not, the smallest group that is left is closed as well. `closed` are groups that stay closed,
    `known` those whose numbers were told before and are the same now: to close them would hide nothing.
    """
    shut = {group for size in sizes for group in size if group in closed or is_few(size[group], minimum)}
    while True:
        short = next((size for size in sizes if is_few(_hidden(size, shut, known), minimum)), None)
        if short is None:
            return frozenset(sizes[0]) - shut
        left = [group for group in short if short[group] and group not in shut and group not in known]
        if not left:
            return None
        shut.add(min(left, key=lambda group: (short[group], group)))


def _hidden(size: Mapping[str, int], shut: Collection[str], known: Collection[str]) -> int:
    return sum(size[group] for group in shut if group not in known)
