"""Whether to go on with a draft of the same worksheet, asked before a walk begins."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.flows.opened import how_far, when
from libwell.flows.walk_words import tell_support
from libwell.rules.commands import plain_command, read_command
from libwell.storage.responses import ResponseFolder, Saved
from libwell.terminal.prompter import EndOfInput, Prompter

if TYPE_CHECKING:
    from libwell.flows.world import World
    from libwell.model.worksheet import Worksheet


class LeftForNow(EndOfInput):
    """The person left before the first question, with `:pause`: nothing is made, and nothing is lost."""


def choose_draft(
    worksheet: Worksheet, folder: ResponseFolder, *, prompter: Prompter, world: World
) -> Saved | None:
    """The latest draft of a worksheet if the person wants to go on with it, or None. Raises LeftForNow."""
    drafts = [
        saved
        for saved in folder.read_all()
        if isinstance(saved, Saved)
        and saved.response.status == "draft"
        and saved.worksheet.id == worksheet.id
    ]
    if not drafts:
        return None
    draft = max(drafts, key=lambda saved: saved.response.updated)
    prompter.say(
        f"You have a draft of “{worksheet.title}”, {how_far(draft)}, from {when(draft.response, world)}."
    )
    while True:
        prompter.say("Go on with it? Enter or y goes on; n begins a new one, and the draft stays.")
        word = prompter.ask("> ").text.strip().casefold()
        if word in ("", "y", "yes"):
            return draft
        if word in ("n", "no"):
            return None
        match _command_of(word):
            case "support":
                tell_support(prompter, world)
            case "pause":
                raise LeftForNow
            case _:
                prompter.say("Type y or n, or :pause to leave it for now.")


def _command_of(line: str) -> str:
    """The name of a command that can be read; empty if it is none."""
    with suppress(CannotReadError):
        command = read_command(line) or plain_command(line)
        return command.name if command else ""
    return ""
