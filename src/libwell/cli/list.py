"""`libwell list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_failures, print_json, print_rows
from libwell.cli.session import Session
from libwell.storage.places import lost_folders

if TYPE_CHECKING:
    from libwell.model.verb_records import ListRecord


def command(context: typer.Context, json: AsJson = False) -> None:
    """Show the worksheets at hand: id, title, minutes, and where each comes from.

    Example:
        libwell list
    """
    session: Session = context.obj
    headers, failed = session.shelf.headers()
    if json:
        record: ListRecord = {
            "schema": "libwell.list/1",
            "worksheets": [
                {
                    "id": h.id,
                    "title": h.title,
                    "minutes": h.minutes,
                    "from": h.origin,
                    "path": str(h.path),
                    "hides": list(h.hides),
                    "hidden": list(map(str, h.hidden)),
                }
                for h in headers
            ],
        }
        print_json(session.output, record)
    else:
        rows = [(h.id, h.title, str(h.minutes or ""), _origin(h.origin, h.hidden)) for h in headers]
        print_rows(session.output, ("id", "title", "min", "from"), rows)
    is_partial = any(lost_folders(session.places))
    raise typer.Exit(print_failures(session.output, failed) or (3 if is_partial else 0))


def _origin(origin: str, hidden: tuple[Path, ...]) -> str:
    return f"{origin} (hides {' and '.join(map(str, hidden))})" if hidden else origin
