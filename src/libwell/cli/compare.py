"""`libwell compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from libwell.cli.common import AsJson, print_json, say_withheld, show_document
from libwell.cli.session import Session
from libwell.errors import UsageError
from libwell.flows.formats import FORMATS

if TYPE_CHECKING:
    from libwell.rules.comparing.responses import Comparison


def command(
    context: typer.Context,
    then: Annotated[
        str, typer.Argument(help="The earlier response: an id, its last part, or a path.", metavar="RESPONSE")
    ],
    now: Annotated[str, typer.Argument(help="The later one, such as latest.", metavar="RESPONSE")],
    format_: Annotated[Literal["md"] | None, typer.Option("--format", help="As Markdown.")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Private answers too, with --json, --format or in a pipe.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Hold two responses to one worksheet side by side: then and now, across its versions.

    What is private shows in the terminal, marked; elsewhere only with --private. What can't be compared
    is listed with the reason.

    Example:
        libwell compare k3f9 latest
    """
    from libwell.flows.comparing import compare_saved, comparison_as_data
    from libwell.flows.opened import find_response

    if json and format_:
        raise UsageError("--json and --format don't go together.", "Leave one out.")
    session: Session = context.obj
    output = session.output
    shows_private = private or (output.is_terminal and not json and format_ is None)
    both = (find_response(name, session.folder, may_be_pipe=True) for name in (then, now))
    comparison = compare_saved(*both, private=shows_private)
    if json:
        print_json(output, comparison_as_data(comparison))
    else:
        _show(session, comparison, as_markdown=format_ is not None)
    if comparison.is_backwards:
        first, second = comparison.then.response.short_id, comparison.now.response.short_id
        output.message(f"{second} is older than {first}; they stand in the order you named them.")
    say_withheld(output, comparison.withheld)


def _show(session: Session, comparison: Comparison, *, as_markdown: bool) -> None:
    from libwell.rules.comparing.side_by_side import comparison_document

    document = comparison_document(comparison)
    if as_markdown:
        session.output.data(FORMATS["md"].text(document))
    else:
        show_document(session, document)
