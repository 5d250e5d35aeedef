"""What a response can be written as: each format by name, its file ending, and how an excerpt becomes text.

Every format takes only what `privacy.for_audience` let through, and comes into memory when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def form(name: str, *, what: str = "", todo: bool = False) -> Format:
    """The format called `name`: csv of the `plan` or of the `answers`, ics with events or tasks (`todo`).

    Raises UsageError where an option does not go with the format.
    """
    if what and name != "csv":
        raise UsageError("--what goes with --format csv.", "Add that, or leave --what out.")
    if todo and name != "ics":
        raise UsageError("--todo goes with --format ics.", "Add that, or leave --todo out.")
    if what == "answers":
        return Format(".csv", _answers, _csv)
    return Format(".ics", _document, _todos, _undated) if todo else FORMATS[name]
