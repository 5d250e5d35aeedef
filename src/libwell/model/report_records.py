"""What `team report --format json` writes, field by field; a later report reads some of it back.

Fields are only ever added, and ids are values, never keys. Nothing in it says who was counted, or how many
wait to be.
"""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from libwell.model.export_records import Count, about

ReportSchema = Literal["libwell.team-report/2"]
Median = Annotated[float | None, about("The median of the points given; null where none are counted.")]
ScoreValue = Annotated[float | None, about("The score; null where too little was told, and of no score.")]


MeanPlace = Annotated[
    float | None,
    about("The mean place it was given, none counting as one behind the last; null: not of a ranking."),
]


class TeamRecord(TypedDict):
    """A team of those who shared a worksheet."""

    id: Annotated[str, about("Its name in small letters; empty: those who named no team.")]
    name: Annotated[str, about("Its name.")]
    people: Annotated[Count | None, about("How many people are told of; null: it is not told of.")]
    is_told: Annotated[bool, about("Whether it is told of.")]


class DifferingRecord(TypedDict):
    """A question that is not the same in every version that was answered."""

    id: Annotated[str, about("The id of the prompt.")]
    title: Annotated[str, about("The question.")]
    how: Annotated[list[str], about("What differs, in words.")]


class ApartRecord(TypedDict):
    """A place where people differ."""

    measure: Annotated[float, about("How much they differ, from 0 to 1.")]
    question: Annotated[str, about("The question.")]
    item: Annotated[str, about("The words of its item; empty: the whole.")]
    how: Annotated[str, about("How they differ, in words.")]
    talk: Annotated[str, about("What to talk about.")]


class WishRecord(TypedDict):
    """Something that somebody wishes for."""

    worksheet: Annotated[str, about("What its worksheet is called.")]
    question: Annotated[str, about("The question.")]
    step: Annotated[str, about("The first step toward it that the worksheet suggests.")]
    people: Annotated[Count, about("How many wish for it.")]
    answered: Annotated[Count, about("Out of how many.")]
    item: Annotated[str, about("What is wished for, as the question names it.")]
    address: Annotated[str, about("Where it stands: the ids of the prompt and of the item or option.")]


class OwnWordsRecord(TypedDict):
    """Words of somebody's own, where they were shared with their text."""

    item: Annotated[str, about("The id of the item or row; empty: the whole.")]
    column: Annotated[str, about("The id of the mark or column; empty: the whole.")]
    text: Annotated[str, about("The words.")]


class ValueRecord(TypedDict):
    """A value that can be given to a question: an option, a mark, a point with its label, a band."""

    column: Annotated[str, about("The id of the column it is given in; empty: the question has none.")]
    id: Annotated[str, about("The value, as it stands in the counts.")]
    text: Annotated[str, about("The words of it.")]


class QuestionRecord(TypedDict):
    """A question, or a score."""

    id: Annotated[str, about("The id of the prompt or score.")]
    title: Annotated[str, about("The question, or what is counted.")]
    kind: Annotated[str, about("The kind of the prompt, or score.")]
    section: Annotated[str | None, about("The id of its section; null: a score.")]
    low: Annotated[float | None, about("The low end of its scale; null where it has none.")]
    high: Annotated[float | None, about("The high end of its scale; null where it has none.")]
    answered: Annotated[Count | None, about("How many answered it; null where they are too few, or a score.")]
    is_percent: Annotated[bool, about("Whether it is a score in percent.")]
    values: Annotated[list[ValueRecord], about("What can be given to it, where it is counted.")]
    texts: Annotated[list[OwnWordsRecord], about("What was written to it, in no one's order.")]


class PlaceName(TypedDict):
    """Where in an answer something is counted."""

    prompt: Annotated[str, about("The id of the prompt or score.")]
    item: Annotated[str, about("The id of the item or row; empty: the whole.")]
    column: Annotated[str, about("The id of the column; empty: the whole.")]


class CountsRecord(TypedDict):
    """What was given at a place."""

    people: Annotated[Count | None, about("Out of how many people; null: of a score.")]
    counts: Annotated[list[tuple[str, Count]], about("Each value, and how many gave it.")]


class EarlierRecord(CountsRecord):
    """What an earlier report told at a place."""

    median: Median
    score: ScoreValue
    mean_place: MeanPlace


class GroupRecord(EarlierRecord):
    """What a group gave at a place."""

    team: Annotated[str | None, about("The id of the team; null: everybody.")]
    earlier: Annotated[EarlierRecord | None, about("The same as told earlier; null where it was not.")]


class PlaceRecord(PlaceName):
    """A place of an answer, and what is told of it."""

    item_text: Annotated[str, about("The words of the item.")]
    column_text: Annotated[str, about("The words of the column.")]
    shape: Annotated[str, about("How it is asked there: only counts of one shape can be compared.")]
    several: Annotated[Count | None, about("How many gave more than one value; null where it is withheld.")]
    groups: Annotated[list[GroupRecord], about("Everybody, then teams; empty: it is withheld.")]


class WorksheetReportRecord(TypedDict):
    """What is told of a worksheet."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    language: Annotated[str, about("The language it is written in.")]
    people: Annotated[Count | None, about("How many people are told of; null: none are.")]
    is_told: Annotated[bool, about("Whether anything is told.")]
    waits: Annotated[bool, about("Whether something was shared that is not told yet.")]
    versions: Annotated[list[str], about("The versions of it that were answered.")]
    teams: Annotated[list[TeamRecord], about("The teams, if they were asked for.")]
    differing: Annotated[list[DifferingRecord], about("Questions that are not the same in every version.")]
    apart: Annotated[list[ApartRecord], about("Where people differ most, the most divided place first.")]
    questions: Annotated[list[QuestionRecord], about("What was asked, and the scores.")]
    places: Annotated[list[PlaceRecord], about("Every place where something is counted, in order.")]
    summary: Annotated[str, about("What it is about; empty where it does not say.")]
    wishes: Annotated[list[WishRecord], about("What people wish for, the most wished for first.")]


class ReportRecord(TypedDict):
    """A report on shared copies."""

    schema: Annotated[ReportSchema, about("The version of the schema.")]
    min_group: Annotated[Count, about("How many people it takes to tell of them.")]
    by_team: Annotated[bool, about("Whether teams are told of.")]
    since: Annotated[bool, about("Whether an earlier report stands beside it.")]
    worksheets: Annotated[list[WorksheetReportRecord], about("What is told, a worksheet each.")]
    title: Annotated[str, about("The title that was given; empty where there is none.")]
    date: Annotated[str, about("The day that was given, in words; empty where there is none.")]
    expected: Annotated[Count | None, about("How many people were asked; null where nobody said.")]
    library: Annotated[str, about("The library that all name; empty where they name several, or none.")]
    team: Annotated[str, about("The team that all name; empty where they name several, or none.")]
