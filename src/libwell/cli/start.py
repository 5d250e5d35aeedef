"""`libwell start`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from libwell.cli.common import WorksheetName
from libwell.cli.session import Session


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    name: Annotated[str | None, typer.Option(help="Your name, if it is to stand on the plan.")] = None,
    team: Annotated[str | None, typer.Option(help="Your team.")] = None,
    library: Annotated[str | None, typer.Option(help="Your library.")] = None,
) -> None:
    """Begin a worksheet: the guided walk, line by line, saved after every line.

    Name, team and library that are not given here are taken from your settings.

    Example:
        libwell start staff-care
    """
    session: Session = context.obj
    session.need_to_ask(
        f"Without one: libwell fill ANSWERS; libwell blank {worksheet} --format toml makes the file."
    )
    from libwell.flows.reflect import start
    from libwell.model.response import Person
    from libwell.storage.worksheets import is_path

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
        )
    raise typer.Exit(0 if saved else 1)
