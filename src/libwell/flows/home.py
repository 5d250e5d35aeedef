"""What `libwell` alone shows on a terminal: unfinished worksheets, what is due soon, what to type next.

Nothing that was answered is shown, and of private steps only how many there are: somebody may look over a
shoulder.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.flows.opened import how_far, when
from libwell.model.characters import one_line
from libwell.rules.planning import due_words, in_order, planned
from libwell.rules.privacy import for_audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.world import World
    from libwell.rules.planning import Planned
    from libwell.storage.responses import ResponseFolder, Saved

_MOST = 5
"""Drafts and steps shown, at most; the rest is counted."""
_SOON = dt.timedelta(weeks=2)


def welcome(world: World) -> Iterator[str]:
    """The first words to somebody who has nothing saved yet."""
    yield "libwell asks about your library and your work, and ends in a plan. It all stays here."
    yield f"The worksheets: {world.call} list"
    yield f"To begin one: {world.call} start staff-care"


def home(folder: ResponseFolder, world: World) -> Iterator[str]:
    """The lines to show, an empty one between parts. Raises LibwellError if the folder can't be read."""
    everything = list(folder.read_all())
    saved = [one for one in everything if not isinstance(one, LibwellError)]
    failed = len(everything) - len(saved)
    if not everything:
        yield from welcome(world)
        return
    yield from _drafts([one for one in saved if one.response.status == "draft"], world)
    yield from _due(saved, world)
    if failed:
        what = "1 response" if failed == 1 else f"{failed} responses"
        yield f"{what} can't be read. What can be done: {world.call} doctor"
        yield ""
    yield _next(saved, world)


def _drafts(drafts: list[Saved], world: World) -> Iterator[str]:
    if not drafts:
        return
    yield "Not finished yet:"
    for one in sorted(drafts, key=lambda one: one.response.updated, reverse=True)[:_MOST]:
        response = one.response
        yield f"   {one_line(one.worksheet.title)}, {how_far(one)}, from {when(response, world)}"
        yield f"      {world.call} resume {response.short_id}"
    if len(drafts) > _MOST:
        yield f"   and {len(drafts) - _MOST} more: {world.call} responses"
    yield ""


def _due(saved: list[Saved], world: World) -> Iterator[str]:
    """What was due, and what is in the next two weeks."""
    everything, seen = _due_soon(saved, world, private=True), _due_soon(saved, world, private=False)
    if not everything:
        return
    yield "Due now, or in the next two weeks:"
    for one in seen[:_MOST]:
        yield f"   {one.id}: {one_line(one.action.step)}"
        said = due_words(one, world.today)
        yield f"      {said[0].upper()}{said[1:]}"
    if len(seen) > _MOST:
        yield f"   and {len(seen) - _MOST} more"
    if hidden := len(everything) - len(seen):
        yield f"   {'and ' if seen else ''}{hidden} private {'step' if hidden == 1 else 'steps'}"
    yield ""


def _due_soon(saved: list[Saved], world: World, *, private: bool) -> list[Planned]:
    end = world.today + _SOON
    found = [
        one
        for each in saved
        if each.response.actions
        for one in planned(for_audience(each.response, each.worksheet, private=private))
        if one.is_current and one.day is not None and one.day <= end
    ]
    return in_order(found)


def _next(saved: list[Saved], world: World) -> str:
    has_actions = any(one.response.actions for one in saved)
    what = f"All your steps: {world.call} actions" if has_actions else f"The worksheets: {world.call} list"
    return f"{what}. All you can do: libwell --help"
