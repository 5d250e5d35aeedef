"""You asked: what many wished for in a first round, beside what became of it in the plan that is kept."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.keeping import stand_in_for_place
from libwell.rules.team.plans import Comparing, fold_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.response import Action
    from libwell.rules.team.wishes import TeamWish


class KeptAction(NamedTuple):
    """A step of a kept plan, and what stands for the places in worksheets where it was offered."""

    action: Action
    origins: tuple[str, ...] = ()


class AskedBefore(NamedTuple):
    """What many wished for, and the step of the plan that answers it; None where there is none."""

    wish: TeamWish
    step: Action | None


def asked_before(wishes: Iterable[tuple[str, TeamWish]], plan: Sequence[KeptAction]) -> Iterator[AskedBefore]:
    """Find for each wish, given with the id of its worksheet, the step that answers it.

    It says the same, or else it came of the wish, or else it says nearly the same.
    """
    comparing = Comparing()
    folded = [(fold_step(one.action.step), one) for one in plan]
    for worksheet, wish in wishes:
        own, item = fold_step(wish.step), fold_step(wish.item)
        place = stand_in_for_place(worksheet, wish.address)
        answers = chain(
            (one.action for step, one in folded if step in (own, item)),
            (one.action for one in plan if place in one.origins),
            (one.action for step, one in folded if comparing.are_near(step, own)),
        )
        yield AskedBefore(wish, next(answers, None))
