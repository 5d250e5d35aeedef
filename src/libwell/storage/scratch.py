"""A private file for an editor: a text lies on the disk only while the editor has it open.

Only the owner can enter its folder, and the folder goes with everything an editor leaves beside the file. If
libwell is killed meanwhile, the folder is swept once nobody has its lock: neither libwell nor the editor. It
must not choose a folder that others use, such as /tmp, nor know what the text is.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, SaveError
from libwell.storage.files import entries, make_private_folder
from libwell.storage.locks import is_held, lock
from libwell.storage.places import is_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LIMIT = 400_000  # bytes: four for each of the 100,000 characters of the longest text
_TEXT = "answer.txt"
_OURS = re.compile(r"\.?(?P<folder>libwell-[a-z0-9_]{8})(\.lock)?")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class ScratchFile:
    """A text in a private file, for as long as the `scratch_file` block lasts.

    `lock` is the descriptor of the lock on it, which the editor is to hold too.
    """

    path: Path
    lock: int

    def read(self) -> tuple[str, bool]:
        """Read the text, without the line ending editors add; false if there is more, after the first LIMIT.

        A byte that is no UTF-8 is read as Latin-1, so nothing is lost. Raises SaveError if it can't be read.
        """
        try:
            with self.path.open("rb") as file:
                data = file.read(LIMIT + 1)
        except OSError as error:
            raise SaveError(f"The text from the editor could not be read: {error.strerror}.") from error
        text = data[:LIMIT].decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        text = _ESCAPED_BYTE.sub(lambda found: chr(ord(found[0]) - 0xDC00), text)
        if sys.platform == "win32":  # whose editors end all lines so
            text = text.replace("\r\n", "\n")
        return text.removesuffix("\n").removesuffix("\r"), len(data) <= LIMIT


def scratch_folders(environ: Mapping[str, str], data: Path) -> tuple[Path, ...]:
    """Give the folders where an editor's file can lie; a new one is made in the first.

    That is XDG_RUNTIME_DIR, which lies in memory, if it is the person's own and private; and the data folder.
    """
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/")
    with suppress(OSError):
        found = runtime.lstat()
        is_private = stat.S_ISDIR(found.st_mode) and is_own(found) and not found.st_mode & 0o077
        return (runtime, data) if is_private and runtime.is_absolute() else (data,)
    return (data,)


@contextmanager
def scratch_file(folder: Path, text: str) -> Iterator[ScratchFile]:
    """Put `text` into a file of mode 0600 in a new folder (0700) in `folder`; afterwards both are gone.

    Raises SaveError if they can't be made.
    """
    make_private_folder(folder)
    private = folder / f"libwell-{os.urandom(4).hex()}"
    with lock(private) as descriptor:  # before there is a folder, so that nobody sweeps it
        try:
            yield ScratchFile(_write(private, text), descriptor)
        finally:
            _remove(private)


def abandoned(folders: Iterable[Path]) -> list[Path]:
    """List what a killed libwell left in these folders and no editor has open any more; changes nothing."""
    return [path for path in _named_so(folders) if _is_ours(path) and not is_held(path)]


def sweep(folders: Iterable[Path]) -> int:
    """Remove what `abandoned` lists, and count it."""
    count = 0
    for path in _named_so(folders):
        with suppress(LibwellError), lock(path):  # whose lock file goes too, if one was left
            if _is_ours(path):
                _remove(path)
                count += not path.exists()
    return count


def _named_so(folders: Iterable[Path]) -> list[Path]:
    """The private folders that there are, or that a lock was left of."""
    named = set()
    for folder in folders:
        with suppress(LibwellError):  # what can't be looked into is not for us to sweep
            found = [_OURS.fullmatch(path.name) for path in entries(folder)]
            named |= {folder / one["folder"] for one in found if one}
    return sorted(named)


def _is_ours(path: Path) -> bool:
    """Whether this is a folder of the person's own, not a link, and empty or with an editor's file in it."""
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode) and is_own(found):
            names = [one.name for one in path.iterdir()]
            return not names or any(_TEXT in name for name in names)
    return False


def _write(private: Path, text: str) -> Path:
    """Make the folder and in it the file, with the line ending that editors expect."""
    path = private / _TEXT
    content = f"{text}\n" if text else ""
    try:
        private.mkdir(0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode("utf-8", "backslashreplace"))
    except OSError as error:
        message = f"No private file for the editor could be made in {private.parent}: {error.strerror}."
        raise SaveError(message) from error
    return path


def _remove(private: Path) -> None:
    try:
        shutil.rmtree(private, ignore_errors=True)
    except BaseException:  # a signal in the middle of it
        shutil.rmtree(private, ignore_errors=True)
        raise
