"""`libwell export`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from libwell.cli.printing import NO_ERASURE, done_all_the_same, say_undated, say_withheld
from libwell.cli.session import Session, processors
from libwell.errors import UsageError
from libwell.storage.places import is_folder
from libwell.terminal.prompter import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.flows.batch import Chosen
    from libwell.flows.exporting import Exported, Written
    from libwell.flows.formats import Format
    from libwell.storage.export_record import ExportRecord
    from libwell.storage.responses import Saved


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


class FormatName(StrEnum):
    """What an export can be written as; `flows.formats` has the same names."""

    md = "md"
    html = "html"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    ics = "ics"


class What(StrEnum):
    """What a table holds: one action a row, or one answer a row."""

    plan = "plan"
    answers = "answers"


class LogFormat(StrEnum):
    """How each file can be told of."""

    jsonl = "jsonl"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How the responses chosen are to be exported."""

    format: Format
    output: str
    private: bool
    force: bool
    jobs: int | None
    log: bool

    def __post_init__(self) -> None:
        if self.jobs is not None and not 1 <= self.jobs <= _MOST_JOBS:
            raise UsageError(f"--jobs takes a number from 1 to {_MOST_JOBS}.", "Or leave it out.")


_Form = Annotated[
    FormatName | None, typer.Option("--format", help="The format; left out: as the file is named, or md.")
]


def command(
    context: typer.Context,
    responses: Annotated[
        list[str] | None,
        typer.Argument(
            help="Responses, files or folders; - reads names from standard input, one a line.",
            metavar="RESPONSE|PATH",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every saved response.")] = False,
    format_: _Form = None,
    what: Annotated[
        What | None, typer.Option(help="With csv: one action a row, or one answer a row.")
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="With ics: tasks instead of events.")] = False,
    output: Annotated[
        str, typer.Option(help="A file, a folder, or - for standard output.", metavar="FILE|DIR|-")
    ] = "",
    private: Annotated[bool, typer.Option("--private", help="Private answers and actions too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", help="Processes at work; left out: as many as the responses are worth."),
    ] = None,
    log: Annotated[
        LogFormat | None, typer.Option("--log", help="Tell of each file on standard output, a line each.")
    ] = None,
) -> None:
    """Write plan and answers; what is private is left out unless you ask for it.

    As Markdown to read, html to read and print, csv for a spreadsheet, ics for a calendar, json and jsonl
    for programs.

    Example:
        libwell export latest --output plan.md
    """
    from libwell.flows.batch import Chosen
    from libwell.flows.formats import form as form_of

    session: Session = context.obj
    chosen = Chosen(_names(session, responses or []), session.folder, everything=everything)
    are_many = len(chosen) > 1 or everything or _is_batch(responses or [], output)
    form = form_of(format_, output="" if are_many else output, what=what or "", todo=todo)
    wanted = _Wanted(form, output, private=private, force=force, jobs=jobs, log=log is not None)
    if not len(chosen):
        raise _nothing(named=everything or bool(responses))
    if are_many:
        _export_many(session, chosen, wanted)
    else:
        _export_one(session, next(iter(chosen)), wanted)


def _export_one(session: Session, one: str | Path, wanted: _Wanted) -> None:
    from libwell.flows.exporting import export, read_chosen

    to_file = wanted.output not in ("", "-")
    if wanted.log and not to_file:
        raise UsageError(
            "--log tells of files, and this goes to standard output.", "Name one: --output FILE."
        )
    saved = read_chosen(one, session.folder)
    exported = export(saved, wanted.format, private=wanted.private)
    if to_file:
        _write_one(session, exported, wanted)
    else:
        text, mark = exported.text, "\ufeff"  # which csv begins with, for programs alone
        session.output.data(text.removeprefix(mark) if session.output.is_terminal else text)
    say_withheld(session.output, exported.withheld)
    say_undated(session.output, exported.undated)
    if wanted.private and to_file and session.can_ask:
        _offer_to_keep_the_plan_alone(session, saved)


def _offer_to_keep_the_plan_alone(session: Session, saved: Saved) -> None:
    """Offer, once, to delete the answers of a private response that are in the export now."""
    from libwell.flows.deleting import can_keep_plan_alone, keep_plan_alone

    if not can_keep_plan_alone(saved):
        return
    with session.prompter(editor=False) as prompter:
        prompter.say(_OFFER)
        prompter.say(NO_ERASURE)
        prompter.say("Type delete to delete the answers here and keep the plan; anything else keeps both.")
        is_wanted = types(prompter, "delete")
    if is_wanted:
        with closing(_record(session)) as record:
            record.disown(saved.response.id)  # the answers will be in these files alone
        keep_plan_alone(saved, session.folder, session.world)
        session.output.message(f"Deleted the answers of {saved.response.id}. Its plan is kept.")
        session.sweep_after_editors()
    else:
        session.output.message("Your answers are kept.")


def _is_batch(given: list[str], output: str) -> bool:
    """Whether one response goes to a folder as many would: it came from a folder, or from a list."""
    from libwell.flows.exporting import looks_like_file
    from libwell.storage.worksheets import is_path

    listed = "-" in given and output not in ("", "-") and not looks_like_file(output)
    return listed or any(is_path(name) and is_folder(Path(name)) for name in given)


def _write_one(session: Session, exported: Exported, wanted: _Wanted) -> None:
    from libwell.flows import exporting
    from libwell.storage import files

    path = exporting.destination(wanted.output, exported.response, suffix=wanted.format.suffix).absolute()
    with closing(_record(session)) as record:
        written = exporting.write_one(exported, path, record, force=wanted.force)
    done = f"{written.outcome.capitalize()}: {files.one_line_name(path)}"
    if wanted.log:
        with done_all_the_same(session.output, done):
            session.output.data(_log_line(written))
    session.output.message(done)


def _export_many(session: Session, chosen: Chosen, wanted: _Wanted) -> None:
    from libwell.flows.batch import Batch, Rendering, suitable_jobs
    from libwell.flows.exporting import looks_like_file
    from libwell.terminal.progress import progress

    if wanted.output in ("", "-"):
        raise UsageError("Several responses need a folder to go to.", "Name one: --output DIR.")
    if looks_like_file(wanted.output):
        remedy = f"Name a folder: --output {Path(wanted.output).with_suffix('')}/"
        raise UsageError(f"Several responses can't go to one file, {wanted.output}.", remedy)
    jobs = wanted.jobs or suitable_jobs(len(chosen), processors())
    rendering = Rendering(wanted.format, session.folder, private=wanted.private)
    tally = _Tally()
    with closing(_record(session)) as record, progress(session.output, "Exporting", len(chosen)) as shown:
        batch = Batch(Path(wanted.output).absolute(), rendering, record, jobs=jobs, force=wanted.force)
        try:
            for written in batch.write(chosen):
                shown.advance()
                tally.count(written)
                if written.error is not None:
                    shown.message(str(written.error), style="error")
                if wanted.log:
                    shown.data(_log_line(written))
        except (KeyboardInterrupt, SystemExit):
            shown.message(_STOPPED)
            raise
        except OSError:  # of standard output: what befalls a file is counted as failed
            shown.message(f"{tally.text}. {_STOPPED}", style="warning")
            raise
    say_withheld(session.output, tally.withheld)
    say_undated(session.output, tally.undated)
    session.output.message(tally.text)
    raise typer.Exit(3 if tally.outcomes["failed"] else 0)


@dataclass
class _Tally:
    """What became of the files of a batch."""

    outcomes: dict[str, int] = field(default_factory=lambda: {"written": 0, "unchanged": 0, "failed": 0})
    withheld: int = 0
    undated: int = 0

    def count(self, written: Written) -> None:
        self.outcomes[written.outcome] += 1
        self.withheld += written.withheld
        self.undated += written.undated

    @property
    def text(self) -> str:
        """The last line: `2 written, 0 unchanged, 1 failed`."""
        return ", ".join(f"{count} {name}" for name, count in self.outcomes.items())


def _log_line(written: Written) -> str:
    """One file as a JSON object on a line. Its keys are only ever added to."""
    import json  # only with --log

    values = {
        "schema": "libwell.log/1",
        "response": written.response,
        "source": written.source,
        "file": str(written.path) if written.path else None,
        "outcome": written.outcome,
        "withheld": written.withheld,
        "error": str(written.error) if written.error else None,
    }
    return json.dumps(values) + "\n"


def _record(session: Session) -> ExportRecord:
    from libwell.storage.export_record import ExportRecord  # only when files are written

    return ExportRecord(session.places.exports)


def _nothing(*, named: bool) -> UsageError:
    if named:
        return UsageError("There is nothing to export there.", "`libwell responses` shows what is saved.")
    return UsageError("Nothing was named to export.", "Name a response, such as latest, or use --all.")


def _names(session: Session, given: list[str]) -> list[str]:
    """The names given; `-` stands for the lines of standard input, ids and paths."""
    names: list[str] = []
    for name in given:
        names += _read_names(session.stdin) if name == "-" else [name]
    return names


def _read_names(stdin: TextIO | None) -> list[str]:
    """The names on standard input, as `fill` and `ls` print them. Raises UsageError at what can't be one."""
    from os import fsdecode  # only here

    names: list[str] = []
    lines, left = 0, _MOST_BYTES
    while stdin is not None and (line := stdin.buffer.readline(_LONGEST_NAME + 1)):
        name = fsdecode(line).rstrip("\r\n")
        lines, left = lines + 1, left - len(line)
        if lines > _MOST_NAMES or left < 0:
            raise UsageError("Standard input has too many names.", "Name the folder they are in.")
        if "\0" in name or len(line) > _LONGEST_NAME:
            raise UsageError("Standard input is no list of responses.", "Give one name a line.")
        names += [name] if name.strip() else []
    return names
