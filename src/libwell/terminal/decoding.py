"""Text out of bytes that are not what the locale promised: nothing is lost, nothing fails.

It only changes text; it must not read from a stream.
"""

from __future__ import annotations

import re

PASTE_END = b"\x1b[201~"
"""What a terminal sends behind a paste."""
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


def recover(text: str, encoding: str) -> str:
    """Read bytes that `encoding` couldn't (kept by `surrogateescape`) as UTF-8, and the rest as Latin-1."""
    if not _ESCAPED_BYTE.search(text):
        return text
    read = text.encode(encoding, "surrogateescape").decode("utf-8", "surrogateescape")
    return _ESCAPED_BYTE.sub(lambda found: chr(ord(found[0]) - 0xDC00), read)


def with_line_feeds(text: str) -> str:
    """Make each line break of a pasted text, be it CR and LF, CR or LF, one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
