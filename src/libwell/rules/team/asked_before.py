"""You asked: what many wished for in a first round, beside what became of it in the plan that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.plans import Comparing, fold_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.response import Action
    from libwell.rules.team.wishes import TeamWish


class AskedBefore(NamedTuple):
    """What many wished for, and the step of the plan that answers it; None where there is none."""

    wish: TeamWish
    step: Action | None


def asked_before(wishes: Iterable[TeamWish], plan: Sequence[Action]) -> Iterator[AskedBefore]:
    """Find for each wish the step that says the same, or else nearly the same."""
    comparing = Comparing()
    folded = [(fold_step(action.step), action) for action in plan]
    return (AskedBefore(wish, _answer(wish, folded, comparing)) for wish in wishes)


def _answer(wish: TeamWish, plan: Iterable[tuple[str, Action]], comparing: Comparing) -> Action | None:
    wanted = fold_step(wish.step)
    for step, action in plan:
        if step in (wanted, fold_step(wish.item)):
            return action
    for step, action in plan:
        if comparing.are_near(step, wanted):
            return action
    return None
