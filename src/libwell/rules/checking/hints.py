"""Hints on an answers file: what will not be shown, what looks unlike what was meant. Nothing is quoted."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.kinds.own_entries import entry_id
from libwell.kinds.values import Value, as_table, as_tables, not_answer
from libwell.model.nearest import some_of
from libwell.rules.asked_now import Asked, asked, looks_at, pickable
from libwell.rules.scoring import prompts_of_scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import AnyPrompt, Worksheet

_KEPT = "it is kept, and not shown."


def answers_hints(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    """Every hint on an answers file; `response` is what was made of it, and answers `worksheet`."""
    reasons = {name: not_answer(value) for name, value in response.answers.items()}
    if not response.actions and {*reasons.values()} <= {"skipped"}:
        yield Mistake("nothing is answered.", (), "Fill in what you can.", hint=True)
    shown = {one.prompt.id: one for one in asked(worksheet, response)}
    wrong = {name for name, one in shown.items() if one.problems}
    known, behind = pickable(worksheet), prompts_of_scores(worksheet)
    for section, prompt in worksheet.prompts():
        looked_at = looks_at(section.when, behind) | looks_at(prompt.when, behind)
        if reasons.get(prompt.id, "skipped") is not None or wrong & {prompt.id, prompt.source, *looked_at}:
            continue
        if prompt.id not in shown:
            places = some_of(sorted(looked_at))
            message = f"this is not asked after what you answered at {places}; {_KEPT}"
            yield Mistake(message, ("answers", prompt.id), "Take it out, or look there again.", hint=True)
        else:
            yield from _not_picked(prompt, shown[prompt.id], known.get(prompt.id, frozenset()))
            yield from _not_asked_in_rows(shown[prompt.id])
    for position, action in enumerate(response.actions):
        if isinstance(action.due, str) and _is_day(action.due.strip()):
            place = ("actions", position, "due")
            yield Mistake("this looks like a date.", place, "Write it without quotes.", hint=True)


def _is_day(text: str) -> bool:
    """Whether a text is a day as TOML has it."""
    with suppress(ValueError):
        return dt.date.fromisoformat(text).isoformat() == text
    return False


def _not_picked(prompt: AnyPrompt, one: Asked, known: frozenset[str]) -> Iterator[Mistake]:
    """A hint at each answer to something that can be picked above (`known`) and was not."""
    picked = {pick.id for pick in one.around.picks}
    for path, name in _named(one.entry):
        if name in known and name not in picked:
            message = f"this is not picked at {prompt.source}; {_KEPT}"
            yield Mistake(message, ("answers", prompt.id, *path), "Pick it there, or take it out.", hint=True)


def _not_asked_in_rows(one: Asked) -> Iterator[Mistake]:
    """A hint at each cell of a table that is not asked after what stands before it in its row."""
    shown = dict(_rows_in(one.value))
    for position, (row, cells) in enumerate(_rows_in(one.entry)):
        for name in cells.keys() - shown.get(row, cells).keys():
            place = position if isinstance(one.entry, list) else row
            message = f"this is not asked after what stands before it in its row; {_KEPT}"
            path = ("answers", one.prompt.id, place, name)
            yield Mistake(message, path, "Take it out, or look there again.", hint=True)


def _rows_in(value: Value | None) -> Iterator[tuple[str, dict[str, Value]]]:
    """The rows of cells in an answer, by their ids."""
    yield from ((entry_id(row), row) for row in as_tables(value))
    yield from ((name, row) for name, row in as_table(value).items() if isinstance(row, dict))


def _named(value: Value | None) -> Iterator[tuple[KeyPath, str]]:
    """The picks an answer names, each with where it stands in it."""
    if isinstance(value, dict):
        yield from (((row,), row) for row in value)
    elif isinstance(value, list):
        yield from (((number,), entry) for number, entry in enumerate(value) if isinstance(entry, str))
    elif isinstance(value, str):
        yield (), value
