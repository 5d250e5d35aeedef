"""Reading a worksheet's data so that one pass finds every mistake in it.

What can't be read is reported and left out, and the rest is read again, so that a misspelled key does not
hide that a condition elsewhere leads nowhere.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from libwell.errors import MOST_MISTAKES, KeyPath, Mistake
from libwell.model.named_parts import names_what_is_there
from libwell.model.worksheet import Worksheet

Positions = dict[KeyPath, dict[str | int, int]]
"""For each list, where each entry that remains stood before something was left out."""

_GONE = object()
_ROUNDS = 40
_HEAD: dict[KeyPath, str] = {
    ("libwell",): "worksheet/1",
    ("id",): "worksheet",
    ("version",): "1",
    ("title",): "Worksheet",
}
"""What stands for a key of the head that is missing or can't be read."""


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """A worksheet as far as it can be read, and the mistakes in its shape, with their paths in the data.

    `positions` says of its lists where their entries stood in the data. Without a worksheet nothing of it
    can be read.
    """

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...] = ()
    positions: Positions = field(default_factory=dict)


def read_data(data: dict[str, Any]) -> PartlyRead:
    """Read a worksheet's data, as its TOML gives it.

    Without mistakes the worksheet is complete. With more than `MOST_MISTAKES` there is none.
    """
    try:
        return PartlyRead(Worksheet.model_validate(data))
    except ValidationError as error:
        return _read_in_part(data, error)


def _read_in_part(data: dict[str, Any], error: ValidationError) -> PartlyRead:
    """Leave out what an error names, read again, and so on."""
    from libwell.rules.mistakes.validation import MISSING, from_validation, way_to

    found: dict[KeyPath, Mistake] = {}
    leading: set[KeyPath] = set()  # to what was found before: what is wrong there may follow from it
    compact, rest = data, _compacted(data, (), {})
    positions: Positions = {}
    for _ in range(_ROUNDS):
        seen = frozenset(leading)
        for mistake in from_validation(error, compact, Worksheet, by_author=True):
            path = original(mistake.path, positions)
            way = way_to(path)
            follows = names_what_is_there(path, data)  # from what can't be read: without the prompt
            if path not in seen and found.keys().isdisjoint(way) and not follows:
                found[path] = replace(mistake, path=path)
                leading.update(way)
            _leave_out(rest, path[:4] if follows else path, missing=mistake.message == MISSING)
        if len(found) > MOST_MISTAKES:
            break
        positions = {}
        compact = _compacted(rest, (), positions)
        try:
            return PartlyRead(Worksheet.model_validate(compact), tuple(found.values()), positions)
        except ValidationError as next_error:
            error = next_error
    return PartlyRead(None, tuple(found.values()))


def original(path: KeyPath, positions: Positions) -> KeyPath:
    """The path in the data as it was before entries were left out.

    `positions` says where those that are left stood, as `PartlyRead` has it.
    """
    moved = (positions.get(path[:number], {}) for number in range(len(path)))
    return tuple(there.get(part, part) for there, part in zip(moved, path, strict=True))


def _compacted(value: Any, path: KeyPath, positions: Positions) -> Any:
    """A copy without what is gone; `positions` is told where the entries of each list stood."""
    if isinstance(value, dict):
        return {
            key: _compacted(part, (*path, key), positions) for key, part in value.items() if part is not _GONE
        }
    if isinstance(value, list):
        kept = [number for number, part in enumerate(value) if part is not _GONE]
        positions[path] = dict[str | int, int](enumerate(kept))
        return [_compacted(value[number], (*path, place), positions) for place, number in enumerate(kept)]
    return value


def _leave_out(data: Any, path: KeyPath, *, missing: bool) -> None:
    """Take out what is at the path; the whole table where a key is missing, or where its kind is not known.

    A worksheet or section without a readable name gets one, so that what stands in it can be checked.
    """
    if path in _HEAD:
        data[path[0]] = _HEAD[path]
        return
    if path[:1] == ("sections",) and len(path) in {2, 3} and _is_named(data["sections"][path[1]], path):
        return
    here, way = data, path[:-1] if missing or path[-1:] == ("kind",) else path
    if way:
        with suppress(TypeError):  # of what is gone nothing can be left out
            for part in way[:-1]:
                here = here[part]
            here[way[-1]] = _GONE


def _is_named(section: Any, path: KeyPath) -> bool:
    """Name a section that has no readable name; False if it has, or needs none."""
    if not isinstance(section, dict) or "include" in section:
        return False
    names = {"id": f"section-{path[1]}", "title": "Section"}
    bad = {name: text for name, text in names.items() if name not in section or path[2:] == (name,)}
    section.update(bad)
    return bool(bad)
