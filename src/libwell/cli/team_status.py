"""`libwell team status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_json, print_rows, say_count
from libwell.cli.team_copies import Paths, memory_of, tally_of
from libwell.cli.told_failures import failures_data

if TYPE_CHECKING:
    from libwell.cli.session import Session
    from libwell.errors import LibwellError
    from libwell.model.verb_records import TeamStatusRecord


def command(context: typer.Context, paths: Paths, json: AsJson = False) -> None:
    """Count the people who shared so far, by worksheet. Tells nothing of answers, and remembers nothing.

    Example:
        libwell team status shared
    """
    from libwell.flows.together import gathered

    session: Session = context.obj
    failed: list[LibwellError] = []
    tally, status = tally_of(session, paths, failed.append if json else None)
    found = gathered(tally, memory_of(session).read())
    if json:
        record: TeamStatusRecord = {
            "schema": "libwell.team-status/1",
            "worksheets": found,
            "copies": tally.copies,
            "withdrawn": tally.withdrawn,
            "failed": failures_data(failed),
        }
        print_json(session.output, record)
    else:
        rows = [(one["worksheet"], one["title"], str(one["people"]), str(one["told"])) for one in found]
        print_rows(session.output, ("id", "worksheet", "people", "told of"), rows)
        say_count(
            session.output,
            tally.copies,
            ("file is", "files are"),
            "of somebody who shared more than once; the latest counts.",
        )
        say_count(session.output, tally.withdrawn, ("person", "people"), "took back what they shared.")
    raise typer.Exit(status)
