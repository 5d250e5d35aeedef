"""What a table has in its file: its columns, where its rows come from, and what goes between these keys.

It asks nothing and reads no line; that is `table`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import Mistake
from libwell.kinds.amounts import Ends
from libwell.kinds.base import Parts, Prompt
from libwell.kinds.columns import Column
from libwell.kinds.measures import AnswerPlaces, labels_of
from libwell.kinds.own_entries import ids_of
from libwell.kinds.steps import NEW
from libwell.kinds.totals import Total
from libwell.kinds.values import is_row_id
from libwell.model.base import Item, Many, Pick
from libwell.model.between_keys import FALSE, NONE, SOME, Schema, between, having
from libwell.model.nearest import did_you_mean, one_of

if TYPE_CHECKING:
    from libwell.kinds.linked import Linked

_FOR_NAMES = re.compile(r"\b(?:names?|who|whose|employees?|colleagues?|staff members?)\b", re.IGNORECASE)
NAME = "row"
"""The key of what an added row is called, where it stands beside rows of the worksheet."""
_PICKED_BY = ("rated_at_most", "rated_at_least", "marked")
_NO_PICKING: dict[str, Schema | bool] = {"rated_at_most": False, "rated_at_least": False, "marked": False}
_NO_COUNT: dict[str, Schema | bool] = {"min": {"maximum": 0}, "max": False}


class TableKeys(Prompt):
    """The keys of a table, and what is wrong between them."""

    model_config = between(
        if_=having("rows_from"),
        then=having(rows=NONE, **_NO_COUNT),
        else_={
            "if": having("rows", rows=SOME),
            "then": having(**_NO_COUNT, **_NO_PICKING),
            "else": having(add_rows=FALSE, **_NO_PICKING),
        },
    )

    source_key = "rows_from"
    own_key = "add_rows"
    things_under = ("columns", "rows")
    kind: Literal["table"]
    columns: Annotated[Many[Column], Field(min_length=1)] = Field(description="What is asked in each row.")
    rows: Many[Item] = Field(default=(), description="Its rows. Left out: of rows_from, or added.")
    rows_from: str | None = Field(
        default=None, description="Instead of rows: the id of a prompt above whose picks make the rows."
    )
    min: Annotated[int, Field(ge=0)] = Field(default=0, description="Add at least so many rows.")
    max: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Add at most so many rows.")
    rated_at_most: int | None = Field(
        default=None, description="With rows_from a rating: what was rated this or lower makes a row."
    )
    rated_at_least: int | None = Field(
        default=None, description="With rows_from a rating: what was rated this or higher makes a row."
    )
    marked: str | None = Field(
        default=None, description="With rows_from a checklist: what carries this mark makes a row."
    )
    add_rows: bool = Field(
        default=False, description="true: the person can add rows beside rows or rows_from."
    )
    total: Total | None = Field(default=None, description="What the numbers in a column add up to.")

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if self.rows and self.rows_from is not None:
            raise ValueError("give rows, or rows_from, or neither (the person adds rows)")
        if not self.only_added and (self.min or self.max):
            raise ValueError("min and max go with tables of which the person adds every row")
        if self.only_added and self.add_rows:
            raise ValueError("without rows and rows_from rows are added anyway: leave add_rows out")
        if self.rows_from is None and any(getattr(self, key) is not None for key in _PICKED_BY):
            raise ValueError(f"{', '.join(_PICKED_BY)} go with rows_from")
        low, high = self.rated_at_least, self.rated_at_most
        if low is not None and high is not None and low > high:
            raise ValueError("rated_at_least is greater than rated_at_most, so nothing makes a row")
        if self.add_rows and NAME in self.by_id:
            raise ValueError(f"with add_rows {NAME} is what an added row is called: rename that column")
        return self

    @property
    def only_added(self) -> bool:
        """Whether the person adds all of its rows."""
        return not self.rows and self.rows_from is None

    @cached_property
    def by_id(self) -> dict[str, Column]:
        """Its columns by their ids."""
        return {column.id: column for column in self.columns}

    @cached_property
    def has_conditions(self) -> bool:
        """Whether a cell is asked only where another one has some value."""
        return any(column.when for column in self.columns)

    @cached_property
    def naming(self) -> Column:
        """The column of which only added rows have a cell: what they are called."""
        return Column(id=NAME, ask="What is it called?", required=True)

    def columns_of(self, row: str) -> tuple[Column, ...]:
        """The columns of a row, by its id; one added beside others begins with what it is called."""
        return (self.naming, *self.columns) if self._is_named(row) else self.columns

    def _is_named(self, row: str) -> bool:
        """Whether a row is one added beside others."""
        return self.add_rows and (row == NEW or is_row_id(row))

    def column(self, row: str, name: str) -> Column | None:
        """The column of a row with this id; None where there is none."""
        return self.naming if name == NAME and self._is_named(row) else self.by_id.get(name)

    def addresses(self) -> Parts:
        columns = frozenset(self.by_id)
        named = frozenset({NAME}) if self.add_rows else frozenset()
        return Parts(columns.union(ids_of(self.rows)), columns | named)

    def counting(self, picks: Sequence[Pick]) -> tuple[Pick, ...]:
        """Those that were rated or marked as it is asked for."""
        return tuple(filter(self._is_row, picks))

    def _is_row(self, pick: Pick) -> bool:
        if self.rated_at_most is not None and (pick.point is None or pick.point > self.rated_at_most):
            return False
        if self.rated_at_least is not None and (pick.point is None or pick.point < self.rated_at_least):
            return False
        return self.marked is None or self.marked in pick.marks

    def say_total_bound(self) -> str:
        """What the numbers of the total are to add up to; empty where there is none."""
        if self.total is None:
            return ""
        column = self.by_id[self.total.column]
        return self.total.say_bound(column.ask, column.unit)

    def on_page(self) -> dict[str, Any]:
        """The columns, each with what its cells take."""
        columns = [
            column.model_dump(mode="json", by_alias=True) | column.cell.on_page() for column in self.columns
        ]
        return {"columns": columns}

    # --- mistakes

    def inner_mistakes(self, *, for_author: bool) -> Iterator[Mistake]:
        before: dict[str, Column] = {}
        seen: set[str | None] = set()
        for number, column in enumerate(self.columns):
            for one in column.condition_mistakes(before):
                yield Mistake(one.message, ("columns", number, "when", *one.path), one.remedy)
            before[column.id] = column
            if for_author and column.id == "id":
                message = "id is what libwell calls an added row by."
                yield Mistake(message, ("columns", number, "id"), "Give the column another id.")
            if column.becomes in seen:
                message = f"another column becomes {column.becomes} as well."
                yield Mistake(message, ("columns", number, "becomes"), "Leave it out of one of them.")
            seen |= {column.becomes} - {None}
        if self.total is not None:
            yield from self._total_mistakes(self.total.column)
        if for_author:
            yield from self._hints_at_people()

    def _hints_at_people(self) -> Iterator[Mistake]:
        """Hint at a column for names where rows are rated: they are things, not people."""
        is_rated = any(column.kind == "rating" for column in self.columns)
        for number, column in enumerate(self.columns if is_rated else ()):
            if column.kind == "text" and column.becomes is None and _FOR_NAMES.search(column.ask):
                message = "rows that are rated are things, and this seems to ask for people's names."
                remedy = 'Ask for a task or a place, or let who follows up become a step\'s: becomes = "who".'
                yield Mistake(message, ("columns", number, "ask"), remedy, hint=True)

    def _total_mistakes(self, name: str) -> Iterator[Mistake]:
        numbers = [column.id for column in self.columns if column.kind == "number"]
        if name not in numbers:
            remedy = did_you_mean(name, numbers) or one_of(frozenset(numbers))
            yield Mistake(
                f"there is no column of numbers {name}.",
                ("total", "column"),
                remedy if numbers else 'Give a column kind = "number".',
            )

    def source_mistakes(self, source: Linked) -> Iterator[Mistake]:
        points = source.points
        marks = frozenset(name for name, key in source.names() if key == "marks")
        bounds = [key for key in ("rated_at_most", "rated_at_least") if getattr(self, key) is not None]
        if not points:
            yield from super().source_mistakes(source)
        elif not (source.thing_ids or source.takes_own):
            yield Mistake(f"{source.id} rates one thing only.", ("rows_from",), "Name a rating with items.")
        elif not bounds:
            remedy = f"Write rated_at_most = {points[0]}, or rated_at_least, beside it."
            message = f"it is not said which ratings of {source.id} make a row."
            yield Mistake(message, ("rows_from",), remedy)
        for key in bounds:
            if not points:
                yield Mistake(
                    f"{source.id} is no rating.", (key,), "Leave it out, or take rows from a rating."
                )
            elif getattr(self, key) not in points:
                yield Mistake("this is not on the scale.", (key,), source.say_numbers())
        if self.marked is not None and self.marked not in marks:
            remedy = did_you_mean(self.marked, marks) or one_of(marks)
            what = remedy if marks else "Leave it out, or take rows from a checklist."
            yield Mistake(f"{source.id} has no mark “{self.marked}”.", ("marked",), what)

    # --- offered, counted and measured

    @property
    def can_offer(self) -> bool:
        return any(column.offer for column in self.columns)

    def ends(self, inside: str = "") -> Ends | None:
        column = self.by_id.get(inside.rpartition(".")[2])
        return column.cell.ends() if column else None

    def score_mistake(self, inside: str) -> Mistake | None:
        """Cells are named by row and column; `*` stands for every row."""
        row, _, name = inside.partition(".")
        rows = ("*", *ids_of(self.rows))
        if name not in self.by_id or row not in rows:
            remedy = f"Name a column of all rows: {self.id}.*.{self.columns[0].id}"
            return Mistake(f"{self.id} has no cells at this address.", (), remedy)
        return self.by_id[name].cell.score_mistake("")

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return self.by_id[inside.partition(".")[2]].cell.counts_for("", value)

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(labels_of(self.rows), columns=tuple(column.measured for column in self.columns))
