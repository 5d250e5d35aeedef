"""Where things lie: the data folder, the folders worksheets are looked up in. Finds, makes nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import libwell
from libwell.errors import LibwellError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = "libwell"
OWN = "your own"
SET = "LIBWELL_WORKSHEETS"
CONFIGURED = "configuration"
LIBRARY = "LIBWELL_CONFIG"
DATA = "LIBWELL_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Places:
    """The data folder, and the folders of worksheets in the order they are looked in, with their names."""

    data: Path
    worksheets: tuple[tuple[Path, str], ...]

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


@dataclass(frozen=True, slots=True)
class Configured:
    """The folders that a configuration names."""

    data: Path | None = None
    worksheets: tuple[Path, ...] = ()


def find_places(
    environ: Mapping[str, str], data_dir: Path | None, *, configured: Configured | None = None
) -> Places:
    """Find the places: a flag goes before the environment, that before the configuration.

    Raises LibwellError if there is no home folder.
    """
    configured = configured or Configured()
    data = data_dir or _given(environ, DATA) or configured.data or _usual_data_folder()
    folders = [(expanded(text, about=SET), SET) for text in split_folders(environ.get(SET, ""))]
    folders = folders or [(folder, CONFIGURED) for folder in configured.worksheets]
    return Places(data, (*folders, (data / "worksheets", OWN), (shipped_worksheets(), SHIPPED)))


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
    package = Path(libwell.__file__).resolve().parent
    installed = package / "_worksheets"
    return installed if installed.is_dir() else package.parents[1] / "worksheets"


def is_folder(path: Path) -> bool:
    """Whether this is a folder; what can't be looked at is none, and using it says why."""
    with suppress(OSError, ValueError):
        return path.is_dir()
    return False


def is_folder_name(name: str) -> bool:
    """Whether a name is a folder's: one that is there, or one that ends in a slash."""
    return is_folder(Path(name)) or name.endswith(("/", os.sep))


def is_file(path: Path) -> bool:
    """Whether this is a regular file; what can't be looked at is none."""
    with suppress(OSError, ValueError):
        return path.is_file()
    return False


def is_there(path: Path) -> bool:
    """Whether there is anything by this name; what can't be looked at is not."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def is_link(path: Path) -> bool:
    """Whether this name is a symbolic link; what can't be looked at is none."""
    with suppress(OSError, ValueError):
        return path.is_symlink()
    return False


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names are those of one file; what can't be looked at is none."""
    with suppress(OSError, ValueError):
        return one.samefile(other)
    return False


def expanded(text: str, *, about: str) -> Path:
    """The folder or file that a person wrote, `~` being home. Raises LibwellError if there is no such one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        remedy = "Write the path in full, beginning with /."
        raise LibwellError(f"{about} begins with ~, and there is no such home folder.", remedy) from None


def split_folders(text: str) -> list[str]:
    """The folders of a list such as PATH is one."""
    from os import pathsep  # read where it is used: the separator of this system

    return [part for part in text.split(pathsep) if part]


def _given(environ: Mapping[str, str], name: str) -> Path | None:
    return expanded(environ[name], about=name) if environ.get(name) else None


def _usual_data_folder() -> Path:
    import platformdirs  # not needed when the folder was named

    try:
        return platformdirs.user_data_path("libwell", appauthor=False)
    except RuntimeError:
        raise LibwellError(
            "There is no home folder to save in.", f"Name a folder: --data-dir DIR, or {DATA}."
        ) from None


def named_folder(word: str) -> Path | None:
    """The folder that a word typed among other things names; None if it names none.

    It is there, or it is a path into a folder that is there. A bare name of what is not there names none: an
    answer that was typed ahead must not become a folder.
    """
    try:
        folder = Path(word).expanduser()
    except RuntimeError:  # `~` with a name nobody has here
        return None
    could_be_made = len(folder.parts) > 1 and folder.parent.is_dir()
    return folder if folder.is_dir() or could_be_made else None
