"""`libwell export` of many responses: to a folder, or to one file of all."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from libwell.cli.common import done_all_the_same, say_undated, say_withheld
from libwell.cli.export_wanted import goes_to_file, log_line, opened_record
from libwell.cli.told_failures import telling_failures
from libwell.errors import LibwellError, UsageError
from libwell.flows.formats import looks_like_file
from libwell.model.characters import counted
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from libwell.cli.export_wanted import WantedExport
    from libwell.cli.session import Session
    from libwell.cli.told_failures import ToldFailures
    from libwell.flows.batch import Chosen
    from libwell.flows.exporting import Written
    from libwell.flows.one_file import Joining
    from libwell.terminal.progress import Progress

_STOPPED = "Stopped. Every file that is there is whole; the same command goes on."


def export_to_folder(session: Session, chosen: Chosen, wanted: WantedExport) -> None:
    """Write a file for each, count what became of them, and leave by the exit status of that.

    Raises UsageError where no folder was named.
    """
    from libwell.flows.batch import Batch
    from libwell.flows.pruning import prune
    from libwell.flows.rendering import Rendering, suitable_jobs
    from libwell.terminal.progress import progress

    if wanted.output in ("", "-"):
        remedy = "Name one: --output DIR. As csv, jsonl, ics or json they can go to one file."
        raise UsageError("Several responses need a folder to go to.", remedy)
    if looks_like_file(wanted.output):
        name = one_line_name(Path(wanted.output))
        remedy = f"Name a folder: --output {name.removesuffix(Path(name).suffix)}/"
        raise UsageError(f"Several responses can't go to one file, {name}.", remedy)
    jobs = wanted.jobs or suitable_jobs(len(chosen), _processors())
    rendering = Rendering(wanted.form, session.folder, private=wanted.private)
    tally: Counter[str] = Counter()
    with (
        closing(opened_record(session)) as record,
        progress(session.output, "Exporting", len(chosen), aloud=session.aloud) as shown,
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


def export_to_one_file(session: Session, chosen: Chosen, wanted: WantedExport) -> None:
    """Write all of them to one file or to standard output, and leave by the exit status of that.

    Raises LibwellError if a file is in the way, or can't be written.
    """
    from libwell.flows.one_file import Joining
    from libwell.flows.rendering import Rendering, suitable_jobs
    from libwell.terminal.progress import progress

    to_file = goes_to_file(wanted)
    if wanted.prune:
        raise UsageError("--prune goes with a folder to export to.", "Name one, or leave --prune out.")
    jobs = wanted.jobs or suitable_jobs(len(chosen), _processors())
    rendering = Rendering(wanted.form.of_many, session.folder, private=wanted.private)
    lines: list[Written] = []
    tally: Counter[str] = Counter()
    with (
        progress(session.output, "Exporting", len(chosen), aloud=session.aloud) as shown,
        telling_failures(lambda line: shown.message(line, style="error")) as told,
    ):

        def tell(written: Written) -> None:
            shown.advance()
            _tell(written, replace(wanted, log=False), tally, shown, told)
            if wanted.log:
                lines.append(written)

        joining = Joining(chosen, rendering, tell, jobs=jobs)
        try:
            if to_file:
                _write_joined(session, joining, lines, wanted)
            else:
                for piece in joining.pieces():
                    shown.data(piece.removeprefix("\ufeff") if session.output.is_terminal else piece)
        except LibwellError as error:
            if not (joining.known or told.number):
                raise
            shown.message(str(error), style="error")  # the log, if it is wanted, has said it of each
            if joining.known:
                raise typer.Exit(error.status) from error
    say_withheld(session.output, tally["withheld"])
    say_undated(session.output, tally["undated"])
    session.output.message(f"{counted(tally['written'], 'response', 'responses')}, {tally['failed']} failed")
    raise typer.Exit(told.status(done=tally["written"]))


def _write_joined(session: Session, joining: Joining, told: list[Written], wanted: WantedExport) -> None:
    """Write many to one file; only then the log has its lines, as none of them is true before."""
    from libwell.flows.one_file import write_one_file

    path = Path(wanted.output).absolute()
    name = one_line_name(path)
    try:
        with closing(opened_record(session)) as record:
            pieces = joining.pieces()
            outcome = write_one_file(pieces, path, record, responses=joining.known, force=wanted.force)
    except LibwellError as error:
        _log(session, (one._replace(outcome="failed", error=one.error or error) for one in told))
        raise
    except (KeyboardInterrupt, SystemExit):
        session.output.message(f"Stopped. {name} is as it was.")
        raise
    done = f"{outcome.capitalize()}: {name}"
    with done_all_the_same(session.output, done):
        _log(session, (one if one.error else one._replace(outcome=outcome, path=path) for one in told))
    session.output.message(done)


def _log(session: Session, told: Iterable[Written]) -> None:
    for written in told:
        session.output.data(log_line(written))


def _tell(
    written: Written, wanted: WantedExport, tally: Counter[str], shown: Progress, told: ToldFailures
) -> None:
    """Count what became of a file, say it if it failed or was kept, and log it if that is wanted."""
    tally[written.outcome] += 1
    tally["withheld"] += written.withheld
    tally["undated"] += written.undated
    if written.error is not None:
        told.tell(written.error, written.source, written.response)
    if written.outcome == "kept":
        name = one_line_name(written.path or Path())
        shown.message(f"{name}: its response is gone, but somebody changed this file, so it stays.")
    if wanted.log:
        shown.data(log_line(written))


def _outcomes(tally: Mapping[str, int]) -> str:
    """The last line: `2 written, 0 unchanged, 1 failed`, and behind it what was pruned."""
    said = [f"{tally[name]} {name}" for name in ("written", "unchanged", "failed")]
    said += [f"{tally[name]} {name}" for name in ("removed", "kept") if tally[name]]
    return ", ".join(said)


def _processors() -> int:
    """How many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
