"""What `compare --json` prints, field by field.

Every field is there, and fields are only ever added. It must not know how two responses are compared.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from typing_extensions import TypedDict

from libwell.kinds.values import Scalar
from libwell.model.action_words import ActionStatus
from libwell.model.export_records import Count, PersonRecord, ReasonOrNone, about
from libwell.model.response import Status

Change = Literal["gained", "lost", "kept"]
OnlyOnce = Literal["only-then", "only-now"]
Reason = Literal[OnlyOnce, "no-measure", "another-kind", "another-scale", "another-unit", "another-count"]
Outcome = Literal["done", "open", "set-aside", "new"]
Difference = Annotated[float | None, about("How much more it is now; null where that can't be said.")]


class ComparedWorksheet(TypedDict):
    """The worksheet that both responses answer."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called, in the version of the second response.")]


class ResponseSide(TypedDict):
    """One of the two responses."""

    id: Annotated[str, about("The response's id.")]
    status: Annotated[Status, about("Whether it is finished.")]
    revision: Annotated[Count, about("How often it was saved.")]
    completed: Annotated[dt.date | None, about("The day it was finished.")]
    version: Annotated[str, about("The version of the worksheet it answers.")]
    person: PersonRecord


class ComparedPlace(TypedDict):
    """A place of an answer; without an item it is the whole."""

    id: Annotated[str, about("The id of an item, row, option or own entry; may be empty.")]
    title: Annotated[str, about("The words of that.")]
    mark: Annotated[str, about("The id of a mark or column there; may be empty.")]
    mark_title: Annotated[str, about("The words of that.")]


class SaidRecord(ComparedPlace):
    """One thing given at one time."""

    value: Annotated[Scalar | None, about("What was given there: true for a mark or a pick.")]
    text: Annotated[str, about("The same in words.")]
    not_answered: ReasonOrNone


class AnswerSide(TypedDict):
    """The answer at one time."""

    not_answered: ReasonOrNone
    given: Annotated[list[SaidRecord], about("Everything given in it, one by one.")]


class ChangeRecord(ComparedPlace):
    """What was given at a place then and now."""

    then: Annotated[Scalar | None, about("What was given in the first response.")]
    now: Annotated[Scalar | None, about("What was given in the second.")]
    change: Annotated[Change | None, about("What became of a mark or pick; null where that can't be said.")]
    difference: Difference


class Compared(TypedDict):
    """What is said of everything that is compared, and of what can't be."""

    title: Annotated[str, about("The question, the score's title, or the step.")]
    private: Annotated[bool, about("Whether it is private.")]


class ComparedAnswer(Compared):
    """A prompt that was asked at both times."""

    id: Annotated[str, about("The id of the prompt.")]
    title_then: Annotated[str, about("The question as it was asked in the first response.")]
    section: Annotated[str, about("The id of its section.")]
    kind: Annotated[str, about("The kind of the prompt.")]
    unchanged: Annotated[bool, about("Whether the same was given.")]
    then: AnswerSide
    now: AnswerSide
    changes: Annotated[list[ChangeRecord], about("What changed place by place, of marks and numbers alone.")]


class ScoreSide(TypedDict):
    """A score at one time."""

    value: Annotated[float | None, about("The score; null where too little was answered.")]
    text: Annotated[str, about("The score in words, or why there is none.")]


class ComparedScore(Compared):
    """A score that was counted in the same way at both times."""

    id: Annotated[str, about("Its id.")]
    then: ScoreSide
    now: ScoreSide
    difference: Difference


class ActionSide(TypedDict):
    """A step at one time."""

    id: Annotated[str, about("Its id on the command line, such as k3f9.a1.")]
    status: Annotated[ActionStatus, about("How far it was.")]
    changed: Annotated[dt.date | None, about("The day its status last changed.")]


class ComparedStep(Compared):
    """A step of the plan."""

    outcome: Annotated[Outcome, about("What became of it.")]
    then: Annotated[ActionSide | None, about("The step in the first response; null where it is not there.")]
    now: Annotated[ActionSide | None, about("The step in the second; null where it is not there.")]


class NotComparedRecord(Compared):
    """What can't be compared."""

    what: Annotated[Literal["prompt", "item", "score"], about("What it is.")]
    id: Annotated[str, about("The id of the prompt or score.")]
    item: Annotated[str | None, about("The id of an item or mark in the prompt; null: all of it.")]
    item_title: Annotated[str | None, about("The words of that.")]
    reason: Annotated[Reason, about("Why it can't be compared.")]
    text: Annotated[str, about("The same in words.")]


class NumberOverTimeRecord(TypedDict):
    """A score, rating or amount in each of several responses."""

    id: Annotated[str, about("The id of the prompt or score.")]
    item: Annotated[str, about("The id of the item or row; of a score its title; may be empty.")]
    mark: Annotated[str, about("The id of the column; may be empty.")]
    title: Annotated[str, about("What it is, in words.")]
    private: Annotated[bool, about("Whether it is private.")]
    values: Annotated[
        list[float | None], about("The number in each response; null where it is not compared, or has none.")
    ]
    difference: Difference
    since_first: Annotated[float | None, about("The last minus the first; null where that can't be said.")]


class ComparisonRecord(TypedDict):
    """Two responses to one worksheet, in the order they were named."""

    schema: Annotated[Literal["libwell.compare/1"], about("By which verb it was made, and in which version.")]
    worksheet: ComparedWorksheet
    then: ResponseSide
    now: ResponseSide
    answers: Annotated[list[ComparedAnswer], about("Every prompt that can be compared, in order.")]
    scores: Annotated[list[ComparedScore], about("Every score that can be compared.")]
    actions: Annotated[list[ComparedStep], about("Every step of both plans.")]
    not_compared: Annotated[list[NotComparedRecord], about("What can't be compared.")]
    withheld: Annotated[Count, about("How many answers and steps of both were left out as private.")]


class ComparisonsRecord(TypedDict):
    """More than two responses to one worksheet: each with the one before."""

    schema: Annotated[Literal["libwell.compare/2"], about("By which verb it was made, and in which version.")]
    comparisons: Annotated[list[ComparisonRecord], about("Each two that follow each other.")]
    numbers: Annotated[list[NumberOverTimeRecord], about("Numbers that can be compared, over all of them.")]
