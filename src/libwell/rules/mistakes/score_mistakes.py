"""Mistakes in scores: ids, addresses, bands, and worked examples that come out otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.kinds.steps import Around
from libwell.model.nearest import did_you_mean
from libwell.model.numbers import exact, plain
from libwell.rules.asked_now import wrong_with
from libwell.rules.scoring import points_of, range_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.model.scores import Example, Score
    from libwell.model.worksheet import AnyPrompt, Worksheet

    Prompts = Mapping[str, AnyPrompt]

_MOST_MISTAKES = 100
"""To find the nearest address takes a while, and a hostile file has fifty thousand wrong ones."""
_CLOSE = Fraction(1, 200)
"""Half of the second decimal: an example may say 1.67 for five thirds, and 1.12 or 1.13 for nine eighths."""


def score_mistakes(worksheet: Worksheet, *, unread: frozenset[str] = frozenset()) -> Iterator[Mistake]:
    """Every mistake in a worksheet's scores: ids, addresses, bands, examples that come out otherwise.

    `unread` holds the ids of prompts that could not be read. Of a hostile file the first hundred.
    """
    return islice(_score_mistakes(worksheet, unread), _MOST_MISTAKES)


def _score_mistakes(worksheet: Worksheet, unread: frozenset[str]) -> Iterator[Mistake]:
    """The same, all of them. Examples and the highest band are looked at where the items are right."""
    seen: set[str] = set()
    prompts = worksheet.by_id()
    for number, score in enumerate(worksheet.scores):
        path: KeyPath = ("scores", number)
        if score.id in seen:
            message = f"another score has the id {score.id}."
            yield Mistake(message, (*path, "id"), "Give it one of its own; an include takes a prefix.")
        seen.add(score.id)
        wrong = list(islice(_wrong_items(score, path, prompts, unread), _MOST_MISTAKES))
        bands = list(_wrong_bands(score, path))
        yield from (*wrong, *bands)
        if wrong or unread & score.prompts:
            continue
        _, high = range_of(score, prompts)
        if not bands and _highest_said(score) < high:
            place = (*path, "bands", len(score.bands) - 1, "up_to")
            message = f"scores up to {plain(high)} can come out, and above this nothing is said."
            yield Mistake(message, place, "Leave up_to out of the last band.")
        for position, example in enumerate(score.examples):
            place = (*path, "examples", position)
            bad = list(islice(_wrong_answers(example, place, prompts, unread), _MOST_MISTAKES))
            yield from bad or _wrong_example(example, score, place, prompts)


def _highest_said(score: Score) -> float:
    """Up to which score its bands say something; without bands no score is left out."""
    last = [band.up_to for band in score.bands[-1:] if band.up_to is not None]
    return max(last, default=inf)


def is_consequence(path: KeyPath, unread: Iterable[Mistake]) -> bool:
    """Whether what is wrong at a path may only follow from what could not be read in the same score.

    `unread` are the mistakes in the shape of the file.
    """
    if path[:1] != ("scores",) or path[2:3] in {("id",), ("items",), ("reverse",)}:
        return False
    return any(mistake.path[:2] == path[:2] for mistake in unread)


def _wrong_items(score: Score, path: KeyPath, prompts: Prompts, unread: frozenset[str]) -> Iterator[Mistake]:
    """Items that don't go together with each other or with the method, or that no score is made of."""
    items: set[str] = set()
    for position, address in enumerate(score.items):
        if address in items:
            yield Mistake(f"{address} is named twice.", (*path, "items", position), "Take one out.")
        items.add(address)
    for position, address in enumerate(score.reverse):
        if address not in items:
            remedy = did_you_mean(address, items) or "Name one of them, or take it out."
            yield Mistake(f"{address} is none of the items.", (*path, "reverse", position), remedy)
    place, total = (*path, "minimum_answered"), len(score.items)
    if score.needed > total:
        yield Mistake(f"there are only {total} items.", place, f"Write {total} or less.")
    elif score.method == "sum" and score.needed < total:
        yield Mistake("a sum needs every item.", place, "Leave it out, or take the mean.")
    ratings = [name for name, prompt in prompts.items() if prompt.points]
    for position, address in enumerate(score.items):
        name, _, item = address.partition(".")
        found: Mistake | None = Mistake(f"{name} is no prompt of this worksheet; a score is made of ratings.")
        if name in prompts:
            found = prompts[name].score_mistake(item)
        if found is not None and name not in unread:
            near = found.remedy or did_you_mean(name, ratings)
            remedy = near or "Name rating items, such as practice.calm-space."
            yield replace(found, path=(*path, "items", position), remedy=remedy)


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


def _wrong_example(example: Example, score: Score, path: KeyPath, prompts: Prompts) -> Iterator[Mistake]:
    """An example whose answers give another score than it says."""
    value, said = value_of(score, points_of(score, prompts, example.given)), example.score
    if value is None:
        if said is not None:
            message = f"these answers give no score: {score.title} takes {score.needed}."
            yield Mistake(message, (*path, "score"), "Give more answers, or leave score out.")
    elif said is None or abs(value - exact(said)) > _CLOSE:
        message = f"these answers give {plain(value)}, and not {'no score' if said is None else said}."
        yield Mistake(message, (*path, "score"), "Mend the example, or what the score is made of.")


def _wrong_answers(
    example: Example, path: KeyPath, prompts: Prompts, unread: frozenset[str]
) -> Iterator[Mistake]:
    """Answers in an example that the worksheet would not take."""
    for name, value in example.given.items():
        place, prompt = (*path, "given", name), prompts.get(name)
        if name in unread:
            continue
        if prompt is None:
            remedy = did_you_mean(name, prompts) or "Name a rating."
            yield Mistake(f"there is no prompt {name}.", place, remedy)
        elif not prompt.points:
            yield Mistake(f"{name} is no rating.", place, "Give ratings only.")
        else:
            for problem in wrong_with(prompt, value, Around(dt.date.min)):
                yield Mistake(problem.message, (*place, *problem.path), problem.remedy)
