"""The nearest name to one that was not found. What was looked for is never said again, only what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from libwell.model.base import Item, Pick

_LONGEST = 200


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is near to this one; empty if there is none."""
    from difflib import get_close_matches  # only when something was not found

    near = get_close_matches(name, list(known), n=1, cutoff=0.6) if len(name) <= _LONGEST else []
    return near[0] if near else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say `Did you mean …?`, or nothing if no known name is near."""
    near = nearest(name, known)
    return f"Did you mean {near}?" if near else ""


def did_you_mean_id(name: str, things: Sequence[Item | Pick]) -> str:
    """Say `Did you mean …?` with the id of the thing whose id or text is near, in whatever letters."""
    ids = {words.casefold(): thing.id for thing in things for words in (thing.text, thing.id)}
    near = nearest(name.strip().casefold(), ids)
    return f"Did you mean {ids[near]}?" if near else ""
