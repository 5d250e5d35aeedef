"""One prompt then and now: what was given in both, matched place by place, and what can't be compared in it.

Items and marks are matched by their ids, own entries by their words. It must not judge a difference, and
looks at no more than the two answers handed to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.number import NumberPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.model.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from libwell.kinds.base import Given
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked

MARKED = frozenset({"choice", "choices", "checklist"})
"""Kinds whose picks and marks are gained, lost or kept."""
COUNTED = frozenset({"rating", "number"})
"""Kinds whose numbers have a difference. All others stand side by side."""

Change = Literal["gained", "lost", "kept"]
OnlyOnce = Literal["only-then", "only-now"]
Reason = Literal[OnlyOnce, "no-measure", "another-kind", "another-scale", "another-unit", "another-count"]
_Key = tuple[str, bool, str]
"""An item's id, or the words of an own one (True); and the id of its mark."""


@dataclass(frozen=True, slots=True)
class Line:
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
    """One prompt, then and now; `lines` only where places are compared one by one."""

    then: Asked
    now: Asked
    is_private: bool
    is_unchanged: bool
    lines: tuple[Line, ...] = ()

    @property
    def was_reworded(self) -> bool:
        """Whether the question was asked in other words."""
        return folded(self.then.prompt.ask) != folded(self.now.prompt.ask)


@dataclass(frozen=True, slots=True)
class Apart:
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


# --- what can't be compared -----------------------------------------------------------------------


def only_once(one: Asked, reason: OnlyOnce, other: Worksheet, *, is_private: bool) -> Iterator[Apart]:
    """A prompt that was asked at one time only, if there is an answer; `other` is the other's worksheet."""
    text = "asked only then" if reason == "only-then" else "asked only now"
    if other.find(one.prompt.id) is None:
        has_not = "no longer has it" if reason == "only-then" else "did not have it then"
        text += f"; the worksheet {has_not}"
    if one.is_answered:
        yield Apart("prompt", one.prompt.id, one.prompt.ask, reason, text, is_private)


def _asked_otherwise(old: Asked, new: Asked) -> tuple[Reason, str] | None:
    """Why a prompt asked at both times can't be compared."""
    before, after = old.prompt, new.prompt
    if not (before.is_compared and after.is_compared):
        return "no-measure", "no measure: read each by itself"
    if before.kind != after.kind:
        return "another-kind", f"another kind of question: then {before.kind}, now {after.kind}"
    if isinstance(before, RatingPrompt) and isinstance(after, RatingPrompt):
        return _rated_otherwise(before, after)
    if isinstance(before, NumberPrompt) and isinstance(after, NumberPrompt) and before.unit != after.unit:
        return "another-unit", f"another unit: then {before.unit or 'none'}, now {after.unit or 'none'}"
    return None


def _rated_otherwise(before: RatingPrompt, after: RatingPrompt) -> tuple[Reason, str] | None:
    if bool(before.items) != bool(after.items):
        shapes = ["item by item" if prompt.items else "as a whole" for prompt in (before, after)]
        return "another-kind", f"then rated {shapes[0]}, now {shapes[1]}"
    first, second = before.scale, after.scale
    if (first.min, first.max) != (second.min, second.max):
        scales = [f"from {scale.min} to {scale.max}" for scale in (first, second)]
        return "another-scale", f"another scale: then {scales[0]}, now {scales[1]}"
    if [*map(folded, first.labels)] != [*map(folded, second.labels)]:
        return "another-scale", "another scale: the same numbers stand for other words"
    return None


def _items_apart(
    rows: dict[_Key, Given], one: Asked, other: Asked, reason: OnlyOnce, *, is_private: bool
) -> list[Apart]:
    """Items and marks that carry something and that the prompt of the other time does not have, each once."""
    text = "only then; it is not there now" if reason == "only-then" else "only now; it was not there then"
    found: dict[_Key, Apart] = {}
    is_known = _known_to(other)
    for key, row in rows.items():
        item, is_own, mark = key
        if is_known(key):
            continue
        place, named = (item, is_own, ""), ("other" if is_own else row.item, row.about)
        if is_known(place):
            place, named = ("", False, mark), (row.mark, row.mark_text)
        head = (one.prompt.id, one.prompt.ask, reason, text, is_private)
        found.setdefault(place, Apart("item", *head, *named))
    return list(found.values())


def _known_to(one: Asked) -> Callable[[_Key], bool]:
    """Make the test whether a prompt has an item and a mark, whatever was given in it."""
    known = {"", *(name for name, _ in one.prompt.names()), *(one.around.pickable or ())}
    takes_own = _takes_own(one)

    def is_known(key: _Key) -> bool:
        item, is_own, mark = key
        return mark in known and (takes_own if is_own else item in known)

    return is_known


def _takes_own(one: Asked) -> bool:
    if isinstance(one.prompt, ChecklistPrompt):
        return one.prompt.add_items
    return not isinstance(one.prompt, PickingPrompt) or one.prompt.other or one.prompt.source is not None


# --- what can -------------------------------------------------------------------------------------


def pair_up(old: Asked, new: Asked, *, is_private: bool) -> tuple[Pair | None, list[Apart]]:
    """A prompt asked at both times, and what in it can't be compared; no pair if nothing can."""
    if not (old.is_answered or new.is_answered):
        return None, []
    if found := _asked_otherwise(old, new):
        return None, [Apart("prompt", new.prompt.id, new.prompt.ask, *found, is_private)]
    if new.prompt.kind in MARKED | COUNTED:
        return _place_by_place(old, new, is_private=is_private)
    is_unchanged = said_no(old) == said_no(new) and _as_given(old) == _as_given(new)
    return Pair(old, new, is_private, is_unchanged), []


def said_no(one: Asked) -> str:
    """The reason of a full not-answer; a skip is none."""
    return "" if one.not_answer in (None, "skipped") else str(one.not_answer)


def given_in(one: Asked) -> list[Given]:
    """Everything given in an answer."""
    return [] if one.value is None else list(one.prompt.given(one.value, one.around))


def _as_given(one: Asked) -> list[tuple[object, ...]]:
    return [(_key(row), row.value, row.not_answered) for row in given_in(one)]


def _key(row: Given) -> _Key:
    return folded(row.about) if row.is_own else row.item, row.is_own, row.mark


def _place_by_place(old: Asked, new: Asked, *, is_private: bool) -> tuple[Pair | None, list[Apart]]:
    before, after = ({_key(row): row for row in given_in(one)} for one in (old, new))
    apart = [
        *_items_apart(before, old, new, "only-then", is_private=is_private),
        *_items_apart(after, new, old, "only-now", is_private=is_private),
    ]
    had, has = _known_to(old), _known_to(new)
    keys = [key for key in {**after, **before} if had(key) and has(key)]
    can_say = not (said_no(old) or said_no(new))
    lines = tuple(_line(key, before, after, can_say=can_say) for key in _ordered(keys, new))
    if not lines and can_say:
        return None, apart
    is_unchanged = said_no(old) == said_no(new) and all(line.is_unchanged for line in lines)
    return Pair(old, new, is_private, is_unchanged, lines), apart


def _ordered(keys: list[_Key], one: Asked) -> list[_Key]:
    """In the worksheet's order, own entries last."""
    names = {name: place for place, (name, _) in enumerate(one.prompt.names())}
    return sorted(keys, key=lambda key: (key[1], names.get(key[0], 0), names.get(key[2], 0)))


def _line(key: _Key, before: dict[_Key, Given], after: dict[_Key, Given], *, can_say: bool) -> Line:
    then, now = before.get(key), after.get(key)
    place = now or before[key]
    if place.value is not True:
        return Line(place, then, now, difference=_difference(then, now))
    if not can_say:
        return Line(place, then, now)
    return Line(place, then, now, change="kept" if then and now else "gained" if now else "lost")


def _difference(then: Given | None, now: Given | None) -> Decimal | None:
    """How much more it is now, exactly; None where one of the two is no number."""
    if then is None or now is None or then.value is None or now.value is None:
        return None
    return Decimal(str(now.value)) - Decimal(str(then.value))
