"""Locks: one libwell at a time changes a file.

A lock is a file `.NAME.lock` beside NAME, locked by the kernel: it ends with its process, however that ends.
It waits no longer than it is told to, reads nothing but its own lock files, and changes nothing else.
"""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, LockedError
from libwell.storage import disk
from libwell.storage.disk import LOCKING, opened
from libwell.storage.files import entries, one_line_name, read_file, saving
from libwell.storage.places import is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.2
"""Seconds between two tries, at the beginning and later on."""
_QUIET = 1.0
"""Seconds that nobody wonders about: nothing is said of a wait that ends before."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait while another libwell has a file; `say` is told once what is waited for."""

    seconds: float = 0
    say: Callable[[str], None] | None = None


AT_ONCE = Patience()
"""To wait for nobody."""


@contextmanager
def lock(path: Path, patience: Patience = AT_ONCE) -> Iterator[int]:
    """Hold the lock on a file for the block, so that no other libwell changes it.

    Gives the lock's descriptor: a program that is started with it holds the lock too, for as long as it runs.
    Raises LockedError, with the other process's number where it is known, once the patience is at its end,
    and SaveError if there can be no lock file here. The lock file goes with the lock: whoever opened it
    meanwhile finds that it has no name any more, and begins again. One left behind belonged to a process that
    was killed.
    """
    place = _place(path)
    with saving(path, "locked"):
        descriptor = _wait_for(path, place, patience)
    try:
        yield descriptor
    finally:
        _release(place, descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock on a file; makes no lock file."""
    place = _place(path)
    return is_there(place) and not _is_stale(place)


def stale_locks(folder: Path) -> list[Path]:
    """List the lock files that nobody holds. To clear one, take that lock and let it go."""
    return [path for path in entries(folder) if re.fullmatch(r"\..+\.lock", path.name) and _is_stale(path)]


def _place(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def _wait_for(path: Path, place: Path, patience: Patience) -> int:
    """Take the lock, now or as soon as it is free."""
    for waited in _tries(patience.seconds):
        descriptor = _take(place)
        if descriptor is not None:
            return descriptor
        if patience.say is not None and waited >= _QUIET:
            patience.say(_waiting(path, _holder(place), patience.seconds))
            patience = Patience(patience.seconds)
    raise _locked(path, _holder(place), patience.seconds)


def _tries(seconds: float) -> Iterator[float]:
    """Give, at each moment to try again, for how many seconds it was tried; the last time at the end."""
    began = time.monotonic()
    pause, waited = _FIRST_PAUSE, 0.0
    yield waited
    while waited < seconds:
        from random import uniform  # slow to import, and only where somebody else is at the file

        time.sleep(min(uniform(pause / 2, pause), seconds - waited))  # noqa: S311 - so that not all try at once
        pause = min(pause * 1.5, _LONGEST_PAUSE)
        waited = time.monotonic() - began
        yield waited


def _take(place: Path) -> int | None:
    """Take the lock if it is free; None where somebody has it."""
    from filelock import lock_descriptor  # slower than Python's start: only for changing a file

    for _ in range(100):
        with ExitStack() as stack:
            descriptor = disk.open_file(place, LOCKING | os.O_CREAT, 0o600)
            stack.callback(os.close, descriptor)
            ours = lock_descriptor(descriptor, blocking=False)
            if not _has_name(descriptor, place):
                continue
            if not ours:
                break
            with suppress(OSError):  # our number is a courtesy; a full disk is no reason to refuse the lock
                os.ftruncate(descriptor, 0)
                os.write(descriptor, b"%d\n" % os.getpid())
            stack.pop_all()
            return descriptor
    return None


def _waiting(path: Path, holder: str, seconds: float) -> str:
    """Say what is waited for."""
    return f"Waiting for {one_line_name(path)}{_by(holder)}, up to {say_seconds(seconds)}."


def still_open(path: Path, by: str, seconds: float) -> LockedError:
    """Why a file can't be changed after so many seconds; `by` says who has it, where that is known."""
    words = f"{one_line_name(path)} is still open in another libwell{by} after {say_seconds(seconds)}."
    remedy = "Finish or pause it there first, or wait longer: libwell --wait 60 VERB …"
    return LockedError(words, remedy, file=one_line_name(path))


def say_seconds(seconds: float) -> str:
    """Say how long: `10 seconds`, `0.5 seconds`, `1 second`."""
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"


def _by(holder: str) -> str:
    return f" (process {holder})" if holder else ""


def _locked(path: Path, holder: str, seconds: float) -> LockedError:
    """Why a file can't be changed; `holder` is the number of the process that has it, where it is known."""
    name, by = one_line_name(path), _by(holder)
    state = _state(holder) if holder else ""
    if state == "T":
        stopped = f"{name} is open in a libwell that was stopped with Ctrl-Z{by}."
        return LockedError(stopped, "Type fg in that terminal.", file=name)
    if seconds:
        return still_open(path, by, seconds)
    remedy = "Finish or pause it there first."
    if not state and sys.platform != "win32":
        remedy += " If you stopped it with Ctrl-Z, type fg in that terminal."
    return LockedError(f"{name} is open in another libwell{by}.", remedy, file=name)


def _state(process: str) -> str:
    """By a letter, as Linux has it, what a process does: T is stopped; empty where that is not known."""
    with suppress(LibwellError):
        return read_file(Path("/proc", process, "stat"), limit=1_000).rpartition(b") ")[2][:1].decode()
    return ""


def _release(place: Path, descriptor: int) -> None:
    """Remove the lock file while it is still ours, then let go.

    Windows removes no file that somebody has open: there it is ours to remove until another has taken it.
    """
    if sys.platform == "win32":
        with suppress(OSError):
            os.close(descriptor)
            disk.remove(place)
        return
    with suppress(OSError):
        if _has_name(descriptor, place):
            disk.remove(place)
    with suppress(OSError):
        os.close(descriptor)


def _has_name(descriptor: int, place: Path) -> bool:
    """Whether an open lock file is still there by its name; Windows takes none away that is open."""
    if sys.platform == "win32":
        return True
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), place.lstat())
    return False


def _holder(place: Path) -> str:
    """The number of the process that has a lock; empty where it isn't known. Windows lets nobody read it."""
    with suppress(LibwellError):
        if sys.platform == "win32":
            return ""
        number = read_file(place, limit=20).strip()
        return number.decode() if number.isdigit() else ""
    return ""


def _is_stale(place: Path) -> bool:
    from filelock import lock_descriptor  # see `_take`

    with suppress(OSError), opened(place, LOCKING) as descriptor:
        return lock_descriptor(descriptor, blocking=False) and _has_name(descriptor, place)
    return False
