"""Resources on disk: one `resources.toml` in each folder worksheets are looked up in.

The first that has an id hides the others.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from libwell.errors import Mistake
from libwell.model.resources import Found, Resource, Resources
from libwell.storage.file_types import parse_kind, try_model
from libwell.storage.files import read_each, read_text
from libwell.storage.places import is_file
from libwell.storage.positions import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RESOURCES = "resources.toml"
_LIMIT = 1024 * 1024


def find_resources(folders: Iterable[Path]) -> Found:
    """Read the resources of these folders, in their order."""
    paths = filter(is_file, (folder / RESOURCES for folder in folders))
    read, failed = read_each(
        lambda path: read_resources(read_text(path, limit=_LIMIT), file=str(path)), paths
    )
    intro = next((one.intro for one in read if one.intro), "")
    found: dict[str, Resource] = {}
    for resource in chain.from_iterable(one.resources for one in read):
        found.setdefault(resource.id, resource)
    return Found(intro, tuple(found.values()), tuple(failed))


def read_resources(text: str, *, file: str) -> Resources:
    """Read a file of resources. Raises FileRefusedError with every mistake in it."""
    data = parse_kind(text, file=file, kind="resources")
    resources, mistakes = try_model(Resources, data)
    mistakes = [*_given_twice(data.get("resources")), *mistakes]
    if resources is None or mistakes:
        raise refused(file, text, mistakes)
    return resources


def _given_twice(resources: Any) -> Iterator[Mistake]:
    """Ids that were given before, in whatever stands there."""
    seen: set[str] = set()
    for number, resource in enumerate(resources if isinstance(resources, list) else ()):
        match resource:
            case {"id": str(name)} if name in seen:
                place = ("resources", number, "id")
                yield Mistake(f"another resource has the id {name}.", place, "Give it one of its own.")
            case {"id": str(name)}:
                seen.add(name)
