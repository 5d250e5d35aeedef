"""`libwell resume`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.common import ResponseName
from libwell.cli.session import Session


def command(
    context: typer.Context,
    response: ResponseName = "",
    at: Annotated[str, typer.Option(help="Go on at this prompt.", metavar="PROMPT")] = "",
) -> None:
    """Go on with a draft, or open a finished response to change it; without RESPONSE the latest draft.

    Example:
        libwell resume k3f9
    """
    session: Session = context.obj
    session.need_to_ask("To read it instead: libwell view RESPONSE.")
    from libwell.flows.opened import find_response, is_latest
    from libwell.flows.reflect import resume

    name = response or "latest"
    saved = find_response(name, session.folder, draft=is_latest(name))
    with session.prompter() as prompter:
        kept = resume(
            saved,
            folder=session.folder,
            prompter=prompter,
            world=session.world,
            shelf=session.shelf,
            at=at,
            named=bool(response),
        )
    raise typer.Exit(0 if kept else 1)
