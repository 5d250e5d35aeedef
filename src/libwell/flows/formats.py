"""What a response can be written as: each format by name, its file ending, and how an excerpt becomes text.

Every format takes only what `privacy.for_audience` let through, and comes into memory when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from libwell.rules.privacy import Excerpt

Render = Callable[["Excerpt"], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the ending of its files, and its text of what may be seen of a response."""

    suffix: str
    render: Render


def _markdown(excerpt: Excerpt) -> str:
    from libwell.export.markdown import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt))


def _html(excerpt: Excerpt) -> str:
    from libwell.export.html import render
    from libwell.rules.documents import response_document

    return render(response_document(excerpt))


FORMATS: Mapping[str, Format] = {
    "md": Format(".md", _markdown),
    "html": Format(".html", _html),
}
