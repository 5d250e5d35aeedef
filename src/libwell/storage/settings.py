"""Settings on disk: the person's file and the one of a whole library, and changing the person's.

Every mistake in a file is named, and none of them quotes what it says; what is good in it still holds. It
must not choose whom to turn to.
"""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, SaveError
from libwell.storage import files, leftovers, locks
from libwell.storage.file_types import kind_of, refuse_other_kinds
from libwell.storage.places import (
    LIBRARY,
    Configured,
    expanded,
    followed,
    is_same_file,
    library_settings_file,
    usual_settings_file,
)
from libwell.storage.positions import with_lines
from libwell.storage.toml import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from libwell.model.settings import Contact, Settings

    KeyPath = tuple[str | int, ...]

SETTINGS_LIMIT = 1024 * 1024
"""Bytes of a file of settings, at most."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One file and what it says; with an `error`, as far as it can be read. No settings: it says nothing."""

    path: Path
    is_own: bool
    settings: Settings | None = None
    error: LibwellError | None = None

    def find(self, key: str) -> tuple[str, ...]:
        """What it says for a key, as texts; nothing if it is not set."""
        value = getattr(self.settings, key) if self.settings else ""
        return value if isinstance(value, tuple) else (value,) if value else ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured, as far as it can be read. The person's word goes before the library's.

    The `error` is that of a library's file that can't even be looked for.
    """

    own: SettingsFile | None
    library: SettingsFile | None
    error: LibwellError | None = None

    @property
    def errors(self) -> tuple[LibwellError, ...]:
        """What could not be read."""
        found = (self.own_error, self.library_error)
        return tuple(error for error in found if error is not None)

    @property
    def own_error(self) -> LibwellError | None:
        """What is wrong with the person's own file; they can mend it."""
        return self.own.error if self.own else None

    @property
    def library_error(self) -> LibwellError | None:
        """What is wrong with the library's file; most people can't mend it."""
        return self.error or (self.library.error if self.library else None)

    @property
    def files(self) -> tuple[SettingsFile, ...]:
        """The files there could be, the person's first."""
        return tuple(file for file in (self.own, self.library) if file is not None)

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
        """The folders that hold."""
        data = self.text("data_dir")
        worksheets = tuple(_folder(text) for text in self.find("worksheets"))
        return Configured(_folder(data) if data else None, worksheets)

    @property
    def contacts(self) -> tuple[tuple[Contact, SettingsFile], ...]:
        """Whom to turn to and the file that says it: the library's first, then the person's own."""
        return tuple(
            (contact, file)
            for file in reversed(self.files)
            if file.settings is not None
            for contact in file.settings.support
        )


def _folder(text: str) -> Path:
    return expanded(text, about="A folder in the configuration")


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
    """The folders that are configured, of files that need no checking: only to complete a line with."""
    data: dict[str, Any] = {}
    for path in (library_settings_file(environ), usual_settings_file()):
        with suppress(LibwellError):
            data |= parse_toml(files.read_text(path, limit=SETTINGS_LIMIT), file="") if path else {}
    folder, worksheets = data.get("data_dir"), data.get("worksheets", ())
    return Configured(_folder(folder) if folder else None, tuple(map(_folder, worksheets)))


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
        return SettingsFile(path, is_own, _validate(data, text, file=str(path)))
    except FileRefusedError as error:
        return SettingsFile(path, is_own, _read_what_is_good(data), error)


def parse_settings(text: str, *, file: str) -> Settings:
    """Read a file of settings. Raises FileRefusedError with every mistake in it."""
    return _validate(parse_toml(text, file=file), text, file=file)


def _validate(data: dict[str, Any], text: str, *, file: str) -> Settings:
    refuse_other_kinds(data, file=file, kind="config")
    settings, mistakes = _read_data(data)
    if settings is None:
        raise FileRefusedError(file, with_lines(mistakes, text))
    return settings


def _read_data(data: dict[str, Any]) -> tuple[Settings | None, list[Mistake]]:
    """The settings, or every mistake in them."""
    from pydantic import ValidationError  # only where there are settings

    from libwell.model.settings import Settings
    from libwell.rules.checking.mistakes import from_validation

    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        return None, from_validation(error, data, Settings)
    mistakes = list(_without_home(settings))
    return (None if mistakes else settings), mistakes


def _without_home(settings: Settings) -> Iterator[Mistake]:
    """Each folder that begins with `~` and a name nobody has here."""
    places: list[tuple[tuple[str | int, ...], str]] = [(("data_dir",), settings.data_dir)]
    places += [(("worksheets", number), text) for number, text in enumerate(settings.worksheets)]
    for path, text in places:
        try:
            expanded(text, about="this")
        except LibwellError as error:
            yield Mistake(error.message, path, error.remedy)


# --- what is good in a file with mistakes ---------------------------------------------------------

_ROUNDS = 9  # of leaving out: a contact goes when what is wrong in it was all it had


def _read_what_is_good(data: dict[str, Any]) -> Settings | None:
    """The settings without the entries that are wrong; None of a file that says it is something else."""
    if kind_of(data, "config/1") != ("config", 1):
        return None
    rest = deepcopy({"libwell": "config/1", **data})
    for _ in range(_ROUNDS):
        settings, mistakes = _read_data(rest)
        if settings is not None:
            return settings
        for path in sorted({_wrong_entry(one) for one in mistakes}, key=_last_first, reverse=True):
            _take_out(rest, path)
    return None


def _wrong_entry(mistake: Mistake) -> KeyPath:
    """What has to go: the entry itself, or the table that lacks it."""
    from libwell.rules.checking.mistakes import MISSING

    return mistake.path[:-1] if mistake.message == MISSING else mistake.path


def _last_first(path: KeyPath) -> list[int]:
    """Sorts so that, backwards, taking out one entry moves none of those still to go."""
    return [part if isinstance(part, int) else -1 for part in path]


def _take_out(data: Any, path: KeyPath) -> None:
    here = data
    for part in path[:-1]:
        here = here[part]
    del here[path[-1]]


# --- changing -------------------------------------------------------------------------------------


def change_settings(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change what the person's file says and write it anew, with what each key is for; under its lock.

    `change` takes the file's tables and gives new ones. The version before is kept beside it as `.bak` if it
    held comments of the person's own. Raises LockedError, SaveError, and FileRefusedError for a file that has
    mistakes: it stays byte for byte as it was.
    """
    with files.saving(path):
        real = followed(path)
    files.make_private_folder(real.parent)
    with locks.lock(real):
        leftovers.sweep_stale(real.parent, name=real.name)
        text = _text_of(real)
        data = parse_toml(text, file=str(path))
        if text:
            _validate(data, text, file=str(path))
        written = settings_text(change(data))
        parse_settings(written, file=str(path))  # nothing is saved that can't be read again
        if written != text:
            _write(real, written, keep=_has_other_comments(text))


def _text_of(path: Path) -> str:
    try:
        return files.read_text(path, limit=SETTINGS_LIMIT)
    except NotFoundError:
        return ""


def _write(path: Path, text: str, *, keep: bool) -> None:
    data = text.encode()
    if len(data) > SETTINGS_LIMIT:
        raise SaveError(f"{path} would be too large.", "Shorten what it says.")
    files.write_durably(path, data, backup=path.with_name(f"{path.name}.bak") if keep else None)


# --- the file as it is written --------------------------------------------------------------------

DOCUMENTED: Mapping[str, tuple[str, str]] = {
    "country": ("The country you are in, as two capital letters. Helplines shown are those of it.", '"US"'),
    "name": ("Your name, as it is to stand on the plans you begin.", '"Ana"'),
    "team": ("Your team.", '"Branch 4"'),
    "library": ("Your library.", '"Riverside Public Library"'),
    "data_dir": ("The folder your responses are kept in.", '"~/Documents/libwell"'),
    "worksheets": ("Folders of worksheets, looked in before your own and the built-in ones.", '["~/shared"]'),
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
_TEXT_OR_COMMENT = re.compile(
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|\'{3}(?:[^\']++|\'{1,2}(?!\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|#[^\r\n]*+',
    re.DOTALL,
)


def settings_text(data: Mapping[str, Any]) -> str:
    """Settings as TOML that says above each key what it is for, also of keys that are not set."""
    extra = {key: value for key, value in data.items() if key.startswith("x-")}
    blocks = [[*_HEAD, _toml(libwell="config/1")]]
    blocks += [_key_lines(key, data.get(key)) for key in DOCUMENTED]
    tables: list[list[str]] = []
    for key, value in extra.items():
        text = _toml(**{key: value})
        (tables if text.startswith("[") else blocks).append([text])
    contacts = data.get("support") or ()
    blocks.append([*_SUPPORT, *(() if contacts else _EXAMPLE)])
    blocks += [_contact_lines(contact) for contact in contacts]
    return "\n\n".join("\n".join(lines) for lines in (*blocks, *tables)) + "\n"


def _key_lines(key: str, value: Any) -> list[str]:
    words, example = DOCUMENTED[key]
    return [f"# {words}", _toml(**{key: value}) if value else f"# {key} = {example}"]


def _contact_lines(contact: Mapping[str, Any]) -> list[str]:
    """A contact, its tables (which only `x-` keys have) last."""
    said = {key: value for key, value in contact.items() if value != "" or key.startswith("x-")}
    parts = {key: _toml(**{key: value}) for key, value in said.items()}
    tables = {key: contact[key] for key, text in parts.items() if text.startswith("[")}
    lines = ["[[support]]", *(text for key, text in parts.items() if key not in tables)]
    return [*lines, *([_toml(support=tables)] if tables else [])]


def _toml(**data: Any) -> str:
    import tomli_w  # only where something is written

    return tomli_w.dumps(data).rstrip("\n")


def _has_other_comments(text: str) -> bool:
    found = (match[0] for match in _TEXT_OR_COMMENT.finditer(text))
    return any(one.startswith("#") and one.rstrip() not in _OURS for one in found)
