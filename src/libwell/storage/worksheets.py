"""Worksheets on disk: finding them by id, reading them with every mistake named, writing definitions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError
from libwell.model.nearest import did_you_mean
from libwell.storage.file_types import kind_of, refuse_other_kinds
from libwell.storage.files import list_files, read_text, see_size
from libwell.storage.places import is_file, is_folder, shipped_worksheets
from libwell.storage.positions import with_lines
from libwell.storage.toml import parse_toml

Place = tuple[str | int, ...]

BESIDE = "beside it"
WORKSHEET_LIMIT = 1024 * 1024
"""Bytes of a worksheet, at most."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from libwell.model.worksheet import Worksheet
    from libwell.storage.resources import Found


@dataclass(frozen=True, slots=True)
class Header:
    """What a list of worksheets shows of one, without reading its prompts."""

    id: str
    title: str
    minutes: int | None
    origin: str
    path: Path
    hides: tuple[str, ...] = ()
    hidden: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The file that is used, and those it hides."""
        return self.path, *self.hidden


@dataclass(frozen=True, slots=True)
class Examined:
    """A worksheet as it will be asked (None if it can't be), and every mistake and hint in its file.

    `closed` holds the questions that are private only because the shipped worksheet of this id keeps them so.
    """

    worksheet: Worksheet | None
    mistakes: tuple[Mistake, ...]
    closed: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it can be used: there may be hints, but no mistakes."""
        return self.worksheet is not None and all(mistake.hint for mistake in self.mistakes)

    def demand(self, file: str) -> Worksheet:
        """The worksheet, if it can be used. Raises FileRefusedError with every mistake in the file."""
        if self.worksheet is None or not self.is_sound:
            raise FileRefusedError(file, tuple(mistake for mistake in self.mistakes if not mistake.hint))
        return self.worksheet


class Shelf:
    """The folders worksheets are looked up in; the first that has an id hides the others."""

    def __init__(self, folders: Sequence[tuple[Path, str]]) -> None:
        self._folders = folders
        self._in_folder: dict[Path, tuple[list[Header], list[LibwellError]]] = {}
        self._with_id: dict[str, tuple[Worksheet, ...]] = {}

    def headers(self) -> tuple[list[Header], list[LibwellError]]:
        """Every worksheet at hand by id, and what could not be read."""
        found: dict[str, Header] = {}
        failed: list[LibwellError] = []
        for folder, origin in self._folders:
            headers, unread = self._headers_in(folder, origin)
            failed += unread
            for header in headers:
                first = found.setdefault(header.id, header)
                if first is not header:
                    hides, hidden = (*first.hides, header.origin), (*first.hidden, header.path)
                    found[header.id] = replace(first, hides=hides, hidden=hidden)
        return [found[name] for name in sorted(found)], failed

    def _headers_in(self, folder: Path, origin: str) -> tuple[list[Header], list[LibwellError]]:
        """The worksheets of a folder, those named by their id first, and what can't be read; remembered."""
        if folder not in self._in_folder:
            found: list[Header | None] = []
            failed: list[LibwellError] = []
            try:
                paths = list_files(folder, suffix=".toml") if is_folder(folder) else []
            except LibwellError as error:
                paths, failed = [], [error]
            for path in paths:
                try:
                    found.append(_read_header(path, origin))
                except LibwellError as error:
                    failed.append(error)
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
        known = [header.id for header in self.headers()[0]]
        remedy = did_you_mean(name, known) or "`libwell list` shows the worksheets at hand."
        raise NotFoundError(f"There is no worksheet {name}.", remedy)

    def locate(self, name: str) -> Path:
        """The file of a worksheet given by id or by path."""
        return Path(name) if is_path(name) else self.path_of(name)

    def load(self, name: str) -> Worksheet:
        """Read a worksheet by id or path, as it will be asked. Raises FileRefusedError with its mistakes."""
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
        """Examine as `examine` does what was read of a file already."""
        see_size(path, len(text.encode()), WORKSHEET_LIMIT)
        near = self._with_folder(path.parent)
        return examine_text(
            text, file=str(path), load=near.load_part, resources=near.find_resources, for_author=for_author
        )

    def _with_folder(self, folder: Path) -> Shelf:
        """The same folders with this one before them, unless it is one of them."""
        if folder.absolute() in [known.absolute() for known, _ in self._folders]:
            return self
        return Shelf([(folder, BESIDE), *self._folders])

    def find_resources(self) -> Found:
        """The resources that lie beside the worksheets, and what of them could not be read."""
        from libwell.storage.resources import find_resources

        return find_resources(folder for folder, _ in self._folders)

    def load_part(self, name: str) -> Worksheet:
        """Read a worksheet that is to be included, its own includes unresolved."""
        return _kept_private(_read_part(self.path_of(name)))[0]


def is_path(name: str) -> bool:
    """Whether a name on the command line is a path and not an id."""
    return "/" in name or "\\" in name or name.endswith(".toml")


def _read_worksheet_data(path: Path) -> dict[str, Any]:
    return parse_toml(read_text(path, limit=WORKSHEET_LIMIT), file=str(path))


def _read_part(path: Path) -> Worksheet:
    """Read a worksheet as it stands in its file, its includes unresolved. Raises LibwellError."""
    from libwell.rules.checking.limits import too_large
    from libwell.rules.checking.tolerant_reading import read_data

    data = _read_worksheet_data(path)
    refuse_other_kinds(data, file=str(path), kind="worksheet")
    read = None if too_large(data) else read_data(data)
    if read is None or read.mistakes or read.worksheet is None:
        raise LibwellError(f"{data.get('id')} has mistakes of its own.", f"See `libwell check {path}`.")
    return read.worksheet


def _read_header(path: Path, origin: str) -> Header | None:
    """Read what a list shows; None if the file is no worksheet."""
    data = _read_worksheet_data(path)
    if kind_of(data)[0] != "worksheet" or not isinstance(data.get("id"), str):
        return None
    minutes = data.get("minutes")
    return Header(
        id=data["id"],
        title=str(data.get("title", "")),
        minutes=minutes if type(minutes) is int else None,
        origin=origin,
        path=path,
    )


def examine_text(
    text: str,
    *,
    file: str,
    load: Any,
    resources: Callable[[], Found] | None = None,
    for_author: bool = True,
    of_any_size: bool = False,
) -> Examined:
    """Examine a worksheet's text; `load` reads what it includes.

    `resources` gives those at hand for `learn_more`; without it what it names is not looked for. Hints, and
    tests that no answer passes, are told only `for_author`. One that is too large is not looked into, unless
    it may be `of_any_size`.
    """
    from libwell.rules.checking.limits import too_large
    from libwell.rules.checking.mistakes import without_covered
    from libwell.rules.checking.score_mistakes import is_consequence
    from libwell.rules.checking.tolerant_reading import original, read_data
    from libwell.rules.checking.worksheet_mistakes import check, prompt_ids_in
    from libwell.rules.composing import compose

    data = parse_toml(text, file=file)
    refuse_other_kinds(data, file=file, kind="worksheet")
    large = None if of_any_size else too_large(data)
    if large is not None:
        return Examined(None, with_lines([large], text))
    read = read_data(data)
    mistakes = list(read.mistakes)
    worksheet, closed = read.worksheet, dict[Place, str]()
    if worksheet is not None:
        composed = compose(worksheet, load)
        if composed.is_cut:
            return Examined(None, with_lines([*mistakes, *composed.mistakes], text))
        worksheet, closed = _kept_private(composed.worksheet)
        worksheet, lost = _with_resources(worksheet, resources, for_author=for_author)
        unread = prompt_ids_in(data) - {prompt.id for _, prompt in worksheet.prompts()}
        within = [*lost, *check(worksheet, unread=unread, brought=composed.brought, for_author=for_author)]
        within += map(_on_closed, closed) if for_author else ()
        between = [*composed.mistakes, *(replace(m, path=composed.place(m.path)) for m in within)]
        if for_author:
            from libwell.rules.checking.advice import advise

            between += advise(composed.own, worksheet, is_whole=not (mistakes or composed.mistakes))
        for found in dict.fromkeys(between):
            place = original(found.path, read.positions)
            if not is_consequence(place, read.mistakes):
                mistakes.append(replace(found, path=place))
    return Examined(worksheet, with_lines(without_covered(mistakes), text), tuple(closed.values()))


def _with_resources(
    worksheet: Worksheet, resources: Callable[[], Found] | None, *, for_author: bool
) -> tuple[Worksheet, tuple[Mistake, ...]]:
    """The worksheet with what its sections name to read on, and each name that leads nowhere.

    Where a file of resources can't be read, that is its author's business: the walk goes without.
    """
    from libwell.rules.learning import leading_nowhere, with_resources

    if resources is None:
        return worksheet, ()
    found = resources() if any(section.learn_more for section in worksheet.sections) else None
    at_hand = found.resources if found else ()
    complete = with_resources(worksheet, at_hand)
    lost = tuple(leading_nowhere(complete, at_hand))
    if found and found.failed:
        files = [error.file for error in found.failed if isinstance(error, FileRefusedError)]
        see = f"libwell check {files[0]}" if files else "libwell resources"
        remedy = f"A file of resources could not be read. To see why: {see}"
        lost = tuple(replace(mistake, remedy=remedy) for mistake in lost) if for_author else ()
    return complete, lost


# --- worksheets with the id of a shipped one --------------------------------------------------------


def _kept_private(worksheet: Worksheet) -> tuple[Worksheet, dict[Place, str]]:
    """The worksheet with all private that the shipped one of its id keeps so; which questions that closed.

    Another file, or an earlier definition in a response, must not open what people know as private.
    """
    from libwell.rules.privacy import private_prompts, with_private

    closed = _private_in_shipped(worksheet.id) - private_prompts(worksheet)
    found = {path: prompt.ask for path, prompt in worksheet.placed() if prompt.id in closed}
    return (with_private(worksheet, closed) if found else worksheet), found


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


def _on_closed(place: Place) -> Mistake:
    remedy = "It is private here too. To share it, give this worksheet an id of its own."
    return Mistake("another worksheet of this id keeps this private.", place, remedy, hint=True)
