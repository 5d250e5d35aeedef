"""`libwell actions`: what is planned in all responses, changing and adding some."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args

import typer

from libwell.cli.app import Verbs
from libwell.cli.common import (
    AsJson,
    NewFile,
    ResponseName,
    answers_text,
    done_all_the_same,
    print_json,
    print_rendered,
    say_undated,
    say_withheld,
    show_text,
)
from libwell.cli.misuse import NO_VALUE, either
from libwell.cli.selecting import (
    OfLibrary,
    OfTeam,
    OfWorksheets,
    Selecting,
    Since,
    Until,
    read_day_option,
    selected,
)
from libwell.cli.session import Session
from libwell.cli.told_failures import failures_data, print_failures
from libwell.errors import CannotReadError, LibwellError, UsageError
from libwell.flows.formats import FORMATS, file_at, format_for
from libwell.model.action_words import LEVEL_NAMES, LEVELS, ActionStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from libwell.flows.actions import FoundActions
    from libwell.model.verb_records import ActionsRecord
    from libwell.rules.planning import Wanted

_STEP = re.compile(r"(?:.+\.)?a[0-9]+")
ListFormat = Literal["md", "html", "csv", "ics"]
PrivateOption = Annotated[
    bool, typer.Option("--private", help="Private steps too, with --json, in a file or in a pipe.")
]
FormatOption = Annotated[
    ListFormat | None, typer.Option("--format", help="A plan to read, a sheet or a calendar.")
]
group = Verbs(invoke_without_command=True)


def _level(text: str) -> str:
    """The level that `--level` names, in any of its spellings. Raises UsageError if it names none."""
    level = LEVEL_NAMES.get(text, text)
    if level not in LEVELS:
        raise UsageError(f"--level takes {either(LEVEL_NAMES)}.")
    return level


LevelOption = Annotated[
    str | None, typer.Option(help="Only steps of this level.", metavar="|".join(LEVEL_NAMES), parser=_level)
]
DueBefore = Annotated[str | None, typer.Option(help="Only what is due before this day.", metavar="WHEN")]


@group.callback()
def list_them(
    context: typer.Context,
    who: Annotated[str, typer.Option(help="Only what this person or role does.", metavar="TEXT")] = "",
    level: LevelOption = None,
    status: Annotated[ActionStatus | None, typer.Option(help="Only steps of this status.")] = None,
    due_before: DueBefore = None,
    worksheet: OfWorksheets = None,
    team: OfTeam = None,
    library: OfLibrary = None,
    since: Since = None,
    until: Until = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is done or set aside.")] = False,
    private: PrivateOption = False,
    json: AsJson = False,
    format_: FormatOption = None,
    output: NewFile = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Show the open steps of all responses, by the day they are due.

    `libwell actions done` says that some are done, `set` changes them, `add` adds to a plan. With --format,
    or a file to write to, all of it is one plan, sheet or calendar, with names, teams and libraries.

    Example:
        libwell actions --who Ana --due-before "next Friday"
    """
    if context.invoked_subcommand:
        return _refuse_options(context)
    from libwell.flows.actions import find_actions
    from libwell.rules.planning import Wanted

    session: Session = context.obj
    selection = Selecting(worksheet, team, library, None, since, until).read(session)
    before = _due_before(due_before, session)
    wanted = Wanted(who=who, level=level or "", status=status or "", due_before=before, everything=everything)
    target = _target(format_, output, json=json, force=force)
    on_screen = session.output.is_terminal and not (json or target)
    paths = selected(session, selection) if selection.is_narrow else None
    shown = private or on_screen
    found = find_actions(session.folder, wanted, private=shown, on_screen=on_screen, paths=paths)
    if json:
        _print_json(session, found)
    elif target:
        _export(session, found, target)
    elif found.actions:
        _show(session, found)
    if not (json or found.actions or found.withheld):
        _say_nothing(session, found, wanted, paths)
    say_withheld(session.output, found.withheld, ("private step was", "private steps were"))
    raise typer.Exit(print_failures(session.output, found.failed, done=found.read))


def _refuse_options(context: typer.Context) -> None:
    """Raise UsageError if there are options of the list before the name of another verb."""
    if any(context.params.values()):
        remedy = f"See libwell actions {context.invoked_subcommand} --help."
        raise UsageError("These options are those of the list.", remedy)


def _due_before(text: str | None, session: Session) -> dt.date | None:
    """The day in `--due-before`, said back. Raises UsageError if it is none, or not clear."""
    if text is None:
        return None
    from libwell.model.dates import say_day_read
    from libwell.model.days.asked import DayAsked

    today = session.world.today
    day = read_day_option("--due-before", text, DayAsked(today, session.world.country))
    session.output.message(f"Due before {say_day_read(day, today)}.")
    return day


class _Target(NamedTuple):
    """Where the list goes, in which format; a file that somebody changed is replaced with `force` only."""

    format: ListFormat
    output: str
    force: bool


def _target(format_: ListFormat | None, output: str, *, json: bool, force: bool) -> _Target | None:
    """Where the list goes as a plan, a sheet or a calendar; None if it is not wanted as such."""
    if not (format_ or output):
        if force:
            raise UsageError("--force replaces a file, and none is named.", "Name one: --output FILE.")
        return None
    if json:
        raise UsageError("--json is a format of its own.", "Leave it out, or --format and --output.")
    return _Target(format_for(output, format_, get_args(ListFormat)), output, force)


def _print_json(session: Session, found: FoundActions) -> None:
    from libwell.flows.actions import action_entry

    record: ActionsRecord = {
        "schema": "libwell.actions/1",
        "actions": list(map(action_entry, found.actions)),
        "withheld": found.withheld,
        "failed": failures_data(found.failed),
    }
    print_json(session.output, record)


def _export(session: Session, found: FoundActions, target: _Target) -> None:
    """Write the steps to a file, or to standard output."""
    from libwell.flows.actions import actions_text
    from libwell.storage.files import one_line_name

    format_ = FORMATS[target.format]
    text = actions_text(found.actions, format_)
    if target.output in ("", "-"):
        print_rendered(session.output, text)
    else:
        from libwell.flows.one_file import write_one_file
        from libwell.storage.export_record import ExportRecord

        path = file_at(target.output, f"steps{format_.suffix}").absolute()
        responses = {one.excerpt.response.id for one in found.actions}
        with closing(ExportRecord(session.places.exports)) as record:
            outcome = write_one_file([text], path, record, responses=responses, force=target.force)
        session.output.message(f"{outcome.capitalize()}: {one_line_name(path)}")
    if format_.only_dated:
        say_undated(session.output, sum(one.action.day is None for one in found.actions))


def _show(session: Session, found: FoundActions) -> None:
    from libwell.flows.actions import list_text

    show_text(session, list_text(found.actions, session.world.today, briefly=session.output.is_terminal))
    if session.output.is_terminal:
        remedy = f"{session.world.call} actions done {found.actions[0].id}"
        session.output.message(f"\nWhen one is done: {remedy}")


def _say_nothing(session: Session, found: FoundActions, wanted: Wanted, paths: Sequence[Path] | None) -> None:
    """Say why there is no step to show; where no response is meant, that is said already."""
    if paths != []:
        session.output.message(_nothing(found, wanted, of_all=paths is None))


def _nothing(found: FoundActions, wanted: Wanted, *, of_all: bool) -> str:
    if of_all and not found.total:
        return "No steps are planned yet. The plan at the end of a worksheet makes them: libwell list"
    if wanted.is_narrow or wanted.everything or not of_all:
        return "No step is like that. `libwell actions` shows the open ones, `--all` every one."
    return "Nothing is open. `libwell actions --all` shows what was done or set aside."


Steps = Annotated[
    list[str],
    typer.Argument(help="Ids of steps, such as k3f9.a1; a1 where only one is called so.", metavar="STEP"),
]
Again = Annotated[
    str | None, typer.Option(help="Once it is done: plan the same again, by then.", metavar="WHEN")
]


@group.command("done")
def done(context: typer.Context, steps: Steps, again: Again = None) -> None:
    """Say that steps are done.

    Example:
        libwell actions done k3f9.a1 k3f9.a2
    """
    _change(context.obj, steps, status="done", again=again)


@group.command("set")
def set_steps(
    context: typer.Context,
    steps: Steps,
    status: Annotated[ActionStatus | None, typer.Option(help="How far it is.")] = None,
    who: Annotated[str | None, typer.Option(help="Who does it; - empties it.", metavar="TEXT")] = None,
    due: Annotated[
        str | None, typer.Option(help="By when: a day, or your words; - empties it.", metavar="WHEN")
    ] = None,
    know: Annotated[
        str | None, typer.Option(help="How you will know it worked; - empties it.", metavar="TEXT")
    ] = None,
    note: Annotated[
        bool, typer.Option("--note", help="Add a note: it is asked; --note - reads standard input.")
    ] = False,
    again: Again = None,
) -> None:
    """Change steps, or add a note to one.

    Example:
        libwell actions set k3f9.a1 --status done --again "in 1 month"
    """
    if not note and (status, who, due, know, again) == (None,) * 5:
        remedy = "Give --status, --who, --due, --know, --note or --again."
        raise UsageError("This says nothing of what is to change.", remedy)
    if note:
        _check_note(steps)
    _change(context.obj, steps, note=note, status=status, who=who, due=due, know=know, again=again)


def _change(session: Session, steps: list[str], *, note: bool = False, **changes: Any) -> None:
    """Change steps, and say what became of each; a note is asked for once they are found."""
    from libwell.flows.actions import find_places, set_actions
    from libwell.rules.planning import Changes

    places = find_places([step for step in steps if not (note and step == "-")], session.folder)
    text = _read_note(session, is_piped="-" in steps) if note else None
    try:
        wanted = Changes(note=text, **changes)
        for line in set_actions(places, wanted, folder=session.folder, world=session.world):
            session.output.message(line)
    except CannotReadError as error:  # what was typed in an option
        raise UsageError(str(error)) from None


def _check_note(words: list[str]) -> None:
    """See that a note goes to one step. Raises UsageError.

    A note stands in no argument: others on the computer can see those while libwell runs.
    """
    steps = [word for word in words if word != "-"]
    if len(steps) > 1 and not all(map(_STEP.fullmatch, steps)):
        raise UsageError(*NO_VALUE["--note"])
    if len(steps) != 1:
        raise UsageError("A note goes to one step at a time.", "See libwell actions set --help.")


def _read_note(session: Session, *, is_piped: bool) -> str:
    if is_piped:
        return session.standard_input().strip("\r\n")
    session.need_to_ask("To read the note from standard input: --note -")
    from libwell.flows.adding import ask_note

    with session.prompter(editor=False) as prompter:
        return ask_note(prompter)


@group.command("add")
def add(
    context: typer.Context,
    response: ResponseName,
    answers: Annotated[
        str, typer.Option(help="Take [[actions]] from this file; - reads standard input.", metavar="FILE")
    ] = "",
) -> None:
    """Add steps to a plan.

    Asks for them as a worksheet's plan does, and prints their ids.

    Example:
        libwell actions add k3f9
    """
    from libwell.flows.opened import find_response

    session: Session = context.obj
    if not answers:
        session.need_to_ask("To take steps from a file: --answers FILE.")
    saved = find_response(response, session.folder)
    if answers:
        from libwell.flows.actions import add_actions
        from libwell.flows.fill import read_actions

        text, file = answers_text(session, answers)
        actions = read_actions(text, file=file, saved=saved)
        added = add_actions(saved, actions, folder=session.folder, world=session.world)
    else:
        from libwell.flows.adding import ask_actions

        with session.prompter(editor=False) as prompter:
            asked = ask_actions(saved, folder=session.folder, prompter=prompter, world=session.world)
            added = list(asked)
    if not added:
        raise LibwellError("Nothing was added.")
    with done_all_the_same(session.output, f"Added, but not printed: {' '.join(added)}"):
        session.output.data("".join(f"{name}\n" for name in added))
    session.output.message(f"Added to the plan of {saved.response.short_id}.")
