"""`libwell team`: one plan and one report out of what many people shared."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from libwell.cli.printing import say_undated
from libwell.cli.session import Session
from libwell.errors import LibwellError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.rules.team.report import Report
    from libwell.rules.team.tally import Tally

group = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Bring together what many people shared with `libwell share`: one plan, one report.",
)


class PlanFormat(StrEnum):
    """What a team's plan can be written as."""

    md = "md"
    html = "html"
    json = "json"
    csv = "csv"
    ics = "ics"


class ReportFormat(StrEnum):
    """What a report can be written as."""

    md = "md"
    html = "html"
    json = "json"
    csv = "csv"


class By(StrEnum):
    """What a report can be broken down by."""

    team = "team"


Paths = Annotated[list[str], typer.Argument(help="Shared files, and folders of them.", metavar="PATH")]
Target = Annotated[str, typer.Option(help="A file instead of standard output.", metavar="FILE|-")]


@group.command("plan")
def make_plan(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        PlanFormat, typer.Option("--format", help="The format; ics for a calendar.")
    ] = PlanFormat.md,
    output: Target = "-",
    join: Annotated[
        list[str] | None, typer.Option(help="Count step A as step B; as often as needed.", metavar="A=B")
    ] = None,
) -> None:
    """Make one action plan out of many: the same step of several people is one.

    Steps that are nearly the same stand side by side, for you to join. Names are there only of those who
    shared them.

    Example:
        libwell team plan shared --output plan.md
    """
    from libwell.flows.together import plan_text
    from libwell.rules.team.plans import plan
    from libwell.rules.team.withholding import DEFAULT_MINIMUM

    session: Session = context.obj
    tally, failed = _tally(session, paths)
    made = plan(tally, minimum=DEFAULT_MINIMUM, joins=join or ())
    _write(session, plan_text(made, format_), output)
    if format_ is PlanFormat.ics:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    raise typer.Exit(3 if failed else 0)


@group.command("report")
def make_report(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        ReportFormat | None, typer.Option("--format", help="The format; left out: to read here.")
    ] = None,
    output: Target = "-",
    by: Annotated[By | None, typer.Option(help="Each team beside everybody.")] = None,
    min_group: Annotated[
        str, typer.Option(help="How many people it takes to tell of them; 5, never under 3.", metavar="N")
    ] = "",
    since: Annotated[
        str, typer.Option(help="An earlier report, made with --format json.", metavar="REPORT.json")
    ] = "",
) -> None:
    """Show what many people answered, and where they differ, so that nobody stands out.

    What too few people gave is not told, nor what would tell of them when taken from the rest.

    Example:
        libwell team report shared --format html --output report.html
    """
    from libwell.flows import together

    session: Session = context.obj
    minimum = _minimum(session, min_group)
    earlier = together.earlier_report(Path(since)) if since else None
    tally, failed = _tally(session, paths)
    made = together.make_report(tally, minimum=minimum, by_team=by is not None, earlier=earlier)
    if by and not made.by_team:
        session.output.message(
            "Teams are not told apart, as the earlier report did not tell them apart.", style="warning"
        )
    if format_ is None and output == "-":
        _show(session, made)
    else:
        _write(session, together.report_text(made, format_ or ReportFormat.md), output)
    raise typer.Exit(3 if failed else 0)


def _minimum(session: Session, word: str) -> int:
    """How many people it takes; what is no such number means the default, and that is said."""
    from libwell.rules.team.withholding import DEFAULT_MINIMUM, LOWEST_MINIMUM, minimum_from

    found = minimum_from(word) if word else DEFAULT_MINIMUM
    if found is None:
        session.output.message(
            f"--min-group takes a whole number from {LOWEST_MINIMUM} on; it is {DEFAULT_MINIMUM} this time.",
            style="warning",
        )
    return found or DEFAULT_MINIMUM


def _tally(session: Session, names: list[str]) -> tuple[Tally, int]:
    """Read everything named. Returns the tally, and how many files could not be taken."""
    from libwell.flows.together import Reading, shared_files
    from libwell.terminal.progress import progress

    found = shared_files(names)
    if not found:
        raise UsageError("There are no shared files there.", "`libwell share` makes them.")
    with progress(session.output, "Reading", len(found)) as shown:

        def on_each(error: LibwellError | None) -> None:
            shown.advance()
            if error is not None:
                shown.message(str(error), style="error")

        reading = Reading(session.shelf, on_each)
        tally = reading.tally(map(Path, found))
    if reading.dropped:
        private = f"Private answers or actions stood in these files: {reading.dropped}."
        session.output.message(f"{private} They were left out.", style="warning")
    if reading.failed:
        files = "1 file was" if reading.failed == 1 else f"{reading.failed} files were"
        session.output.message(f"{files} left out of {len(found)}.", style="error")
    return tally, reading.failed


def _show(session: Session, made: Report) -> None:
    from libwell.rules.team.report_document import report_document
    from libwell.terminal.blocks import render
    from libwell.terminal.pager import page

    page(render(report_document(made)), session.output, session.environ)


def _write(session: Session, text: str, output: str) -> None:
    """Write to standard output, or to a new file."""
    if output == "-":
        session.output.data(text.removeprefix("\ufeff") if session.output.is_terminal else text)
        return
    from libwell.storage.files import create_exclusively

    try:
        create_exclusively(Path(output), text.encode())
    except FileExistsError:
        raise LibwellError(f"{output} is there already.", "Choose another name.") from None
    session.output.message(f"{output}: written.")
