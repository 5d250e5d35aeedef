"""Settings on disk: the person's file and the one of a whole library, and changing the person's.

Every mistake in a file is named, and none of them quotes what it says; what is good in it still holds. It
must not choose whom to turn to.
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
from operator import getitem, itemgetter
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, SaveError
from libwell.storage import files, leftovers, locks
from libwell.storage.file_types import kind_of, refuse_other_kinds, try_model
from libwell.storage.places import (
    LIBRARY,
    Configured,
    expanded,
    followed,
    is_same_file,
    library_settings_file,
    usual_settings_file,
)
from libwell.storage.positions import refused
from libwell.storage.toml import TEXT_OR_COMMENT, parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from libwell.model.settings import Contact, Settings


SETTINGS_LIMIT = 1024 * 1024
"""Bytes of a file of settings, at most."""


def as_texts(value: object) -> tuple[str, ...]:
    """The value of a key, as texts; nothing if it is not set."""
    match value:
        case bool():
            return (str(value).lower(),)
        case str():
            return (value,) if value else ()
        case list() | tuple():
            return tuple(value)
    return ()


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One file and what it says; with an `error`, as far as it can be read. No settings: it says nothing."""

    path: Path
    is_own: bool
    settings: Settings | None = None
    error: LibwellError | None = None

    def find(self, key: str) -> tuple[str, ...]:
        """What it says for a key, as texts; nothing if it is not set."""
        return as_texts(getattr(self.settings, key, None))


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured, as far as it can be read. The person's word goes before the library's.

    The `error` is that of a library's file that can't even be looked for. `patience` is for another libwell
    that changes the person's file.
    """

    own: SettingsFile | None
    library: SettingsFile | None
    error: LibwellError | None = None
    patience: locks.Patience = locks.AT_ONCE

    @property
    def own_error(self) -> LibwellError | None:
        """What is wrong with the person's own file, which they can mend; None if nothing is."""
        return self.own.error if self.own else None

    @property
    def library_error(self) -> LibwellError | None:
        """What is wrong with the library's file, which most people can't mend; None if nothing is."""
        return self.library.error if self.library else self.error

    @property
    def errors(self) -> tuple[LibwellError, ...]:
        """What could not be read."""
        return tuple(filter(None, (self.own_error, self.library_error)))

    @property
    def files(self) -> tuple[SettingsFile, ...]:
        """The files there could be, the person's first."""
        return tuple(filter(None, (self.own, self.library)))

    def demand(self) -> Configuration:
        """The same, if the person's own file is sound. Raises LibwellError with every mistake in it."""
        if self.own_error is not None:
            raise self.own_error
        return self

    def find(self, key: str) -> tuple[str, ...]:
        """What holds for a key, as texts; nothing if it is not set."""
        return next(filter(None, (file.find(key) for file in self.files)), ())

    def text(self, key: str) -> str:
        """What holds for a key that has one text; empty if nothing does."""
        return "".join(self.find(key))

    @property
    def folders(self) -> Configured:
        """The folders that hold. Raises LibwellError if one begins with a home that is not there."""
        return _folders(self.text("data_dir"), self.find("worksheets"))

    @property
    def contacts(self) -> tuple[tuple[Contact, SettingsFile], ...]:
        """Whom to turn to and the file that says it: the library's first, then the person's own."""
        files = reversed(self.files)
        return tuple((one, file) for file in files for one in getattr(file.settings, "support", ()))


def _folders(data: str, worksheets: tuple[str, ...]) -> Configured:
    named = [expanded(text, about="A folder in the configuration") for text in (data, *worksheets)]
    return Configured(named[0] if data else None, tuple(named[1:]))


# --- reading --------------------------------------------------------------------------------------


def read_configuration(environ: Mapping[str, str]) -> Configuration:
    """Read what is configured; what is wrong is left out and kept as errors, so that the rest still holds."""
    usual = usual_settings_file()
    own = _read(usual, is_own=True) if usual else None
    try:
        named = library_settings_file(environ)
    except LibwellError as error:
        return Configuration(own, None, error)
    if named is None or (usual is not None and is_same_file(named, usual)):
        return Configuration(own, None)
    return Configuration(own, _read(named, is_own=False))


def read_folders(environ: Mapping[str, str]) -> Configured:
    """The folders that are configured, as the files say, unchecked: only to complete a line with.

    Raises LibwellError if a folder begins with a home that is not there.
    """
    data: dict[str, Any] = {}
    for path in filter(None, (library_settings_file(environ), usual_settings_file())):
        with suppress(LibwellError):
            data |= parse_toml(files.read_text(path, limit=SETTINGS_LIMIT), file="")
    return _folders(data.get("data_dir", ""), tuple(data.get("worksheets", ())))


def _read(path: Path, *, is_own: bool) -> SettingsFile:
    try:
        text = files.read_text(path, limit=SETTINGS_LIMIT)
        data = parse_toml(text, file=str(path))
    except NotFoundError as error:
        if is_own:  # which is nothing wrong: nothing was configured yet
            return SettingsFile(path, is_own)
        remedy = f"{LIBRARY} names it: correct that, or take it away."
        return SettingsFile(path, is_own, error=NotFoundError(error.message, remedy))
    except LibwellError as error:
        return SettingsFile(path, is_own, error=error)
    try:
        return SettingsFile(path, is_own, _checked(data, text, file=str(path)))
    except FileRefusedError as error:
        return SettingsFile(path, is_own, _sound_part(data), error)


def parse_settings(text: str, *, file: str) -> Settings:
    """Read a file of settings. Raises FileRefusedError with every mistake in it."""
    return _checked(parse_toml(text, file=file), text, file=file)


def _checked(data: dict[str, Any], text: str, *, file: str) -> Settings:
    refuse_other_kinds(data, file=file, kind="config")
    settings, mistakes = _judged(data)
    if settings is None:
        raise refused(file, text, mistakes)
    return settings


def _judged(data: dict[str, Any]) -> tuple[Settings | None, list[Mistake]]:
    """The settings, or every mistake in them."""
    from libwell.model.settings import Settings  # only where there are settings

    settings, mistakes = try_model(Settings, data)
    mistakes += _without_home(data)
    return (None if mistakes else settings), mistakes


def _without_home(data: dict[str, Any]) -> Iterator[Mistake]:
    """Each folder that begins with `~` and a name nobody has here."""
    listed = data.get("worksheets")
    places: list[tuple[tuple[str | int, ...], Any]] = [(("data_dir",), data.get("data_dir"))]
    places += [(("worksheets", n), text) for n, text in enumerate(listed)] if isinstance(listed, list) else []
    for path, text in places:
        try:
            expanded(str(text), about="this")
        except LibwellError as error:
            yield Mistake(error.message, path, error.remedy)


def _sound_part(data: dict[str, Any]) -> Settings | None:
    """The settings without what is wrong in them; None of a file that says it is something else.

    A contact that is left without a name or a way to reach it goes as a whole.
    """
    if kind_of(data, "config/1") != ("config", 1):
        return None
    rest: Any = deepcopy({"libwell": "config/1", **data})
    wrong = {mistake.path for mistake in _judged(rest)[1]}
    for *way, last in sorted(wrong, reverse=True):  # so that none moves an entry still to go
        with suppress(KeyError):  # as it was missing
            del reduce(getitem, way, rest)[last]
    contacts = [one for one in rest.get("support", ()) if one.keys() >= {"name", "reach"}]
    return _judged({**rest, "support": contacts})[0]


# --- changing -------------------------------------------------------------------------------------


def change_settings(
    path: Path,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    patience: locks.Patience = locks.AT_ONCE,
) -> None:
    """Change what the person's file says and write it anew, with what each key is for; under its lock.

    `change` takes the file's tables and gives new ones. The version before is kept beside it as `.bak` if it
    held comments of the person's own. Raises LockedError, SaveError, and FileRefusedError for a file that has
    mistakes: it stays byte for byte as it was.
    """
    with files.saving(path):
        real = followed(path)
    files.make_private_folder(real.parent)
    with locks.lock(real, patience):
        leftovers.sweep_stale(real.parent, real.name)
        text = ""
        with suppress(NotFoundError):
            text = files.read_text(real, limit=SETTINGS_LIMIT)
        data = parse_toml(text, file=str(path))
        if text:
            _checked(data, text, file=str(path))
        written = settings_text(change(data))
        parse_settings(written, file=str(path))  # nothing is saved that can't be read again
        if len(written.encode()) > SETTINGS_LIMIT:
            raise SaveError(f"{real} would be too large.", "Shorten what it says.")
        if written != text:
            backup = real.with_name(f"{real.name}.bak") if _has_other_comments(text) else None
            files.write_durably(real, written.encode(), backup=backup)


# --- the file as it is written --------------------------------------------------------------------

DOCUMENTED: Mapping[str, tuple[str, str]] = {
    "country": ("The country you are in, as two capital letters. Helplines shown are those of it.", '"US"'),
    "name": ("Your name, as it is to stand on the plans you begin.", '"Ana"'),
    "team": ("Your team.", '"Branch 4"'),
    "library": ("Your library.", '"Riverside Public Library"'),
    "data_dir": ("The folder your responses are kept in.", '"~/Documents/libwell"'),
    "worksheets": ("Folders of worksheets, looked in before your own and the built-in ones.", '["~/shared"]'),
    "terse": ("true: a walk says what can be typed once; ? brings it back.", "true"),
    "accessible": ("true: for a screen reader. Each thing is said once, and nothing is drawn.", "true"),
}
"""Every key that has a value of its own: what it is, and an example."""
_HEAD = (
    "# Your settings for libwell. `libwell config set` and `libwell config support` write this file anew;",
    "# if it holds comments of yours, the version before is kept beside it as config.toml.bak.",
)
_SUPPORT = (
    "# Whom you can turn to, shown first by `libwell support`: one [[support]] for each, with",
    "#   name   who it is",
    "#   role   what they do (may be left out, like all that follow but reach)",
    "#   reach  how to reach them",
    "#   hours  when",
    "#   sees   who can see that you asked",
)
_EXAMPLE = ("# [[support]]", '# name = "Employee assistance"', '# reach = "call 555 0100"')
_OURS = frozenset(
    line
    for key, (words, example) in DOCUMENTED.items()
    for line in (*_HEAD, *_SUPPORT, *_EXAMPLE, f"# {words}", f"# {key} = {example}")
)


def settings_text(data: Mapping[str, Any]) -> str:
    """Settings as TOML that says above each key what it is for, also of keys that are not set."""
    from tomli_w import dumps  # only where something is written

    blocks = ["\n".join((*_HEAD, 'libwell = "config/1"'))]
    for key, (words, example) in DOCUMENTED.items():
        is_set = data.get(key) not in (None, "", [])
        said = dumps({key: data[key]}) if is_set else f"# {key} = {example}"
        blocks.append(f"# {words}\n{said}")
    blocks.append(dumps({key: value for key, value in data.items() if key.startswith("x-")}))
    contacts = data.get("support", ())
    blocks.append("\n".join(_SUPPORT if contacts else (*_SUPPORT, *_EXAMPLE)))
    for contact in contacts:
        kept = {key: value for key, value in contact.items() if value or key.startswith("x-")}
        blocks.append(dumps({"support": kept}).replace("[support]", "[[support]]", 1))
    return "\n\n".join(filter(None, map(str.strip, blocks))) + "\n"


def _has_other_comments(text: str) -> bool:
    found = map(itemgetter(0), TEXT_OR_COMMENT.finditer(text))
    return any(one.startswith("#") and one.rstrip() not in _OURS for one in found)
