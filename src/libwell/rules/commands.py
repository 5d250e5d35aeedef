"""What can be typed at any prompt beside an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.model.nearest import did_you_mean

if TYPE_CHECKING:
    from libwell.model.prompts.base import NotAnswer

_SHORTEST = 3
_COMMAND = re.compile(r":([A-Za-z][A-Za-z-]+)(?:\s+(.*?))?\s*", re.DOTALL)

NOT_ANSWER_COMMANDS: dict[str, NotAnswer] = {
    "dont-know": "dont-know",
    "not-applicable": "not-applicable",
    "prefer-not": "prefer-not-to-say",
}

HELP: tuple[tuple[str, str], ...] = (
    ("Enter", "keep what is there, or go on without an answer"),
    ("-", "empty what is there"),
    (":back", "one step back"),
    (":skip", "go on to the next question; an answer that is there stays"),
    (":skip part", "go past the rest of this part; answers that are there stay"),
    (":list", "all questions, and how far you are"),
    (":go 7", "jump to question 7 (or :go and its id)"),
    (":clear", "empty this whole question and ask it again"),
    (":why", "why this is asked"),
    (":editor", "write this answer in your editor"),
    (":support", "whom you can turn to"),
    (":hide", "clear the screen"),
    (":dont-know", "a full answer, where the question takes it"),
    (":not-applicable", "a full answer, where the question takes it"),
    (":prefer-not", "a full answer, always"),
    (":pause", "save and stop; go on whenever you like"),
    (":help", "this list"),
    ("::", "two colons begin a line of yours that is to start with one"),
)
"""What each typed word does, in the order shown."""

_NAMES = tuple(dict.fromkeys(typed[1:].split()[0] for typed, _ in HELP if typed[0] == ":" and typed != "::"))


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: its name without the colon, and what stands behind it."""

    name: str
    argument: str = ""


def is_command(text: str) -> bool:
    """Whether a typed line looks like a command, known or not."""
    return _COMMAND.fullmatch(text) is not None


def read_command(text: str) -> Command | None:
    """Read a typed line as a command, or as the beginning of one; None if it is none.

    Raises CannotReadError for an unknown one.
    """
    found = _COMMAND.fullmatch(text)
    if found is None:
        return None
    typed = found[1].casefold()
    begin = [name for name in _NAMES if name.startswith(typed) and len(typed) >= _SHORTEST]
    if typed in _NAMES or len(begin) == 1:
        return Command(typed if typed in _NAMES else begin[0], found[2] or "")
    near = did_you_mean(typed, _NAMES).replace("mean ", "mean :") or "Type :help to see what there is."
    raise CannotReadError(f"There is no :{typed}. {near} A line of yours that begins with : takes two, ::")


def unescaped(text: str) -> str:
    """The line as meant: two colons at its beginning are one."""
    return text[1:] if text.startswith("::") else text
