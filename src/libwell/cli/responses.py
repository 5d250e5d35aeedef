"""`libwell responses`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.printing import list_width, print_failures, print_json
from libwell.cli.session import Session


def command(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Show what is saved: id, worksheet, status, progress, when.

    Example:
        libwell responses
    """
    from libwell.flows.opened import list_responses, when
    from libwell.terminal.screen_text import columns

    session: Session = context.obj
    found, failed = list_responses(session.folder)
    if json:
        entries = [
            {
                "id": one.response.id,
                "title": one.title,
                "status": one.response.status,
                "answered": one.answered,
                "asked": one.total,
                "updated": one.response.updated,
                "worksheet": {"id": one.worksheet.id, "version": one.worksheet.version},
                "path": str(one.path.absolute()),
            }
            for one in found
        ]
        print_json(session.output, "responses", {"responses": entries})
    elif found:
        rows = [
            (r.short_id, one.title, r.status, f"{one.answered} of {one.total}", when(r, session.world), r.id)
            for one in found
            for r in [one.response]
        ]
        heads = ("short", "worksheet", "status", "answered", "changed", "id")
        session.output.data(columns(rows, heads, list_width(session.output)))
    else:
        session.output.message("Nothing is saved yet. `libwell start WORKSHEET` begins.")
    raise typer.Exit(print_failures(session.output, failed))
