"""Actions after the worksheet: the list of all responses, changing one, adding some. Asks nothing.

A response that was shared or exported stays as it is; only the response changes. Every change is saved under
the response's lock, as the walk saves.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import find_response
from libwell.model.action_words import LEVEL_WORDS, say_status
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean
from libwell.rules.planning import (
    OpenPlan,
    change_action,
    due_words,
    in_order,
    planned,
)
from libwell.rules.privacy import for_audience
from libwell.rules.records import action_data
from libwell.storage.known_ids import note_actions
from libwell.storage.responses import Saved, read_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.response import Action, Response
    from libwell.rules.planning import Changes, Planned, Wanted
    from libwell.storage.responses import ResponseFolder


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """The actions asked for, in order; how many more were left out as private; what could not be read.

    `total` counts all actions there are, whether asked for or not.
    """

    actions: tuple[Planned, ...]
    withheld: int
    failed: tuple[LibwellError, ...]
    total: int


def find_actions(folder: ResponseFolder, wanted: Wanted, *, private: bool) -> Found:
    """The actions of all responses that are asked for, private ones only with `private`.

    Their ids are noted on the way, to complete a command line with.
    """
    saved, failed = _read(folder)
    everything = [one for each in saved for one in _planned(each, private=True)]
    note_actions(folder.folder, [one.id for one in everything])
    seen = everything if private else [one for each in saved for one in _planned(each, private=False)]
    actions, all_wanted = [[one for one in some if wanted.takes(one)] for some in (seen, everything)]
    return Found(tuple(in_order(actions)), len(all_wanted) - len(actions), tuple(failed), len(everything))


def _read(folder: ResponseFolder) -> tuple[list[Saved], list[LibwellError]]:
    """Every response that has actions, and what could not be read."""
    saved: list[Saved] = []
    failed: list[LibwellError] = []
    for one in folder.read_all():
        if isinstance(one, LibwellError):
            failed.append(one)
        elif one.response.actions:
            saved.append(one)
    return saved, failed


def _planned(saved: Saved, *, private: bool) -> Iterator[Planned]:
    return planned(for_audience(saved.response, saved.worksheet, private=private))


def list_text(actions: Iterable[Planned], today: dt.date) -> str:
    """The actions for a person: for each its id and step, when and who, and where it comes from."""
    return "\n".join("".join(f"{line}\n" for line in _lines(one, today)) for one in actions)


def _lines(one: Planned, today: dt.date) -> Iterator[str]:
    action = one.action
    yield f"{one.id}: {one_line(action.step)}{' (private)' if one.is_private else ''}"
    level = LEVEL_WORDS[action.level] if action.level else ""
    parts = (due_words(one, today), one_line(action.who), level, say_status(action.status, action.changed))
    said = "; ".join(part for part in parts if part)
    yield f"   {said[0].upper()}{said[1:]}"
    yield f"   From: {one_line(one.excerpt.worksheet.title)}"


def action_entry(one: Planned) -> dict[str, Any]:
    """An action as plain data, with where it comes from."""
    response, worksheet = one.excerpt.response, one.excerpt.worksheet
    return {
        **action_data(one.action, one.excerpt),
        "response": response.id,
        "worksheet": {"id": worksheet.id, "version": worksheet.version, "title": worksheet.title},
    }


# --- changing one ---------------------------------------------------------------------------------


def find_place(name: str, folder: ResponseFolder) -> tuple[Path, str]:
    """The file and the id in it of an action such as `k3f9.a1`. Raises NotFoundError with the nearest."""
    response, _, action = name.rpartition(".")
    try:
        saved = find_response(response, folder)
    except NotFoundError:
        saves, _ = _read(folder)
        known = [one.response.action_id(action.id) for one in saves for action in one.response.actions]
        remedy = did_you_mean(name, known) or "`libwell actions` shows what there is, such as k3f9.a1."
        raise NotFoundError(f"There is no action {name}.", remedy) from None
    OpenPlan(saved.response, saved.worksheet, dt.date.min).find(action)
    return saved.path, action


def set_action(place: tuple[Path, str], changes: Changes, *, folder: ResponseFolder, world: World) -> str:
    """Change an action and save it. Returns what to say about it.

    Raises LockedError while another process has the response open, and SaveError.
    """
    path, name = place
    with taken_up(path, folder, world) as hand:
        saved = hand.saved
        changed = change_action(
            saved.response,
            name,
            changes,
            worksheet=saved.worksheet,
            today=world.today,
            country=world.country,
        )
        hand.save(changed.response)
    return changed.said


@dataclass
class Hand:
    """A response that is being changed, under its lock."""

    saved: Saved
    folder: ResponseFolder
    world: World

    def save(self, response: Response) -> None:
        """Save it, if it is another than before."""
        if response == self.saved.response:
            return
        moment = self.world.now().astimezone(dt.UTC)
        stamped = response.model_copy(update={"revision": response.revision + 1, "updated": moment})
        self.folder.save(self.saved.path, stamped)
        self.saved = Saved(self.saved.path, stamped, self.saved.worksheet)


@contextmanager
def taken_up(path: Path, folder: ResponseFolder, world: World) -> Iterator[Hand]:
    """Lend a response for changing its actions; their ids are noted afterwards."""
    with folder.lock(path):
        folder.sweep(path)
        hand = Hand(read_response(path), folder, world)
        try:
            yield hand
        finally:
            note_actions_of(hand.saved, folder)


def note_actions_of(saved: Saved, folder: ResponseFolder) -> None:
    """Note the ids of a response's actions, to complete a command line with; only of those in the folder."""
    response = saved.response
    if saved.path.parent.absolute() == folder.folder.absolute():
        ids = [response.action_id(action.id) for action in response.actions]
        note_actions(folder.folder, ids, of=response.short_id)


# --- adding ---------------------------------------------------------------------------------------


def add_actions(
    saved: Saved, actions: Iterable[Action], *, folder: ResponseFolder, world: World
) -> list[str]:
    """Add actions, and save them in one step. Returns their ids."""
    with taken_up(saved.path, folder, world) as hand:
        plan = OpenPlan(hand.saved.response, hand.saved.worksheet, world.today)
        names = [plan.add(action.model_dump(by_alias=True, exclude_unset=True)) for action in actions]
        hand.save(plan.response)
        return [hand.saved.response.action_id(name) for name in names]
