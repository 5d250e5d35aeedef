"""`libwell view`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.common import AsJson, ResponseName, print_json, say_withheld, show_document
from libwell.cli.session import Session


def command(
    context: typer.Context,
    response: ResponseName,
    private: Annotated[
        bool, typer.Option("--private", help="Private answers too, with --json or in a pipe.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Read a response in the terminal, private answers marked; a pipe gets them only with --private.

    Example:
        libwell view latest
    """
    from libwell.flows.opened import find_response
    from libwell.rules.documents import response_document
    from libwell.rules.privacy import leaving

    session: Session = context.obj
    output = session.output
    opened = find_response(response, session.folder, may_be_pipe=True)
    excerpt = opened.excerpt(private=private or (output.is_terminal and not json))
    if json:
        from libwell.rules.records import response_data

        excerpt = leaving(excerpt)
        print_json(output, response_data(excerpt, schema="libwell.view/1"))
    else:
        show_document(session, response_document(excerpt))
    say_withheld(output, excerpt.withheld)
