"""Safe reading, durable writing and modes: what all of storage reads and saves files with.

It knows nothing of worksheets or responses and prints nothing; no error it raises quotes what a file holds.
Locks are `locks`'s, single calls `disk`'s.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, SaveError
from libwell.storage import disk
from libwell.storage.disk import READING, opened
from libwell.storage.places import followed
from libwell.storage.reasons import see_name, too_long, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")


_UNSUPPORTED = (errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)  # on memory sticks, network drives
_NO_LINKS = (*_UNSUPPORTED, errno.EXDEV, errno.EMLINK)

_PIECE = (1 << 16) - 1
_NOT_REGULAR = {stat.S_IFDIR: "This is a folder.", stat.S_IFIFO: "This is a pipe, which can't be read here."}


def read_file(path: Path, *, limit: int, may_be_pipe: bool = False) -> bytes:
    """Read a regular file of at most `limit` bytes; a symbolic link to one will do.

    A pipe, such as a shell's `<(…)`, is read to its end, once, if it `may_be_pipe`: only for what a person
    names, as it is waited for. Raises NotFoundError; FileRefusedError for anything larger, and for folders,
    devices and other pipes, without waiting for them; LibwellError if the system won't let it be read.
    """
    with reading(path):
        is_pipe = may_be_pipe and stat.S_ISFIFO(path.stat().st_mode)
        flags, wanted = (disk.WAITING, stat.S_IFIFO) if is_pipe else (READING, stat.S_IFREG)
        with opened(path, flags) as descriptor:
            found = os.fstat(descriptor)
            kind = stat.S_IFMT(found.st_mode)
            if kind != wanted:
                what = _NOT_REGULAR.get(kind, "This is a device, not a file.")
                raise _refused(path, what, remedy="Name a file.")
            see_size(path, found.st_size, limit)
            data, at_once = b"", max(found.st_size, _PIECE) + 1
            while len(data) <= limit and (part := os.read(descriptor, min(at_once, limit + 1 - len(data)))):
                data += part
        see_size(path, len(data), limit)
    return data


def read_beginning(path: Path, size: int) -> bytes:
    """The first bytes of a regular file, at most `size`. Raises LibwellError if it can't be read."""
    with reading(path), opened(path, READING) as descriptor:
        return os.read(descriptor, size)


def see_size(path: Path, size: int, limit: int) -> None:
    """Raise FileRefusedError if a file of `size` bytes is larger than the limit."""
    if size > limit:
        raise _refused(path, f"This is larger than {limit / (1 << 20):g} MiB.", remedy="Make it shorter.")


def read_text(path: Path, *, limit: int, may_be_pipe: bool = False) -> str:
    """Read UTF-8 of at most `limit` bytes; a leading byte-order mark is dropped, line endings stay.

    Raises what `read_file` raises, and FileRefusedError with the line of the first byte that is no UTF-8.
    """
    return text_of(read_file(path, limit=limit, may_be_pipe=may_be_pipe), path)


def encoded(content: str | bytes) -> bytes:
    """The bytes of what is to be written: of a text its UTF-8."""
    return content if isinstance(content, bytes) else content.encode()


def text_of(data: bytes, path: Path) -> str:
    """The text of a file's bytes, as `read_text` gives it; `path` is only named in what is raised."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    raise _refused(path, "This is not UTF-8 text.", remedy="Save it as UTF-8.", line=line)


def list_files(folder: Path, *, suffix: str) -> list[Path]:
    """List regular files as `list_names` does, as paths. Raises LibwellError."""
    return [folder / name for name in list_names(folder, suffix=suffix)]


def list_names(folder: Path, *, suffix: str) -> list[str]:
    """List the names of regular files ending in `suffix`, sorted, without hidden ones; [] without the folder.

    Raises LibwellError if the folder can't be read.
    """
    names = []
    with reading(folder), suppress(FileNotFoundError), os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):  # a link that leads in a circle
                if entry.name.endswith(suffix) and entry.name[0] != "." and entry.is_file():
                    names.append(entry.name)
    return sorted(names)


def read_each(read: Callable[[Path], T], paths: Iterable[Path]) -> tuple[list[T], list[LibwellError]]:
    """What `read` gives of each file, in their order, and the errors of those it can't read."""
    found: list[T] = []
    failed: list[LibwellError] = []
    for path in paths:
        try:
            found.append(read(path))
        except LibwellError as error:
            failed.append(error)
    return found, failed


def make_private_folder(path: Path) -> None:
    """Make a folder and every parent it lacks, with mode 0700 whatever the umask; leave what is there.

    Raises SaveError.
    """
    missing: list[Path] = []
    with saving(path):
        while not path.is_dir() and path != path.parent:  # a drive of Windows may not be there
            missing.append(path)
            path = path.parent
        for folder in reversed(missing):
            with synced(folder.parent):
                folder.mkdir(0o700, exist_ok=True)
                folder.chmod(0o700)  # a umask may have taken the owner's own bits


def write_durably(path: Path, data: bytes, *, private: bool = True, backup: Path | None = None) -> None:
    """Replace a file by `data` in one step; it is on the disk on return.

    The mode is 0600 if `private`, else what the umask leaves of 0666. The version replaced is kept as
    `backup`, a name in the same folder; whether it is worth keeping is the caller's to know. A symbolic link
    is `followed`. Raises SaveError: the file then holds all of the old bytes; only if the last step failed,
    telling the disk about the new name, all of the new ones, and the message says so.
    """
    mode = 0
    with saving(path):
        path = followed(path)
    with saving(path), synced(path.parent):
        with suppress(FileNotFoundError):
            mode = path.stat().st_mode
        if mode and not stat.S_ISREG(mode):
            raise SaveError(f"{one_line_name(path)} is not a regular file.", "Choose another name.")
        with _temporary(path, data, private=private) as temporary:
            if backup is not None and mode:
                _keep(path, backup)
            disk.replace(temporary, path)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by `data` in one step: whatever interrupts this leaves it as it was, or complete.

    It does not wait for the disk, so it is for what can be made again: after a power cut the file may be
    empty. The mode is 0600; a symbolic link is `followed`. Raises SaveError.
    """
    with saving(path):
        path = followed(path)
    with saving(path), _temporary(path, data, durable=False) as temporary:
        disk.replace(temporary, path)


def create_exclusively(path: Path, data: bytes, *, private: bool = True) -> None:
    """Write a new file, complete from its first moment; it is on the disk on return.

    Mode and SaveError are as of `write_durably`. Raises FileExistsError if the name is taken.
    """
    with saving(path), synced(path.parent), _temporary(path, data, private=private) as temporary:
        made = _name_if_free(temporary, path)
        _forget(temporary)
    if not made:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def try_writing(folder: Path) -> None:
    """Write a file as large as a response with its worksheet, and remove it. Raises SaveError."""
    path = folder / f".libwell-trial-{os.urandom(4).hex()}"
    create_exclusively(path, bytes(64 * 1024))
    remove_file(path)


def remove_file(path: Path) -> None:
    """Remove a file, also from the disk on return; none there is fine. Raises SaveError."""
    with saving(path, "removed"), suppress(FileNotFoundError), synced(path.parent):
        disk.remove(path)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever the system refuses in the block into a LibwellError: `path` could not be read."""
    try:
        see_name(path)
        yield
    except IsADirectoryError as error:
        raise _refused(path, "This is a folder.", remedy="Name a file.") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        name = one_line_name(path)
        raise NotFoundError(f"{name} isn't there.", too_long(path), file=name) from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENXIO:  # a socket
            raise _refused(path, "This is a socket, not a file.", remedy="Name a file.") from error
        name, (reason, remedy) = one_line_name(path), why(error, path)
        raise LibwellError(f"{name} could not be read. {reason}", remedy, file=name) from error


@contextmanager
def saving(path: Path, done: str = "saved") -> Iterator[None]:
    """Turn whatever the system refuses in the block into a SaveError: `path` could not be `done`."""
    try:
        see_name(path)
        yield
    except (OSError, ValueError) as error:
        name, (reason, remedy) = one_line_name(path), why(error, path)
        raise SaveError(f"{name} could not be {done}. {reason}", remedy, file=name) from error


def _refused(path: Path, message: str, *, remedy: str = "", line: int = 0) -> FileRefusedError:
    return FileRefusedError(one_line_name(path), (Mistake(message, remedy=remedy, line=line),))


def one_line_name(path: Path) -> str:
    """A path on one line, whatever characters it has."""
    return " ".join(str(path).splitlines())


def entries(folder: Path) -> list[Path]:
    """Everything in a folder, by name; [] without the folder. Raises LibwellError."""
    with reading(folder), suppress(FileNotFoundError):
        return sorted(folder.iterdir(), key=lambda path: path.name)
    return []


@contextmanager
def _if_supported() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


@contextmanager
def synced(folder: Path) -> Iterator[None]:
    """Have the names changed in the block on the disk after it; what can fail early fails before it.

    Windows has no way to wait for that, and keeps a journal of names.
    """
    if sys.platform == "win32":
        yield
        return
    with opened(folder, disk.FOLDER) as descriptor:
        yield
        try:
            with _if_supported():
                os.fsync(descriptor)
        except OSError as error:
            message = "what was just changed may not outlast a power cut."
            raise SaveError(
                f"{one_line_name(folder)}: {message} {why(error, folder)[0]}",
                "Check the disk, then do it again.",
            ) from error


def temporary_name(path: Path) -> Path:
    """A name beside a file for its new version, from which a sweep knows file and process."""
    return path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")


@contextmanager
def _temporary(path: Path, data: bytes, *, private: bool = True, durable: bool = True) -> Iterator[Path]:
    """Write a file beside `path` and lend it, to be renamed; if anything goes wrong it is removed.

    If `durable` it is on the disk before it is lent.
    """
    temporary = temporary_name(path)
    try:  # a signal may come as soon as there is a file
        with opened(temporary, disk.CREATING, 0o600 if private else 0o666) as descriptor:
            if private:
                _close_to_others(descriptor)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if durable:
                os.fsync(descriptor)
        yield temporary
    except FileExistsError:  # or a link, which somebody put there
        raise
    except BaseException:
        _forget(temporary)
        raise


def _forget(temporary: Path) -> None:
    with suppress(OSError):
        disk.remove(temporary, missing_ok=True)


def _close_to_others(descriptor: int) -> None:
    """Give a new file the mode 0600, if a umask took some of that; to set it costs as much as to write it."""
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(descriptor).st_mode) != 0o600:
        with _if_supported():
            os.fchmod(descriptor, 0o600)


def _keep(path: Path, backup: Path) -> None:
    """Give the present version a second name, or copy it where a file can't have two.

    On Windows it is copied: a second name is held as long as somebody has the file open.
    """
    if sys.platform == "win32":
        _copy(path, backup)
        return
    spare = temporary_name(backup)
    try:
        spare.hardlink_to(path)
        with _if_supported():
            spare.chmod(0o600)
        spare.replace(backup)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(path, backup)
    finally:  # replacing does nothing when both are names of one file, as after a save that failed just here
        _forget(spare)


def _copy(path: Path, backup: Path) -> None:
    with opened(path, READING) as descriptor, open(descriptor, "rb", closefd=False) as file:
        data = file.read()
    with _temporary(backup, data) as copy:
        disk.replace(copy, backup)


def _name_if_free(temporary: Path, path: Path) -> bool:
    """Give a file its name unless that is taken; first with an empty file, where none can have two names."""
    with suppress(FileExistsError):
        if sys.platform == "win32":
            disk.rename(temporary, path)
            return True
        try:
            path.hardlink_to(temporary)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _claim(temporary, path)
        return True
    return False


def _claim(temporary: Path, path: Path) -> None:
    path.touch(0o600, exist_ok=False)
    try:
        disk.replace(temporary, path)
    except BaseException:
        disk.remove(path)
        raise
