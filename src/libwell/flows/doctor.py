"""What is wrong with this installation or with what is saved, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.storage import files
from libwell.storage.places import is_folder, is_there
from libwell.storage.responses import ResponseFolder, backup_of, read_response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from libwell.storage.places import Places
    from libwell.storage.worksheets import Shelf


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do about it."""

    about: str
    message: str
    remedy: str


def examine(places: Places, shelf: Shelf, folder: ResponseFolder) -> Iterator[Finding]:
    """Look through the places where libwell keeps things; changes nothing."""
    yield from _worksheets(places, shelf)
    yield from _modes(places, folder)
    for path in files.stale_locks(folder.folder):
        remedy = "Nobody has it open; it goes by itself when you next open the response."
        yield Finding(str(path), "a lock was left behind by a process that ended early.", remedy)
    for path in folder.paths():
        yield from _response(path)


def _worksheets(places: Places, shelf: Shelf) -> Iterator[Finding]:
    shipped = places.worksheets[-1][0]
    headers, failed = shelf.headers()
    if not any(header.path.parent == shipped for header in headers):
        yield Finding(str(shipped), "the built-in worksheets are missing.", "Install libwell again.")
    for error in failed:
        yield Finding("worksheets", error.message, error.remedy or "See `libwell check`.")


def _modes(places: Places, folder: ResponseFolder) -> Iterator[Finding]:
    paths = [places.data, folder.folder, *folder.paths(), *map(backup_of, folder.paths())]
    for path in files.loose_modes(path for path in paths if is_there(path)):
        mode = "700" if is_folder(path) else "600"
        message = "others on this computer may be able to look into it."
        yield Finding(str(path), message, f"Close it: chmod {mode} {_quoted(path)}")


def _response(path: Path) -> Iterator[Finding]:
    try:
        read_response(path)
    except LibwellError as error:
        yield Finding(str(path), error.message, error.remedy or _go_back(path))


def _go_back(path: Path) -> str:
    backup = backup_of(path)
    if not is_there(backup):
        return "Mend the line it names, with an editor. There is no earlier version."
    try:
        read_response(backup)
    except LibwellError:
        return "Mend the line it names, with an editor. The earlier version has mistakes too."
    return f"Mend the line it names, or go back to the version before: cp {_quoted(backup)} {_quoted(path)}"


def _quoted(path: Path) -> str:
    """A path as a shell takes it, whatever its name would do there."""
    from shlex import quote  # noqa: PLC0415 - only where something is wrong

    return quote(str(path))
