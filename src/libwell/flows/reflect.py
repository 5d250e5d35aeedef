"""The guided walk from end to end: begin or take up a response, ask, save after every line, finish.

The walk's rules are `rules.walk`'s, its words `walk_words`'s. Here it is joined to the disk and the terminal.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError, LibwellError, NotFoundError, SaveError, UsageError
from libwell.flows.choosing import LeftForNow, choose_draft, take_up_the_rest
from libwell.flows.conversation import Conversation
from libwell.flows.drafts import some_questions, take_over, worksheet_at_hand
from libwell.flows.farewell import tell_finished, tell_resuming
from libwell.flows.opened import Held, Opened, hold, new_response, say_when
from libwell.flows.walk_words import Teller, question_at
from libwell.model.nearest import did_you_mean
from libwell.model.shell_words import as_typed
from libwell.rules.commands import is_command
from libwell.rules.walk import Heard, Walk
from libwell.storage.places import named_folder
from libwell.storage.responses import ResponseFolder
from libwell.terminal.prompter import EndOfInput, Entry, Prompter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.kinds.values import Value
    from libwell.model.response import Person, Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.storage.worksheets import Shelf

_ASIDES = ("help", "list", "why", "recall", "support")
"""What is shown beside a question, which is told once more behind it."""
_KEPT = "Another worksheet of this id keeps this private, so it is private here too"


def start(
    worksheet: Worksheet,
    person: Person,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    usual: Person,
    closed: tuple[str, ...] = (),
    short: bool = False,
) -> bool:
    """Walk a person through a worksheet, in a draft they have or in a new response.

    `person` is what they said of themselves now, which goes into a draft too; `usual` is what a new response
    says of them. `closed` holds the words of the questions that are private only because another worksheet of
    this id keeps them so. A draft is taken over into the worksheet as it is given here. With `short` only the
    core questions are asked. Returns whether everything given is saved. Raises LibwellError before the first
    question if there is no place to save, or no short way.
    """
    if short and not worksheet.has_short_way:
        remedy = "Leave out --short: you can pause at any time, and go past any question."
        raise UsageError(f"“{worksheet.title}” has no short way.", remedy)
    try:
        path = choose_draft(worksheet, folder, prompter=prompter, world=world)
    except LeftForNow:
        return True
    path = path or folder.create(new_response(worksheet, usual, world), world.last_part).path
    if closed:
        prompter.say(f"{_KEPT}: {some_questions(closed)}", style="warning")
    return walk(
        path, folder=folder, prompter=prompter, world=world, now=worksheet, beginner=person, short=short
    )


def resume(
    opened: Opened,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    shelf: Shelf,
    at: str = "",
    named: bool = True,
) -> bool:
    """Go on with a response. Returns whether everything given is saved.

    A draft is taken over into its worksheet as it lies on the shelf. `at` is the id of the prompt to go on at
    (empty: where the person left). One that was not `named` is their latest draft, and they are told so.
    Raises NotFoundError if there is no such prompt now.
    """
    if not named:
        response = opened.response
        what = "draft" if response.status == "draft" else "response"
        changed = say_when(response.updated, world)
        prompter.say(f"Your latest {what}: {response.id}, {opened.progress} answered, from {changed}.")
    now = worksheet_at_hand(opened, shelf, prompter=prompter, world=world)
    return walk(opened.path, folder=folder, prompter=prompter, world=world, now=now, at=at)


def walk(
    path: Path,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    now: Worksheet,
    beginner: Person | None = None,
    at: str = "",
    short: bool = False,
) -> bool:
    """Walk on in a saved response. Returns whether everything given is saved.

    A draft is taken over into its worksheet as it is `now`. A `beginner` is told how it works first, and what
    they said of themselves is noted, and whether they take the `short` way. `at` is the id of the prompt to
    go on at. Raises LockedError if another process has the response open, and NotFoundError if there is no
    such prompt.
    """
    with hold(path, folder, world) as held, ExitStack() as stack:
        _warn_of_others(folder.loose_modes(path), prompter)
        before = held.opened
        take_over(held, now, prompter=prompter)
        known = [one.prompt.id for one in held.opened.asked]
        if at and at not in known:
            remedy = did_you_mean(at, known) or f"One of: {', '.join(known)}."
            raise NotFoundError(f"There is no prompt {at} here now.", remedy)
        response = held.opened.response
        if beginner:
            response = _begun(response, beginner, short=short)
        elif not at:
            try:
                response = take_up_the_rest(held.opened, prompter=prompter, world=world)
            except EndOfInput:
                return True
        sitting = _Sitting(held, response, prompter, stack, taken_over=held.opened is not before)
        is_beginner = beginner is not None and (short or not response.at)
        return sitting.go_through(is_beginner=is_beginner, at=at)


def _begun(response: Response, person: Person, *, short: bool) -> Response:
    """A response with what somebody who begins said of themselves, on the way they chose."""
    said = response.person.model_copy(update=person.model_dump(exclude_defaults=True))
    way = {"short": True, "at": ""} if short and not response.short else {}
    return response.model_copy(update={"person": said, **way})


def _warn_of_others(loose: list[Path], prompter: Prompter) -> None:
    """Say what others on this computer may be able to look into, and how to close it."""
    if loose:
        from libwell.flows.doctor import open_to_others  # rarely needed

        for one in open_to_others(loose):
            prompter.say(f"{one.about}: {one.message}\n  {one.remedy}", style="warning")
        prompter.say()


class _Sitting:
    """One sitting at one response, under its lock."""

    def __init__(
        self, held: Held, response: Response, prompter: Prompter, stack: ExitStack, *, taken_over: bool
    ) -> None:
        self._held, self._prompter, self._stack, self._taken_over = held, prompter, stack, taken_over
        opened, world = held.opened, held.world
        self._walk = Walk(
            opened.worksheet,
            response,
            world.today,
            country=world.country,
            one_by_one=world.aloud,
        )
        self._conversation = Conversation(prompter)
        self._teller = Teller(prompter, opened.worksheet, world)
        self._name = opened.response.short_id  # what commands find the response by
        if opened.path.parent.absolute() != held.folder.folder.absolute():
            self._name = as_typed(str(opened.path.absolute()))
        self._hidden = False
        # The version before this sitting is kept, unless there was nothing in it yet.
        self._needs_backup = not taken_over and opened.response.revision > 0

    def go_through(self, *, is_beginner: bool, at: str) -> bool:
        """Ask until the walk is finished or paused. Returns whether everything given is saved.

        A beginner is told how the worksheet works.
        """
        self._save()
        if is_beginner:
            self._teller.opening(self._walk)
        else:
            self._teller.knows(self._walk)
            # What was taken over may keep other things private than when it was begun.
            self._teller.going_on(privacy=self._taken_over)
        if at:
            self._walk.go(at)
        try:
            while not self._ask():
                pass
        except EndOfInput:
            self._say_how_to_go_on()
        except (KeyboardInterrupt, SystemExit):
            with suppress(OSError):
                self._say_how_to_go_on()
            raise
        return self._is_saved()

    def _ask(self) -> bool:
        """Ask once, and take what can be read. Returns whether the walk is over."""
        if self._hidden:
            self._prompter.say("Hidden. Nothing is lost. Enter shows the question again.")
            self._prompter.say("A speech log, or what another program keeps, can't be cleared from here.")
        elif self._walk.at_review:
            self._teller.review(self._walk)
        else:
            self._teller.question(self._walk)
        asked = None if self._walk.at_review else self._walk.turn().asked
        heard = self._conversation.ask(question_at(self._walk), self._read)
        self._hidden = False
        is_over = self._act(heard)
        if asked is not None and asked.prompt.support and self._is_new(asked):
            self._prompter.say()
            self._teller.support()
        return is_over

    def _is_new(self, asked: Asked) -> bool:
        """Whether what was given to a prompt is another than before it was asked."""
        now: Value | None = self._walk.response.answers.get(asked.prompt.id)
        return now != asked.entry

    def _read(self, entry: Entry) -> Heard:
        if self._hidden and (entry.pasted or not is_command(entry.text)):
            was_typed = entry.text.strip() != ""
            return Heard(("What you typed was not taken, as the question was hidden.",) if was_typed else ())
        return self._walk.hear(entry.text, pasted=entry.pasted, followed=entry.followed)

    def _act(self, heard: Heard) -> bool:
        """Save, and say what came of a line. Returns whether the walk is over."""
        self._save()
        for said in heard.said:
            self._prompter.say(said)
        teller, walk = self._teller, self._walk
        does: dict[str, Callable[[], None]] = {
            "again": teller.in_full,
            "help": teller.help,
            "list": partial(teller.overview, walk),
            "why": partial(teller.why, walk),
            "recall": partial(teller.recall, walk),
            "support": teller.support,
            "hide": self._hide,
            "editor": self._edit,
            "pause": self._say_how_to_go_on,
            "finish": partial(tell_finished, self._prompter, walk, self._name, world=self._held.world),
        }
        if heard.act:
            does[heard.act]()
        if heard.act in _ASIDES:
            teller.aside()
        return heard.act in ("pause", "finish")

    def _hide(self) -> None:
        self._prompter.hide()
        self._hidden = True
        self._teller.again()

    def _edit(self) -> None:
        """Let the person write in their editor; what they wrote replaces the answer."""
        self._teller.again()
        text = self._prompter.edit(self._walk.turn().step.answer)
        if not text:
            return
        try:
            self._act(self._walk.hear(text, whole=True))
        except CannotReadError as error:
            self._prompter.say(str(error), style="warning")

    def _say_how_to_go_on(self) -> None:
        with suppress(SaveError):  # the person went on unsaved, or a signal came just before the disk
            self._write()
        if self._is_saved():
            tell_resuming(self._prompter, self._name, world=self._held.world)
        else:
            say = self._prompter.say
            say("The last answers could not be saved; what came before is kept.", style="error")

    # --- saving ------------------------------------------------------------------------------------

    def _is_saved(self) -> bool:
        return self._walk.response == self._held.opened.response

    def _save(self) -> None:
        """Save what changed; on failure ask what to do, with the answer kept."""
        while not self._is_saved():
            try:
                self._write()
            except SaveError as error:
                if not self._save_otherwise(error):
                    return

    def _write(self) -> None:
        self._held.save(self._walk.response, backup=self._needs_backup)
        self._walk.response = self._held.opened.response
        self._needs_backup = False

    def _save_otherwise(self, error: SaveError) -> bool:
        """Say why a save failed and ask what to do. Returns whether to try again."""
        self._prompter.say(f"Not saved: {error}", style="error")
        answer = self._prompter.ask(
            "Enter tries again. Or type a folder to save there, or :later to go on without saving. > "
        )
        word = answer.text.strip()
        if word == ":later":
            return False
        if word:
            folder = named_folder(word)
            if folder is None:
                self._prompter.say("Here you can type Enter, a folder, or :later.", style="warning")
            else:
                self._move_to(folder)
        return True

    def _move_to(self, folder: Path) -> None:
        """Save in another folder from now on."""
        held = self._held
        try:
            path = folder.absolute() / held.opened.path.name
            other = ResponseFolder(path.parent)
            other.prepare()
            self._stack.enter_context(other.lock(path))
        except LibwellError as error:
            self._prompter.say(str(error), style="error")
            return
        held.opened, held.folder = replace(held.opened, path=path), other
        self._needs_backup = False
        self._name = as_typed(str(path))
        self._prompter.say(f"From now on this is saved in {path}.")
