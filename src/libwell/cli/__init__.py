"""The command line: one verb a file; each parses arguments, calls one flow and chooses the exit status.

This module is imported at every start and answers `--version` by itself, before anything else is. A shell
that completes a line sets `_LIBWELL_COMPLETE`, and is answered without running anything.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `libwell`, and leave with its exit status."""
    arguments = sys.argv[1:]
    if completing := os.environ.get("_LIBWELL_COMPLETE"):
        from libwell.cli.completion import answer

        sys.stdout.write(answer(completing, arguments, os.environ))
        return
    if arguments[:1] == ["--version"]:
        from libwell import __version__

        sys.stdout.write(f"libwell {__version__}\n")
        return
    from libwell.cli.app import run  # Typer is six starts of Python

    sys.exit(run(arguments))
