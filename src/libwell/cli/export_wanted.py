"""How responses are to be exported, and what `export` needs for one as for many."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import UsageError
from libwell.flows.formats import is_file_of

if TYPE_CHECKING:
    from libwell.cli.session import Session
    from libwell.flows.exporting import Form, Written
    from libwell.model.log_records import ExportLogRecord
    from libwell.storage.export_record import ExportRecord

_MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class WantedExport:
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

    @property
    def is_one_file(self) -> bool:
        """Whether many responses go to one file, or to standard output, in a format that takes many."""
        format_ = self.form.format
        return bool(format_.part) and (self.output in ("", "-") or is_file_of(self.output, format_))


def goes_to_file(wanted: WantedExport) -> bool:
    """Whether it goes to a file, and not to standard output. Raises UsageError where a log would be, too."""
    to_file = wanted.output not in ("", "-")
    if wanted.log and not to_file:
        raise UsageError(
            "--log tells of files, and this goes to standard output.", "Name one: --output FILE."
        )
    return to_file


def log_line(written: Written) -> str:
    """One file as a JSON object on a line. Its keys are only ever added to."""
    import json  # only with --log

    from libwell.model.log_records import mistakes_of
    from libwell.storage.worksheets import is_path

    record: ExportLogRecord = {
        "schema": "libwell.log/1",
        "response": written.response,
        "source": str(Path(written.source).absolute()) if is_path(written.source) else written.source,
        "file": str(written.path) if written.path else None,
        "outcome": written.outcome,
        "withheld": written.withheld,
        "error": str(written.error) if written.error else None,
        "mistakes": mistakes_of(written.error),
    }
    return json.dumps(record) + "\n"


def opened_record(session: Session) -> ExportRecord:
    """The record of what was exported where; to be closed."""
    from libwell.storage.export_record import ExportRecord  # only when files are written

    return ExportRecord(session.places.exports, patience=session.short_patience)
