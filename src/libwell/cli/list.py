"""`libwell list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_json, print_rows
from libwell.cli.session import Session
from libwell.cli.told_failures import SOME_FAILED, failures_data, print_failures
from libwell.errors import LibwellError
from libwell.storage.places import SHIPPED, lost_folders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.model.verb_records import ListRecord
    from libwell.storage.places import LostFolder
    from libwell.storage.worksheets import Header
    from libwell.terminal.output import Output


def command(context: typer.Context, json: AsJson = False) -> None:
    """Show the worksheets at hand: id, minutes, what each asks, and where it comes from.

    Example:
        libwell list
    """
    session: Session = context.obj
    headers, failed = session.shelf.headers()
    lost = [_lost(one) for one in lost_folders(session.places)]  # which the shelf has said already
    if json:
        record: ListRecord = {
            "schema": "libwell.list/1",
            "worksheets": [
                {
                    "id": h.id,
                    "title": h.title,
                    "summary": h.summary,
                    "minutes": h.minutes,
                    "from": h.origin,
                    "path": str(h.path),
                    "hides": list(h.hides),
                    "hidden": list(map(str, h.hidden)),
                }
                for h in headers
            ],
            "failed": failures_data([*lost, *failed]),
        }
        print_json(session.output, record)
    elif session.output.is_terminal:
        _show(session.output, headers)
        if headers:
            call = session.world.call
            session.output.message(f"More of one: {call} show, with its id. To begin: {call} start")
    else:
        rows = [(h.id, h.title, str(h.minutes or ""), _origin(h), _asks(h)) for h in headers]
        print_rows(session.output, ("id", "title", "min", "from", "asks"), rows)
    raise typer.Exit(
        print_failures(session.output, failed, done=len(headers)) or (SOME_FAILED if lost else 0)
    )


def _lost(one: LostFolder) -> LibwellError:
    return LibwellError(f"{one.path}: {one.message}", one.remedy, file=str(one.path))


def _show(output: Output, headers: Sequence[Header]) -> None:
    """Show them on a screen, a line each where there is room; whence only those that are not libwell's."""
    heads = ["id", "minutes", "asks"]
    rows = [[h.id, str(h.minutes or ""), _asks(h)] for h in headers]
    if any(h.origin != SHIPPED for h in headers):
        heads.append("from")
        rows = [[*row, "" if h.origin == SHIPPED else h.origin] for row, h in zip(rows, headers, strict=True)]
    print_rows(output, heads, rows, shrinks=2)
    for header in headers:
        if header.hidden:
            output.message(f"{header.id} is {_origin(header)}.")


def _asks(header: Header) -> str:
    return header.summary or header.title


def _origin(header: Header) -> str:
    hidden = " and ".join(map(str, header.hidden))
    return f"{header.origin} (hides {hidden})" if hidden else header.origin
