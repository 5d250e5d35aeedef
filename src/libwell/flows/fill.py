"""Responses without prompts: an answers file in, a saved response out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import ValidationError

from libwell.errors import MOST_MISTAKES, FileRefusedError, LibwellError, Mistake
from libwell.flows.opened import Opened, hold, new_response, stamped
from libwell.model.response import Action, AnswersFile, Filling, Person, Response
from libwell.rules.answers import EMPTY, missing, problems, with_empties_skipped, with_numbers
from libwell.rules.asked_now import asked
from libwell.rules.mistakes.validation import from_validation, unknown_keys, without_covered
from libwell.rules.privacy import private_prompts, with_private
from libwell.storage.definitions import FILE_LIMIT, definition_of, id_of_definition, naming_file
from libwell.storage.file_types import parse_kind
from libwell.storage.files import read_text
from libwell.storage.positions import refused, with_lines
from libwell.storage.responses import GO_BACK, backup_of, read
from libwell.storage.shared_folders import LIKE_A_DRAFT
from libwell.storage.worksheets import Shelf, is_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.worksheet import Worksheet
    from libwell.storage.fill_keys import FillKeys
    from libwell.storage.responses import ResponseFile, ResponseFolder


class Filled(NamedTuple):
    """What became of an answers file: its response, and the file of that."""

    outcome: Literal["made", "updated", "unchanged"]
    path: Path
    response: Response


@dataclass
class Filler:
    """Saves responses made of answers files; what many of them need is read once.

    `worksheet` is the id or path of the worksheet (empty: each file names its own), `key` finds the response
    again (empty: a file may have its own). A `draft` may be incomplete. With `force` a response that somebody
    has gone on with is replaced too.
    """

    shelf: Shelf
    folder: ResponseFolder
    keys: FillKeys
    world: World
    worksheet: str = ""
    key: str = ""
    draft: bool = False
    force: bool = False
    _sheets: dict[str, Worksheet] = field(default_factory=dict, init=False)
    _given: dict[str, str] = field(default_factory=dict, init=False)

    def fill(self, text: str, *, file: str) -> Filled:
        """Save a response made of an answers file's text, or bring the one that its key names up to date.

        `file` is what messages call the file. What was filled in before, byte for byte, changes nothing.
        Raises FileRefusedError with every mistake in the file, and LibwellError if there is no such worksheet
        or no place to save, or if somebody has gone on with the response.
        """
        named = self._sheet(self.worksheet) if self.worksheet else None
        answers, wrong = _read(_parse(text, file=file))
        key, digest = self.key or answers.key, self._digest(text)
        before = self._before(key, file)
        if before and not wrong and _digest_of(before.response) == digest:
            return Filled("unchanged", before.path, before.response)
        sheet = named or _worksheet_of(answers, wrong, text, file=file, load=self._sheet)
        wrong += self._misnamed(answers, sheet, before, file=file)
        empty = new_response(sheet, answers.person, self.world)(self.world.last_part())
        filled = _filled(empty, answers, sheet, before=before.response if before else None)
        everything = asked(sheet, filled)
        wrong += problems(sheet, filled, everything=everything)
        if not self.draft:
            wrong += missing(everything, otherwise="Or save it as a draft: --draft.")
            filled = filled.model_copy(update={"status": "complete", "completed": self.world.today})
        if wrong:
            raise refused(file, text, wrong)
        if key:
            filled = filled.model_copy(update={"key": key, "filled": Filling(sha256=digest, revision=1)})
        return self._update(before.path, filled, sheet) if before else self._make(filled)

    def _sheet(self, name: str) -> Worksheet:
        """A worksheet by its id or path, read once. Raises as `Shelf.load` does."""
        if name not in self._sheets:
            self._sheets[name] = self.shelf.load(name)
        return self._sheets[name]

    def _digest(self, text: str) -> str:
        """The digest of all that decides what becomes of a file."""
        import hashlib  # only with a file to fill in

        decides = f"{self.worksheet}\0{'draft' if self.draft else ''}\0{text}"
        return hashlib.sha256(decides.encode(errors="surrogateescape")).hexdigest()

    def _before(self, key: str, file: str) -> ResponseFile | None:
        """The response that was made for a key, not judged yet. Raises LibwellError."""
        if not key:
            return None
        self._given.setdefault(key, file)
        path = self.keys.find(key)
        return read(path) if path else None

    def _misnamed(
        self, answers: AnswersFile, sheet: Worksheet, before: ResponseFile | None, *, file: str
    ) -> Iterator[Mistake]:
        """What is wrong with the worksheet and the key that a file names."""
        if self.worksheet and not self._is_same(answers.worksheet, sheet):
            remedy = "Leave --worksheet out, or this line."
            yield Mistake("this is not the worksheet that --worksheet names.", ("worksheet",), remedy)
        if self.key and answers.key not in ("", self.key):
            yield Mistake("this is not the key that --key gives.", ("key",), "Leave --key out, or this line.")
        other = self._given.get(answers.key, file)
        if other != file:
            yield Mistake(f"{other} has the same key.", ("key",), "Give each file its own.")
        if before is not None:
            with naming_file(before.path, before.text, remedy=GO_BACK):
                name = id_of_definition(before.response.definition.worksheet)
            if name != sheet.id:
                message = f"this is the key of a response to another worksheet, {name}."
                yield Mistake(message, ("key",), "Use another key.")

    def _is_same(self, name: str, other: Worksheet) -> bool:
        """Whether a file that names a worksheet, by id, by path or not at all, can mean this one."""
        try:
            return name in ("", other.id) or (is_path(name) and self._sheet(name).id == other.id)
        except LibwellError:
            return False

    def _make(self, filled: Response) -> Filled:
        """Save a new response. Raises LibwellError."""
        beginning = filled.id.rpartition("-")[0]

        def made(last: str) -> Response:
            return stamped(filled.model_copy(update={"id": f"{beginning}-{last}"}), self.world)

        saved = self.folder.create(made, self.world.last_part)
        if filled.key:
            self.keys.note(filled.key, saved.path)
        return Filled("made", saved.path, saved.response)

    def _update(self, path: Path, filled: Response, sheet: Worksheet) -> Filled:
        """Put what was filled in the place of what a response holds; what was private stays so.

        Raises LibwellError if somebody has gone on with it, LockedError while somebody has it open.
        """
        with hold(path, self.folder, self.world) as held:
            before = held.opened.response
            if not (before.is_as_filled or self.force):
                raise LibwellError(
                    f"{before.id} was changed since it was filled in, and stays as it is.",
                    f"--force replaces it, and keeps it as {backup_of(path).name}.",
                )
            sheet = with_private(sheet, private_prompts(held.opened.worksheet) & sheet.by_id().keys())
            held.save(_replaced(before, filled, sheet), worksheet=sheet, backup=not before.is_as_filled)
            return Filled("updated", path, held.opened.response)


def _digest_of(response: Response) -> str:
    """The digest of what `fill` made a response of; empty if it did not."""
    return response.filled.sha256 if response.filled else ""


_FROM_FILE = ("status", "at", "short", "completed", "person", "answers", "actions", "retired", "last_action")


def _replaced(before: Response, filled: Response, sheet: Worksheet) -> Response:
    """A response with what was filled in its place, which keeps its id, its beginning and its shared copy."""
    changes: dict[str, Any] = {name: getattr(filled, name) for name in (*_FROM_FILE, "filled")}
    changes["last_own"] = {
        name: max(before.last_own.get(name, 0), filled.last_own.get(name, 0))
        for name in before.last_own | filled.last_own
    }
    if filled.filled:
        changes["filled"] = filled.filled.model_copy(update={"revision": before.revision + 1})
    return before.model_copy(update={**changes, "definition": definition_of(sheet)})


def read_answers_text(path: Path) -> str:
    """The text of an answers file, or of a pipe. Raises LibwellError if it can't be read or is too large."""
    return read_text(path, limit=FILE_LIMIT, may_be_pipe=True)


def _parse(text: str, *, file: str) -> dict[str, Any]:
    """Read an answers file as tables. Raises FileRefusedError, also where there is nothing in it."""
    if not text:
        remedy = "To get one to fill in: libwell blank WORKSHEET --format toml"
        raise FileRefusedError(file, (Mistake("this is empty (0 bytes).", remedy=remedy),))
    if LIKE_A_DRAFT.match(text):
        remedy = "Open it in the page it was saved in, and save your answers there."
        raise FileRefusedError(file, (Mistake("this is a draft out of a browser.", remedy=remedy),))
    return parse_kind(text, file=file, kind="answers", default="answers/1")


def _worksheet_of(
    answers: AnswersFile, early: list[Mistake], text: str, *, file: str, load: Callable[[str], Worksheet]
) -> Worksheet:
    """The worksheet that an answers file names; `early` are the mistakes that were found in it before.

    Raises FileRefusedError if there is none of that name, or with every mistake in the worksheet.
    """
    if not answers.worksheet:
        mistake = Mistake(
            "it does not say which worksheet it answers.", ("worksheet",), 'Add worksheet = "…".'
        )
        raise refused(file, text, [*early, mistake])
    try:
        return load(answers.worksheet)
    except FileRefusedError:
        raise
    except LibwellError as error:
        mistake = Mistake(error.message, ("worksheet",), error.remedy)
        raise refused(file, text, [*early, mistake]) from None


def _read(data: dict[str, Any]) -> tuple[AnswersFile, list[Mistake]]:
    """Read what can be read; the rest is reported and left out, so that one pass finds every mistake."""
    unknown = list(_unknown_keys(data))
    try:
        return AnswersFile.model_validate(data), unknown
    except ValidationError as error:
        wrong = from_validation(error, data, AnswersFile)
    heads, actions = {mistake.path[0] for mistake in wrong}, data.get("actions")
    if len(wrong) > MOST_MISTAKES:  # and where the others stand is not known
        heads |= data.keys() - {"worksheet"}
    rest = {key: value for key, value in data.items() if key not in heads}
    if len(wrong) <= MOST_MISTAKES and isinstance(actions, list):
        bad = {mistake.path[:2] for mistake in wrong}
        numbered = enumerate(actions)
        rest["actions"] = [{"step": "…"} if ("actions", n) in bad else action for n, action in numbered]
    return AnswersFile.model_validate(rest), [*wrong, *unknown]


def read_actions(text: str, *, file: str, saved: Opened) -> tuple[Action, ...]:
    """The actions of an answers file, which are to be added to a response of the same worksheet.

    `file` is what messages call the file. Raises FileRefusedError with every mistake in it; answers are one,
    as they would go nowhere.
    """
    answers, wrong = _read(_parse(text, file=file))
    added = saved.response.model_copy(update={"answers": {}, "actions": answers.actions})
    wrong += [*_no_actions_to_add(answers, saved), *problems(saved.worksheet, added)]
    if wrong:
        raise refused(file, text, without_covered(wrong))
    return answers.actions


def _no_actions_to_add(answers: AnswersFile, saved: Opened) -> Iterator[Mistake]:
    """Everything in an answers file that is no action to be added to this response."""
    if answers.worksheet and PurePath(answers.worksheet).stem != saved.worksheet.id:
        remedy = f"This response is of {saved.worksheet.id}."
        yield Mistake("this is another worksheet than that of the response.", ("worksheet",), remedy)
    for name, value in answers.answers.items():
        if value not in EMPTY:
            remedy = f"Take it out; libwell resume {saved.response.short_id} changes answers."
            yield Mistake("only steps are added here.", ("answers", name), remedy)
    if answers.key:
        yield Mistake("a key counts only where a response is filled in.", ("key",), "Leave it out.")
    for position, action in enumerate(answers.actions):
        if action.id:
            yield Mistake("a new step gets its id here.", ("actions", position, "id"), "Leave it out.")
    if not answers.actions:
        yield Mistake("it holds no step.", (), "Write each as [[actions]], with its step.")


def _unknown_keys(data: dict[str, Any]) -> Iterator[Mistake]:
    """Keys that a response would keep, but that a person writing a file by hand meant for others."""
    yield from unknown_keys(data.get("person"), ("person",), Person)
    if isinstance(data.get("actions"), list):
        for position, action in enumerate(data["actions"]):
            yield from unknown_keys(action, ("actions", position), Action)


def _filled(
    empty: Response, answers: AnswersFile, worksheet: Worksheet, *, before: Response | None = None
) -> Response:
    """What a file gives, with its numbers; a step that was there `before` keeps its id."""
    given: dict[str, Any] = {
        "answers": with_empties_skipped(answers.answers),
        "actions": answers.actions,
    }
    if before is not None:
        given["actions"] = _with_known_ids(answers.actions, before.actions)
        given["last_action"] = before.highest_action
    return with_numbers(empty.model_copy(update=given), worksheet)


def _with_known_ids(actions: tuple[Action, ...], before: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions of a file, those without an id with that of the same step before."""
    given = {action.id for action in actions}
    known: dict[str, list[str]] = {}
    for action in before:
        if action.id not in given:
            known.setdefault(action.step, []).append(action.id)
    numbered = []
    for action in actions:
        if not action.id and known.get(action.step):
            action = action.model_copy(update={"id": known[action.step].pop(0)})  # noqa: PLW2901
        numbered.append(action)
    return tuple(numbered)


def answers_mistakes(text: str, *, file: str, shelf: Shelf, world: World) -> tuple[Mistake, ...]:
    """Every mistake in an answers file with its line, and the hints, for `check`.

    `file` is what messages call the file. Raises FileRefusedError if it can't be read at all.
    """
    from libwell.rules.checking.hints import answers_hints  # for authors

    answers, early = _read(_parse(text, file=file))
    sheet = _worksheet_of(answers, early, text, file=file, load=shelf.load)
    filled = _filled(new_response(sheet, answers.person, world)("k2k2"), answers, sheet)
    everything = asked(sheet, filled)
    wrong = [*problems(sheet, filled, everything=everything), *missing(everything)]
    return with_lines(without_covered([*early, *wrong, *answers_hints(sheet, filled)]), text)
