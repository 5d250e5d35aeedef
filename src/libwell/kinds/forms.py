"""What empty forms of all kinds share: a sheet to print and fill in by hand, and an answers file.

It knows no worksheet; `rules.documents` and `flows.blank` put forms together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from libwell.model.base import Item
from libwell.model.characters import one_line, quoted
from libwell.model.document import Paragraph

LINE = "…" * 25
"""A line to write on."""
ROWS = 3
"""Lines or rows of one's own on paper."""
OWN_WORDS = 'or in your own words: { other = "…" }'


@dataclass(frozen=True, slots=True)
class Above:
    """The prompt above whose picks make rows or options here.

    `names` are the ids it has in the worksheet; `own_at` is the id of the prompt that takes own entries
    which can come here as well (empty: there are none). `marks` are the words of its marks by their ids.
    """

    id: str
    ask: str
    names: tuple[str, ...] = ()
    own_at: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)

    def on_paper(self, lead: str, chosen: str = "you chose") -> Paragraph:
        """Say where to copy from; `lead` is how many of what, such as `Choose one of those`."""
        return Paragraph(f"{lead} {chosen} at {quoted(self.ask)}.", tone="aside")

    def own_entries(self) -> Iterator[str]:
        """Say in an answers file what own entries are called, if there can be any."""
        if self.own_at:
            yield f"  own entries given at {self.own_at} are called other-1, other-2 …, in their order"


@dataclass(frozen=True, slots=True)
class InFile:
    """How an answer stands in an answers file: what is there before it is filled in, and comments above."""

    empty: str = '""'
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellForm:
    """What a cell of a kind takes: said on paper, an example in an answers file, and said there."""

    on_paper: str = ""
    example: str = '"…"'
    in_file: str = ""


def write_on(count: int) -> Paragraph:
    """Give `count` lines to write on, each a paragraph, as handwriting takes room."""
    return Paragraph("\n\n".join([LINE] * count))


def with_help(thing: Item) -> str:
    """Give what an option, item, mark or row is called on paper, with its help behind it."""
    help_ = one_line(thing.help).rstrip(".")
    return f"{one_line(thing.text)} ({help_})" if help_ else one_line(thing.text)


def with_ids(things: Iterable[Item], lead: str) -> Iterator[str]:
    """Give things of an answers file, each with its id, and its help on a line of its own."""
    for thing in things:
        yield f"{lead}{thing.id}: {one_line(thing.text)}"
        yield from help_line(thing.help)


def help_line(text: str) -> Iterator[str]:
    """Give a help text as a comment of an answers file; nothing if it is empty."""
    if text.strip():
        yield f"      {one_line(text)}"
