"""What `libwell team plan --keep` says of a plan that lives on, and `--status`, which says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import show_text
from libwell.cli.told_failures import print_failures
from libwell.errors import UsageError
from libwell.model.action_words import say_support
from libwell.model.characters import counted, folded, one_line, shortened
from libwell.model.shell_words import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from libwell.cli.session import Session
    from libwell.flows.kept_plans import KeptPlan
    from libwell.flows.opened import Opened
    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.tally import Tally

Keep = Annotated[
    str | None,
    typer.Option(
        help="Keep the plan under this name; new copies add to it, and what you set stays.", metavar="NAME"
    ),
]
ShowStatus = Annotated[
    bool, typer.Option("--status", help="Show how far the plans that are kept have come; takes no PATH.")
]
_MOST = 10
"""Steps of a kind that are named, at most; the rest is counted."""
_LONGEST = 100
"""Characters of a step, at most, where it is only named."""


def checked_name(keep: str | None) -> str:
    """The name of the plan to keep; empty where none is kept. Raises UsageError for one that says nothing."""
    if keep is not None and not folded(keep):
        raise UsageError("The name given for --keep is empty.", "Perhaps a variable is not set.")
    return one_line(keep or "")


# --- what is new ------------------------------------------------------------------------------------


def keep_and_say(
    session: Session, name: str, tally: Tally, joins: Sequence[str], make: Callable[[Sequence[str]], TeamPlan]
) -> TeamPlan:
    """Keep the plan that `make` makes with these joins, and say what is new in it and what can be typed next.

    Returns the plan of the copies. Raises as `flows.kept_plans.keep_plan` does.
    """
    from libwell.flows.kept_plans import keep_plan

    kept = keep_plan(name, tally, joins, make, folder=session.folder, world=session.world)
    say, call = session.output.message, session.world.call
    name = one_line(kept.opened.response.person.team)
    for line in _news(kept, name):
        say(line)
    say(f"To see its steps: {call} actions --team {as_typed(name)}")
    say(f"How far they are: {call} team plan --status --keep {as_typed(name)}")
    return kept.plan


def _news(kept: KeptPlan, name: str) -> Iterator[str]:
    news, response = kept.news, kept.opened.response
    steps = {action.id: action for action in response.actions}
    new = counted(len(news.new), "step", "steps")
    if kept.is_begun:
        yield f"The plan of {name} is kept: {new}."
    elif news.new:
        yield f"New in the plan of {name}: {new}."
    else:
        yield f"No new step in the plan of {name}."
    yield from _named(kept, () if kept.is_begun else news.new)
    for one, other in news.joined:
        yield f"Joined: {response.action_id(one)} counts as {response.action_id(other)}."
    if news.counted and not kept.is_begun:
        yield "Counted anew, who supports what:"
        yield from _named(kept, news.counted, with_support=True)
    for one, other in news.near:
        first, second = (one_line(steps[name].step) for name in (one, other))
        yield f"Perhaps the same: “{first}” and “{second}”."
        yield f"   To join them, say the same again with --join {as_typed(f'{first}={second}')}"
    if news.taken_out:
        yield f"Taken out, as whoever shared it took it back: {counted(news.taken_out, 'step', 'steps')}."
    if news.cleared:
        yield "Names or words were taken out with a withdrawal. Look whether these steps say enough:"
        yield from _named(kept, news.cleared)


def _named(kept: KeptPlan, ids: Sequence[str], *, with_support: bool = False) -> Iterator[str]:
    response, known = kept.opened.response, kept.opened.response.kept or {}
    steps = {action.id: action.step for action in response.actions}
    for name in ids[:_MOST]:
        support = f" ({say_support(known[name].support)})" if with_support else ""
        yield f"   {response.action_id(name)}: {shortened(steps[name], _LONGEST)}{support}"
    if len(ids) > _MOST:
        yield f"   and {len(ids) - _MOST} more"


# --- how far ----------------------------------------------------------------------------------------


def show_how_far(session: Session, name: str, *, is_alone: bool) -> int:
    """Show how far the kept plan of this name is, or all of them. Returns the exit status.

    Raises UsageError unless nothing else `is_alone` asked for, NotFoundError if none has the name.
    """
    from libwell.flows.kept_plans import find_kept, kept_plans

    if not is_alone:
        raise UsageError("--status shows what is kept, and goes with --keep alone.", "Leave out the rest.")
    plans, failed = ([find_kept(name, session.folder)], []) if name else kept_plans(session.folder)
    if plans:
        show_text(session, "\n".join(_how_far(session, one) for one in plans))
    elif not failed:
        call = session.world.call
        session.output.message(f"No plan is kept yet. To keep one: {call} team plan PATH --keep NAME")
    return print_failures(session.output, failed, done=len(plans))


def _how_far(session: Session, kept: Opened) -> str:
    """One plan as a text: counts, then the steps by how far they are."""
    from libwell.flows.actions import list_text
    from libwell.flows.kept_plans import how_far
    from libwell.rules.team.keeping import HOW_FAR

    today, groups = session.world.today, how_far(kept, session.world.today)
    counts = ", ".join(f"{len(steps)} {HOW_FAR[name]}" for name, steps in groups.items())
    steps = counted(len(kept.response.actions), "step", "steps")
    head = f"{one_line(kept.response.person.team)} ({kept.response.short_id}): {steps}"
    parts = [f"{head}; {counts}.\n" if counts else f"{head}.\n"]
    for name, some in groups.items():
        parts.append(f"{HOW_FAR[name].capitalize()}:\n{list_text(some, today, is_of_one=True)}")
    return "\n".join(parts)
