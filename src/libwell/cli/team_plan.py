"""`libwell team plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, say_undated
from libwell.cli.team_copies import (
    Date,
    Expected,
    OnlyWorksheet,
    PathsOrNone,
    Title,
    memory_of,
    to_tell,
    write_made,
)
from libwell.cli.team_keep import Keep, ShowStatus, checked_name, say_kept, show_how_far
from libwell.errors import UsageError
from libwell.flows.formats import FORMATS, format_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.cli.session import Session
    from libwell.rules.team.plans import TeamPlan

PlanFormat = Literal["md", "html", "json", "csv", "ics"]


def command(
    context: typer.Context,
    paths: PathsOrNone = None,
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
    keep: Keep = None,
    status: ShowStatus = False,
) -> None:
    """Make one action plan out of many: the same step of several people is one.

    Steps that are nearly the same stand side by side, for you to join. Names are there only of those who
    shared them.

    With --keep the plan lives on: `libwell actions` changes its steps, and new copies add to it. --status
    shows how far it is.

    Example:
        libwell team plan shared --output plan.md
    """
    from libwell.flows import together
    from libwell.flows.kept_plans import keep_plan
    from libwell.rules.team.plans import plan
    from libwell.rules.team.title_block import TitleBlock
    from libwell.rules.team.told import DEFAULT_MINIMUM

    session: Session = context.obj
    name = checked_name(keep)
    if status:
        if paths or output != "-" or format_:
            raise UsageError(
                "--status shows what is kept, and goes with --keep alone.", "Leave out the rest."
            )
        raise typer.Exit(show_how_far(session, name))
    if not paths:
        raise UsageError("No PATH is named.", "Name the folder of shared files: libwell team plan shared.")
    form: PlanFormat = format_for(output, format_, get_args(PlanFormat))
    tally, exit_status = to_tell(session, paths, output, minimum=DEFAULT_MINIMUM, worksheet=worksheet)
    head = TitleBlock(title, date, expected)
    memory = memory_of(session)

    def make(joins: Sequence[str]) -> TeamPlan:
        return memory.change(
            lambda told: plan(tally, told=told, minimum=DEFAULT_MINIMUM, joins=joins, head=head)
        )

    if name:
        kept = keep_plan(name, tally, join or (), make, folder=session.folder, world=session.world)
        say_kept(session, kept)
        if format_ is None and output == "-":
            raise typer.Exit(exit_status)
    made = kept.plan if name else make(join or ())
    write_made(session, together.plan_text(made, form), output)
    if FORMATS[form].only_dated:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    raise typer.Exit(exit_status)
