"""Looking at what is there: worksheets at hand, one worksheet, saved responses, one response.

Everything is given as values; `cli` chooses between words for a person and JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import LibwellError
from libwell.model.prompts.base import not_answer
from libwell.rules.asking import Asked, asked
from libwell.rules.documents import in_words, response_document
from libwell.rules.privacy import Excerpt, for_audience
from libwell.storage.responses import ResponseFolder, Saved, read_response

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.flows.beginning import World
    from libwell.model.document import Document
    from libwell.model.prompts.base import Value
    from libwell.model.response import Action, Response, Retired
    from libwell.model.worksheet import Worksheet
    from libwell.rules.scoring import Scored


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


def find_response(name: str, folder: ResponseFolder, *, draft: bool = False) -> Saved:
    """Read the response a person named: `latest`, an id, the last part of one, or a path."""
    return folder.latest(draft=draft) if name == "latest" else read_response(folder.find(name))


def view(saved: Saved, *, private: bool) -> tuple[Document, Excerpt]:
    """Give a response as a Document, and the excerpt it was made from."""
    excerpt = for_audience(saved.response, saved.worksheet, private=private)
    return response_document(excerpt), excerpt


def excerpt_as_data(excerpt: Excerpt) -> dict[str, Any]:
    """Give what may be seen of a response as plain data: lists of `{id, title, value}`, never ids as keys."""
    response = excerpt.response
    return {
        "id": response.id,
        "status": response.status,
        "revision": response.revision,
        "completed": response.completed,
        "worksheet": {
            "id": excerpt.worksheet.id,
            "version": excerpt.worksheet.version,
            "title": excerpt.worksheet.title,
        },
        "person": {name: getattr(response.person, name) for name in ("name", "team", "library")},
        "answers": [_answer(one, excerpt) for one in excerpt.asked if one.prompt.kind != "plan"],
        "scores": [_score(score, excerpt) for score in excerpt.scores],
        "actions": [action_as_data(action, response) for action in excerpt.actions],
        "retired": [_retired(one) for one in excerpt.retired],
        "withheld": excerpt.withheld,
    }


def _answer(one: Asked, excerpt: Excerpt) -> dict[str, Any]:
    return {
        "id": one.prompt.id,
        "title": one.prompt.ask,
        "section": one.section.id,
        "kind": one.prompt.kind,
        "private": one.prompt.id in excerpt.private,
        "value": _as_entries(one.value),
        "not_answered": one.not_answer,
    }


def _score(score: Scored, excerpt: Excerpt) -> dict[str, Any]:
    names = ("id", "title", "value", "low", "high", "answered", "needed", "total", "text", "say")
    values = {name: getattr(score, name) for name in names}
    return {**values, "private": not score.prompts.isdisjoint(excerpt.private)}


def _retired(one: Retired) -> dict[str, Any]:
    names = {"id": "prompt", "title": "ask", "kind": "kind", "version": "version", "private": "private"}
    values = {name: getattr(one, key) for name, key in names.items()}
    return {**values, "text": one.said or in_words(one.answer)}


def _as_entries(value: Value) -> Value:
    """Turn tables keyed by ids into lists of `{id, value}`; own entries stay as they are."""
    if isinstance(value, dict) and "other" not in value:
        given = {name: part for name, part in value.items() if name != "id"}
        entries = [{"id": name, **_as_part(part)} for name, part in given.items()]
        return {"id": value["id"], "value": entries} if "id" in value else entries
    return [_as_entries(part) for part in value] if isinstance(value, list) else value


def _as_part(part: Value) -> dict[str, Any]:
    """An item's value; or that there is none, and why."""
    reason = not_answer(part)
    return {"value": None, "not_answered": reason} if reason else {"value": _as_entries(part)}


def action_as_data(action: Action, response: Response) -> dict[str, Any]:
    """An action as plain data, with its id on the command line."""
    names = ("step", "status", "who", "due", "level", "know", "notes")
    return {
        "id": f"{response.short_id}.{action.id}",
        **{name: getattr(action, name) or None for name in names},
        "from": action.from_ or None,
    }
