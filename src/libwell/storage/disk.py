"""The calls that open, rename and remove files, each in one place; they raise OSError.

Windows refuses all three while another program, such as a virus scanner, has the file open in its own way.
That mostly lasts a moment, so there they are tried again for a second.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_LONGEST, _PAUSE = 1.0, 0.02  # seconds
_IN_USE = (32, 33)  # what Windows calls a sharing violation, and a lock violation


def _flags(*names: str) -> int:
    """Add up the flags this system has; Windows lacks most of them."""
    return sum(getattr(os, name, 0) for name in names)


WAITING = _flags("O_RDONLY", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
READING = WAITING | _flags("O_NONBLOCK")
CREATING = _flags("O_WRONLY", "O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")
LOCKING = _flags("O_RDWR", "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")
FOLDER = _flags("O_RDONLY", "O_DIRECTORY", "O_CLOEXEC")


def patient(call: Callable[P, T]) -> Callable[P, T]:
    """Have a call tried again, on Windows, while it is refused; after a second that is raised."""
    if sys.platform == "win32":

        @wraps(call)
        def tried(*args: P.args, **kwargs: P.kwargs) -> T:
            until = time.monotonic() + _LONGEST
            while True:
                try:
                    return call(*args, **kwargs)
                except PermissionError:
                    if time.monotonic() >= until:
                        raise
                time.sleep(_PAUSE)

        return tried
    return call


@patient
def _open(path: Path, flags: int, mode: int) -> int:
    return os.open(path, flags, mode)


def open_file(path: Path, flags: int, mode: int = 0) -> int:
    """Open a file, as `os.open` does. On Windows a folder is an IsADirectoryError: it can't be opened."""
    if sys.platform == "win32" and path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return _open(path, flags, mode)


@contextmanager
def opened(path: Path, flags: int, mode: int = 0) -> Iterator[int]:
    """Lend a file's descriptor, and close it; flags and mode are those of `os.open`."""
    descriptor = open_file(path, flags, mode)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@patient
def replace(temporary: Path, path: Path) -> None:
    """Give a file another name, in one step; what had that name is gone."""
    temporary.replace(path)


@patient
def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Remove a file."""
    path.unlink(missing_ok=missing_ok)


if sys.platform == "win32":

    @patient
    def rename(temporary: Path, path: Path) -> None:
        """Give a file another name. Raises FileExistsError if that is taken, as Windows alone does it."""
        temporary.rename(path)


def is_in_use(error: OSError) -> bool:
    """Whether Windows refused something because another program has the file open.

    It doesn't always say so by itself; asked to give the file the name that it has, it does.
    """
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return error.winerror in _IN_USE or any(map(_is_held, (error.filename, error.filename2)))
    return False


def _is_held(name: str | None) -> bool:
    if sys.platform == "win32" and name:
        try:
            Path(name).rename(name)
        except OSError as error:
            return error.winerror in _IN_USE
    return False
