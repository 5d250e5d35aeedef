"""An earlier report on disk, read to be compared with. What is in it is for `rules.team.earlier` to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, Mistake
from libwell.storage import files

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT = 24 * 1024 * 1024
_MOST_VALUES = 1_000_000
"""Commas, colons and brackets, at most: a report on six worksheets and twenty teams has 43,000."""
_MAKE = "`libwell team report --format json` makes a report."


def read_report(path: Path) -> Any:
    """Give what a JSON file holds.

    Raises FileRefusedError for what is no JSON, and for what holds more than any report does; LibwellError.
    """
    import json  # only beside an earlier report

    text = files.read_text(path, limit=_LIMIT, may_be_pipe=True)
    if sum(map(text.count, ",:[{")) > _MOST_VALUES:
        raise FileRefusedError(str(path), (Mistake("this holds more than a report does.", remedy=_MAKE),))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FileRefusedError(str(path), (Mistake("this is no JSON.", remedy=_MAKE),)) from None
