"""One line asked for after another: what can't be read is said, and asked for again on a fresh, empty line.

No line stands again: where there is line editing, the arrow up brings it back, for this question only. It
must not know what is asked, or save anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from libwell.errors import CannotReadError
from libwell.rules.commands import is_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.terminal.prompter import Entry, Prompter

_HELPED = 2
"""How many refusals say what :help is for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What a line is asked for: an id that no other question has, and the name it has when asked again.

    `way_on` goes on without an answer, such as `:skip` (empty: nothing does); `legend` says below a refusal
    what the letters or numbers of the question mean.
    """

    id: str
    name: str
    way_on: str = ""
    legend: str = ""


@dataclass
class Conversation:
    """One conversation at a terminal: it remembers what was refused at the question where it is now."""

    prompter: Prompter
    _here: str = field(default="", init=False)
    _refused: list[str] = field(default_factory=list, init=False)
    _times: int = field(default=0, init=False)

    def ask(self, question: Question, read: Callable[[Entry], T]) -> T:
        """Ask until `read` takes an entry, and give what it gave. `read` raises CannotReadError if it can't.

        The first bare Enter after a refusal only asks again: whoever presses it may not have heard that
        nothing was taken. Raises EndOfInput.
        """
        if question.id != self._here:
            self._here, self._refused = question.id, []
        was_refused = False
        while True:
            entry = self.prompter.ask("> ", refused=self._refused)
            if was_refused and entry.is_bare_enter:
                was_refused = entry.followed
                self.prompter.say(question.name)
                continue
            try:
                return read(entry)
            except CannotReadError as error:
                was_refused = True
                self._refuse(str(error), entry, question)

    def _refuse(self, reason: str, entry: Entry, question: Question) -> None:
        """Say why a line was not taken, and what can be done."""
        if "\n" not in entry.text:
            self._refused.append(entry.text)
        said = f"Not taken: {reason}"
        if question.way_on and not is_command(entry.text):
            begin = "Or" if "Type " in reason else "Type again, or"
            said = f"{said} {begin} {question.way_on}."
        self.prompter.say(said, style="warning")
        if question.legend:
            self.prompter.say(question.legend, style="quiet")
        self._times += 1
        if self._times <= _HELPED and ":help" not in reason:
            self.prompter.say(":help shows what you can type.", style="quiet")
