"""One prompt then and now: what was given in both, matched place by place, and what can't be compared in it.

Items and marks are matched by their ids, own entries by their words. It must not judge a difference, and
looks at no more than the two answers handed to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, assert_never

from libwell.kinds.values import Given
from libwell.model.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from libwell.kinds.base import Prompt
    from libwell.model.comparison_records import Change, OnlyOnce, Reason
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked

_ASKED_ONCE: dict[OnlyOnce, tuple[str, str]] = {
    "only-then": ("asked only then", "; the worksheet no longer has it"),
    "only-now": ("asked only now", "; the worksheet did not have it then"),
}
"""What is said of a prompt, and what more where the worksheet of the other time does not have it."""
_THERE_ONCE: dict[OnlyOnce, str] = {
    "only-then": "only then; it is not there now",
    "only-now": "only now; it was not there then",
}
_ASKED_OTHERWISE: tuple[tuple[Reason, str], ...] = (
    ("another-kind", "another kind of question: then {}, now {}"),
    ("another-unit", "another unit: then {}, now {}"),
    ("another-kind", "then rated {}, now {}"),
    ("another-scale", "another scale: then {}, now {}"),
    ("another-scale", "another scale: the same numbers stand for other words"),
)
"""What is said of a prompt that was asked otherwise, in the order in which it is looked at."""
_CHANGES: dict[tuple[bool, bool], Change] = {
    (False, True): "gained",
    (True, False): "lost",
    (True, True): "kept",
}
"""By whether something was given then, and now."""
NOT_THERE = Given(value=None)
"""Nothing, at a place where something was given at the other time."""
_Key = tuple[str, bool, str]
"""An item's id, or the words of an own one (True); and the id of its mark."""


@dataclass(frozen=True, slots=True)
class PlacePair:
    """One place of an answer, then and now (`NOT_THERE`: not given then); `place` has its latest words.

    A mark or a pick has a `change`, a number a `difference`. Both are None where that can't be said.
    """

    place: Given
    then: Given
    now: Given
    change: Change | None = None
    difference: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One prompt, then and now. There are `places` only where they are compared one by one."""

    then: Asked
    now: Asked
    is_private: bool
    is_unchanged: bool
    places: tuple[PlacePair, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCompared:
    """What can't be compared, and why: a prompt, a score, or in a prompt an item or mark.

    `id` and `title` are the prompt's or the score's, `item` and `item_title` the item's or mark's. `text`
    says the reason in words.
    """

    what: Literal["prompt", "item", "score"]
    id: str
    title: str
    reason: Reason
    text: str
    is_private: bool
    item: str | None = None
    item_title: str | None = None


def folded(text: str) -> str:
    """Words as they are matched: without regard to case and white space."""
    return one_line(text).casefold()


def given_in(one: Asked) -> list[Given]:
    """Everything given in an answer, place by place; nothing where there is no answer."""
    return [] if one.value is None else list(one.prompt.given(one.value, one.around))


# --- what can't be compared -----------------------------------------------------------------------


def only_once(one: Asked, reason: OnlyOnce, other: Worksheet, *, is_private: bool) -> Iterator[NotCompared]:
    """A prompt that was asked at one time only, as one that can't be compared; nothing if it has no answer.

    `other` is the worksheet of the other time.
    """
    if one.is_answered:
        text, gone = _ASKED_ONCE[reason]
        if other.find(one.prompt.id) is None:
            text += gone
        yield NotCompared("prompt", one.prompt.id, one.prompt.ask, reason, text, is_private)


def _asked_otherwise(before: Prompt, after: Prompt) -> tuple[Reason, str] | None:
    """Why a prompt asked at both times can't be compared."""
    if not (before.is_compared and after.is_compared):
        return "no-measure", "no measure: read each by itself"
    both = _how_asked(before), _how_asked(after)
    for then, now, (reason, text) in zip(*both, _ASKED_OTHERWISE, strict=False):
        if then != now:
            return reason, text.format(then or "none", now or "none")
    return None


def _how_asked(prompt: Prompt) -> tuple[str, ...]:
    """What has to be the same at both times: kind and unit, and of a rating what is rated, and its scale."""
    places = prompt.places()
    if prompt.measure != "point":
        return prompt.kind, places.unit
    rated = "item by item" if places.items else "as a whole"
    words = "\n".join(folded(point.text) for point in places.values)
    return prompt.kind, places.unit, rated, f"from {places.low} to {places.high}", words


class _Side:
    """One prompt at one time: what was given in it by place, and which places it has at all."""

    def __init__(self, one: Asked) -> None:
        self.prompt, self.reason = one.prompt, _said_no(one)
        self.given = {_key(row): row for row in given_in(one)}
        self._known = {"", *dict(one.prompt.names()), *(one.around.pickable or ())}
        self._takes_own = one.prompt.takes_own or one.prompt.source is not None

    def has(self, key: _Key) -> bool:
        """Whether it has an item and a mark, whatever was given in it."""
        item, is_own, mark = key
        return mark in self._known and (self._takes_own if is_own else item in self._known)

    def told(self, keys: Collection[_Key]) -> tuple[object, ...]:
        """What is held against the other time: the reason of a full not-answer, and what was given."""
        given = {key: (row.value, row.not_answered) for key, row in self.given.items() if key in keys}
        return self.reason, given

    def lacking_in(self, other: _Side, reason: OnlyOnce, *, is_private: bool) -> Iterator[NotCompared]:
        """Items and marks that carry something and that the prompt of the other time does not have, once."""
        found: dict[_Key, tuple[str, str]] = {}
        for key, row in self.given.items():
            item, is_own, mark = key
            if not other.has((item, is_own, "")):
                found.setdefault((item, is_own, ""), ("other" if is_own else row.item, row.about))
            elif not other.has(key):
                found.setdefault(("", False, mark), (row.mark, row.mark_text))
        head = (self.prompt.id, self.prompt.ask, reason, _THERE_ONCE[reason], is_private)
        yield from (NotCompared("item", *head, *named) for named in found.values())


def _key(row: Given) -> _Key:
    return folded(row.about) if row.is_own else row.item, row.is_own, row.mark


# --- what can -------------------------------------------------------------------------------------


def pair_up(old: Asked, new: Asked, *, is_private: bool) -> Iterator[Pair | NotCompared]:
    """A prompt asked at both times: as a pair, and what in it can't be compared.

    Nothing comes of it if it is not answered at either time, and no pair if it was asked otherwise then.
    """
    if not (old.is_answered or new.is_answered):
        return
    if found := _asked_otherwise(old.prompt, new.prompt):
        yield NotCompared("prompt", new.prompt.id, new.prompt.ask, *found, is_private)
        return
    match new.prompt.measure:
        case "pick" | "rank" | "mark" | "point" | "amount":
            yield from _place_by_place(old, new, is_private=is_private)
        case "day" | "yes-no" | "words" | "cells" | None:
            yield Pair(old, new, is_private, _told_in(old) == _told_in(new))
        case never:
            assert_never(never)


def _told_in(one: Asked) -> tuple[object, ...]:
    """The same of a whole prompt as `_Side.told` of places, in the order in which it was given."""
    return _said_no(one), [(_key(row), row.value, row.not_answered) for row in given_in(one)]


def _said_no(one: Asked) -> str | None:
    """The reason of a full not-answer; a skip is none."""
    return None if one.not_answer == "skipped" else one.not_answer


def _place_by_place(old: Asked, new: Asked, *, is_private: bool) -> Iterator[Pair | NotCompared]:
    before, after = _Side(old), _Side(new)
    yield from before.lacking_in(after, "only-then", is_private=is_private)
    yield from after.lacking_in(before, "only-now", is_private=is_private)
    order = {name: place for place, (name, _) in enumerate(new.prompt.names())}
    keys = [key for key in {**after.given, **before.given} if before.has(key) and after.has(key)]
    keys.sort(key=lambda key: (key[1], order.get(key[0], 0), order.get(key[2], 0)))
    can_say = old.value is not None and new.value is not None  # what is not answered was not taken back
    both = ((before.given.get(key, NOT_THERE), after.given.get(key, NOT_THERE)) for key in keys)
    places = tuple(_place_pair(*pair, can_say=can_say) for pair in both)
    if places or before.reason or after.reason:
        is_unchanged = before.told(set(keys)) == after.told(set(keys))
        yield Pair(old, new, is_private, is_unchanged, places)


def _place_pair(then: Given, now: Given, *, can_say: bool) -> PlacePair:
    """What was given at a place, of which at least one is there."""
    latest = then if now is NOT_THERE else now
    if latest.value is True:
        change = _CHANGES[then is not NOT_THERE, now is not NOT_THERE] if can_say else None
        return PlacePair(latest, then, now, change)
    values = [Decimal(str(row.value)) for row in (now, then) if row.value is not None]
    return PlacePair(latest, then, now, difference=values[0] - values[1] if len(values) == 2 else None)
