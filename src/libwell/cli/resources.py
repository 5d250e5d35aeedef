"""`libwell resources`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from libwell.cli.printing import print_failures, print_json
from libwell.cli.session import Session


class For(StrEnum):
    """Whom a resource can be for."""

    staff = "staff"
    patrons = "patrons"
    leaders = "leaders"


def command(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(help="A topic, such as burnout; or a resource's id.", metavar="TOPIC"),
    ] = None,
    audience: Annotated[For | None, typer.Option(help="Only what is for them.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Show where to read on: courses, books, guides and helplines, all of them or on one topic.

    Example:
        libwell resources burnout
    """
    from libwell.rules.learning import choose_resources, resources_document

    session: Session = context.obj
    found = session.shelf.find_resources()
    words = " ".join(topic or [])
    chosen = choose_resources(found.resources, words, audience=audience.value if audience else "")
    if json:
        entries = [resource.model_dump(mode="json") for resource in chosen]
        print_json(session.output, "resources", {"resources": entries})
    else:
        from libwell.terminal.blocks import render
        from libwell.terminal.pager import page

        intro = "" if words or audience else found.intro
        page(render(resources_document(chosen, intro)), session.output, session.environ)
    raise typer.Exit(print_failures(session.output, list(found.failed)))
