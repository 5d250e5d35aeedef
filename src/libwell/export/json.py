r"""JSON that does nothing where it is shown, and loses nothing.

Control, bidirectional and separator characters and lone surrogates are written as `\uXXXX`: a terminal, a
pager or an editor shows them and does not obey them, and whoever reads the JSON gets the exact text. All else
stays as it was typed. It must not open a file, print, or decide what may be seen.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from libwell.model.characters import with_active

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_INSIDE = " " * 4
"""What each line of a record in a list begins with."""


def render(data: Mapping[str, object]) -> str:
    """Write one record in lines a person can read. Raises ValueError as `to_json` does."""
    return to_json(data, indent=2) + "\n"


def part(data: Mapping[str, object]) -> str:
    """Write one record as it stands in the list of `whole`. Raises ValueError as `to_json` does."""
    return _INSIDE + to_json(data, indent=2).replace("\n", f"\n{_INSIDE}")


def whole(parts: Iterable[str], columns: tuple[str, ...] = ()) -> Iterator[str]:
    """The pieces of a `libwell.exports/1` document, which lists the records in `parts`."""
    del columns
    yield '{\n  "schema": "libwell.exports/1",\n  "responses": [\n'
    before = ""
    for one in parts:
        if before:
            yield f"{before},\n"
        before = one
    if before:
        yield f"{before}\n"
    yield "  ]\n}\n"


def to_json(value: object, *, indent: int | None = None) -> str:
    """Write a value with `indent` blanks a level, or in one line; days and moments as ISO 8601 has them.

    Raises ValueError for NaN and what is infinite, TypeError for a value that JSON has no form for.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=_plain)
    return with_active(text, lambda character: json.dumps(character)[1:-1])


def _plain(value: object) -> str:
    if isinstance(value, dt.date):  # or a moment, which is one too
        return value.isoformat()
    raise TypeError(type(value).__name__)
