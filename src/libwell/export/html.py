"""A Document as one HTML page that stands by itself: no script, nothing loaded, made to be read and printed.

`page.html` beside this module is its template, `STYLES` its style. Whatever a person typed
shows as they typed it and does nothing: the template makes every string visible and escapes it, and only an
address of something to read, or in a worksheet's own words, becomes a link. It must not open a file, print,
or decide what a reader may see; that has been done before.
"""

from __future__ import annotations

from base64 import b64encode
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from libwell.model import pages
from libwell.model.document import BOX
from libwell.model.drawing import begin_of, lengths, share_of, shares_of
from libwell.model.links import link_target
from libwell.model.numbers import exact, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from libwell.model.document import Bar, Course, Distribution, Document, Sides
    from libwell.model.drawing import Lengths

STYLES = ("page.css", "charts.css", "narrow.css")
_MANY, _SHORT = 5, 90
"""Items from which on a list is long, and characters up to which an item is short."""


def render(document: Document) -> str:
    """Write the page, one line feed at its end; the same document always gives the same bytes."""
    return (
        environment()
        .get_template("page.html")
        .render(
            title=document.title,
            language=pages.language_of(document),
            runs=pages.runs(document),
            to_fill_in=document.to_fill_in,
            on_paper_alone=False,
            script_hash="",
        )
    )


@cache
def environment() -> Environment:
    """What every page is written with: the templates, and the filters they use; made once."""
    made = Environment(
        loader=PackageLoader("libwell", "export"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "words": pages.words,
        "line": pages.line,
        "paragraphs": pages.paragraphs,
        "pieces": pages.TO_FILL_IN.split,
        "charts": _charts,
        "columns": _columns,
        "course": _course,
        "sides": _sides,
        "linked": pages.linked,
        "target": link_target,
        "addresses": pages.addresses,
    }
    made.tests |= {"blank": pages.is_blank, "room": pages.ONLY_ROOM.fullmatch, "box": BOX.__eq__}
    made.tests["many"] = _are_many
    style = "".join(made.get_template(name).render() for name in STYLES)
    made.globals |= {
        "style": Markup(style),  # noqa: S704 - our own file
        "style_hash": hash_of(style),
    }
    return made


def hash_of(text: str) -> str:
    """The digest by which a page lets a style or script of its own work (Content-Security-Policy)."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _finalize(value: object) -> object:
    """Make every plain string visible on its way into the page; it is escaped after that."""
    return pages.visible(value) if type(value) is str else value


def _are_many(items: Collection[str]) -> bool:
    """Whether a list is long and its items are short, so that on paper it stands in two columns."""
    return len(items) >= _MANY and max(map(len, items)) <= _SHORT


# --- charts ---------------------------------------------------------------------------------------

_LEFT, _LENGTH, _MOST_POINTS = 8, 184, 11
_GAP = 2
"""How far apart an eye sees two ends, in the units of the drawing."""


class ScaleChart(NamedTuple):
    """A value on a line from `low` to `high`: where its bar begins and ends, and its whole points."""

    low: str
    high: str
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
            ends = plain(bar.low), plain(bar.high), _place(drawn[begin_of(bar)]), _place(drawn[share])
            yield bar, ScaleChart(*ends, _points(bar, steps))


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


_SIDE = 100
"""How long a bar beside others is at most, in the units of the drawing."""


def _sides(block: Sides) -> Iterator[tuple[str, list[tuple[Bar, str]]]]:
    """Each row's label, and its bars with how long they are drawn."""
    drawn = _lengths(shares_of(bar for _, bars in block.rows for bar in bars), _SIDE)
    for label, bars in block.rows:
        yield label, [(bar, plain(drawn[share_of(bar) or Fraction(0)])) for bar in bars]


_HEIGHT, _BASE = 32, 40


def _course(row: Course) -> tuple[str, list[tuple[str, str]]]:
    """The line through the points of what moved, broken where nothing is told; and the points."""
    step = Fraction(_LENGTH, max(len(row.shares) - 1, 1))
    path, points, is_drawing = "", list[tuple[str, str]](), False
    for place, share in enumerate(row.shares):
        if share is not None:
            up = min(max(exact(share), Fraction(0)), Fraction(1)) * _HEIGHT
            point = _place(place * step), plain(_BASE - up)
            path += f"{'L' if is_drawing else 'M'}{' '.join(point)}"
            points.append(point)
        is_drawing = share is not None
    return path, points


class CountColumn(NamedTuple):
    """How often a point was given, as a column over its label, measured in the units of the drawing."""

    label: str
    left: str
    width: str
    height: str


def _columns(row: Distribution) -> Iterator[CountColumn]:
    """Measure the columns of a distribution; none where there are too many to be told apart, or no counts."""
    most = max((count for _, count in row.counts), default=0)
    if not most or len(row.counts) > _MOST_POINTS:
        return
    drawn = _lengths({Fraction(count, most) for _, count in row.counts}, _HEIGHT)
    step = _LENGTH / len(row.counts)
    gap = step * 0.15
    for place, (label, count) in enumerate(row.counts):
        measures = (_LEFT + step * place + gap, step - 2 * gap, float(drawn[Fraction(count, most)]))
        yield CountColumn(label, *(f"{measure:.5g}" for measure in measures))
