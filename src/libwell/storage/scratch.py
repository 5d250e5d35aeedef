"""A private file for an editor: a text lies on the disk only while the editor has it open.

Only the owner can enter its folder, and the folder goes with everything an editor leaves beside the file. It
must not choose a folder that others use, such as /tmp, nor know what the text is.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import SaveError
from libwell.storage.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT = 400_000  # bytes: four for each of the 100,000 characters of the longest text
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class ScratchFile:
    """A text in a private file, for as long as the `scratch_file` block lasts."""

    path: Path

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
        return text.removesuffix("\n").removesuffix("\r"), len(data) <= LIMIT


def choose_folder(environ: Mapping[str, str], *, otherwise: Path) -> Path:
    """Give XDG_RUNTIME_DIR, which lies in memory, if it is the person's own and private; else the other."""
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/")
    try:
        found = runtime.lstat()
    except OSError:
        return otherwise
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
    return runtime if is_ours and runtime.is_absolute() else otherwise


@contextmanager
def scratch_file(folder: Path, text: str) -> Iterator[ScratchFile]:
    """Put `text` into a file of mode 0600 in a new folder (0700) in `folder`; afterwards both are gone.

    Raises SaveError if they can't be made.
    """
    make_private_folder(folder)
    try:
        private = Path(tempfile.mkdtemp(prefix="libwell-", dir=folder))
    except OSError as error:
        raise _no_room(folder, error) from error
    try:
        yield _write(private / "answer.txt", text)
    finally:
        _remove(private)


def _write(path: Path, text: str) -> ScratchFile:
    """Write the text with the line ending that editors expect."""
    content = f"{text}\n" if text else ""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise _no_room(path.parent.parent, error) from error
    return ScratchFile(path)


def _remove(private: Path) -> None:
    try:
        shutil.rmtree(private, ignore_errors=True)
    except BaseException:  # a signal in the middle of it
        shutil.rmtree(private, ignore_errors=True)
        raise


def _no_room(folder: Path, error: OSError) -> SaveError:
    return SaveError(f"No private file for the editor could be made in {folder}: {error.strerror}.")
