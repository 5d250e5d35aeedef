"""`libwell show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from libwell.cli.common import AsJson, WorksheetName, print_json, show_document
from libwell.cli.session import Session

if TYPE_CHECKING:
    from libwell.model.verb_records import ShowRecord


def command(
    context: typer.Context,
    worksheet: WorksheetName,
    facilitator: Annotated[bool, typer.Option("--facilitator", help="Also how to lead it.")] = False,
    json: AsJson = False,
) -> None:
    """Show what a worksheet will ask, what stays private, and its sources.

    Example:
        libwell show staff-care
    """
    from libwell.rules.documents import worksheet_document
    from libwell.rules.privacy import private_prompts

    session: Session = context.obj
    found = session.shelf.load(worksheet)
    if json:
        private = private_prompts(found)
        left_out = set() if facilitator else {"facilitator"}
        record: ShowRecord = {
            "schema": "libwell.show/1",
            "worksheet": found.model_dump(
                mode="json", by_alias=True, exclude=left_out, exclude_defaults=True
            ),
            "prompts": [
                {
                    "id": prompt.id,
                    "title": prompt.ask,
                    "kind": prompt.kind,
                    "section": section.id,
                    "private": prompt.id in private,
                }
                for section, prompt in found.prompts()
            ],
        }
        print_json(session.output, record)
    else:
        show_document(session, worksheet_document(found, facilitator=facilitator))
