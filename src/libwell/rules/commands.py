"""What can be typed at any prompt beside an answer."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.model.nearest import did_you_mean

if TYPE_CHECKING:
    from libwell.kinds.values import NotAnswer

_SHORTEST = 3
_LONGEST_SHOWN = 20
_COMMAND = re.compile(r"\s*(:[^\W\d_]|:?\?\s*$)")

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
    (":skip row", "go past the rest of this row of a table"),
    (":list", "all questions, and how far you are"),
    (":go 7", "jump to question 7 (or :go and its id)"),
    (":clear", "empty this whole question and ask it again"),
    ("?", "this question again, with all it has"),
    (":recall", "your earlier answer that helps here, in full"),
    (":why", "why this is asked"),
    (":editor", "write this answer in your editor"),
    (":support", "whom you can turn to"),
    (":hide", "clear the screen"),
    (":dont-know", "a full answer, where the question takes it; :idk too"),
    (":not-applicable", "a full answer, where the question takes it; :na too"),
    (":prefer-not", "a full answer, always"),
    (":pause", "save and stop, and go on later; :q, :quit, :exit, :stop too"),
    (":help", "this list"),
    ("::", "two colons begin a line of yours that is to start with one"),
)
"""What each typed word does, in the order shown."""

_NAMES = tuple(dict.fromkeys(typed[1:].split()[0] for typed, _ in HELP if typed[0] == ":" and typed != "::"))
OTHER_NAMES = {
    "?": "again",
    "q": "pause",
    "quit": "pause",
    "exit": "pause",
    "stop": "pause",
    "h": "help",
    "n/a": "not-applicable",
    "na": "not-applicable",
    "idk": "dont-know",
}
"""Other words for commands, and the command each means."""
_KNOWN = {name: name for name in _NAMES} | OTHER_NAMES
_PLAIN_WORDS = ("quit", "exit", "q", "stop", "help")
_WITH_ARGUMENT = ("go", "skip")
_HOW_TO_BEGIN = "A line of yours that begins with : takes two, ::"


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: its name without the colon, and what stands behind it."""

    name: str
    argument: str = ""


def is_command(text: str) -> bool:
    """Whether a typed line is meant as a command, known or not: a colon and a letter, or a question mark."""
    return _COMMAND.match(text) is not None


def read_command(text: str) -> Command | None:
    """Read a typed line as a command, or as the beginning of one; None if it is none.

    Raises CannotReadError for an unknown one, with the nearest, and for words behind one that takes none.
    """
    if not is_command(text):
        return None
    word, *rest = text.strip().removeprefix(":").split(maxsplit=1)
    typed = word.casefold()
    begin = [name for name in _NAMES if name.startswith(typed) and len(typed) >= _SHORTEST]
    name = _KNOWN.get(typed, begin[0] if len(begin) == 1 else "")
    if not name:
        way_on = did_you_mean(typed, _KNOWN).replace("mean ", "mean :") or "Type :help to see what there is."
        raise CannotReadError(f"There is no :{typed[:_LONGEST_SHOWN]}. {way_on} {_HOW_TO_BEGIN}")
    if rest and name not in _WITH_ARGUMENT:
        raise CannotReadError(f":{name} stands alone on its line. {_HOW_TO_BEGIN}")
    return Command(name, *rest)


def is_pause(text: str) -> bool:
    """Whether a typed line is the command to stop, in any of its words."""
    with suppress(CannotReadError):
        return read_command(text) == Command("pause")
    return False


def plain_command(text: str) -> Command | None:
    """The command that a word such as `quit` means, alone on a line that takes no words; None for others."""
    word = text.strip().casefold()
    return Command(OTHER_NAMES.get(word, word)) if word in _PLAIN_WORDS else None


def unescaped(text: str) -> str:
    """The line as meant: two colons at its beginning are one."""
    return text[1:] if text.startswith("::") else text
