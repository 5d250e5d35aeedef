"""The actions of responses, as they live on after the worksheet: which come first, and how one is changed.

Pure: what may be seen of a response was decided before (`privacy`), and saving is the flow's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import NotFoundError, UsageError
from libwell.kinds.plan import PlanPrompt
from libwell.kinds.steps import Around, check_length
from libwell.kinds.values import as_tables
from libwell.model.action_words import CURRENT, DELETE_BY_HAND, IN_NO_CALENDAR, say_due, say_status
from libwell.model.characters import one_line
from libwell.model.dates import say_date, say_day_read
from libwell.model.nearest import did_you_mean, some_of
from libwell.model.response import Action
from libwell.rules.asked_now import actions_as_tables, asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.kinds.steps import Key, Step, Taken
    from libwell.model.action_words import ActionStatus
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.privacy import Excerpt


# --- a list of actions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """One action, with what may be seen of the response it stands in."""

    excerpt: Excerpt
    action: Action
    is_private: bool

    @property
    def id(self) -> str:
        """Its id on the command line."""
        return self.excerpt.response.action_id(self.action.id)

    @property
    def is_current(self) -> bool:
        """Whether it is still to be done."""
        return self.action.status in CURRENT


def planned(excerpt: Excerpt) -> Iterator[Planned]:
    """The actions of a response that may be seen, in the response's order."""
    return (Planned(excerpt, action, excerpt.is_private(action)) for action in excerpt.actions)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions are asked for; what is left empty narrows nothing.

    Without a status only those still to be done are, unless it is `everything`.
    """

    who: str = ""
    level: str = ""
    status: str = ""
    due_before: dt.date | None = None
    everything: bool = False

    def takes(self, one: Planned) -> bool:
        """Whether an action is among them."""
        action = one.action
        return (
            (action.status == self.status if self.status else self.everything or one.is_current)
            and one_line(self.who).casefold() in one_line(action.who).casefold()
            and self.level in ("", action.level)
            and (self.due_before is None or (one.action.day is not None and one.action.day < self.due_before))
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for some actions only, so that others may be there."""
        return any((self.who, self.level, self.status, self.due_before))


def in_order(actions: Iterable[Planned]) -> list[Planned]:
    """Sort actions: still to be done first; of these by day, then those due in words, then those without."""
    return sorted(actions, key=_place)


def _place(one: Planned) -> tuple[bool, dt.date, bool, str, str]:
    words = one_line(say_due(one.action.due)).casefold()
    return not one.is_current, one.action.day or dt.date.max, not one.action.due, words, one.id


def due_words(one: Planned, today: dt.date) -> str:
    """Say when an action is due; a day that is past is only said to be past: `was for …`."""
    if one.action.day is None:
        return f"by when: {one_line(str(one.action.due))}" if one.action.due else "no day set"
    said = say_date(one.action.day)
    if not one.is_current:
        return f"for {said}"
    if one.action.day < today:
        return f"was for {said}"
    begin = {0: "for today,", 1: "for tomorrow,"}.get((one.action.day - today).days, "by")
    return f"{begin} {said}"


# --- changing -------------------------------------------------------------------------------------


class OpenPlan:
    """The actions of a response, taken up to be changed: what is typed is read as the walk reads it.

    It is the worksheet's own plan prompt that reads, or one that stands in where that asks for no plan.
    `country` is the one configured (empty: none): it says which day `1/12` is.
    """

    def __init__(
        self, response: Response, worksheet: Worksheet, today: dt.date, *, country: str = ""
    ) -> None:
        self.today, self._country, self._before = today, country, response
        self._tables = actions_as_tables(response)
        stand_in = PlanPrompt(id="plan", kind="plan", ask="What will you do next?"), worksheet.level
        everything = asked(worksheet, response)
        own = ((one.prompt, one.around.level) for one in everything if one.prompt.holds_actions)
        self._prompt, self._level = next(own, stand_in)

    @property
    def response(self) -> Response:
        """The response with its actions as they are now."""
        actions = tuple(map(Action.model_validate, self._tables))
        last = self._around().last_action
        return self._before.model_copy(update={"actions": actions, "last_action": last})

    def step(self, key: Key) -> Step:
        """What is asked at a place of the plan."""
        return next(step for step in self._prompt.steps(self._tables, self._around()) if step.key == key)

    def take(self, key: Key, text: str) -> Taken:
        """Take what was typed at a place of the plan; nothing, or `-`, empties it.

        Raises CannotReadError, with nothing changed, if it can't be read there.
        """
        tables, around = self._tables, self._around()
        is_empty = text.strip() in ("", "-")
        prompt = self._prompt
        taken = prompt.empty(key, tables, around) if is_empty else prompt.take(key, text, tables, around)
        self._tables = as_tables(taken.value)
        return taken

    def edit(self, name: str, **changes: Any) -> None:
        """Give an action, by its id in the response, other values for these keys of its table."""
        self._tables = [{**table, **changes} if table["id"] == name else table for table in self._tables]

    def add(self, table: dict[str, Any]) -> str:
        """Add an action that is open since today, its other keys as in the table. Returns its id."""
        name = f"a{self._around().last_action + 1}"
        self._tables = [*self._tables, {**table, "id": name, "status": "open", "changed": self.today}]
        return name

    def find(self, name: str) -> Action:
        """An action by its id in the response. Raises NotFoundError with the nearest."""
        known = {action.id: action for action in self.response.actions}
        if name not in known:
            ids = list(map(self._before.action_id, known))
            near = did_you_mean(self._before.action_id(name), ids)
            remedy = near or (f"There are {some_of(ids)}." if ids else "It has none yet.")
            raise NotFoundError(f"The response {self._before.short_id} has no such step.", remedy)
        return known[name]

    def _around(self) -> Around:
        last = max([self._before.last_action, *(int(str(table["id"])[1:]) for table in self._tables)])
        return Around(self.today, last_action=last, level=self._level, remark=False, country=self._country)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change about an action, as it was typed; None leaves a thing as it is.

    `""` or `-` empties who, due or know. `note` is added; `again` is when the next one is due.
    """

    status: ActionStatus | None = None
    who: str | None = None
    due: str | None = None
    know: str | None = None
    note: str | None = None
    again: str | None = None


def change_action(plan: OpenPlan, name: str, changes: Changes) -> str:
    """Change one action of a plan, found by its id in it. Returns what to say about it, in one line.

    Raises NotFoundError, CannotReadError for what is too long and for a day that is not clear, and UsageError
    if the next one is asked for of an action that is not done.
    """
    action, said = plan.find(name), []
    had_day = action.day is not None
    if changes.status not in (None, action.status):
        plan.edit(name, status=changes.status, changed=plan.today)
    if changes.status:
        said.append(_said_status(plan.find(name)))
    if changes.note:
        between = "\n" if action.notes and not action.notes.endswith("\n") else ""
        plan.edit(name, notes=check_length(f"{action.notes}{between}{changes.note}"))
        said.append("note added")
    for part, words in (("who", "who"), ("know", "how you will know")):
        text = getattr(changes, part)
        if text is not None:
            plan.take((name, part), text)
            said.append(f"{words} {'noted' if getattr(plan.find(name), part) else 'left open'}")
    if changes.due is not None:  # what that was read as is said back, last
        plan.take((name, "due"), changes.due)
        said.append(_said_due(plan.find(name), plan.today, unset="by when left open"))
    action = plan.find(name)
    line = f"{plan.response.action_id(name)}: {'; '.join(said or [_said_status(action)])}."
    if changes.due and isinstance(action.due, str):
        line += f" {IN_NO_CALENDAR}"
    if had_day and not action.day:
        line += f" {DELETE_BY_HAND}"
    return line if changes.again is None else f"{line} {_plan_again(plan, action, changes.again)}"


def _said_status(action: Action) -> str:
    return say_status(action.status, action.changed) or "open"


def _said_due(action: Action, today: dt.date, *, unset: str = "no day set") -> str:
    if action.day:
        return f"due {say_day_read(action.day, today)}"
    return "by when, kept in your words" if action.due else unset


_KEPT = {"step", "who", "level", "know", "from_", "private"}
_SAME: dict[str, Any] = {"by_alias": True, "exclude_defaults": True, "include": _KEPT}
"""What the next one of an action has in common with it, as far as it says something."""


def _plan_again(plan: OpenPlan, action: Action, due: str) -> str:
    """Add the next one of an action, unless it is there already, and say which it is."""
    if action.status != "done":
        remedy = "Say that it is: --status done."
        raise UsageError("--again makes the next one of a step that is done.", remedy)
    same = action.model_dump(**_SAME)
    current = (one for one in plan.response.actions if one.status in CURRENT)
    there = next((one for one in current if one.model_dump(**_SAME) == same), None)
    if there:
        said, name = "is there already:", there.id
    else:
        said, name = "is", plan.add(same)
        plan.take((name, "due"), due)
    found = plan.find(name)
    line = f"The next one {said} {plan.response.short_id}.{name}, {_said_due(found, plan.today)}."
    return f"{line} {IN_NO_CALENDAR}" if isinstance(found.due, str) else line
