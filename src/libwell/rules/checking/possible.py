"""Whether one prompt has an answer that passes a test, or some and not others, whatever else is answered.

Where it is not sure it says yes: what it calls impossible is.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.kinds.base import Around, Value
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import ChoicePrompt, PickingPrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.number import NumberPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.yes_no import YesNoPrompt
from libwell.model.nearest import did_you_mean, one_of
from libwell.model.numbers import exact, in_full
from libwell.rules.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libwell.model.base import Item
    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt

    Path = tuple[str | int, ...]
    Tests = Sequence[Condition]

_OWN = {"other": "In my own words", "id": "other-1"}
_ANYTHING = "Anything else"  # as no id is written
_OWN_ENTRY = re.compile(r"other-\d+")


def can_answer(prompt: AnyPrompt, passes: Tests, fails: Tests) -> bool:
    """Whether an answer to the prompt can pass all of `passes` and none of `fails`.

    All are single tests of this prompt that fit its kind; that it is answered is said by `answered = true`,
    never by false.
    """
    if any(test.answered for test in fails):
        return False
    if isinstance(prompt, NumberPrompt):
        return any(_is_number(point, prompt, passes, fails) for point in _points(prompt, [*passes, *fails]))
    if isinstance(prompt, RatingPrompt):
        return all(_can_rate(prompt, item, passes, fails) for item in {test.item for test in passes})
    return any(_suits(value, prompt, passes, fails) for value in _values(prompt, passes, fails))


def _suits(value: Value, prompt: AnyPrompt, passes: Tests, fails: Tests) -> bool:
    answers = {prompt.id: value}
    return all(holds(test, answers) for test in passes) and not any(holds(test, answers) for test in fails)


def _values(prompt: AnyPrompt, passes: Tests, fails: Tests) -> Iterator[Value]:
    """Answers of which at least one suits the tests, if any answer does."""
    if isinstance(prompt, YesNoPrompt):
        yield from (True, False)
    elif isinstance(prompt, ChoicePrompt):
        yield from _told_apart(prompt.options, _named("is_", passes, fails)) or _named("is_", passes)
        yield from [_OWN] if prompt.other else []
        yield from [] if prompt.options else [_ANYTHING]
    elif isinstance(prompt, ChoicesPrompt):
        picks = [_OWN if name == "other" else name for name in _named("includes", passes)]
        yield from [] if any(prompt.problems(picks, _around())) else [picks]
    elif isinstance(prompt, ChecklistPrompt):
        yield _all_marked(prompt, passes, fails)
    else:
        yield _ANYTHING


def _named(key: str, *tests: Tests) -> list[str]:
    """What the tests name by a key, each once."""
    names = [getattr(test, key) for some in tests for test in some]
    return list(dict.fromkeys(name for name in names if name is not None))


def _told_apart(things: Sequence[Item], names: Sequence[str]) -> list[str]:
    """The ids that are named, and one that is not: to the tests all of these are the same."""
    ids = [thing.id for thing in things]
    return [name for name in ids if name in names] + [name for name in ids if name not in names][:1]


def _around() -> Around:
    import datetime as dt  # only where there is a condition to judge

    return Around(dt.date.min)


def _all_marked(prompt: ChecklistPrompt, passes: Tests, fails: Tests) -> Value:
    """The answer with every mark on every item, but for those that would pass a test that is to fail."""
    items: list[Value] = [*_told_apart(prompt.items, _named("marked", passes, fails))]
    marks = _told_apart(prompt.marks, _named("with_", passes, fails))
    items += [_OWN] if prompt.add_items else []
    return {mark: [item for item in items if _suits({mark: [item]}, prompt, (), fails)] for mark in marks}


# --- numbers --------------------------------------------------------------------------------------


def _can_rate(prompt: RatingPrompt, item: str | None, passes: Tests, fails: Tests) -> bool:
    """Whether there is a point for an item, or for the whole; other items need not be rated."""
    passes = [test for test in passes if test.item == item]
    fails = [test for test in fails if test.item == item]
    points = range(prompt.scale.min, prompt.scale.max + 1)
    return any(_suits({item: point} if item else point, prompt, passes, fails) for point in points)


def _points(prompt: NumberPrompt, tests: Tests) -> Iterator[Fraction]:
    """Numbers of which at least one suits the tests, if any does: each bound, and one on each side of it."""
    bounds = [prompt.min, prompt.max, *(b for test in tests for b in (test.is_, test.at_least, test.at_most))]
    turns = sorted({exact(bound) for bound in bounds if isinstance(bound, int | float)} or {Fraction(0)})
    if prompt.step is None:
        yield from (turns[0] - 1, *turns, turns[-1] + 1)
        yield from ((low + high) / 2 for low, high in pairwise(turns))
        return
    base, step = exact(prompt.min or 0), exact(prompt.step)
    for bound in turns:
        steps = (bound - base) / step
        yield from (base + step * count for count in range(floor(steps) - 1, ceil(steps) + 2))


def _is_number(point: Fraction, prompt: NumberPrompt, passes: Tests, fails: Tests) -> bool:
    if not _lies_between(point, prompt.min, prompt.max) or abs(point) >= 10**15:
        return False
    return all(_passes(point, test) for test in passes) and not any(_passes(point, test) for test in fails)


def _passes(point: Fraction, test: Condition) -> bool:
    if isinstance(test.is_, int | float):
        return point == exact(test.is_)
    return _lies_between(point, test.at_least, test.at_most)


def _lies_between(point: Fraction, low: float | None, high: float | None) -> bool:
    return (low is None or point >= exact(low)) and (high is None or point <= exact(high))


# --- one test -------------------------------------------------------------------------------------


def never_passed(test: Condition, prompt: AnyPrompt, path: Path, picks: frozenset[str]) -> Mistake | None:
    """What is wrong with a single test that fits its prompt, and that no answer passes; None if one does.

    `picks` holds the ids that can be picked there where options come from above (empty: not known).
    """
    if test.answered is not None:
        return None
    if isinstance(prompt, PickingPrompt):
        return _never_picked(test, path, picks | {"other"} if prompt.other and picks else picks)
    if not isinstance(prompt, NumberPrompt | RatingPrompt) or can_answer(prompt, [test], []):
        return None
    if test.is_ is not None:
        return Mistake(f"{prompt.id} is never {test.is_}.", (*path, "is"), _range(prompt))
    return _out_of_reach(test, prompt, path)


def _never_picked(test: Condition, path: Path, known: frozenset[str]) -> Mistake | None:
    """An option that does not come from above; options of the prompt's own are known to fit."""
    key, name = ("is", test.is_) if test.includes is None else ("includes", test.includes)
    if not known or not isinstance(name, str) or name in known or _OWN_ENTRY.fullmatch(name):
        return None
    remedy = did_you_mean(name, known) or one_of(known)
    return Mistake(f"there is no “{name}” there.", (*path, key), remedy)


def _out_of_reach(test: Condition, prompt: NumberPrompt | RatingPrompt, path: Path) -> Mistake:
    what = f"{prompt.id}.{test.item}" if test.item else prompt.id
    low, high = test.at_least, test.at_most
    if low is None or high is None:
        key, bound = ("at_most", f"{high} or less") if low is None else ("at_least", f"{low} or more")
        return Mistake(f"{what} is never {bound}.", (*path, key), _range(prompt))
    if low > high:
        return Mistake("at_least is above at_most.", (*path, "at_least"), "Exchange the two.")
    return Mistake(f"{what} is never from {low} to {high}.", (*path, "at_least"), _range(prompt))


def _range(prompt: NumberPrompt | RatingPrompt) -> str:
    """Say which numbers can be given."""
    if isinstance(prompt, RatingPrompt):
        return f"Its scale goes from {prompt.scale.min} to {prompt.scale.max}, in whole points."
    bounds = [("from", prompt.min), ("up to", prompt.max), ("in steps of", prompt.step)]
    words = [f"{word} {in_full(bound)}" for word, bound in bounds if bound is not None]
    return f"Its numbers go {', '.join(words)}." if words else "Use a smaller number."
