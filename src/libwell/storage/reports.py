"""An earlier report on disk, read to be compared with. What is in it is for `rules.team.earlier` to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, Mistake
from libwell.storage import files

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT = 64 * 1024 * 1024


def read_report(path: Path) -> Any:
    """Give what a JSON file holds. Raises FileRefusedError for what is no JSON; LibwellError."""
    import json  # only beside an earlier report

    text = files.read_text(path, limit=_LIMIT)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        mistake = Mistake("this is no JSON.", remedy="`libwell team report --format json` makes a report.")
        raise FileRefusedError(str(path), (mistake,)) from None
