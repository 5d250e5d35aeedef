"""`libwell export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from libwell.cli.printing import NO_ERASURE, say_undated, say_withheld
from libwell.cli.session import Session
from libwell.errors import UsageError
from libwell.storage.places import is_folder
from libwell.terminal.prompter import EndOfInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.flows.exporting import Exported, Written
    from libwell.flows.formats import Format
    from libwell.storage.exports import ExportRecord
    from libwell.storage.responses import Saved


_LONGEST_NAME = 4096
"""Bytes of a line on standard input, at most: longer than a path can be."""


_OFFER = (
    "This worksheet is private. libwell can delete your answers from the saved response and keep the steps "
    "of your plan. Nothing is deleted unless you say so."
)


class FormatName(StrEnum):
    """What an export can be written as; `flows.formats` has the same names."""

    md = "md"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    ics = "ics"


class What(StrEnum):
    """What a table holds: one action a row, or one answer a row."""

    plan = "plan"
    answers = "answers"


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
    format_: Annotated[FormatName, typer.Option("--format", help="The format.")] = FormatName.md,
    what: Annotated[
        What | None, typer.Option(help="With csv: one action a row, or one answer a row.")
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="With ics: tasks instead of events.")] = False,
    output: Annotated[
        str, typer.Option(help="A file, a folder, or - for standard output.", metavar="FILE|DIR|-")
    ] = "",
    private: Annotated[bool, typer.Option("--private", help="Private answers and actions too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write plan and answers; what is private is left out unless you ask for it.

    As Markdown to read, csv for a spreadsheet, ics for a calendar, json and jsonl for programs.

    Example:
        libwell export latest --output plan.md
    """
    from libwell.flows import exporting
    from libwell.flows.formats import form as form_of

    form = form_of(format_, what=what or "", todo=todo)
    session: Session = context.obj
    chosen = exporting.choose(_names(session, responses or []), session.folder, everything=everything)
    if not chosen:
        raise _nothing(named=everything or bool(responses))
    if len(chosen) > 1 or everything or _is_batch(responses or [], output):
        _write_many(session, chosen, output, form, private=private, force=force)
        return
    saved = exporting.read_chosen(chosen[0], session.folder)
    exported = exporting.export(saved, form, private=private)
    if output in ("", "-"):
        text, mark = exported.text, "\ufeff"  # which csv begins with, for programs alone
        session.output.data(text.removeprefix(mark) if session.output.is_terminal else text)
    else:
        _write_one(session, exported, output, suffix=form.suffix, force=force)
    say_withheld(session.output, exported.withheld)
    say_undated(session.output, exported.undated)
    if private and output not in ("", "-") and session.can_ask:
        _offer_to_keep_the_plan_alone(session, saved)


def _offer_to_keep_the_plan_alone(session: Session, saved: Saved) -> None:
    """Offer, once, to delete the answers of a private response that are in the export now."""
    from libwell.flows.deleting import can_keep_plan_alone, keep_plan_alone

    if not can_keep_plan_alone(saved):
        return
    with session.prompter() as prompter:
        prompter.say(_OFFER)
        prompter.say(NO_ERASURE)
        prompter.say("Type delete to delete the answers here and keep the plan; anything else keeps both.")
        try:
            answer = prompter.ask("> ").text.strip().casefold()
        except EndOfInput:
            answer = ""
    if answer == "delete":
        _record(session).forget(saved.response.id)  # the answers will be in these files alone
        keep_plan_alone(saved, session.folder, session.world)
        session.output.message(f"Deleted the answers of {saved.response.id}. Its plan is kept.")
    else:
        session.output.message("Your answers are kept.")


def _is_batch(given: list[str], output: str) -> bool:
    """Whether one response goes to a folder as many would: it came from a folder, or from a list."""
    from libwell.flows.exporting import looks_like_file

    listed = "-" in given and output not in ("", "-") and not looks_like_file(output)
    return listed or any(is_folder(Path(name)) for name in given)


def _write_one(session: Session, exported: Exported, output: str, *, suffix: str, force: bool) -> None:
    from libwell.flows import exporting

    path = exporting.destination(output, exported.response, suffix=suffix).absolute()
    record = _record(session)
    written = exporting.write_one(exported, path, record, force=force)
    record.save()
    session.output.message(f"{written.outcome.capitalize()}: {path}")


def _write_many(
    session: Session, chosen: list[str | Path], output: str, form: Format, *, private: bool, force: bool
) -> None:
    from libwell.flows.exporting import Batch, looks_like_file

    if output in ("", "-"):
        raise UsageError("Several responses need a folder to go to.", "Name one: --output DIR.")
    if looks_like_file(output):
        remedy = f"Name a folder: --output {Path(output).with_suffix('')}/"
        raise UsageError(f"Several responses can't go to one file, {output}.", remedy)
    record = _record(session)
    batch = Batch(Path(output), form, session.folder, record, private=private, force=force)
    try:
        outcomes = [_tell(session, one) for one in batch.write(chosen)]
    finally:  # what was written before an interruption is ours too
        record.save()
    _sum_up(session, outcomes)


def _record(session: Session) -> ExportRecord:
    from libwell.storage.exports import ExportRecord  # only when files are written

    return ExportRecord.read(session.places.data / "exports.json")


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
    while stdin is not None and (line := stdin.buffer.readline(_LONGEST_NAME + 1)):
        name = fsdecode(line).rstrip("\r\n")
        if "\0" in name or len(line) > _LONGEST_NAME:
            raise UsageError("Standard input is no list of responses.", "Give one name a line.")
        names += [name] if name.strip() else []
    return names


def _tell(session: Session, one: Written) -> Written:
    if one.error is not None:
        session.output.message(str(one.error), style="error")
    return one


def _sum_up(session: Session, outcomes: list[Written]) -> None:
    say_withheld(session.output, sum(one.withheld for one in outcomes))
    say_undated(session.output, sum(one.undated for one in outcomes))
    counts = {
        name: sum(one.outcome == name for one in outcomes) for name in ("written", "unchanged", "failed")
    }
    session.output.message(", ".join(f"{count} {name}" for name, count in counts.items()))
    raise typer.Exit(3 if counts["failed"] else 0)
