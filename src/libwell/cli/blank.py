"""`libwell blank`."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, WorksheetName, write_new
from libwell.cli.session import Session
from libwell.flows.formats import FORMATS, format_for

FormatName = Literal["md", "html", "toml"]


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    format_: Annotated[
        FormatName | None,
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
    session: Session = context.obj
    form: FormatName = format_for(output, format_, get_args(FormatName))
    text = _text(session, worksheet, form, facilitator=facilitator)
    if output == "-":
        session.output.data(text)
    else:
        write_new(session, text, output)


def _text(session: Session, name: str, form: FormatName, *, facilitator: bool) -> str:
    worksheet = session.shelf.load(name)
    if form == "toml":
        from libwell.flows.blank import blank_answers
        from libwell.storage.worksheets import is_path

        return blank_answers(worksheet, file=name if is_path(name) else "", facilitator=facilitator)
    from libwell.rules.paper import blank_document

    if any(file.is_own for _, file in session.configuration.contacts):
        session.output.message("The people you added stand at its end; think of that before you hand it on.")
    document = blank_document(worksheet, facilitator=facilitator, support=session.found_support.lines)
    return FORMATS[form].write(document)
