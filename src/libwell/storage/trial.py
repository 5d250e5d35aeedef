"""Whether files can be written in a folder: tried with one as large as a response, which is gone at once.

It must not make a folder, nor touch a file that is there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from libwell.storage.files import create_exclusively, remove_file
from libwell.storage.places import is_folder

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = 64 * 1024
"""Bytes of a response with its worksheet, about."""


def nearest_folder(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there, in which it would be made."""
    path = path.absolute()
    while not is_folder(path) and path != path.parent:
        path = path.parent
    return path


def try_writing(folder: Path) -> None:
    """Write a file durably, as libwell saves, and remove it. Raises SaveError."""
    path = folder / f".libwell-trial-{os.urandom(4).hex()}"
    create_exclusively(path, bytes(_SIZE))
    remove_file(path)
