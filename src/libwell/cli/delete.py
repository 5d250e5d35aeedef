"""`libwell delete`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.printing import NO_ERASURE
from libwell.cli.session import Session
from libwell.errors import LibwellError


def command(
    context: typer.Context,
    response: Annotated[
        str, typer.Argument(help="A response's id, its last part, a path, or latest.", metavar="RESPONSE")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete a response and the earlier version kept beside it; asks first.

    Example:
        libwell delete k3f9
    """
    from libwell.flows.deleting import delete, describe

    session: Session = context.obj
    if not yes:
        session.need_to_ask("To delete without a question: --yes.")
    path, words = describe(response, session.folder)
    if not yes:
        with session.prompter(editor=False) as prompter:
            prompter.say(words)
            prompter.say(NO_ERASURE)
            prompter.say("Type delete to delete it; anything else keeps it.")
            answer = prompter.ask("> ").text
        if answer.strip().casefold() != "delete":
            raise LibwellError("Nothing was deleted.")
    delete(path, session.folder)
    session.output.message(f"Deleted: {path.stem}." + (f" {NO_ERASURE}" if yes else ""))
    session.sweep_after_editors()
