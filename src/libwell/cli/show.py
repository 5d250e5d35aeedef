"""`libwell show`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.printing import print_json
from libwell.cli.session import Session


def command(
    context: typer.Context,
    worksheet: Annotated[str, typer.Argument(help="A worksheet's id, or a path.", metavar="WORKSHEET")],
    facilitator: Annotated[bool, typer.Option("--facilitator", help="Also how to lead it.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Show what a worksheet will ask, what stays private, and its sources.

    Example:
        libwell show staff-care
    """
    from libwell.rules.documents import worksheet_document
    from libwell.rules.privacy import private_prompts
    from libwell.terminal.blocks import render
    from libwell.terminal.pager import page

    session: Session = context.obj
    found = session.shelf.load(worksheet)
    if json:
        private = private_prompts(found)
        data = found.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        prompts = [
            {
                "id": prompt.id,
                "title": prompt.ask,
                "kind": prompt.kind,
                "section": section.id,
                "private": prompt.id in private,
            }
            for section, prompt in found.prompts()
        ]
        data = data if facilitator else {key: value for key, value in data.items() if key != "facilitator"}
        print_json(session.output, "show", {"worksheet": data, "prompts": prompts})
        return
    page(render(worksheet_document(found, facilitator=facilitator)), session.output, session.environ)
