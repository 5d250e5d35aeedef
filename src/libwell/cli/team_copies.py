"""What the verbs of a team share: the copies they are given, the memory of what was told, what they write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from libwell.cli.common import (
    done_all_the_same,
    print_rendered,
    say_count,
    show_document,
    there_already,
    write_new,
)
from libwell.cli.team_files import say_beside, say_doubts, say_not_counted
from libwell.cli.told_failures import telling_failures
from libwell.errors import LibwellError, NotFoundError, UsageError
from libwell.model.nearest import did_you_mean
from libwell.storage.places import is_link, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.cli.session import Session
    from libwell.flows.formats import Rendered
    from libwell.model.document import Document
    from libwell.rules.team.received import Why
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.title_block import TitleBlock
    from libwell.storage.shared_folders import Beside
    from libwell.storage.team_reports import ToldMemory

Paths = Annotated[list[str], typer.Argument(help="Shared files, and folders of them.", metavar="PATH")]
PathsOrNone = Annotated[
    list[str] | None, typer.Argument(help="Shared files, and folders of them.", metavar="PATH")
]
ReportFormat = Literal["md", "html", "docx", "json", "csv"]
FormOfReport = Annotated[
    ReportFormat | None,
    typer.Option("--format", help="The format; left out: as the file is named, or to read here."),
]
Title = Annotated[str, typer.Option(help="A title of your own.", metavar="TEXT")]
Date = Annotated[str, typer.Option(help="The day that stands at the head, in your words.", metavar="TEXT")]
Expected = Annotated[
    int | None, typer.Option(help="How many people you asked: 9 then reads 9 of 14.", metavar="N", min=1)
]
MinGroup = Annotated[
    str, typer.Option(help="How many people it takes to tell of them; 5, never under 3.", metavar="N")
]
OnlyWorksheet = Annotated[
    str, typer.Option("--worksheet", help="Only copies of this one.", metavar="WORKSHEET")
]
Top = Annotated[
    int, typer.Option(help="How many wishes stand first; the others follow at the end.", metavar="N", min=0)
]
REMEMBERED = "It was not printed; what it tells counts as told all the same. Ask again to see it."


def title_block(title: str, date: str, expected: int | None = None) -> TitleBlock:
    """The title block that was asked for; blanks alone count as nothing."""
    from libwell.rules.team.title_block import TitleBlock

    return TitleBlock(title.strip(), date.strip(), expected)


def to_tell(
    session: Session,
    paths: list[str],
    output: str,
    *,
    worksheet: str,
    expected: int | None,
    minimum: int | None = None,
    by_team: bool = True,
) -> tuple[Tally, int]:
    """What is to be told of (of one worksheet, or of all where it is empty), and the exit status.

    What looks odd is said: twice as many people as were `expected`, with `by_team` names that look alike.
    Raises LibwellError if `output` is there already, or if nothing was shared of the worksheet.
    Raises typer.Exit as `ask_before_telling`.
    """
    copies = copies_in(session, paths)
    tally = copies.tally
    if worksheet:
        see_shared(worksheet, tally.worksheets)
        tally = tally.only(worksheet)
    say_doubts(session.output, tally, expected=expected, teams=by_team)
    ask_before_telling(session, [tally], output, minimum=minimum, status=copies.status)
    return tally, copies.status


def ask_before_telling(
    session: Session,
    tallies: Iterable[Tally],
    output: str,
    *,
    minimum: int | None,
    status: int,
    fewest: int = 0,
) -> None:
    """Ask whether to wait, before a worksheet is told of for the first time that enough people shared.

    It takes `minimum` people to tell of them, and here `fewest` where that is more. Raises typer.Exit with
    the `status` where nothing is told then, and LibwellError if `output` is there already.
    """
    from libwell.flows.together import gathered
    from libwell.rules.team.told import DEFAULT_MINIMUM

    minimum = minimum or DEFAULT_MINIMUM
    if output != "-" and (is_there(Path(output)) or is_link(Path(output))):
        raise there_already(output)
    if not session.can_ask:
        return
    told = memory_of(session).read()
    found = [one for tally in tallies for one in gathered(tally, told) if not one["told"]]
    enough = [one for one in found if one["people"] >= max(minimum, fewest)]
    here = [f"{one['people']} copies of “{one['title']}” are here." for one in enough]
    later = f"later ones are told only {minimum} or more together. Tell now, or wait?"
    question = "Type tell to tell now; anything else waits."
    if here and not session.confirms("tell", *here, f"What is told now is told for good; {later}", question):
        session.output.message(
            "Nothing was told. `libwell team status` counts who is here, and tells nothing."
        )
        raise typer.Exit(status)


def see_shared(worksheet: str, known: set[str]) -> None:
    """Raise NotFoundError unless the worksheet is one of the `known`, of which there are copies."""
    if worksheet not in known:
        near = did_you_mean(worksheet, known)
        remedy = near or "`libwell team status` lists the worksheets that were shared."
        raise NotFoundError(f"There is no copy of {worksheet} here.", remedy)


def minimum_of(session: Session, word: str) -> int:
    """How many people it takes; what is no such number means the default, and that is said."""
    from libwell.rules.team.told import DEFAULT_MINIMUM, LOWEST_MINIMUM, minimum_from

    found = minimum_from(word) if word else DEFAULT_MINIMUM
    if found is None:
        session.output.message(
            f"--min-group takes a whole number from {LOWEST_MINIMUM} on; it is {DEFAULT_MINIMUM} this time.",
            style="warning",
        )
    return found or DEFAULT_MINIMUM


def memory_of(session: Session) -> ToldMemory:
    """The memory of what was told."""
    from libwell.storage.team_reports import ToldMemory

    return ToldMemory(session.places.told, call=session.world.call, patience=session.short_patience)


class GivenCopies(NamedTuple):
    """Copies that were given: their tally, what could not be read, and other files that are not counted."""

    tally: Tally
    status: int
    failed: list[LibwellError]
    not_counted: list[tuple[str, Why | Beside]]


def copies_in(session: Session, names: list[str]) -> GivenCopies:
    """Read everything named, and say what is not counted. `status` is the exit status it makes."""
    from libwell.flows.together import Reading, given_files
    from libwell.terminal.progress import progress

    if not names:
        raise UsageError("No PATH is named.", "Name the folder of shared files, such as shared.")
    found, beside = given_files(names)
    say_beside(session.output, beside)
    if not found:
        raise UsageError("There are no shared files there.", "`libwell share` makes them.")
    failed: list[LibwellError] = []
    with (
        progress(session.output, "Reading", len(found), aloud=session.aloud) as shown,
        telling_failures(lambda line: shown.message(line, style="error")) as told,
    ):

        def on_each(error: LibwellError | None) -> None:
            shown.advance()
            if error is not None:
                told.tell(error)
                failed.append(error)

        reading = Reading(session.shelf, on_each, names_files=True)
        tally = reading.tally(map(Path, found))
    not_counted = reading.not_counted()
    say_not_counted(session.output, not_counted)
    if reading.dropped:
        private = f"Private answers or steps stood in these files: {reading.dropped}."
        session.output.message(f"{private} They were left out.", style="warning")
    left_out = f"left out of {len(found)}."
    say_count(session.output, len(failed), ("file was", "files were"), left_out, style="error")
    status = told.status(done=len(found) - len(failed))
    return GivenCopies(tally, status, failed, [*not_counted, *beside])


def show_made(session: Session, document: Document) -> None:
    """Show what was made, to be read here."""
    with done_all_the_same(session.output, REMEMBERED):
        show_document(session, document)


def write_made(session: Session, rendered: Rendered, output: str) -> None:
    """Write to standard output, or to a new file."""
    if output == "-":
        with done_all_the_same(session.output, REMEMBERED):
            print_rendered(session.output, rendered)
    else:
        write_new(session, rendered, output)
