"""`libwell share` of many responses: one preview, one yes, one file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from libwell.cli.common import done_all_the_same
from libwell.cli.selecting import selected
from libwell.cli.told_failures import telling_failures
from libwell.errors import LibwellError, UsageError
from libwell.flows.formats import looks_like_file
from libwell.model.characters import counted
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from libwell.cli.session import Session
    from libwell.flows.selecting import Selection
    from libwell.flows.sharing_all import SharingOfMany
    from libwell.rules.sharing import Wish


def share_all(session: Session, selection: Selection, output: str, wish: Wish | None, *, yes: bool) -> None:
    """Write a copy of each response that is meant, and leave by the exit status of that.

    Raises UsageError for what is no folder, and LibwellError if the person declines.
    """
    from libwell.flows.sharing_all import plan_sharing, write_all

    if output == "-" or looks_like_file(output):
        raise UsageError("Several copies need a folder to go to.", "Name one: --output DIR/")
    folder = f"{output.rstrip('/')}/" if output.strip("/") else output
    sharing = plan_sharing(selected(session, selection), folder, wish, world=session.world)
    written: list[Path] = []
    with telling_failures(lambda line: session.output.message(line, style="error")) as told:
        for error in sharing.failed:
            told.tell(error)
        _see_agreed(session, sharing, folder, yes=yes)
        for one in write_all(sharing, folder, folder=session.folder, world=session.world):
            if isinstance(one, LibwellError):
                told.tell(one)
            else:
                written.append(one.path)
    _say_written(session, written, is_back=wish is None)
    raise typer.Exit(told.status(done=len(written)))


def _see_agreed(session: Session, sharing: SharingOfMany, folder: str, *, yes: bool) -> None:
    """Show what would be written, where there is a screen of the person's own, and ask once.

    Raises LibwellError if they decline.
    """
    from libwell.flows.sharing import DECLINED
    from libwell.flows.sharing_all import sharing_document
    from libwell.terminal.blocks import render

    with telling_failures(session.output.message) as told:
        for name, why in sharing.skipped:
            told.tell_of(name, why)
        if not session.output.is_terminal:  # there the preview says so
            for saved, _ in sharing.planned:
                if saved.response.status == "draft":
                    told.tell_of(saved.response.id, "not finished; what is there now leaves.")
    if not sharing.planned:
        return
    if session.output.is_terminal:
        document = sharing_document(sharing, session.world)
        session.output.data(session.output.wrapped(render(document)))
    where = folder or "this folder"
    files = counted(len(sharing.planned), "file", "files")
    question = f"Write {files} to {where}? Type yes to write; anything else writes nothing."
    if not (yes or session.confirms("yes", "", question)):
        raise LibwellError(DECLINED)


def _say_written(session: Session, written: Sequence[Path], *, is_back: bool) -> None:
    """Say how many there are and what comes next; in a pipe, the paths are the data."""
    if not written:
        session.output.message("Nothing was written.")
        return
    done = f"Written: {counted(len(written), 'file', 'files')}. Nothing was sent."
    if session.output.is_terminal:
        session.output.lines([one_line_name(path) for path in written])
    else:
        with done_all_the_same(session.output, done):
            session.output.lines([str(path) for path in written])
    session.output.message(done)
    whom = "has your copies" if is_back else "brings your team's answers together"
    session.output.message(f"Send {'it' if len(written) == 1 else 'them'} to whoever {whom}.")
