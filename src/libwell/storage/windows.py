"""What of storage only Windows answers, and by calls of its own. Imported there alone."""

from __future__ import annotations

import ctypes
import sys

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
