"""Export of many responses into one folder, one file each.

What has not changed since it was written is neither read nor rendered. All else is rendered wherever there is
a processor; only here are files written, in the order in which the responses were named, so that the result
is the same whatever the number of jobs. Nothing is kept of a response once its file is written.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, UsageError
from libwell.flows.exporting import (
    LARGEST,
    Exported,
    Written,
    another_response,
    make_folder,
    write_one,
    written,
)
from libwell.flows.formats import file_name
from libwell.flows.rendering import Unchanged, rendered
from libwell.storage import files, leftovers
from libwell.storage.places import is_folder, is_pipe, is_same_file
from libwell.storage.responses import read_bytes
from libwell.storage.seen import Noted, Seen, settled, state_of
from libwell.storage.worksheets import is_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from libwell.flows.rendering import Made, Rendering
    from libwell.flows.selecting import Selection
    from libwell.storage.export_record import ExportRecord
    from libwell.storage.responses import ResponseFolder

_LOOKED_UP_TOGETHER = 128
"""Responses that the record is asked for at a time."""
_SAVED_EVERY = 64
"""Files after which the record is saved."""


class Chosen:
    """What to export, in order: names of saved responses, and files; a folder gives every file in it.

    Only names are kept of a folder, as it may hold very many. `folders` holds the folders' whole paths.
    """

    def __init__(self, names: Iterable[str], folder: ResponseFolder, *, everything: bool) -> None:
        self._folder = folder
        self._parts: list[tuple[Callable[[str], str | Path], Sequence[str]]] = []
        self.folders: set[Path] = set()
        if everything:
            self._add_folder(folder.folder)
        for name in dict.fromkeys(names):
            if not is_path(name):
                self._parts.append((str, (name,)))
            elif is_folder(Path(name)):
                self._add_folder(Path(name))
            else:
                self._parts.append((Path, (name,)))

    def _add_folder(self, folder: Path) -> None:
        self._parts.append((folder.joinpath, files.list_names(folder, suffix=".toml")))
        self.folders.add(folder.absolute())

    def narrowed(self, selection: Selection) -> Chosen:
        """Those of them that are meant, and what can't be found. Raises UsageError for a pipe."""
        narrow = Chosen((), self._folder, everything=False)
        narrow.folders = self.folders
        for thing_of, names in self._parts:
            meant = [name for name in names if self._may_mean(thing_of(name), selection)]
            narrow._parts.append((thing_of, meant))
        return narrow

    def _may_mean(self, one: str | Path, selection: Selection) -> bool:
        from libwell.flows.opened import path_of  # heavy: only where something is chosen among many

        try:
            path = path_of(one, self._folder)
        except LibwellError:
            return True
        if is_pipe(path):
            name = files.one_line_name(path)
            message = f"{name} is a pipe, which is read only once: nothing can be chosen from it."
            raise UsageError(message, "Save it to a file first.")
        return selection.may_mean(path)

    def paths(self) -> Iterator[Path]:
        """The file of each that can be found."""
        from libwell.flows.opened import path_of  # see `_may_mean`

        for one in self:
            with suppress(LibwellError):
                yield path_of(one, self._folder)

    def __len__(self) -> int:
        """How many there are; one named twice is two."""
        return sum(len(names) for _, names in self._parts)

    def __iter__(self) -> Iterator[str | Path]:
        """Each, a file as its path."""
        for thing_of, names in self._parts:
            yield from map(thing_of, names)


@dataclass
class Batch:
    """Many exports into one folder. With `verify` every response is read, also where nothing has changed.

    Of the files met so far it keeps the hashes of their paths, which take less memory than the paths.
    """

    output: Path
    rendering: Rendering
    record: ExportRecord
    jobs: int = 1
    force: bool = False
    verify: bool = False
    _noted: int = field(default=0, init=False)
    _met: set[int] = field(default_factory=set, init=False)

    def write(self, chosen: Iterable[str | Path]) -> Iterator[Written]:
        """Write each, one named twice once; a bad one does not stop the rest.

        Raises UsageError if there can be no folder.
        """
        make_folder(self.output, "Several responses need a folder: --output DIR.")
        leftovers.sweep_abandoned(self.output, suffix=self.rendering.form.format.suffix)
        all_new = self.verify or not self.record.knows(self.output)
        items = chosen if all_new else self._unchanged_or_named(chosen)
        for one in rendered(items, self.rendering, jobs=self.jobs):
            outcome = self._found_unchanged(one) if isinstance(one, Unchanged) else self._outcome(one)
            if outcome is not None:
                yield outcome

    # --- what has not changed ---------------------------------------------------------------------

    def _unchanged_or_named(self, chosen: Iterable[str | Path]) -> Iterator[str | Path | Unchanged]:
        """Each response that has not changed, as the record knows it; else what was named."""
        suffix, folder = self.rendering.form.format.suffix, self.rendering.folder.folder
        rest = iter(chosen)
        while some := list(islice(rest, _LOOKED_UP_TOGETHER)):
            sources = [one if isinstance(one, Path) else folder / f"{one}.toml" for one in some]
            names = {source: file_name(source.stem, suffix) for source in sources}
            found = self.record.find(self.output, names, self.rendering.asked)
            for one, source in zip(some, sources, strict=True):
                noted = found.get(source)
                yield (_unchanged(noted, source) if noted is not None else None) or one

    def _found_unchanged(self, found: Unchanged) -> Written | None:
        noted = found.noted
        try:
            if not self._is_first(noted.path, noted.source, noted.response):
                return None
        except LibwellError as error:
            return Written(noted.response, str(noted.source), None, "failed", error=error)
        self._met.add(hash(noted.path))
        if found.is_news:
            self.record.note(noted)
        return written(noted, "unchanged")

    # --- what has -----------------------------------------------------------------------------------

    def _outcome(self, made: Made) -> Written | None:
        """Write one file, and say what became of it; None if it was written in this batch already."""
        exported = made.exported
        if isinstance(exported, LibwellError):
            return Written(made.named, made.named, None, "failed", error=exported)
        try:
            return self._write_one(exported)
        except LibwellError as error:
            return Written(exported.response, str(exported.source), None, "failed", error=error)

    def _write_one(self, exported: Exported) -> Written | None:
        path = self.output / file_name(exported.response, self.rendering.form.format.suffix)
        if not self._is_first(path, exported.source, exported.response):
            return None
        done, noted = write_one(exported, path, self.record, force=self.force, write=files.write_whole)
        self._met.add(hash(path))
        self.record.note(noted)
        self._noted += 1
        if self._noted % _SAVED_EVERY == 0:
            self.record.save()
        return done

    def _is_first(self, path: Path, source: Path, response: str) -> bool:
        """Whether no response of this batch is in this file yet; false if the same one is.

        Raises LibwellError if another one is, which has the same id.
        """
        if hash(path) not in self._met:
            return True
        if not is_same_file(Path(self.record.source_of(path)), source):
            raise another_response(source, response)
        return False


def _unchanged(noted: Noted, source: Path) -> Unchanged | None:
    """What was noted of a file, if it is as it was, like its source; else None."""
    try:
        now = _as_it_was(noted, source)
    except LibwellError:  # it is told when the response is read
        return None
    return Unchanged(now, is_news=now is not noted) if now is not None else None


def _as_it_was(noted: Noted, source: Path) -> Noted | None:
    """What is to be known from now on of a file that is as it was, like its source; else None.

    Raises LibwellError if one of them can't be read.
    """
    state, target = state_of(source), state_of(noted.path)
    is_same = noted.read.is_still(state, lambda: read_bytes(source))
    if not is_same or not noted.written.is_still(target, lambda: files.read_file(noted.path, limit=LARGEST)):
        return None
    if state == noted.read.state and target == noted.written.state:
        return noted
    read, kept = Seen(settled(state), noted.read.digest), Seen(target, noted.written.digest)
    return noted._replace(source=source, read=read, written=kept)
