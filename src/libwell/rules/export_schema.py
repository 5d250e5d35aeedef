"""The JSON Schema of what `export --format json` and `view --json` write.

It says every field that is there, each required: fields are only ever added, so a reader may rest on all of
them, and has to pass over those it does not know. `rules.records.response_data` is what it describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from libwell.kinds.base import NOT_ANSWERS
from libwell.model.action_words import LEVELS, ActionStatus
from libwell.model.response import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]

NAMES = ("libwell.export/1", "libwell.view/1")
"""What the field `schema` can say: by which verb the document was made, and in which version."""


def export_schema() -> Schema:
    """The schema, in the dialect of the others but for its name."""
    described = _record("A response, as far as it may be seen.", **_document())
    return {**described, "title": "A libwell export", "definitions": _DEFINITIONS}


def _record(about: str, /, **fields: Schema) -> Schema:
    """An object with these fields, all of them there; more may come with a later version."""
    return {"type": "object", "description": about, "properties": fields, "required": [*fields]}


def _text(about: str) -> Schema:
    return {"type": "string", "description": about}


def _text_or_none(about: str) -> Schema:
    return {"type": ["string", "null"], "description": about}


def _number(about: str, *more: str) -> Schema:
    return {"type": ["number", *more] if more else "number", "description": about}


def _whole(about: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": about}


def _flag(about: str) -> Schema:
    return {"type": "boolean", "description": about}


def _one_of(about: str, words: Iterable[str], *, or_none: bool = False) -> Schema:
    return {"enum": [*words, *([None] if or_none else [])], "description": about}


def _day_or_none(about: str) -> Schema:
    return {"type": ["string", "null"], "format": "date", "description": about}


def _many(about: str, definition: str) -> Schema:
    return {"type": "array", "description": about, "items": {"$ref": f"#/definitions/{definition}"}}


def _value(about: str, *definitions: str) -> Schema:
    """A value: text, number, yes or no, nothing, or one of these definitions."""
    plain: Schema = {"type": ["string", "number", "boolean", "null"]}
    refs = [{"$ref": f"#/definitions/{name}"} for name in definitions]
    return {"anyOf": [plain, *refs], "description": about}


def _document() -> dict[str, Schema]:
    return {
        "schema": _one_of("By which verb it was made, and in which version of the schema.", NAMES),
        "id": _text("The response's id."),
        "status": _one_of("Whether it is finished.", get_args(Status)),
        "revision": _whole("How often it was saved."),
        "completed": _day_or_none("The day it was finished."),
        "worksheet": _record(
            "The worksheet, as it was asked.",
            id=_text("Its id."),
            version=_text("Its own version."),
            title=_text("What it is called."),
            language=_text("The language it is written in."),
        ),
        "person": _record(
            "Who answered, as far as they said; what they did not is empty.",
            name=_text("Their name."),
            team=_text("Their team."),
            library=_text("Their library."),
        ),
        "sections": _many("The sections something is asked in.", "Section"),
        "answers": _many("Every question that is asked, in order, answered or not.", "Answer"),
        "scores": _many("Sums and means of ratings.", "Score"),
        "actions": _many("The plan.", "Action"),
        "retired": _many("Answers set aside when the worksheet changed; only with --private.", "Retired"),
        "sources": _many("Where the worksheet comes from, and where to read on.", "Source"),
        "resources": _many("Courses, books, guides and helplines to read on.", "Resource"),
        "withheld": _whole("How many answers and actions were left out as private."),
    }


_ITEM = "The id of the option, item, row or own entry, or an entry's number in a list; null: the whole."
_REASON = "Why there is no answer, as far as it was said."

_DEFINITIONS: dict[str, Schema] = {
    "Section": _record("A section.", id=_text("Its id."), title=_text("Its heading.")),
    "Answer": _record(
        "A question with its answer.",
        id=_text("The id of the prompt."),
        title=_text("The question."),
        section=_text("The id of its section."),
        kind=_text("The kind of the prompt."),
        private=_flag("Whether the answer is private."),
        value=_value("The answer as it is kept; null where there is none.", "Pick", "Entry", "Entries"),
        not_answered=_one_of(_REASON, NOT_ANSWERS, or_none=True),
        given=_many("The answer taken apart: everything given in it, one by one.", "Given"),
        text=_text_or_none("The answer as a person reads it, line by line."),
    ),
    "Given": _record(
        "One thing given at one place of an answer.",
        item=_text_or_none(_ITEM),
        item_text=_text_or_none("The words of that item."),
        mark=_text_or_none("The id of the mark or column."),
        mark_text=_text_or_none("The words of that mark or column."),
        value=_value("What was given there: true for a mark or a pick."),
        text=_text_or_none("The same in words."),
        own=_flag("Whether its words are the person's own."),
        not_answered=_one_of(_REASON, NOT_ANSWERS, or_none=True),
    ),
    "Pick": {
        "type": "object",
        "description": "An entry in one's own words.",
        "properties": {"other": _text("The words."), "id": _text("Its id, where it has one.")},
        "required": ["other"],
    },
    "Entry": {
        "type": "object",
        "description": "A mark, item, row or column with what was given there.",
        "properties": {
            "id": _text("The id of the mark, item, row or column."),
            "value": _value("What was given there.", "Pick", "Entries"),
            "not_answered": _one_of(_REASON, NOT_ANSWERS),
        },
        "required": ["id", "value"],
    },
    "Entries": {
        "type": "array",
        "description": "Several of them, in order.",
        "items": _value("One of them.", "Pick", "Entry"),
    },
    "Score": _record(
        "A sum or a mean of ratings.",
        id=_text("Its id."),
        title=_text("What is counted."),
        value=_number("The score; null where too little was answered.", "null"),
        low=_number("The lowest it can be."),
        high=_number("The highest it can be."),
        answered=_whole("How many of its ratings were given."),
        needed=_whole("How many of them it takes."),
        total=_whole("How many there are."),
        text=_text("The score in words, or why there is none."),
        say=_text("What the worksheet says of it; may be empty."),
        private=_flag("Whether it is private, as one of its ratings is."),
    ),
    "Action": _record(
        "A step of the plan.",
        id=_text("Its id on the command line, such as k3f9.a1."),
        step=_text("What will be done."),
        status=_one_of("How far it is.", get_args(ActionStatus)),
        who=_text_or_none("Who does it."),
        due=_text_or_none("By when: a day such as 2027-03-01, or words."),
        level=_one_of("Whose step it is.", LEVELS, or_none=True),
        know=_text_or_none("How they will know that it worked."),
        notes=_text_or_none("What else there is to say of it."),
        question=_text_or_none("The question it comes from, if that may be seen."),
        private=_flag("Whether it is private."),
        changed=_day_or_none("The day its status last changed."),
        **{"from": _text_or_none("The address it comes from, if that may be seen.")},
    ),
    "Retired": _record(
        "An answer whose question is gone from the worksheet, or asks for something else now.",
        id=_text("The id of its prompt."),
        title=_text("The question it answered."),
        kind=_text("The kind of the prompt; empty where it is not known."),
        version=_text("The version of the worksheet it was given to; empty where it is not known."),
        private=_flag("Whether it is private."),
        text=_text("The answer in words."),
    ),
    "Source": _record(
        "A book, course or page.",
        title=_text("Its title."),
        author=_text("Who wrote it."),
        publisher=_text("Who published it."),
        year={"type": ["integer", "null"], "description": "When it was published."},
        url=_text("Its address."),
        note=_text("A few words about it."),
        role=_one_of("Whether the worksheet comes from it, or it is to read on.", ("source", "further")),
    ),
    "Resource": _record(
        "A place to read on or to turn to.",
        id=_text("Its id."),
        title=_text("What it is called."),
        provider=_text("Who offers it."),
        kind=_text("What it is."),
        audience={"type": "array", "description": "Whom it is for.", "items": {"type": "string"}},
        topics={"type": "array", "description": "What it is about, in words.", "items": {"type": "string"}},
        about=_text("What it is about, in a sentence or two."),
        country=_text("Where it is there: two letters; empty: everywhere."),
        url=_text("Its address."),
    ),
}
