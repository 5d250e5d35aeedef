"""Actions after the worksheet: the list of all responses, changing one, adding some. Asks nothing.

A response that was shared or exported stays as it is; only the response changes. Every change is saved under
the response's lock, as the walk saves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import Opened, find_response, hold, open_all
from libwell.model.action_words import LEVEL_WORDS, say_status
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean
from libwell.rules.planning import OpenPlan, change_action, due_words, in_order, planned
from libwell.rules.privacy import leaving
from libwell.rules.records import action_data
from libwell.storage.known_ids import note_actions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.response import Action
    from libwell.model.verb_records import ListedAction
    from libwell.rules.planning import Changes, Planned, Wanted
    from libwell.storage.responses import ResponseFolder


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundActions:
    """The actions asked for, in order; how many more were left out as private; what could not be read.

    `total` counts all actions there are, whether asked for or not.
    """

    actions: tuple[Planned, ...]
    withheld: int
    failed: tuple[LibwellError, ...]
    total: int


def find_actions(
    folder: ResponseFolder, wanted: Wanted, *, private: bool, on_screen: bool = False
) -> FoundActions:
    """The actions of all responses that are asked for, private ones only with `private`.

    What leaves in nothing is among them only where they are read `on_screen`. Their ids are noted on the way,
    to complete a command line with.
    """
    opened, failed = open_all(folder)
    with_actions = [one for one in opened if one.response.actions]
    own = [one.excerpt(private=True) for one in with_actions]
    note_actions(folder.folder, [step.id for one in own for step in planned(one)])
    if not on_screen:
        own = list(map(leaving, own))
    everything = [step for one in own for step in planned(one)]
    seen = everything
    if not private:
        seen = [step for one in with_actions for step in planned(one.excerpt(private=False))]
    actions = in_order(filter(wanted.takes, seen))
    withheld = sum(map(wanted.takes, everything)) - len(actions)
    return FoundActions(tuple(actions), withheld, tuple(failed), len(everything))


def list_text(actions: Iterable[Planned], today: dt.date) -> str:
    """The actions for a person: for each its id and step, when and who, and where it comes from."""
    return "".join(f"{line}\n" for line in _lines(actions, today)).removeprefix("\n")


def _lines(actions: Iterable[Planned], today: dt.date) -> Iterator[str]:
    for one in actions:
        action = one.action
        level = LEVEL_WORDS[action.level] if action.level else ""
        parts = (
            due_words(one, today),
            one_line(action.who),
            level,
            say_status(action.status, action.changed),
        )
        said = "; ".join(filter(None, parts))
        yield ""
        yield f"{one.id}: {one_line(action.step)}{' (private)' if one.is_private else ''}"
        yield f"   {said[0].upper()}{said[1:]}"
        yield f"   From: {one_line(one.excerpt.worksheet.title)}"


def action_entry(one: Planned) -> ListedAction:
    """An action as plain data, with the response and the worksheet it was planned in."""
    response, worksheet = one.excerpt.response, one.excerpt.worksheet
    return {
        **action_data(one.action, one.excerpt),
        "response": response.id,
        "worksheet": {"id": worksheet.id, "version": worksheet.version, "title": worksheet.title},
    }


# --- changing and adding --------------------------------------------------------------------------


def find_place(name: str, folder: ResponseFolder) -> tuple[Path, str]:
    """The file and the id in it of an action such as `k3f9.a1`. Raises NotFoundError with the nearest."""
    response, _, action = name.rpartition(".")
    try:
        opened = find_response(response, folder)
    except NotFoundError:
        responses = [one.response for one in open_all(folder)[0]]
        known = [one.action_id(action.id) for one in responses for action in one.actions]
        remedy = did_you_mean(name, known) or "`libwell actions` shows what there is, such as k3f9.a1."
        raise NotFoundError(f"There is no step {name}.", remedy) from None
    OpenPlan(opened.response, opened.worksheet, dt.date.min).find(action)
    return opened.path, action


def set_action(place: tuple[Path, str], changes: Changes, *, folder: ResponseFolder, world: World) -> str:
    """Change an action and save it. Returns what to say about it.

    Raises LockedError while another process has the response open, and SaveError.
    """
    path, name = place
    with hold(path, folder, world) as held:
        opened = held.opened
        plan = OpenPlan(opened.response, opened.worksheet, world.today, country=world.country)
        said = change_action(plan, name, changes)
        held.save(plan.response)
    return said


def add_actions(
    opened: Opened, actions: Iterable[Action], *, folder: ResponseFolder, world: World
) -> list[str]:
    """Add actions, and save them in one step. Returns their ids."""
    with hold(opened.path, folder, world) as held:
        plan = OpenPlan(held.opened.response, held.opened.worksheet, world.today)
        names = [plan.add(action.model_dump(by_alias=True, exclude_unset=True)) for action in actions]
        held.save(plan.response)
        return [held.opened.response.action_id(name) for name in names]
