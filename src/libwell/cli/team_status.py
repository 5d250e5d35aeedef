"""`libwell team status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_json, print_rows, say_count
from libwell.cli.team_copies import Expected, Paths, copies_in, memory_of
from libwell.cli.team_files import say_doubts
from libwell.cli.told_failures import failures_data
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from libwell.cli.session import Session
    from libwell.model.verb_records import TeamStatusRecord


def command(context: typer.Context, paths: Paths, expected: Expected = None, json: AsJson = False) -> None:
    """Count the people who shared so far, by worksheet. Tells nothing of answers, and remembers nothing.

    Names each file that is not counted, and why.

    Example:
        libwell team status shared
    """
    from libwell.flows.together import gathered
    from libwell.rules.team.doubts import alike_teams
    from libwell.rules.team.title_block import TitleBlock

    session: Session = context.obj
    copies = copies_in(session, paths)
    tally = copies.tally
    say_doubts(session.output, tally, expected=expected, teams=True)
    found = gathered(tally, memory_of(session).read())
    if json:
        record: TeamStatusRecord = {
            "schema": "libwell.team-status/1",
            "worksheets": found,
            "copies": tally.copies,
            "withdrawn": tally.withdrawn,
            "failed": failures_data(copies.failed),
            "not_counted": [
                {"file": one_line_name(Path(name)), "why": why} for name, why in copies.not_counted
            ],
            "expected": expected,
            "alike_teams": [list(names) for names in alike_teams(tally)],
        }
        print_json(session.output, record)
    else:
        head = TitleBlock(expected=expected)
        rows = [
            (one["worksheet"], one["title"], head.out_of(one["people"]), str(one["told"])) for one in found
        ]
        print_rows(session.output, ("id", "worksheet", "people", "told of"), rows)
        say_count(session.output, tally.withdrawn, ("person", "people"), "took back what they shared.")
    raise typer.Exit(copies.status)
