"""The words of a command as VISUAL or EDITOR hold it on Windows. Pure: it starts nothing."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r'"([^"]*)"|(\S+)')


def split_command(command: str, is_program: Callable[[str], bool]) -> list[str]:
    """The program and its arguments; a backslash stands for itself.

    A path may have blanks in it also without quotation marks: the longest beginning that is a program is
    taken for it. Raises ValueError where a quotation mark is missing.
    """
    if command.count('"') % 2:
        raise ValueError(command)
    begun = list(accumulate(command.split(" "), "{} {}".format))
    program = next(filter(is_program, reversed(begun)), "")
    rest = [quoted or plain for quoted, plain in _WORD.findall(command[len(program) :])]
    return [program, *rest] if program else rest
