"""A Document as CommonMark with GFM tables and task lists.

The one place that knows what Markdown takes for markup: whatever a person typed shows as they typed it and
does nothing else. It must not open a file, print, or decide what a reader may see; that has been done before.

Known limit: GitHub links an e-mail address after it has undone every escape, so no escape can stop it there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING, TypeVar, assert_never

from libwell.model.characters import labeled, make_visible, one_line
from libwell.model.document import (
    DRAWN,
    Bars,
    Checklist,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quotation,
    Reference,
    References,
    Table,
    Task,
)
from libwell.model.drawing import text_bars
from libwell.model.links import is_link, link_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from libwell.model.document import Block, Document, Plain

T = TypeVar("T")

_EMPTY = "—"
_SHORT, _MOST_REMEMBERED = 240, 2048
"""How many characters the texts have, and how many there are, that are remembered in their escaped form."""

# One character that acts wherever it stands. The class comes first so that the search skips plain words fast.
_ACTIVE = re.compile(
    r"""[\\`*\[\]<|~_&$/@.](?:
        (?<=[\\`*\[\]<|~])                          # code, emphasis, links, HTML, tables, strikethrough
      | (?<=_)(?: (?![^\W_]) | (?<![^\W_]_) )       # emphasis, but not snake_case
      | (?<=&)(?=\#?[0-9A-Za-z]+;)                  # an entity
      | (?<=\$)(?=[^$]*\$)                          # mathematics on GitHub and in editors: takes a pair
      | (?<=//)                                     # http://host, //host
      | (?<=\S@)(?=\S)                              # an e-mail address
      | (?<=[^\s.]\.)(?=[^\W\d_]{2})                # example.com, but not 3.5 or e.g.
      | (?<=[wW]{3}\.)                              # www.
    )""",
    re.VERBOSE,
)

# Without one of these, and without a dot that acts, a text is plain: nothing is as fast as to ask for them.
_SIGNS = ("\\", "`", "*", "[", "]", "<", "|", "~", "_", "&", "$", "//", "@")
_ACTIVE_DOT = re.compile(r"\.(?:(?=[^\W\d_]{2})|(?<=[wW]{3}\.))")

# What begins a block if it stands first on a line: an empty match before the character that makes it one,
# or the digits of a list number, whose dot or bracket it is. Characters that are always escaped are not here.
_LINE_START = re.compile(
    r"""^(?:
        [0-9]{1,9}(?=[.)](?:\s|$))                  # 1. or 1)
      | (?=[#>=])                                   # heading, quotation, underline
      | (?=[-+](?:[\s:-]|$))                        # list, thematic break, underline, table delimiters
      | (?=:[\s:-])                                 # table delimiters, definitions, containers
    )""",
    re.VERBOSE,
)

_BELOW, _LEAD = re.compile(r"\n(?=.)"), "\n  "
"""What stands below the first line of an item, and how it is kept in it."""
_EDGE_BLANK = re.compile(r"[^\S\n](?:$|(?<=^.))")
# What is escaped already, or a dollar that another one follows.
_ESCAPED_OR_PAIRED = re.compile(r"(\\.)|\$(?=(?:[^\\$]|\\.)*+\$)", re.DOTALL)
_BOX = {True: "[x]", False: "[ ]"}
_AROUND = {"aside": "*"}
"""What stands around a paragraph, by its tone; it holds whatever the words, as the bold of titles does."""


def render(document: Document) -> str:
    """Write the document: blocks one empty line apart, no trailing spaces, one newline at the end."""
    parts = [_heading(1, document.title)]
    for kind, group in groupby(_with_links(document.blocks), type):
        if kind is Task:
            tasks = [_task(block) for block in group if isinstance(block, Task)]
            parts += _list(tasks, after=parts[-1])
        else:
            for block in group:
                parts += filter(None, _parts(block, after=parts[-1]))
    return "\n\n".join(parts) + "\n"


def _with_links(blocks: Iterable[Block]) -> Iterator[Plain | References | PageBreak]:
    """The blocks in words alone, but for what to read: its addresses may be followed."""
    for block in blocks:
        if isinstance(block, DRAWN):
            yield from block.plain
        else:
            yield block


def _parts(block: Plain | References | PageBreak, *, after: str) -> Iterable[str]:
    """What a block becomes, `after` what stands before it; what is empty is left out."""
    parts: Iterable[str]
    match block:
        case Heading(level=level, text=text):
            parts = (_heading(min(max(level, 2), 6), text),)
        case Paragraph(text=text, tone=tone):
            around = _AROUND.get(tone, "")
            parts = [f"{around}{one}{around}" for one in _paragraphs(text)]
        case Quotation():
            parts = (_quotation(block),)
        case Facts() | Bars():
            parts = (_facts(_pairs(block)),)
        case Listing() | Checklist():
            parts = _list(_items(block), block.title, after=after)
        case References(items=items):
            parts = _list(map(_reference, items), after=after)
        case Table():
            parts = _table(block, after=after)
        case Task():
            parts = _list([_task(block)], after=after)
        case PageBreak():
            parts = ("---",)
        case _:
            assert_never(block)
    return parts


def _list(items: Iterable[str], title: str = "", *, after: str) -> Iterator[str]:
    """A list, under a title that says something; right after another list it takes the other bullet.

    With the same one the two would become one.
    """
    bold = _words(title)  # holds whatever the words: it fills its line, with no blanks at its edges
    if bold:
        after = f"**{bold}**"
        yield after
    bullet = "*" if after.startswith("- ") else "-"
    written = "\n".join([f"{bullet} {_BELOW.sub(_LEAD, item)}" for item in items])
    if written:
        yield written


def _items(block: Listing | Checklist) -> Iterator[str]:
    if isinstance(block, Checklist):
        return (f"{_BOX[ticked]} {_item(text)}" for text, ticked in block.items)
    return map(_item, block.items)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _heading(level: int, text: str) -> str:
    words = _words(text) or _EMPTY
    if words.endswith("#"):  # or it would be taken for a closing mark
        words = f"{words[:-1]}\\#"
    return f"{'#' * level} {words}"


def _quotation(block: Quotation) -> str:
    paragraphs = [*_paragraphs(block.text)]
    if source := _words(block.source):
        paragraphs.append(f"— {source}")
    return "\n>\n".join(indent(paragraph, "> ") for paragraph in paragraphs)


def _pairs(block: Facts | Bars) -> Iterable[tuple[str, str]]:
    if isinstance(block, Facts):
        return block.pairs
    drawn = zip(block.bars, text_bars(block.bars, beside=block.beside), strict=True)
    return [(bar.label, f"{bar.text} {text}".rstrip()) for bar, text in drawn]


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Join facts into one paragraph."""
    return _unpaired("\\\n".join(f"**{_words(label)}:** {_words(text) or _EMPTY}" for label, text in pairs))


def _item(text: str) -> str:
    return "\n\n".join(_paragraphs(text)) or _EMPTY


@lru_cache(maxsize=_MOST_REMEMBERED)  # worksheets' own words, and so the same in many documents
def _reference(one: Reference) -> str:
    """Something to read in one line; an address that is one stands between < and >, as it is."""
    if not is_link(one.url):
        return _item(one.line)
    parts = (_begin_line(_words(one.text)), f"<{link_target(one.url)}>", _words(one.more))
    return _unpaired(" ".join(filter(None, parts)))


def _task(task: Task) -> str:
    """The step, and below it what else is known; its date is among the details (`due` is for calendars)."""
    details = [f"{_words(label)}: {_with_slashes(text) or _EMPTY}" for label, text in task.details]
    step = _begin_line(_words(task.step)) or _EMPTY
    return "\n- ".join([f"{_BOX[task.done]} {step}", *map(_begin_line, details)])


def _table(table: Table, *, after: str) -> Iterator[str]:
    if table.is_read_by_row:
        yield from _list(map(_record, table.records), after=after)
    elif table.columns:
        yield _grid(table)


def _grid(table: Table) -> str:
    head, *body = (f"| {' | '.join(map(_with_slashes, row))} |" for row in (table.columns, *table.rows))
    return "\n".join([head, "|" + " --- |" * len(table.columns), *body])


def _record(row: tuple[str, tuple[tuple[str, str], ...]]) -> str:
    """A row of a wide table: its name, and below it all that stands in it."""
    name, cells = row
    texts = (labeled(_words(head), _with_slashes(cell)) for head, cell in cells)
    lines = filter(None, (_begin_line(_words(name)), _begin_line("; ".join(texts))))
    return _unpaired("\\\n".join(lines) or _EMPTY)


def _unpaired(paragraph: str) -> str:
    """A paragraph put together of several texts, where a `$` that was alone in its own may not be alone."""
    if "$" not in paragraph:
        return paragraph
    return _ESCAPED_OR_PAIRED.sub(lambda found: found[1] or "\\$", paragraph)


def _remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what short texts become; most of them are a worksheet's own."""
    remembered = lru_cache(maxsize=_MOST_REMEMBERED)(function)
    return lambda text: remembered(text) if len(text) <= _SHORT else function(text)


@_remembered
def _paragraphs(text: str) -> tuple[str, ...]:
    """Split text at its empty lines; within a paragraph each line feed is a hard break."""
    lines = map(_whole_line, _escape(make_visible(text)).split("\n"))
    return tuple(["\\\n".join(part) for has_words, part in groupby(lines, bool) if has_words])


def _whole_line(escaped: str) -> str:
    """A line that keeps the blanks at its edges, if there is a word; one entity at each holds a whole run."""
    words = escaped.strip()
    if not words or (words == escaped and words[0].isalpha()):  # nearly every line: no search is as fast
        return words
    return _EDGE_BLANK.sub(lambda blank: f"&#{ord(blank[0])};", _begin_line(escaped))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words(text: str) -> str:
    """Fold text into one escaped line, for the inside of a line."""
    return _escape(one_line(make_visible(text)))


@_remembered
def _with_slashes(text: str) -> str:
    """Fold text into one escaped line that shows where its line breaks were."""
    return _escape(" / ".join(filter(None, map(one_line, make_visible(text).split("\n")))))


def _escape(text: str) -> str:
    if not any(map(text.__contains__, _SIGNS)) and not _ACTIVE_DOT.search(text):
        return text
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _begin_line(escaped: str) -> str:
    """Escape what would begin a block if it stands first on the line; the rest is escaped already."""
    if escaped[:1].isalpha():
        return escaped
    return _LINE_START.sub(lambda found: f"{found[0]}\\", escaped)
