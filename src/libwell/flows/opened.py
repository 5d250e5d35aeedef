"""A response that is opened: found, read and judged once, cut out for an audience, held and saved.

Nobody else saves a response that is there already: so each change of it has its revision and its moment.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError, UsageError
from libwell.model.dates import say_day
from libwell.model.nearest import nearest
from libwell.model.response import Response
from libwell.rules.answers import problems, with_numbers
from libwell.rules.asked_now import Asked, asked
from libwell.rules.privacy import Excerpt, for_audience
from libwell.storage.definitions import definition_of, naming_file, read_definition
from libwell.storage.files import read_each
from libwell.storage.known_ids import note_actions
from libwell.storage.positions import refused
from libwell.storage.responses import GO_BACK, ResponseFile, ResponseFolder, parse, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.response import Person
    from libwell.model.worksheet import Worksheet


@dataclass(frozen=True)
class Opened:
    """A response that fits its worksheet: its file, what was given, and the worksheet as it was asked.

    What is asked now is worked out once, and kept.
    """

    path: Path
    response: Response
    worksheet: Worksheet

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every prompt asked now, in order."""
        return asked(self.worksheet, self.response)

    @property
    def answered(self) -> int:
        """How many of the prompts asked now are answered."""
        return sum(one.is_answered for one in self.asked)

    @property
    def progress(self) -> str:
        """How many of the prompts asked now are answered: `3 of 14`; a short way counts its own."""
        is_short = self.response.short and self.response.status == "draft"
        total = sum(not is_short or one.prompt.core or one.is_answered for one in self.asked)
        return f"{self.answered} of {total}"

    @property
    def waiting(self) -> int:
        """How many questions wait behind a finished short way."""
        is_finished = self.response.short and self.response.status == "complete"
        return sum(one.entry is None for one in self.asked) if is_finished else 0

    def excerpt(self, *, private: bool) -> Excerpt:
        """What may be seen of it; private answers and actions only with `private`."""
        return for_audience(self.response, self.worksheet, private=private, everything=self.asked)


# --- opening --------------------------------------------------------------------------------------


def read_response(path: Path, *, may_be_pipe: bool = False) -> Opened:
    """Read and judge a response. Raises FileRefusedError with its mistakes."""
    return judge(read(path, may_be_pipe=may_be_pipe))


def parse_response(text: str, path: Path) -> Opened:
    """Read and judge a response's text; `path` is only named in mistakes."""
    return judge(parse(text, path))


def judge(file: ResponseFile) -> Opened:
    """Open a response that was read, with its numbers. Raises FileRefusedError with every mistake."""
    with naming_file(file.path, file.text, remedy=GO_BACK):
        worksheet = read_definition(file.response.definition.worksheet)
    opened = Opened(file.path, with_numbers(file.response, worksheet), worksheet)
    wrong = problems(worksheet, opened.response, everything=opened.asked)
    if wrong:
        raise refused(file.path, file.text, wrong)
    return opened


def find_response(
    name: str, folder: ResponseFolder, *, draft: bool = False, may_be_pipe: bool = False
) -> Opened:
    """Open the response a person named: an id, its last part, a path, `latest`, or `latest:WORKSHEET`.

    The latest is that of the drafts with `draft`. A path `may_be_pipe` where the response is only looked at.
    Raises NotFoundError, FileRefusedError.
    """
    if not is_latest(name):
        return read_response(folder.find(name), may_be_pipe=may_be_pipe)
    heads, worksheet = folder.heads(), name.partition(":")[2]
    failed: list[LibwellError] = []
    for head in heads:
        is_meant = name == "latest" or head.worksheet == worksheet
        if is_meant and (not draft or head.status == "draft" or head.short):  # of a short way the rest waits
            try:
                return read_response(head.path)
            except LibwellError as error:
                failed.append(error)
    if failed:
        raise failed[0]
    what = "draft to go on with" if draft else "saved response"
    raise _no_latest(name, what, {head.worksheet for head in heads})


def is_latest(name: str) -> bool:
    """Whether a name stands for the response changed last, of all or of one worksheet."""
    return name == "latest" or name.startswith("latest:")


def _no_latest(name: str, what: str, known: set[str]) -> LibwellError:
    """Why there is no `what` by this name; `known` are the worksheets that have responses."""
    if name == "latest:":
        return UsageError("latest: goes with the id of a worksheet.", "Such as latest:staff-care.")
    worksheet = name.partition(":")[2]
    near = "" if worksheet in known else nearest(worksheet, known)
    remedy = "`libwell start WORKSHEET` begins one."
    if near:
        remedy = f"Did you mean latest:{near}?"
    elif worksheet:  # which may be none that there is
        remedy = "`libwell responses` shows what is saved, `libwell list` what can be begun."
    return NotFoundError(f"There is no {what}{worksheet and f' of {worksheet}'}.", remedy)


def find_path(name: str, folder: ResponseFolder) -> Path:
    """The file of the response a person named, as for `find_response`; by its id also one that can't be read.

    Raises NotFoundError, and LibwellError where several are meant.
    """
    return find_response(name, folder).path if is_latest(name) else folder.find(name)


def path_of(one: str | Path, folder: ResponseFolder) -> Path:
    """A file as it is, or that of a response by its name. Raises as `find_path` does."""
    return find_path(one, folder) if isinstance(one, str) else one


def open_all(folder: ResponseFolder) -> tuple[list[Opened], list[LibwellError]]:
    """Every saved response, as `open_each` gives it. Raises LibwellError if the folder can't be read."""
    return open_each(folder.paths())


def open_each(paths: Iterable[Path]) -> tuple[list[Opened], list[LibwellError]]:
    """These responses, the one changed last first, and the errors of those that can't be read."""
    opened, failed = read_each(read_response, paths)
    return sorted(opened, key=lambda one: one.response.updated, reverse=True), failed


def when(response: Response, world: World) -> str:
    """When a response was last changed, in local time: `2026-11-21 18:20`."""
    return f"{world.local(response.updated):%Y-%m-%d %H:%M}"


def say_when(updated: dt.datetime, world: World) -> str:
    """Say in a sentence when something was last changed, in local time: today, yesterday, or the day."""
    day = world.local(updated).date()
    near = {world.today: "today", world.today - dt.timedelta(days=1): "yesterday"}
    return near.get(day, say_day(day))


# --- saving ---------------------------------------------------------------------------------------


def new_response(worksheet: Worksheet, person: Person, world: World) -> Callable[[str], Response]:
    """A function that makes a new response, without answers, of the last part of its id."""
    moment = world.now()
    definition = definition_of(worksheet)

    def make(last: str) -> Response:
        return Response(
            id=f"{worksheet.id}-{moment.date().isoformat()}-{last}",
            created=moment.astimezone(dt.UTC),
            updated=moment.astimezone(dt.UTC),
            person=person,
            definition=definition,
        )

    return make


def stamped(response: Response, world: World) -> Response:
    """A response at its next revision, changed at this moment."""
    moment = world.now().astimezone(dt.UTC)
    return response.model_copy(update={"revision": response.revision + 1, "updated": moment})


@dataclass
class Held:
    """A response that is being changed, under its lock."""

    opened: Opened
    folder: ResponseFolder
    world: World

    def save(self, response: Response, *, worksheet: Worksheet | None = None, backup: bool = False) -> None:
        """Save it, if it is another than before; `worksheet` is the one it is asked from now, if another.

        With `backup` the version there is kept beside it. Raises SaveError.
        """
        opened = self.opened
        if response != opened.response:
            response = stamped(response, self.world)
            self.folder.save(opened.path, response, backup=backup)
            self.opened = Opened(opened.path, response, worksheet or opened.worksheet)


@contextmanager
def hold(path: Path, folder: ResponseFolder, world: World) -> Iterator[Held]:
    """Lend a response for changing it; the ids of its actions are noted afterwards, to complete a line with.

    Only those of the usual folder are. Raises LockedError while another process has it open, SaveError if it
    can't be locked, NotFoundError, FileRefusedError with its mistakes.
    """
    with folder.lock(path):
        held = Held(read_response(path), folder, world)
        try:
            yield held
        finally:
            response, place = held.opened.response, held.folder.folder
            if held.opened.path.parent.absolute() == place.absolute():
                ids = [response.action_id(action.id) for action in response.actions]
                note_actions(place, ids, of=response.short_id)
