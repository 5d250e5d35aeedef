"""`libwell responses`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import AsJson, print_json, print_rows
from libwell.cli.selecting import (
    OfLibrary,
    OfStatus,
    OfTeam,
    OfWorksheets,
    Selecting,
    Since,
    Until,
    selected,
)
from libwell.cli.session import Session
from libwell.cli.told_failures import failures_data, print_failures

if TYPE_CHECKING:
    from libwell.flows.opened import Opened
    from libwell.model.verb_records import ResponsesRecord

_ROOMY = 130
"""Columns of a screen that also has room for whole ids."""


def command(
    context: typer.Context,
    long: Annotated[bool, typer.Option("--long", help="Whole ids too, however narrow the screen.")] = False,
    worksheet: OfWorksheets = None,
    team: OfTeam = None,
    library: OfLibrary = None,
    status: OfStatus = None,
    since: Since = None,
    until: Until = None,
    json: AsJson = False,
) -> None:
    """Show what is saved: id, worksheet, how far it is, and when it was changed.

    Example:
        libwell responses
    """
    from libwell.flows.opened import open_each

    session: Session = context.obj
    selection = Selecting(worksheet, team, library, status, since, until).read(session)
    found, failed = open_each(selected(session, selection))
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
                    "team": one.response.person.team,
                    "library": one.response.person.library,
                }
                for one in found
            ],
            "failed": failures_data(failed),
        }
        print_json(session.output, record)
    elif found:
        _show(session, found, long=long)
    raise typer.Exit(print_failures(session.output, failed, done=len(found)))


def _show(session: Session, found: list[Opened], *, long: bool) -> None:
    """Show a line each where there is room; whole ids in a pipe, if asked for, and where they fit as well."""
    from libwell.flows.opened import when

    output, heads = session.output, ("short", "worksheet", "status", "answered", "changed", "id")
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
    if long or not output.is_terminal or output.width >= _ROOMY:
        print_rows(output, heads, rows, shrinks=1)
    else:
        print_rows(output, heads[:-1], [row[:-1] for row in rows], shrinks=1)
