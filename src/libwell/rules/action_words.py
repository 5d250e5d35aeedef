"""What is said of an action: its id on the command line, whose it is, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.dates import say_date

if TYPE_CHECKING:
    from libwell.model.base import Level
    from libwell.model.response import Action, ActionStatus, Response

LEVEL_WORDS: dict[Level, str] = {
    "me": "for me",
    "team": "for the team",
    "organisation": "for the organisation",
    "community": "with the community",
}
STATUS_WORDS: dict[ActionStatus, str] = {
    "open": "open",
    "doing": "under way",
    "done": "done",
    "not-now": "not now",
    "handed-over": "handed over",
    "let-go": "let go",
}
SET_ASIDE: frozenset[ActionStatus] = frozenset({"not-now", "handed-over", "let-go"})
_SINCE: dict[ActionStatus, str] = {"doing": " since", "not-now": ", since"}


def status_words(action: Action) -> str:
    """How far an action is, and since when: `done on Thursday, 3 December 2026`; empty while it is open."""
    if action.status == "open":
        return ""
    words = STATUS_WORDS[action.status]
    since = _SINCE.get(action.status, " on")
    return f"{words}{since} {say_date(action.changed)}" if action.changed else words


def action_id(response: Response, action: Action) -> str:
    """The id of an action on the command line: `k3f9.a1`."""
    return f"{response.short_id}.{action.id}"
