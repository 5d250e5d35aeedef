"""A tally: many shared responses as one value that can be merged, in any order, split in any way.

It holds, by `shared_id`, the latest of what each person shared. Merging is associative and commutative, and
however often something of one person comes in, it counts once: the highest revision. It must not decide what
is shown of it; nothing in it is for anybody's eyes but through `report` and `plan`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.team.contributions import Contribution, Copy, contribution_of
from libwell.rules.team.outlines import Outline, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.model.shared import Withdrawal


class Latest(NamedTuple):
    """The latest of one person: a contribution, or None for a withdrawal. `files` counts what was shared."""

    revision: int
    contribution: Contribution | None
    files: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was shared, by `shared_id`, and the outlines of the worksheets by their digest.

    It takes about a kilobyte a response, and can be pickled.
    """

    entries: Mapping[str, Latest] = field(default_factory=dict)
    outlines: Mapping[str, Outline] = field(default_factory=dict)

    def counted(self) -> Iterator[tuple[int, Contribution]]:
        """What counts of each person who did not withdraw it, with its revision."""
        for revision, contribution, _ in self.entries.values():
            if contribution is not None:
                yield revision, contribution

    def only(self, worksheet: str) -> Tally:
        """What was shared of one worksheet, by its id; withdrawals stay, as they name none."""
        entries = {
            name: entry
            for name, entry in self.entries.items()
            if entry.contribution is None or self.outlines[entry.contribution.outline].id == worksheet
        }
        return Tally(entries, self.outlines)

    @property
    def worksheets(self) -> set[str]:
        """The ids of the worksheets that were shared."""
        return {outline.id for outline in self.outlines.values()}

    @property
    def copies(self) -> int:
        """How many shared files there were besides the one of each person that counts."""
        return sum(entry.files - 1 for entry in self.entries.values() if entry.contribution)

    @property
    def withdrawn(self) -> int:
        """How many people took back what they shared."""
        return sum(entry.contribution is None for entry in self.entries.values())


def merge(first: Tally, second: Tally) -> Tally:
    """Make two tallies one. It takes as long as both are large; for many files take `gather`."""
    entries = dict(first.entries)
    for name, entry in second.entries.items():
        _put(entries, name, entry)
    return Tally(entries, {**first.outlines, **second.outlines})


def gather(everything: Iterable[Copy | Withdrawal]) -> Tally:
    """Count many files: copies as they were read, and withdrawals."""
    entries: dict[str, Latest] = {}
    outlines: dict[str, Outline] = {}
    for given in everything:
        if isinstance(given, Copy):
            outline = outline_of(given.worksheet)
            outlines.setdefault(outline.digest, outline)
            entry = Latest(given.shared.revision, contribution_of(given, outline), 1)
            _put(entries, given.shared.shared_id, entry)
        else:
            _put(entries, given.shared_id, Latest(given.revision, None, 0))
    return Tally(entries, outlines)


def _put(entries: dict[str, Latest], name: str, entry: Latest) -> None:
    """Keep the higher revision of two; a withdrawal before what it withdraws.

    Two that differ under one revision were not made by libwell; which counts has to be the same everywhere.
    """
    known = entries.get(name, entry._replace(files=0))
    files = known.files + entry.files
    if (known.revision, known.contribution) != (entry.revision, entry.contribution):
        entry = max(
            known, entry, key=lambda one: (one.revision, one.contribution is None, repr(one.contribution))
        )
    entries[name] = entry._replace(files=files)
