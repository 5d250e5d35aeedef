"""`libwell responses`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_failures, print_json, print_rows
from libwell.cli.session import Session

if TYPE_CHECKING:
    from libwell.model.verb_records import ResponsesRecord


def command(context: typer.Context, json: AsJson = False) -> None:
    """Show what is saved: id, worksheet, status, progress, when.

    Example:
        libwell responses
    """
    from libwell.flows.opened import open_all, when

    session: Session = context.obj
    found, failed = open_all(session.folder)
    if json:
        record: ResponsesRecord = {
            "schema": "libwell.responses/1",
            "responses": [
                {
                    "id": one.response.id,
                    "title": one.worksheet.title,
                    "status": one.response.status,
                    "answered": one.answered,
                    "asked": len(one.asked),
                    "updated": one.response.updated,
                    "worksheet": {"id": one.worksheet.id, "version": one.worksheet.version},
                    "path": str(one.path.absolute()),
                }
                for one in found
            ],
        }
        print_json(session.output, record)
    elif found:
        rows = [
            (
                one.response.short_id,
                one.worksheet.title,
                one.response.status,
                one.progress,
                when(one.response, session.world),
                one.response.id,
            )
            for one in found
        ]
        heads = ("short", "worksheet", "status", "answered", "changed", "id")
        print_rows(session.output, heads, rows)
    else:
        session.output.message("Nothing is saved yet. `libwell start WORKSHEET` begins.")
    raise typer.Exit(print_failures(session.output, failed))
