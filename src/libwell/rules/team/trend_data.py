"""A trend as plain data, for programs and for a spreadsheet. Only what it tells goes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.numbers import as_data, rounded
from libwell.model.sheet import Sheet
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.report_data import told_record
from libwell.rules.team.rounds import NOT_SHARED
from libwell.rules.team.wishes import wish_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model import trend_records as shapes
    from libwell.model.sheet import Cell
    from libwell.rules.team.asked_before import AskedBefore
    from libwell.rules.team.counting import Where
    from libwell.rules.team.rounds import RoundPlace
    from libwell.rules.team.trend import Move, NotTrended, PlaceTrend, Trend, WorksheetTrend

    _Row = tuple[Cell, ...]

COLUMNS = (
    *("worksheet", "title", "prompt", "question", "item", "item_text", "column", "column_text"),
    *("round", "measure", "value", "value_text", "is_reason", "count", "people", "number", "difference"),
)


def trend_data(trend: Trend) -> shapes.TrendRecord:
    """Everything a trend tells, as a record."""
    return {
        "schema": "libwell.team-trend/1",
        "min_group": trend.minimum,
        "rounds": list(trend.labels),
        "worksheets": [_worksheet(one, trend.labels) for one in trend.worksheets],
        "title": trend.head.title,
        "date": trend.head.date,
        "library": trend.head.library,
        "team": trend.head.team,
        "asked": None if trend.asked is None else list(map(_asked, trend.asked)),
    }


def _asked(one: AskedBefore) -> shapes.AskedRecord:
    step = one.step
    return {
        **wish_record(one.wish),
        "planned": step.step if step else None,
        "status": step.status if step else None,
        "changed": step.changed if step else None,
        "notes": step.notes if step else "",
    }


def _worksheet(one: WorksheetTrend, labels: tuple[str, ...]) -> shapes.WorksheetTrendRecord:
    rounds = zip(labels, one.rounds, strict=True)
    return {
        "id": one.id,
        "title": one.title,
        "language": one.language,
        "is_told": one.is_told,
        "rounds": [
            {"label": label, "people": about.people} for label, about in rounds if about is not NOT_SHARED
        ],
        "places": [_place(place, labels) for place in one.places],
        "not_compared": list(map(_not_compared, one.not_compared)),
    }


def _named(where: Where, place: RoundPlace) -> shapes.NamedPlace:
    prompt, item, column = where
    return {
        "prompt": prompt,
        "item": item,
        "column": column,
        "question": place.question,
        "item_text": place.item,
        "column_text": place.column,
    }


def _place(one: PlaceTrend, labels: tuple[str, ...]) -> shapes.MovedPlace:
    rounds = zip(labels, one.rounds, strict=True)
    return {
        **_named(one.where, one.latest),
        "size": as_data(rounded(one.size, digits=6)),
        "rounds": [{"label": label, **told_record(place.told)} for label, place in rounds if place],
        "moves": [_move(move, one.latest) for move in one.moves],
    }


def _move(move: Move, latest: RoundPlace) -> shapes.MovedRecord:
    return {
        "measure": move.measure,
        "value": move.value,
        "value_text": latest.value_text(move.value),
        "numbers": [None if one is None else as_data(rounded(one, digits=6)) for one in move.numbers],
        "difference": as_data(rounded(move.since(move.before), digits=6)),
        "since_first": as_data(rounded(move.since(move.first), digits=6)),
    }


def _not_compared(one: NotTrended) -> shapes.NotTrendedRecord:
    return {**_named(one.where, one.place), "reason": one.reason, "rounds": list(one.rounds)}


# --- a spreadsheet --------------------------------------------------------------------------------


def trend_sheet(trend: Trend) -> Sheet:
    """Every number of every round that tells it, one a row; each with its difference to the one before."""
    rows = [
        row
        for about in trend.worksheets
        for place in about.places
        for move in place.moves
        for row in _rows(about, place, move, trend.labels)
    ]
    return Sheet(COLUMNS, tuple(rows))


def _rows(about: WorksheetTrend, place: PlaceTrend, move: Move, labels: tuple[str, ...]) -> Iterator[_Row]:
    named = _named(place.where, place.latest)
    texts = (
        named[name] or None for name in ("prompt", "question", "item", "item_text", "column", "column_text")
    )
    head = about.id, about.title, *texts
    before = None
    for label, told, number in zip(labels, place.rounds, move.numbers, strict=True):
        if told is None or number is None:
            continue
        count = told.told.counts.get(move.value, 0) if move.value else None
        difference = None if before is None else as_data(rounded(number - before, digits=6))
        yield (
            *(*head, label, move.measure, move.value or None, place.latest.value_text(move.value) or None),
            *(move.value in REASONS, count, told.told.people, as_data(rounded(number, digits=6)), difference),
        )
        before = number
