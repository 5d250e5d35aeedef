"""Reading a line key by key, where Python has no GNU readline, and where the terminal is a dumb one.

Typing, taking back (Backspace, Ctrl-W, Ctrl-U) and pasting; the cursor stays at the end, other keys do
nothing. It must not change the terminal's settings (`modes` does) or know what a command is.
"""

from __future__ import annotations

import codecs
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.terminal.posix.typed_bytes import AT_ONCE, PASTE_END, recover, something_comes, with_line_feeds
from libwell.terminal.prompter import EndOfInput, Entry, entry_of
from libwell.terminal.screen_text import cell_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.terminal.output import Output

_PASTE_END = PASTE_END.decode()


class KeyReader:
    """Lines from a file descriptor whose terminal hands over each key at once and doesn't echo."""

    def __init__(self, descriptor: int, output: Output, encoding: str) -> None:
        self._descriptor = descriptor
        self._output = output
        self._encoding = "utf-8" if codecs.lookup(encoding).name == "ascii" else encoding
        self._decoder = codecs.getincrementaldecoder(self._encoding)("surrogateescape")
        self._ahead = ""  # typed, not yet taken
        self._prompt: str | None = None
        self._line = ""
        self._begins_pasted = False
        self._after_return = False  # a line feed now belongs to the return that ended the line before

    def read(self, prompt: str, refused: Sequence[str] = ()) -> Entry:
        """Ask for a line; raises EndOfInput on Ctrl-D in an empty one. Nothing refused is brought back."""
        del refused
        self._prompt, self._line, self._begins_pasted = prompt, "", False
        self.show_again()
        try:
            self._press_all()
        finally:
            self._prompt = None
        self._output.echo("\n")
        text = recover(self._line, self._encoding)
        return entry_of(text, begins_pasted=self._begins_pasted, comes=self._something_comes)

    def _press_all(self) -> None:
        """Take keys up to a return or line feed; the line feed of a return and line feed ends nothing."""
        key = self._next()
        if key == "\n" and self._after_return:
            key = self._next()
        while key not in {"\r", "\n"}:
            self._press(key)
            key = self._next()
        self._after_return = key == "\r"
        if self._after_return and self._ahead.startswith("\n"):
            self._ahead, self._after_return = self._ahead[1:], False

    def _something_comes(self) -> bool:
        return self._ahead != "" or something_comes(self._descriptor, AT_ONCE)

    def show_again(self) -> None:
        """Show prompt and line once more, if one is being asked for."""
        if self._prompt is not None:
            self._output.prompt(self._prompt)
            self._output.echo(self._line)

    def _press(self, key: str) -> None:
        match key:
            case "\x7f" | "\b":
                self._take_back(1)
            case "\x17":
                words = self._line.rstrip()
                self._take_back(len(self._line) - 1 - max(map(words.rfind, " \t\n")))
            case "\x15":
                self._take_back(len(self._line))
            case "\x1b":
                self._escape()
            case "\x03":
                raise KeyboardInterrupt
            case "\x04" if not self._line:
                raise EndOfInput
            case _ if key >= " " or key == "\t":
                self._insert(key)

    def _insert(self, text: str) -> None:
        self._line += text
        self._output.echo(text)

    def _take_back(self, count: int) -> None:
        """Take the last characters back; where the cursor would have to go up a line, show the rest anew."""
        kept, gone = self._line[: len(self._line) - count], self._line[len(self._line) - count :]
        column = cell_width(self._output.shown(f"{self._prompt}{self._line}")) % self._output.width
        cells = cell_width(self._output.shown(gone))
        self._line = kept
        self._begins_pasted = self._begins_pasted and kept != ""
        if not {"\n", "\t"}.isdisjoint(gone) or cells > column:
            self._output.echo("\n")
            self.show_again()
        else:
            self._output.rub_out(cells)

    def _escape(self) -> None:
        """Take a whole escape sequence; only the one that begins a paste means something."""
        if not self._something_comes():  # a key pressed after Escape does not come at once
            return
        kind = self._next()
        if kind == "\x1b":
            self._escape()
        elif kind == "O":
            self._next()
        elif kind == "[" and self._sequence() == "200~":
            self._paste()

    def _sequence(self) -> str:
        """Take parameters and final character; the Linux console's function keys have a second bracket."""
        taken = self._next()
        while taken == "[" or not "@" <= taken[-1] <= "~":
            taken += self._next()
        return taken

    def _paste(self) -> None:
        """Take everything up to the end of the paste as it is, keys that would do something too."""
        while _PASTE_END not in self._ahead:
            self._take()
        text, _, self._ahead = self._ahead.partition(_PASTE_END)
        self._begins_pasted = self._begins_pasted or self._line == ""
        self._insert(with_line_feeds(text))

    def _next(self) -> str:
        if not self._ahead:
            self._take()
        key, self._ahead = self._ahead[0], self._ahead[1:]
        return key

    def _take(self) -> None:
        """Wait for what is typed next."""
        taken = ""
        while not taken:  # the first bytes of a character are none yet
            content = b""
            with suppress(OSError):  # the terminal is gone
                content = os.read(self._descriptor, 65536)
            if not content:
                raise EndOfInput
            taken = self._decoder.decode(content)
        self._ahead += taken
