"""`libwell blank`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from libwell.cli.common import NewFile, WorksheetName, format_to_write, print_rendered, write_new
from libwell.cli.session import Session
from libwell.flows.formats import FORMATS

if TYPE_CHECKING:
    from libwell.flows.formats import Rendered

FormatName = Literal["md", "html", "docx", "toml"]


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    format_: Annotated[
        FormatName | None,
        typer.Option(
            "--format",
            help="md, html or docx to print, toml for fill; left out: as the file is named, or md.",
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
    form: FormatName = format_to_write(session, output, format_, get_args(FormatName))
    made = _made(session, worksheet, form, facilitator=facilitator)
    if output == "-":
        print_rendered(session.output, made)
    else:
        write_new(session, made, output)


def _made(session: Session, name: str, form: FormatName, *, facilitator: bool) -> Rendered:
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
