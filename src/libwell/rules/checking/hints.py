"""Hints on an answers file: what will not be shown, what looks unlike what was meant. Nothing is quoted."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.kinds.values import Value, not_answer
from libwell.model.nearest import some_of
from libwell.rules.asked_now import Asked, asked, pickable
from libwell.rules.conditions import looks_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

Path = tuple[str | int, ...]

_KEPT = "it is kept, and not shown."
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def answers_hints(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    """What `check` advises on the answers made into a response."""
    given = {name for name, value in response.answers.items() if not_answer(value) is None}
    if not (given or response.actions or any(map(not_answer_said, response.answers.values()))):
        yield Mistake("nothing is answered.", (), "Fill in what you can.", hint=True)
    shown = {one.prompt.id: one for one in asked(worksheet, response)}
    wrong = {name for name, one in shown.items() if one.problems}
    known = pickable(worksheet)
    for section, prompt in worksheet.prompts():
        if prompt.id not in given or wrong & {prompt.id, prompt.source, *_looked_at(section, prompt)}:
            continue
        if prompt.id not in shown:
            yield _not_asked(prompt, section)
        elif prompt.source:
            yield from _not_picked(prompt, shown[prompt.id], known[prompt.id])
    yield from _dates_in_quotes(response)


def not_answer_said(value: Value) -> bool:
    """Whether somebody said why they do not answer."""
    return not_answer(value) not in (None, "skipped")


def _looked_at(section: Section, prompt: AnyPrompt) -> frozenset[str]:
    return looks_at(section.when) | looks_at(prompt.when)


def _not_asked(prompt: AnyPrompt, section: Section) -> Mistake:
    places = some_of(sorted(_looked_at(section, prompt)))
    message = f"this is not asked after what you answered at {places}; {_KEPT}"
    return Mistake(message, ("answers", prompt.id), "Take it out, or look there again.", hint=True)


def _not_picked(prompt: AnyPrompt, one: Asked, known: frozenset[str]) -> Iterator[Mistake]:
    picked = {pick.id for pick in one.around.picks}
    for path, name in _named(one.entry):
        if name in known and name not in picked:
            message = f"this is not picked at {prompt.source}; {_KEPT}"
            yield Mistake(message, ("answers", prompt.id, *path), "Pick it there, or take it out.", hint=True)


def _named(value: Value) -> Iterator[tuple[Path, str]]:
    """The picks an answer names, each with where it stands in it."""
    if isinstance(value, dict):
        yield from (((row,), row) for row in value)
    elif isinstance(value, list):
        yield from (((number,), entry) for number, entry in enumerate(value) if isinstance(entry, str))
    elif isinstance(value, str):
        yield (), value


def _dates_in_quotes(response: Response) -> Iterator[Mistake]:
    for position, action in enumerate(response.actions):
        if isinstance(action.due, str) and _is_day(action.due.strip()):
            place = ("actions", position, "due")
            yield Mistake("this looks like a date.", place, "Write it without quotes.", hint=True)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
