"""`check`: every mistake in worksheets, answers files, responses and pages, at once; hints apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError
from libwell.flows.fill import answers_mistakes
from libwell.flows.opened import parse_response
from libwell.model.characters import counted
from libwell.storage.definitions import FILE_LIMIT
from libwell.storage.file_types import kind_of
from libwell.storage.files import list_files, one_line_name, read_text
from libwell.storage.form_pages import is_page
from libwell.storage.places import is_folder
from libwell.storage.positions import with_lines
from libwell.storage.resources import read_resources
from libwell.storage.settings import DOCUMENTED, parse_settings
from libwell.storage.shared import SharedFile, parse_shared
from libwell.storage.shared_folders import LIKE_A_DRAFT
from libwell.storage.toml import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from libwell.flows.world import World
    from libwell.model.resources import Resources
    from libwell.model.settings import Settings
    from libwell.model.shared import Withdrawal
    from libwell.storage.worksheets import Shelf


_LONGEST_WRITTEN = 200_000
"""Characters of a file that is looked into for syntax others may not read; people write no longer ones."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what was found in it."""

    file: str
    mistakes: tuple[Mistake, ...]

    @property
    def is_sound(self) -> bool:
        """Whether there are no mistakes; there may be hints."""
        return all(mistake.hint for mistake in self.mistakes)


def check(paths: Iterable[Path], *, shelf: Shelf, world: World) -> Iterator[Checked]:
    """Check files, and every TOML file in folders, as `files_in` lists them."""
    for path in paths:
        for file in files_in(path) if is_folder(path) else [path]:
            read = partial(read_text, file, limit=FILE_LIMIT, may_be_pipe=True)
            yield _checked(file, read, shelf, world)


def check_piped(read: Callable[[], str], *, shelf: Shelf, world: World) -> Checked:
    """Check what `read` gives of standard input."""
    return _checked(Path("standard input"), read, shelf, world)


_IN_DATA = ("responses", "worksheets")
"""The folders of a data folder that hold files to check."""


def files_in(folder: Path) -> list[Path]:
    """The files to check in a folder; of a data folder, those in its own folders too."""
    places = (folder, *(folder / name for name in _IN_DATA if is_folder(folder / name)))
    return [file for place in places for file in list_files(place, suffix=".toml")]


def nothing_in(folder: Path) -> NotFoundError:
    """Say where there is no file to check."""
    inside = " and ".join(f"{name}/" for name in _IN_DATA)
    message = f"{one_line_name(folder)}: no file here ends in .toml, and none in {inside} if they are there."
    return NotFoundError(message, "Name a file, or another folder.", file=one_line_name(folder))


def _checked(path: Path, read: Callable[[], str], shelf: Shelf, world: World) -> Checked:
    try:
        return Checked(str(path), _mistakes(read(), path, shelf, world))
    except FileRefusedError as error:
        return Checked(error.file, error.mistakes)  # for an answers file it may be the worksheet
    except NotFoundError:
        return Checked(str(path), (Mistake("there is no such file.", (), "Check the name."),))
    except LibwellError as error:
        message = error.message.removeprefix(f"{path} ")  # which stands before it already
        return Checked(str(path), (Mistake(message, (), error.remedy),))


def _mistakes(text: str, path: Path, shelf: Shelf, world: World) -> tuple[Mistake, ...]:
    if not text:
        return (Mistake("this is empty (0 bytes).", remedy="Name another file, or write it anew."),)
    if is_page(text, path):
        from libwell.flows.form import page_mistakes  # brings what writes pages

        return page_mistakes(text, path, shelf, support=world.support())
    if LIKE_A_DRAFT.match(text):  # as `fill` refuses it
        return answers_mistakes(text, file=str(path), shelf=shelf, world=world)
    data = parse_toml(text, file=str(path))
    found: tuple[Mistake, ...] = ()
    match kind_of(data, _default_kind(data))[0]:
        case "response":
            parse_response(text, path)
        case "shared" | "withdrawal":
            found = _on_shared(parse_shared(text, path, shelf))
        case "answers":
            found = answers_mistakes(text, file=str(path), shelf=shelf, world=world)
        case "worksheet":
            found = shelf.examine_read(text, path).mistakes
        case "resources":
            found = with_lines(_on_resources(read_resources(text, file=str(path)), world), text)
        case "config":
            found = with_lines(_on_settings(parse_settings(text, file=str(path)), shelf), text)
        case _:
            found = (_UNKNOWN,)
    return (*found, *_newer_toml(text))


def _on_shared(read: SharedFile | Withdrawal) -> tuple[Mistake, ...]:
    """Hint at private answers and steps in a shared copy: none is ever taken of it."""
    dropped = read.dropped if isinstance(read, SharedFile) else 0
    if not dropped:
        return ()
    what = counted(dropped, "private answer or step stands", "private answers and steps stand")
    remedy = "Plans and reports leave them out; `libwell share` writes a copy without them."
    return (Mistake(f"{what} in this copy.", (), remedy, hint=True),)


def _on_resources(read: Resources, world: World) -> Iterator[Mistake]:
    """What is wrong or old in a file of resources that can be read."""
    from libwell.rules.checking.works import resource_mistakes  # only of such a file

    return resource_mistakes(read.resources, world.today)


def _on_settings(settings: Settings, shelf: Shelf) -> Iterator[Mistake]:
    """Hint at settings that leave people with no one but the emergency number."""
    helplines = [one for one in shelf.find_resources().resources if one.kind == "helpline"]
    is_known = any(one.country == settings.country for one in helplines)
    if settings.country and not (settings.support or is_known):
        message = "libwell has no helpline number for this country, and no contact is named."
        remedy = "Name somebody people can turn to: [[support]], or `libwell config support add`."
        yield Mistake(message, ("country",), remedy, hint=True)


def _default_kind(data: dict[str, Any]) -> str:
    """What a file looks like that does not say what it is."""
    if "answers" in data or isinstance(data.get("worksheet"), str):
        return "answers/1"
    return next((kind for kind, keys in _KEYS_OF.items() if keys & data.keys()), "worksheet/1")


_KEYS_OF = {
    "worksheet/1": {"sections"},
    "resources/1": {"resources"},
    "config/1": {"support", *DOCUMENTED},
}
"""By which keys a file is known, the surest first."""

_UNKNOWN = Mistake(
    "this kind of file is not known to this version of libwell.",
    ("libwell",),
    "Known are worksheet/1, answers/1, response/1, shared/1, withdrawal/1, resources/1 and config/1.",
)


def _newer_toml(text: str) -> tuple[Mistake, ...]:
    """Hint at syntax that Python's own reader, which is slow, refuses, as it reads TOML 1.0 only."""
    import tomllib  # only here

    if len(text) > _LONGEST_WRITTEN:
        return ()
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        remedy = "Other programs may not read it; most often a line break or a last comma inside { }."
        return (Mistake("this uses TOML 1.1.", (), remedy, hint=True),)
    return ()
