"""What a shared copy holds: what is put in, from a list of what may leave, and what is read of one.

A copy is made of `for_audience`'s result alone. Of a copy nothing private is taken, whoever put it there.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.model.prompts.plan import PlanPrompt
from libwell.model.response import Response
from libwell.rules.asking import Asked, asked
from libwell.rules.privacy import is_private_action, private_in_any
from libwell.rules.remembering import once_for_each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet

_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

# --- reading a copy -------------------------------------------------------------------------------


def without_private(shared: Shared, worksheet: Worksheet, known: Iterable[Worksheet]) -> tuple[Shared, int]:
    """A copy without what is private in it, and how much that was.

    Private is what its own worksheet says is, or one `known` of the same id. Nobody can share it, so it was
    put there by hand, or by forging the worksheet.
    """
    private = private_in_any(worksheet, known)
    answers = {name: value for name, value in shared.answers.items() if name not in private}
    actions = tuple(one for one in shared.actions if not is_private_action(one, worksheet, private))
    told = tuple(
        one.model_copy(update={"from_": ""}) if one.from_.partition(".")[0] in private else one
        for one in actions
    )
    dropped = len(shared.answers) - len(answers) + len(shared.actions) - len(actions)
    return shared.model_copy(update={"answers": answers, "actions": told}), dropped


def as_response(shared: Shared) -> Response:
    """A copy in the shape that answers are judged in; its id and its times mean nothing."""
    return Response(
        id=f"shared-{shared.shared_id}",
        created=_NEVER,
        updated=_NEVER,
        person=shared.person,
        answers=shared.answers,
        actions=shared.actions,
        definition=shared.definition,
    )


def asked_in(response: Response, worksheet: Worksheet) -> tuple[Asked, ...]:
    """What a copy (as a response) says of each prompt that it says something of, in the worksheet's order.

    Conditions are passed over: they held when it was shared, and what they look at may not be in it. The plan
    is not among them, as its actions stand by themselves.
    """
    found = asked(_without_conditions(worksheet), response)
    return tuple(one for one in found if one.entry is not None and not isinstance(one.prompt, PlanPrompt))


@once_for_each
def _without_conditions(worksheet: Worksheet) -> Worksheet:
    sections = tuple(
        section.model_copy(
            update={
                "when": None,
                "prompts": tuple(prompt.model_copy(update={"when": None}) for prompt in section.prompts),
            }
        )
        for section in worksheet.sections
    )
    return worksheet.model_copy(update={"sections": sections})
