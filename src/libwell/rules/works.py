"""What a worksheet comes from and what there is to read on: works, each of them once in a list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from libwell.model.document import Block, Heading, Reference, References
from libwell.model.links import same_place
from libwell.rules.caching import cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.resources import Resource
    from libwell.model.worksheet import Source, Worksheet

Work = TypeVar("Work", "Source", "Resource")
_READING_ON = "Reading on"
_HEADS = {"instrument": "Instrument", "source": "Sources", "further": _READING_ON}


@cached_by_identity
def source_blocks(worksheet: Worksheet) -> tuple[Block, ...]:
    """Where a worksheet comes from, the instrument that it is, and where to read on."""
    listed: dict[str, list[Reference]] = defaultdict(list)
    seen: set[str] = set()
    for head, work, reference in _references(worksheet):
        if _is_new(work, seen):
            listed[head].append(reference)
    return tuple(
        block
        for head, references in listed.items()
        for block in (Heading(2, head), References(tuple(references)))
    )


def _references(worksheet: Worksheet) -> Iterator[tuple[str, Source | Resource, Reference]]:
    """Everything to read with its heading, in the order of the headings."""
    for role, head in _HEADS.items():
        yield from ((head, one, _of_source(one)) for one in worksheet.sources if one.role == role)
    yield from ((_READING_ON, one, _of_resource(one)) for one in worksheet.resources)


def once(works: Iterable[Work]) -> Iterator[Work]:
    """The works without those that stood there before."""
    seen: set[str] = set()
    return (one for one in works if _is_new(one, seen))


def _is_new(work: Source | Resource, seen: set[str]) -> bool:
    """Whether no work of this title, in letters and figures alone, or page was `seen`; it is from now on."""
    title = "".join(filter(str.isalnum, work.title.casefold())) or work.title
    marks = {title, same_place(work.url)} - {""}
    is_new = seen.isdisjoint(marks)
    seen |= marks
    return is_new


def _of_source(one: Source) -> Reference:
    """A source; an instrument also with its key and its license."""
    what = (one.author, one.title, one.publisher, str(one.year or ""))
    more = [one.note]
    more += [f"Scoring: {one.key}", f"License: {one.licence}"] if one.role == "instrument" else []
    return Reference(_in_sentences(what), one.url, _in_sentences(more))


def _in_sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _of_resource(one: Resource) -> Reference:
    what = f"{one.kind.replace('-', ' ')}, {one.provider}"
    return Reference(f"{one.title} ({what}).", one.url)


def resource_line(resource: Resource) -> str:
    """A resource in one line: title, kind, provider and address."""
    return _of_resource(resource).line
