"""`libwell team plan`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, done_all_the_same, say_count, say_undated, show_document
from libwell.cli.team_copies import (
    REMEMBERED,
    Date,
    Expected,
    OnlyWorksheet,
    Paths,
    Title,
    Top,
    memory_of,
    to_tell,
    write_made,
)
from libwell.errors import UsageError
from libwell.flows.formats import FORMATS, format_for

if TYPE_CHECKING:
    from libwell.cli.session import Session

PlanFormat = Literal["md", "html", "json", "csv", "ics"]
_BY_HAND = ("md", "html")
"""What can be filled in by hand."""


def command(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        PlanFormat | None,
        typer.Option(
            "--format",
            help="The format; ics for a calendar; left out: as the file is named, or to read here.",
        ),
    ] = None,
    output: NewFile = "-",
    join: Annotated[
        list[str] | None, typer.Option(help="Count step A as step B; as often as needed.", metavar="A=B")
    ] = None,
    top: Top = 5,
    reply_sheet: Annotated[
        bool,
        typer.Option("--reply-sheet", help="A sheet on which those who decide answer each step and wish."),
    ] = False,
    title: Title = "",
    date: Date = "",
    expected: Expected = None,
    worksheet: OnlyWorksheet = "",
) -> None:
    """Make one action plan out of many: the same step of several people is one.

    Steps that are nearly the same stand side by side, for you to join. Names are there only of those who
    shared them.

    Example:
        libwell team plan shared --output plan.html
    """
    from libwell.flows import together
    from libwell.rules.team.plan_document import plan_document
    from libwell.rules.team.plans import plan
    from libwell.rules.team.reply_sheet import reply_sheet as to_answer
    from libwell.rules.team.title_block import TitleBlock
    from libwell.rules.team.told import DEFAULT_MINIMUM

    session: Session = context.obj
    form: PlanFormat = format_for(output, format_, get_args(PlanFormat))
    if reply_sheet and form not in _BY_HAND:
        raise UsageError(f"A reply sheet is filled in by hand, so it is no {form}.", "Write --format html.")
    tally, status = to_tell(session, paths, output, minimum=DEFAULT_MINIMUM, worksheet=worksheet)
    head = TitleBlock(title, date, expected)
    made = memory_of(session).change(
        lambda told: plan(tally, told=told, minimum=DEFAULT_MINIMUM, joins=join or (), head=head)
    )
    document = partial(to_answer if reply_sheet else plan_document, top=top)
    if format_ is None and output == "-":
        with done_all_the_same(session.output, REMEMBERED):
            show_document(session, document(made))
    else:
        write_made(session, together.plan_text(made, form, document), output)
    if FORMATS[form].only_dated:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    joining = 'perhaps the same. To join two: --join "This step=That step".'
    say_count(session.output, len(made.near), ("pair of steps is", "pairs of steps are"), joining)
    raise typer.Exit(status)
