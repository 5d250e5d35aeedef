"""The formats: one table for every verb, which of them a file's name asks for, and where a file goes.

A new format is a file in `export` and a line here. A renderer comes into memory when it is used; what it is
given holds only what `privacy.for_audience` let through.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from libwell.errors import UsageError
from libwell.storage.names import is_device
from libwell.storage.places import is_folder_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from libwell.model.document import Document
    from libwell.model.sheet import Sheet

    Content = Document | Sheet | Mapping[str, object]
    Rendered = str | bytes

T = TypeVar("T")
Name = TypeVar("Name", bound=str)
FormatName = Literal["md", "html", "docx", "csv", "json", "jsonl", "ics"]
SheetName = Literal["plan", "answers"]
"""What a sheet of a response has a row for: an action, or an answer."""


class Format(NamedTuple):
    """A format: the ending of its files, what it takes, and the function in `export` that writes that.

    It takes a Document, a Sheet, or as data a record that names its schema. With `only_dated` nothing goes
    into it but steps that have a day. `part` is the function that writes what stands of it in a file of many,
    which `whole` beside it puts together; empty where many can't stand in one file. `package` is what libwell
    does without elsewhere, and what has it is no text.
    """

    suffix: str
    takes: Literal["document", "sheet", "data"]
    renderer: str
    part: str = ""
    only_dated: bool = False
    package: str = ""

    def write(self, content: Content) -> Rendered:
        """A Document, a Sheet or a record, whichever the format takes, as a text; a Word file as bytes."""
        module, _, function = self.renderer.rpartition(".")
        made: Rendered = getattr(import_module(f"libwell.export.{module}"), function)(content)
        return made

    def text(self, content: Content) -> str:
        """As `write`, for a format that is text."""
        return str(self.write(content))

    def need_all(self, *, to_screen: bool) -> None:
        """Raise UsageError if this can't be written here: for want of a package, or as no screen shows it."""
        if self.package and to_screen:
            raise UsageError(
                "This is a Word file, which a screen can't show.", f"Name a file: --output plan{self.suffix}"
            )
        if self.package and find_spec(self.package) is None:
            remedy = "Add it: pip install python-docx. With uv or pipx, see docs/installing.md."
            raise UsageError("Word files need python-docx.", remedy)

    def join(self, parts: Iterable[str], columns: tuple[str, ...]) -> Iterator[str]:
        """The pieces of one file that holds `parts`, under the columns of a sheet."""
        module = import_module(f"libwell.export.{self.renderer.partition('.')[0]}")
        pieces: Iterator[str] = module.whole(parts, columns)
        return pieces

    def write_as(self, thing: T, **makers: Callable[[T], Content]) -> Rendered:
        """Anything written; `document`, `sheet` and `data` each make what one format takes out of it."""
        return self.write(makers[self.takes](thing))


FORMATS: Mapping[FormatName, Format] = {
    "md": Format(".md", "document", "markdown.render"),
    "html": Format(".html", "document", "html.render"),
    "docx": Format(".docx", "document", "docx.writing.render", package="docx"),
    "csv": Format(".csv", "sheet", "csv.render", "csv.part"),
    "json": Format(".json", "data", "json.render", "json.part"),
    "jsonl": Format(".jsonl", "sheet", "jsonl.render", "jsonl.render"),
    "ics": Format(".ics", "document", "icalendar.render", "icalendar.events", only_dated=True),
}
TASKS = Format(".ics", "document", "icalendar.render_tasks", "icalendar.tasks", only_dated=True)

# --- what a file's name asks for ------------------------------------------------------------------

_ENDING = re.compile(r"\.(?=[0-9]*[a-z])([0-9a-z]{1,8})")
_MEANT = {"txt": "md", "htm": "html"}
_ENDINGS_OF_FILES = {*FORMATS, *_MEANT, "toml", "pdf", "doc", "odt"}


def format_for(output: str, wanted: Name | None, among: Collection[Name]) -> Name:
    """The format to write: the one `wanted`, or the one that a file's name ends in, or the first of `among`.

    `output` is a file, a folder, `-`, or empty; `among` are the names of the formats there are. Raises
    UsageError for a name that ends as none of them does, or as another than the one wanted.
    """
    ending = _ending(output)
    if wanted is None:
        meant = [name for name in among if name == _MEANT.get(ending, ending)]
        if ending and not meant:
            raise UsageError(
                f"libwell does not write .{ending} here.",
                f"Name the file as one of .{', .'.join(among)}, or say which with --format.",
            )
        return next(iter(meant or among))
    if ending in {*among} - {wanted}:
        raise UsageError(
            f"{output} is named as {ending} is, and this would be written as {wanted}.",
            f"Write --format {ending}, or choose another name.",
        )
    return wanted


def looks_like_file(output: str) -> bool:
    """Whether a name is a file's: it ends as one does, and is no folder's."""
    return _ending(output) in _ENDINGS_OF_FILES


def is_file_of(output: str, format_: Format) -> bool:
    """Whether a name is that of a file in a format, and of no folder."""
    return f".{_ending(output)}" == format_.suffix


def _ending(output: str) -> str:
    """What a file's name ends in, without the dot; empty if that is no ending, or if it is a folder."""
    found = _ENDING.fullmatch(Path(output).suffix.lower())
    return found[1] if found and not is_folder_name(output) else ""


def file_at(output: str, name: str) -> Path:
    """The file that is meant by `output`: itself, or the one called `name` in it where it names a folder."""
    return Path(output) / name if is_folder_name(output) else Path(output)


def file_name(made_of: str, suffix: str) -> str:
    """The name of the file that is made of a response or a worksheet, by its id.

    An id is small letters, digits and hyphens, so that no two names differ only in case or in how a letter is
    written. One that Windows keeps for itself gets a `_`, which no id has.
    """
    return f"{made_of}_{suffix}" if is_device(made_of) else f"{made_of}{suffix}"


def named_file_at(output: str, name: str, *, what: str) -> Path:
    """As `file_at`, for a file that ends as `name` does. Raises UsageError; `what` says why it has to."""
    path, suffix = file_at(output, name), Path(name).suffix
    if path.suffix != suffix:
        raise UsageError(
            f"{what} ends in {suffix}, and there is no such folder.",
            f"Write --output {output}{suffix}, or make the folder first.",
        )
    return path
