"""Reading a line key by key, where Python has no GNU readline.

Typing, taking back (Backspace, Ctrl-W, Ctrl-U) and pasting; the cursor stays at the end, other keys do
nothing. It must not change the terminal's settings (`modes` does) or know what a command is.
"""

from __future__ import annotations

import codecs
import os
import select
import unicodedata
from typing import TYPE_CHECKING

from libwell.terminal.decoding import recover
from libwell.terminal.prompter import EndOfInput, Entry

if TYPE_CHECKING:
    from libwell.terminal.output import Output

_PASTE_END = "\x1b[201~"
_LONE_ESCAPE = 0.05  # seconds; the rest of a sequence comes at once, a key pressed after Escape doesn't


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
        self._prefill = ""
        self._begins_pasted = False

    def read(self, prompt: str, prefill: str) -> Entry:
        """Ask for a line; raises EndOfInput on Ctrl-D in an empty one."""
        self._prompt, self._line, self._prefill, self._begins_pasted = prompt, prefill, prefill, False
        self.show_again()
        try:
            while (key := self._next()) not in {"\r", "\n"}:
                self._press(key)
        finally:
            self._prompt = None
        self._output.echo("\n")
        text = recover(self._line, self._encoding)
        return Entry(text.removesuffix("\n"), pasted=self._begins_pasted or "\n" in text)

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
                self._take_back(_last_word(self._line))
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
        column = _cells(self._output.shown(f"{self._prompt}{self._line}")) % self._output.width
        cells = _cells(self._output.shown(gone))
        self._line = kept
        self._begins_pasted = self._begins_pasted and kept != ""
        if "\n" in gone or "\t" in gone or cells > column:
            self._output.echo("\n")
            self.show_again()
        else:
            self._output.rub_out(cells)

    def _escape(self) -> None:
        """Take a whole escape sequence; only the one that begins a paste means something."""
        if not self._ahead and not select.select([self._descriptor], [], [], _LONE_ESCAPE)[0]:
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
            self._ahead += self._take()
        text, _, self._ahead = self._ahead.partition(_PASTE_END)
        self._begins_pasted = self._begins_pasted or self._line in {"", self._prefill}
        self._insert(text.replace("\r\n", "\n").replace("\r", "\n"))

    def _next(self) -> str:
        if not self._ahead:
            self._ahead = self._take()
        key, self._ahead = self._ahead[0], self._ahead[1:]
        return key

    def _take(self) -> str:
        """Wait for what is typed next."""
        text = ""
        while not text:  # the first bytes of a character are none yet
            try:
                content = os.read(self._descriptor, 65536)
            except OSError:  # the terminal is gone
                content = b""
            if not content:
                raise EndOfInput
            text = self._decoder.decode(content)
        return text


def _last_word(line: str) -> int:
    """How long the last word is, with the blanks behind it."""
    words = line.rstrip()
    return len(line) - 1 - max(words.rfind(blank) for blank in " \t\n")


def _cells(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    return sum(_cell(sign) for sign in text)


def _cell(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
