"""What killed processes left of writing files: finding it by its name, and removing it."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.storage import disk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TEMPORARY = re.compile(r"\.(?P<name>.+)\.(?P<process>\d+)-[0-9a-f]{8}\.tmp", re.DOTALL)


def sweep_stale(folder: Path, *names: str) -> int:
    """Remove what killed processes left of saving these files, and count it; only under their locks."""
    return _sweep(path for path, of, _ in _temporaries(folder) if of in names)


def sweep_abandoned(folder: Path, *, suffix: str, age: float = 0) -> int:
    """Remove what processes that are gone left of writing files that end in `suffix`, and count it.

    What was changed in the last `age` seconds is left alone: a process in another container, which can't be
    seen from here, may be at it.
    """
    found = _temporaries(folder)
    gone = (path for path, of, process in found if of.endswith(suffix) and not _is_running(process))
    return _sweep(path for path in gone if not age or _age_of(path) > age)


def _age_of(path: Path) -> float:
    """Seconds since a file was changed; 0 if it can't be looked at."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0


def _temporaries(folder: Path) -> list[tuple[Path, str, int]]:
    """Each temporary file in a folder, the name of the file it was to be, and the process that made it."""
    with suppress(OSError), os.scandir(folder) as inside:  # where nobody can look, nothing is found
        found = [_TEMPORARY.fullmatch(one.name) for one in inside]
        return [(folder / parts[0], parts["name"], int(parts["process"])) for parts in found if parts]
    return []


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # where os.kill ends a process
        from libwell.storage.windows import is_running

        return is_running(process)
    with suppress(ProcessLookupError, OverflowError):
        with suppress(PermissionError):
            os.kill(process, 0)
        return True
    return False


def _sweep(stale: Iterable[Path]) -> int:
    left = list(stale)
    for path in left:
        with suppress(OSError):
            disk.remove(path)
    return sum(not path.exists() for path in left)
