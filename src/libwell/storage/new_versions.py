"""Files written piece by piece, however large: a new version lies beside the old one until it is whole."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from libwell.errors import SaveError
from libwell.storage import disk, files
from libwell.storage.places import followed, is_there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE = 1 << 20


class NewVersion:
    """The new version of the file `path`, which is `temporary` until it takes its place."""

    def __init__(self, path: Path, temporary: Path, descriptor: int) -> None:
        self._path, self._temporary, self._descriptor = path, temporary, descriptor
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write the next piece. Raises SaveError."""
        self._sum.update(data)
        rest = memoryview(data)
        with files.saving(self._path):
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]

    @property
    def digest(self) -> bytes:
        """The SHA-256 of what was written so far."""
        return self._sum.digest()

    def take_place(self) -> None:
        """Replace the file by this in one step; it is on the disk on return. Raises SaveError."""
        with files.saving(self._path), files.synced(self._path.parent):
            os.fsync(self._descriptor)
            self.close()
            disk.replace(self._temporary, self._path)

    def close(self) -> None:
        """Let go of the file: nothing more is written."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


@contextmanager
def new_version(path: Path) -> Iterator[NewVersion]:
    """Lend a new version of a file; one that has not taken its place at the end of the block is gone.

    Its mode is 0600; a symbolic link is `followed`. Raises SaveError.
    """
    with files.saving(path):
        path = followed(path)
        temporary = files.temporary_name(path)
        version = NewVersion(path, temporary, disk.open_file(temporary, disk.CREATING, 0o600))
    try:
        yield version
    finally:
        with suppress(OSError):
            version.close()
        with suppress(OSError):
            disk.remove(temporary, missing_ok=True)


def digest_of_file(path: Path) -> bytes:
    """The SHA-256 of a file; empty of one that is empty, or not there.

    Raises SaveError if it is no regular file, LibwellError if it can't be read.
    """
    if not is_there(path):
        return b""
    with files.reading(path), disk.opened(path, disk.READING) as descriptor:
        found, told = os.fstat(descriptor), hashlib.sha256()
        if not stat.S_ISREG(found.st_mode):
            raise SaveError(f"{files.one_line_name(path)} is not a regular file.", "Choose another name.")
        while piece := os.read(descriptor, _PIECE):
            told.update(piece)
    return told.digest() if found.st_size else b""
