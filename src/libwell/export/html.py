"""A Document as one HTML page that stands by itself: no script, nothing loaded, made to be read and printed.

`page.html` beside this module is its template, `page.css` its style. Whatever a person typed shows as they
typed it and does nothing: the template makes every string visible and escapes it, and only an address of
something to read, or in a worksheet's own words, becomes a link. It must not open a file, print, or decide
what a reader may see; that has been done before.
"""

from __future__ import annotations

import re
from base64 import b64encode
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from libwell.model.characters import make_visible, one_line
from libwell.model.document import BOX, ROOM, Heading, Listing, Paragraph, Table, Task
from libwell.model.drawing import begin_of, lengths, share_of, shares_of
from libwell.model.links import is_link, link_target
from libwell.model.numbers import exact, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from jinja2 import Template

    from libwell.model.document import Bar, Block, Distribution, Document, Line, Reference
    from libwell.model.drawing import Lengths

    _Draw = tuple[str, Block | list[Block]]

_EMPTY = "—"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LIKE_AN_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.IGNORECASE)
_BEHIND_ADDRESS = ".,;:!?'"
"""What ends a sentence behind an address, and is no part of it."""
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_TO_FILL_IN = re.compile(f"({BOX}|{ROOM}{ROOM[0]}*)")
_ONLY_ROOM = re.compile(rf"(?:{ROOM}{ROOM[0]}*\s*)+")

# Code points that are no characters and that HTML forbids: a range, and the last two of every plane.
_LAST = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\ufdd0-\ufdef{_LAST}]")


def render(document: Document) -> str:
    """Write the page, one line feed at its end; the same document always gives the same bytes."""
    is_tag = _LANGUAGE.fullmatch(document.language)
    return _template().render(
        title=document.title,
        language=document.language if is_tag else "en",  # libwell's own words are English
        runs=_runs(list(_drawn(document.blocks)), to_fill_in=document.to_fill_in),
        to_fill_in=document.to_fill_in,
    )


@cache
def _template() -> Template:
    """The template with the style that goes into it, read once."""
    environment = Environment(
        loader=PackageLoader("libwell", "export"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "words": _words,
        "line": _line,
        "paragraphs": _paragraphs,
        "pieces": _TO_FILL_IN.split,
        "charts": _charts,
        "columns": _columns,
        "course": _course,
        "linked": _linked,
        "target": link_target,
        "addresses": _addresses,
    }
    environment.tests |= {"blank": _is_blank, "room": _ONLY_ROOM.fullmatch, "box": BOX.__eq__}
    style = environment.get_template("page.css").render()
    environment.globals |= {
        "style": Markup(style),  # noqa: S704 - our own file
        "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
    }
    return environment.get_template("page.html")


def _finalize(value: object) -> object:
    """Make every plain string visible on its way into the page; it is escaped after that."""
    return _visible(value) if type(value) is str else value


def _visible(text: str) -> str:
    if text.isprintable():  # nearly all is, and this is much quicker to see
        return text
    return _FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", make_visible(text))


# --- blocks ---------------------------------------------------------------------------------------


def _drawn(blocks: Iterable[Block]) -> Iterator[_Draw]:
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


def _runs(drawn: Sequence[_Draw], *, to_fill_in: bool) -> Iterator[tuple[bool, list[tuple[int, _Draw]]]]:
    """All that is drawn, numbered from 1, in runs: whether one lies across the page, and what is in it.

    Across lies a wide table to write in, with what is said above it and what may be ticked in its place.
    """
    across: set[int] = set()
    for place, (_, block) in enumerate(drawn):
        if to_fill_in and isinstance(block, Table) and block.is_wide and not _is_ticked(block):
            across |= {*range(_head(drawn, place), place + 1)}
        elif place - 1 in across and isinstance(block, Paragraph):
            across.add(place)
    for lies_across, run in groupby(enumerate(drawn, 1), lambda one: one[0] - 1 in across):
        yield lies_across, list(run)


def _is_ticked(table: Table) -> bool:
    return bool(table.rows) and table.rows[0][-1] == BOX


def _head(drawn: Sequence[_Draw], place: int) -> int:
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


def _is_blank(text: str) -> bool:
    return not _visible(text).strip()  # a separator such as U+001C is white space, until it is visible


def _words(text: str) -> str:
    """Text as it was written, without empty lines around it; a dash where nothing was."""
    return _EMPTY if _is_blank(text) else _visible(text).strip("\n")


def _line(text: str) -> str:
    """Text folded into one line; a dash where nothing was."""
    return one_line(_visible(text)) or _EMPTY


def _paragraphs(text: str) -> list[str]:
    """Text split at its empty lines."""
    return [part.strip("\n") for part in _EMPTY_LINES.split(f"\n{_visible(text)}\n") if part.strip()]


def _linked(one: Reference) -> tuple[str, str, str]:
    """What stands before an address, the address, and what stands after; all before where none is safe."""
    if not is_link(one.url):
        return one.line, "", ""
    return f"{one.text} ".lstrip(), one.url, f" {one.more}".rstrip()


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Each address in a text, behind what stands before it; at last what is left, with no address."""
    end = 0
    for found in _LIKE_AN_ADDRESS.finditer(text):
        address = found[0].rstrip(_BEHIND_ADDRESS if "(" in found[0] else f"{_BEHIND_ADDRESS})")
        if is_link(address):
            yield text[end : found.start()], address
            end = found.start() + len(address)
    yield text[end:], ""


# --- charts ---------------------------------------------------------------------------------------

_LEFT, _LENGTH, _MOST_POINTS = 8, 184, 11
_LETTER = 7
"""How wide a figure of a label is at most, in the units of the drawing."""
_GAP = 2
"""How far apart an eye sees two ends, in the units of the drawing."""


class ScaleChart(NamedTuple):
    """A value on a line from `low` to `high`: where its bar begins and ends, and its whole points."""

    low: str
    low_at: str
    high: str
    high_at: str
    begin: str
    value: str
    points: tuple[str, ...]


def _charts(bars: Sequence[Bar], beside: Sequence[Bar] = ()) -> Iterator[tuple[Bar, ScaleChart | None]]:
    """Each bar, and what is to be drawn for it; None where it has no value.

    `beside` are bars drawn elsewhere that these are held against.
    """
    drawn = _lengths(shares_of((*bars, *beside)), _LENGTH)
    for bar in bars:
        share, steps = share_of(bar), exact(bar.high) - exact(bar.low)
        if share is None or steps <= 0:
            yield bar, None
        else:
            low, high = plain(bar.low), plain(bar.high)
            ends = (low, _middle(low, _LEFT), high, _middle(high, _LEFT + _LENGTH))
            drawn_between = _place(drawn[begin_of(bar)]), _place(drawn[share])
            yield bar, ScaleChart(*ends, *drawn_between, _points(bar, steps))


def _middle(label: str, place: int) -> str:
    """Where the middle of a label stands: at its place, or so far in that no letter is cut off on paper."""
    half = len(label) * _LETTER / 2
    return f"{min(max(place, half), 2 * _LEFT + _LENGTH - half):.5g}"


def _points(bar: Bar, steps: Fraction) -> tuple[str, ...]:
    """Where the points of a scale of whole numbers are; none where there are too many to be told apart."""
    if exact(bar.low).denominator > 1 or steps.denominator > 1 or steps >= _MOST_POINTS:
        return ()
    return tuple(_place(point / steps * _LENGTH) for point in range(int(steps) + 1))


def _lengths(shares: Collection[Fraction], most: int) -> Lengths:
    """How long each share is drawn, so that an eye sees them apart."""
    gap = min(Fraction(_GAP), Fraction(most, len(shares) + 1))
    return lengths(shares, lambda share: share * most, most=most, gap=gap)


def _place(length: Fraction) -> str:
    return plain(_LEFT + length)


_FLOOR, _HEIGHT = 48, 32


def _course(row: Line) -> tuple[str, list[tuple[str, str]]]:
    """The line through the points of what moved, broken where nothing is told; and the points."""
    step = Fraction(_LENGTH, max(len(row.shares) - 1, 1))
    path, points, is_drawing = "", list[tuple[str, str]](), False
    for place, share in enumerate(row.shares):
        if share is not None:
            point = (
                _place(place * step),
                plain(_FLOOR - min(max(exact(share), Fraction(0)), Fraction(1)) * _HEIGHT),
            )
            path += f"{'L' if is_drawing else 'M'}{' '.join(point)}"
            points.append(point)
        is_drawing = share is not None
    return path, points


class CountColumn(NamedTuple):
    """How often a point was given, as a column over its label, measured in the units of the drawing."""

    label: str
    number: int
    left: str
    middle: str
    width: str
    height: str
    top: str


def _columns(row: Distribution) -> Iterator[CountColumn]:
    """Measure the columns of a distribution; none where there are too many to be told apart, or no counts."""
    most = max((count for _, count in row.counts), default=0)
    if not most or len(row.counts) > _MOST_POINTS:
        return
    drawn = _lengths({Fraction(count, most) for _, count in row.counts}, _HEIGHT)
    step = _LENGTH / len(row.counts)
    gap = step * 0.15
    for place, (label, count) in enumerate(row.counts):
        left, height = _LEFT + step * place, float(drawn[Fraction(count, most)])
        measures = (left + gap, left + step / 2, step - 2 * gap, height, _FLOOR - height - 3)
        yield CountColumn(label, count, *(f"{measure:.5g}" for measure in measures))
