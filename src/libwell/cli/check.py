"""`libwell check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from libwell.cli.printing import print_json
from libwell.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.flows.checking import Checked

REFUSED = 4


def command(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of them.", metavar="PATH")],
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Name every mistake in the files libwell reads, with file, line, key and remedy.

    Hints are advice: the file can be used as it is.

    Example:
        libwell check my-worksheet.toml
    """
    from libwell.flows.checking import check
    from libwell.storage.worksheets import Shelf

    session: Session = context.obj
    shelf = Shelf(session.places_as_far_as_known().worksheets)  # a broken configuration can be checked too
    found = list(check(paths, shelf=shelf, world=session.world))
    if json:
        print_json(session.output, "check", {"files": [_entry(one) for one in found]})
    else:
        _print(session, found)
    raise typer.Exit(0 if all(one.is_sound for one in found) else REFUSED)


def _print(session: Session, found: list[Checked]) -> None:
    for one in found:
        session.output.lines(
            f"{'hint: ' if mistake.hint else ''}{mistake.text(one.file)}" for mistake in one.mistakes
        )
    mistakes = sum(not mistake.hint for one in found for mistake in one.mistakes)
    hints = sum(mistake.hint for one in found for mistake in one.mistakes)
    session.output.message(
        f"{_count(len(found), 'file')}, {_count(mistakes, 'mistake')}, {_count(hints, 'hint')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _entry(one: Checked) -> dict[str, object]:
    return {
        "file": one.file,
        "mistakes": [
            {"line": m.line or None, "key": m.key, "message": m.message, "remedy": m.remedy, "hint": m.hint}
            for m in one.mistakes
        ],
    }
