"""The levels and statuses of actions: their ids in order, and their words. No other place says them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from libwell.model.characters import counted
from libwell.model.dates import say_date

LevelName = Literal["me", "team", "organisation", "community"]
"""Whose step it is."""

LEVEL_WORDS: dict[LevelName, str] = {
    "me": "for me",
    "team": "for the team",
    "organisation": "for the organization",
    "community": "with the community",
}
LEVEL_HEADINGS: dict[LevelName, str] = {
    "me": "Each for themselves",
    "team": "For the team",
    "organisation": "For the organization",
    "community": "With the community",
}
"""Over the steps of many people."""
LEVEL_NAMES: dict[str, LevelName] = {
    "me": "me",
    "team": "team",
    "organization": "organisation",
    "community": "community",
}
"""What a person types, and the level it names: files have been keeping one in its British spelling."""

LEVELS = tuple(LEVEL_WORDS)
"""From the nearest to the widest."""

ActionStatus = Literal["open", "doing", "done", "not-now", "handed-over", "let-go"]
"""How far a step is."""

STATUS_WORDS: dict[ActionStatus, str] = {
    "open": "open",
    "doing": "under way",
    "done": "done",
    "not-now": "not now",
    "handed-over": "handed over",
    "let-go": "let go",
}
CURRENT: frozenset[ActionStatus] = frozenset({"open", "doing"})
"""Still to be done."""
SET_ASIDE: frozenset[ActionStatus] = frozenset({"not-now", "handed-over", "let-go"})

_SINCE = {"doing": " since", "done": " on", "not-now": ", since", "handed-over": " on", "let-go": " on"}

IN_NO_CALENDAR = "It will be in no calendar, and not among what is due."
"""What follows where a due is no day, but words."""
DELETE_BY_HAND = "If it stands in a calendar, delete it there by hand."
"""What follows where a step had a day and has none now: no file takes an event out of a calendar."""


def say_status(status: ActionStatus, changed: dt.date | None) -> str:
    """How far an action is, and since when: `done on Thursday, December 3, 2026`; empty while it is open."""
    if status == "open":
        return ""
    return f"{STATUS_WORDS[status]}{_SINCE[status]} {say_date(changed)}" if changed else STATUS_WORDS[status]


def say_due(due: dt.date | str | None) -> str:
    """By when: a day in full, or the words given instead of one; empty where there is neither."""
    return say_date(due) if isinstance(due, dt.date) else due or ""


def say_support(people: int | None) -> str:
    """How many support a step of a team; None where that is not told."""
    return "at least one person" if people is None else counted(people, "person", "people")
