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
    later: Annotated[
        list[str] | None,
        typer.Argument(help="More, each later than the one before.", metavar="RESPONSE"),
    ] = None,
    format_: Annotated[Literal["md"] | None, typer.Option("--format", help="As Markdown.")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Private answers too, with --json, --format or in a pipe.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Hold two responses to one worksheet side by side: then and now, across its versions.

    More than two are held each against the one before, and their numbers stand in one table.

    What is private shows in the terminal, marked; elsewhere only with --private. What can't be compared
    is listed with the reason.

    Example:
        libwell compare k3f9 latest
    """
    from libwell.flows.comparing import compare_saved, comparison_as_data, comparisons_as_data
    from libwell.flows.opened import find_response
    from libwell.rules.comparing.over_time import excerpts

    if json and format_:
        raise UsageError("--json and --format don't go together.", "Leave one out.")
    session: Session = context.obj
    output = session.output
    shows_private = private or (output.is_terminal and not json and format_ is None)
    names = [then, now, *(later or ())]
    opened = [find_response(name, session.folder, may_be_pipe=True) for name in names]
    found = compare_saved(*opened, private=shows_private)
    if json and later:
        print_json(output, comparisons_as_data(found))
    elif json:
        print_json(output, comparison_as_data(found[0]))
    else:
        _show(session, found, as_markdown=format_ is not None)
    for one in found:
        if one.is_backwards:
            first, second = one.then.response.short_id, one.now.response.short_id
            output.message(f"{second} is older than {first}; they stand in the order you named them.")
    say_withheld(output, sum(one.withheld for one in excerpts(found)))


def _show(session: Session, found: list[Comparison], *, as_markdown: bool) -> None:
    from libwell.rules.comparing.over_time import over_time_document
    from libwell.rules.comparing.side_by_side import comparison_document

    document = comparison_document(found[0]) if len(found) == 1 else over_time_document(found)
    if as_markdown:
        session.output.data(FORMATS["md"].text(document))
    else:
        show_document(session, document)
