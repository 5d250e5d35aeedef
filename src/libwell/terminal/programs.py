"""Lending the terminal to another program: the person's editor, their pager.

It must not decide which program, and never puts what is private into a program's arguments or environment.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PATIENCE = 2  # seconds for a program to tidy up before it is killed


def run_program(
    command: Sequence[str],
    environ: Mapping[str, str],
    *,
    feed: bytes | None = None,
    hold: tuple[int, ...] = (),
) -> int:
    """Run a program on this terminal until it ends, and give its exit status; OSError if it can't be started.

    `feed` becomes its standard input, and it may leave before it has read all of that. `hold` are descriptors
    that stay open in it, but for Windows, where a program takes none.
    """
    stdin = None if feed is None else subprocess.PIPE
    held = () if sys.platform == "win32" else hold
    with _interrupts_left_to_it():
        process = subprocess.Popen(  # noqa: S603 - the person's own choice
            command, env=dict(environ), stdin=stdin, pass_fds=held
        )
        try:
            process.communicate(feed)
        except BaseException:  # we are to end ourselves
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
            process.kill()  # nothing, where it has ended
            process.wait()
            raise
    return process.returncode


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Ctrl-C reaches every program on the terminal; here it is meant for the one that was started."""
    # ignored, it would be in there as well
    before = signal.signal(signal.SIGINT, lambda _signal, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
