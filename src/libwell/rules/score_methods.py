"""How a score is counted: sums, means, shares, differences and products, exactly, between their ends.

It knows no prompts and no answers: `rules.scoring` brings what each part counts for.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from libwell.kinds.amounts import Ends
from libwell.model.numbers import exact, on_scale, plain, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.model.scores import Score

_PERCENT = Ends(Fraction(0), Fraction(100))
_UNKNOWN = Ends(None, None)


class Part(NamedTuple):
    """One thing that a score is made of: what it counts for (None: it is not answered), and its ends."""

    amount: Fraction | None
    ends: Ends


class Counted(NamedTuple):
    """What came out: a value between its ends (None: too little was answered), and of how many parts."""

    value: Fraction | None
    ends: Ends
    answered: int
    needed: int
    total: int

    @property
    def is_partly(self) -> bool:
        """Whether there is a value, though not of every part."""
        return self.value is not None and self.answered < self.total


def count(score: Score, parts: Sequence[Part]) -> Counted:
    """Count a score of its parts, in their order, those in `reverse` turned round already."""
    needed, part_ends = needed_of(score, len(parts)), [part.ends for part in parts]
    ends = ends_told(score, part_ends)
    if is_each_rescaled(score):
        parts = [Part(_rescaled(*part, ends), ends) for part in parts]
    given = [part for part in parts if part.amount is not None]
    value = _value(score, given, parts) if len(given) >= needed else None
    if score.as_ is not None and not is_each_rescaled(score):
        value = _rescaled(value, counted_ends(score, part_ends), ends)
    return Counted(value, ends, len(given), needed, len(parts))


def is_each_rescaled(score: Score) -> bool:
    """Whether each part is put on the scale that is told before they are taken together, as of a mean."""
    return score.as_ is not None and score.method == "mean"


def ends_told(score: Score, ends: Sequence[Ends]) -> Ends:
    """The least and the most that is told of parts with these ends, on the scale it is rescaled to."""
    if score.as_ is None:
        return counted_ends(score, ends)
    return Ends(exact(score.as_.min), exact(score.as_.max))


def needed_of(score: Score, total: int) -> int:
    """How many of so many parts have to be answered: as the score says, else all, and of a share one."""
    return score.minimum_answered or (1 if score.method == "share" else max(1, total))


def _value(score: Score, given: Sequence[Part], parts: Sequence[Part]) -> Fraction | None:
    """What the parts that are answered give, enough of all, before it is rescaled."""
    amounts = [part.amount for part in given if part.amount is not None]
    match score.method:
        case "sum":  # what lacks counts as the mean of the rest, each above the lowest of its own scale
            above = sum(amounts) - _lowest(given)
            return _lowest(parts) + above * len(parts) / len(given)
        case "mean":
            return Fraction(sum(amounts), len(amounts))
        case "share":
            possible = sum(part.ends.high or 0 for part in given)
            return 100 * sum(amounts, Fraction(0)) / possible if possible else None
        case "difference":
            return amounts[0] - amounts[-1]
        case "product":
            return prod(amounts, start=Fraction(1))


def _lowest(parts: Sequence[Part]) -> Fraction:
    return sum((part.ends.low or Fraction(0) for part in parts), Fraction(0))


def counted_ends(score: Score, ends: Sequence[Ends]) -> Ends:
    """The least and the most that can come out of parts with these ends, before it is rescaled.

    With as few answers as it takes; without ends where those of a part are not known.
    """
    if score.method == "share":
        return _PERCENT
    lows = [one.low for one in ends if one.low is not None]
    highs = [one.high for one in ends if one.high is not None]
    if not ends or len(lows) + len(highs) < 2 * len(ends):
        return _UNKNOWN
    match score.method:
        case "difference":
            return Ends(lows[0] - highs[-1], highs[0] - lows[-1])
        case "product":
            return _product_ends(lows, highs)
        case "sum":
            return Ends(sum(lows, Fraction(0)), sum(highs, Fraction(0)))
    needed = needed_of(score, len(ends))
    lowest, highest = sorted(lows)[:needed], sorted(highs)[-needed:]
    return Ends(Fraction(sum(lowest), len(lowest)), Fraction(sum(highest), len(highest)))


def _product_ends(lows: Sequence[Fraction], highs: Sequence[Fraction]) -> Ends:
    low, high = Fraction(1), Fraction(1)
    for least, most in zip(lows, highs, strict=True):
        products = [low * least, low * most, high * least, high * most]
        low, high = min(products), max(products)
    return Ends(low, high)


def _rescaled(value: Fraction | None, before: Ends, after: Ends) -> Fraction | None:
    """A value moved from between some ends to between others; None without ends, or where these are one."""
    low, high = before
    if value is None or low is None or high is None or low == high:
        return None
    least, most = after.low or Fraction(0), after.high or Fraction(0)
    return least + (value - low) * (most - least) / (high - low)


def turned_round(part: Part) -> Part:
    """A part whose lowest amount counts as its highest, and so on; as it is where its ends are not known."""
    low, high = part.ends
    if part.amount is None or low is None or high is None:
        return part
    return Part(low + high - part.amount, part.ends)


def say_of(score: Score, value: Fraction | None) -> str:
    """What is said of a value; one that reads as 1.33 is in the band up to 1.33, as is four thirds."""
    if value is None:
        return ""
    lowest = min(value, rounded(value))
    fits = (band.say for band in score.bands if band.up_to is None or lowest <= exact(band.up_to))
    return next(fits, "")


def say_value(value: Fraction, ends: Ends, *, is_percent: bool = False) -> str:
    """Say a value between its ends: `2.25 of 3`, `62.5 percent`, or the number alone where there are none."""
    if is_percent:
        return f"{plain(value)} percent"
    if ends.low is None or ends.high is None:
        return plain(value)
    return on_scale(value, ends.low, ends.high)
