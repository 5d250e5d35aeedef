"""Rendering many responses, in order, on as many processors as are wanted.

The first ones are rendered by this process. If there are more, it starts others, and goes on itself whenever
it would have to wait for them. No more is kept than keeps all of them busy.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from libwell.errors import LibwellError
from libwell.flows.exporting import Exported, exported
from libwell.storage.files import text_of
from libwell.storage.responses import ResponseFolder, parse, read_bytes
from libwell.storage.seen import Seen, digest_of, settled, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

    from libwell.flows.exporting import Form
    from libwell.flows.formats import Content
    from libwell.flows.opened import Opened
    from libwell.rules.privacy import Excerpt
    from libwell.storage.responses import ResponseFile
    from libwell.storage.seen import Noted

_NAME = (str, Path)
_CHUNK = 128
"""Responses that are rendered together, and handed to a process at a time."""
_WORTH_A_PROCESS = 1_000
"""Responses for which it pays to start one process more: it takes as long as to render some hundreds."""
_AHEAD = 6
"""Chunks that are kept for each process, rendered or not, until those before them are done."""


class Made(NamedTuple):
    """A response rendered, or why it could not be; `named` is what was named."""

    named: str
    exported: Exported | LibwellError


class Unchanged(NamedTuple):
    """A response that has not to be rendered: its file is as it was, and so is what was written from it.

    `is_news`: the record does not know yet that they are, as they were told by their bytes.
    """

    noted: Noted
    is_news: bool


class _Read(NamedTuple):
    """The text of a response's file, and what the file was."""

    text: str
    path: Path
    seen: Seen


@dataclass(frozen=True, slots=True)
class Rendering:
    """How each response of a batch is rendered. It goes to the processes that render."""

    form: Form
    folder: ResponseFolder
    private: bool

    @property
    def asked(self) -> str:
        """What is asked for, in a word."""
        return self.form.asked(private=self.private)

    def render(self, names: Sequence[str | Path]) -> list[Made]:
        """Read and render some; what stops one is told and does not stop the rest.

        Each step is taken for all of them before the next: what a step needs stays at hand in the processor,
        which saves a quarter of the time.
        """
        values: list[Any] = list(names)
        for step in (self._read, self._parse, self._judge, self._cut_out, self._make, self._write):
            values = [_tried(step, value) for value in values]
        return [Made(str(name), value) for name, value in zip(names, values, strict=True)]

    def _read(self, one: str | Path) -> _Read:
        from libwell.flows.opened import path_of  # heavy, as all of these: only where something has changed

        path = path_of(one, self.folder)
        state = state_of(path)  # before it is read: whatever changes it meanwhile is seen next time
        data = read_bytes(path, may_be_pipe=state is None)
        return _Read(text_of(data, path), path, Seen(settled(state), digest_of(data)))

    def _parse(self, one: _Read) -> tuple[Seen, ResponseFile]:
        return one.seen, parse(one.text, one.path)

    def _judge(self, one: tuple[Seen, ResponseFile]) -> tuple[Seen, Opened]:
        from libwell.flows.opened import judge  # see `_read`

        return one[0], judge(one[1])

    def _cut_out(self, one: tuple[Seen, Opened]) -> tuple[Seen, Opened, Excerpt]:
        from libwell.rules.privacy import leaving  # see `_read`

        return *one, leaving(one[1].excerpt(private=self.private))

    def _make(self, one: tuple[Seen, Opened, Excerpt]) -> tuple[Seen, Opened, Excerpt, Content]:
        return *one, self.form.make(one[2])

    def _write(self, one: tuple[Seen, Opened, Excerpt, Content]) -> Exported:
        seen, saved, excerpt, content = one
        rendered = self.form.format.write(content)
        return exported(saved, excerpt, rendered, self.form, private=self.private, read=seen)


def _tried(step: Callable[[Any], Any], value: Any) -> Any:
    """The next value, or the error that stops this one; what was stopped before stays so."""
    try:
        return value if isinstance(value, LibwellError) else step(value)
    except LibwellError as error:
        return error


def suitable_jobs(count: int, processors: int) -> int:
    """How many processes to render `count` responses with, at most as many as there are processors."""
    return max(1, min(processors, count // _WORTH_A_PROCESS))


# --- in order, on several processors --------------------------------------------------------------


class _Chunk:
    """Some items, and their results as far as these are there.

    An item is a response to render, or what is known of one that has not to be.
    """

    def __init__(self, items: Sequence[str | Path | Unchanged]) -> None:
        self._items = items
        self.names: list[str | Path] = [one for one in items if isinstance(one, _NAME)]
        self.made: list[Made] | None = None if self.names else []
        self.future: Future[list[Made]] | None = None

    @property
    def is_done(self) -> bool:
        """Whether its results can be had without waiting."""
        return self.made is not None or (self.future is not None and self.future.done())

    def results(self) -> Iterator[Made | Unchanged]:
        """The result of each item, in order; waits for a process that is at it."""
        if self.future is not None:
            self.made = self.future.result()
        made = iter(self.made or ())
        for one in self._items:
            yield next(made) if isinstance(one, _NAME) else one


def rendered(
    items: Iterable[str | Path | Unchanged], rendering: Rendering, *, jobs: int
) -> Iterator[Made | Unchanged]:
    """Every response rendered, in order, by so many processes; what is no name is passed on in its place.

    Raises LibwellError if a process that renders is stopped from outside.
    """
    chunks = map(_Chunk, _chunked(items))
    for first in chunks:  # where little has changed, one chunk is all there is to render
        if first.names:
            first.made = rendering.render(first.names)
        yield from first.results()
        if first.names and jobs > 1:
            break
    else:
        return
    from concurrent.futures.process import BrokenProcessPool

    with ExitStack() as stack:
        crew = _crew(rendering, jobs - 1)
        stack.callback(crew.shutdown, wait=False, cancel_futures=True)
        try:
            yield from _rendered_with(crew, chunks, rendering, workers=jobs - 1)
        except BrokenProcessPool:
            raise LibwellError("A process that renders was stopped from outside.", "Try --jobs 1.") from None


def _rendered_with(
    crew: ProcessPoolExecutor, chunks: Iterator[_Chunk], rendering: Rendering, *, workers: int
) -> Iterator[Made | Unchanged]:
    """The results of all chunks, in order, rendered by the crew and, instead of waiting for it, here."""
    waiting: deque[_Chunk] = deque()
    while True:
        at_work = sum(not chunk.is_done for chunk in waiting)
        for chunk in islice(chunks, max(0, 2 * workers - at_work)):
            if chunk.made is None:
                chunk.future = crew.submit(_render_here, chunk.names)
            waiting.append(chunk)
        if not waiting:
            return
        if not waiting[0].is_done and len(waiting) < _AHEAD * (workers + 1):
            more = next(chunks, None)
            if more is not None:
                more.made = rendering.render(more.names)
                waiting.append(more)
                continue
        yield from waiting.popleft().results()


def _chunked(items: Iterable[str | Path | Unchanged]) -> Iterator[list[str | Path | Unchanged]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _crew(rendering: Rendering, workers: int) -> ProcessPoolExecutor:
    """Processes to render with. They leave when this one does."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("spawn")  # the one way that every system has
    only_reads = replace(rendering, folder=ResponseFolder(rendering.folder.folder))  # and says nothing
    with _unheard("SIGINT", "SIGTERM", "SIGHUP"):
        crew = ProcessPoolExecutor(workers, context, initializer=_begin_rendering, initargs=(only_reads,))
        for _ in range(workers):
            crew.submit(_render_here, [])  # starts them all, now
    return crew


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


_mine: list[Rendering] = []
"""What a process of the crew was started for."""


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


def _render_here(names: Sequence[str | Path]) -> list[Made]:
    return _mine[0].render(names)
