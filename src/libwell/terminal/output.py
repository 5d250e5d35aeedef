"""The one gate to the screen: everything that is shown passes here and can only be read, never act.

Control and bidirectional characters are made visible, characters the stream can't write are degraded, lines
are folded to the width, and colour is added where it is wanted. It must not read keys, know what a worksheet
is, or take markup from data. That standard output fails (a reader left, a disk is full) is for `cli` to tell.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import select
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible
from libwell.terminal.degrading import degrade
from libwell.terminal.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from io import RawIOBase
    from typing import TextIO

PROSE_WIDTH = 88  # longer lines are hard to read
_NARROWEST = 10
_RESET = "\x1b[0m"
_STYLES = {  # red and magenta in bold can be read on black and on white, which yellow can't
    "strong": "\x1b[1m",
    "quiet": "\x1b[2m",
    "warning": "\x1b[1;35m",
    "error": "\x1b[1;31m",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


class Switch(Enum):
    """The control sequences libwell itself sends; no other ever reaches a terminal."""

    PASTE_ON = "\x1b[?2004h"
    PASTE_OFF = "\x1b[?2004l"
    CLEAR = "\x1b[H\x1b[2J\x1b[3J"


class Output:
    """What is shown, on standard output and standard error.

    `data` is for documents and machines, `message` for what happened, `say` for a conversation.
    """

    def __init__(
        self,
        stdout: TextIO | None,
        stderr: TextIO | None,
        environ: Mapping[str, str],
        *,
        no_color: bool = False,
        quiet: bool = False,
    ) -> None:
        self._out = _Channel(stdout, environ, no_color=no_color)
        self._err = _Channel(stderr, environ, no_color=no_color)
        self._quiet = quiet

    @property
    def stdout(self) -> TextIO | None:
        """The stream behind standard output, to compare it with another; writing goes through here."""
        return self._out.stream

    @property
    def is_terminal(self) -> bool:
        """Whether standard output is a terminal."""
        return self._out.is_terminal

    @property
    def is_capable(self) -> bool:
        """Whether standard output is a terminal that knows control sequences (TERM=dumb doesn't)."""
        return self._out.is_capable

    @property
    def encoding(self) -> str:
        """The codec of standard output."""
        return self._out.encoding

    @property
    def width(self) -> int:
        """Columns of standard output, 80 where it has none, never below 10."""
        return self._out.size()[0]

    @property
    def height(self) -> int:
        """Lines of standard output, 24 where it has none."""
        return self._out.size()[1]

    @property
    def progress_stream(self) -> TextIO | None:
        """Standard error where a bar may be drawn on it: a terminal that knows control sequences."""
        return self._err.stream if self._err.is_capable and not self._quiet else None

    @property
    def has_colour(self) -> bool:
        """Whether standard error has colour."""
        return self._err.has_colour

    def data(self, text: str) -> None:
        """Write a document: exactly its UTF-8 to a file or pipe; to a terminal what can be shown of it."""
        if self._out.is_terminal:
            self._out.write(self._out.shown(text).removesuffix("\n") + "\n")
        else:
            self._out.write_bytes(_utf8(text))

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines on standard output, with nothing in them that acts or breaks a line, also to a pipe."""
        for line in lines:
            self.data(f"{' '.join(make_visible(line).splitlines())}\n")

    def message(self, text: str, *, style: str = "") -> None:
        """Say on standard error what happened; under --quiet only with style 'warning' or 'error'.

        Where it can't be said, there is nobody to tell, and what was asked for goes on.
        """
        unwanted = self._quiet and style not in {"warning", "error"}
        if unwanted or self._err.stream is None:
            return
        lines = self._err.folded(text) if self._err.is_terminal else self._err.shown(text)
        with suppress(OSError):
            self._err.write(self._err.styled(lines, style) + "\n")

    def say(self, text: str = "", *, style: str = "") -> None:
        """Say something in a conversation, on standard output, folded to the width."""
        self._out.write(self._out.styled(self._out.folded(text), style) + "\n")

    def wrapped(self, text: str) -> str:
        """Text as `say` would show it: visible, degraded, folded, without style."""
        return self._out.folded(text)

    def styled(self, text: str, style: str) -> str:
        """Put a style around each line if colour is on; for text that has been `wrapped`."""
        return self._out.styled(text, style)

    def echo(self, text: str) -> None:
        """Show what a person types, where the cursor stands."""
        self._out.write(self._out.shown(text))

    def prompt(self, text: str) -> None:
        """Show a prompt and leave the cursor behind it."""
        self._out.write(self._out.styled(self._out.shown(text), "strong"))

    def shown(self, text: str) -> str:
        """Text as `echo` shows it: visible and degraded."""
        return self._out.shown(text)

    def rub_out(self, cells: int) -> None:
        """Take back that many cells before the cursor."""
        self._out.write("\b \b" * cells)

    def switch(self, which: Switch) -> bool:
        """Send a control sequence if the terminal knows it, and tell whether it was sent."""
        if self._out.is_capable:
            self._out.write(which.value)
        return self._out.is_capable


class _Channel:
    """One stream: whether a person sees it, what it can write, how wide it is, whether it has colour."""

    def __init__(self, stream: TextIO | None, environ: Mapping[str, str], *, no_color: bool) -> None:
        self.stream = stream
        self.is_terminal = stream is not None and stream.isatty()
        self.is_capable = self.is_terminal and _knows_sequences(environ)
        self.encoding = _codec(stream)
        self._environ = environ
        self.has_colour = _wants_colour(environ, capable=self.is_capable, no_color=no_color)

    def shown(self, text: str) -> str:
        return degrade(make_visible(text), self.encoding)

    def folded(self, text: str) -> str:
        return wrap(self.shown(text), min(self.size()[0], PROSE_WIDTH))

    def styled(self, text: str, style: str) -> str:
        """Begin and end the style on each line, so that it never runs on into what comes after."""
        sequence = _STYLES.get(style, "") if self.has_colour else ""
        if not sequence:
            return text
        return "\n".join(f"{sequence}{line}{_RESET}" if line else "" for line in text.split("\n"))

    def size(self) -> tuple[int, int]:
        columns, lines = 0, 0
        if self.stream is not None and self.is_terminal:
            columns, lines = _terminal_size(self.stream)
        columns = _positive(self._environ.get("COLUMNS", "")) or columns or 80
        return max(columns, _NARROWEST), lines or 24

    def write(self, text: str) -> None:
        self.write_bytes(text.encode(self.encoding, "backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        """Write all of it now, past Python's buffers: what fails must not come back when the program ends."""
        if self.stream is None:  # closed before we began, as in `libwell list >&-`
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        buffer = getattr(self.stream, "buffer", None)
        if buffer is None:  # a stream of text in memory
            self.stream.write(content.decode())
            return
        self.stream.flush()
        _write_all(getattr(buffer, "raw", buffer), content)


def _write_all(raw: RawIOBase, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        written = raw.write(rest)
        if written is None:  # it doesn't wait by itself, and is full
            select.select([], [raw], [])
        else:
            rest = rest[written:]


def _wants_colour(environ: Mapping[str, str], *, capable: bool, no_color: bool) -> bool:
    if no_color or environ.get("NO_COLOR"):
        return False
    forced = (environ.get(name, "") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return capable or any(value not in {"", "0"} for value in forced)


def _knows_sequences(environ: Mapping[str, str]) -> bool:
    return environ.get("TERM", "") not in {"", "dumb", "unknown"}


def _codec(stream: TextIO | None) -> str:
    try:
        return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name
    except LookupError:
        return "ascii"


def _terminal_size(stream: TextIO) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 0, 0


def _positive(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _utf8(text: str) -> bytes:
    """Give the bytes of a file name as they were; any other lone surrogate, which no file holds, visibly."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text).encode("utf-8")
