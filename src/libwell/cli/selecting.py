"""The options that say which responses are meant, the same for every verb; days in options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from libwell.errors import CannotReadError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from libwell.cli.session import Session
    from libwell.flows.selecting import Selection
    from libwell.model.days.asked import DayAsked

OfWorksheets = Annotated[
    list[str] | None,
    typer.Option("--worksheet", help="Only of this worksheet; may be repeated.", metavar="WORKSHEET"),
]
OfTeam = Annotated[str | None, typer.Option("--team", help="Only of this team.", metavar="TEXT")]
OfLibrary = Annotated[str | None, typer.Option("--library", help="Only of this library.", metavar="TEXT")]
Status = Literal["draft", "complete"]
OfStatus = Annotated[Status | None, typer.Option("--status", help="Only of this status.")]
Since = Annotated[str | None, typer.Option(help="Only changed on this day or later.", metavar="WHEN")]
Until = Annotated[str | None, typer.Option(help="Only changed on this day or earlier.", metavar="WHEN")]


class Selecting(NamedTuple):
    """These options, as they were given."""

    worksheets: Sequence[str] | None
    team: str | None
    library: str | None
    status: Status | None
    since: str | None
    until: str | None

    def read(self, session: Session) -> Selection:
        """What they ask for; days are said back. Raises UsageError for what is empty, or is no day."""
        from libwell.flows.selecting import Selection

        since = _past_day("--since", self.since, session)
        until = _past_day("--until", self.until, session)
        if since and until and since > until:
            remedy = "Change one of them, or leave one out."
            raise UsageError("--since names a later day than --until.", remedy)
        return Selection(
            session.world.local,
            tuple(_name("--worksheet", name) for name in self.worksheets or ()),
            _name("--team", self.team),
            _name("--library", self.library),
            self.status or "",
            since,
            until,
        )


def selected(session: Session, selection: Selection) -> list[Path]:
    """The files of the saved responses that are meant; says so where none of them is."""
    saved = session.folder.paths()
    paths = selection.among(saved)
    if not saved:
        session.output.message("Nothing is saved yet. `libwell start WORKSHEET` begins.")
    elif not paths:
        session.output.message(selection.nothing_found(saved))
    return paths


def _name(option: str, text: str | None) -> str:
    """A name as it was given. Raises UsageError where it is empty: everything is not what was meant."""
    if text is not None and not text.strip():
        raise UsageError(f"The name given for {option} is empty.", "Perhaps a variable is not set.")
    return text or ""


def _past_day(option: str, text: str | None, session: Session) -> dt.date | None:
    """The day of a change, said back; `Dec 1` is the last one there was."""
    if text is None:
        return None
    from libwell.model.dates import say_date
    from libwell.model.days.asked import DayAsked

    today = session.world.today
    asked = DayAsked(today, session.world.country, is_due=False, not_after=today)
    day = read_day_option(option, text, asked)
    session.output.message(f"Changed {option.removeprefix('--')} {say_date(day)}.")
    return day


def read_day_option(option: str, text: str, asked: DayAsked) -> dt.date:
    """The day that an option names. Raises UsageError if it is none, or not clear."""
    from libwell.model.days.reading import read_day

    try:
        day = read_day(text, asked)
    except CannotReadError as error:
        raise UsageError(f"{option}: {error}") from None
    if day is None:
        example = "next Friday or in 2 weeks" if asked.is_due else "last Friday or 2 weeks ago"
        raise UsageError(f"{option} takes a day.", f"Such as 2026-12-01, Dec 1, {example}.")
    return day
