"""What failed of many: told on standard error in few words, given as data, and the exit status it makes.

Where very many fail for one reason, the first few are told in full, and the rest is counted. As data nothing
is shortened.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from libwell.errors import LibwellError
    from libwell.model.log_records import ErrorRecord
    from libwell.terminal.output import Output

_IN_FULL = 3
"""Lines of one kind that are told in full."""
_MOST_KINDS = 1_000
"""Kinds that are told apart; a line of any other is told in full."""
SOME_FAILED, ALL_FAILED = 3, 1


class ToldFailures:
    """Tells of failures as they come. `say` takes a line for standard error."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._counts: Counter[str] = Counter()
        self._first: LibwellError | None = None
        self.number = 0

    def tell(self, error: LibwellError, *names: str) -> None:
        """Tell of one failure. `names` are what else its sentence may call the file, besides its path."""
        self.number += 1
        self._first = self._first or error
        if isinstance(error, FileRefusedError):
            for mistake in error.mistakes:
                self._line(mistake.text(error.file), f"{mistake.said} {mistake.remedy}".rstrip())
        else:
            self._line(str(error), _without_names(error, names))

    def tell_of(self, name: str, words: str) -> None:
        """Tell of a file what its `words` say, as of a failure."""
        self._line(f"{name}: {words}", words)

    def _line(self, line: str, kind: str) -> None:
        """Tell a line, unless enough of its kind were told; `kind` is the line without the file's name."""
        if kind in self._counts or len(self._counts) < _MOST_KINDS:
            self._counts[kind] += 1
        if self._counts[kind] <= _IN_FULL:
            self._say(line)

    def end(self) -> None:
        """Say of each kind how many more there were."""
        for kind, count in self._counts.items():
            if count > _IN_FULL:
                self._say(f"… and {count - _IN_FULL:,} more like this: {' '.join(kind.splitlines())}")
        self._counts.clear()

    def status(self, *, done: int) -> int:
        """The exit status where so many were `done` beside those that failed: one alone keeps its own."""
        if self._first is None:
            return 0
        if done:
            return SOME_FAILED
        return self._first.status if self.number == 1 else ALL_FAILED


def _without_names(error: LibwellError, names: Iterable[str]) -> str:
    kind = error.message
    for name in filter(None, (error.file, *names)):
        kind = kind.replace(name, "this")
    return kind


@contextmanager
def telling_failures(say: Callable[[str], None]) -> Iterator[ToldFailures]:
    """Tell of failures in the block, and at its end, however it comes, how many more there were."""
    told = ToldFailures(say)
    try:
        yield told
    finally:
        told.end()


def print_failures(output: Output, failed: Sequence[LibwellError], *, done: int) -> int:
    """Say what could not be read, beside so many that could. Returns the exit status."""
    with telling_failures(lambda line: output.message(line, style="error")) as told:
        for error in failed:
            told.tell(error)
    return told.status(done=done)


def failures_data(failed: Iterable[LibwellError]) -> list[ErrorRecord]:
    """What could not be read, as plain data."""
    from libwell.model.log_records import error_record  # only with --json

    return list(map(error_record, failed))
