"""Looking at what is there: worksheets at hand, one worksheet, saved responses, one response.

Everything is given as values; `cli` chooses between words for a person and JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.rules.asked_now import asked
from libwell.rules.documents import response_document
from libwell.rules.privacy import Excerpt, for_audience
from libwell.storage.responses import ResponseFolder, Saved, read_response

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.document import Document
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Progress:
    """One saved response in a list: answered questions of those asked now."""

    response: Response
    title: str
    answered: int
    total: int
    worksheet: Worksheet
    path: Path


def list_responses(folder: ResponseFolder) -> tuple[list[Progress], list[LibwellError]]:
    """Every saved response, the one changed last first, and what could not be read."""
    found: list[Progress] = []
    failed: list[LibwellError] = []
    for one in folder.read_all():
        if isinstance(one, LibwellError):
            failed.append(one)
        else:
            found.append(_progress(one))
    return sorted(found, key=lambda one: one.response.updated, reverse=True), failed


def _progress(saved: Saved) -> Progress:
    everything = asked(saved.worksheet, saved.response)
    answered = sum(one.is_answered for one in everything)
    worksheet = saved.worksheet
    return Progress(saved.response, worksheet.title, answered, len(everything), worksheet, saved.path)


def how_far(saved: Saved) -> str:
    """How many of the questions asked now are answered: `3 of 14 answered`."""
    one = _progress(saved)
    return f"{one.answered} of {one.total} answered"


def when(response: Response, world: World) -> str:
    """When a response was last changed, in local time: `2026-11-21 18:20`."""
    return f"{response.updated.astimezone(world.now().tzinfo):%Y-%m-%d %H:%M}"


def find_response(
    name: str, folder: ResponseFolder, *, draft: bool = False, may_be_pipe: bool = False
) -> Saved:
    """Read the response a person named: `latest`, an id, the last part of one, or a path.

    A path `may_be_pipe` where the response is only looked at.
    """
    if name == "latest":
        return folder.latest(draft=draft)
    return read_response(folder.find(name), may_be_pipe=may_be_pipe)


def find_path(name: str, folder: ResponseFolder) -> Path:
    """The file of the response a person named."""
    return folder.latest().path if name == "latest" else folder.find(name)


def view(saved: Saved, *, private: bool) -> tuple[Document, Excerpt]:
    """Give a response as a Document, and the excerpt it was made from."""
    excerpt = for_audience(saved.response, saved.worksheet, private=private)
    return response_document(excerpt), excerpt
