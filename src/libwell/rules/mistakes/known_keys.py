"""What to write instead of a key that is not known at its place: where it belongs, or which keys are known.

It looks at keys and models. Of what stands under a key it looks only whether that is a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from libwell.kinds.base import Prompt
from libwell.kinds.registry import KINDS, kind_of_prompt
from libwell.model.nearest import did_you_mean
from libwell.model.worksheet import Section, Worksheet

if TYPE_CHECKING:
    from libwell.errors import KeyPath

_TO_HEAD = "It belongs to the head of the file, above the first heading in [[ ]]."
_TO_SECTION = "It belongs to the section, above the first [[sections.prompts]]."
_TO_EITHER = "It belongs above the first [[sections.prompts]] of its section, or to the head of the file."
_ALWAYS_HEADINGS = ("sections", "prompts", "scores", "sources", "resources", "scales", "option_sets")
_ALSO_CALLED = {
    "answers": ("options",),
    "choices": ("options",),
    "description": ("help", "summary", "intro"),
    "label": ("text", "ask"),
    "name": ("text", "ask", "title"),
    "question": ("ask",),
    "questions": ("prompts",),
    "text": ("ask",),
    "title": ("ask", "text"),
    "type": ("kind",),
}
"""What people call some keys, and what these may be here: the first that is known at the place."""


def keys_of(model: type[BaseModel]) -> dict[str, object]:
    """What may stand under each key of a model, by the key as a file has it."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def near_or_known(key: str, known: Mapping[str, object]) -> str:
    """Name the known key that is near to one that is not known; else all that are."""
    return did_you_mean(key, known) or f"Known here: {', '.join(known)}."


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models of the tables that can stand where a field is annotated so."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def remedy_for(path: KeyPath, data: Any, model: type[BaseModel]) -> str:
    """What to write instead of the key at the end of a path, which is not known there.

    `model` describes the whole of `data`.
    """
    key, value = str(path[-1]), data
    for part in path:
        value = value[part]
    names = [part for part in path[:-1] if isinstance(part, str)]
    *around, here = _models_on(path[:-1], data, model)
    known, is_list = keys_of(here), isinstance(value, list)
    if names[-1:] == ["when"]:  # whose keys are short, and alike to those of others
        return near_or_known(key, known)
    meant = next((other for other in _ALSO_CALLED.get(key, ()) if other in known), "")
    return (
        (f"Did you mean {meant}?" if meant else "")
        or _outside(key, list(zip(around, names, strict=True)), is_list=is_list)
        or _inside(key, here, names, is_list=is_list)
        or _of_other_kinds(key, here)
        or near_or_known(key, known)
    )


def _models_on(path: KeyPath, data: Any, model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model of the whole, and one for each name on a path; the last describes the table it leads to."""
    models = [model]
    for part in path:
        data = data[part]
        if isinstance(part, str):
            models.append(next(models_in(keys_of(models[-1]).get(part)), models[-1]))
        elif models[-1] is Prompt and isinstance(data, Mapping) and str(data.get("kind")) in KINDS:
            models[-1] = kind_of_prompt(data["kind"])
    return models


def _outside(key: str, around: list[tuple[type[BaseModel], str]], *, is_list: bool) -> str:
    """Send a key to a table around its own that knows it; empty if none does.

    `around` begins with the head of the file; beside each stands the key that leads further in.
    """
    knowing = [(number, name) for number, (model, name) in enumerate(around) if key in keys_of(model)]
    if not knowing:
        return ""
    number, name = knowing[-1]
    if number == 0:
        return f"Its heading is [[{key}]] alone." if is_list else _TO_HEAD
    if name == "prompts":
        return _TO_EITHER if knowing[0][0] == 0 else _TO_SECTION
    return f"It belongs beside {name}, not inside."


def _inside(key: str, here: type[BaseModel], names: list[str], *, is_list: bool) -> str:
    """Send a key further in, to a table under one that is known here; empty if it is known in none."""
    found = _inside(key, Section, ["sections"], is_list=is_list) if here is Worksheet else ""
    if found:
        return found
    for name, annotation in keys_of(here).items():
        known = {inner for model in models_in(annotation) for inner in _all_keys(model)}
        if key not in known or name == "when":
            continue
        heading = ".".join((*names, name))
        if is_list and "prompts" not in names:
            return f"Its heading is [[{heading}.{key}]]."
        return (
            f"It belongs under [[{heading}]]." if name in _ALWAYS_HEADINGS else f"It belongs inside {name}."
        )
    return ""


def _all_keys(model: type[BaseModel]) -> set[str]:
    """The keys of a model; of a prompt those of every kind."""
    every = map(kind_of_prompt, KINDS) if model is Prompt else [model]
    return {key for one in every for key in keys_of(one)}


def _of_other_kinds(key: str, here: type[BaseModel]) -> str:
    """Say with which kinds of prompt a key goes; empty if with none."""
    kinds = (
        [kind for kind in KINDS if key in keys_of(kind_of_prompt(kind))] if issubclass(here, Prompt) else []
    )
    *first, last = kinds or [""]
    return f"It goes with kind {' or '.join(filter(None, (', '.join(first), last)))}." if kinds else ""
