"""Whether answers fit the worksheet they answer, and the ids their own entries get."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from libwell.errors import MOST_MISTAKES, Mistake
from libwell.kinds.own_entries import highest_own, highest_row, own_things
from libwell.kinds.steps import Around
from libwell.kinds.values import NOT_ANSWERED, Problem, Value, as_entries
from libwell.model.nearest import did_you_mean
from libwell.model.response import Action
from libwell.rules.addresses import origin_remedy
from libwell.rules.asked_now import Asked, asked, highest_number, looks_at, pickable, prompt_ids, wrong_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

EMPTY: tuple[Value, ...] = ("", [], {})


def with_empties_skipped(answers: dict[str, Value]) -> dict[str, Value]:
    """The answers of an answers file, by prompt: there `""`, `[]` and `{}` mean skipped."""
    return {name: {NOT_ANSWERED: "skipped"} if value in EMPTY else value for name, value in answers.items()}


def with_value(response: Response, one: Asked, value: Value | None, *, today: dt.date) -> dict[str, Any]:
    """The fields of a response that change when a prompt gets a new value (None: its answer goes).

    The value of a plan is its actions, as plain tables; those that differ are stamped with `today`.
    """
    name = one.prompt.id
    answers = {other: given for other, given in response.answers.items() if other != name}
    if one.prompt.holds_actions and not isinstance(value, dict):
        before, fresh = {action.id: action for action in response.actions}, {"changed": today}
        given = map(Action.model_validate, as_entries(value))
        actions = tuple(one if one == before.get(one.id) else one.model_copy(update=fresh) for one in given)
        last = response.model_copy(update={"actions": actions}).highest_action
        return {"answers": answers, "actions": actions, "last_action": last}
    if value is not None:
        answers[name] = value
    numbers = [max(highest_own(entry), highest_row(entry)) for entry in (one.entry, value)]
    last = max(response.last_own.get(name, 0), *numbers)
    return {"answers": answers, "last_own": {**response.last_own, name: last} if last else response.last_own}


# --- lasting ids ----------------------------------------------------------------------------------


def with_numbers(response: Response, worksheet: Worksheet) -> Response:
    """Give own entries, added rows and actions their lasting ids, none of which was given before.

    `last_own` and `last_action` of the response rise with them.
    """
    answers, last_own, known = dict(response.answers), dict(response.last_own), prompt_ids(worksheet)
    for name, value in response.answers.items():
        if name not in known or not own_things(value):
            continue
        if not all("id" in thing for thing in own_things(value)):
            answers[name] = numbered(value, highest_number(worksheet, last_own, answers, name))
        last_own[name] = max(highest_own(own_things(answers[name])), last_own.get(name, 0))
    last, actions = response.highest_action, list(response.actions)
    for place, action in enumerate(actions):
        if not action.id:
            last += 1
            actions[place] = action.model_copy(update={"id": f"a{last}"})
    changes = {"answers": answers, "last_own": last_own, "actions": tuple(actions), "last_action": last}
    if all(getattr(response, name) == value for name, value in changes.items()):
        return response
    return response.model_copy(update=changes)


def numbered(value: Value, last: int = 0) -> Value:
    """A copy in which every own entry and added row has an id; the same words under two marks are one.

    `last` is the highest number given before.
    """
    value, given, numbers = deepcopy(value), dict[str, str](), count(last + 1)
    for thing in own_things(value):
        words = str(thing.get("other", ""))
        if "id" not in thing and (not words or words not in given):
            given[words] = f"{'other' if 'other' in thing else 'row'}-{next(numbers)}"
        thing.setdefault("id", given.get(words, ""))
    return value


# --- what does not fit ----------------------------------------------------------------------------


def problems(
    worksheet: Worksheet, response: Response, *, everything: tuple[Asked, ...] | None = None
) -> list[Mistake]:
    """Every answer and action that does not fit the worksheet; of more than MOST_MISTAKES the first.

    `everything` is what `asked` gives, where that is known already.
    """
    shown = asked(worksheet, response) if everything is None else everything
    wrong = chain(_wrong(worksheet, response, shown), _wrong_actions(worksheet, response))
    return list(islice(wrong, MOST_MISTAKES + 1))


def _wrong(worksheet: Worksheet, response: Response, everything: Iterable[Asked]) -> Iterator[Mistake]:
    """Answers to no prompt, and what is wrong with each, also with those to prompts hidden now.

    Where rows and options come from a wrong answer, it is not said of them that they are not there.
    """
    ids = prompt_ids(worksheet)
    for name in response.answers:
        if name not in ids:
            remedy = did_you_mean(name, ids) or "Take it out, or use the id of a prompt."
            yield Mistake("the worksheet has no prompt with this id.", ("answers", name), remedy)
    known: dict[str, frozenset[str] | None] = {**pickable(worksheet)}
    shown = {one.prompt.id: one.problems for one in everything}
    wrong: set[str | None] = set()
    for _, prompt in worksheet.prompts():
        if prompt.source in wrong:
            wrong.add(prompt.id)
            known[prompt.id] = None
        if prompt.id in wrong or prompt.id not in shown:
            around = Around(dt.date.min, pickable=known.get(prompt.id))
            shown[prompt.id] = wrong_with(prompt, response.answers.get(prompt.id), around)
        found = shown[prompt.id]
        if found:
            wrong.add(prompt.id)
        for problem in found:
            yield Mistake(problem.message, ("answers", prompt.id, *problem.path), problem.remedy)


def _wrong_actions(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    """Actions that come from nowhere, and ids given twice."""
    seen: set[str] = set()
    for position, action in enumerate(response.actions):
        remedy = origin_remedy(action.from_, worksheet) if action.from_ else ""
        if remedy and action.from_.split(".")[0] not in response.retired:
            yield Mistake("this leads to nothing in the worksheet.", ("actions", position, "from"), remedy)
        if action.id in seen:
            message = f"another step has the id {action.id}."
            yield Mistake(message, ("actions", position, "id"), "Leave it out.")
        seen |= {action.id} - {""}


# --- what is missing ------------------------------------------------------------------------------


def unfinished(one: Asked) -> str:
    """What this prompt still needs before the response can be complete; empty if nothing."""
    if one.prompt.required and not one.is_answered:
        return "This one needs an answer before you finish; :prefer-not is one."
    return "" if one.value is None else one.prompt.unmet(one.value, one.around)


def parts_answered(one: Asked) -> tuple[int, int]:
    """How many of the things a prompt asks for one by one have something, and how many there are.

    Of ratings these are the items, of a table the rows it has from elsewhere; else it is the whole.
    """
    if one.value is None or one.prompt.measure not in ("point", "cells"):
        return 1, 1
    things = {label.id for label in one.prompt.places().items} | {pick.id for pick in one.around.picks}
    given = {given.item for given in one.prompt.given(one.value, one.around)} & things
    return (len(given), len(things)) if things else (1, 1)


def missing(everything: Iterable[Asked], *, otherwise: str = "") -> list[Mistake]:
    """What a response still lacks to be complete; `otherwise` is what else can be done about it.

    `everything` is what `asked` gives. What hangs on a wrong answer is not asked for.
    """
    found: list[Mistake] = []
    wrong: set[str | None] = set()
    for one in everything:
        name, prompt = one.prompt.id, one.prompt
        hangs_on = {prompt.source, *looks_at(one.section.when, {}), *looks_at(prompt.when, {})}
        if one.problems or wrong & hangs_on:
            wrong.add(name)
            continue
        lacking: Iterable[Problem] = ()
        if prompt.required and not one.is_answered:
            remedy = 'Answer it, or write { not-answered = "prefer-not-to-say" }.'
            lacking = (Problem("this question needs an answer.", (), remedy),)
        elif one.value is not None:
            lacking = prompt.lacks(one.value, one.around)
        for problem in lacking:
            remedy = f"{problem.remedy} {otherwise}".strip()
            found.append(Mistake(problem.message, ("answers", name, *problem.path), remedy))
    return found
