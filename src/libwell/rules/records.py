"""Records out of a response, for programs and spreadsheets: one action a row, one answer a row, all as data.

Only what `privacy.for_audience` let through goes into them. Columns and fields have lasting names: they are
only ever added, columns at the end. Each way out makes the text in them safe.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any

from libwell.kinds.base import NOT_ANSWERS, Given, not_answer
from libwell.model.characters import one_line
from libwell.model.document import Listing, Paragraph, Table, plainly
from libwell.model.numbers import as_data, in_full
from libwell.model.sheet import Sheet
from libwell.rules.documents import in_words
from libwell.rules.privacy import is_private_action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.kinds.base import NotAnswer, Value
    from libwell.model.document import Plain
    from libwell.model.response import Action, Retired
    from libwell.model.sheet import Cell
    from libwell.rules.asked_now import Asked
    from libwell.rules.privacy import Excerpt
    from libwell.rules.scoring import Scored

Record = dict[str, Any]
Row = dict[str, "Cell"]

_TOO_BIG = 10**15
"""From here on a number is no longer exact where it is read as a float: it stands as words alone."""

PLAN_COLUMNS = (
    *("response", "action", "worksheet", "step", "status", "who", "due", "level", "know", "notes"),
    *("from", "question", "private", "changed"),
    *("title", "version", "name", "team", "library", "completed"),
)
ANSWER_COLUMNS = (
    *("response", "worksheet", "section", "prompt", "item", "mark", "value"),
    *("number", "text", "item_text", "mark_text", "question", "section_title", "kind"),
    *("not_answered", "own", "private", "retired"),
    *("title", "version", "team", "library", "completed"),
)


# --- one action a row -----------------------------------------------------------------------------


def plan_sheet(excerpt: Excerpt) -> Sheet:
    """The actions, one a row. `due` is a day, or the words given instead of one."""
    about = {**_about(excerpt), "name": excerpt.response.person.name or None}
    return _sheet(PLAN_COLUMNS, ({**about, **_action_row(one, excerpt)} for one in excerpt.actions))


def _action_row(action: Action, excerpt: Excerpt) -> Row:
    record = action_data(action, excerpt)
    return {"action": record.pop("id"), **record}


def undated(excerpt: Excerpt) -> int:
    """How many actions have no day that a calendar could show them on."""
    return sum(not isinstance(action.due, dt.date) for action in excerpt.actions)


# --- one answer a row -----------------------------------------------------------------------------


def answers_sheet(excerpt: Excerpt) -> Sheet:
    """Everything given in the answers, one thing a row; plans are not among them.

    A checklist has a row for each mark on each item, a table one for each cell, and so on, as `Prompt.given`
    takes answers apart. `value` is what was given as text (`true` for a mark or a pick), `number` the same
    where it is a number; `text`, `item_text` and `mark_text` are the words a person reads. A not-answer, also
    a skip, is a row with its reason in `not_answered` and no value; what was never reached has none. Answers
    set aside when the worksheet changed come last: their words are `value` and `text`.
    """
    about = _about(excerpt)
    rows = [{**about, **row} for one in excerpt.asked for row in _answer_rows(one, excerpt)]
    rows += [{**about, **_retired_row(one)} for one in excerpt.retired]
    return _sheet(ANSWER_COLUMNS, rows)


def _answer_rows(one: Asked, excerpt: Excerpt) -> Iterator[Row]:
    if one.prompt.kind == "plan":
        return
    place: Row = {
        "section": one.section.id,
        "prompt": one.prompt.id,
        "question": one_line(one.prompt.ask),
        "section_title": one_line(one.section.title),
        "kind": one.prompt.kind,
        "private": one.prompt.id in excerpt.private,
        "retired": False,
    }
    for given in _given(one):
        yield {**place, **_given_row(given)}


def _given(one: Asked) -> tuple[Given, ...]:
    """What was given to a prompt; one thing that is empty where there is an answer with nothing in it."""
    if one.not_answer:
        return (Given(value=None, text=NOT_ANSWERS[one.not_answer], not_answered=one.not_answer),)
    if one.value is None:
        return ()
    return tuple(one.prompt.given(one.value, one.around)) or (Given(value=None),)


def _given_row(given: Given) -> Row:
    record = _given_record(given)
    return {**record, "value": as_text(given.value), "number": _as_number(given.value)}


def _retired_row(one: Retired) -> Row:
    record = _retired(one)
    reason = _reason(one.answer)
    return {
        "prompt": record["id"],
        "value": None if reason else record["text"],
        "text": record["text"],
        "question": one_line(one.ask),
        "kind": one.kind or None,
        "not_answered": reason,
        "own": False,
        "private": one.private,
        "retired": True,
        "version": one.version or None,
    }


def _reason(answer: Value) -> NotAnswer | None:
    """The reason in an answer nothing has checked since it was set aside."""
    reason = not_answer(answer)
    return reason if isinstance(reason, str) and reason in NOT_ANSWERS else None


def as_text(value: Value) -> str | None:
    """What was given, in its one form: `true`, `3`, `2.5`, `2026-12-01`, or the text itself."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return in_full(value)
        case dt.date():
            return value.isoformat()
    return None if value is None else str(value)


def _as_number(value: Value) -> int | float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < _TOO_BIG else None


# --- everything -----------------------------------------------------------------------------------


def response_data(excerpt: Excerpt) -> Record:
    """Everything that may be seen of a response, as plain data: ids are values, never keys.

    An answer has its `value` as it is kept, the things `given` in it one by one, and its `text` as a person
    reads it. Days are dates. What is not there is None, or an empty list.
    """
    response, worksheet = excerpt.response, excerpt.worksheet
    return {
        "id": response.id,
        "status": response.status,
        "revision": response.revision,
        "completed": response.completed,
        "worksheet": {name: getattr(worksheet, name) for name in ("id", "version", "title", "language")},
        "person": {name: getattr(response.person, name) for name in ("name", "team", "library")},
        "sections": [
            {"id": name, "title": next(asked).section.title}
            for name, asked in groupby(excerpt.asked, lambda one: one.section.id)
        ],
        "answers": [_answer(one, excerpt) for one in excerpt.asked if one.prompt.kind != "plan"],
        "scores": [_score(score, excerpt) for score in excerpt.scores],
        "actions": [action_data(action, excerpt) for action in excerpt.actions],
        "retired": [_retired(one) for one in excerpt.retired],
        "sources": [one.model_dump() for one in worksheet.sources],
        "resources": [one.model_dump() for one in worksheet.resources],
        "withheld": excerpt.withheld,
    }


def _answer(one: Asked, excerpt: Excerpt) -> Record:
    return {
        "id": one.prompt.id,
        "title": one.prompt.ask,
        "section": one.section.id,
        "kind": one.prompt.kind,
        "private": one.prompt.id in excerpt.private,
        "value": _as_entries(one.value),
        "not_answered": one.not_answer,
        "given": [_given_record(given) for given in _given(one) if not one.not_answer],
        "text": _shown(one),
    }


def _given_record(given: Given) -> Record:
    """One thing given; `own` says that its words are the person's."""
    return {
        "item": given.item or None,
        "item_text": given.about or None,
        "mark": given.mark or None,
        "mark_text": given.mark_text or None,
        "value": given.value,
        "text": given.text or None,
        "own": given.written or given.is_own,
        "not_answered": given.not_answered,
    }


def _shown(one: Asked) -> str | None:
    """An answer as a person reads it, line by line."""
    if one.not_answer:
        return NOT_ANSWERS[one.not_answer]
    if one.value is None:
        return None
    blocks = plainly(one.prompt.show(one.value, one.around))
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Plain) -> Iterator[str]:
    match block:  # what the kinds show their answers in
        case Paragraph(text=text):
            yield text
        case Listing(items=items, title=title):
            yield from (title, *items) if title else items
        case Table(columns=columns, rows=rows):
            yield from (" | ".join(cells) for cells in (columns, *rows))


def _score(score: Scored, excerpt: Excerpt) -> Record:
    return {
        "id": score.id,
        "title": score.title,
        "value": None if score.value is None else as_data(score.value),
        "low": as_data(score.low),
        "high": as_data(score.high),
        **{name: getattr(score, name) for name in ("answered", "needed", "total", "text", "say")},
        "private": not score.prompts.isdisjoint(excerpt.private),
    }


def action_data(action: Action, excerpt: Excerpt) -> Record:
    """An action as plain data; `question` is what it came from, if that may be seen."""
    names = ("step", "status", "who", "due", "level", "know", "notes")
    origin = action.from_.partition(".")[0]
    question = next((one.prompt.ask for one in excerpt.asked if one.prompt.id == origin), "")
    return {
        "id": excerpt.response.action_id(action.id),
        **{name: getattr(action, name) or None for name in names},
        "from": action.from_ or None,
        "question": one_line(question) or None,
        "private": is_private_action(action, excerpt.worksheet, excerpt.private),
        "changed": action.changed,
    }


def _retired(one: Retired) -> Record:
    names = {"id": "prompt", "title": "ask", "kind": "kind", "version": "version", "private": "private"}
    values = {name: getattr(one, key) for name, key in names.items()}
    return {**values, "text": one.said or in_words(one.answer)}


def _as_entries(value: Value) -> Value:
    """Turn tables keyed by ids into lists of `{id, value}`; own entries stay as they are."""
    if isinstance(value, dict) and "other" not in value:
        given = {name: part for name, part in value.items() if name != "id"}
        entries = [{"id": name, **_as_part(part)} for name, part in given.items()]
        return {"id": value["id"], "value": entries} if "id" in value else entries
    return [_as_entries(part) for part in value] if isinstance(value, list) else value


def _as_part(part: Value) -> Record:
    """An item's value; or that there is none, and why."""
    reason = not_answer(part)
    return {"value": None, "not_answered": reason} if reason else {"value": _as_entries(part)}


# --- what every row has ---------------------------------------------------------------------------


def _about(excerpt: Excerpt) -> Row:
    """Which response and worksheet a row belongs to, and whose it is; not who, who only the plan says."""
    response, worksheet, person = excerpt.response, excerpt.worksheet, excerpt.response.person
    return {
        "response": response.id,
        "worksheet": worksheet.id,
        "title": one_line(worksheet.title),
        "version": worksheet.version,
        "team": person.team or None,
        "library": person.library or None,
        "completed": response.completed,
    }


def _sheet(columns: tuple[str, ...], rows: Iterator[Row] | list[Row]) -> Sheet:
    return Sheet(columns, tuple(tuple(row.get(name) for name in columns) for row in rows))
