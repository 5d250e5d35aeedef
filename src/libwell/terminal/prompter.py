"""Asking for a line: the Protocol the walk and the other conversations speak to, and what comes back.

The walk runs in tests from a script and in life from a terminal; only this Protocol is known to flows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person gave at a prompt.

    `text` has no line ending of its own; inner line feeds only if it was pasted or came from an editor.
    `pasted` is true when the terminal said so: a pasted text is never a command. `whole` is true when it
    stands for the complete answer (it came from the editor) and replaces what was there.
    """

    text: str
    pasted: bool = False
    whole: bool = False


class EndOfInput(Exception):  # noqa: N818 - not an error: Ctrl-D, a way to pause
    """The person pressed Ctrl-D, or the input ended."""


def types(prompter: Prompter, word: str) -> bool:
    """Whether the person types this one word, in whatever letters; the end of the input is a no."""
    try:
        return prompter.ask("> ").text.strip().casefold() == word
    except EndOfInput:
        return False


class Prompter(Protocol):
    """A conversation on one terminal, line by line, nothing redrawn."""

    def say(self, text: str = "", *, style: str = "") -> None:
        """Show text, wrapped to the width; style is '', 'strong', 'quiet' or 'warning'."""

    def ask(self, prompt: str, *, prefill: str = "") -> Entry:
        """Ask for one line (or one paste). Raises EndOfInput on Ctrl-D, KeyboardInterrupt on Ctrl-C."""

    def edit(self, text: str) -> str | None:
        """Open the person's editor on text; None if it could not be used (and say why)."""

    def hide(self) -> None:
        """Clear screen and scrollback where the terminal can."""
