"""Deleting a response or its answers, with the version kept beside it; nothing while somebody has it open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.looking import find_response, how_far
from libwell.rules.privacy import private_prompts
from libwell.storage.places import is_there
from libwell.storage.responses import read_response

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.flows.beginning import World
    from libwell.storage.responses import ResponseFolder, Saved


def describe(name: str, folder: ResponseFolder) -> tuple[Path, str]:
    """Find the response a person named, and say what it is. One that can't be read can be deleted too."""
    if name == "latest":
        saved = folder.latest()
        return saved.path, f"{saved.response.id}: {saved.worksheet.title}, {how_far(saved)}."
    path = folder.find(name)
    if not is_there(path):
        raise NotFoundError(f"There is no file {path}.")
    try:
        saved = find_response(name, folder)
    except LibwellError:
        return path, f"{path.stem}: this file can't be read."
    return path, f"{saved.response.id}: {saved.worksheet.title}, {how_far(saved)}."


def delete(path: Path, folder: ResponseFolder) -> None:
    """Delete a response. Raises LockedError while another process has it open."""
    with folder.lock(path):
        folder.sweep(path)
        folder.delete(path)


def can_keep_plan_alone(saved: Saved) -> bool:
    """Whether a response is private as a whole, finished, and has answers that could be deleted."""
    response, private = saved.response, private_prompts(saved.worksheet)
    is_private = all(prompt.id in private for _, prompt in saved.worksheet.prompts())
    return is_private and response.status == "complete" and bool(response.answers)


def keep_plan_alone(saved: Saved, folder: ResponseFolder, world: World) -> None:
    """Delete all answers of a response, also those kept beside it; its plan stays.

    Raises LockedError while another process has it open, LibwellError if it is not as it was read, SaveError
    if it can't be written.
    """
    path = saved.path
    with folder.lock(path):
        response = read_response(path).response
        if response != saved.response:
            raise LibwellError(
                "The response was changed meanwhile, so nothing was deleted.", "Export it again first."
            )
        folder.sweep(path)
        changes = {
            "answers": {},
            "retired": {},
            "at": "",
            "revision": response.revision + 1,
            "updated": world.now().astimezone(dt.UTC),
        }
        folder.save(path, response.model_copy(update=changes))
        folder.delete_backup(path)
