"""`libwell view`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.printing import print_json, say_withheld
from libwell.cli.session import Session


def command(
    context: typer.Context,
    response: Annotated[
        str, typer.Argument(help="A response's id, its last part, a path, or latest.", metavar="RESPONSE")
    ],
    private: Annotated[
        bool, typer.Option("--private", help="Private answers too, with --json or in a pipe.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Read a response in the terminal, private answers marked; a pipe gets them only with --private.

    Example:
        libwell view latest
    """
    from libwell.flows.opened import find_response, view
    from libwell.terminal.blocks import render
    from libwell.terminal.pager import page

    session: Session = context.obj
    output = session.output
    saved = find_response(response, session.folder, may_be_pipe=True)
    document, excerpt = view(saved, private=private or (output.is_terminal and not json))
    if json:
        from libwell.rules.records import response_data

        print_json(output, "view", response_data(excerpt))
    else:
        page(render(document), output, session.environ)
    say_withheld(output, excerpt.withheld)
