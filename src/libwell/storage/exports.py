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


@dataclass
class ExportRecord:
    """For each file written: the response it shows, and the digest of the bytes written."""

    path: Path
    _written: dict[str, tuple[str, str]] = field(default_factory=dict)
    _changed: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> ExportRecord:
        """Read the record; one that can't be read counts as empty, and nothing is replaced unasked."""
        with suppress(LibwellError, ValueError, TypeError, AttributeError):
            entries = json.loads(files.read_file(path, limit=_LIMIT))
            return cls(path, {str(name): (str(one[0]), str(one[1])) for name, one in entries.items()})
        return cls(path)

    def is_ours(self, path: Path, response: str, data: bytes) -> bool:
        """Whether a file with these bytes is as libwell wrote it from this response."""
        return self._written.get(str(path.absolute())) == (response, _digest(data))

    def note(self, path: Path, response: str, data: bytes) -> None:
        """Remember what was written."""
        self._changed[str(path.absolute())] = (response, _digest(data))

    def save(self) -> None:
        """Add what was noted to the record on disk. If that fails, a later export asks for --force."""
        if not self._changed:
            return
        with suppress(LibwellError):
            files.make_private_folder(self.path.parent)
            with files.lock(self.path):
                entries = {**ExportRecord.read(self.path)._written, **self._changed}  # noqa: SLF001 - our own
                files.write_durably(self.path, json.dumps(entries, indent=0, sort_keys=True).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
