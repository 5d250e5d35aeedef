"""How far a long task is: a bar on standard error where that is a terminal, nothing elsewhere.

It is taken away when the task ends, and while something is said. To somebody who listens no bar is drawn:
one line says how many steps there are. It must not know what is being done.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Bar

    from libwell.terminal.output import Output

_FEW = 50
"""Steps that are done before anybody wonders."""


class Progress:
    """A task of so many steps; without a bar where nobody sees one."""

    def __init__(self, output: Output, bar: Bar | None = None) -> None:
        self._output = output
        self._bar = bar
        self._done = 0

    def advance(self) -> None:
        """Count one step."""
        self._done += 1
        if self._bar is not None and self._done % 16 == 0:  # to move the bar takes longer than a step may
            self._bar.update(self._bar.task_ids[0], completed=self._done)

    def message(self, text: str, *, style: str = "") -> None:
        """Say something while the bar is out of the way."""
        with self._hidden():
            self._output.message(text, style=style)

    def data(self, text: str) -> None:
        """Write something to standard output; where that is a screen, while the bar is out of the way."""
        with self._hidden(is_beside=not self._output.is_terminal):
            self._output.data(text)

    @contextmanager
    def _hidden(self, *, is_beside: bool = False) -> Iterator[None]:
        if self._bar is None or is_beside:
            yield
            return
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


@contextmanager
def progress(output: Output, title: str, total: int, *, aloud: bool) -> Iterator[Progress]:
    """Show for the block how far a task is: its title, and how many of `total` steps are done.

    `aloud` says that somebody listens.
    """
    is_seen = output.errors.is_capable and total >= _FEW and not output.is_quiet
    if aloud and is_seen:
        output.message(f"{title} {total:,} …")
    if aloud or not is_seen:
        yield Progress(output)
        return
    from rich import progress as parts  # as slow to import as ten starts of Python: only for a long task
    from rich.console import Console

    columns = (parts.TextColumn(title, markup=False), parts.BarColumn(), parts.MofNCompleteColumn())
    console = Console(
        file=output.errors.stream,
        no_color=not output.errors.has_color,
        highlight=False,
        width=output.errors.width - 1,  # behind the last column, a console of Windows is on a new line
        legacy_windows=False,  # it takes sequences, which rich would ask of standard output
    )
    with parts.Progress(*columns, parts.TimeRemainingColumn(), console=console, transient=True) as bar:
        bar.add_task(title, total=total)
        yield Progress(output, bar)
