"""The keys by which `fill` finds the responses it made: read of all heads once, and held by one process.

No message names a key: it may be a person's name.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from libwell.errors import LibwellError, LockedError
from libwell.storage.places import is_there
from libwell.storage.responses import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.storage.responses import ResponseFolder


class FillKeys:
    """The keys of a folder of responses. Used as a context: from the first key asked for, all are held."""

    def __init__(self, folder: ResponseFolder) -> None:
        self._folder = folder
        self._held = ExitStack()
        self._paths: dict[str, list[Path]] | None = None
        self._refusal: LockedError | None = None

    def __enter__(self) -> Self:
        """Begin; nothing is held yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the keys."""
        self._held.close()

    def find(self, key: str) -> Path | None:
        """The file of the response with this key, if there is one.

        Raises LockedError while another process holds the keys, SaveError if they can't be held, LibwellError
        if the folder can't be read, or if several responses have the key.
        """
        there = [path for path in self._known().get(key, ()) if is_there(path)]
        if len(there) > 1:
            names = ", ".join(path.stem for path in there)
            raise LibwellError(f"Several responses have this key: {names}.", "Delete all but one of them.")
        return there[0] if there else None

    def note(self, key: str, path: Path) -> None:
        """Know of a response that was made for a key."""
        self._known().setdefault(key, []).append(path)

    def _known(self) -> dict[str, list[Path]]:
        if self._paths is None:
            self._hold()
            self._paths = {}
            for path in self._folder.paths():
                key = key_of(path)
                if key:
                    self._paths.setdefault(key, []).append(path)
        return self._paths

    def _hold(self) -> None:
        """Hold the keys. What kept them from it once is told of every file: it was waited for long enough."""
        if self._refusal is not None:
            raise self._refusal
        self._folder.prepare()
        try:
            self._held.enter_context(self._folder.lock(self._folder.folder / "keys"))
        except LockedError:
            self._refusal = LockedError(
                "Another libwell is filling in responses by their keys.",
                "Run this again when it is done; --wait SECONDS waits for it.",
            )
            raise self._refusal from None
