"""Pydantic's findings in libwell's words: every mistake in the shape of a file, each with its path.

Nothing of a value is ever quoted, only keys and what was expected; of what an author wrote, a single word.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from libwell.errors import MOST_MISTAKES, KeyPath, Mistake
from libwell.kinds.registry import KINDS
from libwell.model.characters import quoted, shortened
from libwell.model.named_parts import LISTS, names_in
from libwell.model.nearest import did_you_mean, some_of
from libwell.rules.mistakes.known_keys import keys_of, near_or_known, remedy_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

MISSING = "this key is missing."
_UNKNOWN = "there is no such key here."
_NO_SECTION = "there is no [[sections]] above this."
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
    "union_tag_invalid": "{word} is no kind.",
    "literal_error": "{word} is not known here.",
    "value_error": "{error}.",
}
"""What is said of what pydantic found, by its name for that."""
_OF_WORDS = ("literal_error", "union_tag_invalid")
_LONGEST_WORD = 40
_KINDS = f"One of: {', '.join(KINDS)}."
_REMEDIES = {"union_tag_not_found": f"Add kind = …. {_KINDS}"}
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
    "when": '{ prompt = "…", is = … }; several as { all = [{ … }, { … }] }',
    "columns.when": '{ column = "…", is = … }',
    "total": '{ column = "…", is = 100 }',
    "scale": '{ min = 0, max = 3, labels = ["…", "…"] }',
    "scales": '{ id = "…", min = 0, max = 3, labels = ["…", "…"] }',
    "option_sets": '{ id = "…", options = [{ id = "…", text = "…" }] }',
    "epigraph": '{ text = "…", source = "…" }',
    **dict.fromkeys(("all", "any", "not"), '{ prompt = "…", is = … }'),
    **dict.fromkeys(("options", "items", "marks", "rows"), '{ id = "…", text = "…" }'),
}
"""How to write the table, or each of the tables, that stands under a key."""
_TO_ADD = {"columns": f"[{_SHAPES['columns']}]", "scale": _SHAPES["scale"]}
_HEADINGS = {"sections", "actions", "support", *_SHAPES} - {"all", "any"}


def from_validation(
    error: ValidationError, data: Any, model: type[BaseModel], *, by_author: bool = False
) -> list[Mistake]:
    """Put a failed validation of `data` against `model` into words: each place that is wrong, once.

    Of more than `MOST_MISTAKES` only the first are given. `by_author` says that nobody answered anything in
    it, so that a word that is not known may be named.
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
    return [_mistake(found[path], path, data, model, by_author=by_author) for path in found]


def unknown_keys(table: Any, path: KeyPath, model: type[BaseModel]) -> Iterator[Mistake]:
    """Each key of `table` that `model` keeps though it does not know it: a person may have meant another.

    `path` is where the table stands. Where no table stands, nothing is said.
    """
    known = keys_of(model)
    unknown = (key for key in table if key not in known) if isinstance(table, Mapping) else ()
    for key in islice(unknown, MOST_MISTAKES + 1):
        yield Mistake(_UNKNOWN, (*path, key), near_or_known(str(key), known))


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


def _mistake(
    details: list[ErrorDetails], path: KeyPath, data: Any, model: type[BaseModel], *, by_author: bool
) -> Mistake:
    types = {detail["type"]: detail for detail in details}
    detail = types.get("finite_number", details[0])
    if detail["type"] in {"model_type", "tuple_type"} and path[-1] in LISTS and _is_text(path, data):
        return _unknown_part(path, data)
    if detail["type"] in _PLAIN:
        return _plain_mistake([_PLAIN[one] for one in types if one in _PLAIN], path, _at(path, data))
    message, place, remedy = _message(detail, path, data, by_author=by_author), path, ""
    match detail["type"]:
        case "extra_forbidden":
            remedy = remedy_for(path, data, model)
        case "union_tag_invalid":
            place, remedy = (*path, "kind"), did_you_mean(str(detail["ctx"]["tag"]), KINDS) or _KINDS
        case "literal_error":
            words = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            remedy = f"One of: {words}."
        case other:
            remedy = _REMEDIES.get(other) or _how_to_write(message, path, data)
    return Mistake(message, place, remedy)


def _message(detail: ErrorDetails, path: KeyPath, data: Any, *, by_author: bool) -> str:
    """What is wrong at a path; `by_author` says that a word that is not known may be named."""
    context, word = detail.get("ctx", {}), "this word"
    if by_author and detail["type"] in _OF_WORDS:
        word = quoted(shortened(str(context.get("tag", _at(path, data))), _LONGEST_WORD))
    message = _EXPECTED.get(detail["type"], "").format(**context, word=word) or f"{detail['msg']}."
    return _NO_SECTION if message == _LIST and _is_without_heading(path, data) else message


def _is_without_heading(path: KeyPath, data: Any) -> bool:
    """Whether prompts stand where no section was begun."""
    sections = _at(path, data)
    is_table = path == ("sections",) and isinstance(sections, Mapping)
    return is_table and "prompts" in sections and not sections.keys() & {"id", "title"}


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
        if remedy and path[-1] == "prompt":
            remedy = "Name one; for several write all = [{ … }, { … }]."
        return Mistake("a text in quotes was expected.", path, remedy)
    *first, last = [name for name in names if name != "a whole number" or "a number" not in names]
    said = " or ".join(filter(None, (", ".join(first), last)))
    return Mistake(f"{said} was expected{', without quotes' if isinstance(value, str) else ''}.", path)


def _how_to_write(message: str, path: KeyPath, data: Any) -> str:
    """How to write the list or the table that was expected where something else stands."""
    names = [part for part in path if isinstance(part, str)]
    shape = _SHAPES.get(".".join(names[-2:]), _SHAPES.get(names[-1]))
    if message == MISSING:
        return f"Add {names[-1]} = {_TO_ADD[names[-1]]}." if names[-1] in _TO_ADD else "Add it."
    if message == _NO_SECTION:
        return "Write it, with its id and its title."
    if message == _TABLE and shape:
        return f"Write it as {shape}."
    if message == _LIST and isinstance(_at(path, data), Mapping) and names[-1] in _HEADINGS:
        return f"Write the heading with two brackets: [[{'.'.join(names)}]]."
    return "Put [ ] around it." if message == _LIST else ""
