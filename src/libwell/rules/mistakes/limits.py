"""How large a worksheet may be, as a file from somebody else can hold anything.

What a person answered already is their own, and is read however large its worksheet was.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from libwell.errors import Mistake
from libwell.model.named_parts import LISTS, written_out_length

MOST_SECTIONS, MOST_PROMPTS = 500, 1_000
MOST_WRITTEN_OUT = 1 << 20
"""Characters of all scales and option sets, each as often as it is named."""
MOST_SCORE_PARTS = 20_000
"""What all scores are made of, the cells of each row counted by themselves."""
MOST_DEEP = 8
"""Includes inside of each other."""
SPLIT = "Split it into several worksheets."


def too_many(sections: int, prompts: int) -> str:
    """Say that one worksheet can't have so many sections, or prompts; empty if it can."""
    for count, most, what in ((sections, MOST_SECTIONS, "sections"), (prompts, MOST_PROMPTS, "prompts")):
        if count > most:
            return f"a worksheet has at most {most:,} {what}, and with this it has more."
    return ""


def too_large(data: dict[str, Any]) -> Mistake | None:
    """What is too large in a worksheet's data, as its TOML gives it; None if nothing is.

    Whatever else is wrong in it is passed over.
    """
    sections = list_in(data, "sections")
    if len(sections) > MOST_SECTIONS:
        return Mistake(too_many(len(sections), 0), ("sections", MOST_SECTIONS), SPLIT)
    counts = [len(list_in(section, "prompts")) for section in sections]
    for number, total in enumerate(accumulate(counts)):
        if total > MOST_PROMPTS:
            first = counts[number] - (total - MOST_PROMPTS)
            return Mistake(too_many(0, total), ("sections", number, "prompts", first), SPLIT)
    return _too_long_written_out(data)


def _too_long_written_out(data: dict[str, Any]) -> Mistake | None:
    if written_out_length(data) <= MOST_WRITTEN_OUT:
        return None
    message = "scales and option sets are named so often that they come to more than 1 MiB."
    return Mistake(message, (next(key for key in LISTS.values() if key in data),), SPLIT)


def list_in(table: Any, key: str) -> list[Any]:
    """The list that stands under a key of a table, in data nobody checked; empty where there is none."""
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, list) else []
