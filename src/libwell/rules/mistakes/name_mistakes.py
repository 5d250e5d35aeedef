"""Ids of sections and prompts: each once in a worksheet, also where parts of it come from others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.model.base import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.worksheet import Section, Worksheet

Numbered = tuple[int, "Section"]


@dataclass(frozen=True, slots=True)
class Brought:
    """The include a section came with: its place in the file, the worksheet it names, and its prefix."""

    number: int
    name: str
    prefix: str = ""


def name_mistakes(worksheet: Worksheet, brought: Sequence[Brought | None] = ()) -> Iterator[Mistake]:
    """Each id that is used a second time, also of scales and option sets; what an include brings, there.

    `brought` says for each section which include it came with. None says that it stands in the file itself,
    as all sections do if `brought` is empty.
    """
    for key, named in (("scales", worksheet.scales), ("option_sets", worksheet.option_sets)):
        yield from _named_twice(key, [one.id for one in named])
    own: list[Numbered] = []
    included: defaultdict[Brought, list[Numbered]] = defaultdict(list)
    for number, (section, include) in enumerate(zip_longest(worksheet.sections, brought)):
        if include is None:
            own.append((number, section))
        else:
            included[include].append((number, section))
    yield from _used_twice(own)
    taken = _names(own)
    for include, sections in included.items():
        yield from _brought_again(include, sections, taken)
        taken = _names(sections) | taken


def _named_twice(key: str, names: Sequence[str]) -> Iterator[Mistake]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield Mistake(f"{name} stands above already.", (key, number, "id"), "Give it an id of its own.")


def _names(sections: Iterable[Numbered]) -> dict[str, str]:
    """What each id stands for; a section may be called as a prompt of its own."""
    names = {section.id: "section" for _, section in sections}
    return names | {prompt.id: "prompt" for _, section in sections for prompt in section.prompts}


def _used_twice(sections: Sequence[Numbered]) -> Iterator[Mistake]:
    """Ids used twice among sections that stand in one file."""
    homes: dict[str, str] = {}  # of prompts
    for number, section in sections:
        for position, prompt in enumerate(section.prompts):
            if prompt.id in homes:
                path = ("sections", number, "prompts", position, "id")
                yield Mistake(f"another prompt has the id {prompt.id}.", path, "Give it one of its own.")
            homes.setdefault(prompt.id, section.id)
    seen: set[str] = set()
    for number, section in sections:
        if section.id in seen or homes.get(section.id, section.id) != section.id:
            place = ("sections", number, "id")
            yield Mistake(f"the id {section.id} is used elsewhere.", place, "Give it one of its own.")
        seen.add(section.id)


def _brought_again(
    include: Brought, sections: Sequence[Numbered], taken: dict[str, str]
) -> Iterator[Mistake]:
    """Ids that an include brings though they are there already, or brings twice."""
    place, prefix = ("sections", sections[0][0], "include"), f"{include.name}-"
    names = _names(sections)
    if include.prefix:
        remedy = "Choose another prefix."
    elif all(ID_PATTERN.fullmatch(prefix + name) for name in names):
        remedy = f'Write prefix = "{prefix}" beside it.'
    else:
        remedy = "Write a short prefix beside it."
    for name in sorted(names.keys() & taken.keys()):
        message = f"another {taken[name]} has the id {name}, which comes with {include.name}."
        yield Mistake(message, place, remedy)
    if any(_used_twice(sections)):
        message = f"{include.name} has ids that are used twice in it."
        yield Mistake(message, place, f"See `libwell check` on {include.name}.")
