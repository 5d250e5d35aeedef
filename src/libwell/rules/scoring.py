"""Scores: sums and means of rating items. Whether they are well made, `rules.mistakes` judges.

What is not answered is never a zero: with too few answers there is no score. A score is about the library
or the work, never a verdict on a person; what is said of it is the worksheet's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from libwell.model.numbers import exact, on_scale, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from libwell.kinds.values import Value
    from libwell.model.scores import Score
    from libwell.model.worksheet import AnyPrompt, Worksheet
    from libwell.rules.asked_now import Asked

    Prompts = Mapping[str, AnyPrompt]


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as it came out: `value` from `low` to `high`, or None where too little was answered.

    `say` is what the worksheet says of it. `last` is the id of the last of its `prompts` that is asked.
    """

    id: str
    title: str
    value: Fraction | None
    low: Fraction
    high: Fraction
    answered: int
    needed: int
    total: int
    say: str
    prompts: frozenset[str]
    last: str

    @property
    def text(self) -> str:
        """The score in words: `2.25 of 3`, `24, on a scale from 10 to 40`, or why there is none."""
        if self.value is None:
            return f"no score yet: {self.answered} of {self.total} rated, and it takes {self.needed}"
        return on_scale(self.value, self.low, self.high)


def scores(worksheet: Worksheet, everything: Iterable[Asked]) -> tuple[Scored, ...]:
    """Every score of which something is asked now, in the worksheet's order."""
    values = {one.prompt.id: one.value for one in everything}
    places = {name: number for number, name in enumerate(values)}
    prompts = worksheet.by_id()
    found = []
    for score in worksheet.scores:
        if score.prompts.isdisjoint(places):
            continue
        points = points_of(score, prompts, values)
        value, (low, high) = value_of(score, points), range_of(score, prompts)
        scored = Scored(
            id=score.id,
            title=score.title,
            value=value,
            low=low,
            high=high,
            answered=len(points),
            needed=score.needed,
            total=len(score.items),
            say="" if value is None else _say(score, value),
            prompts=score.prompts,
            last=max(score.prompts & places.keys(), key=places.__getitem__),
        )
        found.append(scored)
    return tuple(found)


def points_of(score: Score, prompts: Prompts, values: Mapping[str, Value | None]) -> list[int]:
    """The points of a score's items that are answered, the reversed ones turned round.

    `prompts` and `values` hold the worksheet's prompts and the answers that count, by the ids of prompts.
    """
    found, reverse = [], frozenset(score.reverse)
    for address in score.items:
        name, _, item = address.partition(".")
        value = values.get(name)
        point = value.get(item) if item and isinstance(value, dict) else value
        if type(point) is int:
            scale = prompts[name].points
            found.append(scale[0] + scale[-1] - point if address in reverse else point)
    return found


def value_of(score: Score, points: list[int]) -> Fraction | None:
    """The sum or mean of points, exactly; None if there are too few."""
    if len(points) < score.needed:
        return None
    return Fraction(sum(points), 1 if score.method == "sum" else len(points))


def _say(score: Score, value: Fraction) -> str:
    """What is said of a score; one that reads as 1.33 is in the band up to 1.33, as is four thirds."""
    lowest = min(value, rounded(value))
    fits = (band.say for band in score.bands if band.up_to is None or lowest <= exact(band.up_to))
    return next(fits, "")


def range_of(score: Score, prompts: Prompts) -> tuple[Fraction, Fraction]:
    """The lowest and the highest score there can be, with as few answers as it takes."""
    scales = [prompts[address.partition(".")[0]].points for address in score.items]
    low = sum(sorted(scale[0] for scale in scales)[: score.needed])
    high = sum(sorted(scale[-1] for scale in scales)[-score.needed :])
    count = score.needed if score.method == "mean" else 1
    return Fraction(low, count), Fraction(high, count)
