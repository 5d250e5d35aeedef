"""What `libwell` alone shows on a terminal: unfinished worksheets, what is due soon, what to type next.

Nothing that was answered is shown, and of private steps only how many there are: somebody may look over a
shoulder.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.flows.opened import open_all, say_when
from libwell.model.characters import counted, one_line
from libwell.rules.planning import Wanted, due_words, in_order, planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.opened import Opened
    from libwell.flows.world import World
    from libwell.rules.planning import Planned
    from libwell.storage.responses import ResponseFolder

_MOST = 5
"""Drafts and steps shown, at most; the rest is counted."""
_SOON = dt.timedelta(weeks=2, days=1)  # so far away it is not yet soon


def welcome(world: World) -> Iterator[str]:
    """The first words to somebody who has nothing saved yet."""
    yield "libwell asks about your library and your work, and ends in a plan. It all stays here."
    yield f"To choose a worksheet and begin: {world.call} start"


def home(folder: ResponseFolder, world: World) -> Iterator[str]:
    """The lines to show, an empty one between parts. Raises LibwellError if the folder can't be read."""
    opened, failed = open_all(folder)
    if not opened and not failed:
        yield from welcome(world)
        return
    planning = [one for one in opened if one.response.actions]
    yield from _drafts([one for one in opened if one.response.status == "draft"], world)
    yield from _behind_short_ways([one for one in opened if one.waiting], world)
    yield from _due(planning, world)
    if failed:
        what = counted(len(failed), "response", "responses")
        yield f"{what} can't be read. What can be done: {world.call} doctor"
        yield ""
    what = f"All your steps: {world.call} actions" if planning else f"The worksheets: {world.call} list"
    yield f"{what}. All you can do: {world.call} --help"


def _drafts(drafts: list[Opened], world: World) -> Iterator[str]:
    if not drafts:
        return
    yield "Not finished yet:"
    for one in drafts[:_MOST]:
        changed = say_when(one.response.updated, world)
        yield f"   {one_line(one.worksheet.title)}, {one.progress} answered, from {changed}"
        yield f"      {world.call} resume {one.response.short_id}"
    if len(drafts) > _MOST:
        yield f"   and {len(drafts) - _MOST} more: {world.call} responses"
    yield ""


def _behind_short_ways(opened: list[Opened], world: World) -> Iterator[str]:
    """What was left for later, of the latest alone: it is an offer, and no debt."""
    for one in opened[:1]:
        more = counted(one.waiting, "more question", "more questions")
        yield f"You took the short way through “{one_line(one.worksheet.title)}”. {more}, if you like:"
        yield f"      {world.call} resume {one.response.short_id}"
        yield ""


def _due(opened: list[Opened], world: World) -> Iterator[str]:
    """What was due, and what is in the next two weeks."""
    seen = _due_soon(opened, world, private=False)
    hidden = len(_due_soon(opened, world, private=True)) - len(seen)
    if not seen and not hidden:
        return
    yield "Due now, or in the next two weeks:"
    for one in seen[:_MOST]:
        yield f"   {one.id}: {one_line(one.action.step)}"
        said = due_words(one, world.today)
        yield f"      {said[0].upper()}{said[1:]}"
    if len(seen) > _MOST:
        yield f"   and {len(seen) - _MOST} more"
    if hidden:
        yield f"   {'and ' if seen else ''}{counted(hidden, 'private step', 'private steps')}"
    yield ""


def _due_soon(opened: list[Opened], world: World, *, private: bool) -> list[Planned]:
    wanted = Wanted(due_before=world.today + _SOON)
    steps = (step for one in opened for step in planned(one.excerpt(private=private)))
    return in_order(filter(wanted.takes, steps))
