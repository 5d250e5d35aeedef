"""Asking for a line: the Protocol the walk and the other conversations speak to, and what comes back.

The walk runs in tests from a script and in life from a terminal; only this Protocol is known to flows.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person gave at a prompt.

    `text` has no line ending of its own, and line feeds inside only if it was pasted. `pasted` is true when
    the terminal said so: a pasted text is never a command. `followed` is true for an empty line when more
    came at once, as in a paste that the terminal does not mark.
    """

    text: str
    pasted: bool = False
    followed: bool = False

    @property
    def is_bare_enter(self) -> bool:
        """Whether the person pressed Enter and nothing else."""
        return not (self.pasted or self.text.strip())


def entry_of(text: str, *, begins_pasted: bool, comes: Callable[[], bool]) -> Entry:
    """The entry that a line is, as a terminal gave it, perhaps with the line feed of a paste at its end.

    `begins_pasted` is true where the terminal marked its beginning as pasted; `comes` tells whether more
    comes at once.
    """
    pasted = begins_pasted or "\n" in text
    return Entry(text.removesuffix("\n"), pasted=pasted, followed=text == "" and not pasted and comes())


class EndOfInput(Exception):  # noqa: N818 - not an error: Ctrl-D, a way to pause
    """The person pressed Ctrl-D, or the input ended."""


class Prompter(Protocol):
    """A conversation on one terminal, line by line, nothing redrawn."""

    def say(self, text: str = "", *, style: str = "") -> None:
        """Show text, folded to the width; style is '', 'strong', 'quiet', 'warning' or 'error'."""

    def ask(self, prompt: str, *, refused: Sequence[str] = ()) -> Entry:
        """Ask for one line (or one paste). Raises EndOfInput on Ctrl-D, KeyboardInterrupt on Ctrl-C.

        `refused` are lines that were not taken here: where there is line editing, the arrow up brings them
        back.
        """

    def edit(self, text: str) -> str | None:
        """Open the person's editor on a text. Returns what it left, or says why it can't and gives None."""

    def hide(self) -> None:
        """Clear screen and scrollback where the terminal can."""


class Keyboard(Protocol):
    """Where the lines of a conversation come from; one for each kind of system."""

    def enter(self) -> None:
        """Take the terminal over."""

    def leave(self) -> None:
        """Give the terminal back as it was; does nothing the second time."""

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Lend the terminal, as it was, to another program for the block."""
        self.leave()
        try:
            yield
        finally:
            self.enter()

    def read(self, prompt: str, refused: Sequence[str]) -> Entry:
        """Show a prompt of one line and take what is typed there; raises as `Prompter.ask` does."""


def types(prompter: Prompter, word: str) -> bool:
    """Whether the person types this one word, in whatever letters; the end of the input is a no."""
    try:
        return prompter.ask("> ").text.strip().casefold() == word
    except EndOfInput:
        return False
