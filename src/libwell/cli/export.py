"""`libwell export`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from libwell.cli.common import (
    EXPORTS_STAY,
    NO_ERASURE,
    done_all_the_same,
    print_rendered,
    say_undated,
    say_withheld,
)
from libwell.cli.export_wanted import WantedExport, goes_to_file, log_line, opened_record
from libwell.cli.given_names import given_names
from libwell.cli.selecting import OfLibrary, OfStatus, OfTeam, OfWorksheets, Selecting, Since, Until
from libwell.cli.session import Session
from libwell.errors import UsageError
from libwell.flows.formats import FormatName, SheetName, looks_like_file
from libwell.storage.places import is_folder

if TYPE_CHECKING:
    from libwell.flows.batch import Chosen
    from libwell.flows.exporting import Exported
    from libwell.flows.opened import Opened
    from libwell.flows.selecting import Selection


_OFFER = (
    "This worksheet is private. libwell can delete your answers from the saved response and keep the steps "
    "of your plan. Nothing is deleted unless you say so."
)
NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        help="Responses, files or folders; - reads names from standard input, one a line.",
        metavar="RESPONSE|PATH",
    ),
]
FormatOption = Annotated[
    FormatName | None, typer.Option("--format", help="The format; left out: as the file is named, or md.")
]
TableOption = Annotated[SheetName | None, typer.Option(help="With csv: one step a row, or one answer a row.")]
LogOption = Annotated[
    Literal["jsonl"] | None, typer.Option(help="Tell of each file on standard output, a line each.")
]
OutputOption = Annotated[
    str, typer.Option(help="A file, a folder, or - for standard output.", metavar="FILE|DIR|-")
]
JobsOption = Annotated[
    int | None,
    typer.Option(metavar="N", help="Processes at work; left out: as many as the responses are worth."),
]
VerifyOption = Annotated[
    bool, typer.Option("--verify", help="Read every response again, also where nothing has changed.")
]
PruneOption = Annotated[
    bool, typer.Option("--prune", help="Remove what was written for responses that are gone.")
]


def command(
    context: typer.Context,
    responses: NamesArgument = None,
    everything: Annotated[bool, typer.Option("--all", help="Every saved response.")] = False,
    worksheet: OfWorksheets = None,
    team: OfTeam = None,
    library: OfLibrary = None,
    status: OfStatus = None,
    since: Since = None,
    until: Until = None,
    format_: FormatOption = None,
    what: TableOption = None,
    todo: Annotated[bool, typer.Option("--todo", help="With ics: tasks instead of events.")] = False,
    output: OutputOption = "",
    private: Annotated[bool, typer.Option("--private", help="Private answers and steps too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    jobs: JobsOption = None,
    log: LogOption = None,
    verify: VerifyOption = False,
    prune: PruneOption = False,
) -> None:
    """Write plan and answers; what is private is left out unless you ask for it.

    As Markdown to read, html to read and print, docx for Word, csv for a spreadsheet, ics for a calendar,
    json and jsonl for programs. Many go to a folder; as csv, ics, json or jsonl they can go to one file.

    Example:
        libwell export latest --output plan.md
    """
    from libwell.cli.export_many import export_to_folder, export_to_one_file
    from libwell.flows.exporting import form

    session: Session = context.obj
    selection = Selecting(worksheet, team, library, status, since, until).read(session)
    everything = everything or (selection.is_narrow and not responses)
    chosen = _chosen(session, responses or [], everything=everything, prune=prune)
    are_many = len(chosen) > 1 or everything or _is_batch(responses or [], output)
    named_as = output if looks_like_file(output) or not are_many else ""
    made = form(format_, output=named_as, what=what, todo=todo)
    made.format.need_all(to_screen=not are_many and output in ("", "-") and session.output.is_terminal)
    wanted = WantedExport(made, output, private, force, jobs, log is not None, verify, prune)
    narrow = chosen.narrowed(selection) if selection.is_narrow else chosen
    if not (len(narrow) or prune):
        _say_nothing(session, chosen, selection)
    if wanted.is_one_file and (are_many or "-" in (responses or [])):  # a list of one is as one of many
        export_to_one_file(session, narrow, wanted)
    elif len(narrow) or prune:
        (export_to_folder if are_many else _export_one)(session, narrow, wanted)


def _say_nothing(session: Session, chosen: Chosen, selection: Selection) -> None:
    if len(chosen):
        session.output.message(selection.nothing_found(chosen.paths()))
    else:
        session.output.message("Nothing is saved yet, so nothing was exported.")


def _chosen(session: Session, given: list[str], *, everything: bool, prune: bool) -> Chosen:
    """What is named to export. Raises UsageError if nothing is, or nothing is there."""
    from libwell.flows.batch import Chosen

    if not (given or everything):
        raise UsageError("Nothing was named to export.", "Name a response, such as latest, or use --all.")
    chosen = Chosen(given_names(given, session.stdin), session.folder, everything=everything)
    if prune and not chosen.folders:
        raise UsageError("--prune goes with --all, or with a folder of responses.", "Name one of them.")
    if not (len(chosen) or prune or everything):
        raise UsageError("There is nothing to export there.", "`libwell responses` shows what is saved.")
    return chosen


def _export_one(session: Session, chosen: Chosen, wanted: WantedExport) -> None:
    from libwell.flows.exporting import export, read_chosen

    to_file = goes_to_file(wanted)
    saved = read_chosen(next(iter(chosen)), session.folder)
    exported = export(saved, wanted.form, private=wanted.private)
    if to_file:
        _write_one(session, exported, wanted)
    else:
        print_rendered(session.output, exported.rendered)
    say_withheld(session.output, exported.withheld)
    say_undated(session.output, exported.undated)
    if wanted.private and to_file and session.can_ask:
        _offer_to_keep_the_plan_alone(session, saved)


def _offer_to_keep_the_plan_alone(session: Session, saved: Opened) -> None:
    """Offer, once, to delete the answers of a private response that are in the export now."""
    from libwell.flows.deleting import can_keep_plan_alone, keep_plan_alone

    if not can_keep_plan_alone(saved):
        return
    question = "Type delete to delete the answers here and keep the plan; anything else keeps both."
    if session.confirms("delete", _OFFER, f"{NO_ERASURE} {EXPORTS_STAY}", question):
        with closing(opened_record(session)) as record:
            record.disown(saved.response.id)  # the answers will be in these files alone
        keep_plan_alone(saved, session.folder, session.world)
        session.output.message(f"Deleted the answers of {saved.response.id}. Its plan is kept.")
        session.sweep_after_editors()
    else:
        session.output.message("Your answers are kept.")


def _is_batch(given: list[str], output: str) -> bool:
    """Whether one response goes to a folder as many would: it came from a folder, or from a list."""
    from libwell.storage.worksheets import is_path

    listed = "-" in given and output not in ("", "-") and not looks_like_file(output)
    return listed or any(is_path(name) and is_folder(Path(name)) for name in given)


def _write_one(session: Session, exported: Exported, wanted: WantedExport) -> None:
    from libwell.flows import exporting
    from libwell.storage import files

    suffix = wanted.form.format.suffix
    path = exporting.destination(wanted.output, exported.response, suffix=suffix).absolute()
    with closing(opened_record(session)) as record:
        written, noted = exporting.write_one(exported, path, record, force=wanted.force)
        record.note(noted)
    done = f"{written.outcome.capitalize()}: {files.one_line_name(path)}"
    if wanted.log:
        with done_all_the_same(session.output, done):
            session.output.data(log_line(written))
    session.output.message(done)
