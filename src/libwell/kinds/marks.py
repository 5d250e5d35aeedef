"""Reading the marks of a checklist as people type them: `w`, `wi`, `want, improve`, `both`, `none`.

It knows marks by their ids only; what they are called, and on what they stand, is the checklist's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

ALL = {"both", "all"}
NONE = {"none", "no", "neither"}
PART = re.compile(r"(\d+)\s*([^\W\d]*)")
"""An item's number and the marks behind it, as in `1wi`."""
_TAIL = re.compile(r"(.*\S)\s{2,}(\S+)\s*", re.DOTALL)


def letters_of(names: Sequence[str]) -> dict[str, str]:
    """The shortest unique beginning of each mark's id, by id."""
    names_with = Counter(begin for name in names for begin in accumulate(name))
    return {
        name: next((begin for begin in accumulate(name) if names_with[begin] == 1), name) for name in names
    }


def words_of(names: Sequence[str]) -> set[str]:
    """Everything that can be typed for marks alone."""
    letters = letters_of(names)
    return {*letters, *letters.values(), "".join(letters.values()), *ALL, *NONE}


def read_marks(text: str, names: Sequence[str]) -> set[str] | None:
    """Read the ids of marks or their beginnings, with or without something between; None if it is none."""
    word = text.strip().casefold()
    if word in ALL and len(names) > 1:
        return set(names)
    if word in NONE:
        return set()
    letters = letters_of(names)
    wanted = re.sub(r"[\s,;+&]|\band\b", "", word)
    spelled = {name[:end]: name for name in names for end in range(len(letters[name]), len(name) + 1)}
    marks: set[str] = set()
    while wanted:
        begin = max(filter(wanted.startswith, spelled), key=len, default="")
        if not begin:
            return None
        marks.add(spelled[begin])
        wanted = wanted[len(begin) :]
    return marks or None


def marked_tail(text: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Tell the words of an own entry from a mark behind two blanks at its end; None if there is none."""
    found = _TAIL.fullmatch(text)
    if found and found[2].casefold() in words_of(names) - NONE:
        return found[1], found[2]
    return None


def spells_marks(text: str, names: Sequence[str]) -> bool:
    """Whether marks follow each number, as in `1w 2wi`, and not other words, as in `3 chairs`."""
    words = [letters for _, letters in PART.findall(text)]
    if not any(words):
        return len(names) == 1 and len(words) > 1
    return all(read_marks(word, names) is not None for word in words)
