"""Responses without prompts: an answers file in, a saved response out."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from libwell.errors import MOST_MISTAKES, FileRefusedError, LibwellError, Mistake
from libwell.flows.opened import Opened, new_response, read_response, stamped
from libwell.model.response import Action, AnswersFile, Person, Response
from libwell.rules.answers import EMPTY, missing, problems, with_empties_skipped, with_numbers
from libwell.rules.asked_now import asked
from libwell.rules.mistakes.validation import from_validation, unknown_keys, without_covered
from libwell.storage.definitions import FILE_LIMIT
from libwell.storage.file_types import parse_kind
from libwell.storage.files import read_text
from libwell.storage.positions import refused, with_lines
from libwell.storage.worksheets import Shelf, is_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.worksheet import Worksheet
    from libwell.storage.responses import ResponseFolder


def fill(
    text: str,
    *,
    file: str,
    shelf: Shelf,
    folder: ResponseFolder,
    world: World,
    worksheet: str = "",
    draft: bool = False,
) -> Opened:
    """Save a response made of an answers file's text, and open it.

    `file` is what messages call the file. `worksheet` is the id or path of the worksheet (empty: the file
    names it); a `draft` may be incomplete. Raises FileRefusedError with every mistake in the file, and
    LibwellError if there is no such worksheet or no place to save.
    """
    answers, sheet, early = read_answers(text, file=file, shelf=shelf, worksheet=worksheet)
    if worksheet and not _is_same(answers.worksheet, sheet, shelf=shelf):
        remedy = "Leave --worksheet out, or this line."
        early.append(Mistake("this is not the worksheet that --worksheet names.", ("worksheet",), remedy))
    make = new_response(sheet, answers.person, world)
    filled = _filled(make(world.last_part()), answers, sheet)
    everything = asked(sheet, filled)
    wrong = [*early, *problems(sheet, filled, everything=everything)]
    if not draft:
        wrong += missing(everything, otherwise="Or save it as a draft: --draft.")
        filled = filled.model_copy(update={"status": "complete", "completed": world.today})
    if wrong:
        raise refused(file, text, wrong)

    def made(last: str) -> Response:
        return stamped(filled.model_copy(update={"id": make(last).id}), world)

    return read_response(folder.create(made, world.last_part).path)


def _is_same(name: str, asked: Worksheet, *, shelf: Shelf) -> bool:
    """Whether a file that names a worksheet, by id, by path or not at all, can mean this one."""
    try:
        return name in ("", asked.id) or (is_path(name) and shelf.load(name).id == asked.id)
    except LibwellError:
        return False


def read_answers_text(path: Path) -> str:
    """The text of an answers file, or of a pipe. Raises LibwellError if it can't be read or is too large."""
    return read_text(path, limit=FILE_LIMIT, may_be_pipe=True)


def _parse(text: str, *, file: str) -> dict[str, Any]:
    """Read an answers file as tables. Raises FileRefusedError, also where there is nothing in it."""
    if not text:
        remedy = "To get one to fill in: libwell blank WORKSHEET --format toml"
        raise FileRefusedError(file, (Mistake("this is empty (0 bytes).", remedy=remedy),))
    return parse_kind(text, file=file, kind="answers", default="answers/1")


def read_answers(
    text: str, *, file: str, shelf: Shelf, worksheet: str
) -> tuple[AnswersFile, Worksheet, list[Mistake]]:
    """Read an answers file: what can be read of it, the worksheet it answers, and the mistakes in the rest.

    `worksheet` is the id or path of the worksheet (empty: the file names it). Raises FileRefusedError for a
    file that names no worksheet that is there, and LibwellError if the one named beside it is not.
    """
    if worksheet:
        shelf.locate(worksheet)  # what was typed wrongly is told before what is wrong in the file
    answers, early = _read(_parse(text, file=file))
    if worksheet:
        return answers, shelf.load(worksheet), early
    if not answers.worksheet:
        mistake = Mistake(
            "it does not say which worksheet it answers.", ("worksheet",), 'Add worksheet = "…".'
        )
        raise refused(file, text, [*early, mistake])
    try:
        return answers, shelf.load(answers.worksheet), early
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


def _filled(empty: Response, answers: AnswersFile, worksheet: Worksheet) -> Response:
    given = {"answers": with_empties_skipped(answers.answers), "actions": answers.actions}
    return with_numbers(empty.model_copy(update=given), worksheet)


def answers_mistakes(text: str, *, file: str, shelf: Shelf, world: World) -> tuple[Mistake, ...]:
    """Every mistake in an answers file with its line, and the hints, for `check`.

    `file` is what messages call the file. Raises FileRefusedError if it can't be read at all.
    """
    from libwell.rules.checking.hints import answers_hints  # for authors

    answers, sheet, early = read_answers(text, file=file, shelf=shelf, worksheet="")
    filled = _filled(new_response(sheet, answers.person, world)("k2k2"), answers, sheet)
    everything = asked(sheet, filled)
    wrong = [*problems(sheet, filled, everything=everything), *missing(everything)]
    return with_lines(without_covered([*early, *wrong, *answers_hints(sheet, filled)]), text)
