"""Kind `date`. Value: a TOML date, `2026-12-01`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.kinds.forms import Above, CellForm, write_on
from libwell.kinds.plain import PlainPrompt
from libwell.kinds.steps import Around, Key, Taken
from libwell.kinds.values import Problem, Value
from libwell.model.dates import say_date, say_day_read
from libwell.model.document import Block

DATE_HINT = "Such as 2026-12-01, Dec 1, next Friday, in 2 weeks."


_TOO_MUCH = {str: ", without quotes", dt.datetime: ", without a time"}


class DatePrompt(PlainPrompt):
    """A day."""

    measure = "day"
    hint = DATE_HINT
    kind: Literal["date"]
    not_before: dt.date | None = Field(default=None, description="The first day taken.")
    not_after: dt.date | None = Field(default=None, description="The last day taken.")

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        first, last = self._bounds
        if first > last:
            raise ValueError("not_before is later than not_after")
        return self

    @property
    def _bounds(self) -> tuple[dt.date, dt.date]:
        """The first and the last day taken."""
        return self.not_before or dt.date.min, self.not_after or dt.date.max

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        from libwell.model.days.asked import DayAsked  # only when somebody types a day
        from libwell.model.days.reading import read_day

        first, last = self._bounds
        asked = DayAsked(around.today, around.country, is_due=False, not_before=first, not_after=last)
        day = read_day(text, asked)
        if day is None:
            raise CannotReadError(f"A day was expected. {DATE_HINT}")
        for problem in self.problems(day, around):
            raise CannotReadError(f"{say_date(day)}: {problem.message} {problem.remedy}")
        return Taken(day, said=f"{say_day_read(day, around.today)}.")

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        first, last = self._bounds
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            too_much = _TOO_MUCH.get(type(value), "")
            yield Problem("a date was expected.", (), f"Write it as 2026-12-01{too_much}.")
        elif value < first:
            yield Problem("the day is too early.", (), f"Not before {first.isoformat()}.")
        elif value > last:
            yield Problem("the day is too late.", (), f"Not after {last.isoformat()}.")

    def brief(self, value: Value, around: Around) -> str:
        return say_date(value) if isinstance(value, dt.date) else str(value)

    @property
    def in_cell(self) -> CellForm:
        return CellForm("a date", "2026-12-01", "a date such as 2026-12-01, without quotes")

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield write_on(1)
