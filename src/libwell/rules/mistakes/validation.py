"""Pydantic's findings in libwell's words: every mistake in the shape of a file, each with its path.

Nothing of a value is ever quoted, only keys and what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from libwell.errors import MOST_MISTAKES, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.registry import KINDS, kind_of_prompt
from libwell.model.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

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
}
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
    "scale": '{ min = 0, max = 3, labels = ["…", "…"] }',
    "epigraph": '{ text = "…", source = "…" }',
    **dict.fromkeys(("options", "items", "marks", "rows"), '{ id = "…", text = "…" }'),
}
"""How to write the table, or each of the tables, that stands under a key."""
_HEADINGS = {"sections", "actions", "support", *_SHAPES}
MISSING = "this key is missing."
Path = tuple[str | int, ...]


def from_validation(error: ValidationError, data: Any, model: type[BaseModel]) -> list[Mistake]:
    """Every mistake of a failed validation of `data` against `model`, each place once.

    Of too many the first.
    """
    found: dict[Path, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False, include_input=False):
        if len(found) > MOST_MISTAKES:
            break
        path = _path(detail["loc"], data, missing=detail["type"] == "missing")
        if detail["type"] == "too_short" and _at(path, data):
            continue  # its entries are wrong, which is said of each
        found.setdefault(path, []).append(detail)
    return [_mistake(details, path, data, model) for path, details in found.items()]


def unknown_keys(table: Any, path: Path, model: type[BaseModel]) -> Iterator[Mistake]:
    """Each key of a table that a model keeps though it does not know it; a person may have meant another."""
    known = _keys(model)
    unknown = (key for key in table if key not in known) if isinstance(table, Mapping) else ()
    for key in islice(unknown, MOST_MISTAKES + 1):
        yield Mistake(_UNKNOWN, (*path, key), did_you_mean(str(key), known) or _all_known(known))


def without_covered(found: Iterable[Mistake]) -> list[Mistake]:
    """Leave out hints where a mistake stands at or under the same path: to mend it may do away with them."""
    everything = list(found)
    mistakes = [m.path for m in everything if not m.hint]
    wrong = {path[:length] for path in mistakes for length in range(len(path) + 1)}
    if any(path[-1:] == ("include",) for path in mistakes):
        wrong.add(("sources",))  # which what is included would have brought
    return [m for m in everything if not (m.hint and m.path in wrong)]


def _at(path: Path, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data


def _path(loc: tuple[str | int, ...], data: Any, *, missing: bool) -> Path:
    """Keep of a location the parts that lead through the file; pydantic adds names of kinds and types."""
    path: list[str | int] = []
    here = data
    for number, part in enumerate(loc):
        is_new = missing and number == len(loc) - 1
        if isinstance(here, Mapping) and isinstance(part, str) and (part in here or is_new):
            path.append(part)
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            path.append(part)
            here = here[part]
    return tuple(path)


def _mistake(details: list[ErrorDetails], path: Path, data: Any, model: type[BaseModel]) -> Mistake:
    types = {detail["type"]: detail for detail in details}
    if details[0]["type"] in _PLAIN and "finite_number" not in types:
        return _plain_mistake([_PLAIN[one] for one in types if one in _PLAIN], path, _at(path, data))
    detail = types.get("finite_number", details[0])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            message, remedy = _UNKNOWN, _near_key(path, data, model)
        case "missing":
            message, remedy = MISSING, "Add it."
        case "union_tag_not_found":
            message, remedy = "the kind is missing.", f"Add kind = …. One of: {', '.join(KINDS)}."
        case "union_tag_invalid":
            message, path = "there is no such kind.", (*path, "kind")
            remedy = did_you_mean(str(context["tag"]), KINDS)
            remedy = remedy or f"One of: {', '.join(KINDS)}."
        case "literal_error":
            message = "this word is not one of those known here."
            words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            remedy = f"One of: {words}."
        case "value_error":
            message, remedy = f"{context['error']}.", ""
        case other:
            message = _EXPECTED.get(other, "").format(**context) or f"{detail['msg']}."
            remedy = _remedy(message, path, data)
    return Mistake(message, path, remedy)


def _plain_mistake(names: list[str], path: Path, value: Any) -> Mistake:
    """Name everything that may stand at a place where one value is expected."""
    if names == ["a text"]:
        remedy = "Write one text, without [ ]." if isinstance(value, list) else ""
        return Mistake("a text in quotes was expected.", path, remedy)
    *first, last = [name for name in names if name != "a whole number" or "a number" not in names]
    said = f"{', '.join(first)} or {last}" if first else last
    return Mistake(f"{said} was expected{', without quotes' if isinstance(value, str) else ''}.", path)


def _remedy(message: str, path: Path, data: Any) -> str:
    """What to do where a list or a table was expected and something else stands there."""
    names = [part for part in path if isinstance(part, str)]
    if message == _TABLE and names and names[-1] in _SHAPES:
        return f"Write it as {_SHAPES[names[-1]]}."
    if message != _LIST or not names or not isinstance(_at(path, data), Mapping):
        return ""
    if names[-1] in _HEADINGS:
        return f"Write the heading with two brackets: [[{'.'.join(names)}]]."
    return "Put [ ] around it."


def _near_key(path: Path, data: Any, model: type[BaseModel]) -> str:
    key, known = str(path[-1]), _keys(_model_at(path[:-1], data, model))
    near = did_you_mean(key, known)
    if near or len(path) == 1 or key not in _keys(model) or isinstance(_at(path, data), list):
        return near or _all_known(known)
    return "It belongs to the head of the file, above the first heading in [[ ]]."


def _all_known(keys: list[str]) -> str:
    return f"Known here: {', '.join(keys)}."


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_at(path: Path, data: Any, model: type[BaseModel]) -> type[BaseModel]:
    """The model that describes the table at a path."""
    for part in path:
        data = data[part]
        if isinstance(part, str):
            fields = dict(zip(_keys(model), model.model_fields.values(), strict=True))
            model = next(_models_in(fields[part].annotation), model) if part in fields else model
        elif model is Prompt and isinstance(data, Mapping) and str(data.get("kind")) in KINDS:
            model = kind_of_prompt(data["kind"])
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
