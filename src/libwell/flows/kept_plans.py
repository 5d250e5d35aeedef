"""Plans of teams that are kept: each a response of its own, found by its name, that grows with new copies.

What becomes of its steps is `rules.team.keeping`'s.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import Opened, hold, judge, new_response, open_each, stamped
from libwell.model.characters import folded, one_line
from libwell.model.nearest import did_you_mean
from libwell.model.response import Person
from libwell.rules.planning import planned
from libwell.rules.team.asked_before import KeptAction
from libwell.rules.team.keeping import Keeping, News, by_how_far
from libwell.storage.definitions import read_definition
from libwell.storage.worksheets import TEAM_PLAN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from libwell.flows.world import World
    from libwell.model.response import Response
    from libwell.rules.planning import Planned
    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.tally import Tally
    from libwell.storage.responses import Head, ResponseFolder

_WORKSHEET = f"""
libwell = "worksheet/1"
id = "{TEAM_PLAN}"
version = "1.0"
title = "Team plan"
private = false
[[sections]]
id = "steps"
title = "What the team will do"
prompts = [{{ id = "plan", kind = "plan", ask = "What will the team do next?" }}]
"""
"""On no shelf: nobody begins it, as it is made of copies."""
_NAME = re.compile(rf"{TEAM_PLAN}-\d{{4}}-")
"""How the file of a kept plan begins."""


class KeptPlan(NamedTuple):
    """A plan of many copies, the response it is kept in, and what is new there; whether all of it is."""

    plan: TeamPlan
    opened: Opened
    news: News
    is_begun: bool


# --- finding --------------------------------------------------------------------------------------


def kept_plans(
    folder: ResponseFolder, wanted: Callable[[Head], bool] = lambda _: True
) -> tuple[list[Opened], list[LibwellError]]:
    """The plans that are kept and `wanted`, by name, and the errors of those that can't be read.

    One that is cut off says no more whether it is wanted; its file's name tells that it is a plan.
    """
    heads = folder.heads()
    paths = [head.path for head in heads if head.worksheet == TEAM_PLAN and wanted(head)]
    cut_off = {path for path in folder.paths() if _NAME.match(path.name)} - {head.path for head in heads}
    opened, failed = open_each([*paths, *sorted(cut_off)])
    kept = [one for one in opened if one.response.kept is not None]
    return sorted(kept, key=lambda one: folded(one.response.person.team)), failed


def find_kept(name: str, folder: ResponseFolder) -> Opened:
    """Open the kept plan of this name, whatever its case and blanks.

    Raises NotFoundError with the nearest, LibwellError where it can't be read, or several are called so.
    """
    found = look_for_kept(name, folder)
    if found is None:
        known = [one_line(one.response.person.team) for one in kept_plans(folder)[0]]
        remedy = did_you_mean(name, known) or "`libwell team plan --status` shows those that are kept."
        raise NotFoundError(f"No plan is kept as {one_line(name)}.", remedy)
    return found


def kept_actions(name: str, folder: ResponseFolder) -> list[KeptAction]:
    """The steps of a kept plan that are not private, with where each was offered.

    Raises what `find_kept` raises.
    """
    opened = find_kept(name, folder)
    kept = opened.response.kept or {}
    actions = opened.excerpt(private=False).actions
    return [KeptAction(one, kept[one.id].origins if one.id in kept else ()) for one in actions]


def look_for_kept(name: str, folder: ResponseFolder) -> Opened | None:
    """Open the kept plan of this name; None if there is none. Raises LibwellError as `find_kept` does."""
    plans, failed = kept_plans(folder, lambda head: folded(head.person.team) == folded(name))
    if failed and not plans:
        raise failed[0]
    if len(plans) > 1:
        ids = ", ".join(one.response.short_id for one in plans)
        raise LibwellError(
            f"Several kept plans are called {one_line(name)}: {ids}.",
            "Keep one, and delete the others: libwell delete RESPONSE.",
        )
    return plans[0] if plans else None


# --- keeping --------------------------------------------------------------------------------------


def keep_plan(
    name: str,
    tally: Tally,
    joins: Sequence[str],
    make: Callable[[Sequence[str]], TeamPlan],
    *,
    folder: ResponseFolder,
    world: World,
) -> KeptPlan:
    """Make a plan of copies, and take it into the one that is kept by this name; that is begun if need be.

    `make` makes the plan, with these joins. Raises what it raises, what `find_kept` does where several are
    called so, UsageError for a join that can't be, LockedError while another process has the kept plan open,
    and SaveError.
    """
    folder.prepare()
    with folder.lock(folder.folder / "team-plans"):  # so that two at once don't begin the same plan twice
        before = look_for_kept(name, folder)
        with hold(before.path, folder, world) if before else nullcontext() as held:
            response = held.opened.response if held else _begun(world)
            keeping = Keeping(response, tally)
            plan = make(keeping.join(joins))
            news = keeping.take(plan)
            if held:
                held.save(keeping.response)
                return KeptPlan(plan, held.opened, news, is_begun=False)
            person = Person(team=one_line(name), library=plan.head.library)
            made = _saved(keeping.response.model_copy(update={"person": person}), folder, world)
            return KeptPlan(plan, made, news, is_begun=True)


def _begun(world: World) -> Response:
    """A kept plan without a step; its last part and whose it is are not settled yet."""
    made = new_response(read_definition(_WORKSHEET), Person(), world)("k2k2")
    return made.model_copy(update={"status": "complete", "completed": world.today, "kept": {}})


def _saved(response: Response, folder: ResponseFolder, world: World) -> Opened:
    beginning = response.id.rpartition("-")[0]

    def made(last: str) -> Response:
        return stamped(response.model_copy(update={"id": f"{beginning}-{last}"}), world)

    return judge(folder.create(made, world.last_part))


# --- how far ----------------------------------------------------------------------------------------


def how_far(kept: Opened, today: dt.date) -> dict[str, list[Planned]]:
    """The steps of a kept plan by how far they are, as `rules.team.keeping.HOW_FAR` names that."""
    return by_how_far(planned(kept.excerpt(private=True)), today)
