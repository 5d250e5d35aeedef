"""`libwell blank`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from libwell.cli.common import NewFile, WorksheetName, write_new
from libwell.cli.session import Session

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    format_: Annotated[
        Literal["md", "html", "toml"] | None,
        typer.Option(
            "--format",
            help="md or html to print, toml for fill; left out: as the file is named, or md.",
        ),
    ] = None,
    output: NewFile = "-",
    facilitator: Annotated[bool, typer.Option("--facilitator", help="With how to lead it.")] = False,
) -> None:
    """Print an empty worksheet, to fill in on paper or in an editor.

    Example:
        libwell blank staff-care --output staff-care.html
    """
    from libwell.flows.formats import format_for

    session: Session = context.obj
    form = format_for(output, format_, ["md", "html", "toml"])
    text = _text(session, session.shelf.load(worksheet), form, facilitator=facilitator)
    if output == "-":
        session.output.data(text)
    else:
        write_new(session, text, output)


def _text(session: Session, worksheet: Worksheet, form: str, *, facilitator: bool) -> str:
    if form == "toml":
        from libwell.flows.blank import blank_answers

        return blank_answers(worksheet, facilitator=facilitator)
    from libwell.rules.handout import blank_document

    if any(file.is_own for _, file in session.configuration.contacts):
        session.output.message("The people you added stand at its end; think of that before you hand it on.")
    document = blank_document(worksheet, facilitator=facilitator, support=session.found_support.lines)
    if form == "html":
        from libwell.export.html import render
    else:
        from libwell.export.markdown import render
    return render(document)
