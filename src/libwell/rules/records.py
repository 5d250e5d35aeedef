"""Records out of a response, for programs and spreadsheets: one action a row, one answer a row, all as data.

Only what `privacy.for_audience` let through goes into them. Columns and fields have lasting names: they are
only ever added, columns at the end. Each way out makes the text in them safe.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from libwell.kinds.values import NOT_ANSWERS, Given, not_answer
from libwell.model.characters import one_line
from libwell.model.document import Listing, Paragraph, Table, plainly
from libwell.model.numbers import as_data, in_full
from libwell.model.sheet import Sheet
from libwell.rules.caching import cached_by_identity
from libwell.rules.documents import reason_in, said_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from libwell.kinds.values import Scalar, Value
    from libwell.model import export_records as shapes
    from libwell.model.document import Plain
    from libwell.model.response import Action, Retired
    from libwell.model.sheet import Cell
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.planning import Planned
    from libwell.rules.privacy import Excerpt
    from libwell.rules.scoring import Scored

    Data = shapes.Plain | shapes.PickRecord | shapes.EntryRecord | shapes.Entries
Row = dict[str, Any]
"""Cells by their column."""

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
    *("title", "version", "team", "library", "completed", "score"),
)


# --- one action a row, one answer a row -----------------------------------------------------------


def plan_sheet(excerpt: Excerpt) -> Sheet:
    """The actions, one a row. `due` is a day, or the words given instead; no name where there are scores."""
    return _sheet(PLAN_COLUMNS, excerpt, (_action_row(action, excerpt) for action in excerpt.actions))


def actions_sheet(actions: Iterable[Planned]) -> Sheet:
    """Actions of many responses, one a row, as in the sheet of each."""
    rows = (_about(one.excerpt) | _action_row(one.action, one.excerpt) for one in actions)
    return Sheet(PLAN_COLUMNS, tuple(_cells(row, PLAN_COLUMNS) for row in rows))


def _action_row(action: Action, excerpt: Excerpt) -> Row:
    record = action_data(action, excerpt)
    return {**record, "action": record["id"], "name": _none_if_empty(excerpt.name)}


def answers_sheet(excerpt: Excerpt) -> Sheet:
    """Everything given in the answers, one thing a row; plans are not among them.

    A checklist has a row for each mark on each item, a table one for each cell, and so on, as `Prompt.given`
    takes answers apart. `value` is what was given as text (`true` for a mark or a pick), `number` the same
    where it is a number; `text`, `item_text` and `mark_text` are the words a person reads. A not-answer, also
    a skip, is a row with its reason in `not_answered` and no value; what was never reached has none. Then
    come the scores that came out, with their ids in `score`. Answers set aside when the worksheet changed
    come last: their words are `value` and `text`.
    """
    rows = [row for one in excerpt.questions for row in _answer_rows(one, excerpt)]
    rows += [row for score in excerpt.scores for row in _score_rows(score, excerpt)]
    return _sheet(ANSWER_COLUMNS, excerpt, [*rows, *map(_retired_row, excerpt.retired)])


def _sheet(columns: tuple[str, ...], excerpt: Excerpt, rows: Iterable[Row]) -> Sheet:
    """The rows, each with the response and worksheet it belongs to, and whose it is."""
    about = _about(excerpt)
    return Sheet(columns, tuple([_cells(about | row, columns) for row in rows]))


def _cells(row: Row, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(map(row.get, columns))


def _about(excerpt: Excerpt) -> Row:
    response, worksheet, person = excerpt.response, excerpt.worksheet, excerpt.response.person
    return {
        "response": response.id,
        "worksheet": worksheet.id,
        "title": one_line(worksheet.title),
        "version": worksheet.version,
        "team": _none_if_empty(person.team),
        "library": _none_if_empty(person.library),
        "completed": response.completed,
    }


def _answer_rows(one: Asked, excerpt: Excerpt) -> Iterator[Row]:
    """A row for each thing given; one that is empty where there is an answer with nothing in it."""
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
        record = _given_record(given)
        value = given.value
        is_exact = type(value) in (int, float) and abs(cast("float", value)) < _TOO_BIG
        yield {**place, **record, "value": as_text(value), "number": value if is_exact else None}


def _score_rows(score: Scored, excerpt: Excerpt) -> Iterator[Row]:
    """A row for a score that came out, or for each row of a table that has one."""
    about: Row = {
        "question": one_line(score.title),
        "kind": "score",
        "own": False,
        "private": not score.prompts.isdisjoint(excerpt.private),
        "retired": False,
        "score": score.id,
    }
    values = [(row.id, row.title, row.value, row.say) for row in score.rows]
    if score.value is not None:
        values.append(("", "", score.value, score.say))
    for name, title, value, say in values:
        number = as_data(value)
        place = {"item": _none_if_empty(name), "item_text": _none_if_empty(title)}
        yield {**about, **place, "value": as_text(number), "number": number, "text": _none_if_empty(say)}


def _retired_row(one: Retired) -> Row:
    reason, words = reason_in(one.answer), said_before(one)
    return {
        "prompt": one.prompt,
        "value": None if reason else words,
        "text": words,
        "question": one_line(one.ask),
        "kind": _none_if_empty(one.kind),
        "not_answered": reason,
        "own": False,
        "private": one.private,
        "retired": True,
        "version": _none_if_empty(one.version),
    }


_AS_TEXT: dict[type, Callable[[Any], str | None]] = {
    bool: lambda value: str(value).lower(),
    float: in_full,
    type(None): lambda value: value,
}


def as_text(value: Scalar | None) -> str | None:
    """What was given, in its one form: `true`, `3`, `2.5`, `2026-12-01`, or the text itself."""
    return _AS_TEXT.get(type(value), str)(value)


# --- everything -----------------------------------------------------------------------------------


def response_data(
    excerpt: Excerpt, *, schema: shapes.SchemaName = "libwell.export/1"
) -> shapes.ResponseRecord:
    """Everything that may be seen of a response, as plain data: ids are values, never keys.

    An answer has its `value` as it is kept, the things `given` in it one by one, and its `text` as a person
    reads it. Days are dates. What is not there is None, or an empty list. `schema` says which verb made it.
    """
    response, worksheet, person = excerpt.response, excerpt.worksheet, excerpt.response.person
    sections = {one.section.id: one.section.title for one in excerpt.asked}
    return {
        "schema": schema,
        "id": response.id,
        "status": response.status,
        "revision": response.revision,
        "completed": response.completed,
        "worksheet": {
            "id": worksheet.id,
            "version": worksheet.version,
            "title": worksheet.title,
            "language": worksheet.language,
        },
        "person": {"name": excerpt.name, "team": person.team, "library": person.library},
        "sections": [{"id": name, "title": title} for name, title in sections.items()],
        "answers": [_answer_record(one, excerpt) for one in excerpt.questions],
        "scores": [_score_record(score, excerpt) for score in excerpt.scores],
        "actions": [action_data(action, excerpt) for action in excerpt.actions],
        "retired": list(map(_retired_record, excerpt.retired)),
        "sources": _sources(worksheet),
        "resources": _resources(worksheet),
        "withheld": excerpt.withheld,
    }


@cached_by_identity
def _sources(worksheet: Worksheet) -> list[shapes.SourceRecord]:
    return cast("list[shapes.SourceRecord]", [one.model_dump() for one in worksheet.sources])


@cached_by_identity
def _resources(worksheet: Worksheet) -> list[shapes.ResourceRecord]:
    return cast("list[shapes.ResourceRecord]", [one.model_dump() for one in worksheet.resources])


def _answer_record(one: Asked, excerpt: Excerpt) -> shapes.AnswerRecord:
    return {
        "id": one.prompt.id,
        "title": one.prompt.ask,
        "section": one.section.id,
        "kind": one.prompt.kind,
        "private": one.prompt.id in excerpt.private,
        "value": _as_entries(one.value),
        "not_answered": one.not_answer,
        "given": [] if one.not_answer else list(map(_given_record, _given(one))),
        "text": _shown(one),
    }


def _given(one: Asked) -> tuple[Given, ...]:
    """What was given to a prompt; one thing that is empty where there is an answer with nothing in it."""
    if one.not_answer:
        return (Given(value=None, text=NOT_ANSWERS[one.not_answer], not_answered=one.not_answer),)
    if one.value is None:
        return ()
    return tuple(one.prompt.given(one.value, one.around)) or (Given(value=None),)


def _given_record(given: Given) -> shapes.GivenRecord:
    """One thing given; `own` says that its words are the person's."""
    return {
        "item": _none_if_empty(given.item),
        "item_text": _none_if_empty(given.about),
        "mark": _none_if_empty(given.mark),
        "mark_text": _none_if_empty(given.mark_text),
        "value": given.value,
        "text": _none_if_empty(given.text),
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
    return "\n".join(chain.from_iterable(map(_lines, blocks)))


def _lines(block: Plain) -> Iterator[str]:
    match block:  # what the kinds show their answers in
        case Paragraph(text=text):
            yield text
        case Listing(items=items, title=title):
            yield from (title, *items) if title else items
        case Table(columns=columns, rows=rows):
            yield from map(" | ".join, (columns, *rows))


def _score_record(score: Scored, excerpt: Excerpt) -> shapes.ScoreRecord:
    return {
        "id": score.id,
        "title": score.title,
        "value": None if score.value is None else as_data(score.value),
        "low": None if score.low is None else as_data(score.low),
        "high": None if score.high is None else as_data(score.high),
        "answered": score.answered,
        "needed": score.needed,
        "total": score.total,
        "text": score.text,
        "say": score.say,
        "private": not score.prompts.isdisjoint(excerpt.private),
        "rows": [{"id": row.id, "title": row.title, "value": as_data(row.value)} for row in score.rows],
    }


def action_data(action: Action, excerpt: Excerpt) -> shapes.ActionRecord:
    """An action as plain data; `question` is what it came from, if that may be seen."""
    return {
        "id": excerpt.response.action_id(action.id),
        "step": action.step,
        "status": action.status,
        "who": _none_if_empty(action.who),
        "due": action.due or None,
        "level": action.level,
        "know": _none_if_empty(action.know),
        "notes": _none_if_empty(action.notes),
        "from": _none_if_empty(action.from_),
        "question": _none_if_empty(excerpt.question_of(action)),
        "private": excerpt.is_private(action),
        "changed": action.changed,
    }


def _retired_record(one: Retired) -> shapes.RetiredRecord:
    return {
        "id": one.prompt,
        "title": one.ask,
        "kind": one.kind,
        "version": one.version,
        "private": one.private,
        "text": said_before(one),
    }


def _none_if_empty(text: str) -> str | None:
    return text or None


def _as_entries(value: Value | None) -> Data:
    """Turn tables keyed by ids into lists of `{id, value}`, or why there is none; own entries stay."""
    if isinstance(value, list):
        return cast("Data", list(map(_as_entries, value)))
    if not isinstance(value, dict):
        return cast("Data", value)
    if "other" in value:
        reason = not_answer(value.get("point"))
        return cast("Data", {**value, "point": None, "not_answered": reason} if reason else value)
    entries = []
    for name, part in value.items():
        if name != "id":
            reason = not_answer(part)
            kept = {"value": None, "not_answered": reason} if reason else {"value": _as_entries(part)}
            entries.append({"id": name, **kept})
    return cast("Data", {"id": value["id"], "value": entries} if "id" in value else entries)
