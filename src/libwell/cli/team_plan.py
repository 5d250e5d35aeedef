"""`libwell team plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, format_to_write, say_undated
from libwell.cli.team_copies import (
    Date,
    Expected,
    OnlyWorksheet,
    Paths,
    Title,
    memory_of,
    to_tell,
    write_made,
)
from libwell.flows.formats import FORMATS

if TYPE_CHECKING:
    from libwell.cli.session import Session

PlanFormat = Literal["md", "html", "docx", "json", "csv", "ics"]


def command(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        PlanFormat | None,
        typer.Option(
            "--format", help="The format; ics for a calendar; left out: as the file is named, or md."
        ),
    ] = None,
    output: NewFile = "-",
    join: Annotated[
        list[str] | None, typer.Option(help="Count step A as step B; as often as needed.", metavar="A=B")
    ] = None,
    title: Title = "",
    date: Date = "",
    expected: Expected = None,
    worksheet: OnlyWorksheet = "",
) -> None:
    """Make one action plan out of many: the same step of several people is one.

    Steps that are nearly the same stand side by side, for you to join. Names are there only of those who
    shared them.

    Example:
        libwell team plan shared --output plan.md
    """
    from libwell.flows import together
    from libwell.rules.team.plans import plan
    from libwell.rules.team.title_block import TitleBlock
    from libwell.rules.team.told import DEFAULT_MINIMUM

    session: Session = context.obj
    form: PlanFormat = format_to_write(session, output, format_, get_args(PlanFormat))
    tally, status = to_tell(session, paths, output, minimum=DEFAULT_MINIMUM, worksheet=worksheet)
    head = TitleBlock(title, date, expected)
    made = memory_of(session).change(
        lambda told: plan(tally, told=told, minimum=DEFAULT_MINIMUM, joins=join or (), head=head)
    )
    write_made(session, together.plan_text(made, form), output)
    if FORMATS[form].only_dated:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    raise typer.Exit(status)
