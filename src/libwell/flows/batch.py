"""Export of many responses into one folder, one file each, on as many processors as are wanted.

Responses are read and rendered wherever there is a processor; only here are files written, in the order in
which the responses were named, so that the result is the same whatever the number of jobs. Nothing is kept of
a response once its file is written.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from libwell.errors import LibwellError
from libwell.flows.exporting import Exported, Written, exported, file_name, make_folder, write_one
from libwell.flows.opened import find_path, judge
from libwell.rules.privacy import leaving
from libwell.storage import files
from libwell.storage.places import is_folder, is_same_file
from libwell.storage.responses import parse, read_text
from libwell.storage.worksheets import is_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from libwell.flows.exporting import Form
    from libwell.flows.formats import Content
    from libwell.flows.opened import Opened
    from libwell.rules.privacy import Excerpt
    from libwell.storage.export_record import ExportRecord
    from libwell.storage.responses import ResponseFolder

_CHUNK = 64
"""Responses handed to a process at a time; the record is saved as often."""

_WORTH_A_PROCESS = 300
"""Responses that take as long as to start a process for them."""


class Chosen:
    """What to export, in order: names of saved responses, and files; a folder gives every file in it.

    Only names are kept of a folder, as it may hold very many.
    """

    def __init__(self, names: Iterable[str], folder: ResponseFolder, *, everything: bool) -> None:
        self._parts: list[tuple[Callable[[str], str | Path], Sequence[str]]] = []
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

    def __len__(self) -> int:
        """How many there are; one named twice is two."""
        return sum(len(names) for _, names in self._parts)

    def __iter__(self) -> Iterator[str | Path]:
        """Each, a file as its path."""
        for thing_of, names in self._parts:
            yield from map(thing_of, names)


class Made(NamedTuple):
    """A response rendered, or why it could not be; `named` is what was named."""

    named: str
    exported: Exported | LibwellError


@dataclass(frozen=True, slots=True)
class Rendering:
    """How each response of a batch is rendered. It goes to the processes that render."""

    form: Form
    folder: ResponseFolder
    private: bool

    def render(self, names: Sequence[str | Path]) -> list[Made]:
        """Read and render some; what stops one is told and does not stop the rest.

        Each step is taken for all of them before the next: what a step needs stays at hand in the processor,
        which saves a quarter of the time.
        """
        values: list[Any] = list(names)
        for step in (self._read, lambda read: parse(*read), judge, self._cut_out, self._make, self._write):
            values = [_tried(step, value) for value in values]
        return [Made(str(name), value) for name, value in zip(names, values, strict=True)]

    def _read(self, one: str | Path) -> tuple[str, Path]:
        path = one if isinstance(one, Path) else find_path(one, self.folder)
        return read_text(path, may_be_pipe=True), path

    def _cut_out(self, saved: Opened) -> tuple[Opened, Excerpt]:
        return saved, leaving(saved.excerpt(private=self.private))

    def _make(self, seen: tuple[Opened, Excerpt]) -> tuple[Opened, Excerpt, Content]:
        return *seen, self.form.make(seen[1])

    def _write(self, made: tuple[Opened, Excerpt, Content]) -> Exported:
        saved, excerpt, content = made
        return exported(saved, excerpt, self.form.format.write(content), self.form)


def _tried(step: Callable[[Any], Any], value: Any) -> Any:
    """The next value, or the error that stops this one; what was stopped before stays so."""
    try:
        return value if isinstance(value, LibwellError) else step(value)
    except LibwellError as error:
        return error


@dataclass
class Batch:
    """Many exports into one folder."""

    output: Path
    rendering: Rendering
    record: ExportRecord
    jobs: int = 1
    force: bool = False
    _count: int = field(default=0, init=False)

    def write(self, chosen: Chosen) -> Iterator[Written]:
        """Write each, one named twice once; a bad one does not stop the rest.

        Raises UsageError if there can be no folder.
        """
        make_folder(self.output, "Several responses need a folder: --output DIR.")
        files.sweep_abandoned(self.output, suffix=self.rendering.form.format.suffix)
        yield from filter(None, map(self._outcome, rendered(chosen, self.rendering, jobs=self.jobs)))

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
        before = self.record.source_of(path)
        if before and is_same_file(Path(before), exported.source):
            return None
        if before:
            message = f"{exported.source}: there was another response with the id {exported.response}."
            raise LibwellError(message)
        written = write_one(exported, path, self.record, force=self.force, write=files.write_whole)
        self._count += 1
        if self._count % _CHUNK == 0:
            self.record.save()
        return written


def suitable_jobs(count: int, processors: int) -> int:
    """How many processes to render `count` responses with, at most as many as there are processors."""
    return max(1, min(processors, count // _WORTH_A_PROCESS))


# --- on several processors ------------------------------------------------------------------------


def rendered(chosen: Chosen, rendering: Rendering, *, jobs: int) -> Iterator[Made]:
    """Every response rendered, in order; no more of them at a time than keep the processes busy."""
    chunks = _chunks(chosen)
    if jobs < 2:
        for chunk in chunks:
            yield from rendering.render(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    context = get_context("spawn")  # the one way that every system has
    with _unheard("SIGINT", "SIGTERM", "SIGHUP"):
        pool = ProcessPoolExecutor(jobs, context, initializer=_begin_rendering, initargs=(rendering,))
        first = islice(chunks, 2 * jobs + 1)
        waiting = deque(pool.submit(_render_chunk, chunk) for chunk in first)
    try:
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_render_chunk, chunk) for chunk in islice(chunks, 1))
    except BrokenProcessPool:
        raise LibwellError("A process that renders was stopped from outside.", "Try --jobs 1.") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _unheard(*names: str) -> Iterator[None]:
    """Have processes that are started in the block never hear these signals, which a terminal sends to all.

    They leave when the first process does.
    """
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _chunks(chosen: Chosen) -> Iterator[list[str | Path]]:
    names = iter(chosen)
    while chunk := list(islice(names, _CHUNK)):
        yield chunk


_mine: list[Rendering] = []
"""What a process of the pool was started for."""


def _begin_rendering(rendering: Rendering) -> None:
    from threading import Thread

    Thread(target=_leave_with_parent, daemon=True).start()
    _mine.append(rendering)


def _leave_with_parent() -> None:
    """Wait for the process that started this one, and leave with it, however it goes."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _render_chunk(chunk: list[str | Path]) -> list[Made]:
    return _mine[0].render(chunk)
