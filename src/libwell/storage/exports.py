"""What libwell exported where: a record that tells its own files from those changed since by somebody.

It lies in the data folder and holds ids and digests, nothing that was answered.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.storage import files

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT = 64 * 1024 * 1024


Entry = tuple[str, int, str]
"""The response a file shows, the revision of it, and the digest of the bytes written."""


@dataclass
class ExportRecord:
    """For each file written, by its whole path: what it was written from, and how it was then."""

    path: Path
    _written: dict[str, Entry] = field(default_factory=dict)
    _changed: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> ExportRecord:
        """Read the record; one that can't be read counts as empty, and nothing is replaced unasked."""
        return cls(path, _read_entries(path))

    def is_earlier(self, path: Path, response: str, revision: int, data: bytes) -> bool:
        """Whether a file with these bytes is as libwell wrote it from an earlier revision of the response."""
        name, written_from, digest = self._written.get(str(path.absolute()), ("", 0, ""))
        return (name, digest) == (response, _digest(data)) and written_from < revision

    def note(self, path: Path, response: str, revision: int, data: bytes) -> None:
        """Remember what was written."""
        self._changed[str(path.absolute())] = (response, revision, _digest(data))

    def forget(self, response: str) -> None:
        """Take the files written from a response as somebody's own, never to be replaced unasked.

        Raises LibwellError if that can't be kept on the disk.
        """
        for name, (written_from, _, _) in self._written.items():
            if written_from == response:
                self._changed[name] = (response, 0, "")
        self._save()

    def save(self) -> None:
        """Add what was noted to the record on disk. If that fails, a later export asks for --force."""
        with suppress(LibwellError):
            self._save()

    def _save(self) -> None:
        if not self._changed:
            return
        files.make_private_folder(self.path.parent)
        with files.lock(self.path):
            entries = {**_read_entries(self.path), **self._changed}
            files.write_durably(self.path, json.dumps(entries, indent=0, sort_keys=True).encode())


def _read_entries(path: Path) -> dict[str, Entry]:
    with suppress(LibwellError, ValueError, TypeError, AttributeError):
        entries = json.loads(files.read_file(path, limit=_LIMIT))
        return {
            name: (str(one), int(revision), str(digest)) for name, (one, revision, digest) in entries.items()
        }
    return {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
