"""Hearing one line after another: what can't be read is said, and asked for again on a fresh, empty line.

No line stands again: where there is line editing, the arrow up brings it back, for this question only. It
must not know what is asked, or save anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from libwell.errors import CannotReadError
from libwell.rules.commands import is_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.terminal.prompter import Entry, Prompter

_HELPED = 2
"""How many refusals say what :help is for."""

T = TypeVar("T")


class Place(Protocol):
    """Where a line is asked for."""

    @property
    def id(self) -> str:
        """What tells it from every other place."""

    @property
    def way_on(self) -> str:
        """What goes on without an answer, such as `:skip`; empty if nothing does."""

    def remind(self) -> tuple[str, ...]:
        """Lines to say below a refusal: what the letters or numbers of the question mean."""

    def ask_again(self) -> str:
        """The question's short name."""


@dataclass
class Hearing:
    """One conversation's ear: it remembers what was refused at the place where it is now."""

    prompter: Prompter
    _place: str = field(default="", init=False)
    _refused: list[str] = field(default_factory=list, init=False)
    _was_refused: bool = field(default=False, init=False)
    _times: int = field(default=0, init=False)

    def hear(self, read: Callable[[Entry], T], place: Place) -> T:
        """Ask until `read` takes an entry, and give what it gave. `read` raises CannotReadError if it can't.

        The first bare Enter after a refusal only asks again: whoever presses it may not have heard that
        nothing was taken. Raises EndOfInput.
        """
        if place.id != self._place:
            self._place, self._refused = place.id, []
        self._was_refused = False
        while True:
            entry = self.prompter.ask("> ", refused=self._refused)
            if self._was_refused and entry.is_bare_enter:
                self._was_refused = entry.followed
                self.prompter.say(place.ask_again())
                continue
            try:
                return read(entry)
            except CannotReadError as error:
                self._refuse(str(error), entry, place)

    def _refuse(self, reason: str, entry: Entry, place: Place) -> None:
        """Say why a line was not taken, and what can be done."""
        self._was_refused = True
        if "\n" not in entry.text:
            self._refused.append(entry.text)
        said = f"Not taken: {reason}"
        if place.way_on and not is_command(entry.text):
            begin = "Or" if "Type " in reason else "Type again, or"
            said = f"{said} {begin} {place.way_on}."
        self.prompter.say(said, style="warning")
        for line in place.remind():
            self.prompter.say(line, style="quiet")
        self._times += 1
        if self._times <= _HELPED and ":help" not in reason:
            self.prompter.say(":help shows what you can type.", style="quiet")
