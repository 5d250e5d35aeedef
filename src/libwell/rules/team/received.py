"""Which of the files of one person counts, and why the others don't, so that each can be named.

It mirrors what a tally keeps, which holds no names of files. Nothing here knows what was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Why = Literal["replaced", "twice", "withdrawn", "differs"]


class Received(NamedTuple):
    """A file by its name, the revision in it, and a stand-in for what it shares; empty for a withdrawal."""

    name: str
    revision: int
    copy: str


def not_counted(received: Sequence[Received]) -> Iterator[tuple[str, Why]]:
    """Each file of one person that doesn't count, and why, in the order in which they were read.

    Two that `differ` under one revision were not made by libwell; one of them counts.
    """
    revision = max(one.revision for one in received)
    latest = {one.copy for one in received if one.revision == revision}
    seen: set[Received] = set()
    for one in received:
        bare = one._replace(name="")
        if one.copy and "" in latest:
            yield one.name, "withdrawn"
        elif one.revision < revision:
            yield one.name, "replaced"
        elif bare in seen:
            yield one.name, "twice"
        elif len(latest - {""}) > 1:
            yield one.name, "differs"
        seen.add(bare)
