"""Whether answers fit the worksheet they answer, and the ids their own entries get."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from libwell.errors import Mistake
from libwell.model.prompts.base import NOT_ANSWERED, Around, Value, highest_own
from libwell.rules.addresses import fault
from libwell.rules.asking import Asked, OwnNumbers, asked, pickable, wrong_with
from libwell.rules.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.prompts.base import Problem
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

EMPTY: tuple[Value, ...] = ("", [], {})


def with_empties_skipped(answers: dict[str, Value]) -> dict[str, Value]:
    """In an answers file `""`, `[]` and `{}` mean skipped."""
    return {name: {NOT_ANSWERED: "skipped"} if value in EMPTY else value for name, value in answers.items()}


def numbered(value: Value, last: int) -> tuple[Value, int]:
    """Give every own entry and added row without an id the next one. Returns the value and the last number.

    The same words under two marks of a checklist are one entry.
    """
    numbering = _Numbering(max(last, highest_own(value)))
    return numbering.go_through(value, "other"), numbering.last


class _Numbering:
    def __init__(self, last: int) -> None:
        self.last = last
        self._given: dict[str, str] = {}

    def go_through(self, value: Value, kind: str) -> Value:
        if isinstance(value, list):
            return [self._entry(entry) for entry in value]
        if isinstance(value, dict) and "other" in value:
            return self._with_id(value, "other", str(value["other"]))
        if isinstance(value, dict):
            return {
                name: self.go_through(part, kind) if isinstance(part, list) else part
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
    answers, last_own = dict(response.answers), dict(response.last_own)
    numbers = OwnNumbers(worksheet, response)
    for name, value in response.answers.items():
        if worksheet.find(name) is None:
            continue
        answers[name], last = numbered(value, numbers.last(name))
        numbers.note(name, last)
        if own := highest_own(answers[name]):
            last_own[name] = max(own, last_own.get(name, 0))
    last_action = max([response.last_action, *(int(a.id[1:]) for a in response.actions if a.id)])
    actions = []
    for action in response.actions:
        last_action += not action.id
        actions.append(action if action.id else action.model_copy(update={"id": f"a{last_action}"}))
    changes = {
        "answers": answers,
        "last_own": last_own,
        "actions": tuple(actions),
        "last_action": last_action,
    }
    return response.model_copy(update=changes)


def problems(worksheet: Worksheet, response: Response) -> list[Mistake]:
    """Every answer and action that does not fit the worksheet."""
    found = list(_unknown(worksheet, response))
    wrong = [(one.prompt.id, problem) for one in asked(worksheet, response) for problem in one.problems]
    for name, problem in [*wrong, *_hidden(worksheet, response)]:
        found.append(Mistake(problem.message, ("answers", name, *problem.path), problem.remedy))
    prompts = {prompt.id: prompt for _, prompt in worksheet.prompts()}
    for position, action in enumerate(response.actions):
        nowhere = fault(action.from_, prompts, own=True) if action.from_ else ""
        if nowhere and action.from_.split(".")[0] not in response.retired:
            found.append(Mistake(nowhere, ("actions", position, "from"), "Leave from out, or name a prompt."))
        if action.id and action.id in [other.id for other in response.actions[:position]]:
            place = ("actions", position, "id")
            found.append(Mistake(f"another action has the id {action.id}.", place, "Leave it out."))
    return found


def _hidden(worksheet: Worksheet, response: Response) -> Iterator[tuple[str, Problem]]:
    """What is wrong with answers to prompts hidden now; shown again, they have to fit."""
    shown = {one.prompt.id for one in asked(worksheet, response)}
    for _, prompt in worksheet.prompts():
        if prompt.id in response.answers and prompt.id not in shown:
            around = Around(dt.date.min, pickable=pickable(worksheet, prompt))
            for problem in wrong_with(prompt, response.answers[prompt.id], around):
                yield prompt.id, problem


def _unknown(worksheet: Worksheet, response: Response) -> Iterator[Mistake]:
    names = [prompt.id for _, prompt in worksheet.prompts()]
    for name in response.answers:
        if name not in names:
            remedy = did_you_mean(name, names) or "Take it out, or use the id of a prompt."
            yield Mistake("the worksheet has no prompt with this id.", ("answers", name), remedy)


def unfinished(one: Asked) -> str:
    """What this prompt still needs before the response can be complete; empty if nothing."""
    answered = one.entry is not None and one.not_answer not in (None, "skipped")
    if one.value is None and one.prompt.required and not answered:
        return "This one needs an answer before you finish; :prefer-not is one."
    if one.not_answer in ("prefer-not-to-say", "dont-know", "not-applicable"):
        return ""
    if one.value is None and not one.prompt.required:
        return ""
    return one.prompt.unmet(one.value, one.around)


def missing(worksheet: Worksheet, response: Response) -> list[Mistake]:
    """What a complete response still lacks."""
    return [
        Mistake(f"{reason} ({one.prompt.id})", ("answers", one.prompt.id), "Or save it as a draft: --draft.")
        for one in asked(worksheet, response)
        if not one.problems and (reason := unfinished(one))
    ]
