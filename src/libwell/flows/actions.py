"""Actions after the worksheet: the list of all responses, changing and adding some. Asks nothing.

A response that was shared or exported stays as it is; only the response changes. Every change is saved under
the response's lock, as the walk saves.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import Opened, find_response, hold, open_all, open_each
from libwell.model.action_words import LEVEL_WORDS, say_status
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean, some_of
from libwell.rules.documents import actions_document
from libwell.rules.planning import OpenPlan, change_action, due_words, in_order, planned
from libwell.rules.privacy import leaving
from libwell.rules.records import action_data, actions_sheet
from libwell.storage.known_ids import note_actions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from libwell.flows.formats import Format, Rendered
    from libwell.flows.opened import Held
    from libwell.flows.world import World
    from libwell.model.response import Action
    from libwell.model.verb_records import ListedAction
    from libwell.rules.planning import Changes, Planned, Wanted
    from libwell.storage.responses import ResponseFolder


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundActions:
    """The actions asked for, in order; how many more were left out as private; what could not be read.

    `total` counts all actions there are, whether asked for or not, `read` the responses that could be read.
    """

    actions: tuple[Planned, ...]
    withheld: int
    failed: tuple[LibwellError, ...]
    total: int
    read: int


def find_actions(
    folder: ResponseFolder,
    wanted: Wanted,
    *,
    private: bool,
    on_screen: bool = False,
    paths: Sequence[Path] | None = None,
) -> FoundActions:
    """The actions that are asked for, of all responses or those in `paths`; private ones with `private`.

    What leaves in nothing is among them only where they are read `on_screen`. The ids of all are noted on the
    way, to complete a command line with.
    """
    opened, failed = open_all(folder) if paths is None else open_each(paths)
    with_actions = [one for one in opened if one.response.actions]
    own = [one.excerpt(private=True) for one in with_actions]
    if paths is None:
        note_actions(folder.folder, [step.id for one in own for step in planned(one)])
    if not on_screen:
        own = list(map(leaving, own))
    everything = [step for one in own for step in planned(one)]
    seen = everything
    if not private:
        seen = [step for one in with_actions for step in planned(one.excerpt(private=False))]
    actions = in_order(filter(wanted.takes, seen))
    withheld = sum(map(wanted.takes, everything)) - len(actions)
    return FoundActions(tuple(actions), withheld, tuple(failed), len(everything), len(opened))


def list_text(
    actions: Iterable[Planned], today: dt.date, *, briefly: bool = False, is_of_one: bool = False
) -> str:
    """The actions for a person: for each its id and step, when and who, and where it comes from.

    `briefly`: of several of one response in a row only the first says where they come from; none does where
    all of them come from one that is named already.
    """
    lines = _lines(actions, today, briefly=briefly, is_of_one=is_of_one)
    return "".join(f"{line}\n" for line in lines).removeprefix("\n")


def _lines(actions: Iterable[Planned], today: dt.date, *, briefly: bool, is_of_one: bool) -> Iterator[str]:
    before = ""
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
        response = one.excerpt.response.id
        if not is_of_one and (not briefly or response != before):
            yield f"   From: {one_line(one.excerpt.worksheet.title)}"
        before = response


def actions_text(actions: Iterable[Planned], format_: Format) -> Rendered:
    """The actions in a format, for people, spreadsheets or calendars."""
    return format_.write_as(tuple(actions), document=actions_document, sheet=actions_sheet)


def action_entry(one: Planned) -> ListedAction:
    """An action as plain data, with the response and the worksheet it was planned in."""
    response, worksheet = one.excerpt.response, one.excerpt.worksheet
    return {
        **action_data(one.action, one.excerpt),
        "response": response.id,
        "worksheet": {"id": worksheet.id, "version": worksheet.version, "title": worksheet.title},
        "name": one.excerpt.name,
        "team": response.person.team,
        "library": response.person.library,
    }


# --- changing and adding --------------------------------------------------------------------------


def find_places(names: Iterable[str], folder: ResponseFolder) -> dict[Path, list[str]]:
    """The files of actions such as `k3f9.a1`, and their ids in each; each once, in the order named.

    Raises what `find_place` raises.
    """
    places: dict[Path, list[str]] = {}
    for name in dict.fromkeys(names):
        path, action = find_place(name, folder)
        known = places.setdefault(path.absolute(), [])
        if action not in known:
            known.append(action)
    return places


def find_place(name: str, folder: ResponseFolder) -> tuple[Path, str]:
    """The file and the id in it of an action such as `k3f9.a1`, or `a1` where only one is called so.

    Raises NotFoundError with the nearest, and LibwellError with all that are called so.
    """
    response, dot, action = name.rpartition(".")
    if not dot:
        return _find_bare(name, folder)
    try:
        opened = find_response(response, folder)
    except NotFoundError:
        raise _not_there(name, open_all(folder)[0]) from None
    OpenPlan(opened.response, opened.worksheet, dt.date.min).find(action)
    return opened.path, action


def _find_bare(name: str, folder: ResponseFolder) -> tuple[Path, str]:
    everything, _ = open_all(folder)
    found = [one for one in everything if name in (action.id for action in one.response.actions)]
    if not found:
        raise _not_there(name, everything)
    if len(found) > 1:
        ids = (f"{one.response.action_id(name)} ({one_line(one.worksheet.title)})" for one in found)
        raise LibwellError(f"Several plans have a step {name}.", f"Which is it? {some_of(ids)}.")
    return found[0].path, name


def _not_there(name: str, everything: Iterable[Opened]) -> NotFoundError:
    known = [one.response.action_id(action.id) for one in everything for action in one.response.actions]
    remedy = did_you_mean(name, known) or "`libwell actions` shows what there is, such as k3f9.a1."
    return NotFoundError(f"There is no step {name}.", remedy)


def set_actions(
    places: Mapping[Path, Iterable[str]], changes: Changes, *, folder: ResponseFolder, world: World
) -> Iterator[str]:
    """Change actions, by the files they stand in, and save each response once. Gives a line for each action.

    Nothing is saved before all of them could be changed. Raises LockedError while another process has one of
    the responses open, SaveError, and what `change_action` raises.
    """
    with ExitStack() as stack:
        # In one order for everybody: two that change the same responses would else wait for each other.
        holding = {path: stack.enter_context(hold(path, folder, world)) for path in sorted(places)}
        changed: list[tuple[Held, OpenPlan, list[str]]] = []
        for path, names in places.items():
            held = holding[path]
            opened = held.opened
            plan = OpenPlan(opened.response, opened.worksheet, world.today, country=world.country)
            changed.append((held, plan, [change_action(plan, name, changes) for name in names]))
        for held, plan, said in changed:
            held.save(plan.response)
            yield from said


def add_actions(
    opened: Opened, actions: Iterable[Action], *, folder: ResponseFolder, world: World
) -> list[str]:
    """Add actions, and save them in one step. Returns their ids."""
    with hold(opened.path, folder, world) as held:
        plan = OpenPlan(held.opened.response, held.opened.worksheet, world.today)
        names = [plan.add(action.model_dump(by_alias=True, exclude_unset=True)) for action in actions]
        held.save(plan.response)
        return [held.opened.response.action_id(name) for name in names]
