"""Asking for actions after the worksheet: in the words of its plan, every line saved before the next."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.flows.conversation import Conversation, Question
from libwell.flows.opened import Held, Opened, hold
from libwell.flows.walk_words import tell_step, tell_support
from libwell.kinds.steps import NEW
from libwell.model.characters import one_line
from libwell.model.response import Action
from libwell.rules.commands import is_command, is_pause, plain_command, read_command, unescaped
from libwell.rules.planning import OpenPlan
from libwell.rules.privacy import is_private_action, private_prompts
from libwell.terminal.prompter import EndOfInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.world import World
    from libwell.kinds.steps import Key
    from libwell.rules.commands import Command
    from libwell.storage.responses import ResponseFolder
    from libwell.terminal.prompter import Entry, Prompter

_ASKED = ("who", "due", "know", "level")
"""What is asked about a new action, after its step."""


def ask_note(prompter: Prompter) -> str:
    """Ask for a note of one line or several, up to an empty line or `:pause`. Raises EndOfInput."""
    prompter.say("Your note. Enter starts a new line, an empty line ends it.")
    lines: list[str] = []
    while True:
        entry = prompter.ask("> ")
        if entry.pasted and entry.text:
            lines.append(entry.text)
        elif is_pause(entry.text) or not (entry.text or entry.followed):
            return "\n".join(lines).strip("\n")
        elif is_command(entry.text):
            prompter.say("Here you can type your note, or an empty line to end it.", style="warning")
        else:
            lines.append(unescaped(entry.text))


def ask_actions(opened: Opened, *, folder: ResponseFolder, prompter: Prompter, world: World) -> Iterator[str]:
    """Ask for actions until no more is given, as the walk asks; every line is saved before the next.

    Gives the id of each, such as `k3f9.a1`, when all about it was asked, or the person left with Ctrl-D or
    `:pause`. Raises LockedError while another process has the response open, and SaveError.
    """
    with hold(opened.path, folder, world) as held:
        response, worksheet = held.opened.response, held.opened.worksheet
        prompter.say(f"{one_line(worksheet.title)} ({response.short_id})", style="strong")
        if is_private_action(Action(step="…"), worksheet, private_prompts(worksheet)):
            prompter.say("This plan is private, and so is what you add to it.")
        plan = OpenPlan(response, worksheet, world.today, country=world.country)
        asking = _Adding(plan, held, prompter)
        while name := asking.ask_step():
            try:
                for part in _ASKED:
                    asking.ask((name, part))
            except EndOfInput:
                yield response.action_id(name)
                return
            yield response.action_id(name)


class _Adding:
    """The questions about new actions: those of the plan, in its words."""

    def __init__(self, plan: OpenPlan, held: Held, prompter: Prompter) -> None:
        self._plan, self._held, self._prompter = plan, held, prompter
        self._conversation = Conversation(prompter)

    def ask_step(self) -> str:
        """Ask for the step of a new action. Returns its id in the response; empty if there is none."""
        before = len(self._plan.response.actions)
        with suppress(EndOfInput):
            self.ask((NEW,))
        return "".join(action.id for action in self._plan.response.actions[before:])

    def ask(self, key: Key) -> None:
        """Ask one thing until the line can be read, and save it; Enter leaves it. Raises EndOfInput."""
        name = f"{len(self._plan.response.actions)}.{'.'.join(key)}"
        question = Question(name, self._plan.step(key).label, way_on=":pause to stop")
        self._tell(key)
        while not self._conversation.ask(question, partial(self._read, key)):
            pass

    def _tell(self, key: Key) -> None:
        step = self._plan.step(key)
        tell_step(self._prompter, step, f"Enter keeps it. {step.hint}" if step.answer else step.hint)

    def _read(self, key: Key, entry: Entry) -> bool:
        """Take a line and save it, or obey it. Returns whether this is asked no more."""
        text, command, plain = entry.text, None, None
        if not entry.pasted:
            command, plain = read_command(text), plain_command(text)
            text = unescaped(text)
        if command:
            return self._obey(command, key)
        if entry.is_bare_enter:
            return True
        try:
            taken = self._plan.take(key, text)
        except CannotReadError:
            if plain is None:
                raise
            return self._obey(plain, key)
        self._held.save(self._plan.response)
        if taken.said:
            self._prompter.say(taken.said)
        return True

    def _obey(self, command: Command, key: Key) -> bool:
        """Do what a command says, of those that mean something here."""
        if command.name == "pause":
            raise EndOfInput
        if command.name == "again":
            self._tell(key)
        elif command.name == "support":
            tell_support(self._prompter, self._held.world)
        else:
            self._prompter.say("Here you can type an answer, Enter, :support, or :pause to stop.")
        return False
