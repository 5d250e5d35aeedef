"""How long bars are drawn, so that nobody takes one number for another: as text, or in any other measure.

In one chart equal numbers end at one place and different ones do not, the greater further on, only the lowest
of a scale at its beginning and only the highest at its end. Bars begin at the lowest, and at 0 where a scale
goes from below 0 to above: there nothing is drawn of 0. It must not know what is drawn on.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from libwell.model.numbers import exact, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from libwell.model.document import Bar

_CELLS = (10, 20, 30, 40)
"""How many cells text bars have: as few as tell the numbers of a chart apart."""

Lengths = dict[Fraction, Fraction]
"""How long each share of a whole is drawn."""


def text_bars(bars: Sequence[Bar], *, beside: Sequence[Bar] = ()) -> list[str]:
    """Draw the bars of one chart in cells, each as text; empty where there is no value.

    `beside` are bars drawn elsewhere that these are held against.
    """
    shares = shares_of((*bars, *beside))
    cells = _cells_for(shares)
    drawn = lengths(shares, _whole(cells), most=cells, gap=1)
    texts: list[str] = []
    for bar in bars:
        share = share_of(bar)
        if share is None:
            texts.append("")
        else:
            begin, end = map(int, sorted((drawn[begin_of(bar)], drawn[share])))
            texts.append("░" * begin + "█" * (end - begin) + "░" * (cells - end))
    return texts


def shares_of(bars: Iterable[Bar]) -> set[Fraction]:
    """Where all bars that have a value begin and end on their scales, from 0 to 1."""
    ends = ((begin_of(bar), share) for bar in bars if (share := share_of(bar)) is not None)
    return {place for both in ends for place in both}


def begin_of(bar: Bar) -> Fraction:
    """Where a bar begins on its scale, from 0 to 1: at 0 if this is between its ends, else at its lowest."""
    low, high = exact(bar.low), exact(bar.high)
    return -low / (high - low) if low < 0 < high else Fraction(0)


def share_of(bar: Bar) -> Fraction | None:
    """How much of its scale a bar fills, from 0 to 1; None where there is no value."""
    if bar.value is None:
        return None
    low, high = exact(bar.low), exact(bar.high)
    if high <= low:
        return Fraction(0)
    return min(max((exact(bar.value) - low) / (high - low), Fraction(0)), Fraction(1))


def lengths(
    shares: Collection[Fraction], measure: Callable[[Fraction], Fraction], *, most: int, gap: Fraction | int
) -> Lengths:
    """How long each share from 0 to 1 is drawn where all of it is `most` long.

    It is as long as `measure` says, but for those that would be nearer than `gap` to one another or to an
    end: of two such the smaller is drawn shorter. There have to be fewer than `most / gap` of them.
    """
    ends = {Fraction(0): Fraction(0), Fraction(1): Fraction(most)}
    between = sorted({*shares} - ends.keys())
    found = list(map(measure, between))
    above = Fraction(most)
    for place in reversed(range(len(found))):
        found[place] = above = min(found[place], above - gap)
    below = Fraction(0)
    for place in range(len(found)):
        found[place] = below = max(found[place], below + gap)
    return ends | dict(zip(between, found, strict=True))


def _cells_for(shares: Collection[Fraction]) -> int:
    between = {*shares} - {Fraction(0), Fraction(1)}
    for cells in _CELLS:
        drawn = {min(max(length, Fraction(1)), Fraction(cells - 1)) for length in map(_whole(cells), between)}
        if len(drawn) == len(between):
            return cells
    return max(_CELLS[-1], len(between) + 1)


def _whole(cells: int) -> Callable[[Fraction], Fraction]:
    return lambda share: rounded(share * cells, digits=0)
