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

from libwell.model.characters import make_visible, one_line
from libwell.model.document import (
    Bars,
    Checklist,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Table,
    Task,
)
from libwell.model.drawing import text_bars

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.model.document import Document, Plain

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

_EDGE_BLANK = re.compile(r"[^\S\n](?:$|(?<=^.))")
_ESCAPED_OR_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)


def render(document: Document) -> str:
    """Write the document: blocks one empty line apart, no trailing spaces, one newline at the end."""
    parts = [_heading(1, document.title)]
    for are_tasks, group in groupby(document.plain_blocks, lambda block: isinstance(block, Task)):
        if are_tasks:
            _add_list(parts, "", [_task(task) for task in group if isinstance(task, Task)])
        else:
            for block in group:
                _add_block(parts, block)
    return "\n\n".join(parts) + "\n"


def _add_block(parts: list[str], block: Plain) -> None:
    match block:
        case Heading(level=level, text=text):
            parts.append(_heading(min(max(level, 2), 6), text))
        case Paragraph(text=text, tone=tone):  # emphasis holds like the bold of titles does
            parts += [f"*{one}*" if tone == "aside" else one for one in _paragraphs(text)]
        case Quotation():
            parts += _quotation(block)
        case Facts(pairs=pairs):
            parts += [_facts(pairs)] if pairs else []
        case Listing(items=items, title=title):
            _add_list(parts, title, [_item(text) for text in items])
        case Checklist(items=items, title=title):
            _add_list(parts, title, [f"{_BOX[ticked]} {_item(text)}" for text, ticked in items])
        case Table():
            parts += [_table(block)] if block.columns else []
        case Bars(bars=bars, beside=beside):
            drawn = zip(bars, text_bars(bars, beside=beside), strict=True)
            _add_block(parts, Facts(tuple((bar.label, f"{bar.text} {text}".rstrip()) for bar, text in drawn)))
        case Task():
            _add_list(parts, "", [_task(block)])
        case _:
            assert_never(block)


def _add_list(parts: list[str], title: str, items: list[str]) -> None:
    """Add a list; right after another list it takes the other bullet, or the two would become one."""
    if bold := _words(title):  # holds whatever the words: it fills its line, with no blanks at its edges
        parts.append(f"**{bold}**")
    if items:
        bullet = "*" if parts[-1].startswith("- ") else "-"
        parts.append("\n".join(f"{bullet} {indent(item, '  ')[2:]}" for item in items))


def _heading(level: int, text: str) -> str:
    words = _words(text) or _EMPTY
    if words.endswith("#"):  # would be taken for the closing marks that a heading may have
        words = words[:-1] + "\\#"
    return f"{'#' * level} {words}"


def _quotation(block: Quotation) -> list[str]:
    paragraphs = [*_paragraphs(block.text)]
    if source := _words(block.source):
        paragraphs.append(f"— {source}")
    lines = "\n\n".join(paragraphs).split("\n")
    return ["\n".join(f"> {line}" if line else ">" for line in lines)] if paragraphs else []


def _facts(pairs: tuple[tuple[str, str], ...]) -> str:
    """Join facts into one paragraph, where a `$` that was alone in its own text may not be alone."""
    paragraph = "\\\n".join(f"**{_words(label)}:** {_words(text) or _EMPTY}" for label, text in pairs)
    alone = [found.start() for found in _ESCAPED_OR_DOLLAR.finditer(paragraph) if found[0] == "$"]
    for place in reversed(alone[:-1]):
        paragraph = f"{paragraph[:place]}\\{paragraph[place:]}"
    return paragraph


def _item(text: str) -> str:
    return "\n\n".join(_paragraphs(text)) or _EMPTY


def _task(task: Task) -> str:
    """The step, and below it what else is known; its date is among the details (`due` is for calendars)."""
    step = _begin_line(_words(task.step)) or _EMPTY
    details = [
        _begin_line(f"{_words(label)}: {_with_slashes(text) or _EMPTY}") for label, text in task.details
    ]
    return "\n- ".join([f"{_BOX[task.done]} {step}", *details])


_BOX = {True: "[x]", False: "[ ]"}


def _table(table: Table) -> str:
    rows = [table.columns, *table.rows]
    head, *body = [f"| {' | '.join(map(_with_slashes, row))} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(table.columns), *body])


def _remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what short texts become; most of them are a worksheet's own."""
    remembered = lru_cache(maxsize=_MOST_REMEMBERED)(function)
    return lambda text: remembered(text) if len(text) <= _SHORT else function(text)


@_remembered
def _paragraphs(text: str) -> tuple[str, ...]:
    """Split text at its empty lines; within a paragraph each line feed is a hard break."""
    paragraphs: list[list[str]] = [[]]
    for line in _escape(make_visible(text)).split("\n"):
        if line and not line.isspace():  # the blanks at its edges stay: one entity holds a whole run
            kept = _EDGE_BLANK.sub(lambda blank: f"&#{ord(blank[0])};", _begin_line(line))
            paragraphs[-1].append(kept)
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple("\\\n".join(lines) for lines in paragraphs if lines)


@_remembered
def _words(text: str) -> str:
    """Fold text into one escaped line, for the inside of a line."""
    return _escape(one_line(make_visible(text)))


def _with_slashes(text: str) -> str:
    """Fold text into one escaped line that shows where its line breaks were."""
    if "\n" not in text:
        return _words(text)
    lines = map(one_line, make_visible(text).split("\n"))
    return _escape(" / ".join(line for line in lines if line))


def _escape(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _begin_line(escaped: str) -> str:
    """Escape what would begin a block if it stands first on the line; the rest is escaped already."""
    if escaped[:1].isalpha():
        return escaped
    return _LINE_START.sub(lambda found: f"{found[0]}\\", escaped)
