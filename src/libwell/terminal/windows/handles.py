"""The settings of a console of Windows, behind a stream: asked for and changed."""

from __future__ import annotations

import ctypes
import msvcrt
import sys
from ctypes import wintypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

assert sys.platform == "win32"

KERNEL = ctypes.WinDLL("kernel32")
_PROCESSED_OUTPUT, _TERMINAL_OUTPUT = 0x1, 0x4


def handle_of(stream: TextIO) -> wintypes.HANDLE:
    """What Windows knows the file behind a stream by."""
    return wintypes.HANDLE(msvcrt.get_osfhandle(stream.fileno()))


def mode_of(handle: wintypes.HANDLE) -> int | None:
    """The settings of a console, as bits; None where there is none."""
    mode = wintypes.DWORD()
    return mode.value if KERNEL.GetConsoleMode(handle, ctypes.byref(mode)) else None


def set_mode(handle: wintypes.HANDLE, mode: int) -> bool:
    """Change the settings of a console, and tell whether it takes them."""
    return bool(KERNEL.SetConsoleMode(handle, mode))


def takes_sequences(stream: TextIO) -> bool:
    """Have the console behind a stream take control sequences, and tell whether it does."""
    handle = handle_of(stream)
    mode = mode_of(handle)
    return mode is not None and set_mode(handle, mode | _PROCESSED_OUTPUT | _TERMINAL_OUTPUT)
