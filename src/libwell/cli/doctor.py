"""`libwell doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from libwell.cli.common import AsJson, print_json
from libwell.cli.session import Session
from libwell.storage.places import LIBRARY, OWN

if TYPE_CHECKING:
    from libwell.flows.doctor import Finding
    from libwell.model.verb_records import DoctorRecord
    from libwell.storage.settings import SettingsFile


def command(context: typer.Context, json: AsJson = False) -> None:
    """Show where things lie, what is wrong with them, and how to mend it.

    It changes nothing, but tries whether files can be written there.

    Example:
        libwell doctor
    """
    from libwell import __version__
    from libwell.flows.doctor import examine, examine_configuration, examine_editors
    from libwell.storage.responses import ResponseFolder
    from libwell.storage.worksheets import Shelf

    session: Session = context.obj
    places, files = session.places_as_far_as_known(), session.configuration.files
    found = list(examine_configuration(session.configuration))
    found += examine(places, Shelf(places.worksheets), ResponseFolder(places.responses))
    found += examine_editors(session.scratch_folders)
    if json:
        record: DoctorRecord = {
            "schema": "libwell.doctor/1",
            "version": __version__,
            "data": str(places.data),
            "configuration": [{"from": _whose(file), "path": str(file.path)} for file in files],
            "worksheets": [{"from": origin, "path": str(path)} for path, origin in places.worksheets],
            "findings": [{"about": one.about, "message": one.message, "remedy": one.remedy} for one in found],
        }
        print_json(session.output, record)
    else:
        lines = [f"libwell {__version__}", f"Responses: {places.responses}"]
        lines += [f"Configuration, {_whose(file)}: {file.path}" for file in files]
        lines += [f"Worksheets, {origin}: {path}" for path, origin in places.worksheets]
        lines += [line for one in found for line in _lines(one)]
        session.output.lines([*lines, *([] if found else ["All is well."])])
    raise typer.Exit(1 if found else 0)


def _whose(file: SettingsFile) -> str:
    return OWN if file.is_own else LIBRARY


def _lines(one: Finding) -> Iterator[str]:
    """What is wrong, and below it what to do; a message that names its file already does not get it twice."""
    yield one.message if one.message.startswith(one.about) else f"{one.about}: {one.message}"
    yield f"  {one.remedy}"
