"""What `export --format json` and `view --json` write, field by field; its JSON Schema is made of it.

Every field is there: fields are only ever added, so a reader may rest on all of them, and has to pass over
those it does not know.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from libwell.kinds.values import NotAnswer
from libwell.model.action_words import ActionStatus, LevelName
from libwell.model.response import Status


def about(words: str) -> Any:
    """Say what a field is for."""
    return Field(description=words)


SchemaName = Literal["libwell.export/1", "libwell.view/1"]
Count = Annotated[int, Field(ge=0)]
Plain = str | float | bool | dt.date | None
Reason = Annotated[NotAnswer, about("Why there is no answer, as far as it was said.")]
ReasonOrNone = Annotated[NotAnswer | None, about("Why there is no answer, as far as it was said.")]
ItemId = Annotated[
    str | None,
    about("The id of the option, item, row or own entry, or an entry's number in a list; null: the whole."),
]


class WorksheetRecord(TypedDict):
    """The worksheet, as it was asked."""

    id: Annotated[str, about("Its id.")]
    version: Annotated[str, about("Its own version.")]
    title: Annotated[str, about("What it is called.")]
    language: Annotated[str, about("The language it is written in.")]


class PersonRecord(TypedDict):
    """Who answered, as far as they said; what they did not is empty."""

    name: Annotated[str, about("Their name.")]
    team: Annotated[str, about("Their team.")]
    library: Annotated[str, about("Their library.")]


class SectionRecord(TypedDict):
    """A section."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("Its heading.")]


class PickRecord(TypedDict):
    """An entry in one's own words."""

    other: Annotated[str, about("The words.")]
    id: NotRequired[Annotated[str, about("Its id, where it has one.")]]
    point: NotRequired[Annotated[int | None, about("In a rating: the point it was given.")]]
    not_answered: NotRequired[Reason]


class EntryRecord(TypedDict):
    """A mark, item, row or column with what was given there."""

    id: Annotated[str, about("The id of the mark, item, row or column.")]
    value: Annotated[Plain | PickRecord | Entries, about("What was given there.")]
    not_answered: NotRequired[Reason]


Entries = list[Plain | PickRecord | EntryRecord]


class GivenRecord(TypedDict):
    """One thing given at one place of an answer."""

    item: ItemId
    item_text: Annotated[str | None, about("The words of that item.")]
    mark: Annotated[str | None, about("The id of the mark or column.")]
    mark_text: Annotated[str | None, about("The words of that mark or column.")]
    value: Annotated[Plain, about("What was given there: true for a mark or a pick.")]
    text: Annotated[str | None, about("The same in words.")]
    own: Annotated[bool, about("Whether its words are the person's own.")]
    not_answered: ReasonOrNone


class AnswerRecord(TypedDict):
    """A question with its answer."""

    id: Annotated[str, about("The id of the prompt.")]
    title: Annotated[str, about("The question.")]
    section: Annotated[str, about("The id of its section.")]
    kind: Annotated[str, about("The kind of the prompt.")]
    private: Annotated[bool, about("Whether the answer is private.")]
    value: Annotated[
        Plain | PickRecord | EntryRecord | Entries,
        about("The answer as it is kept; null where there is none."),
    ]
    not_answered: ReasonOrNone
    given: Annotated[list[GivenRecord], about("The answer taken apart: everything given in it, one by one.")]
    text: Annotated[str | None, about("The answer as a person reads it, line by line.")]


class ScoreRowRecord(TypedDict):
    """What a score is for one row of a table."""

    id: Annotated[str, about("The id of the row.")]
    title: Annotated[str, about("What the row is called.")]
    value: Annotated[float, about("The score of this row.")]


class ScoreRecord(TypedDict):
    """What is counted of answers, such as a mean of ratings."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What is counted.")]
    value: Annotated[float | None, about("The score; null: too little was answered, or see rows.")]
    low: Annotated[float | None, about("The lowest it can be; null where that is not known.")]
    high: Annotated[float | None, about("The highest it can be; null where that is not known.")]
    answered: Annotated[Count, about("How many of its parts were given.")]
    needed: Annotated[Count, about("How many of them it takes.")]
    total: Annotated[Count, about("How many there are.")]
    text: Annotated[str, about("The score in words, or why there is none.")]
    say: Annotated[str, about("What the worksheet says of it; may be empty.")]
    private: Annotated[bool, about("Whether it is private, as one of its parts is.")]
    rows: Annotated[list[ScoreRowRecord], about("The value of each row, where it has one for each.")]


Origin = TypedDict(
    "Origin", {"from": Annotated[str | None, about("The address it comes from, if that may be seen.")]}
)


class ActionRecord(Origin):
    """A step of the plan."""

    id: Annotated[str, about("Its id on the command line, such as k3f9.a1.")]
    step: Annotated[str, about("What will be done.")]
    status: Annotated[ActionStatus, about("How far it is.")]
    who: Annotated[str | None, about("Who does it.")]
    due: Annotated[dt.date | str | None, about("By when: a day such as 2027-03-01, or words.")]
    level: Annotated[LevelName | None, about("Whose step it is.")]
    know: Annotated[str | None, about("How they will know that it worked.")]
    notes: Annotated[str | None, about("What else there is to say of it.")]
    question: Annotated[str | None, about("The question it comes from, if that may be seen.")]
    private: Annotated[bool, about("Whether it is private.")]
    changed: Annotated[dt.date | None, about("The day its status last changed.")]


class RetiredRecord(TypedDict):
    """An answer whose question is gone from the worksheet, or asks for something else now."""

    id: Annotated[str, about("The id of its prompt.")]
    title: Annotated[str, about("The question it answered.")]
    kind: Annotated[str, about("The kind of the prompt; empty where it is not known.")]
    version: Annotated[str, about("The version of the worksheet it was given to; empty where not known.")]
    private: Annotated[bool, about("Whether it is private.")]
    text: Annotated[str, about("The answer in words.")]


class SourceRecord(TypedDict):
    """A book, course or page."""

    title: Annotated[str, about("Its title.")]
    author: Annotated[str, about("Who wrote it.")]
    publisher: Annotated[str, about("Who published it.")]
    year: Annotated[int | None, about("When it was published.")]
    url: Annotated[str, about("Its address.")]
    note: Annotated[str, about("A few words about it.")]
    role: Annotated[
        Literal["source", "further", "instrument"],
        about("Whether the worksheet comes from it, it is to read on, or it is this published instrument."),
    ]
    key: Annotated[str, about("Of an instrument: where its scoring is laid down.")]
    licence: Annotated[str, about("Of an instrument: under which it is used.")]


class ResourceRecord(TypedDict):
    """A place to read on or to turn to."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    provider: Annotated[str, about("Who offers it.")]
    kind: Annotated[str, about("What it is.")]
    audience: Annotated[list[str], about("Whom it is for.")]
    topics: Annotated[list[str], about("What it is about, in words.")]
    about: Annotated[str, about("What it is about, in a sentence or two.")]
    country: Annotated[str, about("Where it is there: two letters; empty: everywhere.")]
    url: Annotated[str, about("Its address.")]
    looked_up: Annotated[str, about("The day it was last looked up, such as 2026-11-27; empty: not said.")]
    without_voice: Annotated[list[str], about("Ways to a helpline without a voice.")]


class ResponseRecord(TypedDict):
    """A response, as far as it may be seen."""

    schema: Annotated[SchemaName, about("By which verb it was made, and in which version of the schema.")]
    id: Annotated[str, about("The response's id.")]
    status: Annotated[Status, about("Whether it is finished.")]
    revision: Annotated[Count, about("How often it was saved.")]
    completed: Annotated[dt.date | None, about("The day it was finished.")]
    worksheet: WorksheetRecord
    person: PersonRecord
    sections: Annotated[list[SectionRecord], about("The sections something is asked in.")]
    answers: Annotated[list[AnswerRecord], about("Every question that is asked, in order, answered or not.")]
    scores: Annotated[list[ScoreRecord], about("What is counted of the answers.")]
    actions: Annotated[list[ActionRecord], about("The plan.")]
    retired: Annotated[
        list[RetiredRecord], about("Answers set aside when the worksheet changed; only with --private.")
    ]
    sources: Annotated[list[SourceRecord], about("Where the worksheet comes from, and where to read on.")]
    resources: Annotated[list[ResourceRecord], about("Courses, books, guides and helplines to read on.")]
    withheld: Annotated[Count, about("How many answers and steps were left out as private.")]


class ExportsRecord(TypedDict):
    """Many responses in one document, as far as they may be seen."""

    schema: Annotated[Literal["libwell.exports/1"], about("The document, and the version of the schema.")]
    responses: Annotated[list[ResponseRecord], about("The responses, in the order in which they were named.")]
