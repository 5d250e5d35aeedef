"""`libwell start`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.session import Session


def command(
    context: typer.Context,
    worksheet: Annotated[str, typer.Argument(help="A worksheet's id, or a path.", metavar="WORKSHEET")],
    name: Annotated[str, typer.Option(help="Your name, if it is to stand on the plan.")] = "",
    team: Annotated[str, typer.Option(help="Your team.")] = "",
    library: Annotated[str, typer.Option(help="Your library.")] = "",
) -> None:
    """Begin a worksheet: the guided walk, line by line, saved after every line.

    Example:
        libwell start staff-care
    """
    session: Session = context.obj
    session.need_to_ask(
        f"Without one: libwell fill ANSWERS; libwell blank {worksheet} --format toml makes the file."
    )
    from libwell.flows.reflect import start
    from libwell.model.response import Person

    found = session.shelf.load(worksheet)
    person = Person(name=name, team=team, library=library)
    with session.prompter() as prompter:
        saved = start(found, person, folder=session.folder, prompter=prompter, world=session.world)
    raise typer.Exit(0 if saved else 1)
