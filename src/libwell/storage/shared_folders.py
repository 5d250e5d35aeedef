"""What lies in a folder of shared copies: the files that look like copies, and what else is there.

Mail brings all kinds of files along, and renames copies. What holds a copy is told by how it begins, as its
name may be any. Nothing is kept of what a file holds.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from libwell.errors import LibwellError
from libwell.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Beside = Literal["document", "picture", "folder", "other"]
"""What lies beside copies and is none."""
HOLDING = {
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"), ("an archive", "Unpack it first.")),
    **dict.fromkeys((".eml", ".msg"), ("a message", "Save the file that came with it.")),
}
"""What may hold copies without being one, by its suffix: its word, and what to do."""
_DOCUMENTS = ".pdf .doc .docx .odt .rtf .html .htm .md .xls .xlsx .ods .csv .ppt .pptx .odp .ics .json"
_PICTURES = ".png .jpg .jpeg .gif .webp .heic .svg .bmp .tif .tiff"
_KNOWN: dict[str, Beside] = {
    **dict.fromkeys(_DOCUMENTS.split(), "document"),
    **dict.fromkeys(_PICTURES.split(), "picture"),
}
_BEGINNING = 512
"""Bytes that tell what a file is."""
_LIKE_A_COPY = re.compile(r"\s*libwell\s*=\s*[\"'](?:shared|withdrawal|response)/")


class InFolder(NamedTuple):
    """A file or folder by its name; `beside` says what it is if it does not look like a copy."""

    name: str
    beside: Beside | None


def what_lies_in(folder: Path) -> list[InFolder]:
    """Everything in a folder by name, without what is hidden, and without what is in folders inside it.

    Raises LibwellError if the folder can't be read.
    """
    with files.reading(folder), os.scandir(folder) as found:
        return sorted(_seen(found, folder))


def _seen(found: Iterator[os.DirEntry[str]], folder: Path) -> Iterator[InFolder]:
    for entry in found:
        if not entry.name.startswith("."):
            yield InFolder(entry.name, _what(entry, folder / entry.name))


def _what(entry: os.DirEntry[str], path: Path) -> Beside | None:
    try:
        if entry.is_dir():
            return "folder"
        if not entry.is_file():  # a pipe would be waited for
            return "other"
    except OSError:  # a link that leads in a circle
        return "other"
    suffix = path.suffix.lower()
    if suffix in _KNOWN:
        return _KNOWN[suffix]
    return None if suffix == ".toml" or suffix in HOLDING or _may_be_copy(path) else "other"


def _may_be_copy(path: Path) -> bool:
    """Whether a file begins as a copy does, or whether something went wrong with it: it may have been one."""
    try:
        data = files.read_beginning(path, _BEGINNING)
    except LibwellError:
        return True
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if is_wide else "utf-8", errors="ignore").removeprefix("\ufeff")
    return not text.strip() or bool(_LIKE_A_COPY.match(text))
