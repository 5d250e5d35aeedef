"""Deleting a response, with the version kept beside it, and nothing while somebody has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.looking import find_response, how_far
from libwell.storage.places import is_there

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.storage.responses import ResponseFolder


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
