"""Entries in a person's own words and rows they added: their lasting ids, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

from libwell.kinds.steps import ADD, Step
from libwell.kinds.values import Value, as_table, as_tables, is_own_id, is_row_id
from libwell.model.base import Item, Pick

Thing = Item | Pick
OwnEntry = dict[str, str]
"""An entry in the person's own words, in `other`, with its lasting `id` once it was given one."""


def own_things(value: Value | None) -> list[dict[str, Value]]:
    """The own entries and added rows in a value, where a prompt of any kind has them."""
    if isinstance(value, dict):
        if "other" in value:
            return [value]
        return [thing for part in value.values() for thing in as_tables(part)]
    return as_tables(value)


def highest_own(value: Value | None) -> int:
    """The highest number among the own entries and added rows in a value; 0 if there is none."""
    if isinstance(value, dict):
        name = str(value.get("id", ""))
        number = _number(name) if is_own_id(name) else 0
        return max([number, *map(highest_own, value.values())])
    if isinstance(value, list):
        return max(map(highest_own, value), default=0)
    return 0


def highest_row(value: Value | None) -> int:
    """The highest number among added rows that stand under their ids; 0 if there is none."""
    return max([0, *map(_number, filter(is_row_id, as_table(value)))])


def _number(name: str) -> int:
    """The number in the id of an own entry or an added row."""
    return int(name.partition("-")[2])


def own_entry(text: str, number: int) -> OwnEntry:
    """An entry in the person's own words, with its lasting id."""
    return {"other": text, "id": f"other-{number}"}


def ask_for_own(entries: Iterable[Value], *, legend: tuple[str, ...] = ()) -> Step:
    """Ask for one more entry in the person's own words, below those there are among `entries`."""
    label = "Anything to add in your own words?"
    lines = tuple(f"“{entry['other']}”" for entry in own_among(entries))
    return Step(ADD, label, legend=legend, lines=lines, hint="Enter goes on.", written=True)


def is_own(value: Value | None) -> TypeGuard[OwnEntry]:
    """Whether a value is an entry in the person's own words."""
    return isinstance(value, dict) and "other" in value


def own_among(entries: Iterable[Value]) -> list[OwnEntry]:
    """The entries in the person's own words."""
    return [entry for entry in entries if is_own(entry)]


def worksheet_entries(entries: Sequence[Value]) -> list[str]:
    """Keep the entries in the worksheet's words, not those in the person's own, given here or elsewhere."""
    return [entry for entry in entries if isinstance(entry, str) and not is_own_id(entry)]


def entry_id(value: Value | None) -> str:
    """The id of a pick or of an own entry (empty while it has none)."""
    if isinstance(value, dict):
        return str(value.get("id", ""))
    return str(value)


def entry_text(value: Value, texts: Mapping[str, str]) -> str:
    """The words of a pick or of an own entry."""
    return value["other"] if is_own(value) else texts.get(entry_id(value), entry_id(value))


def ids_of(things: Iterable[Thing]) -> list[str]:
    """The ids of things, in their order."""
    return [thing.id for thing in things]


def texts_of(things: Sequence[Thing]) -> dict[str, str]:
    """The words of things by their ids: worked out once for all that was picked of them."""
    return {thing.id: thing.text for thing in things}
