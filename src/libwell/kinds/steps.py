"""What is asked in the walk and what was read: a step, a line taken, and what lies around a prompt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from libwell.errors import CannotReadError
from libwell.kinds.values import Value, is_own_id
from libwell.model.base import TEXT_LIMIT, Item, Level, Offer, Pick
from libwell.model.characters import first_words

Key = tuple[str, ...]
"""Where in a prompt a step stands: `()` the whole, `("check-ins",)`, `("row-1", "name")`, `("+",)`."""
NEW = "+"
"""The last part of the key of a step that asks for one more."""
ADD: Key = (NEW,)
"""The key of a step that asks for one more entry."""
DONE: Key = (":done",)
"""No step of any prompt, as no id has a colon: the walk goes on with the next prompt."""

ONE_BY_ONE = "or Enter to go one by one."
"""How the hint of a step for several things at once ends: there Enter goes into it, and empties nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked: a line, or (with `many_lines`) lines up to an empty one.

    `legend` is shown once before the first of several steps (a scale, the marks), `lines` under the label
    (numbered options); `hint` says what can be typed, `answer` is what stands there now. `written` is true
    where words are asked for, so that an editor can be opened on them. `about` says what a step belongs to
    when the walk goes on in the middle of a prompt. `whole` is the label in full, where the
    label has the first words only; `reminder` are lines of the list above it, told again only where the
    question is.
    """

    key: Key = ()
    label: str = ""
    help: str = ""
    legend: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    hint: str = ""
    answer: str = ""
    about: str = ""
    many_lines: bool = False
    written: bool = False
    whole: str = ""
    reminder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that was read: the prompt's new value, what to say back, and where to go on.

    `next` is the key of the step to ask now; None means the step behind the one just answered, and after
    emptying the same step. `in_words` is true where the line was kept in the person's own words.
    """

    value: Value | None
    said: str = ""
    next: Key | None = None
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a prompt may know of the rest of the response when it is asked or shown.

    `picks` are the rows or options that `rows_from` or `options_from` yields now, `pickable` the ids it could
    yield, own entries left out (None: not known); `offers` what is put before the person at the plan;
    `last_own` and `last_action` the highest numbers ever given to own entries of this prompt and to actions;
    `remark` whether the remark on load was not made yet; `country` the one configured (empty: none), as a
    typed day may mean another one there. With `one_by_one` items are asked one by one and said in full,
    without a list of all before (for a screen reader).
    """

    today: dt.date
    picks: tuple[Pick, ...] = ()
    pickable: frozenset[str] | None = None
    offers: tuple[Offer, ...] = ()
    last_own: int = 0
    last_action: int = 0
    level: Level = "team"
    remark: bool = True
    one_by_one: bool = False
    country: str = ""

    def could_be_picked(self, name: str) -> bool:
        """Whether an id may be one of a pick, be it made now or withdrawn."""
        return self.pickable is None or name in self.pickable or is_own_id(name)


def check_length(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text. Raises CannotReadError if it is too long."""
    if len(text) > limit:
        raise CannotReadError(f"At most {limit:,} characters, please; this has {len(text):,}.")
    return text


_LABEL = 68
"""Characters of an item asked for alone, at most: a line of 80 columns with `12 of 12: ` before it."""


def item_steps(
    every: Step, items: tuple[Item, ...], around: Around, *, said: Mapping[str, str], hints: tuple[str, str]
) -> list[Step]:
    """Ask for all items at once, as `every` does, then for each: `3 of 6: Human resources …`.

    `said` are answers by the item's id, `hints` what can be typed where there is none and where there is one.
    Where items are asked one by one their words and help are given in full.
    """
    total, in_full = len(items), around.one_by_one
    alone = in_full or total < 2
    steps = [] if alone else [every]
    for number, item in enumerate(items, 1):
        whole, answer = f"{number} of {total}: {item.text}", said.get(item.id, "")
        label = whole if in_full else f"{number} of {total}: {first_words(item.text, _LABEL)}"
        help_ = item.help if alone else ""
        hint = hints[answer != ""]
        steps.append(Step((item.id,), label, help_, every.legend, hint=hint, answer=answer, whole=whole))
    return steps


def is_full(entries: Sequence[Value], most: int | None) -> bool:
    """Whether no more entries or rows can be added to these."""
    return most is not None and len(entries) >= most


def behind(names: Sequence[str], name: str) -> str:
    """Give the name behind one of several; behind the last, and behind NEW, it is NEW."""
    following = [*names, NEW, NEW]
    return following[following.index(name) + 1]
