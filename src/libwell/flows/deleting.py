"""Deleting a response or its answers, with the version kept beside it; nothing while somebody has it open."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import find_path, hold, read_response
from libwell.rules.privacy import private_prompts
from libwell.storage.files import one_line_name
from libwell.storage.places import is_same_file, is_there

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.flows.opened import Opened
    from libwell.flows.world import World
    from libwell.storage.export_record import ExportRecord
    from libwell.storage.responses import ResponseFolder


@dataclass(frozen=True, slots=True)
class Deletion:
    """A response that can be deleted: its file, its id, what it is in words, and what was exported of it.

    `exports` are the files that libwell wrote of it and that are still there; they stay.
    """

    path: Path
    response: str
    words: str
    exports: tuple[Path, ...]


def find_deletion(name: str, folder: ResponseFolder, record: ExportRecord) -> Deletion:
    """Find the response a person named, by id, its last part, `latest…` or path, and what was exported of it.

    One that can't be read can be deleted too. Raises NotFoundError if there is no such file.
    """
    path = find_path(name, folder)
    if not is_there(path):
        raise NotFoundError(f"There is no file {one_line_name(path)}.")
    response, words = path.stem, f"{path.stem}: this file can't be read."
    with suppress(LibwellError):
        saved = read_response(path)
        response = saved.response.id
        words = f"{response}: {saved.worksheet.title}, {saved.progress} answered."
    return Deletion(path, response, words, tuple(filter(is_there, record.files_of(response))))


def delete(deletion: Deletion, folder: ResponseFolder, record: ExportRecord) -> None:
    """Delete a response with the version beside it, and forget what was exported of it.

    What was exported is not forgotten where the file was only a copy of a response that is still there.
    Raises LockedError while another process has it open, LibwellError if the record can't forget it.
    """
    kept = folder.folder / f"{deletion.response}.toml"
    with folder.lock(deletion.path):
        if not is_there(kept) or is_same_file(kept, deletion.path):
            record.forget(deletion.response)
        folder.delete(deletion.path)


def can_keep_plan_alone(saved: Opened) -> bool:
    """Whether a response is private as a whole, finished, and has answers that could be deleted."""
    response = saved.response
    is_private = private_prompts(saved.worksheet).issuperset(saved.worksheet.by_id())
    return is_private and response.status == "complete" and bool(response.answers)


def keep_plan_alone(saved: Opened, folder: ResponseFolder, world: World) -> None:
    """Delete all answers of a response, also those in the version beside it; its plan stays.

    Raises LockedError while another process has it open, LibwellError if it is not as it was read, SaveError
    if it can't be written.
    """
    with hold(saved.path, folder, world) as held:
        response = held.opened.response
        if response != saved.response:
            raise LibwellError(
                "The response was changed meanwhile, so nothing was deleted.", "Export it again first."
            )
        held.save(response.model_copy(update={"answers": {}, "retired": {}, "at": ""}))
        folder.delete_backup(saved.path)
