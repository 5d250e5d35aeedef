"""`libwell form`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.common import WorksheetName, print_rendered, write_new
from libwell.cli.session import Session
from libwell.errors import UsageError

_HAND_ON = (
    "Hand it on in a shared folder, on the intranet or on a stick. Mail often drops .html: zip it first."
)
_FOR_TEAM = (
    "Each opens it in a browser, answers, and saves a copy for the team: `libwell team status` counts those."
)
_ALONE = "All of it is private: each opens it in a browser and answers, and nothing comes back to you."


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    output: Annotated[
        str,
        typer.Option(
            help="Where to write it: a file that ends in .html, or a folder. Needed.", metavar="FILE|DIR|-"
        ),
    ] = "",
    team: Annotated[
        str | None, typer.Option(help="The team that stands in it already.", metavar="TEXT")
    ] = None,
    library: Annotated[
        str | None, typer.Option(help="The library that stands in it already.", metavar="TEXT")
    ] = None,
    quiet_name: Annotated[
        bool, typer.Option("--quiet-name", help="Its title in a browser does not say what it is about.")
    ] = False,
) -> None:
    """Write a worksheet as one page that anybody answers in a browser: nothing installed, nothing sent.

    Team and library that are not given here are taken from your settings; your name is not.

    Example:
        libwell form staff-care --output staff-care.html
    """
    from libwell.flows.form import form_page
    from libwell.flows.formats import file_name
    from libwell.rules.privacy import is_all_private

    session: Session = context.obj
    found = session.shelf.load(worksheet)
    path = _path(output, "worksheet.html" if quiet_name else file_name(found.id, ".html"))
    if any(file.is_own for _, file in session.configuration.contacts):
        session.output.message("The people you added stand in it; think of that before you hand it on.")
    usual = session.configuration.text
    page = form_page(
        found,
        support=session.found_support.lines,
        team=usual("team") if team is None else team,
        library=usual("library") if library is None else library,
        quiet=quiet_name,
    )
    if path == "-":
        print_rendered(session.output, page)
        return
    write_new(session, page, path, private=False)
    session.output.message(_HAND_ON)
    session.output.message(_ALONE if is_all_private(found) else _FOR_TEAM)


def _path(output: str, name: str) -> str:
    """Where to write the page that is called `name` in a folder; `-` stays. Raises UsageError."""
    from libwell.flows.formats import named_file_at

    if not output:
        raise UsageError(
            "--output is missing: where to write the page.", f"Write --output {name}, or name a folder."
        )
    return output if output == "-" else str(named_file_at(output, name, what="A page for a browser"))
