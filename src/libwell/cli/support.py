"""`libwell support`."""

from __future__ import annotations

import typer

from libwell.cli.session import Session
from libwell.rules.support import SUPPORT_HEAD


def command(context: typer.Context) -> None:
    """Show whom you can turn to: people you or your library named, helplines, the emergency number.

    It answers always, also where settings can't be read; what is wrong with them is said beside it.

    Example:
        libwell support
    """
    session: Session = context.obj
    found = session.found_support
    session.warn_of_library()
    for error in found.errors:
        session.output.message(str(error), style="warning")
    lines = [SUPPORT_HEAD, *(f"- {line}" for line in found.lines)]
    if session.output.is_terminal:
        for line in lines:
            session.output.say(line)
    else:
        session.output.lines(lines)
