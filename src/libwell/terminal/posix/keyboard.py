"""What a person types on a terminal of Linux or macOS: its settings, and the reader of lines that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.terminal.posix import gnu
from libwell.terminal.posix.keys import KeyReader
from libwell.terminal.posix.modes import Modes, pulse
from libwell.terminal.prompter import Keyboard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from libwell.terminal.output import Output
    from libwell.terminal.prompter import Entry


class PosixKeyboard(Keyboard):
    """Lines through GNU readline where Python has it, else key by key; `plain_keys` never asks for readline.

    Ctrl-Z stops libwell, and the line is shown again afterwards.
    """

    def __init__(self, stdin: TextIO, output: Output, *, plain_keys: bool = False) -> None:
        self._modes = Modes(stdin.fileno(), output, after_stop=self._show_again)
        self._reader: gnu.GnuReader | KeyReader
        if gnu.can_use(stdin, output) and not plain_keys:
            self._reader = gnu.GnuReader(stdin, output, self._modes)
        else:
            self._reader = KeyReader(stdin.fileno(), output, stdin.encoding)

    def enter(self) -> None:
        """Take the terminal over."""
        self._modes.enter()

    def leave(self) -> None:
        """Give the terminal back as it was; does nothing the second time."""
        self._modes.leave()

    def read(self, prompt: str, refused: Sequence[str]) -> Entry:
        """Ask for a line; where there is readline the arrow up brings back those that were refused."""
        with pulse():
            return self._reader.read(prompt, refused)

    def _show_again(self) -> None:
        self._reader.show_again()
