"""Asking for actions after the worksheet: in the words of its plan, every line saved before the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.flows.actions import taken_up
from libwell.flows.conversation import Hearing
from libwell.flows.walk_words import tell_step, tell_support
from libwell.kinds.base import NEW
from libwell.model.characters import one_line
from libwell.model.response import Action
from libwell.rules.commands import is_command, is_pause, plain_command, read_command, unescaped
from libwell.rules.planning import OpenPlan
from libwell.rules.privacy import is_private_action, private_prompts
from libwell.terminal.prompter import EndOfInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.actions import Hand
    from libwell.flows.world import World
    from libwell.kinds.base import Key
    from libwell.rules.commands import Command
    from libwell.storage.responses import ResponseFolder, Saved
    from libwell.terminal.prompter import Entry, Prompter

_ASKED = ("who", "due", "know", "level")
"""What is asked about a new action, after its step."""


def ask_note(prompter: Prompter) -> str:
    """Ask for a note of one line or several; `:pause` ends it as an empty line does. Raises EndOfInput."""
    prompter.say("Your note. Enter starts a new line, an empty line ends it.")
    lines: list[str] = []
    while True:
        entry = prompter.ask("> ")
        is_typed_command = is_command(entry.text) and not entry.pasted
        if is_typed_command and not is_pause(entry.text):
            prompter.say("Here you can type your note, or an empty line to end it.", style="warning")
        elif is_typed_command or not (entry.text or entry.followed):
            return "\n".join(lines).strip("\n")
        else:
            lines.append(entry.text if entry.pasted else unescaped(entry.text))


def ask_actions(saved: Saved, *, folder: ResponseFolder, prompter: Prompter, world: World) -> Iterator[str]:
    """Ask for actions until no more is given, as the walk asks; every line is saved before the next.

    Gives the id of each when all about it was asked, or what was given of it before Ctrl-D.
    """
    with taken_up(saved.path, folder, world) as hand:
        plan = OpenPlan(hand.saved.response, hand.saved.worksheet, world.today, country=world.country)
        asking = _Asking(plan, hand, prompter, world)
        asking.begin()
        while name := asking.ask_step():
            try:
                for part in _ASKED:
                    asking.ask((name, part))
            except EndOfInput:
                yield asking.id_of(name)
                return
            yield asking.id_of(name)


@dataclass
class _Asking:
    """The questions about new actions: those of the plan, in its words."""

    plan: OpenPlan
    hand: Hand
    prompter: Prompter
    world: World
    hearing: Hearing = field(init=False)

    def __post_init__(self) -> None:
        self.hearing = Hearing(self.prompter)

    def begin(self) -> None:
        """Say which plan it is, and whether what is added to it is private."""
        saved = self.hand.saved
        self.prompter.say(f"{one_line(saved.worksheet.title)} ({saved.response.short_id})", style="strong")
        if is_private_action(Action(step="…"), saved.worksheet, private_prompts(saved.worksheet)):
            self.prompter.say("This plan is private, and so is what you add to it.")

    def ask_step(self) -> str:
        """Ask for the step of a new action. Returns its id in the response; empty if there is none."""
        before = len(self.plan.response.actions)
        try:
            self.ask((NEW,))
        except EndOfInput:
            return ""
        actions = self.plan.response.actions
        return actions[-1].id if len(actions) > before else ""

    def id_of(self, name: str) -> str:
        """The id of an action on the command line."""
        return self.hand.saved.response.action_id(name)

    def ask(self, key: Key) -> None:
        """Ask one thing until the line can be read, and save it; Enter leaves it. Raises EndOfInput."""
        place = _Place(f"{len(self.plan.response.actions)}.{'.'.join(key)}", self.plan.step(key).label)
        self._tell(key)
        while not self.hearing.hear(partial(self._read, key), place):
            pass

    def _tell(self, key: Key) -> None:
        step = self.plan.step(key)
        tell_step(self.prompter, step, f"Enter keeps it. {step.hint}" if step.answer else step.hint)

    def _read(self, key: Key, entry: Entry) -> bool:
        """Take a line and save it, or obey it. Returns whether this is asked no more."""
        command = None if entry.pasted else read_command(entry.text)
        if command:
            return self._obey(command, key)
        if entry.is_bare_enter:
            return True
        try:
            taken = self.plan.take(key, entry.text if entry.pasted else unescaped(entry.text))
        except CannotReadError:
            command = None if entry.pasted else plain_command(entry.text)
            if command is None:
                raise
            return self._obey(command, key)
        self.hand.save(self.plan.response)
        if taken.said:
            self.prompter.say(taken.said)
        return True

    def _obey(self, command: Command, key: Key) -> bool:
        """Do what a command says, of those that mean something here."""
        if command.name == "pause":
            raise EndOfInput
        if command.name == "again":
            self._tell(key)
        elif command.name == "support":
            tell_support(self.prompter, self.world)
        else:
            self.prompter.say("Here you can type an answer, Enter, :support, or :pause to stop.")
        return False


@dataclass(frozen=True, slots=True)
class _Place:
    """One question about an action, for whoever hears what is typed there."""

    id: str
    name: str
    way_on: str = ":pause to stop"

    def remind(self) -> tuple[str, ...]:
        return ()

    def ask_again(self) -> str:
        return self.name
