"""The guided walk from end to end: begin or take up a response, ask, save after every line, finish.

The walk's rules are `rules.walk`'s, its words `walk_words`'s. Here it is joined to the disk and the terminal.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError, LibwellError, NotFoundError, SaveError
from libwell.flows.changed import some_questions, take_over, worksheet_at_hand
from libwell.flows.conversation import Hearing
from libwell.flows.drafts import LeftForNow, choose_draft
from libwell.flows.opened import how_far, when
from libwell.flows.walk_words import Teller, WalkPlace
from libwell.flows.world import World, new_response
from libwell.model.nearest import did_you_mean
from libwell.rules.asked_now import asked
from libwell.rules.commands import is_command
from libwell.rules.turns import Heard
from libwell.rules.walk import Walk
from libwell.rules.wording import say_what_is_private
from libwell.storage.places import named_folder
from libwell.storage.responses import ResponseFolder, Saved, read_response
from libwell.terminal.prompter import EndOfInput, Entry, Prompter

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Person, Response
    from libwell.model.worksheet import Worksheet
    from libwell.storage.worksheets import Shelf

_KEPT = "Another worksheet of this id keeps this private, so it is private here too"
TOLD = {"again", "help", "list", "why", "support"}
"""Commands that only show something."""


def start(
    worksheet: Worksheet,
    person: Person,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    usual: Person | None = None,
    closed: tuple[str, ...] = (),
) -> bool:
    """Walk a person through a worksheet, in a draft they have or in a new response.

    `usual` is what a new response says of the person, where that is more than what goes into a draft too.
    `closed` holds the questions that are private only because another worksheet of this id keeps them so.
    A draft is taken over into the worksheet as it is given here. Returns whether everything given is saved.
    Raises LibwellError before the first question if there is no place to save.
    """
    try:
        draft = choose_draft(worksheet, folder, prompter=prompter, world=world)
    except LeftForNow:
        return True
    if draft is None:
        draft = folder.create(new_response(worksheet, usual or person, world), world.last_part)
    if closed:
        prompter.say(f"{_KEPT}: {some_questions(closed)}", style="warning")
    return walk(draft.path, folder=folder, prompter=prompter, world=world, now=worksheet, beginner=person)


def resume(
    saved: Saved,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    shelf: Shelf | None = None,
    at: str = "",
    named: bool = True,
) -> bool:
    """Go on with a response, at a prompt if one is named. Returns whether everything given is saved.

    A draft is taken over into its worksheet as it lies on the shelf. Raises NotFoundError if there is no
    such prompt now.
    """
    if not named:
        prompter.say(
            f"Your latest draft: {saved.response.id}, {how_far(saved)}, from {when(saved.response, world)}."
        )
    now = worksheet_at_hand(saved, shelf, prompter=prompter, world=world)
    return walk(saved.path, folder=folder, prompter=prompter, world=world, now=now, at=at)


def walk(
    path: Path,
    *,
    folder: ResponseFolder,
    prompter: Prompter,
    world: World,
    now: Worksheet | None = None,
    beginner: Person | None = None,
    at: str = "",
) -> bool:
    """Walk on in a saved response; a `beginner` is told about it first. Returns whether all of it is saved.

    A draft is taken over into its worksheet as it is `now`. Raises LockedError if another process has it
    open, and NotFoundError if there is no prompt to go on at.
    """
    with ExitStack() as stack:
        stack.enter_context(folder.lock(path))
        folder.sweep(path)
        _warn_of_others(folder.loose_modes(path), prompter)
        before = read_response(path)
        saved = take_over(before, now, folder=folder, prompter=prompter, world=world)
        _check_is_asked(at, saved)
        sitting = _Sitting(saved, folder, prompter, world, stack, backed_up=saved is not before)
        return sitting.go_through(beginner=beginner, at=at)


def _warn_of_others(loose: list[Path], prompter: Prompter) -> None:
    """Say what others on this computer may be able to look into, and how to close it."""
    if loose:
        from libwell.flows.doctor import open_to_others  # rarely needed

        for one in open_to_others(loose):
            prompter.say(f"{one.about}: {one.message}\n  {one.remedy}", style="warning")
        prompter.say()


def _check_is_asked(at: str, saved: Saved) -> None:
    known = [one.prompt.id for one in asked(saved.worksheet, saved.response)] if at else [at]
    if at not in known:
        raise NotFoundError(
            f"There is no prompt {at} here now.", did_you_mean(at, known) or f"One of: {', '.join(known)}."
        )


@dataclass
class _Sitting:
    """One sitting at one response, under its lock."""

    saved: Saved
    folder: ResponseFolder
    prompter: Prompter
    world: World
    stack: ExitStack
    backed_up: bool = False
    _walk: Walk = field(init=False)
    _teller: Teller = field(init=False)
    _path: Path = field(init=False)
    _on_disk: Response = field(init=False)
    _hidden: bool = field(default=False, init=False)
    _hearing: Hearing = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        self._walk = Walk(
            self.saved.worksheet,
            self.saved.response,
            world.today,
            country=world.country,
            one_by_one=world.one_by_one,
        )
        self._hearing = Hearing(self.prompter)
        self._teller = Teller(self.prompter, self.saved.worksheet, self.world)
        self._path = self.saved.path
        if self._path.parent.absolute() != self.folder.folder.absolute():
            self._teller.elsewhere(self._path)
        self._on_disk = self.saved.response

    def go_through(self, *, beginner: Person | None, at: str) -> bool:
        """Ask until the walk is finished or paused. Returns whether everything given is saved.

        A beginner is told how the worksheet works; what they said of themselves goes into the response.
        """
        if beginner:
            self._introduce(beginner)
            self._teller.opening()
        else:
            self._teller.knows(self._walk)
            self.prompter.say(self.saved.worksheet.title, style="strong")
            if self.backed_up:  # taken over: it may keep other things private than when it was begun
                self.prompter.say(say_what_is_private(self.saved.worksheet))
            self.prompter.say(":help shows what you can type; :pause stops.")
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
        from libwell.flows.actions import note_actions_of  # not before the first question

        note_actions_of(Saved(self._path, self._walk.response, self.saved.worksheet), self.folder)
        return self._is_saved()

    def _introduce(self, beginner: Person) -> None:
        person = self._walk.response.person
        said = {name: text for name, text in beginner.model_dump().items() if text}
        self._walk.response = self._walk.response.model_copy(
            update={"person": person.model_copy(update=said)}
        )
        self._save()

    def _is_saved(self) -> bool:
        return self._walk.response == self._on_disk

    def _ask(self) -> bool:
        """Ask once. Returns whether the walk is over."""
        if self._hidden:
            self.prompter.say("Hidden. Nothing is lost. Enter shows the question again.")
        elif self._walk.at_review:
            self._teller.review(self._walk)
        else:
            self._teller.question(self._walk)
        return self._hear()

    def _hear(self) -> bool:
        """Take what can be read, save it, and say what came of it. Returns whether the walk is over."""
        heard = self._hearing.hear(self._read, WalkPlace(self._walk))
        self._hidden = False
        return self._act(heard)

    def _read(self, entry: Entry) -> Heard:
        if self._hidden and (entry.pasted or not is_command(entry.text)):
            was_typed = entry.text.strip() != ""
            return Heard(("What you typed was not taken, as the question was hidden.",) if was_typed else ())
        return self._walk.hear(entry.text, pasted=entry.pasted, whole=entry.whole, followed=entry.followed)

    def _act(self, heard: Heard) -> bool:
        self._save()
        for said in heard.said:
            self.prompter.say(said)
        if heard.act in TOLD:
            self._tell(heard.act)
        elif heard.act == "editor":
            self._edit()
        elif heard.act == "hide":
            self.prompter.hide()
            self._teller.again()
            self._hidden = True
        elif heard.act == "pause":
            self._say_how_to_go_on()
            return True
        elif heard.act == "finish":
            self._teller.finished(self._walk.response)
            return True
        return False

    def _tell(self, what: str) -> None:
        if what == "again":
            self._teller.in_full()
        elif what == "help":
            self._teller.help()
        elif what == "list":
            self._teller.overview(self._walk)
        elif what == "support":
            self._teller.support()
        elif what == "why":
            self._teller.why(self._walk.question().asked)
        self._teller.again()

    def _edit(self) -> None:
        """Let the person write in their editor; what they wrote replaces the answer."""
        text = self.prompter.edit(self._walk.question().step.answer)
        self._teller.again()
        if not text:
            return
        try:
            heard = self._walk.hear(text, whole=True)
        except CannotReadError as error:
            self.prompter.say(str(error), style="warning")
            return
        self._act(heard)

    def _say_how_to_go_on(self) -> None:
        if not self._is_saved():  # the person went on unsaved, or a signal came just before the disk
            with suppress(SaveError):
                self._write()
        if self._is_saved():
            self._teller.resuming(self._walk.response)
        else:
            self.prompter.say("The last answers could not be saved; what came before is kept.", style="error")

    # --- saving ------------------------------------------------------------------------------------

    def _save(self) -> None:
        """Save what changed; on failure ask what to do, with the answer kept."""
        while not self._is_saved():
            try:
                self._write()
            except SaveError as error:
                if not self._save_otherwise(error):
                    return

    def _write(self) -> None:
        response = self._walk.response
        moment = self.world.now().astimezone(dt.UTC)
        stamped = response.model_copy(update={"revision": response.revision + 1, "updated": moment})
        self.folder.save(self._path, stamped, backup=self._needs_backup())
        self._walk.response = self._on_disk = stamped
        self.backed_up = True

    def _needs_backup(self) -> bool:
        """The version before this sitting is kept, unless there was nothing in it yet."""
        return not self.backed_up and self.saved.response.revision > 0

    def _save_otherwise(self, error: SaveError) -> bool:
        """Say why a save failed and ask what to do. Returns whether to try again."""
        self.prompter.say(f"Not saved: {error}", style="error")
        answer = self.prompter.ask(
            "Enter tries again. Or type a folder to save there, or :later to go on without saving. > "
        )
        word = answer.text.strip()
        if word == ":later":
            return False
        folder = named_folder(word) if word else None
        if folder is not None:
            self._move_to(folder)
        elif word:
            self.prompter.say("Here you can type Enter, a folder, or :later.", style="warning")
        return True

    def _move_to(self, folder: Path) -> None:
        """Save in another folder from now on."""
        try:
            path = folder.absolute() / self._path.name
            other = ResponseFolder(path.parent)
            other.prepare()
            self.stack.enter_context(other.lock(path))
        except LibwellError as error:
            self.prompter.say(str(error), style="error")
            return
        self._path, self.folder, self.backed_up = path, other, True
        self._teller.elsewhere(path)
        self.prompter.say(f"From now on this is saved in {path}.")
