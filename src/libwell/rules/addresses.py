"""Addresses: `prompt`, `prompt.item`, `prompt.row.column`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from libwell.model.worksheet import AnyPrompt


def fault(address: str, prompts: Mapping[str, AnyPrompt], *, own: bool = False) -> str:
    """Say why an address leads nowhere; empty if it leads somewhere.

    With `own`, ids of own entries and added rows (`other-1`, `row-1`) and of picks are accepted too, as
    they are in a response.
    """
    name, *parts = address.split(".")
    if name not in prompts:
        return f"there is no prompt {name}."
    known = prompts[name].addresses()
    if len(parts) > 2:
        return "an address has at most three parts: prompt.row.column."
    if parts and parts[0] not in known.first and not own:
        return f"the prompt {name} has nothing called {parts[0]}."
    if len(parts) == 2 and parts[1] not in known.second:
        return f"the prompt {name} has no column called {parts[1]}."
    return ""
