"""`libwell team trend`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from libwell.cli.common import NewFile, format_to_write
from libwell.cli.team_copies import (
    Date,
    FormOfReport,
    MinGroup,
    OnlyWorksheet,
    ReportFormat,
    Title,
    ask_before_telling,
    copies_in,
    memory_of,
    minimum_of,
    see_shared,
    show_made,
    title_block,
    write_made,
)
from libwell.cli.team_files import say_doubts
from libwell.errors import NotFoundError, UsageError
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.cli.session import Session
    from libwell.rules.team.kept_report import KeptReport
    from libwell.rules.team.tally import Tally

_ROUND = "Folders of copies, or reports kept with --format json; the oldest first."
Rounds = Annotated[list[str], typer.Argument(help=_ROUND, metavar="ROUND")]
Labels = Annotated[
    list[str] | None,
    typer.Option(help="What a round is called, for each in order; left out: its name.", metavar="TEXT"),
]
Kept = Annotated[
    str, typer.Option(help="A kept plan: what became of the wishes of the first round.", metavar="NAME")
]


def command(
    context: typer.Context,
    rounds: Rounds,
    label: Labels = None,
    format_: FormOfReport = None,
    output: NewFile = "-",
    top: Annotated[int, typer.Option(help="How many places are drawn.", metavar="N", min=0)] = 5,
    min_group: MinGroup = "",
    title: Title = "",
    date: Date = "",
    kept: Kept = "",
    worksheet: OnlyWorksheet = "",
) -> None:
    """Show what moved from round to round, most changed first.

    A round is told of where twice as many people are as a report needs, so ten or more: two small rounds side
    by side show what newcomers said. A report that was kept is told as it was.

    With --kept it ends with what many asked for in the first round, and what became of it in the plan that
    `team plan --keep` made.

    Example:
        libwell team trend spring.json autumn --label Spring --label Autumn
    """
    from libwell.flows import together
    from libwell.flows.kept_plans import kept_actions
    from libwell.rules.team.rounds import fewest_in_round
    from libwell.rules.team.trend_document import trend_document

    session: Session = context.obj
    form: ReportFormat = format_to_write(session, output, format_, get_args(ReportFormat))
    labels = _labels(rounds, label or [])
    minimum = minimum_of(session, min_group)
    plan = kept_actions(kept, session.folder) if kept else None
    sources, status = _read(session, rounds, worksheet)
    tallies = [one for one in sources if not isinstance(one, dict)]
    fewest = fewest_in_round(minimum)
    ask_before_telling(session, tallies, output, minimum=minimum, status=status, fewest=fewest)
    found, head = [*zip(labels, sources, strict=True)], title_block(title, date)
    made = memory_of(session).change(
        lambda told: together.make_trend(found, told=told, minimum=minimum, head=head, plan=plan)
    )
    if format_ is None and output == "-":
        show_made(session, trend_document(made, top=top))
    else:
        write_made(session, together.trend_text(made, form, top=top), output)
    raise typer.Exit(status)


def _labels(rounds: Sequence[str], given: Sequence[str]) -> list[str]:
    """What each round is called: as it is given, or its folder's or file's name.

    Raises UsageError for one round, for more or fewer labels than rounds, and for two that are the same.
    """
    from libwell.model.characters import one_line

    if len(rounds) < 2:
        raise UsageError("A trend takes two rounds or more.", "Name the folder of each, the oldest first.")
    if given and len(given) != len(rounds):
        raise UsageError(
            f"--label was given {len(given)} times, for {len(rounds)} rounds.", "Give one for each, in order."
        )
    names = (Path(name) for name in rounds)
    found = [one_line(one) for one in given] or [name.stem if _is_kept(name) else name.name for name in names]
    if "" in found or len({*found}) < len(found):
        raise UsageError("Each round needs a name of its own.", "Write --label TEXT for each, in order.")
    return found


def _is_kept(path: Path) -> bool:
    """Whether a round is a report that was kept, and no copies."""
    return path.suffix.lower() == ".json"


def _read(session: Session, rounds: Sequence[str], worksheet: str) -> tuple[list[Tally | KeptReport], int]:
    """What each round is made of (of one worksheet, or of all where it is empty), and the exit status."""
    from libwell.flows.together import kept_report
    from libwell.rules.team.doubts import ROUNDS, shares_copies

    found: list[Tally | KeptReport] = []
    names: set[str] = set()
    status = 0
    for name in rounds:
        if _is_kept(Path(name)):
            kept = kept_report(Path(name))
            names |= {one["id"] for one in kept["worksheets"]}
            here = [one for one in kept["worksheets"] if worksheet in ("", one["id"])]
            found.append({**kept, "worksheets": here})
            continue
        copies = copies_in(session, [name])
        tally = copies.tally
        say_doubts(session.output, tally, expected=None, teams=False)
        if not tally.outlines:
            raise NotFoundError(f"There are no copies in {name}.", "Name the folder that they are in.")
        if shares_copies(tally, (one for one in found if not isinstance(one, dict))):
            line = f"Some copies in {one_line_name(Path(name))} lie in an earlier round, too: {ROUNDS}"
            session.output.message(line, style="warning")
        names |= tally.worksheets
        found.append(tally.only(worksheet) if worksheet else tally)
        status = max(status, copies.status)
    if worksheet:
        see_shared(worksheet, names)
    return found, status
