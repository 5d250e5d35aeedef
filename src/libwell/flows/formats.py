"""What can be written: each format by name, which one a file name asks for, how an excerpt becomes text.

Every format takes only what `privacy.for_audience` let through, and comes into memory when it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from libwell.errors import UsageError
from libwell.storage.places import is_folder_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from libwell.model.document import Document
    from libwell.model.sheet import Sheet
    from libwell.rules.privacy import Excerpt
    from libwell.rules.records import Record


def _none(excerpt: Excerpt) -> int:
    del excerpt
    return 0


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the ending of its files, what is made of an excerpt for it, and how that is written.

    What is made is a Document, a Sheet or plain data. `undated` counts the actions that have no place in the
    format, as they have no day.
    """

    suffix: str
    make: Callable[[Excerpt], Any]
    write: Callable[[Any], str]
    undated: Callable[[Excerpt], int] = _none

    def render(self, excerpt: Excerpt) -> str:
        """The text of what may be seen of a response."""
        return self.write(self.make(excerpt))


# --- what is made ---------------------------------------------------------------------------------


def _document(excerpt: Excerpt) -> Document:
    from libwell.rules.documents import response_document

    return response_document(excerpt)


def _plan(excerpt: Excerpt) -> Sheet:
    from libwell.rules.records import plan_sheet

    return plan_sheet(excerpt)


def _answers(excerpt: Excerpt) -> Sheet:
    from libwell.rules.records import answers_sheet

    return answers_sheet(excerpt)


def _data(excerpt: Excerpt) -> Record:
    from libwell.rules.records import response_data

    return response_data(excerpt)


def _undated(excerpt: Excerpt) -> int:
    from libwell.rules.records import undated

    return undated(excerpt)


# --- how it is written ----------------------------------------------------------------------------


def _markdown(document: Document) -> str:
    from libwell.export.markdown import render

    return render(document)


def _html(document: Document) -> str:
    from libwell.export.html import render

    return render(document)


def _csv(sheet: Sheet) -> str:
    from libwell.export.csv import render

    return render(sheet)


def _json(data: Record) -> str:
    from libwell.export.json import render

    return render(data, schema="libwell.export/1")


def _jsonl(sheet: Sheet) -> str:
    from libwell.export.jsonl import render

    return render(sheet)


def _events(document: Document) -> str:
    from libwell.export.icalendar import render

    return render(document)


def _todos(document: Document) -> str:
    from libwell.export.icalendar import render

    return render(document, todo=True)


FORMATS: Mapping[str, Format] = {
    "md": Format(".md", _document, _markdown),
    "html": Format(".html", _document, _html),
    "csv": Format(".csv", _plan, _csv),
    "json": Format(".json", _data, _json),
    "jsonl": Format(".jsonl", _answers, _jsonl),
    "ics": Format(".ics", _document, _events, _undated),
}


def form(wanted: str | None, *, output: str = "", what: str = "", todo: bool = False) -> Format:
    """The format `wanted`, or that `output` is named as: csv of the `plan` or `answers`, ics with `todo`.

    Raises UsageError where the name or an option does not go with the format.
    """
    name = format_for(output, wanted, [*FORMATS])
    if what and name != "csv":
        raise UsageError("--what goes with --format csv.", "Add that, or leave --what out.")
    if todo and name != "ics":
        raise UsageError("--todo goes with --format ics.", "Add that, or leave --todo out.")
    if what == "answers":
        return Format(".csv", _answers, _csv)
    return Format(".ics", _document, _todos, _undated) if todo else FORMATS[name]


# --- which one a file's name asks for -------------------------------------------------------------

_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[0-9a-z]{1,8}")
_MEANT = {"txt": "md", "htm": "html"}


def format_for(output: str, wanted: str | None, among: Sequence[str]) -> str:
    """The format to write: the one `wanted`, or the one that a file's name ends in, or the first of `among`.

    `output` is a file, a folder, `-`, or empty; `among` are the names of the formats there are. Raises
    UsageError for a name that ends as none of them does, or as another than the one wanted.
    """
    ending = "" if is_folder_name(output) else Path(output).suffix.lower()
    ending = ending.removeprefix(".") if _ENDING.fullmatch(ending) else ""
    meant = _MEANT.get(ending, ending)
    if wanted is None and ending and meant not in among:
        raise UsageError(
            f"libwell does not write .{ending} here.",
            f"Name the file as one of {', '.join(f'.{name}' for name in among)}, or say which with --format.",
        )
    if wanted is not None and ending in among and ending != wanted:
        raise UsageError(
            f"{output} is named as {ending} is, and this would be written as {wanted}.",
            f"Write --format {ending}, or choose another name.",
        )
    return wanted or meant or among[0]
