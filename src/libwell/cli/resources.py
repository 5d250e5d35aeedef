"""`libwell resources`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from libwell.cli.common import AsJson, print_json, show_document
from libwell.cli.session import Session
from libwell.cli.told_failures import failures_data, print_failures

if TYPE_CHECKING:
    from libwell.model.export_records import ResourceRecord
    from libwell.model.verb_records import ResourcesRecord


def command(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(help="A topic, such as burnout; or a resource's id.", metavar="TOPIC"),
    ] = None,
    audience: Annotated[
        Literal["staff", "patrons", "leaders"] | None, typer.Option(help="Only what is for them.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show where to read on: courses, books, guides and helplines, all of them or on one topic.

    Example:
        libwell resources burnout
    """
    from libwell.rules.learning import choose_resources, resources_document

    session: Session = context.obj
    found = session.shelf.find_resources()
    words = " ".join(topic or [])
    chosen = choose_resources(found.resources, words, audience=audience or "")
    if json:
        entries = cast("list[ResourceRecord]", [resource.model_dump() for resource in chosen])
        record: ResourcesRecord = {
            "schema": "libwell.resources/1",
            "resources": entries,
            "failed": failures_data(found.failed),
        }
        print_json(session.output, record)
    else:
        intro = "" if words or audience else found.intro
        show_document(session, resources_document(chosen, intro))
    raise typer.Exit(print_failures(session.output, found.failed, done=len(found.resources)))
