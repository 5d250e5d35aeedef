"""`libwell team report`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, format_to_write
from libwell.cli.team_copies import (
    Date,
    Expected,
    FormOfReport,
    MinGroup,
    OnlyWorksheet,
    Paths,
    ReportFormat,
    Title,
    Top,
    memory_of,
    minimum_of,
    show_made,
    title_block,
    to_tell,
    write_made,
)

if TYPE_CHECKING:
    from libwell.cli.session import Session


def command(
    context: typer.Context,
    paths: Paths,
    format_: FormOfReport = None,
    output: NewFile = "-",
    by: Annotated[Literal["team"] | None, typer.Option(help="Each team beside everybody.")] = None,
    min_group: MinGroup = "",
    since: Annotated[
        str,
        typer.Option(help="Show an earlier report (--format json) beside this one.", metavar="REPORT.json"),
    ] = "",
    top: Top = 5,
    title: Title = "",
    date: Date = "",
    expected: Expected = None,
    worksheet: OnlyWorksheet = "",
) -> None:
    """Show what many people answered, and where they differ, so that nobody stands out.

    Numbers are told only of groups of five or more, even when somebody lays today's report beside an earlier
    one. Whoever comes or changes later waits until enough others did the same; until then the earlier numbers
    stand.

    Example:
        libwell team report shared --output report.html
    """
    from libwell.flows import together
    from libwell.rules.team.report_document import report_document

    session: Session = context.obj
    form: ReportFormat = format_to_write(session, output, format_, get_args(ReportFormat))
    minimum = minimum_of(session, min_group)
    earlier = together.earlier_report(Path(since)) if since else None
    by_team = by is not None
    taken = partial(to_tell, minimum=minimum, worksheet=worksheet, expected=expected, by_team=by_team)
    tally, status = taken(session, paths, output)
    head = title_block(title, date, expected)
    make = partial(together.make_report, minimum=minimum, by_team=by_team, earlier=earlier, head=head)
    made = memory_of(session).change(lambda told: make(tally, told=told))
    if format_ is None and output == "-":
        show_made(session, report_document(made, top=top))
    else:
        write_made(session, together.report_text(made, form, top=top), output)
    raise typer.Exit(status)
