"""Whether answers fit the worksheet they answer, and the ids their own entries get."""

from __future__ import annotations

import datetime as dt
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from libwell.errors import MOST_MISTAKES, Mistake
from libwell.kinds.base import NOT_ANSWERED, Around, Problem, Value, highest_own, own_things
from libwell.kinds.plan import PlanPrompt
from libwell.model.nearest import did_you_mean
from libwell.model.response import Action
from libwell.rules.addresses import origins
from libwell.rules.asked_now import Asked, OwnNumbers, asked, pickable, prompt_ids, wrong_with
from libwell.rules.conditions import looks_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import AnyPrompt, Worksheet

EMPTY: tuple[Value, ...] = ("", [], {})


def with_empties_skipped(answers: dict[str, Value]) -> dict[str, Value]:
    """In an answers file `""`, `[]` and `{}` mean skipped."""
    return {name: {NOT_ANSWERED: "skipped"} if value in EMPTY else value for name, value in answers.items()}


def with_value(response: Response, one: Asked, value: Value, *, today: dt.date) -> dict[str, Any]:
    """The fields of a response that change when a prompt gets a new value; of a plan that is its actions."""
    answers = {name: given for name, given in response.answers.items() if name != one.prompt.id}
    if isinstance(one.prompt, PlanPrompt) and not isinstance(value, dict):
        return {"answers": answers, **_with_actions(response, value or [], today)}
    if value is not None:
        answers[one.prompt.id] = value
    before = response.last_own.get(one.prompt.id, 0)
    last = max(before, highest_own(one.entry), highest_own(value))
    if not last:
        return {"answers": answers}
    return {"answers": answers, "last_own": {**response.last_own, one.prompt.id: last}}


def _with_actions(response: Response, tables: list[Value], today: dt.date) -> dict[str, Any]:
    before = {action.id: action for action in response.actions}
    actions = []
    for table in tables:
        action = Action.model_validate(table)
        same = action == before.get(action.id)
        actions.append(action if same else action.model_copy(update={"changed": today}))
    last = max([response.last_action, *(int(action.id[1:]) for action in actions)])
    return {"actions": tuple(actions), "last_action": last}


def numbered(value: Value, last: int) -> tuple[Value, int]:
    """Give every own entry and added row without an id the next one. Returns the value and the last number.

    The same words under two marks of a checklist are one entry.
    """
    numbering = _Numbering(max(last, highest_own(value)))
    return numbering.go_through(value), numbering.last


class _Numbering:
    def __init__(self, last: int) -> None:
        self.last = last
        self._given: dict[str, str] = {}

    def go_through(self, value: Value) -> Value:
        if isinstance(value, list):
            return [self._entry(entry) for entry in value]
        if isinstance(value, dict) and "other" in value:
            return self._with_id(value, "other", str(value["other"]))
        if isinstance(value, dict):
            return {
                name: self.go_through(part) if isinstance(part, list) else part
                for name, part in value.items()
            }
        return value

    def _entry(self, entry: Value) -> Value:
        if not isinstance(entry, dict):
            return entry
        if "other" in entry:
            return self._with_id(entry, "other", str(entry["other"]))
        return self._with_id(entry, "row", "")

    def _with_id(self, entry: dict[str, Any], kind: str, words: str) -> dict[str, Any]:
        if "id" in entry:
            return entry
        if not words or words not in self._given:
            self.last += 1
            self._given[words] = f"{kind}-{self.last}"
        return {**entry, "id": self._given[words]}


def with_numbers(response: Response, worksheet: Worksheet) -> Response:
    """Give own entries, added rows and actions their lasting ids."""
    changes = {**_numbered_answers(response, worksheet), **_numbered_actions(response)}
    return response.model_copy(update=changes) if changes else response


def _numbered_answers(response: Response, worksheet: Worksheet) -> dict[str, Any]:
    known = prompt_ids(worksheet)
    own = {name: own_things(value) for name, value in response.answers.items() if name in known}
    with_own = [name for name, things in own.items() if things]
    answers = response.answers
    if not all("id" in thing for name in with_own for thing in own[name]):
        answers, numbers = dict(answers), OwnNumbers(worksheet, response)
        for name in with_own:
            answers[name], last = numbered(answers[name], numbers.last(name))
            numbers.note(name, last)
    last_own = dict(response.last_own)
    for name in with_own:
        last_own[name] = max(highest_own(own_things(answers[name])), last_own.get(name, 0))
    is_known = answers is response.answers and last_own == response.last_own
    return {} if is_known else {"answers": answers, "last_own": last_own}


def _numbered_actions(response: Response) -> dict[str, Any]:
    last_action = max([response.last_action, *(int(a.id[1:]) for a in response.actions if a.id)])
    if last_action == response.last_action and all(action.id for action in response.actions):
        return {}
    actions = []
    for action in response.actions:
        last_action += not action.id
        actions.append(action if action.id else action.model_copy(update={"id": f"a{last_action}"}))
    return {"actions": tuple(actions), "last_action": last_action}


def problems(
    worksheet: Worksheet, response: Response, *, everything: tuple[Asked, ...] | None = None
) -> list[Mistake]:
    """Every answer and action that does not fit the worksheet; of too many the first.

    `everything` is what `asked` gives, where that is known already.
    """
    if everything is None:
        everything = asked(worksheet, response)
    wrong = chain(
        _unknown(worksheet, response),
        _wrong(worksheet, response, everything),
        _wrong_actions(worksheet, response),
        _ids_given_twice(response),
    )
    return list(islice(wrong, MOST_MISTAKES + 1))


def _wrong_actions(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    """Actions that come from nowhere."""
    for position, action in enumerate(response.actions):
        remedy = origins(worksheet).remedy(action.from_) if action.from_ else ""
        if remedy and action.from_.split(".")[0] not in response.retired:
            message = "this leads to nothing in the worksheet."
            yield Mistake(message, ("actions", position, "from"), remedy)


def _ids_given_twice(response: Response) -> Iterator[Mistake]:
    seen: set[str] = set()
    for position, action in enumerate(response.actions):
        if action.id in seen:
            message = f"another action has the id {action.id}."
            yield Mistake(message, ("actions", position, "id"), "Leave it out.")
        seen.update({action.id} - {""})


def _wrong(worksheet: Worksheet, response: Response, everything: tuple[Asked, ...]) -> Iterator[Mistake]:
    """What is wrong with each answer, also to prompts hidden now; shown again, they have to fit.

    Where rows and options come from a wrong answer, it is not said of them that they are not there.
    """
    shown = {one.prompt.id: one for one in everything}
    wrong: set[str] = set()
    for _, prompt in worksheet.prompts():
        follows = bool(wrong) and prompt.source in wrong
        one = shown.get(prompt.id)
        found = one.problems if one else ()
        if follows or one is None:
            found = tuple(_wrong_unasked(worksheet, response, prompt, follows=follows))
        if found or follows:
            wrong.add(prompt.id)
        for problem in found:
            yield Mistake(problem.message, ("answers", prompt.id, *problem.path), problem.remedy)


def _wrong_unasked(
    worksheet: Worksheet, response: Response, prompt: AnyPrompt, *, follows: bool
) -> Iterator[Problem]:
    """What is wrong with an answer that is hidden, or whose rows and options come from a wrong one."""
    entry = response.answers.get(prompt.id)
    if entry is not None:
        known = None if follows else pickable(worksheet).get(prompt.id)
        yield from wrong_with(prompt, entry, Around(dt.date.min, pickable=known))


def _unknown(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    known = prompt_ids(worksheet)
    for name in response.answers:
        if name not in known:
            remedy = did_you_mean(name, known) or "Take it out, or use the id of a prompt."
            yield Mistake("the worksheet has no prompt with this id.", ("answers", name), remedy)


def unfinished(one: Asked) -> str:
    """What this prompt still needs before the response can be complete; empty if nothing."""
    if _needs_answer(one):
        return "This one needs an answer before you finish; :prefer-not is one."
    return one.prompt.unmet(one.value, one.around) if _has_to_suffice(one) else ""


def _needs_answer(one: Asked) -> bool:
    return one.prompt.required and not one.is_answered


def _has_to_suffice(one: Asked) -> bool:
    if one.not_answer in ("prefer-not-to-say", "dont-know", "not-applicable"):
        return False
    return one.value is not None or one.prompt.required


def missing(worksheet: Worksheet, response: Response, *, otherwise: str = "") -> list[Mistake]:
    """What a complete response still lacks; `otherwise` is what else can be done about it.

    What hangs on a wrong answer is not asked for.
    """
    found: list[Mistake] = []
    wrong: set[str] = set()
    for one in asked(worksheet, response):
        name = one.prompt.id
        if one.problems or wrong & {
            one.prompt.source,
            *looks_at(one.section.when),
            *looks_at(one.prompt.when),
        }:
            wrong.add(name)
            continue
        for problem in _lacking(one):
            remedy = f"{problem.remedy} {otherwise}".strip()
            found.append(Mistake(problem.message, ("answers", name, *problem.path), remedy))
    return found


def _lacking(one: Asked) -> Iterator[Problem]:
    if _needs_answer(one):
        remedy = 'Answer it, or write { not-answered = "prefer-not-to-say" }.'
        yield Problem("this question needs an answer.", (), remedy)
    elif _has_to_suffice(one):
        yield from one.prompt.lacks(one.value, one.around)
