"""What `compare --json` writes, field by field. Fields are only ever added.

It must not know how two responses are compared.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from typing_extensions import TypedDict

from libwell.kinds.values import NotAnswer, Value
from libwell.model.action_words import ActionStatus
from libwell.model.export_records import PersonRecord
from libwell.model.response import Status

Change = Literal["gained", "lost", "kept"]
OnlyOnce = Literal["only-then", "only-now"]
Reason = Literal[OnlyOnce, "no-measure", "another-kind", "another-scale", "another-unit", "another-count"]
Outcome = Literal["done", "open", "set-aside", "new"]


class ResponseSide(TypedDict):
    """One of the two responses; `version` is that of its worksheet."""

    id: str
    status: Status
    revision: int
    completed: dt.date | None
    version: str
    person: PersonRecord


class ComparedPlace(TypedDict):
    """A place of an answer: an item, row or option, and a mark or column there; empty for the whole."""

    id: str
    title: str
    mark: str
    mark_title: str


class SaidRecord(ComparedPlace):
    """One thing given at one time, and in words; or the reason why it was not."""

    value: Value
    text: str
    not_answered: NotAnswer | None


class AnswerSide(TypedDict):
    """Everything given to a prompt at one time."""

    not_answered: NotAnswer | None
    given: list[SaidRecord]


class ChangeRecord(ComparedPlace):
    """What was given at a place then and now. Marks and picks have a `change`, numbers a `difference`."""

    then: Value
    now: Value
    change: Change | None
    difference: float | None


class Compared(TypedDict):
    """What is said of everything that is compared, and of what can't be."""

    title: str
    private: bool


class ComparedAnswer(Compared):
    """A prompt that was asked at both times; `changes` are place by place, of marks and numbers alone."""

    id: str
    title_then: str
    section: str
    kind: str
    unchanged: bool
    then: AnswerSide
    now: AnswerSide
    changes: list[ChangeRecord]


class ScoreSide(TypedDict):
    """A score at one time; null where too little was answered."""

    value: float | None
    text: str


class ComparedScore(Compared):
    """A score that was counted in the same way at both times."""

    id: str
    then: ScoreSide
    now: ScoreSide
    difference: float | None


class ActionSide(TypedDict):
    """A step at one time: its id on the command line, how far it was, and since when."""

    id: str
    status: ActionStatus
    changed: dt.date | None


class ComparedStep(Compared):
    """A step of the plan, and what became of it; null where it was not there."""

    outcome: Outcome
    then: ActionSide | None
    now: ActionSide | None


class NotComparedRecord(Compared):
    """What can't be compared, and why: a prompt, a score, or in a prompt an item or mark."""

    what: Literal["prompt", "item", "score"]
    id: str
    item: str | None
    item_title: str | None
    reason: Reason
    text: str


class ComparisonRecord(TypedDict):
    """Two responses to one worksheet; `withheld` counts what was left out of both as private.

    `worksheet` has the worksheet's `id`, and its `title` in the version of the second response.
    """

    worksheet: dict[str, str]
    then: ResponseSide
    now: ResponseSide
    answers: list[ComparedAnswer]
    scores: list[ComparedScore]
    actions: list[ComparedStep]
    not_compared: list[NotComparedRecord]
    withheld: int
