"""Export of one response: read, cut out what may be seen, render, write.

What is private is left out unless asked for. A file that somebody else made or changed is never replaced
without `force`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from libwell.errors import LibwellError, UsageError
from libwell.flows.opened import find_response
from libwell.rules.privacy import for_audience
from libwell.storage import files
from libwell.storage.places import is_folder, is_folder_name, is_there
from libwell.storage.responses import ResponseFolder, Saved, read_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.flows.formats import Format
    from libwell.rules.privacy import Excerpt
    from libwell.storage.export_record import ExportRecord

_FILE_ENDINGS = ("md", "txt", "html", "htm", "json", "jsonl", "csv", "ics", "toml", "pdf", "docx", "odt")


@dataclass(frozen=True, slots=True)
class Exported:
    """A response in a format. `source` is its file.

    `withheld` counts what was left out as private, `undated` the actions left out for want of a day.
    """

    response: str
    revision: int
    source: Path
    text: str
    withheld: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file: of the response `response`, or of what was named, if it can't be read."""

    response: str
    source: str
    path: Path | None
    outcome: Literal["written", "unchanged", "failed"]
    withheld: int = 0
    undated: int = 0
    error: LibwellError | None = None


def looks_like_file(output: str) -> bool:
    """Whether a name is a file's: it ends as one does, and is no folder's."""
    return Path(output).suffix.lower().removeprefix(".") in _FILE_ENDINGS and not is_folder_name(output)


def destination(output: str, response: str, *, suffix: str) -> Path:
    """The file for one export: the name given, or in a folder (made if missing) one named by response id."""
    if not is_folder_name(output):
        return Path(output)
    make_folder(Path(output), f"{output} ends in a slash, so it has to be a folder.")
    return Path(output) / file_name(response, suffix)


_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


def file_name(response: str, suffix: str) -> str:
    """The name of the file for a response.

    An id is small letters, digits and hyphens, so that no two names differ only in case or in how a letter is
    written. One that Windows keeps for itself gets a `_`, which no id has.
    """
    return f"{response}_{suffix}" if response in _RESERVED else f"{response}{suffix}"


def make_folder(folder: Path, reason: str) -> None:
    """Make a folder to export to. Raises UsageError with the reason if a file is in the way."""
    if is_there(folder) and not is_folder(folder):
        raise UsageError(f"{folder} is a file.", reason)
    files.make_private_folder(folder)


def read_chosen(one: str | Path, folder: ResponseFolder) -> Saved:
    """Read one of the responses chosen."""
    if isinstance(one, Path):
        return read_response(one, may_be_pipe=True)
    return find_response(one, folder)


def export(saved: Saved, format_: Format, *, private: bool) -> Exported:
    """Export one response."""
    excerpt = excerpt_of(saved, private=private)
    return exported(saved, excerpt, format_.render(excerpt), format_)


def excerpt_of(saved: Saved, *, private: bool) -> Excerpt:
    """What may be seen of a response that was read."""
    return for_audience(saved.response, saved.worksheet, private=private, everything=saved.asked)


def exported(saved: Saved, excerpt: Excerpt, text: str, format_: Format) -> Exported:
    """A response with its text in a format, and what is not in it."""
    response = saved.response
    undated = format_.undated(excerpt)
    return Exported(response.id, response.revision, saved.path, text, excerpt.withheld, undated)


def write_one(
    exported: Exported,
    path: Path,
    record: ExportRecord,
    *,
    force: bool,
    write: Callable[[Path, bytes], None] = files.write_durably,
) -> Written:
    """Write an export to a file. Raises LibwellError if another file is in the way.

    An empty file is in nobody's way: a power cut may have left it.
    """
    data = exported.text.encode()
    before = files.read_file(path, limit=1024**3) if is_there(path) else b""
    may_replace = (
        force or not before or record.may_replace(path, exported.response, exported.revision, before)
    )
    if before != data and not may_replace:
        raise LibwellError(
            f"{path} is there already, and is not as libwell wrote it from this response.",
            "--force replaces it, or choose another name.",
        )
    is_new = before != data or not data
    if is_new:
        write(path, data)
    record.note(path, exported.response, exported.revision, data, source=exported.source)
    return Written(
        exported.response,
        str(exported.source),
        path,
        "written" if is_new else "unchanged",
        exported.withheld,
        exported.undated,
    )
