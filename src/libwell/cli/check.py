"""`libwell check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import AsJson, print_json
from libwell.cli.session import Session
from libwell.cli.told_failures import print_failures
from libwell.errors import FileRefusedError, Mistake
from libwell.model.characters import counted

if TYPE_CHECKING:
    from libwell.errors import LibwellError
    from libwell.flows.checking import Checked
    from libwell.model.verb_records import CheckedFile, CheckRecord
    from libwell.storage.worksheets import Shelf


def command(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, or folders of them; - reads standard input.", metavar="PATH"),
    ],
    json: AsJson = False,
) -> None:
    """Name every mistake in the files libwell reads, with file, line, key and remedy.

    Hints are advice: the file can be used as it is. Of a page that `libwell form` made it says whether it is
    still as it was made.

    Example:
        libwell check my-worksheet.toml
    """
    from libwell.flows.checking import files_in, nothing_in
    from libwell.storage.places import is_folder
    from libwell.storage.worksheets import Shelf

    session: Session = context.obj
    shelf = Shelf(session.places_as_far_as_known().worksheets)  # a broken configuration can be checked too
    found = [one for name in paths for one in _check(session, name, shelf)]
    empty = [nothing_in(path) for path in map(Path, paths) if is_folder(path) and not files_in(path)]
    if json:
        files = [*map(_entry, found), *map(_no_entry, empty)]
        record: CheckRecord = {"schema": "libwell.check/1", "files": files}
        print_json(session.output, record)
    else:
        _print(session, found)
    status = print_failures(session.output, empty, done=0)
    raise typer.Exit(status if all(one.is_sound for one in found) else FileRefusedError.status)


def _check(session: Session, name: str, shelf: Shelf) -> list[Checked]:
    from libwell.flows.checking import check, check_piped

    if name == "-":
        return [check_piped(session.standard_input, shelf=shelf, world=session.world)]
    return list(check([Path(name)], shelf=shelf, world=session.world))


def _print(session: Session, found: list[Checked]) -> None:
    for one in found:
        session.output.lines(
            f"{'hint: ' if mistake.hint else ''}{mistake.text(one.file)}" for mistake in one.mistakes
        )
    are_hints = [mistake.hint for one in found for mistake in one.mistakes]
    files = counted(len(found), "file", "files")
    mistakes = counted(are_hints.count(False), "mistake", "mistakes")
    hints = counted(are_hints.count(True), "hint", "hints")
    session.output.message(f"{files}, {mistakes}, {hints}.")


def _no_entry(error: LibwellError) -> CheckedFile:
    """A folder that holds nothing to check, among the files."""
    from libwell.flows.checking import Checked

    mistake = Mistake(error.message.removeprefix(f"{error.file}: "), remedy=error.remedy)
    return _entry(Checked(error.file, (mistake,)))


def _entry(one: Checked) -> CheckedFile:
    from libwell.model.log_records import mistake_record  # only with --json

    return {"file": one.file, "mistakes": list(map(mistake_record, one.mistakes))}
