"""`libwell team`: one plan and one report out of what many people shared."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from libwell.cli.printing import done_all_the_same, list_width, print_json, say_undated
from libwell.cli.session import Session
from libwell.errors import LibwellError, UsageError
from libwell.storage.places import is_link, is_there
from libwell.terminal.prompter import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.report import Report
    from libwell.rules.team.tally import Tally
    from libwell.storage.team_reports import ToldMemory

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
        PlanFormat | None,
        typer.Option(
            "--format", help="The format; ics for a calendar; left out: as the file is named, or md."
        ),
    ] = None,
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
    from libwell.flows import together
    from libwell.flows.formats import format_for
    from libwell.rules.team.told import DEFAULT_MINIMUM

    session: Session = context.obj
    form = format_for(output, format_, [*PlanFormat])
    minimum = DEFAULT_MINIMUM
    tally, failed = _tally(session, paths)
    _see_free(output)
    if _waits(session, tally, minimum):
        raise typer.Exit(3 if failed else 0)
    make = partial(together.make_plan, tally, minimum=minimum, joins=join or ())
    made = together.remembered(lambda told: make(told=told), _memory(session))
    _write(session, together.plan_text(made, form), output)
    if form == PlanFormat.ics:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    raise typer.Exit(3 if failed else 0)


@group.command("report")
def make_report(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="The format; left out: as the file is named, or to read here."),
    ] = None,
    output: Target = "-",
    by: Annotated[By | None, typer.Option(help="Each team beside everybody.")] = None,
    min_group: Annotated[
        str, typer.Option(help="How many people it takes to tell of them; 5, never under 3.", metavar="N")
    ] = "",
    since: Annotated[
        str,
        typer.Option(help="Show an earlier report (--format json) beside this one.", metavar="REPORT.json"),
    ] = "",
) -> None:
    """Show what many people answered, and where they differ, so that nobody stands out.

    Numbers are told only of groups of five or more, even when somebody lays today's report beside an earlier
    one. Whoever comes or changes later waits until enough others did the same; until then the earlier numbers
    stand.

    Example:
        libwell team report shared --output report.html
    """
    from libwell.flows import together
    from libwell.flows.formats import format_for

    session: Session = context.obj
    form = format_for(output, format_, [*ReportFormat])
    minimum = _minimum(session, min_group)
    earlier = together.earlier_report(Path(since)) if since else None
    tally, failed = _tally(session, paths)
    _see_free(output)
    if _waits(session, tally, minimum):
        raise typer.Exit(3 if failed else 0)
    make = partial(together.make_report, tally, minimum=minimum, by_team=by is not None, earlier=earlier)
    made = together.remembered(lambda told: make(told=told), _memory(session))
    if format_ is None and output == "-":
        _show(session, made)
    else:
        _write(session, together.report_text(made, form), output)
    raise typer.Exit(3 if failed else 0)


@group.command("status")
def show_status(
    context: typer.Context,
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Count the people who shared so far, by worksheet. Tells nothing of answers, and remembers nothing.

    Example:
        libwell team status shared
    """
    from dataclasses import asdict

    from libwell.flows.together import gathered
    from libwell.terminal.screen_text import columns

    session: Session = context.obj
    tally, failed = _tally(session, paths)
    found = gathered(tally, _memory(session).read())
    if json:
        counts = {"copies": tally.copies, "withdrawn": tally.withdrawn}
        print_json(session.output, "team-status", {"worksheets": [asdict(one) for one in found], **counts})
    else:
        rows = [(one.worksheet, one.title, str(one.people), str(one.told)) for one in found]
        heads = ("id", "worksheet", "people", "told of")
        session.output.data(columns(rows, heads, list_width(session.output)))
        for line in _aside(tally):
            session.output.message(line)
    raise typer.Exit(3 if failed else 0)


def _aside(tally: Tally) -> Iterator[str]:
    """What of the files does not count."""
    if tally.copies:
        files = "1 file is" if tally.copies == 1 else f"{tally.copies} files are"
        yield f"{files} of somebody who shared more than once; the latest counts."
    if tally.withdrawn:
        people = "1 person" if tally.withdrawn == 1 else f"{tally.withdrawn} people"
        yield f"{people} took back what they shared."


@group.command("told")
def show_told(
    context: typer.Context,
    forget: Annotated[
        str, typer.Option(help="Forget what was told of a worksheet; asks first.", metavar="WORKSHEET")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """List what reports and plans told so far: of which worksheets, and of how many people.

    libwell keeps this so that no two reports side by side show what one person answered. It holds no answers,
    names or words.

    Example:
        libwell team told
    """
    from libwell.flows.together import list_told
    from libwell.terminal.screen_text import columns

    session: Session = context.obj
    if forget:
        _forget(session, forget)
        return
    found = list_told(_memory(session).read())
    if json:
        print_json(session.output, "team-told", {"told": [one._asdict() for one in found]})
    elif found:
        rows = [(one.worksheet, "a team" if one.is_team else "everybody", str(one.people)) for one in found]
        session.output.data(columns(rows, ("worksheet", "told of", "people"), list_width(session.output)))
    else:
        session.output.message("Nothing was told yet.")


_WHAT_FORGETTING_OPENS = (
    "After that the next report begins anew. Laid beside an earlier one, it can show what single people "
    "answered: whoever came, left or changed an answer in between. Forget only if no earlier report is in "
    "anybody's hands, or if everybody agrees."
)


def _forget(session: Session, worksheet: str) -> None:
    """Ask, and forget what was told of a worksheet."""
    from libwell.storage.team_reports import DamagedMemoryError

    session.need_to_ask("Forgetting is asked about, on a terminal.")
    memory = _memory(session)
    try:
        told = memory.read().of(worksheet)
        if not told:
            raise LibwellError(f"Nothing was told of {worksheet}.", "`libwell team told` lists what was.")
        said = f"libwell forgets what was told of {worksheet}."
    except DamagedMemoryError:
        said = "What was told can't be read any more, so libwell forgets all of it, of every worksheet."
    with session.prompter(editor=False) as prompter:
        prompter.say(said)
        prompter.say(_WHAT_FORGETTING_OPENS)
        prompter.say("Type forget to forget it; anything else keeps it.")
        if not types(prompter, "forget"):
            raise LibwellError("Nothing was forgotten.")
    memory.forget(worksheet)
    session.output.message("Forgotten.")


def _waits(session: Session, tally: Tally, minimum: int) -> bool:
    """Ask whether to wait before a worksheet is told of for the first time. Nobody to ask: no."""
    from libwell.flows.together import gathered

    if not session.can_ask:
        return False
    found = gathered(tally, _memory(session).read())
    first = [one for one in found if not one.told and one.people >= minimum]
    if not first:
        return False
    with session.prompter(editor=False) as prompter:
        for one in first:
            prompter.say(f"{one.people} copies of “{one.title}” are here.")
        prompter.say(
            f"What is told now is told for good; later ones are told only {minimum} or more together. Tell "
            "now, or wait?"
        )
        prompter.say("Type tell to tell now; anything else waits.")
        if types(prompter, "tell"):
            return False
    session.output.message("Nothing was told. `libwell team status` counts who is here, and tells nothing.")
    return True


def _memory(session: Session) -> ToldMemory:
    from libwell.storage.team_reports import ToldMemory

    return ToldMemory(session.places.told, call=session.world.call)


def _minimum(session: Session, word: str) -> int:
    """How many people it takes; what is no such number means the default, and that is said."""
    from libwell.rules.team.told import DEFAULT_MINIMUM, LOWEST_MINIMUM, minimum_from

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


_REMEMBERED = "It was not printed; what it tells counts as told all the same. Ask again to see it."


def _show(session: Session, made: Report) -> None:
    from libwell.rules.team.report_document import report_document
    from libwell.terminal.blocks import render
    from libwell.terminal.pager import page

    with done_all_the_same(session.output, _REMEMBERED):
        page(render(report_document(made)), session.output, session.environ)


def _see_free(output: str) -> None:
    """Raise LibwellError if a file is there already, before anything is told."""
    if output != "-" and (is_there(Path(output)) or is_link(Path(output))):
        raise LibwellError(f"{output} is there already.", "Choose another name.")


def _write(session: Session, text: str, output: str) -> None:
    """Write to standard output, or to a new file."""
    if output == "-":
        with done_all_the_same(session.output, _REMEMBERED):
            session.output.data(text.removeprefix("\ufeff") if session.output.is_terminal else text)
        return
    from libwell.storage.files import create_exclusively, one_line_name

    try:
        create_exclusively(Path(output), text.encode())
    except FileExistsError:
        raise LibwellError(f"{output} is there already.", "Choose another name.") from None
    session.output.message(f"{one_line_name(Path(output))}: written.")
