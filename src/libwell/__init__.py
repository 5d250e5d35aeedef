"""libwell: guided self-assessment and action planning for library staff.

The names here are the public Python API; everything else may change. Each raises `LibwellError` (see
`libwell.errors`) with a message for a person.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.worksheet import Worksheet
    from libwell.storage.responses import Saved

__version__ = "0.1.0"


def load_worksheet(path: Path) -> Worksheet:
    """Read a worksheet file as it will be asked.

    What it includes is looked for beside it, then among the built-in ones.
    """
    from libwell.storage.places import SHIPPED, shipped_worksheets  # `--version` stays quick
    from libwell.storage.worksheets import Shelf

    return Shelf([(shipped_worksheets(), SHIPPED)]).load(str(path))


def load_response(path: Path) -> Saved:
    """Read a response file: `.response`, and the `.worksheet` it was asked from."""
    from libwell.storage.responses import read_response

    return read_response(path)


def render(saved: Saved, *, private: bool = False) -> str:
    """Write a response as Markdown (CommonMark with tables and task lists); private parts only if asked."""
    from libwell.export.markdown import render as to_markdown
    from libwell.rules.documents import response_document
    from libwell.rules.privacy import for_audience

    return to_markdown(response_document(for_audience(saved.response, saved.worksheet, private=private)))
