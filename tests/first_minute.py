"""What a person reads from `libwell start` to the first question, on a real terminal of 80 columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from walking import Walking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from libwell.model.worksheet import Section

MOST_LINES, MOST_WORDS, MOST_OF_THE_OPENING = 18, 120, 8
_RUN = 6
"""So many words in a row are not said twice."""
_OF_EVERY_PART = ("This part is private.", "Nothing in this part is private.", ":skip part goes past it.")


@dataclass(frozen=True, slots=True)
class FirstMinute:
    """The lines before the first question, empty ones too; the opening reaches to the first empty one."""

    lines: tuple[str, ...]

    @property
    def opening(self) -> int:
        """How many lines come before the first part."""
        return self.lines.index("")

    @property
    def words(self) -> int:
        """How many words."""
        return len(" ".join(self.lines).split())


def first_minute(data: Path, name: str) -> FirstMinute:
    """Begin a worksheet, and read as far as its first question."""
    with Walking(data, "start", name) as walk:
        return FirstMinute(tuple(_before_question(walk.shown).splitlines()))


def heads_of_parts(data: Path, name: str, sections: Iterable[Section]) -> dict[str, str]:
    """What is read at the head of each of these parts, by its id, when one goes there in a new walk."""
    heads = {}
    with Walking(data, "start", name) as walk:
        first = _before_question(walk.shown)
        for section in sections:
            before = _before_question(walk.type(f":go {section.id}"))
            heads[section.id] = (before if section.title in before else first).rpartition(section.title)[2]
    return heads


def _before_question(shown: str) -> str:
    return shown.partition("\nQuestion ")[0].strip("\n")


def said_twice(*texts: str) -> list[str]:
    """Every run of words that is in these texts twice; what libwell says at each part is left out."""
    runs: Counter[str] = Counter()
    for text in texts:
        whole = " ".join(text.split())
        for one in _OF_EVERY_PART:
            whole = whole.replace(one, "")
        words = whole.split()
        runs.update(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return [run for run, times in runs.items() if times > 1]
