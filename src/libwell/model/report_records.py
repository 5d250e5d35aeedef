"""What `team report --format json` writes, field by field; its JSON Schema is made of it.

Every field is there: fields are only ever added, so a reader may rest on all of them, and has to pass over
those it does not know. Nothing in it says who was counted.
"""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from libwell.model.export_records import Count, about

ReportSchema = Literal["libwell.team-report/2"]


class TeamRecord(TypedDict):
    """A team."""

    id: Annotated[str, about("Its folded name.")]
    name: Annotated[str, about("Its name.")]
    people: Annotated[Count | None, about("How many people are told of it; null where it is not told of.")]
    is_told: Annotated[bool, about("Whether it is told of.")]


class DifferingRecord(TypedDict):
    """A question that the versions of the worksheet don't have in common."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("The question.")]
    how: Annotated[list[str], about("How the versions differ in it.")]


class ApartRecord(TypedDict):
    """A place where people differ."""

    measure: Annotated[float, about("How much they differ: 0 to 1.")]
    question: Annotated[str, about("The question.")]
    item: Annotated[str, about("The words of the item; may be empty.")]
    how: Annotated[str, about("How they differ, in words.")]
    talk: Annotated[str, about("A question for the conversation.")]


class TextRecord(TypedDict):
    """Words of somebody's own."""

    item: Annotated[str, about("The id of the item; may be empty.")]
    column: Annotated[str, about("The id of the column; may be empty.")]
    text: Annotated[str, about("The words.")]


class QuestionRecord(TypedDict):
    """A question."""

    id: Annotated[str, about("The id of the prompt or the score.")]
    title: Annotated[str, about("The question.")]
    kind: Annotated[str, about("The kind of the prompt, or score.")]
    section: Annotated[str | None, about("The id of its section.")]
    low: Annotated[float | None, about("The low end of its scale.")]
    high: Annotated[float | None, about("The high end of its scale.")]
    answered: Annotated[Count | None, about("How many answered; null where that is not told.")]
    texts: Annotated[list[TextRecord], about("What was shared in words.")]


class CountedRecord(TypedDict):
    """What was given at a place, counted."""

    people: Annotated[Count | None, about("Out of how many people; null where there is no such number.")]
    counts: Annotated[
        list[list[str | int]],
        about(
            "Each value with how many gave it. A value that begins with `not-answered:` is a reason not to."
        ),
    ]
    median: Annotated[float | None, about("The median of the points given; null where there are none.")]
    score: Annotated[float | None, about("The score; null where the question is none.")]


class GroupRecord(CountedRecord):
    """What everybody, or a team, gave at a place."""

    team: Annotated[str | None, about("The folded name of the team; null: everybody.")]
    earlier: Annotated[CountedRecord | None, about("The same as an earlier report told it, if there is one.")]


class PlaceRecord(TypedDict):
    """A place of an answer: the whole, an item, a column or a cell."""

    prompt: Annotated[str, about("The id of the question.")]
    item: Annotated[str, about("The id of the item; may be empty.")]
    item_text: Annotated[str, about("The words of that item; may be empty.")]
    column: Annotated[str, about("The id of the column; may be empty.")]
    column_text: Annotated[str, about("The words of that column; may be empty.")]
    several: Annotated[
        Count | None, about("How many people gave more than one value; null where the place is withheld.")
    ]
    groups: Annotated[list[GroupRecord], about("Everybody first, then teams; empty where it is withheld.")]


class WorksheetReportRecord(TypedDict):
    """A worksheet and what is told of it."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    language: Annotated[str, about("The language it is written in.")]
    people: Annotated[Count | None, about("How many people are told of; null where nobody is.")]
    is_told: Annotated[bool, about("Whether anything of it is told.")]
    waits: Annotated[bool, about("Whether something was shared that is not told yet.")]
    versions: Annotated[list[str], about("The versions of the worksheet that were answered.")]
    teams: Annotated[list[TeamRecord], about("The teams.")]
    differing: Annotated[list[DifferingRecord], about("What the versions don't have in common.")]
    apart: Annotated[list[ApartRecord], about("Where people differ most, the most divided first.")]
    questions: Annotated[list[QuestionRecord], about("The questions, in order.")]
    places: Annotated[list[PlaceRecord], about("Every place of their answers, in order.")]


class ReportRecord(TypedDict):
    """What people who work together answered, as far as it is told."""

    schema: Annotated[ReportSchema, about("The version of this schema.")]
    min_group: Annotated[Count, about("How many people it takes to tell of them.")]
    by_team: Annotated[bool, about("Whether teams are told of.")]
    since: Annotated[bool, about("Whether an earlier report stands beside it.")]
    worksheets: Annotated[list[WorksheetReportRecord], about("The worksheets.")]
