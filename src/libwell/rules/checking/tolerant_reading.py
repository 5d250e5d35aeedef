"""Reading a worksheet's data so that one pass finds every mistake in it.

What can't be read is reported and left out, and the rest is read again, so that a misspelt key does not
hide that a condition elsewhere leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from libwell.errors import MOST_MISTAKES, Mistake
from libwell.model.worksheet import Worksheet
from libwell.rules.checking.mistakes import MISSING, Path, from_validation

_GONE = object()
_ROUNDS = 40
_HEAD = {"libwell": "worksheet/1", "id": "worksheet", "version": "1", "title": "Worksheet"}

Positions = dict[Path, list[int]]
"""For each list, where its remaining entries stood before something was left out."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A worksheet as far as it can be read, and the mistakes in its shape, with paths of the data given."""

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...]
    positions: Positions


def read_data(data: dict[str, Any]) -> Salvaged:
    """Read a worksheet's data. Without mistakes the worksheet is complete; with too many there is none."""
    found: dict[Path, Mistake] = {}
    leading: set[Path] = set()  # to what was found
    rest: Any = _copied(data)
    for turn in range(_ROUNDS):
        positions: Positions = {}
        compact = _compact(rest, (), positions)
        try:
            return Salvaged(Worksheet.model_validate(compact), tuple(found.values()), positions)
        except ValidationError as error:
            for mistake in from_validation(error, compact, Worksheet):
                path = original(mistake.path, positions)
                ways = [path[:length] for length in range(len(path) + 1)]
                follows = turn > 0 and path in leading
                if not (follows or any(way in found for way in ways)):
                    found[path] = Mistake(mistake.message, path, mistake.remedy)
                    leading.update(ways)
                _leave_out(rest, path, missing=mistake.message == MISSING)
        if len(found) > MOST_MISTAKES:
            break
    return Salvaged(None, tuple(found.values()), {})


def original(path: Path, positions: Positions) -> Path:
    """The path in the data as it was before entries were left out."""
    before: list[str | int] = []
    for number, part in enumerate(path):
        moved = positions.get(path[:number], []) if isinstance(part, int) else []
        before.append(moved[part] if isinstance(part, int) and part < len(moved) else part)
    return tuple(before)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _compact(value: Any, path: Path, positions: Positions) -> Any:
    if isinstance(value, dict):
        return {
            key: _compact(part, (*path, key), positions) for key, part in value.items() if part is not _GONE
        }
    if isinstance(value, list):
        kept = [number for number, part in enumerate(value) if part is not _GONE]
        positions[path] = kept
        return [_compact(value[number], (*path, place), positions) for place, number in enumerate(kept)]
    return value


def _leave_out(data: Any, path: Path, *, missing: bool) -> None:
    """Take out what is at the path; for a missing key the table it is missing from."""
    if len(path) == 1 and path[0] in _HEAD:
        data[path[0]] = _HEAD[str(path[0])]
        return
    if path[:1] == ("sections",) and len(path) in {2, 3} and _is_named(data, path):
        return
    if missing or path[-1:] == ("kind",):
        path = path[:-1]
    here = data
    for part in path[:-1]:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return
    if path and isinstance(here, dict | list):
        _set_gone(here, path[-1])


def _is_named(data: Any, path: Path) -> bool:
    """Name a section that has no readable name, so that what stands in it can be checked; False if it has."""
    section = data["sections"][path[1]]
    if not isinstance(section, dict) or "include" in section:
        return False
    names = {"id": f"section-{path[1]}", "title": "Section"}
    bad = [name for name in names if name not in section or path[2:] == (name,)]
    section.update({name: names[name] for name in bad})
    return bool(bad)


def _set_gone(here: Any, last: str | int) -> None:
    if isinstance(here, dict) or (isinstance(last, int) and last < len(here)):
        here[last] = _GONE
