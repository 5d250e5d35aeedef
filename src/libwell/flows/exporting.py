"""Export of one response or many: read, cut out what may be seen, render, write.

What is private is left out unless asked for. A file that somebody else made or changed is never replaced
without `force`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from libwell.errors import LibwellError, UsageError
from libwell.flows.looking import find_response, view
from libwell.model.document import Document
from libwell.storage import files
from libwell.storage.places import is_folder, is_there
from libwell.storage.responses import ResponseFolder, Saved, read_response
from libwell.storage.worksheets import is_path

if TYPE_CHECKING:
    from libwell.storage.exports import ExportRecord

Render = Callable[[Document], str]


@dataclass(frozen=True, slots=True)
class Exported:
    """A response as a document in its format. `withheld` counts what was left out as private."""

    response: str
    text: str
    withheld: int


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file of a batch."""

    name: str
    outcome: Literal["written", "unchanged", "failed"]
    withheld: int = 0
    error: LibwellError | None = None


def choose(names: Iterable[str], folder: ResponseFolder, *, everything: bool) -> list[str | Path]:
    """What to export, in order: names of saved responses, and files; folders give every file in them."""
    chosen: list[str | Path] = list(folder.paths()) if everything else []
    for name in names:
        path = Path(name)
        if is_path(name) and is_folder(path):
            chosen += files.list_files(path, suffix=".toml")
        else:
            chosen.append(path if is_path(name) else name)
    return chosen


def export(saved: Saved, render: Render, *, private: bool) -> Exported:
    """Export one response."""
    document, excerpt = view(saved, private=private)
    return Exported(saved.response.id, render(document), excerpt.withheld)


def read_chosen(one: str | Path, folder: ResponseFolder) -> Saved:
    """Read one of the responses chosen."""
    return read_response(one) if isinstance(one, Path) else find_response(one, folder)


def write_one(exported: Exported, path: Path, record: ExportRecord, *, force: bool) -> Written:
    """Write an export to a file. Raises LibwellError if another file is in the way."""
    data = exported.text.encode()
    if is_there(path):
        before = files.read_file(path, limit=1024**3)
        if before == data:
            return Written(path.name, "unchanged", exported.withheld)
        if not force and not record.is_ours(path, exported.response, before):
            raise LibwellError(
                f"{path} is there already, and is not what libwell last wrote.", "--force replaces it."
            )
    files.write_durably(path, data, private=True)
    record.note(path, exported.response, data)
    return Written(path.name, "written", exported.withheld)


@dataclass
class Batch:
    """Many exports into one folder, one file each, named by response id."""

    output: Path
    render: Render
    folder: ResponseFolder
    record: ExportRecord
    suffix: str
    private: bool = False
    force: bool = False
    _names: set[str] = field(default_factory=set, init=False)

    def write(self, chosen: Iterable[str | Path]) -> Iterator[Written]:
        """Write each; a bad one does not stop the rest. Raises UsageError if there can be no folder."""
        if is_there(self.output) and not is_folder(self.output):
            raise UsageError(f"{self.output} is a file.", "Several responses need a folder: --output DIR.")
        files.make_private_folder(self.output)
        for one in chosen:
            try:
                yield self._write_one(one)
            except LibwellError as error:
                yield Written(str(one), "failed", error=error)

    def _write_one(self, one: str | Path) -> Written:
        exported = export(read_chosen(one, self.folder), self.render, private=self.private)
        if exported.response in self._names:
            raise LibwellError(f"{one}: there was another response with the id {exported.response}.")
        self._names.add(exported.response)
        path = self.output / f"{exported.response}{self.suffix}"
        return write_one(exported, path, self.record, force=self.force)
