"""A draft before its walk goes on: taking it over into a changed worksheet.

How it is taken over is `rules.changing`'s. No answer is ever said here, only questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError, LibwellError, NotFoundError
from libwell.model.characters import one_line, shortened
from libwell.model.shell_words import as_typed
from libwell.rules.changing import Carried, carry_over
from libwell.storage.definitions import definition_of, read_definition
from libwell.terminal.prompter import Prompter, types

if TYPE_CHECKING:
    from libwell.flows.opened import Held, Opened
    from libwell.flows.world import World
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.storage.worksheets import Shelf

_MOST = 5
_LONGEST = 100
"""Characters of a question, at most, where it is only named."""


def worksheet_at_hand(opened: Opened, shelf: Shelf, *, prompter: Prompter, world: World) -> Worksheet:
    """The worksheet to go on with: that of a draft as it is now, else as the response was asked.

    It stays as it was where no worksheet of this id is at hand, and where it has mistakes, which is told.
    """
    if opened.response.status != "draft":
        return opened.worksheet
    try:
        return shelf.load(opened.worksheet.id)
    except NotFoundError:
        return opened.worksheet
    except LibwellError as error:
        file = error.file if isinstance(error, FileRefusedError) else opened.worksheet.id
        prompter.say(
            "The worksheet as it is now can't be used, so you go on with it as it was.", style="warning"
        )
        prompter.say(f"To see why: {world.call} check {as_typed(file)}", style="warning")
        return opened.worksheet


def take_over(held: Held, now: Worksheet, *, prompter: Prompter) -> None:
    """Take a draft over into its worksheet as it is now, save it, and say what changed.

    What was private is opened only if the person types yes. Nothing happens if nothing changes, or if that
    can't be saved, which is told: then the worksheet is asked as it was.
    """
    opened = held.opened
    if now == opened.worksheet or opened.response.status != "draft":
        return
    carried, response = _carried(opened, now)
    if response == opened.response:  # it is the same, or kept more private in this response
        return
    if carried.kept_private and _may_open(carried.kept_private, prompter):
        carried, response = _carried(opened, now, may_open=True)
    try:
        worksheet = read_definition(response.definition.worksheet)
        held.save(response, worksheet=worksheet, backup=opened.response.revision > 0)
    except LibwellError as error:
        prompter.say(f"The worksheet has changed, but that could not be saved: {error}", style="warning")
        prompter.say("You go on with it as it was.")
        return
    _tell_changes(prompter, carried)


def _carried(opened: Opened, now: Worksheet, *, may_open: bool = False) -> tuple[Carried, Response]:
    """A draft taken over, and its response with the worksheet it is asked from then on."""
    carried = carry_over(opened.response, opened.worksheet, now, may_open=may_open)
    kept = opened.response.definition.model_copy(update=definition_of(carried.worksheet).model_dump())
    return carried, carried.response.model_copy(update={"definition": kept})


def _may_open(asks: tuple[str, ...], prompter: Prompter) -> bool:
    """Ask whether questions that were private may be so no longer; only a typed yes lets them."""
    prompter.say(
        f"The worksheet has changed, and would not keep this private any more: {some_questions(asks)}"
    )
    prompter.say("What you answered in private stays private. What you answer from now on could be shared.")
    prompter.say("Type yes if that is fine. Anything else keeps it private in this response.")
    return types(prompter, "yes")


def _tell_changes(prompter: Prompter, carried: Carried) -> None:
    """Say what changed, if anything did that a person would notice."""
    if not carried.is_noticeable:
        return
    before, now = one_line(carried.version_before), one_line(carried.version_now)
    versions = f" (version {before}, now {now})" if before != now else ""
    prompter.say(f"The worksheet has changed since you began{versions}.")
    for words, asks in (
        ("New", carried.new),
        ("Reworded", carried.reworded),
        ("Some lines are in other words; see whether your answer still fits", carried.other_lines),
        ("New lines, where you have answered already", carried.more_lines),
        ("Kept in part, and the whole answer set aside (libwell view shows it)", carried.kept_in_part),
        ("Set aside, kept with your response, and shown by libwell view", carried.set_aside),
        ("Back again, with your answer", carried.brought_back),
        ("Gone", carried.gone),
        ("Not private any more", carried.opened),
        ("Kept private, as it was when you began", carried.kept_private),
    ):
        if asks:
            prompter.say(f"{words}: {some_questions(asks)}")
    if carried.other_lines or carried.more_lines:
        prompter.say(":list shows their numbers, and :go 4 goes to question 4.")


def some_questions(asks: tuple[str, ...]) -> str:
    """The first of some questions in quotation marks, shortened, and how many more there are."""
    first = " ".join(f"“{shortened(ask, _LONGEST)}”" for ask in asks[:_MOST])
    return f"{first} and {len(asks) - _MOST} more." if len(asks) > _MOST else first
