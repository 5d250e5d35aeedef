"""`libwell export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from libwell.cli.printing import say_withheld
from libwell.cli.session import Session
from libwell.errors import UsageError
from libwell.storage.places import is_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.flows.exporting import Render, Written
    from libwell.storage.exports import ExportRecord


class Format(StrEnum):
    """What an export can be written as."""

    md = "md"


def command(
    context: typer.Context,
    responses: Annotated[
        list[str] | None,
        typer.Argument(help="Responses, files or folders; - reads paths from standard input."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every saved response.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="The format.")] = Format.md,
    output: Annotated[
        str, typer.Option(help="A file, a folder, or - for standard output.", metavar="FILE|DIR|-")
    ] = "",
    private: Annotated[bool, typer.Option("--private", help="Private answers and actions too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write plan and answers as Markdown; what is private is left out unless you ask for it.

    Example:
        libwell export latest --output plan.md
    """
    from libwell.export.markdown import render  # noqa: PLC0415
    from libwell.flows import exporting  # noqa: PLC0415

    del format_
    session: Session = context.obj
    chosen = exporting.choose(_names(session, responses or []), session.folder, everything=everything)
    if not chosen:
        raise _nothing(named=everything or bool(responses))
    several = len(chosen) > 1 or everything or any(is_folder(Path(name)) for name in responses or [])
    if several:
        _write_many(session, chosen, output, render, private=private, force=force)
        return
    exported = exporting.export(exporting.read_chosen(chosen[0], session.folder), render, private=private)
    if output in ("", "-"):
        session.output.data(exported.text)
    else:
        path = Path(output) / f"{exported.response}.md" if is_folder(Path(output)) else Path(output)
        record = _record(session)
        written = exporting.write_one(exported, path, record, force=force)
        record.save()
        session.output.message(f"{path}: {written.outcome}.")
    say_withheld(session.output, exported.withheld)


def _write_many(
    session: Session, chosen: list[str | Path], output: str, render: Render, *, private: bool, force: bool
) -> None:
    from libwell.flows.exporting import Batch  # noqa: PLC0415

    if output in ("", "-"):
        raise UsageError("Several responses need a folder to go to.", "Name one: --output DIR.")
    record = _record(session)
    batch = Batch(Path(output), render, session.folder, record, suffix=".md", private=private, force=force)
    try:
        outcomes = [_tell(session, one) for one in batch.write(chosen)]
    finally:  # what was written before an interruption is ours too
        record.save()
    _sum_up(session, outcomes)


def _record(session: Session) -> ExportRecord:
    from libwell.storage.exports import ExportRecord  # noqa: PLC0415 - only when files are written

    return ExportRecord.read(session.places.data / "exports.json")


def _nothing(*, named: bool) -> UsageError:
    if named:
        return UsageError("There is nothing to export there.", "`libwell responses` shows what is saved.")
    return UsageError("Nothing was named to export.", "Name a response, such as latest, or use --all.")


def _names(session: Session, given: list[str]) -> list[str]:
    """The names given; `-` stands for the lines of standard input."""
    names: list[str] = []
    for name in given:
        if name == "-":
            lines = session.stdin.read().split("\n") if session.stdin else []
            names += [line if "/" in line else f"./{line}" for line in lines if line]
        else:
            names.append(name)
    return names


def _tell(session: Session, one: Written) -> Written:
    if one.error is not None:
        session.output.message(str(one.error), style="error")
    return one


def _sum_up(session: Session, outcomes: list[Written]) -> None:
    say_withheld(session.output, sum(one.withheld for one in outcomes))
    counts = {
        name: sum(one.outcome == name for one in outcomes) for name in ("written", "unchanged", "failed")
    }
    session.output.message(", ".join(f"{count} {name}" for name, count in counts.items()), style="warning")
    raise typer.Exit(3 if counts["failed"] else 0)
