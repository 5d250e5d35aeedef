"""Addresses: `prompt`, `prompt.item`, `prompt.row.column`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from libwell.kinds.values import is_own_id
from libwell.model.nearest import did_you_mean, nearest
from libwell.rules.asked_now import pickable
from libwell.rules.caching import cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from libwell.kinds.base import Parts
    from libwell.model.worksheet import AnyPrompt, Worksheet


def fault(address: str, prompts: Mapping[str, AnyPrompt]) -> str:
    """Say why an address in a worksheet leads nowhere; empty if it leads somewhere.

    `prompts` holds those it may lead to, by their ids.
    """
    name, *parts = address.split(".")
    if name not in prompts:
        return f"there is no prompt {name}."
    known = prompts[name].addresses()
    if len(parts) > 2:
        return "an address has at most three parts: prompt.row.column."
    if parts and parts[0] not in known.first:
        return f"the prompt {name} has nothing called “{parts[0]}”."
    if len(parts) == 2 and parts[1] not in known.second:
        return f"the prompt {name} has no column called “{parts[1]}”."
    return ""


def origin_remedy(address: str, worksheet: Worksheet) -> str:
    """What to do about an action's origin that leads nowhere, without quoting it; else empty.

    It leads to what the worksheet has, to own entries, added rows, and picks.
    """
    name, *parts = address.split(".")
    known = _parts(worksheet)
    if name not in known:
        return did_you_mean(name, known) or "Leave from out, or name a prompt."
    first, second = known[name].first, known[name].second
    if parts and parts[0] not in first and not is_own_id(parts[0]):
        near = nearest(parts[0], first)
        return f"Did you mean {name}.{near}?" if near else f"Name what is in {name}, or {name} alone."
    if len(parts) == 2 and parts[1] not in second:
        return did_you_mean(parts[1], second) or "Name a column, or leave that part out."
    return "An address has at most three parts: prompt.row.column." if len(parts) > 2 else ""


@cached_by_identity
def _parts(worksheet: Worksheet) -> dict[str, Parts]:
    """What can be addressed in each prompt by its id, picks from elsewhere with it."""
    parts = {prompt.id: prompt.addresses() for _, prompt in worksheet.prompts()}
    picks = pickable(worksheet)
    return parts | {name: replace(parts[name], first=parts[name].first | ids) for name, ids in picks.items()}
