"""Each export format read back by a reader that is not libwell's: a function each, giving all its text.

A reader also sees that the file is well made. A new format needs a line in READERS, and the tests over all
formats read it too. It must not import libwell.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from html5lib import HTMLParser
from icalendar import Calendar
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

MARK = "\ufeff"
FORMULA = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b")
"""What begins a formula, or is passed over before one."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def raw_text(exported: str) -> str:
    """An export as it lies in its file, without the mark and the line ends that its format wants."""
    return exported.removeprefix(MARK).replace("\r\n", "\n")


# --- Markdown -------------------------------------------------------------------------------------


def leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from leaves(token.children or [])


def read_markdown(text: str) -> str:
    return "\n".join(token.content for token in leaves(_MARKDOWN.parse(text)) if token.type == "text")


# --- CSV ------------------------------------------------------------------------------------------


def undone(cell: str) -> str:
    """The rule as docs/scripts.md has it: from a cell that begins with an apostrophe, drop that one."""
    return cell.removeprefix("'")


def read_rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column, as its text was before it was defused."""
    assert text.startswith(MARK)
    outside_quotes = re.sub(r'"[^"]*"', "", text)
    assert outside_quotes.count("\n") == outside_quotes.count("\r\n") == text.count("\r")
    head, *rows = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True)
    for row in rows:
        assert len(row) == len(head)
        for cell in row:
            assert cell[:1] not in FORMULA or NUMBER.fullmatch(cell), f"a formula: {cell[:60]!r}"
    return [dict(zip(head, map(undone, row), strict=True)) for row in rows]


def read_csv(text: str) -> str:
    return "\n".join(cell for row in read_rows(text) for cell in row.values())


# --- JSON -----------------------------------------------------------------------------------------


def texts_in(value: Any) -> Iterator[str]:
    """Every text in JSON data; keys are not counted."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


def read_json(text: str) -> str:
    assert text.endswith("}\n")
    return "\n".join(texts_in(json.loads(text)))


def read_lines(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    *lines, last = text.split("\n")
    assert last == ""
    return [json.loads(line) for line in lines]


def read_jsonl(text: str) -> str:
    return "\n".join(texts_in(read_lines(text)))


# --- iCalendar ------------------------------------------------------------------------------------


def read_entries(text: str) -> list[dict[str, Any]]:
    """The events and tasks of a calendar file, by property."""
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in "".join(lines)
    assert "\r" not in "".join(lines)
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    assert {one.name for one in calendar.subcomponents} <= {"VEVENT", "VTODO"}
    assert not any(one.errors or one.subcomponents for one in calendar.subcomponents)
    return [dict(one) for one in calendar.subcomponents]


def read_calendar(text: str) -> str:
    return "\n".join(
        str(value) for entry in read_entries(text) for value in entry.values() if isinstance(value, str)
    )


# --- HTML -----------------------------------------------------------------------------------------

_NO_CHARACTER = re.compile(r"\[U\+(FD[DE][0-9A-F]|(?:[0-9A-F]{1,2})?FFF[EF])\]")
"""What HTML forbids is written so."""


def read_html(text: str) -> str:
    page = "".join(HTMLParser(strict=True).parse(text).itertext())
    return _NO_CHARACTER.sub(lambda found: chr(int(found[1], 16)), page)


READERS: dict[str, Callable[[str], str]] = {
    "md": read_markdown,
    "html": read_html,
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_jsonl,
    "ics": read_calendar,
}
