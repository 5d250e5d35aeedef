"""Who may see what. The one place where privacy is decided.

Exports, JSON, sharing and teams take only the result of `for_audience`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from libwell.model.response import Action, Response
from libwell.rules.asking import Asked, asked
from libwell.rules.conditions import looks_at

if TYPE_CHECKING:
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What an audience may see of a response: prompts asked, in order, and actions.

    `withheld` counts the private answers and actions that are not in it; `private` holds the ids of
    private prompts that are.
    """

    response: Response
    worksheet: Worksheet
    asked: tuple[Asked, ...]
    actions: tuple[Action, ...]
    private: frozenset[str]
    withheld: int = 0


def for_audience(response: Response, worksheet: Worksheet, *, private: bool) -> Excerpt:
    """Cut out of a response what may be seen; private answers and actions only with `private`.

    The response inside the result holds no answers, actions, retired answers or unknown keys: what is
    not handed out by name does not leave.
    """
    closed = private_prompts(worksheet)
    everything = asked(worksheet, response)
    seen = tuple(_without_offers(one) for one in everything if private or one.prompt.id not in closed)
    actions = tuple(a for a in response.actions if private or not is_private_action(a, worksheet, closed))
    answers = [one for one in everything if one.value is not None and one.prompt.kind != "plan"]
    withheld = sum(one.prompt.id in closed for one in answers if not private)
    withheld += len(response.actions) - len(actions)
    return Excerpt(_head(response), worksheet, seen, actions, closed if private else frozenset(), withheld)


def _head(response: Response) -> Response:
    return Response(
        id=response.id,
        status=response.status,
        revision=response.revision,
        created=response.created,
        updated=response.updated,
        completed=response.completed,
        person=response.person,
        definition=response.definition,
    )


def _without_offers(one: Asked) -> Asked:
    return replace(one, around=replace(one.around, offers=()))


def private_prompts(worksheet: Worksheet) -> frozenset[str]:
    """The ids of the private prompts.

    The nearest word wins (prompt, section, worksheet), and a prompt whose being there or whose rows or
    options tell something of a private one is private whatever it says.
    """
    private: set[str] = set()
    for section, prompt in worksheet.prompts():
        if _says_private(worksheet, section, prompt) or _tells_private(section, prompt, private):
            private.add(prompt.id)
    return frozenset(private)


def _says_private(worksheet: Worksheet, section: Section, prompt: AnyPrompt) -> bool:
    words = (prompt.private, section.private, worksheet.private)
    return next(word for word in words if word is not None)


def _tells_private(section: Section, prompt: AnyPrompt, private: set[str]) -> bool:
    seen = looks_at(section.when) | looks_at(prompt.when) | {prompt.source or ""}
    return not private.isdisjoint(seen)


def is_private_action(action: Action, worksheet: Worksheet, private: frozenset[str]) -> bool:
    """Whether an action is private: by its own word, else as its prompt, else as the plan.

    An action from a prompt that is not there any more is private.
    """
    if action.private is not None:
        return action.private
    if action.from_:
        name = action.from_.split(".")[0]
        return name in private or worksheet.find(name) is None
    plans = [prompt.id for _, prompt in worksheet.prompts() if prompt.kind == "plan"]
    return plans[0] in private if plans else worksheet.private
