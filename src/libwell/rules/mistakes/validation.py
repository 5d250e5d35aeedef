"""Pydantic's findings in libwell's words: every mistake in the shape of a file, each with its path.

Nothing of a value is ever quoted, only keys and what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from libwell.errors import MOST_MISTAKES, KeyPath, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.registry import KINDS, kind_of_prompt
from libwell.model.named_parts import LISTS, names_in
from libwell.model.nearest import did_you_mean, some_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

MISSING = "this key is missing."
_UNKNOWN = "there is no such key here."
_LIST, _TABLE = "a list in [ ] was expected.", "a table was expected."
_EXPECTED = {
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "date_type": "a date such as 2026-12-01 was expected, without quotes or time.",
    "datetime_type": "a date with a time was expected.",
    "finite_number": "a plain number was expected.",
    "greater_than": "a number above {gt} was expected.",
    "greater_than_equal": "a number of at least {ge} was expected.",
    "less_than_equal": "a number of at most {le} was expected.",
    "string_too_short": "this text is empty; write it, or leave the key out.",
    "string_pattern_mismatch": "this is no id that libwell gives.",
    "too_short": "there is nothing here; at least one is needed.",
    "extra_forbidden": _UNKNOWN,
    "missing": MISSING,
    "union_tag_not_found": "the kind is missing.",
    "union_tag_invalid": "there is no such kind.",
    "literal_error": "this word is not one of those known here.",
    "value_error": "{error}.",
}
"""What is said of what pydantic found, by its name for that."""
_KINDS = f"One of: {', '.join(KINDS)}."
_TO_HEAD = "It belongs to the head of the file, above the first heading in [[ ]]."
_REMEDIES = {"missing": "Add it.", "union_tag_not_found": f"Add kind = …. {_KINDS}"}
_PLAIN = {  # as one of several things expected at a place
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
}
_SHAPES = {
    "columns": '{ id = "…", ask = "…" }',
    "prompts": '{ id = "…", kind = "…", ask = "…" }',
    "sources": '{ title = "…" }',
    "scores": '{ id = "…", title = "…", items = ["…"], method = "mean" }',
    "bands": '{ up_to = 1, say = "…" }',
    "examples": "{ given = { … }, score = 1 }",
    "resources": '{ id = "…", title = "…" }',
    "when": '{ prompt = "…", is = … }',
    "columns.when": '{ column = "…", is = … }',
    "total": '{ column = "…", is = 100 }',
    "scale": '{ min = 0, max = 3, labels = ["…", "…"] }',
    "scales": '{ id = "…", min = 0, max = 3, labels = ["…", "…"] }',
    "option_sets": '{ id = "…", options = [{ id = "…", text = "…" }] }',
    "epigraph": '{ text = "…", source = "…" }',
    **dict.fromkeys(("options", "items", "marks", "rows"), '{ id = "…", text = "…" }'),
}
"""How to write the table, or each of the tables, that stands under a key."""
_HEADINGS = {"sections", "actions", "support", *_SHAPES}


def from_validation(error: ValidationError, data: Any, model: type[BaseModel]) -> list[Mistake]:
    """Put a failed validation of `data` against `model` into words: each place that is wrong, once.

    Of more than `MOST_MISTAKES` only the first are given.
    """
    found: dict[KeyPath, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False, include_input=False):
        if len(found) > MOST_MISTAKES:
            break
        path = _path(detail["loc"], data)
        if detail["type"] == "missing":
            path = (*path, detail["loc"][-1])
        if detail["type"] == "too_short" and _at(path, data):
            continue  # its entries are wrong, which is said of each
        found.setdefault(path, []).append(detail)
    return [_mistake(details, path, data, model) for path, details in found.items()]


def unknown_keys(table: Any, path: KeyPath, model: type[BaseModel]) -> Iterator[Mistake]:
    """Each key of `table` that `model` keeps though it does not know it: a person may have meant another.

    `path` is where the table stands. Where no table stands, nothing is said.
    """
    known = _fields(model)
    unknown = (key for key in table if key not in known) if isinstance(table, Mapping) else ()
    for key in islice(unknown, MOST_MISTAKES + 1):
        yield Mistake(_UNKNOWN, (*path, key), did_you_mean(str(key), known) or _known_here(known))


def without_covered(found: Iterable[Mistake]) -> list[Mistake]:
    """Leave out hints where a mistake stands at or under the same path: to mend it may do away with them."""
    everything = list(found)
    wrong: set[KeyPath] = set()
    for mistake in everything:
        if not mistake.hint:
            wrong.update(way_to(mistake.path))
            if mistake.path[-1:] == ("include",):
                wrong.add(("sources",))  # which what is included would have brought
    return [one for one in everything if not (one.hint and one.path in wrong)]


def way_to(path: KeyPath) -> list[KeyPath]:
    """The path of the file itself, those of all that the path leads through, and the path."""
    return [path[:length] for length in range(len(path) + 1)]


def _at(path: KeyPath, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data


def _path(loc: KeyPath, data: Any) -> KeyPath:
    """Keep of a location the parts that lead through the file; pydantic adds names of kinds and types."""
    path: list[str | int] = []
    here = data
    for part in loc:
        if isinstance(here, Mapping):
            is_there = part in here
        else:
            is_there = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if is_there:
            path.append(part)
            here = here[part]
    return tuple(path)


def _mistake(details: list[ErrorDetails], path: KeyPath, data: Any, model: type[BaseModel]) -> Mistake:
    types = {detail["type"]: detail for detail in details}
    detail = types.get("finite_number", details[0])
    if detail["type"] in {"model_type", "tuple_type"} and path[-1] in LISTS and _is_text(path, data):
        return _unknown_part(path, data)
    if detail["type"] in _PLAIN:
        return _plain_mistake([_PLAIN[one] for one in types if one in _PLAIN], path, _at(path, data))
    context = detail.get("ctx", {})
    message = _EXPECTED.get(detail["type"], "").format(**context) or f"{detail['msg']}."
    match detail["type"]:
        case "extra_forbidden":
            return Mistake(message, path, _near_key(path, data, model))
        case "union_tag_invalid":
            return Mistake(message, (*path, "kind"), did_you_mean(str(context["tag"]), KINDS) or _KINDS)
        case "literal_error":
            words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return Mistake(message, path, f"One of: {words}.")
        case other:
            return Mistake(message, path, _REMEDIES.get(other) or _how_to_write(message, path, data))


def _is_text(path: KeyPath, data: Any) -> bool:
    return isinstance(_at(path, data), str)


def _unknown_part(path: KeyPath, data: Any) -> Mistake:
    """Say that a scale or an option set with this name is not there."""
    key, name = str(path[-1]), _at(path, data)
    known = names_in(data, key)
    heading = f"[[{LISTS[key]}]]"
    there = f"One of: {some_of(known)}." if known else f"Write {_SHAPES[LISTS[key]]}."
    remedy = did_you_mean(name, known) or there
    return Mistake(f"{heading} has nothing with the id {name}.", path, remedy)


def _plain_mistake(names: list[str], path: KeyPath, value: Any) -> Mistake:
    """Name everything that may stand at a place where one value is expected."""
    if names == ["a text"]:
        remedy = "Write one text, without [ ]." if isinstance(value, list) else ""
        return Mistake("a text in quotes was expected.", path, remedy)
    *first, last = [name for name in names if name != "a whole number" or "a number" not in names]
    said = " or ".join(filter(None, (", ".join(first), last)))
    return Mistake(f"{said} was expected{', without quotes' if isinstance(value, str) else ''}.", path)


def _how_to_write(message: str, path: KeyPath, data: Any) -> str:
    """How to write the list or the table that was expected where something else stands."""
    names = [part for part in path if isinstance(part, str)]
    shape = _SHAPES.get(".".join(names[-2:]), _SHAPES.get(names[-1]))
    if message == _TABLE and shape:
        return f"Write it as {shape}."
    if message == _LIST and isinstance(_at(path, data), Mapping):
        heading = f"Write the heading with two brackets: [[{'.'.join(names)}]]."
        return heading if names[-1] in _HEADINGS else "Put [ ] around it."
    return ""


def _near_key(path: KeyPath, data: Any, model: type[BaseModel]) -> str:
    """What to write instead of a key that is not known at its place."""
    key, known = str(path[-1]), _fields(_model_at(path[:-1], data, model))
    is_of_head = len(path) > 1 and key in _fields(model) and not isinstance(_at(path, data), list)
    return did_you_mean(key, known) or (_TO_HEAD if is_of_head else _known_here(known))


def _known_here(keys: Iterable[str]) -> str:
    return f"Known here: {', '.join(keys)}."


def _fields(model: type[BaseModel]) -> dict[str, object]:
    """What may stand under each key of a model, by the key as a file has it."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _model_at(path: KeyPath, data: Any, model: type[BaseModel]) -> type[BaseModel]:
    """The model that describes the table at a path."""
    for part in path:
        data = data[part]
        if isinstance(part, str):
            model = next(_models_in(_fields(model).get(part)), model)
        elif model is Prompt and isinstance(data, Mapping) and str(data.get("kind")) in KINDS:
            model = kind_of_prompt(data["kind"])
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
