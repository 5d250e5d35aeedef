"""What is asked before a walk begins: which worksheet, whether to go on with a draft, whether with the rest.

No answer is ever said here. `:support` helps here too, and `:pause` leaves: nothing is made or lost.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from libwell.errors import CannotReadError, LibwellError
from libwell.flows.opened import Opened, read_response, say_when
from libwell.flows.walk_words import tell_support
from libwell.model.characters import counted, first_words, one_line
from libwell.rules.commands import Command, plain_command, read_command
from libwell.terminal.prompter import EndOfInput, Prompter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.storage.responses import ResponseFolder
    from libwell.storage.worksheets import Header

T = TypeVar("T")
SENTENCE = 77
"""Characters of a worksheet's summary, at most: a line, so that all of them fit on a screen."""


class LeftForNow(EndOfInput):
    """The person left before the first question, with `:pause`: nothing is made, and nothing is lost."""


def choose(question: str, read: Callable[[str], T], *, prompter: Prompter, world: World) -> T:
    """Ask until `read` takes what is typed, and give what it gave. `read` raises CannotReadError if it can't.

    Raises LeftForNow for `:pause`, and EndOfInput.
    """
    while True:
        prompter.say(question)
        try:
            typed = prompter.ask("> ").text.strip()
            command = read_command(typed) or plain_command(typed)
            if command is None:
                return read(typed)
        except CannotReadError as error:
            prompter.say(f"Not taken: {error}", style="warning")
            continue
        if command == Command("pause"):
            raise LeftForNow
        if command == Command("support"):
            tell_support(prompter, world)
        else:
            prompter.say("Here you can type :pause to leave, or :support for whom you can turn to.")


def _enter_or_n(typed: str) -> bool:
    """Read Enter, y or n. Raises CannotReadError."""
    answers = {**dict.fromkeys(("", "y", "yes"), True), "n": False, "no": False}
    if typed.casefold() not in answers:
        raise CannotReadError("Type y or n, or :pause to leave it for now.")
    return answers[typed.casefold()]


# --- which worksheet ------------------------------------------------------------------------------


def choose_worksheet(
    headers: Sequence[Header], folder: ResponseFolder, *, prompter: Prompter, world: World
) -> str:
    """Show the worksheets at hand, numbered, and ask for one. Returns its id.

    Raises LeftForNow for `:pause`, and EndOfInput.
    """
    latest = {head.worksheet: head for head in reversed(folder.heads()) if head.status == "draft"}
    for number, header in enumerate(headers, 1):
        minutes = counted(header.minutes, "minute", "minutes") if header.minutes else ""
        draft = f"a draft from {say_when(latest[header.id].updated, world)}" if header.id in latest else ""
        short = f"or {header.short_minutes} with --short" if header.short_minutes else ""
        about = ", ".join(filter(None, (header.id, minutes, short, draft)))
        prompter.say(f"{number}. {one_line(header.title)} ({about})", style="strong")
        if header.summary:
            prompter.say(f"   {first_words(header.summary, SENTENCE)}")
    prompter.say()
    question = "Which one? Type its number, or the beginning of its name. :pause leaves."

    def read(typed: str) -> str:
        return _read_worksheet(typed, headers)

    return choose(question, read, prompter=prompter, world=world)


def _read_worksheet(typed: str, headers: Sequence[Header]) -> str:
    """Read a number, an id, or the beginning of one id or title. Raises CannotReadError."""
    wanted = typed.casefold()
    numbered = {str(number): header.id for number, header in enumerate(headers, 1)}
    exact = numbered | {header.id.casefold(): header.id for header in headers}
    if wanted in exact:
        return exact[wanted]
    begin = [
        header.id
        for header in headers
        if wanted and any(name.casefold().startswith(wanted) for name in (header.id, one_line(header.title)))
    ]
    if len(begin) == 1:
        return begin[0]
    if begin:
        raise CannotReadError(f"Several begin so: {', '.join(begin)}. Type a little more.")
    raise CannotReadError(f"Type a number from 1 to {len(headers)}, or a name as it stands in the list.")


# --- a draft, and the rest of a short way ---------------------------------------------------------


def choose_draft(
    worksheet: Worksheet, folder: ResponseFolder, *, prompter: Prompter, world: World
) -> Path | None:
    """Ask whether to go on with the latest draft of a worksheet, where there is one.

    Returns the draft's file, or None to begin anew. Raises LeftForNow for `:pause`, and EndOfInput.
    """
    draft = _latest_draft(worksheet, folder)
    if draft is None:
        return None
    far = f"{draft.progress} answered, from {say_when(draft.response.updated, world)}"
    prompter.say(f"You have a draft of “{worksheet.title}”, {far}.")
    question = "Go on with it? Enter or y goes on; n begins a new one, and the draft stays."
    return draft.path if choose(question, _enter_or_n, prompter=prompter, world=world) else None


def _latest_draft(worksheet: Worksheet, folder: ResponseFolder) -> Opened | None:
    for head in folder.heads():
        if head.status == "draft" and head.worksheet == worksheet.id:
            with suppress(LibwellError):
                return read_response(head.path)
    return None


def take_up_the_rest(opened: Opened, *, prompter: Prompter, world: World) -> Response:
    """Of a response finished on the short way, ask whether to go on with what waits.

    Returns the response to walk on in. Raises LeftForNow for `:pause`, and EndOfInput.
    """
    response = opened.response
    if not opened.waiting:
        return response
    wait = counted(opened.waiting, "more question waits", "more questions wait")
    prompter.say(f"You took the short way. {wait}.")
    question = "Enter goes on with the rest; n goes to your answers."
    if not choose(question, _enter_or_n, prompter=prompter, world=world):
        return response
    return response.model_copy(update={"short": False, "status": "draft", "completed": None, "at": ""})
