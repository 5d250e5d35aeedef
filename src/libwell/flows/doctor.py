"""What is wrong with this installation or with what is saved, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError, LibwellError
from libwell.flows.opened import read_response
from libwell.model.shell_words import as_typed, copying, removing
from libwell.storage import files, locks, scratch
from libwell.storage.places import (
    OWN,
    is_folder,
    is_link,
    is_there,
    loose_modes,
    lost_folders,
    nearest_folder,
)
from libwell.storage.responses import ResponseFolder, backup_of, is_cut_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from libwell.flows.opened import Opened
    from libwell.storage.places import Places
    from libwell.storage.settings import Configuration
    from libwell.storage.worksheets import Shelf


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do about it."""

    about: str
    message: str
    remedy: str


def examine(places: Places, shelf: Shelf, folder: ResponseFolder) -> Iterator[Finding]:
    """Look through the places where libwell keeps things; what it tries to write is gone at once."""
    blocked = list(_folders(places))
    yield from blocked
    at = {one.about for one in blocked}
    if str(places.data) in at:
        return
    yield from examine_disk([places.data, places.responses])
    parts = [("worksheets", _worksheets(places, shelf), _SEE_LIST), (str(places.told), _records(places), "")]
    if str(places.responses) not in at:
        parts.append((str(folder.folder), _saved(places, folder), "Look at what is there."))
    for about, findings, remedy in parts:
        try:
            yield from findings
        except LibwellError as error:
            yield Finding(about, error.message, error.remedy or remedy)


_SEE_LIST = "`libwell list` shows those that can be used."


def examine_configuration(configuration: Configuration) -> Iterator[Finding]:
    """Look through the files of settings, and try whether they can be written."""
    for error in configuration.errors:
        if not isinstance(error, FileRefusedError):
            yield Finding("configuration", error.message, error.remedy)
            continue
        for mistake in error.mistakes:
            remedy = mistake.remedy or "Mend it with an editor."
            yield Finding(mistake.place(error.file), mistake.said, remedy)
    if configuration.own is not None:
        path = configuration.own.path
        yield from open_to_others([path])
        yield from examine_disk(filter(is_folder, [path.parent]))


def examine_editors(folders: Iterable[Path]) -> Iterator[Finding]:
    """Look for what an editor left that was open when libwell was killed; changes nothing."""
    for path in scratch.abandoned(folders):
        message = "a text was left here when your editor was cut off."
        yield Finding(str(path), message, f"{_LEFT} {removing(str(path))}")


_LEFT = "Look there first if you miss words. The next start or resume removes it; to do so now:"


def examine_disk(folders: Iterable[Path]) -> Iterator[Finding]:
    """Try whether files can be written in these folders, or in the nearest that are there."""
    for folder in dict.fromkeys(map(nearest_folder, folders)):
        try:
            files.try_writing(folder)
        except LibwellError as error:
            reason = error.message.rpartition(" could not be saved. ")[2]
            remedy = error.remedy or "Choose another folder."
            yield Finding(str(folder), f"nothing can be written here. {reason}", remedy)


def open_to_others(paths: list[Path]) -> Iterator[Finding]:
    """Say of which of these files and folders others may see more than they should, and how to close them."""
    for path in loose_modes(paths):
        message = "others on this computer may be able to look into it."
        remedy = f"Close it: chmod {'700' if is_folder(path) else '600'} {as_typed(str(path))}"
        if is_link(path):
            message = "this is a link; others may be able to look into what it leads to."
            remedy = "Look where it leads before you close anything there."
        yield Finding(str(path), message, remedy)


_NO_FOLDER = ("this is a file, where a folder should be.", "Move it away.")
_NO_DATA_FOLDER = (
    "this is a file; responses need a folder.",
    "Move it away, or name another folder: --data-dir DIR, or LIBWELL_DATA_DIR.",
)


def _folders(places: Places) -> Iterator[Finding]:
    """Files that stand where a folder should be, and folders that are named and are none."""
    own = [path for path, origin in places.worksheets if origin == OWN]
    wrong = [path for path in (places.data, places.responses, *own) if is_there(path) and not is_folder(path)]
    for path in wrong:
        yield Finding(str(path), *{places.data: _NO_DATA_FOLDER}.get(path, _NO_FOLDER))
    for lost in lost_folders(places):
        yield Finding(str(lost.path), lost.message, lost.remedy)


def _records(places: Places) -> Iterator[Finding]:
    """What libwell notes beside the responses: what it exported, and what it told of many people."""
    links = list(filter(is_link, (places.exports, places.told)))
    for path in links:
        yield Finding(str(path), "a link lies in its place, and is not followed.", "Remove the link.")
    yield from open_to_others([path for path in (places.exports, places.told) if path not in links])
    if is_there(places.told) and places.told not in links:
        from libwell.storage.team_reports import ToldMemory  # only for who made a report

        ToldMemory(places.told).read()


def _worksheets(places: Places, shelf: Shelf) -> Iterator[Finding]:
    shipped = places.worksheets[-1][0]
    headers, failed = shelf.headers()
    if not any(path.parent == shipped for header in headers for path in header.files):
        yield Finding(str(shipped), "the built-in worksheets are missing.", "Install libwell again.")
    for error in failed:
        yield Finding("worksheets", error.message, error.remedy or _SEE_LIST)
    for header in headers:
        own = [path for path in header.files if path.parent != shipped]
        for path in own:
            if shelf.load_if_sound(path) is None:
                remedy = f"Name them: libwell check {as_typed(str(path.absolute()))}"
                yield Finding(f"worksheet {header.id}", "it has mistakes, and can't be used.", remedy)
        doubles = own[1:] if header.path in own else []  # that an own one hides a built-in one is meant
        for path in doubles:
            message = f"it has the id {header.id}, and so has {header.path}, which is the one that is used."
            yield Finding(str(path), message, "Give one of them another id, or move it away.")


# --- responses ------------------------------------------------------------------------------------


def _saved(places: Places, folder: ResponseFolder) -> Iterator[Finding]:
    paths = folder.paths()
    yield from open_to_others([places.data, folder.folder, *paths, *map(backup_of, paths)])
    for path in locks.stale_locks(folder.folder):
        remedy = "Nobody has it open; it goes by itself when you next open the response."
        yield Finding(str(path), "a lock was left behind by a process that ended early.", remedy)
    for path in paths:
        saved = _read(path)
        if isinstance(saved, LibwellError):
            yield Finding(str(path), saved.message, _go_back(path))
        elif saved.response.id != path.stem:
            name = f"{saved.response.id}.toml"
            message = f"it holds the response {saved.response.id}, so it looks like a copy."
            taken = is_there(path.with_name(name))
            remedy = "Move it out of this folder." if taken else f"Move it away, or call it {name}."
            yield Finding(str(path), message, remedy)


def _read(path: Path) -> Opened | LibwellError:
    try:
        return read_response(path)
    except LibwellError as error:
        return error


def _go_back(path: Path) -> str:
    """What to do about a response that can't be read."""
    backup, (mend, or_else) = backup_of(path), _MENDING[is_cut_short(path)]
    if not is_there(backup):
        return f"{mend} move it away. An earlier version is not there."
    if isinstance(_read(backup), LibwellError):
        return f"{mend} move it away. An earlier version has mistakes too."
    return f"{mend} go back to the version before: {copying(str(backup), str(path))}{or_else}"


_MENDING = {
    False: ("Mend the line it names with an editor, or", ""),
    True: ("It looks cut short;", " (or move it away)"),
}
"""What to do about a response by whether it is cut short: first, and when there is a version before."""
