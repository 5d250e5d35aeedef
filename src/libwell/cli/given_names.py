"""The names given to a verb that takes many: `-` stands for a list on standard input."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from libwell.errors import UsageError

if TYPE_CHECKING:
    from typing import TextIO

_LONGEST_NAME = 4096
"""Bytes of a line on standard input, at most: longer than a path can be."""
_MOST_NAMES, _MOST_BYTES = 100_000, 16 * 1024 * 1024
"""Lines and bytes of standard input, at most."""


def given_names(given: list[str], stdin: TextIO | None) -> list[str]:
    """The names given; `-` stands for the lines of standard input, ids and paths."""
    return [one for name in given for one in (_read_names(stdin) if name == "-" else [name])]


def _read_names(stdin: TextIO | None) -> list[str]:
    """The names on standard input, as `fill` and `ls` print them. Raises UsageError at what can't be one."""
    names: list[str] = []
    left = _MOST_BYTES
    while stdin is not None and (line := stdin.buffer.readline(_LONGEST_NAME + 1)):
        name = os.fsdecode(line).rstrip("\r\n")
        names.append(name)
        left -= len(line)
        if len(names) > _MOST_NAMES or left < 0:
            raise UsageError("Standard input has too many names.", "Name the folder they are in.")
        if "\0" in name or len(line) > _LONGEST_NAME:
            raise UsageError("Standard input is no list of responses.", "Give one name a line.")
    return [name for name in names if name.strip()]
