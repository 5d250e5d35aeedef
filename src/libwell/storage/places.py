"""Where things lie: the data folder, the folders worksheets are looked up in. Finds, makes nothing."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import libwell
from libwell.errors import LibwellError, SaveError
from libwell.model.shell_words import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SHIPPED = "libwell"
OWN = "your own"
SET = "LIBWELL_WORKSHEETS"
CONFIGURED = "configuration"
LIBRARY = "LIBWELL_CONFIG"
DATA = "LIBWELL_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Places:
    """The data folder, and the folders of worksheets in the order they are looked in, with their names.

    Without a home folder, as in a container, there may be no data folder: what needs none works all the same.
    """

    known_data: Path | None
    worksheets: tuple[tuple[Path, str], ...]

    @property
    def data(self) -> Path:
        """The data folder. Raises LibwellError if there is none."""
        if self.known_data is None:
            remedy = f"Name a folder: --data-dir DIR, or {DATA}."
            raise LibwellError("There is no home folder to save in.", remedy)
        return self.known_data

    @property
    def responses(self) -> Path:
        """The folder of saved responses."""
        return self.data / "responses"

    @property
    def exports(self) -> Path:
        """The record of what was exported."""
        return self.data / "exports.db"

    @property
    def told(self) -> Path:
        """The memory of what was told of many people."""
        return self.data / "told.sqlite"


_NAMED_IN = {SET: SET, CONFIGURED: "worksheets in the configuration"}


@dataclass(frozen=True, slots=True)
class LostFolder:
    """A folder of worksheets that somebody named and that is none: what is wrong, and what to do."""

    path: Path
    message: str
    remedy: str


def lost_folders(places: Places) -> Iterator[LostFolder]:
    """The folders of worksheets that are named somewhere, and are none; libwell goes on without them."""
    for path, origin in places.worksheets:
        if origin in _NAMED_IN and not is_folder(path):
            what = "is no folder." if is_there(path) else "isn't there."
            remedy = f"Make it a folder, or take it out of {_NAMED_IN[origin]}."
            yield LostFolder(path, f"this folder of {_NAMED_IN[origin]} {what}", remedy)


@dataclass(frozen=True, slots=True)
class Configured:
    """The folders that a configuration names."""

    data: Path | None = None
    worksheets: tuple[Path, ...] = ()


def find_places(environ: Mapping[str, str], data_dir: Path | None, *, configured: Configured) -> Places:
    """Find the places: the flag's `data_dir` goes before the environment, that before what is configured.

    Raises LibwellError for one that begins with ~ where there is no such home folder.
    """
    data = data_dir or _given(environ, DATA) or configured.data or _usual_data_folder()
    named = map(os.path.expanduser, split_folders(environ.get(SET, "")))  # which leaves `~nobody`
    folders = [(Path(text), SET) for text in named]
    folders = folders or [(folder, CONFIGURED) for folder in configured.worksheets]
    own = [] if data is None else [(data / "worksheets", OWN)]
    return Places(data, (*folders, *own, (shipped_worksheets(), SHIPPED)))


def usual_settings_file() -> Path | None:
    """The person's own file of settings, there or not; None if there is no home folder."""
    import platformdirs  # half a start of Python

    with suppress(RuntimeError):
        path = platformdirs.user_config_path("libwell", appauthor=False) / "config.toml"
        return path if path.is_absolute() else None
    return None


def library_settings_file(environ: Mapping[str, str]) -> Path | None:
    """The file of settings for a whole library, if one is named. Raises LibwellError if it can't be one."""
    return _given(environ, LIBRARY)


def shipped_worksheets() -> Path:
    """The folder of built-in worksheets: inside an installed package, beside `src` in a checkout."""
    return _shipped("_worksheets", "worksheets")


def shipped_examples() -> Path:
    """The folder of the worksheets that a new one can begin from; they are in no list."""
    return _shipped("_examples", "examples/worksheets")


def _shipped(inside: str, beside: str) -> Path:
    package = Path(libwell.__file__).resolve().parent
    installed = package / inside
    return installed if installed.is_dir() else package.parents[1] / beside


def _looked(is_so: Callable[[], bool]) -> bool:
    """Whether something is so of a name; what can't be looked at is nothing."""
    with suppress(OSError, ValueError):
        return is_so()
    return False


def is_folder(path: Path) -> bool:
    """Whether this is a folder; what can't be looked at is none, and using it says why."""
    return _looked(path.is_dir)


def is_pipe(path: Path) -> bool:
    """Whether this is a pipe; what can't be looked at is none."""
    return _looked(path.is_fifo)


def nearest_folder(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there, in which it would be made."""
    path = path.absolute()
    return next(filter(is_folder, (path, *path.parents)), Path(path.anchor))


def is_folder_name(name: str) -> bool:
    """Whether a name is a folder's: one that is there, or one that ends in a slash."""
    return is_folder(Path(name)) or name.endswith(("/", os.sep))


def is_file(path: Path) -> bool:
    """Whether this is a regular file; what can't be looked at is none."""
    return _looked(path.is_file)


def is_there(path: Path) -> bool:
    """Whether there is anything by this name; what can't be looked at is not."""
    return _looked(path.exists)


def is_link(path: Path) -> bool:
    """Whether this name is a symbolic link; what can't be looked at is none."""
    return _looked(path.is_symlink)


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one file; what can't be looked at is none."""
    return _looked(lambda: one.samefile(other))


def loose_modes(paths: Iterable[Path]) -> list[Path]:
    """List those of the files and folders that others than their owner may read, change or enter."""
    loose = []
    for path in paths:
        with suppress(OSError):
            if path.stat().st_mode & _OTHERS_MAY:
                loose.append(path)
    return loose


_OTHERS_MAY = 0 if sys.platform == "win32" else 0o077  # Windows sets these modes and means nothing by them


def expanded(text: str, *, about: str) -> Path:
    """The folder or file that a person wrote, `~` being home. Raises LibwellError if there is no such one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        remedy = f"Write the path in full, beginning with {ROOT}."
        raise LibwellError(f"{about} begins with ~, and there is no such home folder.", remedy) from None


def followed(path: Path) -> Path:
    """The file that is to be replaced: a link of the person's own is followed to a file of their own.

    Raises SaveError for a link that leads to nothing, or in a circle; and for one that somebody else made, or
    that leads to a file of somebody else's, as it may be there to have that file replaced. Raises OSError if
    the system won't say what is there.
    """
    here, name = path, " ".join(str(path).splitlines())
    for _ in range(_MOST_LINKS):
        try:
            found = here.lstat()
        except FileNotFoundError:
            break
        if not stat.S_ISLNK(found.st_mode):
            break
        if not is_own(found):
            raise SaveError(f"{name} is a symbolic link that somebody else made.", _OTHER)
        here = here.parent / here.readlink()
    else:
        raise SaveError(f"{name} is a symbolic link that leads in a circle.", "Remove the link.")
    if here is path:
        return path
    if not here.exists():
        raise SaveError(f"{name} is a symbolic link to a file that isn't there.", _OTHER)
    found = here.stat()
    if stat.S_ISREG(found.st_mode) and not is_own(found):
        raise SaveError(f"{name} is a symbolic link to a file of somebody else's.", _OTHER)
    return here


_MOST_LINKS = 40
_OTHER = "Remove the link, or choose another name."


def is_own(found: os.stat_result) -> bool:
    """Whether what was looked at is the person's own. Windows says it otherwise: there all is."""
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def split_folders(text: str) -> list[str]:
    """The folders of a list that is written as PATH is, without empty entries."""
    return list(filter(None, text.split(os.pathsep)))


def _given(environ: Mapping[str, str], name: str) -> Path | None:
    return expanded(environ[name], about=name) if environ.get(name) else None


def _usual_data_folder() -> Path | None:
    import platformdirs  # not needed when the folder was named

    with suppress(RuntimeError):
        return platformdirs.user_data_path("libwell", appauthor=False)
    return None


def named_folder(word: str) -> Path | None:
    """The folder that a word typed among other things names; None if it names none.

    It is there, or a path that begins at the root or at home, or one into a folder that is there. Another
    name of what is not there names none: an answer that was typed ahead must not become a folder.
    """
    with suppress(RuntimeError):  # `~` with a name nobody has here
        folder = Path(word).expanduser()
        could_be_made = folder.is_absolute() or (len(folder.parts) > 1 and folder.parent.is_dir())
        return folder if could_be_made or folder.is_dir() else None
    return None
