"""`libwell new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from libwell.cli.common import done_all_the_same
from libwell.cli.session import Session
from libwell.model.shell_words import as_typed
from libwell.storage.places import OWN, is_same_file

Shape = Literal["maturity", "audit", "risks", "priorities"]
"""What there is an example of, by the name of its file in `examples/worksheets`."""


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Its id, such as front-door.", metavar="ID")],
    output: Annotated[
        str, typer.Option(help="Where to write it; left out: into this folder.", metavar="FILE|DIR|-")
    ] = "",
    like: Annotated[
        Shape | None,
        typer.Option(
            help="Begin from an example: levels now and wanted, what is in place, what could go wrong, "
            "what comes first."
        ),
    ] = None,
) -> None:
    """Write a new worksheet to start from: small, complete, with comments that explain it.

    Nothing is ever replaced. docs/authoring.md, which comes with libwell's source, shows the whole way.

    Example:
        libwell new front-door
        libwell new our-risks --like risks
    """
    from libwell.flows.template import find_same_id, template_text, write_template

    session: Session = context.obj
    text = template_text(name, like or "")
    same = find_same_id(name, session.shelf)
    path = None if output == "-" else write_template(text, name, output)
    if path is None:
        session.output.data(text)
    else:
        with done_all_the_same(session.output, f"Written: {path}."):
            session.output.lines([str(path)])
    if same is not None:
        session.output.message(
            f"Mind that another worksheet is called {name} too: {same.path}. Of two with one id only one "
            "is found. Change the id in yours, unless it is to take the other's place.",
            style="warning",
        )
    if path is not None:
        _say_what_next(session, path)


def _say_what_next(session: Session, path: Path) -> None:
    say, call, file = session.output.message, session.world.call, as_typed(str(path))
    say(f"Written: {path}. Change the words in it, with any text editor; its comments say how.")
    say(f"Look for mistakes: {call} check {file}")
    say(f"Try it: {call} start {file}")
    if any(is_same_file(folder, path.parent) for folder, _ in session.places.worksheets):
        say(f"It is in a folder of worksheets: {call} list shows it.")
        return
    for own in [folder for folder, origin in session.places.worksheets if origin == OWN]:
        say(f"To have it in {call} list, put it into {own} (if there is no such folder, make it).")
