"""Own entries beside the items of a rating, with the points they got.

Value: `":own" = [{ other = "…", id = "other-1", point = 2 }]`, without `point` while there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from libwell.kinds.own_entries import OwnEntry, entry_id, own_among
from libwell.kinds.picking import entries_problems
from libwell.kinds.values import Problem, Value, as_entries, as_table, inside
from libwell.model.base import Item

OWN = ":own"
"""Where own entries stand among the points of items; no item's id has a colon."""
_POINT = "point"
_KEYS = {"other", "id", _POINT}
_REMEDY = f'Write [{{ other = "…", {_POINT} = … }}].'


@dataclass(frozen=True, slots=True)
class OwnItem:
    """An own entry as an item, and the point or not-answer it has (None: none yet)."""

    item: Item
    point: Value | None


def own_entries(value: Value | None) -> list[OwnEntry]:
    """The own entries in the value of a rating, in the order they were given."""
    return own_among(as_entries(as_table(value).get(OWN)))


def own_items(value: Value | None) -> list[OwnItem]:
    """The own entries in the value of a rating, each with its point."""
    found = []
    for entry in own_entries(value):
        item = Item.model_construct(id=entry_id(entry), text=entry["other"])
        found.append(OwnItem(item, as_table(entry).get(_POINT)))
    return found


def with_own(value: Value | None, entries: Sequence[Value]) -> dict[str, Value]:
    """The value with exactly these own entries."""
    left = {name: given for name, given in as_table(value).items() if name != OWN}
    return {**left, OWN: list(entries)} if entries else left


def with_point(value: Value | None, name: str, point: Value) -> dict[str, Value]:
    """The value with this point, or a not-answer, for the item or own entry of this id."""
    entries: dict[str, Value] = {entry_id(one): one for one in own_entries(value)}
    if name not in entries:
        return {**as_table(value), name: point}
    entries[name] = {**as_table(entries[name]), _POINT: point}
    return with_own(value, [*entries.values()])


def without_item(value: Value | None, name: str) -> dict[str, Value]:
    """The value without the point of an item, or without an own entry and its point."""
    left = {other: given for other, given in as_table(value).items() if other != name}
    return with_own(left, [one for one in own_entries(value) if entry_id(one) != name])


def own_example(point: int) -> str:
    """How own entries are written in a file, such as one with this point."""
    return f'"{OWN}" = [{{ other = "…", {_POINT} = {point} }}]'


def own_problems(entries: Value, wrong_with: Callable[[Value], Iterator[Problem]]) -> Iterator[Problem]:
    """Everything wrong with what stands under `:own`; `wrong_with` judges a point or what is in its place."""
    own = own_among(as_entries(entries))
    if own != entries:
        yield Problem("a list of own entries was expected.", (), _REMEDY)
        return
    for place, entry in enumerate(own):
        if entry.keys() - _KEYS:
            yield Problem("an own entry has the keys other, point and id.", (place,), _REMEDY)
        if _POINT in entry:
            yield from inside(wrong_with(entry[_POINT]), place, _POINT)
    bare: list[Value] = [{key: entry[key] for key in ("other", "id") if key in entry} for entry in own]
    yield from entries_problems(bare, (), known=(), own=True, what="item")
