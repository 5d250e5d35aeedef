"""Responses on disk: one TOML file each, made by exclusive creation, replaced durably, never half written."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, SaveError
from libwell.model.nearest import did_you_mean
from libwell.model.response import Action, Moment, Person, Response, ResponseId, Status
from libwell.storage import files, leftovers, locks
from libwell.storage.definitions import (
    DEFINITION,
    FILE_LIMIT,
    id_of_definition,
    lacks_end,
    naming_file,
    parse_with_definition,
    read_definition,
    text_with_definition,
)
from libwell.storage.file_types import refuse_other_kinds, validated
from libwell.storage.places import followed, is_same_file, is_there, loose_modes
from libwell.storage.positions import refused
from libwell.storage.toml import holds_too_much, parse_toml
from libwell.storage.worksheets import is_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


BACKUP = ".bak"
GO_BACK = "`libwell doctor` says whether there is an earlier version to go back to."


class Head(BaseModel):
    """What finds a response among others: id, status, way, person, last change, and its worksheet's id.

    Its answers are not looked at, nor the prompts of its worksheet: it may still be refused when it is read.
    """

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)

    path: Path
    id: ResponseId
    status: Status = "draft"
    short: bool = False
    updated: Moment
    worksheet: str
    person: Person = Field(default_factory=Person)


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """A response as its file has it, not judged yet; its text tells in which line a mistake stands."""

    path: Path
    text: str
    response: Response


# --- reading --------------------------------------------------------------------------------------


def head(path: Path) -> Head:
    """Read the head of a response. Raises FileRefusedError with every mistake in it, LibwellError."""
    text = read_text(path)
    data = _read_head(text, path)
    definition = data.get("definition")
    worksheet = definition.get("worksheet") if isinstance(definition, dict) else None
    if not isinstance(worksheet, str):
        raise refused(path, text, [Mistake("this key is missing.", ("definition", "worksheet"), "Add it.")])
    with naming_file(path, text, remedy=GO_BACK):
        about = {"worksheet": id_of_definition(worksheet), "path": path}
    return validated(Head, {**data, **about}, text, file=path)


_PERSON_BELOW = re.compile(r"\n[ \t]*\[.*(?:person|\\)")
"""A heading that may be that of the person."""


def _read_head(text: str, path: Path) -> dict[str, Any]:
    """The data of a response, without its answers where these stand between all that a head has.

    They are most of a file. What stands above them is TOML by itself, unless they only look like a table.
    """
    above, heading, behind = text.partition("\n[answers")
    answers, end, definition = behind.rpartition(DEFINITION)
    if heading and end and not _PERSON_BELOW.search(answers):
        with suppress(FileRefusedError):
            return _read_data(f"{above}{end}{definition}", path)
    return _read_data(text, path)


def read_bytes(path: Path, *, may_be_pipe: bool = False) -> bytes:
    """The bytes of a response's file. Raises LibwellError."""
    return files.read_file(path, limit=FILE_LIMIT, may_be_pipe=may_be_pipe)


def read_text(path: Path, *, may_be_pipe: bool = False) -> str:
    """The text of a response's file. Raises LibwellError."""
    return files.read_text(path, limit=FILE_LIMIT, may_be_pipe=may_be_pipe)


def parse(text: str, path: Path) -> ResponseFile:
    """Read a response's text without judging it; `path` is only named in mistakes.

    Raises FileRefusedError with its mistakes.
    """
    return ResponseFile(path, text, validated(Response, _read_data(text, path), text, file=path))


def read(path: Path, *, may_be_pipe: bool = False) -> ResponseFile:
    """Read a response without judging it. Raises LibwellError, FileRefusedError with its mistakes."""
    return parse(read_text(path, may_be_pipe=may_be_pipe), path)


def _read_data(text: str, path: Path) -> dict[str, Any]:
    data = parse_with_definition(text, file=str(path))
    refuse_other_kinds(data, file=str(path), kind="response")
    return data


def key_of(path: Path) -> str:
    """The key that `fill` has for a response; empty if there is none, or its head can't be read.

    Only what stands above the first table is parsed, which is TOML by itself unless that only looks like one.
    """
    with suppress(LibwellError):
        text = read_text(path)
        if not _A_KEY.search(text):
            return ""
        try:
            data = parse_toml(text.partition("\n[")[0], file=str(path))
        except FileRefusedError:
            data = _read_data(text, path)
        return str(data.get("key", ""))
    return ""


_A_KEY = re.compile(r"""^[ \t]*["']?key\b""", re.MULTILINE)


# --- writing --------------------------------------------------------------------------------------


def response_text(response: Response) -> str:
    """A response as TOML."""
    dumped = response.model_dump(by_alias=True, exclude_defaults=True, exclude={"definition"})
    head = {name: getattr(response, name) for name in ("libwell", "id", "status", "revision")}
    data = {**head, **dumped}
    if response.actions:
        data["actions"] = [_action_table(action) for action in response.actions]
    return text_with_definition(data, response.definition)


def _action_table(action: Action) -> dict[str, Any]:
    head = {name: getattr(action, name) for name in ("id", "step", "status")}
    return {**head, **action.model_dump(by_alias=True, exclude_defaults=True)}


_HOUR = 3600
"""Seconds after which what was left of a response that was never whole is no other process's."""


class ResponseFolder:
    """The saved responses of one account; `patience` is for a response that another libwell has open."""

    def __init__(self, folder: Path, patience: locks.Patience = locks.AT_ONCE) -> None:
        self.folder = folder
        self.patience = patience
        self._taken: set[str] = set()

    def prepare(self) -> None:
        """Make the folder, private, and see that it can be written to. Raises LibwellError."""
        files.make_private_folder(self.folder)

    def paths(self) -> list[Path]:
        """The file of every saved response, by name. Raises LibwellError if the folder can't be read."""
        return files.list_files(self.folder, suffix=".toml")

    @contextmanager
    def lock(self, path: Path) -> Iterator[None]:
        """Hold a response for changing; one process at a time. Raises LockedError, SaveError.

        What killed processes left of saving it is removed first.
        """
        with locks.lock(path, self.patience):
            leftovers.sweep_stale(path.parent, path.name, backup_of(path).name)
            with suppress(LibwellError, OSError):
                real = followed(path)
                if real != path:
                    leftovers.sweep_stale(real.parent, real.name)
            yield

    def create(self, make: Callable[[str], Response], draw: Callable[[], str]) -> ResponseFile:
        """Save a new response: `draw` gives the last part of its id until one is free, `make` the response.

        Raises SaveError, FileRefusedError if it could not be opened again, LibwellError.
        """
        self.prepare()
        if not self._taken:  # looked for once: a run may make thousands
            leftovers.sweep_abandoned(self.folder, suffix=".toml", age=_HOUR)
            self._taken = {path.stem.rpartition("-")[2] for path in self.paths()}
        for _ in range(100):
            last = draw()
            if last in self._taken:
                continue
            self._taken.add(last)
            response = make(last)
            read_definition(response.definition.worksheet)  # what could not be opened again is not begun
            path, data = self.folder / f"{response.id}.toml", _checked(response)
            try:
                files.create_exclusively(path, data)
            except FileExistsError:
                continue
            return ResponseFile(path, data.decode(), response)
        raise LibwellError("No free id was found for the new response.", "Try again.")

    def save(self, path: Path, response: Response, *, backup: bool = False) -> None:
        """Replace a response; with `backup` the version there is kept beside it. Raises SaveError."""
        beside = backup_of(path) if backup else None
        files.write_durably(path, _checked(response), backup=beside)

    def loose_modes(self, path: Path) -> list[Path]:
        """The files and folders of this response that others on the computer may be able to look into.

        A folder elsewhere, which a person chose, serves other things too, and is left out.
        """
        kept = [path, backup_of(path)]
        if is_same_file(path.parent, self.folder):
            kept = [self.folder.parent, self.folder, *kept]
        return loose_modes(kept)

    def delete(self, path: Path) -> None:
        """Remove a response and the version kept beside it. Raises SaveError."""
        for one in (path, backup_of(path)):
            files.remove_file(one)

    def delete_backup(self, path: Path) -> None:
        """Remove the version kept beside a response. Raises SaveError."""
        files.remove_file(backup_of(path))

    def find(self, name: str) -> Path:
        """The file of a response given by id, by the last part of its id, or by path.

        Raises NotFoundError with the nearest id.
        """
        if is_path(name):
            return Path(name)
        paths = {path.stem: path for path in self.paths()}
        ending = [stem for stem in paths if stem.rpartition("-")[2] == name]
        found = [name] if name in paths else ending
        if len(found) == 1:
            return paths[found[0]]
        if found:
            raise LibwellError(f"Several responses end in {name}.", f"Name one in full: {', '.join(found)}.")
        if name and is_there(Path(name)):
            raise NotFoundError(f"There is no response {name}.", f"For what lies here by that name: ./{name}")
        known = [*paths, *(stem.rpartition("-")[2] for stem in paths)]
        remedy = did_you_mean(name, known) or "`libwell responses` shows what is saved."
        raise NotFoundError(f"There is no response {name}.", remedy)

    def heads(self) -> list[Head]:
        """The heads of the saved responses that can be read, the one changed last first.

        Raises LibwellError if the folder can't be read.
        """
        found, _ = files.read_each(head, self.paths())
        return sorted(found, key=lambda one: one.updated, reverse=True)


def backup_of(path: Path) -> Path:
    """Where the version before this sitting is kept."""
    return path.with_name(path.name + BACKUP)


def is_cut_short(path: Path) -> bool:
    """Whether the end of a response's file is missing."""
    with suppress(LibwellError):
        return lacks_end(read_text(path))
    return False


def _checked(response: Response) -> bytes:
    """The bytes to save. Raises SaveError if they could not be opened again."""
    text = response_text(response)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise SaveError("A character in the answer can't be saved.", "Type it anew.") from None
    if holds_too_much(text):
        raise SaveError("The response has too many answers to be opened again.", "Take some of them out.")
    if len(data) > FILE_LIMIT:
        raise SaveError("The response is too large to be opened again.", "Shorten the longest answer.")
    return data
