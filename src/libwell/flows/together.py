"""What many people shared, brought together: files read into a tally, a plan and a report written.

A file that can't be taken is told of, and the rest goes on without it. No file is kept once it is counted.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import LibwellError
from libwell.flows.formats import FORMATS
from libwell.model.shared import Withdrawal
from libwell.rules.sharing import stand_ins
from libwell.rules.team.contributions import Copy
from libwell.rules.team.outlines import outline_of
from libwell.rules.team.people import by_worksheet
from libwell.rules.team.received import Received, not_counted
from libwell.rules.team.tally import Tally, gather
from libwell.rules.team.title_block import UNTITLED, TitleBlock
from libwell.rules.team.wishes import MOST_WISHES
from libwell.storage import files
from libwell.storage.places import SHIPPED, is_folder, shipped_worksheets
from libwell.storage.shared import read_shared
from libwell.storage.shared_folders import what_lies_in
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from libwell.flows.formats import FormatName, Rendered
    from libwell.model.document import Document
    from libwell.model.shared import Shared
    from libwell.model.verb_records import GatheredWorksheet
    from libwell.rules.team.asked_before import KeptAction
    from libwell.rules.team.kept_report import KeptReport
    from libwell.rules.team.outlines import Outline
    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.received import Why
    from libwell.rules.team.report import Earlier, Report
    from libwell.rules.team.told import Told
    from libwell.rules.team.trend import Trend
    from libwell.storage.shared_folders import Beside


class GivenFiles(NamedTuple):
    """The files to read as shared copies, by name, and what else lies in the folders that were named."""

    files: list[str]
    beside: list[tuple[str, Beside]]


def given_files(names: Iterable[str]) -> GivenFiles:
    """The files named, and those in the folders named that may be shared copies, each once.

    Names and no paths, as there may be very many.
    """
    found: dict[str, Beside | None] = {}
    for name in names:
        path = Path(name)
        if is_folder(path):
            for one in what_lies_in(path):
                found.setdefault(str(path / one.name), one.beside)
        else:
            found[str(path)] = None
    beside = [(name, what) for name, what in found.items() if what is not None]
    return GivenFiles([name for name, what in found.items() if what is None], beside)


def own_shelf() -> Shelf:
    """The worksheets that come with libwell."""
    return Shelf([(shipped_worksheets(), SHIPPED)])


@dataclass
class Reading:
    """Shared files, read one after the other.

    `on_each` is told of each file: None, or why it could not be taken. `dropped` counts what was private in
    them and left out, `failed` the files that could not be taken. `received` are those taken, by person; it
    is kept where `names_files`, as it takes some room.
    """

    shelf: Shelf
    on_each: Callable[[LibwellError | None], None]
    dropped: int = 0
    failed: int = field(default=0, init=False)
    names_files: bool = False
    received: dict[str, list[Received]] = field(default_factory=dict, init=False)

    def tally(self, paths: Iterable[Path]) -> Tally:
        """Count what is in the files."""
        return gather(self._read(paths))

    def _read(self, paths: Iterable[Path]) -> Iterator[Copy | Withdrawal]:
        for path in paths:
            try:
                found = read_shared(path, self.shelf)
            except LibwellError as error:
                self.failed += 1
                self.on_each(error)
                continue
            self.on_each(None)
            if isinstance(found, Withdrawal):
                self._receive(path, found, copy="")
                yield found
            else:
                self.dropped += found.dropped
                self._receive(path, found.shared, copy=stand_ins(found.shared)[1])
                yield Copy(found.shared, found.worksheet, found.asked)

    def _receive(self, path: Path, shared: Shared | Withdrawal, *, copy: str) -> None:
        if self.names_files:
            file = Received(files.one_line_name(path), shared.revision, copy)
            self.received.setdefault(shared.shared_id, []).append(file)

    def not_counted(self) -> list[tuple[str, Why]]:
        """Each file taken that doesn't count, as another of the same person does, and why."""
        return sorted(chain.from_iterable(map(not_counted, self.received.values())))


def make_report(
    tally: Tally,
    *,
    told: Told,
    minimum: int,
    by_team: bool = False,
    earlier: Earlier | None = None,
    head: TitleBlock = UNTITLED,
) -> tuple[Report, Told]:
    """Make a report, held against the worksheets that come with libwell.

    Returns it with everything that is told from now on.
    """
    from libwell.rules.team.report import report

    ask = partial(report, by_team=by_team, earlier=earlier, shipped=_shipped(tally), head=head)
    return ask(tally, told=told, minimum=minimum)


def _shipped(tally: Tally) -> dict[str, Outline]:
    """The outlines of the worksheets of these names that come with libwell."""
    shelf = own_shelf()
    return {name: outline_of(one) for name in tally.worksheets for one in shelf.all_with_id(name)[:1]}


def make_trend(
    rounds: Iterable[tuple[str, Tally | KeptReport]],
    *,
    told: Told,
    minimum: int,
    head: TitleBlock = UNTITLED,
    plan: Sequence[KeptAction] | None = None,
) -> tuple[Trend, Told]:
    """Make a trend of rounds in order, each with its label: copies, or a report that was kept.

    What many wished for in the first is held against the `plan`. Returns the trend with everything that is
    told from now on.
    """
    from libwell.rules.team.trend import trend

    found = [*rounds]
    shipped = [_shipped(source) for _, source in found if isinstance(source, Tally)]
    ask = partial(trend, shipped=dict(ChainMap(*shipped)), head=head, plan=plan)
    return ask(found, told=told, minimum=minimum)


def gathered(tally: Tally, told: Told) -> list[GatheredWorksheet]:
    """Count who is here, by worksheet. It tells nothing of what was answered."""
    found: list[GatheredWorksheet] = []
    for name, here in by_worksheet(tally).items():
        known = {person for one in told.of(name) for person in one.copies}
        title = min(tally.outlines[one.outline].title for one in here)
        count = sum(one.person in known for one in here)
        found.append({"worksheet": name, "title": title, "people": len(here), "told": count})
    return found


def kept_report(path: Path) -> KeptReport:
    """Read a report that was kept. Raises LibwellError if it can't be read, or is no report."""
    from libwell.rules.team.kept_report import read_kept
    from libwell.storage.team_reports import read_report

    return read_kept(read_report(path))


def earlier_report(path: Path) -> Earlier:
    """Read what an earlier report told. Raises LibwellError as `kept_report`."""
    from libwell.rules.team.kept_report import told_in

    return told_in(kept_report(path))


# --- written out ----------------------------------------------------------------------------------


def report_text(made: Report, form: FormatName, *, top: int = MOST_WISHES) -> Rendered:
    """A report in a format: md, html, docx, csv or json. Of each worksheet the `top` wishes come first."""
    from libwell.rules.team.report_data import report_data, report_sheet
    from libwell.rules.team.report_document import report_document

    document = partial(report_document, top=top)
    return FORMATS[form].write_as(made, document=document, sheet=report_sheet, data=report_data)


def trend_text(made: Trend, form: FormatName, *, top: int) -> Rendered:
    """A trend in a format: md, html, docx, csv or json; `top` places of each worksheet are drawn."""
    from libwell.rules.team.trend_data import trend_data, trend_sheet
    from libwell.rules.team.trend_document import trend_document

    document = partial(trend_document, top=top)
    return FORMATS[form].write_as(made, document=document, sheet=trend_sheet, data=trend_data)


def plan_text(made: TeamPlan, form: FormatName, document: Callable[[TeamPlan], Document]) -> Rendered:
    """A plan in a format: md, html, docx, csv, json or ics. `document` makes what is read of it."""
    from libwell.rules.team.plan_document import plan_data, plan_sheet, plan_tasks

    chosen = FORMATS[form]
    document = plan_tasks if chosen.only_dated else document
    return chosen.write_as(made, document=document, sheet=plan_sheet, data=plan_data)
