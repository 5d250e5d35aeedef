"""Whether what a score is made of goes with how it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.model.characters import counted
from libwell.model.numbers import plain
from libwell.rules.score_methods import counted_ends, is_each_rescaled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libwell.kinds.amounts import Ends
    from libwell.model.scores import Score

_PAIRING = {"difference", "product"}
_BOUNDS = "Give it min and max, or leave it out."


def method_mistakes(
    score: Score, ends: Sequence[Ends], path: KeyPath, *, for_author: bool
) -> Iterator[Mistake]:
    """What does not go together in a score that stands at `path`.

    `ends` are those of its parts, in order. That a mean mixes scales is told only `for_author`.
    """
    yield from _wrong_rows(score, path)
    key = "scores" if score.scores else "items"
    for number, (name, one) in enumerate(zip(score.parts, ends, strict=True)):
        place = (*path, key, number)
        if not one.are_known and (score.as_ or score.method == "share" or name in score.reverse):
            yield Mistake(f"{name} has no highest or lowest amount, which this takes.", place, _BOUNDS)
        elif score.method == "share" and (one.low or 0) < 0:
            message = f"{name} can count for less than 0, and a share counts from 0."
            yield Mistake(message, place, "Take the mean.")
        elif is_each_rescaled(score) and one.low == one.high:
            yield Mistake(f"{name} always comes out the same.", place, "Leave it out.")
    whole = counted_ends(score, ends)
    if score.as_ and whole.are_known and whole.low == whole.high:
        yield Mistake("this always comes out the same.", (*path, "as"), "Name parts that can differ.")
    if for_author and not is_each_rescaled(score):
        yield from _mixed(score, ends, (*path, key))


def wrong_count(score: Score, path: KeyPath) -> Iterator[Mistake]:
    """Too few or too many parts for the method, or for how many have to be answered."""
    total, is_open = len(score.parts), any(".*." in name for name in score.items) and not score.each_row
    place = (*path, "minimum_answered")
    if score.method == "difference" and total != 2:
        yield Mistake("a difference takes two parts, the first less the second.", path, "Name two.")
    if score.method == "product" and total < 2:
        yield Mistake("a product takes two parts or more.", path, "Name another.")
    if score.method in _PAIRING and score.minimum_answered is not None:
        yield Mistake(f"a {score.method} takes all its parts.", place, "Leave it out.")
    elif score.minimum_answered and score.minimum_answered > total and not is_open:
        one, more = ("score", "scores") if score.scores else ("item", "items")
        be = "is" if total == 1 else "are"
        yield Mistake(f"there {be} only {counted(total, one, more)}.", place, f"Write {total} or less.")


def _wrong_rows(score: Score, path: KeyPath) -> Iterator[Mistake]:
    """Cells of all rows where one value is wanted, and other things where each row has one."""
    tables = {name.partition(".")[0] for name in score.items}
    for number, name in enumerate(score.items):
        place, of_rows = (*path, "items", number), ".*." in name
        if score.each_row and not (of_rows and len(tables) == 1):
            yield Mistake("each_row takes cells of one table.", place, "Name them so: table.*.column")
        elif of_rows and score.method in _PAIRING and not score.each_row:
            yield Mistake(f"a {score.method} of all rows has no meaning.", place, "Write each_row = true.")


def _mixed(score: Score, ends: Sequence[Ends], path: KeyPath) -> Iterator[Mistake]:
    """A mean over scales of different width or place: a point of one is not a point of another."""
    if score.method not in {"mean", "sum"} or (score.method == "sum" and score.minimum_answered is None):
        return
    known = [(one.low, one.high) for one in ends if one.low is not None and one.high is not None]
    said = [f"{plain(low)} to {plain(high)}" for low, high in sorted({*known})]
    widths = {high - low for low, high in known}
    if len(widths) > 1 or (score.method == "mean" and len(said) > 1):
        message = f"this takes the mean over different scales ({', '.join(said)})."
        whole = "as = { min = 0, max = 100 }"
        remedy = f"Add {whole}: it puts each on that scale first."
        if score.method == "sum":
            remedy = f"Make a score of each, with {whole}, and take the mean of these."
        yield Mistake(message, path, remedy)
