"""`libwell team`: one plan and one report out of what many people shared."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.app import Verbs
from libwell.cli.common import (
    AsJson,
    NewFile,
    done_all_the_same,
    print_json,
    print_rows,
    print_text,
    say_count,
    say_undated,
    show_document,
    there_already,
    write_new,
)
from libwell.cli.session import Session
from libwell.cli.told_failures import failures_data, telling_failures
from libwell.errors import LibwellError, UsageError
from libwell.flows.formats import FORMATS, format_for
from libwell.storage.places import is_link, is_there

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.model.verb_records import TeamStatusRecord, TeamToldRecord, ToldRecord
    from libwell.rules.team.tally import Tally
    from libwell.storage.team_reports import ToldMemory

group = Verbs(help="Bring together what many people shared with `libwell share`: one plan, one report.")

PlanFormat = Literal["md", "html", "json", "csv", "ics"]
ReportFormat = Literal["md", "html", "json", "csv"]
Paths = Annotated[list[str], typer.Argument(help="Shared files, and folders of them.", metavar="PATH")]


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
    output: NewFile = "-",
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
    from libwell.rules.team.plans import plan
    from libwell.rules.team.told import DEFAULT_MINIMUM

    session: Session = context.obj
    form: PlanFormat = format_for(output, format_, get_args(PlanFormat))
    tally, status = _to_tell(session, paths, output, DEFAULT_MINIMUM)
    made = _memory(session).change(
        lambda told: plan(tally, told=told, minimum=DEFAULT_MINIMUM, joins=join or ())
    )
    _write(session, together.plan_text(made, form), output)
    if FORMATS[form].only_dated:
        say_undated(session.output, sum(step.due is None for step in made.steps))
    raise typer.Exit(status)


@group.command("report")
def make_report(
    context: typer.Context,
    paths: Paths,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="The format; left out: as the file is named, or to read here."),
    ] = None,
    output: NewFile = "-",
    by: Annotated[Literal["team"] | None, typer.Option(help="Each team beside everybody.")] = None,
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
    from libwell.rules.team.report_document import report_document

    session: Session = context.obj
    form: ReportFormat = format_for(output, format_, get_args(ReportFormat))
    minimum = _minimum(session, min_group)
    earlier = together.earlier_report(Path(since)) if since else None
    tally, status = _to_tell(session, paths, output, minimum)
    make = partial(together.make_report, tally, minimum=minimum, by_team=by is not None, earlier=earlier)
    made = _memory(session).change(lambda told: make(told=told))
    if format_ is None and output == "-":
        with done_all_the_same(session.output, _REMEMBERED):
            show_document(session, report_document(made))
    else:
        _write(session, together.report_text(made, form), output)
    raise typer.Exit(status)


@group.command("status")
def show_status(context: typer.Context, paths: Paths, json: AsJson = False) -> None:
    """Count the people who shared so far, by worksheet. Tells nothing of answers, and remembers nothing.

    Example:
        libwell team status shared
    """
    from libwell.flows.together import gathered

    session: Session = context.obj
    failed: list[LibwellError] = []
    tally, status = _tally(session, paths, failed.append if json else None)
    found = gathered(tally, _memory(session).read())
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


@group.command("told")
def show_told(
    context: typer.Context,
    forget: Annotated[
        str, typer.Option(help="Forget what was told of a worksheet; asks first.", metavar="WORKSHEET")
    ] = "",
    json: AsJson = False,
) -> None:
    """List what reports and plans told so far: of which worksheets, and of how many people.

    libwell keeps this so that no two reports side by side show what one person answered. It holds no answers,
    names or words.

    Example:
        libwell team told
    """
    session: Session = context.obj
    if forget:
        _forget(session, forget)
        return
    sets = sorted(_memory(session).read().sets, key=lambda one: one.worksheet)
    if json:
        told: list[ToldRecord] = [
            {"worksheet": one.worksheet, "is_team": bool(one.team), "people": len(one.copies)} for one in sets
        ]
        record: TeamToldRecord = {"schema": "libwell.team-told/1", "told": told}
        print_json(session.output, record)
    elif sets:
        rows = [(one.worksheet, "a team" if one.team else "everybody", str(len(one.copies))) for one in sets]
        print_rows(session.output, ("worksheet", "told of", "people"), rows)
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
    question = "Type forget to forget it; anything else keeps it."
    if not session.confirms("forget", said, _WHAT_FORGETTING_OPENS, question):
        raise LibwellError("Nothing was forgotten.")
    memory.forget(worksheet)
    session.output.message("Forgotten.")


def _to_tell(session: Session, paths: list[str], output: str, minimum: int) -> tuple[Tally, int]:
    """What is to be told of, and the exit status. Raises LibwellError if `output` is there already.

    Before a worksheet is told of for the first time, a person is asked whether to wait; then nothing is told:
    raises typer.Exit.
    """
    from libwell.flows.together import gathered

    tally, status = _tally(session, paths)
    if output != "-" and (is_there(Path(output)) or is_link(Path(output))):
        raise there_already(output)
    found = gathered(tally, _memory(session).read()) if session.can_ask else []
    first = [one for one in found if not one["told"] and one["people"] >= minimum]
    here = [f"{one['people']} copies of “{one['title']}” are here." for one in first]
    later = f"later ones are told only {minimum} or more together. Tell now, or wait?"
    question = "Type tell to tell now; anything else waits."
    if first and not session.confirms("tell", *here, f"What is told now is told for good; {later}", question):
        session.output.message(
            "Nothing was told. `libwell team status` counts who is here, and tells nothing."
        )
        raise typer.Exit(status)
    return tally, status


def _memory(session: Session) -> ToldMemory:
    from libwell.storage.team_reports import ToldMemory

    return ToldMemory(session.places.told, call=session.world.call, patience=session.short_patience)


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


def _tally(
    session: Session, names: list[str], on_failure: Callable[[LibwellError], None] | None = None
) -> tuple[Tally, int]:
    """Read everything named. Returns the tally, and the exit status; `on_failure` is given what failed."""
    from libwell.flows.together import Reading, shared_files
    from libwell.terminal.progress import progress

    found = shared_files(names)
    if not found:
        raise UsageError("There are no shared files there.", "`libwell share` makes them.")
    with (
        progress(session.output, "Reading", len(found)) as shown,
        telling_failures(lambda line: shown.message(line, style="error")) as told,
    ):

        def on_each(error: LibwellError | None) -> None:
            shown.advance()
            if error is not None:
                told.tell(error)
                if on_failure is not None:
                    on_failure(error)

        reading = Reading(session.shelf, on_each)
        tally = reading.tally(map(Path, found))
    if reading.dropped:
        private = f"Private answers or steps stood in these files: {reading.dropped}."
        session.output.message(f"{private} They were left out.", style="warning")
    left_out = f"left out of {len(found)}."
    say_count(session.output, reading.failed, ("file was", "files were"), left_out, style="error")
    return tally, told.status(done=len(found) - reading.failed)


_REMEMBERED = "It was not printed; what it tells counts as told all the same. Ask again to see it."


def _write(session: Session, text: str, output: str) -> None:
    """Write to standard output, or to a new file."""
    if output == "-":
        with done_all_the_same(session.output, _REMEMBERED):
            print_text(session.output, text)
    else:
        write_new(session, text, output)
