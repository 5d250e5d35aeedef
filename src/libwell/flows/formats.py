"""What a response can be written as: each format by name, its file ending, and how an excerpt becomes text.

Every format takes only what `privacy.for_audience` let through, and comes into memory when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import UsageError

if TYPE_CHECKING:
    from libwell.rules.privacy import Excerpt

Render = Callable[["Excerpt"], str]


def _nothing(excerpt: Excerpt) -> int:
    del excerpt
    return 0


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the ending of its files, and its text of what may be seen of a response.

    `undated` counts the actions that have no place in it, as they have no day.
    """

    suffix: str
    render: Render
    undated: Callable[[Excerpt], int] = _nothing


def _markdown(excerpt: Excerpt) -> str:
    from libwell.export.markdown import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt))


def _html(excerpt: Excerpt) -> str:
    from libwell.export.html import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt))


def _plan_csv(excerpt: Excerpt) -> str:
    from libwell.export.csv import render
    from libwell.rules.records import plan_sheet

    return render(plan_sheet(excerpt))


def _answers_csv(excerpt: Excerpt) -> str:
    from libwell.export.csv import render
    from libwell.rules.records import answers_sheet

    return render(answers_sheet(excerpt))


def _json(excerpt: Excerpt) -> str:
    from libwell.export.json import render
    from libwell.rules.records import response_data

    return render(response_data(excerpt), schema="libwell.export/1")


def _jsonl(excerpt: Excerpt) -> str:
    from libwell.export.jsonl import render
    from libwell.rules.records import answers_sheet

    return render(answers_sheet(excerpt))


def _events(excerpt: Excerpt) -> str:
    from libwell.export.icalendar import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt))


def _todos(excerpt: Excerpt) -> str:
    from libwell.export.icalendar import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt), todo=True)


def _undated(excerpt: Excerpt) -> int:
    from libwell.rules.records import undated

    return undated(excerpt)


FORMATS: Mapping[str, Format] = {
    "md": Format(".md", _markdown),
    "html": Format(".html", _html),
    "csv": Format(".csv", _plan_csv),
    "json": Format(".json", _json),
    "jsonl": Format(".jsonl", _jsonl),
    "ics": Format(".ics", _events, _undated),
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
        return Format(".csv", _answers_csv)
    return Format(".ics", _todos, _undated) if todo else FORMATS[name]
