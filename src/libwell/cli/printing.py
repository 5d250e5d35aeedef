"""JSON for scripts, and the few sentences several verbs share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from libwell.errors import LibwellError
from libwell.flows.formats import FORMATS
from libwell.terminal.output import Output

NO_ERASURE = (
    "This is no secure erasure: backups of this computer, and the disk itself, may keep traces. "
    "What you exported stays where you put it."
)


def print_json(output: Output, verb: str, data: dict[str, Any]) -> None:
    """Print one JSON document that says by which verb, and in which version, it was made."""
    output.data(FORMATS["json"].write({"schema": f"libwell.{verb}/1", **data}))


@contextmanager
def done_all_the_same(output: Output, done: str) -> Iterator[None]:
    """Say on standard error what was `done` where the block can't print it, so that nobody does it twice."""
    try:
        yield
    except OSError:
        output.message(done, style="warning")
        raise


def print_failures(output: Output, failed: list[LibwellError]) -> int:
    """Say what could not be read. Returns the exit status: 3 if there was anything, else 0."""
    for error in failed:
        output.message(str(error), style="error")
    return 3 if failed else 0


def list_width(output: Output) -> int:
    """Columns a list may take: those of the terminal; in a pipe as many as it needs, one line an entry."""
    return output.width if output.is_terminal else 10_000


def say_withheld(output: Output, count: int) -> None:
    """Say how much was left out as private."""
    if count:
        things = (
            "1 private answer or action was" if count == 1 else f"{count} private answers and actions were"
        )
        output.message(f"{things} left out; --private puts them in.")


def say_undated(output: Output, count: int) -> None:
    """Say how many steps a calendar has no day for."""
    if count:
        steps = "1 step without a day is" if count == 1 else f"{count} steps without a day are"
        output.message(f"{steps} not in the calendar.")
