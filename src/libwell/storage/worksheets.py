"""Worksheets on disk: finding them by id, and reading them as they will be asked.

What is wrong with one, `rules.mistakes` says.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, NotFoundError
from libwell.model.nearest import did_you_mean
from libwell.storage.file_types import kind_of, parse_kind
from libwell.storage.files import list_files, read_each, read_text, see_size
from libwell.storage.places import is_file, is_folder, shipped_worksheets
from libwell.storage.positions import with_lines
from libwell.storage.toml import parse_toml

WORKSHEET_LIMIT = 1024 * 1024
"""Bytes of a worksheet, at most."""
TEAM_PLAN = "team-plan"
"""The id of the worksheet that a kept plan of a team is of. It lies in no folder, as nobody fills it in."""

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from libwell.model.resources import Found
    from libwell.model.worksheet import Worksheet
    from libwell.rules.composing import Load
    from libwell.rules.mistakes.examining import Examined


@dataclass(frozen=True, slots=True)
class Header:
    """What a list of worksheets shows of one, without reading its prompts.

    `origin` says which folder it lies in; `hides` and `hidden` are the origins and files of the others of its
    id.
    """

    id: str
    title: str
    minutes: int | None
    origin: str
    path: Path
    summary: str = ""
    short_minutes: int | None = None
    hides: tuple[str, ...] = ()
    hidden: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The file that is used, and those it hides."""
        return self.path, *self.hidden


def _hiding(header: Header, *others: Header) -> Header:
    """A header with what it hides."""
    hides, hidden = tuple(one.origin for one in others), tuple(one.path for one in others)
    return replace(header, hides=hides, hidden=hidden)


class Shelf:
    """The folders worksheets are looked up in; the first that has an id hides the others."""

    def __init__(self, folders: Sequence[tuple[Path, str]]) -> None:
        self._folders = folders
        self._in_folder: dict[Path, tuple[list[Header], list[LibwellError]]] = {}
        self._with_id: dict[str, tuple[Worksheet, ...]] = {}

    def headers(self) -> tuple[list[Header], list[LibwellError]]:
        """Every worksheet at hand, in the order of the ids, and the errors of what could not be read."""
        found: dict[str, list[Header]] = {}
        failed: list[LibwellError] = []
        for folder, origin in self._folders:
            headers, unread = self._headers_in(folder, origin)
            failed += unread
            for header in headers:
                found.setdefault(header.id, []).append(header)
        return [_hiding(*found[name]) for name in sorted(found)], failed

    def _headers_in(self, folder: Path, origin: str) -> tuple[list[Header], list[LibwellError]]:
        """The worksheets of a folder, those named by their id first, and what can't be read; remembered."""
        if folder not in self._in_folder:
            try:
                paths = list_files(folder, suffix=".toml") if is_folder(folder) else []
                found, failed = read_each(lambda path: _read_header(path, origin), paths)
            except LibwellError as error:
                found, failed = [], [error]
            headers = sorted(filter(None, found), key=lambda header: header.path.stem != header.id)
            self._in_folder[folder] = headers, failed
        return self._in_folder[folder]

    def path_of(self, name: str) -> Path:
        """The file of a worksheet id. Raises NotFoundError with the nearest id."""
        for folder, origin in self._folders:
            path = folder / f"{name}.toml"
            if is_file(path):  # so that nothing else of the folder has to be read
                header = _read_header(path, origin)
                if header is not None and header.id == name:
                    return path
            for header in self._headers_in(folder, origin)[0]:
                if header.id == name:
                    return header.path
        if name == TEAM_PLAN:
            message = f"Nobody fills in {TEAM_PLAN}: a team's plan is made of what people share."
            raise NotFoundError(message, "`libwell team plan PATH --keep NAME` makes one.")
        known = [header.id for header in self.headers()[0]]
        elsewhere = f"One in another folder goes by its path, such as {name}.toml."
        remedy = did_you_mean(name, known) or f"`libwell list` shows the worksheets at hand. {elsewhere}"
        raise NotFoundError(f"There is no worksheet {name}.", remedy)

    def locate(self, name: str) -> Path:
        """The file of a worksheet given by id or by path. Raises NotFoundError with the nearest id."""
        return Path(name) if is_path(name) else self.path_of(name)

    def load(self, name: str) -> Worksheet:
        """Read a worksheet by id or path, as it will be asked.

        Raises NotFoundError, FileRefusedError with every mistake in it, LibwellError.
        """
        return self.load_closed(name)[0]

    def load_closed(self, name: str) -> tuple[Worksheet, tuple[str, ...]]:
        """Read a worksheet as `load` does, and name the questions that only a shipped one keeps private."""
        path = self.locate(name)
        examined = self.examine(path, for_author=False)
        return examined.demand(str(path)), examined.closed

    def all_with_id(self, name: str) -> tuple[Worksheet, ...]:
        """Every worksheet at hand of this id, also those that another hides; not those that can't be read.

        Remembered, as a team's files name the same worksheet over and over.
        """
        if name not in self._with_id:
            files = [path for header in self.headers()[0] if header.id == name for path in header.files]
            self._with_id[name] = tuple(filter(None, map(self.load_if_sound, files)))
        return self._with_id[name]

    def load_if_sound(self, path: Path) -> Worksheet | None:
        """Read a worksheet's file; None if it can't be used."""
        with suppress(LibwellError):
            return self.examine(path, for_author=False).demand(str(path))
        return None

    def examine(self, path: Path, *, for_author: bool = True) -> Examined:
        """Read a worksheet and name every mistake in it. Raises LibwellError if it is no TOML at all.

        What it includes and names is looked for beside it first.
        """
        return self.examine_read(read_text(path, limit=WORKSHEET_LIMIT), path, for_author=for_author)

    def examine_read(self, text: str, path: Path, *, for_author: bool = True) -> Examined:
        """Examine as `examine` does the text that was read of a file already."""
        see_size(path, len(text.encode()), WORKSHEET_LIMIT)
        is_near = path.parent.absolute() in [folder.absolute() for folder, _ in self._folders]
        near = self if is_near else Shelf([(path.parent, "beside it"), *self._folders])
        return examine_text(
            text, file=str(path), load=near.load_part, resources=near.find_resources, for_author=for_author
        )

    def find_resources(self) -> Found:
        """The resources that lie beside the worksheets, and what of them could not be read."""
        from libwell.storage.resources import find_resources

        return find_resources(folder for folder, _ in self._folders)

    def load_part(self, name: str) -> Worksheet:
        """Read a worksheet that is to be included, its own includes unresolved. Raises LibwellError."""
        return _read_part(self.path_of(name))


def is_path(name: str) -> bool:
    """Whether a name on the command line is a path and not an id."""
    return "/" in name or "\\" in name or name.endswith(".toml")


def _read_part(path: Path) -> Worksheet:
    """Read a worksheet as it stands in its file, its includes unresolved. Raises LibwellError."""
    from pydantic import ValidationError

    from libwell.model.worksheet import Worksheet
    from libwell.rules.mistakes.limits import too_large

    data = parse_kind(read_text(path, limit=WORKSHEET_LIMIT), file=str(path), kind="worksheet")
    with suppress(ValidationError):
        if not too_large(data):
            return Worksheet.model_validate(data)
    raise LibwellError(f"{data.get('id')} has mistakes of its own.", f"See `libwell check {path}`.")


def _read_header(path: Path, origin: str) -> Header | None:
    """Read what a list shows; None if the file is no worksheet."""
    data = parse_toml(read_text(path, limit=WORKSHEET_LIMIT), file=str(path))
    if kind_of(data)[0] != "worksheet" or not isinstance(data.get("id"), str):
        return None
    minutes, short = data.get("minutes"), data.get("short_minutes")
    return Header(
        id=data["id"],
        title=str(data.get("title", "")),
        minutes=minutes if type(minutes) is int else None,
        short_minutes=short if type(short) is int else None,
        summary=str(data.get("summary", "")),
        origin=origin,
        path=path,
    )


def examine_text(
    text: str,
    *,
    file: str,
    load: Load,
    resources: Callable[[], Found] | None = None,
    for_author: bool = True,
    of_any_size: bool = False,
) -> Examined:
    """Examine a worksheet's text, as `Examination` says; the mistakes have their lines.

    Raises FileRefusedError if it is no TOML, or no worksheet.
    """
    from libwell.rules.mistakes.examining import Examination

    data = parse_kind(text, file=file, kind="worksheet")
    examined = Examination(
        load,
        private_in_shipped=_private_in_shipped,
        resources=resources,
        for_author=for_author,
        of_any_size=of_any_size,
    ).examine(data)
    return replace(examined, mistakes=with_lines(examined.mistakes, text))


@lru_cache(maxsize=64)
def _private_in_shipped(name: str) -> frozenset[str]:
    """The ids of the private prompts of the worksheet of this id that comes with libwell, if one does."""
    from libwell.rules.composing import compose
    from libwell.rules.privacy import private_prompts

    folder = shipped_worksheets()
    if not is_file(folder / f"{name}.toml"):
        return frozenset()

    def load(part: str) -> Worksheet:
        return _read_part(folder / f"{part}.toml")

    with suppress(LibwellError):  # somebody is writing it: `check` has to name every mistake in it
        return private_prompts(compose(load(name), load).worksheet)
    return frozenset()
