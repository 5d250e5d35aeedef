"""What a person types in a console of Windows, by the console's own line editing.

Windows Terminal, PowerShell and cmd all give a program this console. It edits a line by itself: arrows, Home
and End, words, the mouse. It keeps the lines that were typed for a program of one name, for the arrow up and
F7, as long as its window is open; answers are private, so they are forgotten again. A paste comes as typing,
without marks: it is known by how much of it waits behind its first line.
"""

from __future__ import annotations

import ctypes
import msvcrt
import sys
import time
from contextlib import suppress
from ctypes import wintypes
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from libwell.terminal.prompter import EndOfInput, Entry, Keyboard, entry_of
from libwell.terminal.windows import handles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from libwell.terminal.output import Output

assert sys.platform == "win32"

_PROCESSED_INPUT, _LINE_INPUT, _ECHO_INPUT, _TERMINAL_INPUT = 0x1, 0x2, 0x4, 0x200
_LONGEST_LINE = 100_002  # characters, with the line's end: what is typed beyond is not taken by the console
_SURE_LINE = 16_383  # what Python itself asks for, of every console
_AT_ONCE = 0.05  # seconds within which the rest of a paste comes
_STEP = 0.005
_OF_A_PASTE = 24  # keys pressed or let go that wait behind a line's end: more than anybody types ahead
_ENDS = ("\x1a", "\x04")  # Ctrl-Z, and Ctrl-D for who is used to that, at the beginning of a line


class Console(Keyboard):
    """Lines from the console behind `stdin`; what is shown goes to `output`."""

    def __init__(self, stdin: TextIO, output: Output) -> None:
        self._input = handles.handle_of(stdin)
        self._output = output
        self._before: int | None = None
        self._line = ctypes.create_unicode_buffer(_LONGEST_LINE)

    def enter(self) -> None:
        """Have whole lines, edited and shown by the console; Ctrl-C interrupts."""
        self._before = handles.mode_of(self._input)
        if self._before is not None:
            wanted = self._before | _PROCESSED_INPUT | _LINE_INPUT | _ECHO_INPUT
            handles.set_mode(self._input, wanted & ~_TERMINAL_INPUT)

    def leave(self) -> None:
        """Give the console back as it was, with nothing of what was typed; does nothing the second time."""
        if self._before is not None:
            _forget_lines()
            handles.set_mode(self._input, self._before)
            self._before = None

    def read(self, prompt: str, refused: Sequence[str]) -> Entry:
        """Ask for a line, or a paste of several; the arrow up brings back what was refused, and no others."""
        if not refused:
            _forget_lines()
        self._output.prompt(prompt)
        text = self._typed()
        if text.startswith(_ENDS):
            raise EndOfInput
        begins_pasted = self._waiting() >= _OF_A_PASTE
        while begins_pasted and _something_comes():
            text += self._typed()
        text = text.removesuffix("\n")
        return entry_of(text, begins_pasted=begins_pasted, comes=_something_comes)

    def _waiting(self) -> int:
        """How many keys that were pressed or let go wait to be read, and the like."""
        count = wintypes.DWORD()
        handles.KERNEL.GetNumberOfConsoleInputEvents(self._input, ctypes.byref(count))
        return count.value

    def _typed(self) -> str:
        """One line, with a line feed at its end. Raises EndOfInput where there is no console any more."""
        count = wintypes.DWORD()
        taken = self._fill(_LONGEST_LINE, count) or self._fill(_SURE_LINE, count)
        text = "".join(self._line[: count.value])
        ctypes.memset(self._line, 0, ctypes.sizeof(self._line))
        if not taken:
            raise EndOfInput
        if not text:  # Ctrl-C ended the line
            time.sleep(1)  # which the interrupt cuts short: it comes on a thread of its own
            raise KeyboardInterrupt
        return text.replace("\r\n", "\n")

    def _fill(self, most: int, count: wintypes.DWORD) -> bool:
        """Have the console put a line of at most so many characters into the buffer; false if it refuses."""
        line, taken = self._line, ctypes.byref(count)
        return bool(handles.KERNEL.ReadConsoleW(self._input, line, most, taken, None))


def _something_comes() -> bool:
    """Whether a key was pressed, or will be at once."""
    until = time.monotonic() + _AT_ONCE
    while not msvcrt.kbhit():
        if time.monotonic() > until:
            return False
        time.sleep(_STEP)
    return True


def _forget_lines() -> None:
    """Have the console forget what was typed for programs of our name, as `doskey /reinstall` has it.

    Where Windows does not offer that, they stay until the window is closed.
    """
    with suppress(AttributeError, OSError):
        handles.KERNEL.ExpungeConsoleCommandHistoryW(PureWindowsPath(sys.executable).name)
