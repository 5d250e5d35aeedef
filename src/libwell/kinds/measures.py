"""How answers are measured, and where: all that reports and comparisons ask of a kind of prompt.

Where they match on a measure they end in `assert_never`, so that a new one is forgotten nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from libwell.model.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.model.base import Item

Measure = Literal["pick", "rank", "mark", "point", "amount", "day", "yes-no", "words", "cells"]
"""How answers are measured: options picked or put in order, marks on items, points of a scale, a number, a
day, yes or no, a person's own words, or the cells of a table, each as its column is."""


class Label(NamedTuple):
    """An item, row, mark, option or point of a scale, on one line in the worksheet's words.

    `offer`: whoever gives it is offered a step. `step` is the first wording of an item's or option's step.
    """

    id: str
    text: str
    offer: bool = False
    step: str = ""


class MeasuredColumn(NamedTuple):
    """A column of a table, and how its cells are measured; `low` and `high` are the ends of a scale."""

    id: str
    text: str
    kind: str
    measure: Measure | None
    values: tuple[Label, ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerPlaces:
    """Where an answer is measured, and what can be given there.

    `items` are measured one by one (none: the whole), and in a table each with each of `columns`. `values`
    are the options, marks or points there are, `low` and `high` the ends of a scale, `unit` that of an
    amount. `takes_several`: several values can be given at one place.
    """

    items: tuple[Label, ...] = ()
    values: tuple[Label, ...] = ()
    columns: tuple[MeasuredColumn, ...] = ()
    low: int | None = None
    high: int | None = None
    unit: str = ""
    takes_several: bool = False


def labels_of(things: Iterable[Item]) -> tuple[Label, ...]:
    """The labels of items, rows, marks or options."""
    return tuple(
        Label(one.id, one_line(one.text), getattr(one, "offer", False), one_line(one.suggest or one.text))
        for one in things
    )
