"""`libwell start`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from libwell.cli.common import WorksheetName
from libwell.cli.session import Session
from libwell.cli.told_failures import print_failures


def command(
    context: typer.Context,
    worksheet: WorksheetName = "",
    short: Annotated[
        bool, typer.Option("--short", help="Only the few questions that matter most; resume offers the rest.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="Your name, if it is to stand on the plan.", metavar="TEXT")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Your team.", metavar="TEXT")] = None,
    library: Annotated[str | None, typer.Option(help="Your library.", metavar="TEXT")] = None,
) -> None:
    """Begin a worksheet: the guided walk, line by line, saved after every line.

    Without WORKSHEET it shows those at hand, and asks which. Name, team and library that are not given here
    are taken from your settings.

    Example:
        libwell start staff-care
    """
    session: Session = context.obj
    session.need_to_ask(_without_a_terminal(session, worksheet) if not session.can_ask else "")
    from libwell.flows.reflect import start
    from libwell.model.response import Person
    from libwell.storage.worksheets import is_path

    worksheet = worksheet or _chosen(session)
    found, closed = session.shelf.load_closed(worksheet)
    given = {"name": name, "team": team, "library": library}
    person = Person(**{key: text for key, text in given.items() if text is not None})
    usual = {key: session.configuration.text(key) if text is None else text for key, text in given.items()}
    world = replace(session.world, file=worksheet if is_path(worksheet) else "")
    with session.prompter() as prompter:
        saved = start(
            found,
            person,
            folder=session.folder,
            prompter=prompter,
            world=world,
            usual=Person(**usual),
            closed=closed,
            short=short,
        )
    raise typer.Exit(0 if saved else 1)


def _without_a_terminal(session: Session, worksheet: str) -> str:
    """What to do where nobody can be asked; which worksheets there are, if none was named."""
    name = worksheet or "WORKSHEET"
    remedy = f"Without one: libwell fill ANSWERS; libwell blank {name} --format toml makes the file."
    if worksheet:
        return remedy
    ids = ", ".join(header.id for header in session.shelf.headers()[0])
    return f"{remedy} WORKSHEET is one of: {ids}."


def _chosen(session: Session) -> str:
    """The id of the worksheet that the person picks from a list. Exits where they leave without one."""
    from libwell.flows.choosing import choose_worksheet
    from libwell.terminal.prompter import EndOfInput

    headers, failed = session.shelf.headers()
    print_failures(session.output, failed, done=len(headers))
    with session.prompter(editor=False) as prompter, suppress(EndOfInput):
        return choose_worksheet(headers, session.folder, prompter=prompter, world=session.world)
    raise typer.Exit
