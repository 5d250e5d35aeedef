"""What lies in a folder that mail filled: the files that look like copies or answers, and what else is there.

Mail brings all kinds of files along, and renames them. What holds a copy is told by how it begins, as its
name may be any. Nothing is kept of what a file holds.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
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
_BEGINNING = 4096
"""Bytes that tell what a file is; comments may stand first."""
_LIBWELL = r"\s*(?:#[^\n]*\n\s*)*libwell\s*=\s*[\"']"
_LIKE_A_COPY = re.compile(rf"{_LIBWELL}(?:shared|withdrawal|response|answers)/")
_LIKE_ANSWERS = re.compile(rf"{_LIBWELL}answers/")
LIKE_A_DRAFT = re.compile(r'\s*\{\s*"libwell"\s*:\s*"libwell-form/')
"""How a draft begins that was saved in a browser."""


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


def answers_in(folder: Path) -> list[Path]:
    """The answers files in a folder, by name: all that end in .toml, and each .txt that begins as one does.

    Raises LibwellError if the folder can't be read.
    """
    return [path for path in files.list_files(folder, suffix="") if _is_for_answers(path)]


def _is_for_answers(path: Path) -> bool:
    return path.suffix == ".toml" or (path.suffix.lower() == ".txt" and _begins_as(path, _LIKE_ANSWERS))


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
        return None if suffix == ".json" and _begins_as(path, LIKE_A_DRAFT) else _KNOWN[suffix]
    return None if suffix == ".toml" or suffix in HOLDING or _may_be_copy(path) else "other"


def _may_be_copy(path: Path) -> bool:
    """Whether a file begins as a copy does, or whether something went wrong with it: it may have been one."""
    try:
        text = _beginning(path)
    except LibwellError:
        return True
    return not text.strip() or bool(_LIKE_A_COPY.match(text) or LIKE_A_DRAFT.match(text))


def _begins_as(path: Path, pattern: re.Pattern[str]) -> bool:
    """Whether a file can be read and begins so."""
    with suppress(LibwellError):
        return bool(pattern.match(_beginning(path)))
    return False


def _beginning(path: Path) -> str:
    """The first characters of a file. Raises LibwellError."""
    data = files.read_beginning(path, _BEGINNING)
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if is_wide else "utf-8", errors="ignore").removeprefix("\ufeff")
