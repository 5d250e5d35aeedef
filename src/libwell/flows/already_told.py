"""What was told in one walk, so that it is not told again.

It only remembers: what is told, and how, is for `walk_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.model.characters import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

Lines = tuple[str, ...]
_SENTENCE = re.compile(r"(?<=[.?!]) ")


@dataclass
class AlreadyTold:
    """What one walk has told: paragraphs, hints and, where it is listened to (`aloud`), lists and questions.

    `parts` holds the ids of the parts that were begun, `left` of the private ones that were left.
    """

    aloud: bool = False
    parts: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    _paragraphs: set[str] = field(default_factory=set)
    _hints: set[str] = field(default_factory=set)
    _lines: set[tuple[str, str]] = field(default_factory=set)
    _questions: set[str] = field(default_factory=set)
    _legend: Lines = ()

    def new(self, text: str) -> str:
        """The paragraphs of a text that were not told in this walk yet; the text may be of a worksheet."""
        found = [one for one in unwrapped(text).split("\n\n") if one not in self._paragraphs]
        self._paragraphs.update(found)
        return "\n\n".join(found)

    def hints(self, *hints: str, again: bool) -> str:
        """Hints in one line, without those that were told before; with `again` all of them.

        A listener hears no sentence of them twice.
        """
        each = (one for hint in hints for one in (_SENTENCE.split(hint) if self.aloud else (hint,)))
        said = [one for one in each if one and (again or one not in self._hints)]
        self._hints.update(said)
        return " ".join(said)

    def forget_hints(self) -> None:
        """Let hints be told once more, as at a new question."""
        self._hints.clear()

    def knows(self, question: str) -> bool:
        """Whether a question was heard; from now on it was. Somebody who can look back hears it whole."""
        known = self.aloud and question in self._questions
        self._questions.add(question)
        return known

    def label(self, question: str, label: str, *, again: bool) -> str:
        """What a step asks; of its sentences a listener hears those behind the first once in a question.

        So in a table the next row has its name, and the column's question alone.
        """
        self._lines.add((question, label))  # an entry of one's own is named when it gets its mark
        first, *more = _SENTENCE.split(label) if self.aloud else [label]
        return " ".join([first, *self.lines(question, more, again=again)])

    def legend(self, legend: Lines, hint: str) -> Lines:
        """A legend; where the same one of several lines was heard last, only the `hint`: as before."""
        is_known, self._legend = self.aloud and legend == self._legend, legend or self._legend
        if not (is_known and len(legend) > 1):
            return legend
        return (f"As before: {hint[:1].lower()}{hint[1:]}" if hint else "As before.",)

    def lines(self, question: str, lines: Iterable[str], *, again: bool) -> Lines:
        """The lines of a question's list; to a listener only those not heard there, unless `again`."""
        found = tuple(one for one in lines if again or not self.aloud or (question, one) not in self._lines)
        self._lines.update((question, one) for one in found)
        return found
