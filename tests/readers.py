"""Each export format read back by a reader that is not libwell's: a function each, giving all its text.

A reader also sees that the file is well made. A new format needs a line in READERS, and the tests over all
formats read it too. It must not import libwell.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.table import Table
from html5lib import HTMLParser
from icalendar import Calendar
from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document
    from markdown_it.token import Token

MARK = "\ufeff"
FORMULA = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b")
"""What begins a formula, or is passed over before one."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def raw_text(exported: str | bytes) -> str:
    """An export as it lies in its file, without the mark and the line ends that its format wants."""
    if isinstance(exported, bytes):
        return "\n".join(part.decode() for part in parts_of(exported).values())
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


# --- Word -----------------------------------------------------------------------------------------

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def parts_of(exported: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, all of them XML, none with a time."""
    with zipfile.ZipFile(io.BytesIO(exported)) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == sorted(whole.namelist())
        assert {one.date_time for one in whole.infolist()} == {_FIRST_TIME}
        parts = {name: whole.read(name) for name in whole.namelist()}
    assert {name.rpartition(".")[2] for name in parts} == {"xml", "rels"}
    return parts


def links_of(parts: dict[str, bytes]) -> list[str]:
    """Every address outside that a Word file names; each is that of a link to follow."""
    relations = [
        one
        for name, part in parts.items()
        if name.endswith(".rels")
        for one in etree.fromstring(part).iter(_RELATION)
    ]
    outside = [one for one in relations if one.get("TargetMode") == "External"]
    assert {one.get("Type") for one in outside} <= {_LINK}
    return [one.get("Target", "") for one in outside]


def opened_docx(exported: str | bytes) -> Document:
    """A Word file in python-docx: without macros, times, authors, and anything loaded from outside."""
    data = exported.encode("utf-8", "surrogateescape") if isinstance(exported, str) else exported
    parts = parts_of(data)
    links_of(parts)
    assert not [name for name in parts if re.search("vba|activex|embed|media|custom", name, re.IGNORECASE)]
    assert b"instrText" not in b"".join(parts.values())
    document = docx.Document(io.BytesIO(data))
    known = document.core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert (known.created, known.modified, known.last_printed) == (None, None, None)
    return document


def texts_of(container: BlockItemContainer | Document) -> Iterator[str]:
    """The text of every paragraph, those in the cells of tables in their places."""
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from texts_of(cell)
        else:
            yield block.text


def read_docx(exported: str | bytes) -> str:
    text = "\n".join(texts_of(opened_docx(exported)))
    return _NO_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)


READERS: dict[str, Callable[[Any], str]] = {
    "md": read_markdown,
    "html": read_html,
    "docx": read_docx,
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_jsonl,
    "ics": read_calendar,
}
