"""The command line: one verb a file; each parses arguments, calls one flow and chooses the exit status.

This module is imported at every start and answers `--version` by itself, before anything else is. A shell
that completes a line sets `_LIBWELL_COMPLETE`, and is answered without running anything.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `libwell`, and leave with its exit status."""
    if sys.stdout is None:  # closed before libwell began: to write is an error, as to a full disk
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for good, and at once
    if sys.platform == "win32":
        from libwell.terminal.windows.pipes import write_as_elsewhere

        write_as_elsewhere()
    arguments = sys.argv[1:]
    if completing := os.environ.get("_LIBWELL_COMPLETE"):
        from libwell.cli.completion import answer

        text = answer(completing, arguments, os.environ)
    elif arguments[:1] == ["--version"]:
        from libwell import __version__

        text = f"libwell {__version__}\n"
    else:
        import gc

        gc.set_threshold(100_000)  # nearly all that a start makes stays: no use in looking for garbage
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a plugin could see answers
        from libwell.cli.app import run  # Typer is six starts of Python

        if sys.platform == "win32":
            from libwell.storage.windows import as_a_shell_gives_them

            arguments = as_a_shell_gives_them(arguments)
        sys.exit(run(arguments))
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        from libwell.cli.app import fail  # as slow as a verb, and as careful

        sys.exit(fail(error))
