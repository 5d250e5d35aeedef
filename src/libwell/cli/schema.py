"""`libwell schema`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from libwell.cli.session import Session

SchemaName = Literal[
    "worksheet",
    "answers",
    "export",
    "report",
    "exports",
    "list",
    "show",
    "responses",
    "view",
    "actions",
    "compare",
    "comparisons",
    "resources",
    "check",
    "doctor",
    "team-plan",
    "team-status",
    "team-told",
    "team-trend",
    "log",
    "fill-log",
    "error",
]


def command(
    context: typer.Context,
    schema: Annotated[
        SchemaName,
        typer.Argument(help="Which kind of file you write, or what you read.", metavar="NAME"),
    ] = "worksheet",
) -> None:
    """Print a JSON Schema, so that your editor completes keys and marks mistakes while you write.

    Save it beside your files, and name it in their first line:
        #:schema worksheet.schema.json

    Of files that you write: worksheet, answers. For programs that read: export (what `export --format json`
    prints), exports (many in one), report and team-plan (as JSON), log and fill-log (a line of `--log
    jsonl`), error (where nothing could be done), and what a verb prints with `--json`: list, show, responses,
    view, actions, compare, comparisons, resources, check, doctor, team-status, team-told, team-trend.

    Example:
        libwell schema > worksheet.schema.json
    """
    from libwell.rules.schemas import schema_text

    session: Session = context.obj
    session.output.data(schema_text(schema))
