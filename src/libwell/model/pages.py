"""What pages are made of, in a browser as in a word processor: text made visible, blocks, and how they lie.

It knows no markup; whatever is written as pages adds its own.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible, one_line
from libwell.model.document import BOX, ROOM, Heading, Listing, Paragraph, Table, Task
from libwell.model.links import is_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.document import Block, Document, Reference

    Drawn = tuple[str, Block | list[Block]]

EMPTY = "—"
TO_FILL_IN = re.compile(f"({BOX}|{ROOM}{ROOM[0]}*)")
ONLY_ROOM = re.compile(rf"(?:{ROOM}{ROOM[0]}*\s*)+")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LIKE_AN_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.IGNORECASE)
_BEHIND_ADDRESS = ".,;:!?'"
"""What ends a sentence behind an address, and is no part of it."""
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")

# Code points that are no characters and that HTML forbids, and XML some: a range, and the last two of every
# plane.
_LAST = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\ufdd0-\ufdef{_LAST}]")


def language_of(document: Document) -> str:
    """The language of a document as a tag; English where it has none, as libwell's own words are."""
    return document.language if _LANGUAGE.fullmatch(document.language) else "en"


# --- blocks ---------------------------------------------------------------------------------------


def runs(document: Document) -> Iterator[tuple[bool, list[tuple[int, Drawn]]]]:
    """All that is drawn, numbered from 1, in runs: whether one lies across the page, and what is in it.

    Across lies a wide table to write in, with what is said above it and what may be ticked in its place.
    """
    drawn, across = list(_drawn(document.blocks)), set[int]()
    for place, (_, block) in enumerate(drawn):
        if document.to_fill_in and isinstance(block, Table) and block.is_wide and not is_ticked(block):
            across |= {*range(_head(drawn, place), place + 1)}
        elif place - 1 in across and isinstance(block, Paragraph):
            across.add(place)
    for lies_across, run in groupby(enumerate(drawn, 1), lambda one: one[0] - 1 in across):
        yield lies_across, list(run)


def _drawn(blocks: Iterable[Block]) -> Iterator[Drawn]:
    """Each block under the name of what draws it: tasks in a row as one list, headings without gaps."""
    level = 1
    for kind, group in groupby(blocks, type):
        if kind is Task:
            yield "Tasks", list(group)
            continue
        for block in group:
            if isinstance(block, Heading):
                level = min(max(block.level, 2), level + 1, 6)
                yield "Heading", block._replace(level=level)
            else:
                yield kind.__name__, block


def is_ticked(table: Table) -> bool:
    """Whether the cells of a table to fill in are boxes to tick."""
    return bool(table.rows) and table.rows[0][-1] == BOX


def _head(drawn: Sequence[Drawn], place: int) -> int:
    """Where that begins which is said above a table: at its heading, or at those that this one is under."""
    head, level = place, 7
    for above in range(place - 1, -1, -1):
        block = drawn[above][1]
        if isinstance(block, Heading) and block.level < level:
            head, level = above, block.level
        elif not isinstance(block, (Paragraph, Listing)):
            break
    return head


# --- text -----------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """Text in which every character that acts, or is none, is written out; line feeds and tabs stay."""
    if text.isprintable():  # nearly all is, and this is much quicker to see
        return text
    return _FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", make_visible(text))


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return not visible(text).strip()  # a separator such as U+001C is white space, until it is visible


def words(text: str) -> str:
    """Text as it was written, without empty lines around it; a dash where nothing was."""
    return EMPTY if is_blank(text) else visible(text).strip("\n")


def line(text: str) -> str:
    """Text folded into one line; a dash where nothing was."""
    return one_line(visible(text)) or EMPTY


def paragraphs(text: str) -> list[str]:
    """Text split at its empty lines."""
    return [part.strip("\n") for part in _EMPTY_LINES.split(f"\n{visible(text)}\n") if part.strip()]


def linked(one: Reference) -> tuple[str, str, str]:
    """What stands before an address, the address, and what stands after; all before where none is safe."""
    if not is_link(one.url):
        return one.line, "", ""
    return f"{one.text} ".lstrip(), one.url, f" {one.more}".rstrip()


def addresses(text: str) -> Iterator[tuple[str, str]]:
    """Each address in a text, behind what stands before it; at last what is left, with no address."""
    end = 0
    for found in _LIKE_AN_ADDRESS.finditer(text):
        address = found[0].rstrip(_BEHIND_ADDRESS if "(" in found[0] else f"{_BEHIND_ADDRESS})")
        if is_link(address):
            yield text[end : found.start()], address
            end = found.start() + len(address)
    yield text[end:], ""
