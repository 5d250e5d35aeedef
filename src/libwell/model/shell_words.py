"""Words as a person can type them into their shell: one of Linux or macOS, or PowerShell and cmd."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import PureWindowsPath

_ACTING = frozenset('"$`\\!')
"""What a shell reads inside double quotes too."""
ROOT = "C:\\" if sys.platform == "win32" else "/"
"""How a path begins that is written in full."""
COPY = "copy" if sys.platform == "win32" else "cp"
"""What copies a file, in every shell."""
_PLAIN_ON_WINDOWS = re.compile(r"[\w:./\\+=~-]+")


def as_typed(word: str) -> str:
    """A word as it can be typed: in quotes if need be, where they will do in double ones."""
    if sys.platform == "win32":
        return word if _PLAIN_ON_WINDOWS.fullmatch(word) else f'"{word}"'
    quoted = shlex.quote(word)
    return quoted if quoted == word or not _ACTING.isdisjoint(word) else f'"{word}"'


def program_as_typed(path: str) -> str:
    """The path of a program as it can be typed at the beginning of a line.

    On Windows each part of it is quoted by itself: PowerShell takes a line that begins with a quotation mark
    for a text, and cmd doesn't know the sign by which PowerShell would be told.
    """
    if sys.platform == "win32":
        return "\\".join(as_typed(part.removesuffix("\\")) for part in PureWindowsPath(path).parts)
    return as_typed(path)
