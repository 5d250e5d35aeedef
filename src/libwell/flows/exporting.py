"""Export of one response or many: read, cut out what may be seen, render, write.

What is private is left out unless asked for. A file that somebody else made or changed is never replaced
without `force`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from libwell.errors import LibwellError, UsageError
from libwell.flows.looking import find_response
from libwell.rules.privacy import for_audience
from libwell.storage import files
from libwell.storage.places import is_folder, is_same_file, is_there
from libwell.storage.responses import ResponseFolder, Saved, read_response
from libwell.storage.worksheets import is_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.flows.formats import Format
    from libwell.storage.exports import ExportRecord

_FILE_ENDINGS = ("md", "txt", "html", "htm", "json", "jsonl", "csv", "ics", "toml", "pdf", "docx", "odt")


@dataclass(frozen=True, slots=True)
class Exported:
    """A response in a format.

    `withheld` counts what was left out as private, `undated` the actions left out for want of a day.
    """

    response: str
    revision: int
    text: str
    withheld: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file of a batch."""

    name: str
    outcome: Literal["written", "unchanged", "failed"]
    withheld: int = 0
    error: LibwellError | None = None
    undated: int = 0


def choose(names: Iterable[str], folder: ResponseFolder, *, everything: bool) -> list[str | Path]:
    """What to export, in order: names of saved responses, and files; folders give every file in them."""
    chosen: list[str | Path] = [*folder.paths()] if everything else []
    for name in names:
        path = Path(name)
        if is_path(name) and is_folder(path):
            chosen += files.list_files(path, suffix=".toml")
        else:
            chosen.append(path if is_path(name) else name)
    return list(dict.fromkeys(chosen))


def is_folder_name(output: str) -> bool:
    """Whether a name is a folder's: one that is there, or one that ends in a slash."""
    return is_folder(Path(output)) or output.endswith(("/", os.sep))


def looks_like_file(output: str) -> bool:
    """Whether a name is a file's: it ends as one does, and is no folder's."""
    return Path(output).suffix.lower().removeprefix(".") in _FILE_ENDINGS and not is_folder_name(output)


def destination(output: str, response: str, *, suffix: str) -> Path:
    """The file for one export: the name given, or in a folder (made if missing) one named by response id."""
    if not is_folder_name(output):
        return Path(output)
    _make_folder(Path(output), f"{output} ends in a slash, so it has to be a folder.")
    return Path(output) / f"{response}{suffix}"


def _make_folder(folder: Path, reason: str) -> None:
    if is_there(folder) and not is_folder(folder):
        raise UsageError(f"{folder} is a file.", reason)
    files.make_private_folder(folder)


def export(saved: Saved, format_: Format, *, private: bool) -> Exported:
    """Export one response."""
    response = saved.response
    excerpt = for_audience(response, saved.worksheet, private=private)
    text, undated = format_.render(excerpt), format_.undated(excerpt)
    return Exported(response.id, response.revision, text, excerpt.withheld, undated)


def read_chosen(one: str | Path, folder: ResponseFolder) -> Saved:
    """Read one of the responses chosen."""
    return read_response(one) if isinstance(one, Path) else find_response(one, folder)


def write_one(exported: Exported, path: Path, record: ExportRecord, *, force: bool) -> Written:
    """Write an export to a file. Raises LibwellError if another file is in the way."""
    data = exported.text.encode()
    if is_there(path):
        before = files.read_file(path, limit=1024**3)
        if before == data:
            return Written(path.name, "unchanged", exported.withheld, undated=exported.undated)
        if not force and not record.is_earlier(path, exported.response, exported.revision, before):
            raise LibwellError(
                f"{path} is there already, and is no earlier version of this export.",
                "--force replaces it, or choose another name.",
            )
    files.write_durably(path, data, private=True)
    record.note(path, exported.response, exported.revision, data)
    return Written(path.name, "written", exported.withheld, undated=exported.undated)


@dataclass
class Batch:
    """Many exports into one folder, one file each, named by response id."""

    output: Path
    format: Format
    folder: ResponseFolder
    record: ExportRecord
    private: bool = False
    force: bool = False
    _seen: dict[str, Path] = field(default_factory=dict, init=False)

    def write(self, chosen: Iterable[str | Path]) -> Iterator[Written]:
        """Write each, one named twice once; a bad one does not stop the rest.

        Raises UsageError if there can be no folder.
        """
        _make_folder(self.output, "Several responses need a folder: --output DIR.")
        for one in chosen:
            try:
                saved = read_chosen(one, self.folder)
                if not self._was_seen(saved):
                    yield self._write_one(saved)
            except LibwellError as error:
                yield Written(str(one), "failed", error=error)

    def _was_seen(self, saved: Saved) -> bool:
        """Whether this file was exported before. Raises LibwellError if another one with its id was."""
        before = self._seen.get(saved.response.id)
        if before is None:
            self._seen[saved.response.id] = saved.path
            return False
        if not is_same_file(before, saved.path):
            raise LibwellError(f"{saved.path}: there was another response with the id {saved.response.id}.")
        return True

    def _write_one(self, saved: Saved) -> Written:
        exported = export(saved, self.format, private=self.private)
        path = self.output / f"{exported.response}{self.format.suffix}"
        return write_one(exported, path, self.record, force=self.force)
