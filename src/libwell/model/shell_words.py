"""Words as a person can type them into their shell: one of Linux or macOS, or PowerShell and cmd."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

WINDOWS = sys.platform == "win32"
ROOT = "a drive, such as C:\\" if WINDOWS else "/"
"""What a path in full begins with."""
HOME_NAMES = "USERPROFILE" if WINDOWS else "HOME or XDG_CONFIG_HOME"
"""What in the environment says where a person's own files lie."""

_ACTING = frozenset('"$`\\!')
"""What a shell reads inside double quotes too."""
_PLAIN_ON_WINDOWS = re.compile(r"[\w:./\\+=~-]+")


def as_typed(word: str, *, windows: bool = WINDOWS) -> str:
    """A word as it can be typed: in quotes if need be, where they will do in double ones."""
    if windows:
        return word if _PLAIN_ON_WINDOWS.fullmatch(word) else f'"{word}"'
    quoted = shlex.quote(word)
    return quoted if quoted == word or not _ACTING.isdisjoint(word) else f'"{word}"'


def program_as_typed(
    path: str, *, on_path: Collection[str] = (), folder: str = "", windows: bool = WINDOWS
) -> str:
    """The path of a program as it can be typed at the beginning of a line.

    From one of the folders `on_path` it is called by its name alone. Windows tells a program its path in
    full, whatever was typed: below `folder`, where the person is, it is said from there.
    """
    program = PureWindowsPath(path) if windows else PurePath(path)
    if program.parent in map(type(program), on_path):
        return program.name.removesuffix(".exe")
    if not windows:
        return as_typed(path, windows=False)
    if folder and program.is_relative_to(folder):
        path = f".\\{program.relative_to(folder)}"
    return _in_quoted_parts(path)


def _in_quoted_parts(path: str) -> str:
    """A program's path on Windows, with each part of it quoted by itself.

    PowerShell takes a line that begins with a quotation mark for a text, and cmd doesn't know the sign by
    which PowerShell would be told.
    """
    return "\\".join(as_typed(part, windows=True) for part in path.removesuffix(".exe").split("\\"))


def copying(source: str, target: str, *, windows: bool = WINDOWS) -> str:
    """The command that copies a file to another name, and replaces what is there."""
    program = "copy" if windows else "cp"
    return f"{program} {as_typed(source, windows=windows)} {as_typed(target, windows=windows)}"


def removing(folder: str, *, windows: bool = WINDOWS) -> str:
    """How to remove a folder with all in it: PowerShell and cmd have no command for that in common."""
    return "delete this folder." if windows else f"rm -r {as_typed(folder, windows=False)}"
