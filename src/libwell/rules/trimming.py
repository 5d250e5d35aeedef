"""Taking parts out of an answer that is plain data. Which parts do not fit is not decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.kinds.own_entries import entry_id, highest_own, is_own

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from libwell.kinds.values import Value

Path = tuple[str | int, ...]


def without(value: Value, paths: AbstractSet[Path]) -> Value:
    """The value without what stands at the paths."""
    if isinstance(value, dict):
        return {
            name: without(part, _under(name, paths)) for name, part in value.items() if (name,) not in paths
        }
    if isinstance(value, list):
        kept = [(number, part) for number, part in enumerate(value) if (number,) not in paths]
        return [without(part, _under(number, paths)) for number, part in kept]
    return value


def _under(first: str | int, paths: AbstractSet[Path]) -> set[Path]:
    return {path[1:] for path in paths if path[0] == first and len(path) > 1}


def pruned(value: Value) -> Value:
    """The value without empty lists and tables in it; None if nothing is left."""
    if isinstance(value, dict):
        parts = {name: left for name, part in value.items() if (left := pruned(part)) is not None}
        return None if not parts or _is_bare(parts) else parts
    if isinstance(value, list):
        return [left for part in value if (left := pruned(part)) is not None] or None
    return value


def _is_bare(table: dict[str, Value]) -> bool:
    """Whether only the id of an own entry or of an added row is left."""
    return table.keys() == {"id"} and _is_own_id(table["id"])


def without_own(value: Value) -> Value:
    """The value without own entries, and without what hangs on some.

    Where rows or options come from elsewhere now, an own entry there may have the same id.
    """
    if isinstance(value, list):
        return [entry for entry in value if not _is_own_id(entry_id(entry))]
    if isinstance(value, dict) and not is_own(value):
        return {name: part for name, part in value.items() if not _is_own_id(name)}
    return None if _is_own_id(entry_id(value)) else value


def _is_own_id(name: Value) -> bool:
    return isinstance(name, str) and highest_own({"id": name}) > 0
