"""The nearest name to one that was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say `Did you mean …?`, or nothing if no known name is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something was not found

    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""
