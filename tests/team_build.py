"""Shared copies, tallies and reports out of small inline TOML, for the tests of what a team's files say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from build import shared_for
from libwell.rules.sharing import as_response, asked_in, measured
from libwell.rules.team.contributions import Copy
from libwell.rules.team.report import report
from libwell.rules.team.tally import gather
from libwell.rules.team.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.model.shared import Withdrawal
    from libwell.model.worksheet import Worksheet
    from libwell.rules.team.report import PlaceReport, QuestionReport, Report, WorksheetReport


def copy_of(worksheet: Worksheet, answers: str = "", *, number: int = 0, **changes: Any) -> Copy:
    """A copy of what one person shared; `number` tells people apart."""
    shared = shared_for(worksheet, answers, number=number, **changes)
    return Copy(shared, worksheet, measured(asked_in(as_response(shared), worksheet)))


def copies_of(worksheet: Worksheet, *answers: str, first: int = 0, **changes: Any) -> list[Copy]:
    """Copies of as many people as there are answers."""
    return [copy_of(worksheet, one, number=first + n, **changes) for n, one in enumerate(answers)]


def team(name: str) -> dict[str, Any]:
    """What makes a copy one of this team."""
    return {"person": {"team": name}}


def report_of(copies: list[Copy], *, minimum: int = 5, **options: Any) -> Report:
    """A first report on these copies."""
    made, _ = report(gather(copies), told=Told(), minimum=minimum, **options)
    return made


class Facilitator:
    """Somebody who makes one report after the other, and remembers what was told."""

    def __init__(self, *, minimum: int = 5, **options: Any) -> None:
        self.minimum, self.options = minimum, options
        self.told = Told()

    def report(self, copies: Iterable[Copy | Withdrawal], **options: Any) -> Report:
        """A report on these copies, after all reports before it."""
        chosen = {"minimum": self.minimum, **self.options, **options}
        made, self.told = report(gather(copies), told=self.told, **chosen)
        return made


def about(made: Report) -> WorksheetReport:
    """The one worksheet in a report."""
    (one,) = made.worksheets
    return one


def finding(made: Report, name: str = "it") -> QuestionReport:
    """What is told of one question."""
    return next(one for one in about(made).questions if one.question.id == name)


def line(made: Report, name: str = "it", item: str = "", column: str = "") -> PlaceReport:
    """One place of an answer."""
    return next(one for one in finding(made, name).places if (one.item, one.column) == (item, column))


def counts(made: Report, name: str = "it", item: str = "", column: str = "") -> dict[str, int]:
    """How often each value was given, those that were; nothing where nothing is told."""
    place = line(made, name, item, column)
    return {value: count for group in place.groups[:1] for value, count in group.counts.items() if count}


def people(made: Report) -> int | None:
    """How many people a report speaks of."""
    return about(made).spoken_of.people


def waits(made: Report) -> bool:
    """Whether a report says that something waits."""
    return about(made).spoken_of.waits


def teams_told(made: Report, name: str = "it", item: str = "") -> list[str | None]:
    """The groups told of at one place; None is everybody."""
    return [group.team for group in line(made, name, item).groups]
