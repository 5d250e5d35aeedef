"""`libwell team plan`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, format_to_write, say_count, say_undated
from libwell.cli.team_copies import (
    Date,
    Expected,
    OnlyWorksheet,
    PathsOrNone,
    Title,
    Top,
    memory_of,
    show_made,
    title_block,
    to_tell,
    write_made,
)
from libwell.cli.team_keep import Keep, ShowStatus, checked_name, keep_and_say, show_how_far
from libwell.errors import UsageError
from libwell.flows.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from libwell.cli.session import Session
    from libwell.model.document import Document
    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.title_block import TitleBlock

PlanFormat = Literal["md", "html", "docx", "json", "csv", "ics"]
_BY_HAND = ("md", "html", "docx")
"""What can be filled in by hand."""
_JOINING = 'perhaps the same. To join two: --join "This step=That step".'
Form = Annotated[
    PlanFormat | None,
    typer.Option(
        "--format", help="The format; ics for a calendar; left out: as the file is named, or to read here."
    ),
]
Joins = Annotated[
    list[str] | None, typer.Option(help="Count step A as step B; as often as needed.", metavar="A=B")
]
AsReplySheet = Annotated[
    bool, typer.Option("--reply-sheet", help="A sheet on which those who decide answer each step and wish.")
]


def command(
    context: typer.Context,
    paths: PathsOrNone = None,
    format_: Form = None,
    output: NewFile = "-",
    join: Joins = None,
    top: Top = 5,
    reply_sheet: AsReplySheet = False,
    title: Title = "",
    date: Date = "",
    expected: Expected = None,
    worksheet: OnlyWorksheet = "",
    keep: Keep = None,
    how_far: ShowStatus = False,
) -> None:
    """Make one action plan out of many: the same step of several people is one.

    Steps that are nearly the same stand side by side, for you to join. Names are there only of those who
    shared them.

    With --keep the plan lives on: `libwell actions` changes its steps, and new copies add to it. --status
    shows how far it is.

    Example:
        libwell team plan shared --output plan.html
    """
    from libwell.flows.together import plan_text

    session: Session = context.obj
    name = checked_name(keep)
    if how_far:
        others = set(filter(partial(_was_given, context), context.params)) - {"keep", "how_far"}
        raise typer.Exit(show_how_far(session, name, is_alone=not others))
    form: PlanFormat = format_to_write(session, output, format_, get_args(PlanFormat))
    if reply_sheet and form not in _BY_HAND:
        raise UsageError(f"A reply sheet is filled in by hand, so it is no {form}.", "Write --format html.")
    tally, status = to_tell(session, paths or [], output, worksheet=worksheet, expected=expected)
    make = partial(_plan, session, tally, head=title_block(title, date, expected))
    made = keep_and_say(session, name, tally, join or (), make) if name else make(join or ())
    document = _reading(top, reply_sheet=reply_sheet)
    if format_ or output != "-":
        write_made(session, plan_text(made, form, document), output)
        if FORMATS[form].only_dated:
            say_undated(session.output, sum(step.due is None for step in made.steps))
    elif reply_sheet or not name:
        show_made(session, document(made))
    if not name:  # what is kept has said so
        say_count(session.output, len(made.near), ("pair of steps is", "pairs of steps are"), _JOINING)
    raise typer.Exit(status)


def _was_given(context: typer.Context, name: str) -> bool:
    """Whether an argument or option was typed, and does not stand at its default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _plan(session: Session, tally: Tally, joins: Sequence[str], *, head: TitleBlock) -> TeamPlan:
    from libwell.rules.team.plans import plan
    from libwell.rules.team.told import DEFAULT_MINIMUM

    return memory_of(session).change(
        lambda told: plan(tally, told=told, minimum=DEFAULT_MINIMUM, joins=joins, head=head)
    )


def _reading(top: int, *, reply_sheet: bool) -> Callable[[TeamPlan], Document]:
    """What makes of a plan the Document that is read, or the sheet that is filled in."""
    from libwell.rules.team.plan_document import plan_document
    from libwell.rules.team.reply_sheet import reply_sheet as to_answer

    return partial(to_answer if reply_sheet else plan_document, top=top)
