"""Export of one response: read, cut out what may be seen, render, write.

What is private is left out unless asked for. A file that somebody else made or changed is never replaced
without `force`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from libwell import __version__
from libwell.errors import LibwellError, UsageError
from libwell.flows.formats import FORMATS, TASKS, Format, file_at, file_name, format_for
from libwell.storage import files
from libwell.storage.places import is_folder, is_folder_name, is_there
from libwell.storage.seen import Noted, Seen, digest_of, settled, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from libwell.flows.formats import Content, FormatName, Rendered, SheetName
    from libwell.flows.opened import Opened
    from libwell.rules.privacy import Excerpt
    from libwell.storage.export_record import ExportRecord
    from libwell.storage.responses import ResponseFolder


@dataclass(frozen=True, slots=True)
class Form:
    """A format, and what of a response goes into a sheet."""

    format: Format
    sheet: SheetName

    def asked(self, *, private: bool) -> str:
        """What is asked for, in a word: from the same response it makes the same bytes."""
        return f"{__version__} {self.format.renderer} {self.sheet} {'private' if private else 'shared'}"

    def make(self, excerpt: Excerpt) -> Content:
        """What the format takes, made of what may be seen of a response."""
        from libwell.rules import documents, records  # heavy, and not needed where nothing has changed

        sheets = {"plan": records.plan_sheet, "answers": records.answers_sheet}
        makers: dict[str, Callable[[Excerpt], Content]] = {
            "document": documents.response_document,
            "data": records.response_data,
            "sheet": sheets[self.sheet],
        }
        return makers[self.format.takes](excerpt)

    def render(self, excerpt: Excerpt) -> Rendered:
        """What may be seen of a response, written."""
        return self.format.write(self.make(excerpt))

    @property
    def of_many(self) -> Form:
        """The same form for a response that is one of many in a file; only where the format has a part."""
        return Form(self.format._replace(renderer=self.format.part), self.sheet)

    def join(self, parts: Iterable[str]) -> Iterator[str]:
        """The pieces of one file that holds the texts of many responses."""
        from libwell.rules import records

        columns = {"plan": records.PLAN_COLUMNS, "answers": records.ANSWER_COLUMNS}
        return self.format.join(parts, columns[self.sheet])


def form(
    wanted: FormatName | None, *, output: str = "", what: SheetName | None = None, todo: bool = False
) -> Form:
    """The form `wanted`, or that `output` is named as: csv of the `plan` or `answers`, ics with `todo`.

    Raises UsageError where the name or an option does not go with the format.
    """
    name = format_for(output, wanted, FORMATS)
    if what and name != "csv":
        raise UsageError("--what goes with --format csv.", "Add that, or leave --what out.")
    if todo and name != "ics":
        raise UsageError("--todo goes with --format ics.", "Add that, or leave --todo out.")
    return Form(TASKS if todo else FORMATS[name], what or ("answers" if name == "jsonl" else "plan"))


Outcome = Literal["written", "unchanged", "failed", "removed", "kept"]
LARGEST = 1024**3
"""Bytes of an export that is read again, at most."""
UNREAD = Seen(None, b"")
"""What a file was of which nothing is kept."""


class Exported(NamedTuple):
    """A response in a format. `source` is its file, `read` what that was, `asked` what was asked for.

    `withheld` counts what was left out as private, `undated` the actions left out for want of a day.
    """

    response: str
    revision: int
    source: Path
    read: Seen
    asked: str
    rendered: Rendered
    withheld: int
    undated: int = 0


class Written(NamedTuple):
    """What became of one file: of the response `response`, or of what was named, if it can't be read."""

    response: str
    source: str
    path: Path | None
    outcome: Outcome
    withheld: int = 0
    undated: int = 0
    error: LibwellError | None = None


def destination(output: str, response: str, *, suffix: str) -> Path:
    """The file for one export: the name given, or in a folder (made if missing) one named by response id."""
    if is_folder_name(output):
        make_folder(Path(output), f"{output} ends in a slash, so it has to be a folder.")
    return file_at(output, file_name(response, suffix))


def make_folder(folder: Path, reason: str) -> None:
    """Make a folder to export to. Raises UsageError with the reason if a file is in the way."""
    if is_there(folder) and not is_folder(folder):
        raise UsageError(f"{files.one_line_name(folder)} is a file.", reason)
    files.make_private_folder(folder)


def read_chosen(one: str | Path, folder: ResponseFolder) -> Opened:
    """Read one of the responses chosen: a file, or a saved one by its name.

    Raises NotFoundError, FileRefusedError with its mistakes, LibwellError.
    """
    from libwell.flows.opened import find_response, read_response  # see `Form.make`

    if isinstance(one, Path):
        return read_response(one, may_be_pipe=True)
    return find_response(one, folder)


def export(saved: Opened, form_: Form, *, private: bool) -> Exported:
    """Export one response."""
    from libwell.rules.privacy import leaving  # see `Form.make`

    excerpt = leaving(saved.excerpt(private=private))
    return exported(saved, excerpt, form_.render(excerpt), form_, private=private)


def exported(
    saved: Opened, excerpt: Excerpt, rendered: Rendered, form_: Form, *, private: bool, read: Seen = UNREAD
) -> Exported:
    """A response as it is in a format, and the counts of what `excerpt` and the format leave out."""
    response, undated, asked = saved.response, 0, form_.asked(private=private)
    if form_.format.only_dated:
        undated = sum(action.day is None for action in excerpt.actions)
    return Exported(
        response.id, response.revision, saved.path, read, asked, rendered, excerpt.withheld, undated
    )


def write_one(
    exported: Exported,
    path: Path,
    record: ExportRecord,
    *,
    force: bool,
    write: Callable[[Path, bytes], None] = files.write_durably,
) -> tuple[Written, Noted]:
    """Write an export to a file with `write`. Gives what became of it, and what is to be noted.

    An empty file is in nobody's way: a power cut may have left it. Raises LibwellError if another one is.
    """
    data, response, revision = files.encoded(exported.rendered), exported.response, exported.revision
    found = state_of(path)
    state = settled(found)
    before = files.read_file(path, limit=LARGEST) if found is not None or is_there(path) else b""
    outcome: Outcome = "written"
    if before and before == data:
        outcome = "unchanged"
    elif force or not before or record.may_replace(path, response, revision, before):
        write(path, data)
        state = state_of(path)
    else:
        name = files.one_line_name(path)
        raise LibwellError(
            f"{name} is there already, and is not as libwell wrote it from this response.",
            "--force replaces it, or choose another name.",
            file=name,
        )
    noted = Noted(
        path,
        exported.source,
        response,
        revision,
        exported.asked,
        exported.withheld,
        exported.undated,
        written=Seen(state, digest_of(data)),
        read=exported.read,
    )
    return written(noted, outcome), noted


def another_response(source: Path, response: str) -> LibwellError:
    """Why a response is not exported beside another one with the same id."""
    return LibwellError(
        f"{files.one_line_name(source)}: there was another response with the id {response}.",
        "Name only one of them.",
    )


def written(noted: Noted, outcome: Outcome) -> Written:
    """What became of a file of which the record knows."""
    source = str(noted.source)
    return Written(noted.response, source, noted.path, outcome, noted.withheld, noted.undated)
