"""What a file was when it was read or written: to know later, without reading it, that it is still the same.

It reads sizes and times; bytes only to tell a file that was copied or restored from a changed one.
"""

from __future__ import annotations

import hashlib
import stat
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CLOCK = 2_000_000_000
"""Nanoseconds: the coarsest a disk's clock is. Within so long a file may change and keep its time."""


_LARGEST = (1 << 63) - 1
"""The largest number that SQLite holds; on Windows a file's own may be larger."""


class FileState(NamedTuple):
    """What the system says of a file: bytes, nanoseconds of its last change, and its number on the disk."""

    size: int
    changed: int
    inode: int


class Seen(NamedTuple):
    """A file as it was: its state, None if that can't be relied on, and a digest of its bytes."""

    state: FileState | None
    digest: bytes

    def is_still(self, state: FileState | None, read: Callable[[], bytes]) -> bool:
        """Whether a file in this state is the one that was seen; if the states differ, by what `read` gives.

        Raises what `read` raises.
        """
        if state is not None and state == self.state:
            return True
        return bool(self.digest) and digest_of(read()) == self.digest


class Noted(NamedTuple):
    """A file that was written, from which revision of which response, and what was `asked` for.

    `withheld` and `undated` count what was left out of it.
    """

    path: Path
    source: Path
    response: str
    revision: int
    asked: str
    withheld: int
    undated: int
    written: Seen
    read: Seen


def state_of(path: Path) -> FileState | None:
    """The state of a regular file, a link being followed; None if there is none, or it can't be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileState(found.st_size, found.st_mtime_ns, found.st_ino & _LARGEST)


def settled(state: FileState | None) -> FileState | None:
    """A state that can be relied on from now on; None for that of a file changed just now."""
    if state is None or time.time_ns() - state.changed < _CLOCK:
        return None
    return state


def digest_of(data: bytes) -> bytes:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()
