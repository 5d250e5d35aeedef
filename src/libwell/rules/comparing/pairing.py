"""One prompt then and now: what was given in both, matched place by place, and what can't be compared in it.

Items and marks are matched by their ids, own entries by their words. It must not judge a difference, and
looks at no more than the two answers handed to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, assert_never

from libwell.model.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.kinds.base import Prompt
    from libwell.kinds.measures import AnswerPlaces
    from libwell.kinds.values import Given
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked

Change = Literal["gained", "lost", "kept"]
OnlyOnce = Literal["only-then", "only-now"]
Reason = Literal[OnlyOnce, "no-measure", "another-kind", "another-scale", "another-unit", "another-count"]
_ASKED_ONCE: dict[OnlyOnce, tuple[str, str]] = {
    "only-then": ("asked only then", "; the worksheet no longer has it"),
    "only-now": ("asked only now", "; the worksheet did not have it then"),
}
"""What is said of a prompt, and what more where the worksheet of the other time does not have it."""
_THERE_ONCE: dict[OnlyOnce, str] = {
    "only-then": "only then; it is not there now",
    "only-now": "only now; it was not there then",
}
_Key = tuple[str, bool, str]
"""An item's id, or the words of an own one (True); and the id of its mark."""


@dataclass(frozen=True, slots=True)
class PlacePair:
    """One place of an answer, then and now (None: not given there); `place` has its latest words.

    A mark or a pick has a `change`, a number a `difference`; neither is told where one of the two can't say.
    """

    place: Given
    then: Given | None
    now: Given | None
    change: Change | None = None
    difference: Decimal | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether the same was given."""
        if self.then is None or self.now is None:
            return False
        return (self.then.value, self.then.not_answered) == (self.now.value, self.now.not_answered)


@dataclass(frozen=True, slots=True)
class Pair:
    """One prompt, then and now; `places` only where places are compared one by one."""

    then: Asked
    now: Asked
    is_private: bool
    is_unchanged: bool
    places: tuple[PlacePair, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCompared:
    """What can't be compared: a prompt, an item or mark of one (`item`), or a score; and why."""

    what: Literal["prompt", "item", "score"]
    id: str
    title: str
    reason: Reason
    text: str
    is_private: bool
    item: str = ""
    item_title: str = ""


def folded(text: str) -> str:
    """Words as they are matched: without regard to case and white space."""
    return one_line(text).casefold()


def given_in(one: Asked) -> list[Given]:
    """Everything given in an answer."""
    return [] if one.value is None else list(one.prompt.given(one.value, one.around))


# --- what can't be compared -----------------------------------------------------------------------


def only_once(one: Asked, reason: OnlyOnce, other: Worksheet, *, is_private: bool) -> Iterator[NotCompared]:
    """A prompt that was asked at one time only, if there is an answer; `other` is the other's worksheet."""
    if one.is_answered:
        text, gone = _ASKED_ONCE[reason]
        text += gone if other.find(one.prompt.id) is None else ""
        yield NotCompared("prompt", one.prompt.id, one.prompt.ask, reason, text, is_private)


def _asked_otherwise(before: Prompt, after: Prompt) -> tuple[Reason, str] | None:
    """Why a prompt asked at both times can't be compared."""
    if not (before.is_compared and after.is_compared):
        return "no-measure", "no measure: read each by itself"
    if before.kind != after.kind:
        return "another-kind", f"another kind of question: then {before.kind}, now {after.kind}"
    first, second = before.places(), after.places()
    if first.unit != second.unit:
        return "another-unit", f"another unit: then {first.unit or 'none'}, now {second.unit or 'none'}"
    return _rated_otherwise(first, second) if after.measure == "point" else None


def _rated_otherwise(first: AnswerPlaces, second: AnswerPlaces) -> tuple[Reason, str] | None:
    if bool(first.items) != bool(second.items):
        shapes = ["item by item" if one.items else "as a whole" for one in (first, second)]
        return "another-kind", f"then rated {shapes[0]}, now {shapes[1]}"
    if (first.low, first.high) != (second.low, second.high):
        scales = [f"from {one.low} to {one.high}" for one in (first, second)]
        return "another-scale", f"another scale: then {scales[0]}, now {scales[1]}"
    points, others = ([folded(point.text) for point in one.values] for one in (first, second))
    if points != others:
        return "another-scale", "another scale: the same numbers stand for other words"
    return None


class _Side:
    """One prompt at one time: what was given in it by place, and which places it has at all."""

    def __init__(self, one: Asked) -> None:
        self.prompt = one.prompt
        self.given = {_key(row): row for row in given_in(one)}
        self._known = {"", *(name for name, _ in one.prompt.names()), *(one.around.pickable or ())}
        self._takes_own = one.prompt.takes_own or one.prompt.source is not None

    def has(self, key: _Key) -> bool:
        """Whether it has an item and a mark, whatever was given in it."""
        item, is_own, mark = key
        return mark in self._known and (self._takes_own if is_own else item in self._known)

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
    """A prompt asked at both times as a pair, unless nothing can be compared; and what in it can't be."""
    if not (old.is_answered or new.is_answered):
        return
    if found := _asked_otherwise(old.prompt, new.prompt):
        yield NotCompared("prompt", new.prompt.id, new.prompt.ask, *found, is_private)
        return
    match new.prompt.measure:
        case "pick" | "mark" | "point" | "amount":
            yield from _place_by_place(old, new, is_private=is_private)
        case "day" | "yes-no" | "words" | "cells" | None:
            is_unchanged = _said_no(old) == _said_no(new) and _as_given(old) == _as_given(new)
            yield Pair(old, new, is_private, is_unchanged)
        case never:
            assert_never(never)


def _said_no(one: Asked) -> str | None:
    """The reason of a full not-answer; a skip is none."""
    return None if one.not_answer == "skipped" else one.not_answer


def _as_given(one: Asked) -> list[tuple[object, ...]]:
    return [(_key(row), row.value, row.not_answered) for row in given_in(one)]


def _place_by_place(old: Asked, new: Asked, *, is_private: bool) -> Iterator[Pair | NotCompared]:
    before, after = _Side(old), _Side(new)
    yield from before.lacking_in(after, "only-then", is_private=is_private)
    yield from after.lacking_in(before, "only-now", is_private=is_private)
    order = {name: place for place, (name, _) in enumerate(new.prompt.names())}
    keys = [key for key in {**after.given, **before.given} if before.has(key) and after.has(key)]
    keys.sort(key=lambda key: (key[1], order.get(key[0], 0), order.get(key[2], 0)))
    can_say = not (_said_no(old) or _said_no(new))
    places = tuple(_place_pair(before.given.get(key), after.given.get(key), can_say=can_say) for key in keys)
    if places or not can_say:
        is_unchanged = _said_no(old) == _said_no(new) and all(one.is_unchanged for one in places)
        yield Pair(old, new, is_private, is_unchanged, places)


def _place_pair(then: Given | None, now: Given | None, *, can_say: bool) -> PlacePair:
    """What was given at a place, of which at least one is there."""
    if then is None or now is None:
        (place,) = [one for one in (now, then) if one]
        change: Change = "gained" if now else "lost"
        return PlacePair(place, then, now, change if can_say and place.value is True else None)
    if now.value is True:
        return PlacePair(now, then, now, "kept" if can_say else None)
    if then.value is None or now.value is None:
        return PlacePair(now, then, now)
    return PlacePair(now, then, now, difference=Decimal(str(now.value)) - Decimal(str(then.value)))
