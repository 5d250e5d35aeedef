"""The command line: one verb a file; each parses arguments, calls one flow and chooses the exit status.

This module is imported at every start and answers `--version` by itself, before anything else is. A shell
that completes a line sets `_LIBWELL_COMPLETE`, and is answered without running anything.
"""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run `libwell`, and leave with its exit status."""
    if sys.stdout is None:
        sys.stdout = _ClosedOutput()
    arguments = sys.argv[1:]
    if completing := os.environ.get("_LIBWELL_COMPLETE"):
        from libwell.cli.completion import answer

        sys.exit(_print(answer(completing, arguments, os.environ)))
    if arguments[:1] == ["--version"]:
        from libwell import __version__

        sys.exit(_print(f"libwell {__version__}\n"))
    from libwell.cli.app import run  # Typer is six starts of Python

    sys.exit(run(arguments))


class _ClosedOutput(io.TextIOBase):
    """Standard output that was closed before libwell began: to write to it is an error, as to a full disk."""

    def write(self, text: str, /) -> int:
        """Raise OSError."""
        import errno  # `--version` stays quick

        del text
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _print(text: str) -> int:
    """Print a text, and give the exit status."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        from libwell.cli.app import fail  # as slow as a verb, and as careful

        return fail(error)
    return 0
