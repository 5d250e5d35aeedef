"""`libwell support`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.session import Session
from libwell.rules.support import SUPPORT_HEAD


def command(
    context: typer.Context,
    country: Annotated[
        str, typer.Option(help="The helplines of this country, such as US, CA or GB.", metavar="CC")
    ] = "",
) -> None:
    """Show whom you can turn to: people you or your library named, helplines, the emergency number.

    It answers always, also where settings can't be read; what is wrong with them is said beside it.

    Example:
        libwell support --country CA
    """
    session: Session = context.obj
    found = session.support_in(country)
    session.warn_of_library()
    for error in found.errors:
        session.output.message(str(error), style="warning")
    lines = [SUPPORT_HEAD, *(f"- {line}" for line in found.lines)]
    if session.output.is_terminal:
        for line in lines:
            session.output.say(line)
    else:
        session.output.lines(lines)
