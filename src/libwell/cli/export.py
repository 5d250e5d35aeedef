"""`libwell export`."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from libwell.cli.common import NO_ERASURE, done_all_the_same, print_text, say_undated, say_withheld
from libwell.cli.selecting import OfLibrary, OfStatus, OfTeam, OfWorksheets, Selecting, Since, Until
from libwell.cli.session import Session
from libwell.cli.told_failures import telling_failures
from libwell.errors import UsageError
from libwell.flows.formats import FormatName, SheetName, looks_like_file
from libwell.storage.places import is_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from libwell.cli.told_failures import ToldFailures
    from libwell.flows.batch import Chosen
    from libwell.flows.exporting import Exported, Form, Written
    from libwell.flows.opened import Opened
    from libwell.model.log_records import ExportLogRecord
    from libwell.storage.export_record import ExportRecord
    from libwell.terminal.progress import Progress


_MOST_JOBS = 64
_LONGEST_NAME = 4096
"""Bytes of a line on standard input, at most: longer than a path can be."""
_MOST_NAMES, _MOST_BYTES = 100_000, 16 * 1024 * 1024
"""Lines and bytes of standard input, at most."""

_STOPPED = "Stopped. Every file that is there is whole; the same command goes on."
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How the responses chosen are to be exported."""

    form: Form
    output: str
    private: bool
    force: bool
    jobs: int | None
    log: bool
    verify: bool
    prune: bool

    def __post_init__(self) -> None:
        if self.jobs is not None and not 1 <= self.jobs <= _MOST_JOBS:
            raise UsageError(f"--jobs takes a number from 1 to {_MOST_JOBS}.", "Or leave it out.")


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

    As Markdown to read, html to read and print, csv for a spreadsheet, ics for a calendar, json and jsonl
    for programs.

    Example:
        libwell export latest --output plan.md
    """
    from libwell.flows.exporting import form

    session: Session = context.obj
    selection = Selecting(worksheet, team, library, status, since, until).read(session)
    everything = everything or (selection.is_narrow and not responses)
    chosen = _chosen(session, responses or [], everything=everything, prune=prune)
    are_many = len(chosen) > 1 or everything or _is_batch(responses or [], output)
    made = form(format_, output="" if are_many else output, what=what, todo=todo)
    wanted = _Wanted(made, output, private, force, jobs, log is not None, verify, prune)
    narrow = chosen.narrowed(selection) if selection.is_narrow else chosen
    if len(narrow) or prune:
        (_export_many if are_many else _export_one)(session, narrow, wanted)
    elif len(chosen):
        session.output.message(selection.nothing_found(chosen.paths()))
    else:
        session.output.message("Nothing is saved yet, so nothing was exported.")


def _chosen(session: Session, given: list[str], *, everything: bool, prune: bool) -> Chosen:
    """What is named to export. Raises UsageError if nothing is, or nothing is there."""
    from libwell.flows.batch import Chosen

    if not (given or everything):
        raise UsageError("Nothing was named to export.", "Name a response, such as latest, or use --all.")
    chosen = Chosen(_names(given, session.stdin), session.folder, everything=everything)
    if prune and not chosen.folders:
        raise UsageError("--prune goes with --all, or with a folder of responses.", "Name one of them.")
    if not (len(chosen) or prune or everything):
        raise UsageError("There is nothing to export there.", "`libwell responses` shows what is saved.")
    return chosen


def _export_one(session: Session, chosen: Chosen, wanted: _Wanted) -> None:
    from libwell.flows.exporting import export, read_chosen

    to_file = wanted.output not in ("", "-")
    if wanted.log and not to_file:
        raise UsageError(
            "--log tells of files, and this goes to standard output.", "Name one: --output FILE."
        )
    saved = read_chosen(next(iter(chosen)), session.folder)
    exported = export(saved, wanted.form, private=wanted.private)
    if to_file:
        _write_one(session, exported, wanted)
    else:
        print_text(session.output, exported.text)
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
    if session.confirms("delete", _OFFER, NO_ERASURE, question):
        with closing(_record(session)) as record:
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


def _write_one(session: Session, exported: Exported, wanted: _Wanted) -> None:
    from libwell.flows import exporting
    from libwell.storage import files

    suffix = wanted.form.format.suffix
    path = exporting.destination(wanted.output, exported.response, suffix=suffix).absolute()
    with closing(_record(session)) as record:
        written, noted = exporting.write_one(exported, path, record, force=wanted.force)
        record.note(noted)
    done = f"{written.outcome.capitalize()}: {files.one_line_name(path)}"
    if wanted.log:
        with done_all_the_same(session.output, done):
            session.output.data(_log_line(written))
    session.output.message(done)


def _export_many(session: Session, chosen: Chosen, wanted: _Wanted) -> None:
    from libwell.flows.batch import Batch
    from libwell.flows.pruning import prune
    from libwell.flows.rendering import Rendering, suitable_jobs
    from libwell.terminal.progress import progress

    if wanted.output in ("", "-"):
        raise UsageError("Several responses need a folder to go to.", "Name one: --output DIR.")
    if looks_like_file(wanted.output):
        remedy = f"Name a folder: --output {Path(wanted.output).with_suffix('')}/"
        raise UsageError(f"Several responses can't go to one file, {wanted.output}.", remedy)
    jobs = wanted.jobs or suitable_jobs(len(chosen), _processors())
    rendering = Rendering(wanted.form, session.folder, private=wanted.private)
    tally: Counter[str] = Counter()
    with (
        closing(_record(session)) as record,
        progress(session.output, "Exporting", len(chosen)) as shown,
        telling_failures(lambda line: shown.message(line, style="error")) as told,
    ):
        output = Path(wanted.output).absolute()
        batch = Batch(output, rendering, record, jobs=jobs, force=wanted.force, verify=wanted.verify)
        try:
            for written in batch.write(chosen):
                shown.advance()
                _tell(written, wanted, tally, shown, told)
            if wanted.prune:
                suffix = wanted.form.format.suffix
                for gone in prune(output, record, sources=chosen.folders, suffix=suffix):
                    _tell(gone, wanted, tally, shown, told)
        except (KeyboardInterrupt, SystemExit):
            shown.message(_STOPPED)
            raise
        except OSError:  # of standard output: what befalls a file is counted as failed
            shown.message(f"{_outcomes(tally)}. {_STOPPED}", style="warning")
            raise
    say_withheld(session.output, tally["withheld"])
    say_undated(session.output, tally["undated"])
    session.output.message(_outcomes(tally))
    raise typer.Exit(told.status(done=tally["written"] + tally["unchanged"]))


def _tell(
    written: Written, wanted: _Wanted, tally: Counter[str], shown: Progress, told: ToldFailures
) -> None:
    """Count what became of a file, say it if it failed or was kept, and log it if that is wanted."""
    tally.update({written.outcome: 1, "withheld": written.withheld, "undated": written.undated})
    if written.error is not None:
        told.tell(written.error, written.source, written.response)
    if written.outcome == "kept":
        shown.message(f"{written.path}: its response is gone, but somebody changed this file, so it stays.")
    if wanted.log:
        shown.data(_log_line(written))


def _outcomes(tally: Mapping[str, int]) -> str:
    """The last line: `2 written, 0 unchanged, 1 failed`, and behind it what was pruned."""
    said = [f"{tally[name]} {name}" for name in ("written", "unchanged", "failed")]
    said += [f"{tally[name]} {name}" for name in ("removed", "kept") if tally[name]]
    return ", ".join(said)


def _log_line(written: Written) -> str:
    """One file as a JSON object on a line. Its keys are only ever added to."""
    import json  # only with --log

    from libwell.model.log_records import mistakes_of

    record: ExportLogRecord = {
        "schema": "libwell.log/1",
        "response": written.response,
        "source": written.source,
        "file": str(written.path) if written.path else None,
        "outcome": written.outcome,
        "withheld": written.withheld,
        "error": str(written.error) if written.error else None,
        "mistakes": mistakes_of(written.error),
    }
    return json.dumps(record) + "\n"


def _processors() -> int:
    """How many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _record(session: Session) -> ExportRecord:
    from libwell.storage.export_record import ExportRecord  # only when files are written

    return ExportRecord(session.places.exports, patience=session.short_patience)


def _names(given: list[str], stdin: TextIO | None) -> list[str]:
    """The names given; `-` stands for the lines of standard input, ids and paths."""
    return [one for name in given for one in (_read_names(stdin) if name == "-" else [name])]


def _read_names(stdin: TextIO | None) -> list[str]:
    """The names on standard input, as `fill` and `ls` print them. Raises UsageError at what can't be one."""
    names: list[str] = []
    left = _MOST_BYTES
    while stdin is not None and (line := stdin.buffer.readline(_LONGEST_NAME + 1)):
        name = os.fsdecode(line).rstrip("\r\n")
        names.append(name)
        left -= len(line)
        if len(names) > _MOST_NAMES or left < 0:
            raise UsageError("Standard input has too many names.", "Name the folder they are in.")
        if "\0" in name or len(line) > _LONGEST_NAME:
            raise UsageError("Standard input is no list of responses.", "Give one name a line.")
    return [name for name in names if name.strip()]
