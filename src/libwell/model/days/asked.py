"""What a day is typed for, and which of several days is meant then. It must not know any grammar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayAsked:
    """What a day is typed for, where and when.

    `today` is the local day, `country` the configured one (two letters; empty: none). What `is_due` by a day
    lies ahead; any other day lies anywhere from `not_before` to `not_after`.
    """

    today: dt.date
    country: str = ""
    is_due: bool = True
    not_before: dt.date = dt.date.min
    not_after: dt.date = dt.date.max

    @property
    def center(self) -> dt.date:
        """The day around which to look: today, or the bound nearest to it."""
        return min(max(self.today, self.not_before), self.not_after)

    def choose(self, days: Iterable[dt.date]) -> dt.date | None:
        """Say which of several days is meant; None if none can be.

        Of what is due it is the first from today on; else the nearest within the bounds, or to them.
        """
        if self.is_due:
            return min((day for day in days if day >= self.today), default=None)
        return min(days, key=self._unlikeliness, default=None)

    def _unlikeliness(self, day: dt.date) -> tuple[bool, dt.timedelta, dt.date]:
        is_inside = self.not_before <= day <= self.not_after
        return not is_inside, abs(day - self.center), day
