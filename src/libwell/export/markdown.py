"""A Document as CommonMark with GFM tables and task lists.

The one place that knows what Markdown takes for markup: whatever a person typed shows as they typed it and
does nothing else. It must not open a file, print, or decide what a reader may see; that has been done before.

Known limit: GitHub links an e-mail address after it has undone every escape, so no escape can stop it there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from textwrap import indent
from typing import TYPE_CHECKING, assert_never

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
    from libwell.model.document import Document, Plain

_EMPTY = "—"
_SHORT = 240
_MOST_REMEMBERED = 2048
"""Texts of up to 240 characters are remembered in their escaped form: most of them are a worksheet's own."""

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

_DOT_INSIDE = re.compile(r"\.\S")
_EDGE_BLANK = re.compile(r"[^\S\n](?:$|(?<=^.))")
_ESCAPED_OR_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)


def render(document: Document) -> str:
    """Write the document: blocks one empty line apart, no trailing spaces, one newline at the end."""
    parts = [_heading(1, document.title)]
    tasks: list[str] = []
    for block in document.plain_blocks:
        if isinstance(block, Task):
            tasks.append(_task(block))
            continue
        if tasks:
            _add_list(parts, "", tasks)
            tasks = []
        _add_block(parts, block)
    if tasks:
        _add_list(parts, "", tasks)
    return "\n\n".join(parts) + "\n"


def _add_block(parts: list[str], block: Plain) -> None:
    match block:
        case Heading(level=level, text=text):
            parts.append((_heading_short if len(text) <= _SHORT else _heading)(min(max(level, 2), 6), text))
        case Paragraph():
            parts += _toned(block)
        case Quotation():
            parts += _quotation(block)
        case Facts(pairs=pairs):
            parts += [_facts(pairs)] if pairs else []
        case Listing(items=items, title=title):
            _add_list(parts, title, [_item(text) for text in items])
        case Checklist(items=items, title=title):
            _add_list(parts, title, [f"{_box(ticked=ticked)} {_item(text)}" for text, ticked in items])
        case Table():
            parts += [_table(block)] if block.columns else []
        case Bars(bars=bars, beside=beside):
            drawn = zip(bars, text_bars(bars, beside=beside), strict=True)
            pairs = tuple((bar.label, f"{bar.text} {text}".rstrip()) for bar, text in drawn)
            parts += [_facts(pairs)] if pairs else []
        case Task():
            _add_list(parts, "", [_task(block)])
        case _:
            assert_never(block)


def _add_list(parts: list[str], title: str, items: list[str]) -> None:
    """Add a list; right after another list it takes the other bullet, or the two would become one."""
    if bold := _words(title):
        parts.append(
            f"**{bold}**"
        )  # holds whatever the words: it fills its line, with no blanks at its edges
    if items:
        bullet = "*" if parts[-1].startswith("- ") else "-"
        parts.append("\n".join(f"{bullet} {_hung(item)}" for item in items))


def _hung(item: str) -> str:
    """An item whose further lines stand under its first."""
    return indent(item, "  ")[2:] if "\n" in item else item


def _heading(level: int, text: str) -> str:
    words = _words(text) or _EMPTY
    if words.endswith("#"):  # would be taken for the closing marks that a heading may have
        words = words[:-1] + "\\#"
    return f"{'#' * level} {words}"


_heading_short = lru_cache(maxsize=_MOST_REMEMBERED)(_heading)


def _toned(block: Paragraph) -> list[str]:
    """Asides in emphasis, which holds like bold titles do: blanks at the edges are entities."""
    paragraphs = _paragraphs(block.text)
    return [f"*{text}*" for text in paragraphs] if block.tone == "aside" else [*paragraphs]


def _quotation(block: Quotation) -> list[str]:
    paragraphs = [*_paragraphs(block.text)]
    if source := _words(block.source):
        paragraphs.append(f"— {source}")
    lines = "\n\n".join(paragraphs).split("\n")
    return ["\n".join(f"> {line}" if line else ">" for line in lines)] if paragraphs else []


def _facts(pairs: tuple[tuple[str, str], ...]) -> str:
    """Join facts into one paragraph, where a `$` that was alone in its own text may not be alone."""
    paragraph = "\\\n".join(_fact(label, text) for label, text in pairs)
    if "$" not in paragraph:
        return paragraph
    alone = [found.start() for found in _ESCAPED_OR_DOLLAR.finditer(paragraph) if found[0] == "$"]
    for place in reversed(alone[:-1]):
        paragraph = f"{paragraph[:place]}\\{paragraph[place:]}"
    return paragraph


def _fact(label: str, text: str) -> str:
    return f"**{_words(label)}:** {_words(text) or _EMPTY}"


def _item(text: str) -> str:
    return "\n\n".join(_paragraphs(text)) or _EMPTY


def _task(task: Task) -> str:
    """The step, and below it what else is known; its date is among the details (`due` is for calendars)."""
    step = _begin_line(_words(task.step)) or _EMPTY
    details = [
        _begin_line(f"{_words(label)}: {_with_slashes(text) or _EMPTY}") for label, text in task.details
    ]
    return "\n- ".join([f"{_box(ticked=task.done)} {step}", *details])


def _box(*, ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"


def _table(table: Table) -> str:
    rows = [table.columns, *table.rows]
    head, *body = [f"| {' | '.join(map(_with_slashes, row))} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(table.columns), *body])


def _paragraphs(text: str) -> tuple[str, ...]:
    """Split text at its empty lines; within a paragraph each line feed is a hard break."""
    return _split_short(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> tuple[str, ...]:
    paragraphs: list[list[str]] = []
    is_open = False
    for line in _escape(make_visible(text)).split("\n"):
        if not line or line.isspace():
            is_open = False
        elif is_open:
            paragraphs[-1].append(_keep_edges(line))
        else:
            paragraphs.append([_keep_edges(line)])
            is_open = True
    return tuple(map("\\\n".join, paragraphs))


_split_short = lru_cache(maxsize=_MOST_REMEMBERED)(_split)


def _keep_edges(escaped: str) -> str:
    """Keep a line's first sign from acting, and the blanks at its edges (one entity holds a whole run)."""
    line = _begin_line(escaped)
    if line[0].isspace() or line[-1].isspace():
        return _EDGE_BLANK.sub(lambda blank: f"&#{ord(blank[0])};", line)
    return line


def _words(text: str) -> str:
    """Fold text into one escaped line, for the inside of a line."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return _escape(one_line(make_visible(text)))


_fold_short = lru_cache(maxsize=_MOST_REMEMBERED)(_fold)


def _with_slashes(text: str) -> str:
    """Fold text into one escaped line that shows where its line breaks were."""
    if "\n" not in text:
        return _words(text)
    lines = map(one_line, make_visible(text).split("\n"))
    return _escape(" / ".join(line for line in lines if line))


def _escape(text: str) -> str:
    return text if _is_plain(text) else _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _is_plain(text: str) -> bool:
    """Whether nothing in a text can act wherever it stands; where one sign may, the pattern decides."""
    return not (
        _DOT_INSIDE.search(text)
        or "*" in text
        or "_" in text
        or "[" in text
        or "]" in text
        or "/" in text
        or "@" in text
        or "&" in text
        or "<" in text
        or "$" in text
        or "~" in text
        or "|" in text
        or "`" in text
        or "\\" in text
    )


def _begin_line(escaped: str) -> str:
    """Escape what would begin a block if it stands first on the line; the rest is escaped already."""
    if escaped[:1].isalpha():
        return escaped
    return _LINE_START.sub(lambda found: f"{found[0]}\\", escaped)
