"""`libwell blank`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from libwell.cli.session import Session
from libwell.errors import LibwellError
from libwell.flows.formats import FORMATS, format_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet


FormatName = Literal["md", "html", "toml"]


def command(
    context: typer.Context,
    worksheet: Annotated[str, typer.Argument(help="A worksheet's id, or a path.", metavar="WORKSHEET")],
    format_: Annotated[
        FormatName | None,
        typer.Option(
            "--format",
            help="md or html to print, toml for fill; left out: as the file is named, or md.",
        ),
    ] = None,
    output: Annotated[str, typer.Option(help="A file instead of standard output.", metavar="FILE|-")] = "-",
    facilitator: Annotated[bool, typer.Option("--facilitator", help="With how to lead it.")] = False,
) -> None:
    """Print an empty worksheet, to fill in on paper or in an editor.

    Example:
        libwell blank staff-care --output staff-care.html
    """
    session: Session = context.obj
    form: FormatName = format_for(output, format_, get_args(FormatName))
    found = session.shelf.load(worksheet)
    text = _text(session, found, form, facilitator=facilitator)
    if output == "-":
        session.output.data(text)
        return
    from libwell.storage.files import create_exclusively, one_line_name

    try:
        create_exclusively(Path(output), text.encode())
    except FileExistsError:
        raise LibwellError(f"{output} is there already.", "Choose another name.") from None
    session.output.message(f"{one_line_name(Path(output))}: written.")


def _text(session: Session, worksheet: Worksheet, form: FormatName, *, facilitator: bool) -> str:
    if form == "toml":
        from libwell.flows.blank import blank_answers

        return blank_answers(worksheet, facilitator=facilitator)
    from libwell.rules.handout import blank_document

    if any(file.is_own for _, file in session.configuration.contacts):
        session.output.message("The people you added stand at its end; think of that before you hand it on.")
    document = blank_document(worksheet, facilitator=facilitator, support=session.support())
    return FORMATS[form].write(document)
