"""Scales and option sets that a worksheet names once, written out where its prompts and columns name them.

It takes data that nobody checked yet: what is not as it should be stays as it is, for others to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import repeat
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from libwell.errors import KeyPath
from libwell.kinds.scale import Scale
from libwell.model.base import Id, Many, Model, PointedOption

T = TypeVar("T", bound=Model)

LISTS = {"scale": "scales", "options": "option_sets"}
"""The list in a worksheet's head that holds what the text under a key names."""

_DOWN = ("sections", "prompts", "columns")


class NamedScale(Scale):
    """A scale with a name, for all ratings that have it."""

    id: Id


class OptionSet(Model):
    """Options with a name, for all prompts and columns that have them."""

    id: Id
    options: Annotated[Many[PointedOption], Field(min_length=1)] = Field(description="What can be picked.")


def written_out(data: Any) -> Any:
    """Give a worksheet's data with each name of a scale or an option set replaced by what it stands for.

    A name that stands for nothing that can be read is left as it is.
    """
    if not isinstance(data, Mapping) or data.keys().isdisjoint(LISTS.values()):
        return data
    scales = {one.id: _without_name(one) for one in _readable(NamedScale, _named_tables(data, "scale"))}
    options = {one.id: one.options for one in _readable(OptionSet, _named_tables(data, "options"))}
    known: dict[str, Mapping[str, object]] = {"scale": scales, "options": options}
    return _with_parts(data, known, _DOWN)


def _readable(model: type[T], tables: list[Mapping[str, Any]]) -> Iterator[T]:
    """Those of the tables that can be read; of the others the worksheet's own validation tells."""
    for table in tables:
        with suppress(ValidationError):
            yield model.model_validate(table)


def _without_name(scale: NamedScale) -> Scale:
    return Scale.model_construct(min=scale.min, max=scale.max, labels=scale.labels)


def _with_parts(table: Any, known: Mapping[str, Mapping[str, object]], keys: tuple[str, ...]) -> Any:
    """A table with its names replaced, and so in all tables of the lists under these keys."""
    if not isinstance(table, Mapping):
        return table
    named = {key: parts[table[key]] for key, parts in known.items() if _is_in(table.get(key), parts)}
    for key in keys:
        if isinstance(table.get(key), list):
            named[key] = [_with_parts(one, known, keys) for one in table[key]]
    return {**table, **named}


def _is_in(name: Any, parts: Mapping[str, object]) -> bool:
    return isinstance(name, str) and name in parts


def written_out_length(data: Any) -> int:
    """How many characters the names in a worksheet's data stand for, each as often as it is named."""
    lengths = {(key, str(one.get("id"))): len(str(one)) for key in LISTS for one in _named_tables(data, key)}
    return sum(map(lengths.get, _names_used(data, _DOWN), repeat(0))) if lengths else 0


def _names_used(table: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The key and the name, for each name in a table and in the tables of the lists under these keys."""
    if isinstance(table, Mapping):
        yield from ((key, table[key]) for key in LISTS if isinstance(table.get(key), str))
        for key in keys:
            below = table.get(key)
            for one in below if isinstance(below, list) else ():
                yield from _names_used(one, keys)


def names_in(data: Any, key: str) -> list[str]:
    """The names that a worksheet's data gives to scales or option sets, readable or not.

    `key` is where they can stand: `scale` or `options`. For any other there are none.
    """
    return [name for one in _named_tables(data, key) if isinstance(name := one.get("id"), str)]


def _named_tables(data: Any, key: str) -> list[Mapping[str, Any]]:
    entries = data.get(LISTS.get(key, "")) if isinstance(data, Mapping) else None
    return [one for one in entries if isinstance(one, Mapping)] if isinstance(entries, list) else []


def names_what_is_there(path: KeyPath, data: Any) -> bool:
    """Whether what stands at a path is the name of a scale or an option set that the data has."""
    here = data
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return False
    return here in names_in(data, str(path[-1]))
