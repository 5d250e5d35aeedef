"""The one gate to the screen: everything that is shown passes here and can only be read, never act.

Control and bidirectional characters are made visible, characters the stream can't write are degraded, lines
are folded to the width, and color is added where it is wanted. It must not read keys, know what a worksheet
is, or take markup from data. That standard output fails (a reader left, a disk is full) is for `cli` to tell.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import select
import sys
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible
from libwell.terminal.screen_text import degrade, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
_PLAIN_TERMINALS = frozenset({"dumb", "unknown"})
_NUMBER = re.compile("[0-9]{1,5}")
_LINE = re.compile("[^\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Switch(Enum):
    """The control sequences libwell itself sends; no other ever reaches a terminal."""

    PASTE_ON = "\x1b[?2004h"
    PASTE_OFF = "\x1b[?2004l"
    CLEAR = "\x1b[H\x1b[2J\x1b[3J"


class Channel:
    """One stream: whether a person sees it, what it can write, how wide it is, whether it has color.

    The `stream` is None where it was closed before libwell began. `is_capable` is a terminal that knows
    control sequences (TERM=dumb doesn't); `encoding` is a codec's name.
    """

    def __init__(self, stream: TextIO | None, environ: Mapping[str, str], *, no_color: bool = False) -> None:
        self.stream = stream
        self.is_terminal = stream is not None and stream.isatty()
        self.is_capable = self.is_terminal and _takes_sequences(stream, environ.get("TERM", ""))
        try:
            self.encoding = codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name
        except LookupError:
            self.encoding = "ascii"
        is_forced = {environ.get("FORCE_COLOR", ""), environ.get("CLICOLOR_FORCE", "")} - {"", "0"}
        self.has_color = bool(self.is_capable or is_forced) and not (no_color or environ.get("NO_COLOR"))
        self._columns = environ.get("COLUMNS", "")

    @property
    def width(self) -> int:
        """Columns, 80 where it has none, never below 10; those that COLUMNS says go first."""
        named = int(self._columns) if _NUMBER.fullmatch(self._columns) else 0
        return max(named or self._size()[0] or 80, _NARROWEST)

    @property
    def height(self) -> int:
        """Lines, 24 where it has none."""
        return self._size()[1] or 24

    def _size(self) -> tuple[int, int]:
        with suppress(OSError, ValueError):
            if self.stream is not None:
                return os.get_terminal_size(self.stream.fileno())
        return 0, 0

    def shown(self, text: str) -> str:
        """Text as it can be shown here: visible and degraded."""
        return degrade(make_visible(text), self.encoding)

    def wrapped(self, text: str) -> str:
        """Text as `say` would show it: visible, degraded, folded, without style."""
        return wrap(self.shown(text), min(self.width, PROSE_WIDTH))

    def styled(self, text: str, style: str) -> str:
        """Begin and end a style on each line if color is on, so that it never runs on into what follows.

        `style` is 'strong', 'quiet', 'warning', 'error', or empty: none.
        """
        if not (style and self.has_color):
            return text
        return _LINE.sub(lambda line: f"{_STYLES[style]}{line[0]}{_RESET}", text)

    def write(self, text: str) -> None:
        """Write what was made safe. Raises OSError if the stream takes it no more, or is closed."""
        self.write_bytes(text.encode(self.encoding, "backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        """Write all of it now, past Python's buffers: what fails must not come back when the program ends.

        Raises OSError as `write` does.
        """
        if self.stream is None:  # closed before we began, as in `libwell list >&-`
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        buffer = getattr(self.stream, "buffer", None)
        if buffer is None:  # a stream of text in memory
            self.stream.write(content.decode())
            return
        self.stream.flush()
        raw, rest = getattr(buffer, "raw", buffer), memoryview(content)
        while rest:
            written = raw.write(rest)
            if written is None:  # it doesn't wait by itself, and is full
                select.select([], [raw], [])
            else:
                rest = rest[written:]


class Output(Channel):
    """What is shown, on standard output (this channel) and standard error (`errors`).

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
        super().__init__(stdout, environ, no_color=no_color)
        self.errors = Channel(stderr, environ, no_color=no_color)
        self.is_quiet = quiet

    def data(self, content: str | bytes) -> None:
        """Write a document: exactly its UTF-8 to a file or pipe; to a terminal what can be shown of it.

        Bytes are written as they are.

        Raises OSError as `write` does, and so do `lines` and `say`.
        """
        if isinstance(content, bytes):
            self.write_bytes(content)
        elif self.is_terminal:
            self.write(self.shown(content).removesuffix("\n") + "\n")
        else:
            self.write_bytes(_utf8(content))

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines on standard output, each made safe and on one line, to a pipe too."""
        for line in lines:
            self.data(f"{' '.join(make_visible(line).splitlines())}\n")

    def message(self, text: str, *, style: str = "") -> None:
        """Say on standard error what happened; under --quiet only with style 'warning' or 'error'.

        Where it can't be said, there is nobody to tell, and what was asked for goes on.
        """
        if self.is_quiet and style not in {"warning", "error"}:
            return
        lines = self.errors.wrapped(text) if self.errors.is_terminal else self.errors.shown(text)
        with suppress(OSError):
            self.errors.write(self.errors.styled(lines, style) + "\n")

    def say(self, text: str = "", *, style: str = "") -> None:
        """Say something in a conversation, on standard output, folded to the width."""
        self.write(self.styled(self.wrapped(text), style) + "\n")

    def echo(self, text: str) -> None:
        """Show what a person types, where the cursor stands."""
        self.write(self.shown(text))

    def prompt(self, text: str) -> None:
        """Show a prompt and leave the cursor behind it."""
        self.write(self.styled(self.shown(text), "strong"))

    def rub_out(self, cells: int) -> None:
        """Take back that many cells before the cursor."""
        self.write("\b \b" * cells)

    def switch(self, which: Switch) -> bool:
        """Send a control sequence if the terminal knows it, and tell whether it was sent."""
        if self.is_capable:
            self.write(which.value)
        return self.is_capable


def _takes_sequences(stream: TextIO | None, kind: str) -> bool:
    """Whether a terminal takes control sequences; `kind` is TERM, which a console of Windows doesn't set."""
    if sys.platform == "win32":
        from libwell.terminal.windows.handles import takes_sequences  # only on a console

        return stream is not None and kind not in _PLAIN_TERMINALS and takes_sequences(stream)
    return kind not in {"", *_PLAIN_TERMINALS}


def _utf8(text: str) -> bytes:
    """Give the bytes of a file name as they were; any other lone surrogate, which no file holds, visibly."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text).encode("utf-8")
