"""`libwell doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.printing import print_json
from libwell.cli.session import Session


def command(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Show where things lie, what is wrong with them, and how to mend it; changes nothing.

    Example:
        libwell doctor
    """
    from libwell import __version__  # noqa: PLC0415
    from libwell.flows.doctor import examine  # noqa: PLC0415

    session: Session = context.obj
    places = session.places
    found = list(examine(places, session.shelf, session.folder))
    if json:
        entries = [{"about": one.about, "message": one.message, "remedy": one.remedy} for one in found]
        folders = [{"from": origin, "path": str(path)} for path, origin in places.worksheets]
        data = {"version": __version__, "data": str(places.data), "worksheets": folders, "findings": entries}
        print_json(session.output, "doctor", data)
    else:
        lines = [f"libwell {__version__}", f"Responses: {places.responses}"]
        lines += [f"Worksheets, {origin}: {path}" for path, origin in places.worksheets]
        lines += [f"{one.about}: {one.message} {one.remedy}" for one in found]
        session.output.data("\n".join([*lines, *([] if found else ["All is well."])]) + "\n")
    raise typer.Exit(1 if found else 0)
