"""Long text a screen at a time, in the person's pager.

The text goes to the pager through a pipe: never through a file, never as an argument. It must not decide what
is shown.
"""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible
from libwell.terminal.programs import run_program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from libwell.terminal.output import Output

_USUAL = "less -FR '-PsSpace goes on, b goes back, q leaves'"
_SAFE = {"LESSSECURE": "1", "LESSHISTFILE": "-"}  # no commands, no files, no history


def page(text: str, output: Output, environ: Mapping[str, str]) -> None:
    """Show text that is longer than the screen in the pager, shorter text (or without a pager) as it is.

    Where standard output is no terminal, the text is written to it in one piece.
    """
    if not output.is_terminal:
        output.data(make_visible(text))  # a pipe may end on a terminal all the same
        return
    shown = output.wrapped(text).removesuffix("\n") + "\n"
    is_long = shown.count("\n") >= output.height
    command = _find_pager(environ) if is_long and output.is_capable else []
    if command:
        environ = {"LESS": "FR", **environ, **_SAFE}
        with suppress(OSError):  # it can't be started
            run_program(command, environ, feed=shown.encode(output.encoding, "backslashreplace"))
            return
    output.data(shown)


def _find_pager(environ: Mapping[str, str]) -> list[str]:
    """Give the command from PAGER, else that of `less`, there or not; empty if there is to be none."""
    if sys.platform == "win32":  # whose pager keeps no text from being written to a file
        return []
    with suppress(ValueError):
        return shlex.split(environ.get("PAGER", _USUAL))
    return []
