"""What `--log jsonl` prints, a line each, and how a failure stands in what programs read, field by field.

Every field is there, and fields are only ever added.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from libwell.errors import FileRefusedError, Mistake
from libwell.model.export_records import Count, about

if TYPE_CHECKING:
    from libwell.errors import LibwellError


class MistakeRecord(TypedDict):
    """A mistake in a file, or a hint."""

    line: Annotated[int | None, about("The line, from 1; null where it is not known.")]
    key: Annotated[str, about("The key, such as sections[1].id; empty: the whole file.")]
    message: Annotated[str, about("What is wrong.")]
    remedy: Annotated[str, about("What to do about it; may be empty.")]
    hint: Annotated[bool, about("Whether the file can be used as it is.")]


class ErrorRecord(TypedDict):
    """Something that could not be done."""

    status: Annotated[int, about("The exit status it has where nothing else was asked for.")]
    message: Annotated[str, about("What is wrong, in a sentence; a line for each mistake in a file.")]
    remedy: Annotated[str, about("What to do about it; may be empty.")]
    file: Annotated[str | None, about("The file it is about; null where it is none.")]
    mistakes: Annotated[list[MistakeRecord], about("Every mistake in that file.")]


class FailureRecord(TypedDict):
    """What a verb prints with `--json` or `--log jsonl` where nothing could be done."""

    schema: Annotated[Literal["libwell.error/1"], about("The failure, and the version of the schema.")]
    status: Annotated[int, about("The exit status.")]
    error: ErrorRecord


class ExportLogRecord(TypedDict):
    """What became of a response that was exported."""

    schema: Annotated[Literal["libwell.log/1"], about("The log, and the version of the schema.")]
    response: Annotated[str, about("Its id; of one that can't be read, what was named.")]
    source: Annotated[
        str, about("Its file; what was named where it was not found, and empty where it is gone.")
    ]
    file: Annotated[str | None, about("What was written; null where nothing was.")]
    outcome: Annotated[
        Literal["written", "unchanged", "failed", "removed", "kept"],
        about("What became of it. Its response is gone: removed, or kept, as somebody changed the file."),
    ]
    withheld: Annotated[Count, about("How many answers and steps were left out as private.")]
    error: Annotated[str | None, about("Why it failed, in words.")]
    mistakes: Annotated[list[MistakeRecord], about("Every mistake in it, where it was refused for these.")]


class FillLogRecord(TypedDict):
    """What became of an answers file."""

    schema: Annotated[Literal["libwell.fill-log/1"], about("The log, and the version of the schema.")]
    file: Annotated[str, about("The answers file, as it was named.")]
    outcome: Annotated[
        Literal["made", "updated", "unchanged", "failed"], about("What became of its response.")
    ]
    response: Annotated[str | None, about("The id of the response; null where it failed.")]
    mistakes: Annotated[
        list[MistakeRecord], about("Every mistake in the file, or why it failed, with no line and no key.")
    ]


def mistake_record(mistake: Mistake) -> MistakeRecord:
    """A mistake as plain data."""
    return {
        "line": mistake.line or None,
        "key": mistake.key,
        "message": mistake.message,
        "remedy": mistake.remedy,
        "hint": mistake.hint,
    }


def mistakes_of(error: LibwellError | None) -> list[MistakeRecord]:
    """Every mistake that a file was refused for; none of any other error."""
    return list(map(mistake_record, error.mistakes)) if isinstance(error, FileRefusedError) else []


def why_failed(error: LibwellError, file: str) -> list[MistakeRecord]:
    """Why a file failed: every mistake in it. What is wrong elsewhere has no line and no key."""
    if not isinstance(error, FileRefusedError):
        mistakes = [Mistake(error.message, remedy=error.remedy)]
    elif PurePath(error.file) == PurePath(file):
        mistakes = [*error.mistakes]
    else:
        mistakes = [Mistake(mistake.text(error.file)) for mistake in error.mistakes]
    return list(map(mistake_record, mistakes))


def error_record(error: LibwellError) -> ErrorRecord:
    """A failure as plain data."""
    return {
        "status": error.status,
        "message": error.message,
        "remedy": error.remedy,
        "file": error.file or None,
        "mistakes": mistakes_of(error),
    }
