"""What of storage only Windows answers, and by calls of its own. Imported there alone."""

from __future__ import annotations

import ctypes
import glob
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

assert sys.platform == "win32"

_KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
_MAY_WAIT_FOR = 0x100000  # of all that can be asked for, what others' processes grant first
_DENIED, _STILL_THERE = 5, 258


def is_running(process: int) -> bool:
    """Whether there is a process of this number; one that can't be looked at is there."""
    handle = _KERNEL.OpenProcess(_MAY_WAIT_FOR, False, process)  # noqa: FBT003 - an argument of Windows
    if not handle:
        return ctypes.get_last_error() == _DENIED
    try:
        return bool(_KERNEL.WaitForSingleObject(handle, 0) == _STILL_THERE)
    finally:
        _KERNEL.CloseHandle(handle)


def as_a_shell_gives_them(arguments: Iterable[str]) -> list[str]:
    """Arguments with what other systems' shells do before a program begins, and those of Windows leave to it.

    `~` at the beginning is the home folder; a name with `*` stands for the files it fits, if there are any.
    """
    return [name for argument in arguments for name in _named_by(_from_home(argument))]


def _from_home(argument: str) -> str:
    is_there = argument == "~" or argument.startswith(("~\\", "~/"))
    return os.path.expanduser(argument) if is_there else argument  # noqa: PTH111 - a last slash says something


def _named_by(argument: str) -> Iterator[str]:
    pattern = argument.replace("[", "[[]")  # which stands for itself: names have it
    found = sorted(glob.glob(pattern)) if "*" in pattern else []  # noqa: PTH207 - that takes none with a drive
    yield from found or [argument]
