"""Which saved responses are meant: by worksheet, team, library, status, and the day of the last change.

It reads heads alone, so that no answer is looked at, and nothing is judged, of what is not meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.model.characters import folded
from libwell.model.nearest import did_you_mean
from libwell.storage.files import read_each
from libwell.storage.responses import head

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from libwell.storage.responses import Head


@dataclass(frozen=True, slots=True)
class Selection:
    """What a response has to be like; what is left empty narrows nothing.

    It is of one of the `worksheets`, by id; `team` and `library` are compared as folded names; `since` and
    `until` are both included. `local` gives a moment in local time, for the day of it.
    """

    local: Callable[[dt.datetime], dt.datetime]
    worksheets: tuple[str, ...] = ()
    team: str = ""
    library: str = ""
    status: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for some responses only."""
        return any((self.worksheets, self.team, self.library, self.status, self.since, self.until))

    def takes(self, one: Head) -> bool:
        """Whether a response is meant."""
        return (
            (not self.worksheets or one.worksheet in self.worksheets)
            and self.status in ("", one.status)
            and folded(self.team) in ("", folded(one.person.team))
            and folded(self.library) in ("", folded(one.person.library))
            and self._takes_day(self.local(one.updated).date())
        )

    def _takes_day(self, day: dt.date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def among(self, paths: Iterable[Path]) -> list[Path]:
        """The files of responses that are meant, in their order.

        One whose head can't be read may be meant: it is among them, so that whoever opens it tells of it.
        """
        if not self.is_narrow:
            return list(paths)
        return [path for path in paths if self.may_mean(path)]

    def may_mean(self, path: Path) -> bool:
        """Whether the response in a file is meant, or may be, as its head can't be read."""
        try:
            return self.takes(head(path))
        except LibwellError:
            return True

    def nothing_found(self, paths: Iterable[Path]) -> str:
        """Say that none of these is meant; with the nearest id where there is none of a worksheet at all."""
        known = {one.worksheet for one in read_each(head, paths)[0]}
        near = (did_you_mean(name, known) for name in self.worksheets if name not in known)
        remedy = next(filter(None, near), "`libwell responses` shows what is saved.")
        return f"No response is like that. {remedy}"
