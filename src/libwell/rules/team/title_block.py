"""What stands at the head of a document about a team: whose, when, and of how many people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.model.characters import folded, one_line
from libwell.model.document import Facts, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from libwell.rules.team.people import People


class TitleBlock(NamedTuple):
    """A title (empty: the document's own), a day in words, and how many people were expected to share.

    `library` and `team` are there where all who are told of named the same one. libwell adds no day of its
    own, so that the same copies give the same document.
    """

    title: str = ""
    date: str = ""
    expected: int | None = None
    library: str = ""
    team: str = ""

    def of(self, everybody: Iterable[People]) -> TitleBlock:
        """The same, with the library and the team that those told of have in common; before, those here."""
        people = [one for part in everybody for one in (part.present or part.here)]
        return self.naming([(one.library, one.team) for one in people])

    def naming(self, named: Sequence[tuple[str, str]]) -> TitleBlock:
        """The same, with the library and the team that are `named` by all."""
        library, team = in_common(one for one, _ in named), in_common(one for _, one in named)
        return self._replace(library=library, team=team)

    @property
    def whose(self) -> tuple[tuple[str, str], ...]:
        """Its lines that any document about a team has."""
        return ("Library", self.library), ("Team", self.team), ("Date", self.date)

    def facts(self, sizes: Iterable[tuple[str, int | None]]) -> Facts:
        """Its lines; `sizes` are the worksheets with how many people are told of (None: of nobody)."""
        counted = [(title, self.out_of(people)) for title, people in sizes]
        if len(counted) == 1:
            ((title, people),) = counted
            return Facts(filled(*self.whose, ("Worksheet", title), ("People", people)))
        said = "; ".join(f"{title} ({people})" for title, people in counted)
        return Facts(filled(*self.whose, ("Worksheets (people)", said)))

    def out_of(self, people: int | None) -> str:
        """How many people are told of, and of how many: `9 of 14`."""
        if people is None:
            return "too few to tell"
        return str(people) if self.expected is None else f"{people} of {self.expected}"


UNTITLED = TitleBlock()
"""A document's own title, and nothing else that somebody wished for."""


def in_common(names: Iterable[str]) -> str:
    """The one name that all gave, as it is written first in the alphabet; empty where they gave several."""
    written = sorted({one_line(name) for name in names})
    return written[0] if len({folded(name) for name in written}) == 1 else ""
