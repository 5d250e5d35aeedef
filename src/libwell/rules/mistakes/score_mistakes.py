"""Mistakes in scores: ids, addresses, bands, and what others look at: methods and worked examples."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.kinds.amounts import Ends
from libwell.model.nearest import did_you_mean, some_of
from libwell.model.numbers import plain
from libwell.model.scores import in_order
from libwell.rules.asked_now import pickable
from libwell.rules.mistakes.limits import MOST_SCORE_PARTS
from libwell.rules.mistakes.method_mistakes import method_mistakes, wrong_count
from libwell.rules.mistakes.score_examples import example_mistakes
from libwell.rules.score_methods import ends_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.scores import Score
    from libwell.model.worksheet import Worksheet

_MOST_MISTAKES = 100
"""To find the nearest address takes a while, and a hostile file has fifty thousand wrong ones."""
_MOST_DEEP = 8
"""Scores made of scores made of scores."""
_WHAT_COUNTS = "Name what counts, such as practice.calm-space."


def score_mistakes(
    worksheet: Worksheet, *, unread: frozenset[str] = frozenset(), for_author: bool = False
) -> Iterator[Mistake]:
    """Every mistake in a worksheet's scores. Of a hostile file the first hundred.

    `unread` holds the ids of prompts that could not be read. That a mean mixes scales is told `for_author`.
    """
    return islice(_Scores(worksheet, unread, for_author=for_author).mistakes(), _MOST_MISTAKES)


def is_consequence(path: KeyPath, unread: Iterable[Mistake]) -> bool:
    """Whether what is wrong at a path may only follow from what could not be read in the same score.

    `unread` are the mistakes in the shape of the file.
    """
    if path[:1] != ("scores",) or path[2:3] in {("id",), ("items",), ("scores",), ("reverse",)}:
        return False
    return any(mistake.path[:2] == path[:2] for mistake in unread)


class _Scores:
    """The scores of a worksheet, looked at one by one, and the ends of those that are right."""

    def __init__(self, worksheet: Worksheet, unread: frozenset[str], *, for_author: bool) -> None:
        self._worksheet, self._unread, self._for_author = worksheet, unread, for_author
        self._prompts, self._by_id = worksheet.by_id(), {score.id: score for score in worksheet.scores}
        self._ends: dict[str, Ends] = {}
        self._depths: dict[str, int] = {}
        for score in in_order(worksheet.scores):
            self._depths[score.id] = 1 + max((self._depths.get(name, 0) for name in score.scores), default=0)

    def mistakes(self) -> Iterator[Mistake]:
        """Of every score. How it is counted, and its examples, are looked at where its parts are right."""
        if self._has_too_many_parts():
            message = f"the scores are made of more than {MOST_SCORE_PARTS:,} parts."
            yield Mistake(message, ("scores",), "Make fewer of them, or of fewer rows.")
            return
        paths: dict[str, KeyPath] = {}
        sound: set[str] = set()
        for number, score in enumerate(self._worksheet.scores):
            path: KeyPath = ("scores", number)
            if score.id in paths:
                message = f"another score has the id {score.id}."
                yield Mistake(message, (*path, "id"), "Give it one of its own; an include takes a prefix.")
            paths[score.id] = path
            wrong = [*islice(self._wrong_parts(score, path), _MOST_MISTAKES), *wrong_count(score, path)]
            yield from (*wrong, *_wrong_bands(score, path))
            if not wrong and self._unread.isdisjoint(score.prompts):
                sound.add(score.id)
        for score in in_order(self._worksheet.scores):
            if score.id in sound and self._ends.keys() >= {*score.scores}:
                yield from self._wrong_result(score, paths[score.id])

    def _has_too_many_parts(self) -> bool:
        """Whether the scores would take long to work out; cells of all rows are as many parts as rows."""
        picks = pickable(self._worksheet)
        rows = {
            name: len(prompt.places().items or picks.get(name, ())) for name, prompt in self._prompts.items()
        }
        parts = (part for score in self._worksheet.scores for part in score.parts)
        counts = (rows.get(part.partition(".")[0], 1) if ".*." in part else 1 for part in parts)
        return sum(counts) > MOST_SCORE_PARTS

    def _wrong_result(self, score: Score, path: KeyPath) -> Iterator[Mistake]:
        """What is wrong with how a score is counted, with its highest band, and with its examples."""
        parts = [self._ends[name] for name in score.scores] or list(map(self._item_ends, score.items))
        found = list(method_mistakes(score, parts, path, for_author=self._for_author))
        yield from found
        if found:
            return
        has_open_rows = any(".*." in address for address in score.items) and not score.each_row
        is_known = not has_open_rows or score.as_ is not None or score.method in {"mean", "share"}
        ends = self._ends[score.id] = ends_told(score, parts) if is_known else Ends(None, None)
        if not any(_wrong_bands(score, path)) and ends.high is not None and _highest_said(score) < ends.high:
            place = (*path, "bands", len(score.bands) - 1, "up_to")
            message = f"scores up to {plain(ends.high)} can come out, and above this nothing is said."
            yield Mistake(message, place, "Leave up_to out of the last band.")
        yield from example_mistakes(score, self._worksheet, path, self._unread)

    def _item_ends(self, address: str) -> Ends:
        name, _, inside = address.partition(".")
        return self._prompts[name].ends(inside) or Ends(None, None)

    # --- parts

    def _wrong_parts(self, score: Score, path: KeyPath) -> Iterator[Mistake]:
        """Parts that are named twice, that are not there, or that no score is made of."""
        key, seen = "scores" if score.scores else "items", set[str]()
        for position, name in enumerate(score.parts):
            if name in seen:
                yield Mistake(f"{name} is named twice.", (*path, key, position), "Take one out.")
            seen.add(name)
            found = self._wrong_item(name) if score.items else self._wrong_part_score(score, name)
            if found is not None:
                yield replace(found, path=(*path, key, position))
        for position, name in enumerate(score.reverse):
            if name not in seen:
                remedy = did_you_mean(name, seen) or "Name one of them, or take it out."
                yield Mistake(f"{name} is none of the {key}.", (*path, "reverse", position), remedy)

    def _wrong_item(self, address: str) -> Mistake | None:
        name, _, inside = address.partition(".")
        if name in self._prompts:
            found = self._prompts[name].score_mistake(inside)
            return found and replace(found, remedy=found.remedy or _WHAT_COUNTS)
        if name in self._unread:
            return None
        counting = [name for name, prompt in self._prompts.items() if prompt.ends() is not None]
        return Mistake(
            f"{name} is no prompt of this worksheet.", (), did_you_mean(name, counting) or _WHAT_COUNTS
        )

    def _wrong_part_score(self, score: Score, name: str) -> Mistake | None:
        part = self._by_id.get(name)
        if part is None:
            remedy = did_you_mean(name, self._by_id) or f"One of: {some_of(self._by_id)}."
            return Mistake(f"there is no score {name}.", (), remedy)
        if part.each_row:
            message = f"{name} has a value for each row, and a score is made of one."
            return Mistake(message, (), "Make it of the cells.")
        if score.id not in self._depths:
            message = f"{score.id} is made of itself in the end."
            return Mistake(message, (), "Make it of scores that don't need it.")
        if self._depths[score.id] > _MOST_DEEP:
            return Mistake(f"scores are made of scores more than {_MOST_DEEP} deep.", (), "Name their items.")
        return None


def _highest_said(score: Score) -> float:
    """Up to which score its bands say something; without bands no score is left out."""
    last = [band.up_to for band in score.bands[-1:] if band.up_to is not None]
    return max(last, default=inf)


def _wrong_bands(score: Score, path: KeyPath) -> Iterator[Mistake]:
    """Bands that don't go upwards."""
    below = -inf
    for position, band in enumerate(score.bands):
        place = (*path, "bands", position)
        up_to = inf if band.up_to is None else band.up_to
        if up_to == inf and position < len(score.bands) - 1:
            yield Mistake("only the last band can do without up_to.", place, "Say up to which score.")
        elif up_to <= below:
            message = "the bands go upwards, and this is not higher than the one before."
            yield Mistake(message, (*place, "up_to"), f"Write more than {plain(below)}.")
        below = max(below, up_to) if up_to < inf else below
