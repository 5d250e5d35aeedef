"""What several verbs share: arguments and options, text and JSON that is printed, a few sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from libwell.cli.session import Session
from libwell.errors import LibwellError
from libwell.model.characters import counted
from libwell.terminal.output import Output

if TYPE_CHECKING:
    from collections.abc import Collection

    from libwell.flows.formats import FormatName, Name, Rendered
    from libwell.model.document import Document

ResponseName = Annotated[
    str,
    typer.Argument(
        help="A response's id, its last part, a path, latest, or latest:WORKSHEET.", metavar="RESPONSE"
    ),
]
WorksheetName = Annotated[str, typer.Argument(help="A worksheet's id, or a path.", metavar="WORKSHEET")]
NewFile = Annotated[str, typer.Option(help="A file instead of standard output.", metavar="FILE|-")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]

NO_ERASURE = "This is no secure erasure: backups of this computer, and the disk itself, may keep traces."
EXPORTS_STAY = "What you exported stays where you put it."
_PRIVATE = ("private answer or step was", "private answers and steps were")


def answers_text(session: Session, name: str) -> tuple[str, str]:
    """The text of an answers file, and what messages call it; `-` is standard input. Raises LibwellError."""
    if name == "-":
        return session.standard_input(), "standard input"
    from libwell.flows.fill import read_answers_text

    return read_answers_text(Path(name)), name


# --- printing -------------------------------------------------------------------------------------


def print_json(output: Output, record: Mapping[str, object]) -> None:
    """Print one JSON document; `schema` in it says by which verb, and in which version, it was made."""
    from libwell.flows.formats import FORMATS  # only with --json

    output.data(FORMATS["json"].text(record))


def print_rows(
    output: Output, heads: Sequence[str], rows: Iterable[Sequence[str]], *, shrinks: int | None = None
) -> None:
    """Print a list in columns; in a pipe as wide as it needs, one line an entry.

    On a screen the column of number `shrinks` is cut before the others.
    """
    from libwell.terminal.screen_text import columns

    width = output.width if output.is_terminal else 10_000
    output.data(columns([*rows], heads, width, shrinks=shrinks))


def print_rendered(output: Output, rendered: Rendered) -> None:
    """Print what was written in any format; the mark that csv begins with is for programs alone."""
    if isinstance(rendered, str) and output.is_terminal:
        rendered = rendered.removeprefix("\ufeff")
    output.data(rendered)


def format_to_write(session: Session, output: str, wanted: Name | None, among: Collection[Name]) -> Name:
    """As `format_for`; raises UsageError also where that format can't be written to `output` here."""
    from libwell.flows.formats import FORMATS, format_for  # see `print_json`

    name = format_for(output, wanted, among)
    format_ = FORMATS.get(cast("FormatName", name))
    if format_ is not None:  # an answers file is no format of the table
        format_.need_all(to_screen=output in ("", "-") and session.output.is_terminal)
    return name


def show_text(session: Session, text: str) -> None:
    """Show a text, in a pager where it is longer than the screen and nobody listens."""
    from libwell.terminal.pager import page

    # A pager draws its screens over each other; who set one all the same knows it.
    unasked = {"PAGER": ""} if session.aloud else {}
    page(text, session.output, {**unasked, **session.environ})


def show_document(session: Session, document: Document) -> None:
    """Show a document, in a pager where it is longer than the screen."""
    from libwell.terminal.blocks import render

    show_text(session, render(document, draws=not session.aloud))


def write_new(session: Session, rendered: Rendered, output: str, *, private: bool = True) -> None:
    """Write a file that is not there yet, and say so. Raises LibwellError if it is there."""
    from libwell.storage.files import create_exclusively, encoded, one_line_name

    try:
        create_exclusively(Path(output), encoded(rendered), private=private)
    except FileExistsError:
        raise there_already(output) from None
    session.output.message(f"{one_line_name(Path(output))}: written.")


@contextmanager
def done_all_the_same(output: Output, done: str) -> Iterator[None]:
    """Say on standard error what was `done` where the block can't print it, so that nobody does it twice."""
    try:
        yield
    except OSError:
        output.message(done, style="warning")
        raise


# --- saying ---------------------------------------------------------------------------------------


def there_already(name: str) -> LibwellError:
    """Why nothing is written to a file that is there."""
    return LibwellError(f"{name} is there already.", "Choose another name.")


def say_count(
    output: Output, number: int, one_or_many: tuple[str, str], rest: str, *, style: str = ""
) -> None:
    """Say how many there are of something, and the `rest` of the sentence; nothing of none."""
    if number:
        output.message(f"{counted(number, *one_or_many)} {rest}", style=style)


def say_withheld(output: Output, count: int, one_or_many: tuple[str, str] = _PRIVATE) -> None:
    """Say how much was left out as private."""
    say_count(output, count, one_or_many, "left out; --private puts them in.")


def say_undated(output: Output, count: int) -> None:
    """Say how many steps a calendar has no day for."""
    rest = "not in the calendar. If one had a day before, delete it there by hand."
    say_count(output, count, ("step without a day is", "steps without a day are"), rest)
