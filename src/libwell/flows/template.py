"""`new`: a worksheet to start from, written where it is wanted. Its text is `rules.template`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.flows.formats import toml_at
from libwell.storage.files import create_exclusively

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.storage.worksheets import Header, Shelf


def find_same_id(name: str, shelf: Shelf) -> Header | None:
    """The worksheet at hand that has this id already."""
    headers, _ = shelf.headers()
    return next((header for header in headers if header.id == name), None)


def write_template(text: str, name: str, output: str) -> Path:
    """Write a new worksheet into a folder, or as a file of its own name; empty: into the current folder.

    Nothing is ever replaced. Raises LibwellError if there is a file already, UsageError for a name that no
    worksheet has.
    """
    path = toml_at(output, f"{name}.toml", what="A worksheet's file")
    try:
        create_exclusively(path, text.encode(), private=False)
    except FileExistsError:
        raise LibwellError(
            f"{path} is there already, and stays as it is.", "Choose another name: --output FILE."
        ) from None
    return path
