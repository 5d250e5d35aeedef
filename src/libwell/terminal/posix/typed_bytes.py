"""What a terminal sends, before it is a line: whether more comes, where a paste ends, text out of bytes.

It must not read from the terminal.
"""

from __future__ import annotations

import re
import select

AT_ONCE = 0.05
"""Seconds within which what belongs together comes: the rest of a paste without marks, or of a key."""
PASTE_END = b"\x1b[201~"
"""What a terminal sends behind a paste."""
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


def something_comes(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read from a file descriptor, or will be within so many seconds."""
    return bool(select.select([descriptor], [], [], seconds)[0])


def recover(text: str, encoding: str) -> str:
    """Read bytes that `encoding` couldn't (kept by `surrogateescape`) as UTF-8, and the rest as Latin-1."""
    if not _ESCAPED_BYTE.search(text):
        return text
    read = text.encode(encoding, "surrogateescape").decode("utf-8", "surrogateescape")
    return _ESCAPED_BYTE.sub(lambda found: chr(ord(found[0]) - 0xDC00), read)


def with_line_feeds(text: str) -> str:
    """Make each line break of a pasted text, be it CR and LF, CR or LF, one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
