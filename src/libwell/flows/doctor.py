"""What is wrong with this installation or with what is saved, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError, LibwellError
from libwell.flows.opened import read_response
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

    from libwell.storage.places import Places
    from libwell.storage.settings import Configuration
    from libwell.storage.worksheets import Header, Shelf


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
    try:
        yield from _worksheets(places, shelf)
    except LibwellError as error:
        yield Finding("worksheets", error.message, error.remedy or _SEE_LIST)
    yield from _records(places)
    if str(places.responses) in at:
        return
    try:
        yield from _saved(places, folder)
    except LibwellError as error:
        yield Finding(str(folder.folder), error.message, error.remedy or "Look at what is there.")


_SEE_LIST = "`libwell list` shows those that can be used."


# --- configuration --------------------------------------------------------------------------------


def examine_configuration(configuration: Configuration) -> Iterator[Finding]:
    """Look through the files of settings, and try whether they can be written."""
    for error in configuration.errors:
        if isinstance(error, FileRefusedError):
            for mistake in error.mistakes:
                place = f"{error.file}:{mistake.line}" if mistake.line else error.file
                text = f"{mistake.key}: {mistake.message}" if mistake.path else mistake.message
                yield Finding(place, text, mistake.remedy or "Mend it with an editor.")
        else:
            yield Finding("configuration", error.message, error.remedy)
    if configuration.own is not None:
        yield from open_to_others([configuration.own.path])
        if is_folder(configuration.own.path.parent):
            yield from examine_disk([configuration.own.path.parent])


# --- editors --------------------------------------------------------------------------------------


def examine_editors(folders: Iterable[Path]) -> Iterator[Finding]:
    """Look for what an editor left that was open when libwell was killed; changes nothing."""
    for path in scratch.abandoned(folders):
        message = "a text was left here when your editor was cut off."
        yield Finding(str(path), message, f"{_LEFT} rm -r {_quoted(path)}")


_LEFT = "Look there first if you miss words. The next start or resume removes it; to do so now:"


# --- folders --------------------------------------------------------------------------------------


def _folders(places: Places) -> Iterator[Finding]:
    if is_there(places.data) and not is_folder(places.data):
        remedy = "Move it away, or name another folder: --data-dir DIR, or LIBWELL_DATA_DIR."
        yield Finding(str(places.data), "this is a file; responses need a folder.", remedy)
    for path in (places.responses, *(path for path, origin in places.worksheets if origin == OWN)):
        if is_there(path) and not is_folder(path):
            yield Finding(str(path), "this is a file, where a folder should be.", "Move it away.")
    for lost in lost_folders(places):
        yield Finding(str(lost.path), lost.message, lost.remedy)


_ELSEWHERE = "Choose another folder."


def examine_disk(folders: Iterable[Path]) -> Iterator[Finding]:
    """Try whether files can be written in these folders, or in the nearest that are there."""
    for folder in dict.fromkeys(map(nearest_folder, folders)):
        try:
            files.try_writing(folder)
        except LibwellError as error:
            reason = error.message.rpartition(" could not be saved. ")[2]
            yield Finding(str(folder), f"nothing can be written here. {reason}", error.remedy or _ELSEWHERE)


# --- records --------------------------------------------------------------------------------------


def _records(places: Places) -> Iterator[Finding]:
    """What libwell notes beside the responses: what it exported, and what it told of many people."""
    links = [path for path in (places.exports, places.told) if is_link(path)]
    for path in links:
        yield Finding(str(path), "a link lies in its place, and is not followed.", "Remove the link.")
    yield from open_to_others([path for path in (places.exports, places.told) if path not in links])
    if is_there(places.told) and places.told not in links:
        from libwell.storage.team_reports import ToldMemory  # only for who made a report

        try:
            ToldMemory(places.told).read()
        except LibwellError as error:
            yield Finding(str(places.told), error.message, error.remedy)


# --- worksheets -----------------------------------------------------------------------------------


def _worksheets(places: Places, shelf: Shelf) -> Iterator[Finding]:
    shipped = places.worksheets[-1][0]
    headers, failed = shelf.headers()
    if not any(shipped in (path.parent for path in _files(header)) for header in headers):
        yield Finding(str(shipped), "the built-in worksheets are missing.", "Install libwell again.")
    for error in failed:
        yield Finding("worksheets", error.message, error.remedy or _SEE_LIST)
    for header in headers:
        own = [path for path in _files(header) if path.parent != shipped]
        for path in own:
            yield from _worksheet(path, header, shelf)
        yield from _doubles(header, own, shelf)


def _files(header: Header) -> tuple[Path, ...]:
    return header.path, *header.hidden


def _worksheet(path: Path, header: Header, shelf: Shelf) -> Iterator[Finding]:
    try:
        is_sound = shelf.examine(path, for_author=False).is_sound
    except LibwellError:
        is_sound = False
    if not is_sound:
        remedy = f"libwell check {_quoted(path.absolute())}"
        yield Finding(f"worksheet {header.id}", "it has mistakes, and can't be used.", f"Name them: {remedy}")


def _doubles(header: Header, own: list[Path], shelf: Shelf) -> Iterator[Finding]:
    """Files with one id, so that one is never used; that an own one hides a built-in one is meant."""
    used = shelf.path_of(header.id)
    for path in own:
        if path != used and used in own:
            message = f"it has the id {header.id}, and so has {used}, which is the one that is used."
            yield Finding(str(path), message, "Give one of them another id, or move it away.")


# --- responses ------------------------------------------------------------------------------------


def _saved(places: Places, folder: ResponseFolder) -> Iterator[Finding]:
    paths = folder.paths()
    yield from open_to_others([places.data, folder.folder, *paths, *map(backup_of, paths)])
    for path in locks.stale_locks(folder.folder):
        remedy = "Nobody has it open; it goes by itself when you next open the response."
        yield Finding(str(path), "a lock was left behind by a process that ended early.", remedy)
    for path in paths:
        yield from _response(path)


def open_to_others(paths: list[Path]) -> Iterator[Finding]:
    """Say of which of these files and folders others may see more than they should, and how to close them."""
    for path in loose_modes(path for path in paths if is_there(path)):
        if is_link(path):
            message = "this is a link; others may be able to look into what it leads to."
            yield Finding(str(path), message, "Look where it leads before you close anything there.")
            continue
        mode = "700" if is_folder(path) else "600"
        message = "others on this computer may be able to look into it."
        yield Finding(str(path), message, f"Close it: chmod {mode} {_quoted(path)}")


def _response(path: Path) -> Iterator[Finding]:
    try:
        saved = read_response(path)
    except LibwellError as error:
        yield Finding(str(path), error.message, _go_back(path))
        return
    name = f"{saved.response.id}.toml"
    if name != path.name:
        message = f"it holds the response {saved.response.id}, so it looks like a copy."
        taken = is_there(path.with_name(name))
        remedy = "Move it out of this folder." if taken else f"Move it away, or call it {name}."
        yield Finding(str(path), message, remedy)


def _go_back(path: Path) -> str:
    """What to do about a response that can't be read."""
    backup = backup_of(path)
    cut = is_cut_short(path)
    mend = "It looks cut short;" if cut else "Mend the line it names with an editor, or"
    if is_there(backup) and _can_be_read(backup):
        back = f"{mend} go back to the version before: cp {_quoted(backup)} {_quoted(path)}"
        return f"{back} (or move it away)" if cut else back
    why = "has mistakes too" if is_there(backup) else "is not there"
    return f"{mend} move it away. An earlier version {why}."


def _can_be_read(path: Path) -> bool:
    try:
        read_response(path)
    except LibwellError:
        return False
    return True


def _quoted(path: Path) -> str:
    """A path as a shell takes it, whatever its name would do there."""
    from shlex import quote  # only where something is wrong

    return quote(str(path))
