"""Plans of teams that are kept: each a response of its own, found by its name, that grows with new copies.

What becomes of its steps is `rules.team.keeping`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.flows.opened import Opened, open_each
from libwell.model.characters import folded, one_line
from libwell.model.nearest import did_you_mean
from libwell.model.response import TEAM_PLAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.storage.responses import Head, ResponseFolder


def kept_plans(
    folder: ResponseFolder, wanted: Callable[[Head], bool] = lambda _: True
) -> tuple[list[Opened], list[LibwellError]]:
    """The plans that are kept and `wanted`, by name, and the errors of those that can't be read."""
    paths = [head.path for head in folder.heads() if head.worksheet == TEAM_PLAN and wanted(head)]
    opened, failed = open_each(paths)
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


def look_for_kept(name: str, folder: ResponseFolder) -> Opened | None:
    """Open the kept plan of this name; None if there is none. Raises LibwellError as `find_kept` does."""
    plans, failed = kept_plans(folder, lambda head: folded(head.person.team) == folded(name))
    if failed:
        raise failed[0]
    if len(plans) > 1:
        ids = ", ".join(one.response.short_id for one in plans)
        raise LibwellError(
            f"Several kept plans are called {one_line(name)}: {ids}.",
            "Keep one, and delete the others: libwell delete RESPONSE.",
        )
    return plans[0] if plans else None
