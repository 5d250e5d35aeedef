"""Pydantic's findings in libwell's words: every mistake in the shape of a file, each with its path.

Nothing of a value is ever quoted, only keys and what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

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
    **dict.fromkeys(("options", "items", "marks", "rows"), '{ id = "…", text = "…" }'),
}
_TABLES = {
    "when": '{ prompt = "…", is = … }',
    "scale": '{ min = 0, max = 3, labels = ["…", "…"] }',
    "epigraph": '{ text = "…", source = "…" }',
}
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
    known = _names(model)
    unknown = (key for key in table if key not in known) if isinstance(table, Mapping) else ()
    for key in islice(unknown, MOST_MISTAKES + 1):
        yield Mistake(_UNKNOWN, (*path, key), _near(str(key), known))


def without_covered(found: Iterable[Mistake]) -> list[Mistake]:
    """Leave out hints where a mistake stands at or under the same path: to mend it may do away with them."""
    everything = list(found)
    wrong = {m.path[:length] for m in everything if not m.hint for length in range(len(m.path) + 1)}
    if any(m.path[-1:] == ("include",) for m in everything if not m.hint):
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
    infinite = [detail for detail in details if detail["type"] == "finite_number"]
    if infinite:
        return _other_mistake(infinite[0], path, data, model)
    if details[0]["type"] in _PLAIN:
        return _plain_mistake([detail["type"] for detail in details], path, _at(path, data))
    return _other_mistake(details[0], path, data, model)


def _other_mistake(detail: ErrorDetails, path: Path, data: Any, model: type[BaseModel]) -> Mistake:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return Mistake(_UNKNOWN, path, _near_key(path, data, model))
        case "missing":
            return Mistake(MISSING, path, "Add it.")
        case "union_tag_not_found" | "union_tag_invalid":
            return _kind_mistake(path, context)
        case "literal_error":
            return Mistake("this word is not one of those known here.", path, f"One of: {_words(context)}.")
        case "value_error":
            return Mistake(_sentence(str(context.get("error", ""))), path)
    message = _EXPECTED.get(kind, "").format(**context) or _sentence(detail["msg"])
    return Mistake(message, path, _remedy(message, path, data))


def _plain_mistake(kinds: list[str], path: Path, value: Any) -> Mistake:
    """Name everything that may stand at a place where one value is expected."""
    names = [_PLAIN[kind] for kind in dict.fromkeys(kinds) if kind in _PLAIN]
    if "a number" in names and "a whole number" in names:
        names.remove("a whole number")
    *first, last = names
    said = f"{', '.join(first)} or {last}" if first else last
    if "a text" in names:
        remedy = "Write one text, without [ ]." if isinstance(value, list) and not first else ""
        return Mistake(f"{said}{' in quotes' if not first else ''} was expected.", path, remedy)
    return Mistake(f"{said} was expected{', without quotes' if isinstance(value, str) else ''}.", path)


def _remedy(message: str, path: Path, data: Any) -> str:
    """What to do where a list or a table was expected and something else stands there."""
    if message == _TABLE and path and path[-1] in _TABLES:
        return f"Write it as {_TABLES[str(path[-1])]}."
    names = [str(part) for part in path if isinstance(part, str)]
    if message == _LIST and names and isinstance(_at(path, data), Mapping):
        if names[-1] in _HEADINGS:
            return f"Write the heading with two brackets: [[{'.'.join(names)}]]."
        return "Put [ ] around it."
    if message == _TABLE and len(path) > 1 and isinstance(path[-1], int) and path[-2] in _SHAPES:
        return f"Write it as {_SHAPES[str(path[-2])]}."
    return ""


def _kind_mistake(path: Path, context: Mapping[str, Any]) -> Mistake:
    kinds = f"One of: {', '.join(KINDS)}."
    if "tag" not in context:
        return Mistake("the kind is missing.", path, f"Add kind = …. {kinds}")
    return Mistake(
        "there is no such kind.", (*path, "kind"), did_you_mean(str(context["tag"]), KINDS) or kinds
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _words(context: Mapping[str, Any]) -> str:
    return str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")


def _near_key(path: Path, data: Any, model: type[BaseModel]) -> str:
    key, known = str(path[-1]), _keys_at(path[:-1], data, model)
    is_of_the_head = len(path) > 1 and key in _names(model) and not did_you_mean(key, known)
    if is_of_the_head and not isinstance(_at(path, data), list):
        return "It belongs to the head of the file, above the first heading in [[ ]]."
    return _near(key, known)


def _near(key: str, known: list[str]) -> str:
    return did_you_mean(key, known) or f"Known here: {', '.join(known)}."


def _keys_at(path: Path, data: Any, model: type[BaseModel]) -> list[str]:
    """The keys of the model that describes the table at a path."""
    here, fields = data, model
    for part in path:
        here = here[part]
        if isinstance(part, str):
            fields = _model_under(fields, part, here) or fields
        elif isinstance(here, Mapping) and fields is Prompt and str(here.get("kind")) in KINDS:
            fields = kind_of_prompt(here["kind"])
    return _names(fields)


def _names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_under(model: type[BaseModel], key: str, here: Any) -> type[BaseModel] | None:
    del here
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return _first_model(info.annotation)
    return None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _first_model(part)
        if found is not None:
            return found
    origin = getattr(annotation, "__origin__", None)
    return _first_model(origin) if origin is not None and origin is not annotation else None
