"""Reading a worksheet's data so that one pass finds every mistake in it.

What can't be read is reported and left out, and the rest is read again, so that a misspelt key does not
hide that a condition elsewhere leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from libwell.model.worksheet import Worksheet

if TYPE_CHECKING:
    from libwell.errors import Mistake

Path = tuple[str | int, ...]
Positions = dict[Path, list[int]]
"""For each list, where its remaining entries stood before something was left out."""

_GONE = object()
_ROUNDS = 40
_HEAD = {"libwell": "worksheet/1", "id": "worksheet", "version": "1", "title": "Worksheet"}


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """A worksheet as far as it can be read, and the mistakes in its shape, with paths of the data given."""

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...] = ()
    positions: Positions = field(default_factory=dict)


def read_data(data: dict[str, Any]) -> PartlyRead:
    """Read a worksheet's data. Without mistakes the worksheet is complete; with too many there is none."""
    try:
        return PartlyRead(Worksheet.model_validate(data))
    except ValidationError as error:
        return _read_in_part(data, error)


def _read_in_part(data: dict[str, Any], error: ValidationError) -> PartlyRead:
    """Leave out what an error names, read again, and so on."""
    from libwell.errors import MOST_MISTAKES
    from libwell.rules.mistakes.validation import MISSING, from_validation

    found: dict[Path, Mistake] = {}
    leading: set[Path] = set()  # to what was found before: what is wrong there may follow from it
    compact, rest = data, _compacted(data, (), {})
    positions: Positions = {}
    for _ in range(_ROUNDS):
        seen = frozenset(leading)
        for mistake in from_validation(error, compact, Worksheet):
            path = original(mistake.path, positions)
            ways = [path[:length] for length in range(len(path) + 1)]
            if path not in seen and not any(way in found for way in ways):
                found[path] = replace(mistake, path=path)
                leading.update(ways)
            _leave_out(rest, path, missing=mistake.message == MISSING)
        if len(found) > MOST_MISTAKES:
            break
        positions = {}
        compact = _compacted(rest, (), positions)
        try:
            return PartlyRead(Worksheet.model_validate(compact), tuple(found.values()), positions)
        except ValidationError as next_error:
            error = next_error
    return PartlyRead(None, tuple(found.values()))


def original(path: Path, positions: Positions) -> Path:
    """The path in the data as it was before entries were left out."""
    before: list[str | int] = []
    for number, part in enumerate(path):
        moved = positions.get(path[:number], []) if isinstance(part, int) else []
        before.append(moved[part] if isinstance(part, int) and part < len(moved) else part)
    return tuple(before)


def _compacted(value: Any, path: Path, positions: Positions) -> Any:
    """A copy without what is gone; `positions` is told where the entries of each list stood."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if part is not _GONE}
        return {key: _compacted(part, (*path, key), positions) for key, part in kept.items()}
    if isinstance(value, list):
        positions[path] = [number for number, part in enumerate(value) if part is not _GONE]
        places = enumerate(positions[path])
        return [_compacted(value[number], (*path, place), positions) for place, number in places]
    return value


def _leave_out(data: Any, path: Path, *, missing: bool) -> None:
    """Take out what is at the path; the whole table where a key is missing, or where its kind is not known.

    A worksheet or section without a readable name gets one, so that what stands in it can be checked.
    """
    if len(path) == 1 and path[0] in _HEAD:
        data[path[0]] = _HEAD[str(path[0])]
        return
    if path[:1] == ("sections",) and len(path) in {2, 3} and _is_named(data["sections"][path[1]], path):
        return
    here, way = data, path[:-1] if missing or path[-1:] == ("kind",) else path
    for part in way[:-1]:
        here = here if here is _GONE else here[part]
    if way and here is not _GONE:
        here[way[-1]] = _GONE


def _is_named(section: Any, path: Path) -> bool:
    """Name a section that has no readable name; False if it has, or needs none."""
    if not isinstance(section, dict) or "include" in section:
        return False
    names = {"id": f"section-{path[1]}", "title": "Section"}
    bad = [name for name in names if name not in section or path[2:] == (name,)]
    section.update({name: names[name] for name in bad})
    return bool(bad)
