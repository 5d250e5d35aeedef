"""`libwell schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.session import Session
from libwell.errors import UsageError


def command(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            help="Which kind of file you write, or read.", metavar="worksheet|answers|export|report"
        ),
    ] = "worksheet",
) -> None:
    """Print a JSON Schema, so that your editor completes keys and marks mistakes while you write.

    Save it beside your files, and name it in their first line:
        #:schema worksheet.schema.json

    The one of an export is for programs that read `export --format json` or `view --json`, the one of a
    report for those that read `team report --format json`.

    Example:
        libwell schema > worksheet.schema.json
    """
    from libwell.rules.schemas import SCHEMAS, schema_text

    session: Session = context.obj
    if kind not in SCHEMAS:
        raise UsageError(f"There is no schema of {kind}.", f"One of: {', '.join(SCHEMAS)}.")
    session.output.data(schema_text(kind))
