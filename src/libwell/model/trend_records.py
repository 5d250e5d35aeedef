"""What `team trend --format json` writes, field by field.

Fields are only ever added, and ids are values, never keys. Nothing in it says who was counted.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from typing_extensions import TypedDict

from libwell.model.action_words import ActionStatus
from libwell.model.export_records import Count, about
from libwell.model.report_records import (
    CountsRecord,
    MeanPlace,
    Median,
    PlaceName,
    ScoreValue,
    WishRecord,
)

TrendMeasure = Literal["score", "median", "mean_place", "share"]
Unlike = Literal["told-once", "asked-otherwise"]


class RoundRecord(TypedDict):
    """A round, as it is told of a worksheet."""

    label: Annotated[str, about("What the round is called.")]
    people: Annotated[Count | None, about("How many people are told of; null: too few for a trend.")]


class ToldInRound(CountsRecord):
    """What a round tells at a place."""

    label: Annotated[str, about("What the round is called.")]
    median: Median
    score: ScoreValue
    mean_place: MeanPlace


class MovedRecord(TypedDict):
    """How one number moved."""

    measure: Annotated[TrendMeasure, about("What number: a share of those who answered is from 0 to 1.")]
    value: Annotated[str, about("The value that so many gave; empty: a number made of all counts.")]
    value_text: Annotated[str, about("The words of the value.")]
    numbers: Annotated[list[float | None], about("The number of each round; null where it is not told.")]
    difference: Annotated[float, about("The last told minus the one told before it.")]
    since_first: Annotated[float, about("The last told minus the first told.")]


class NamedPlace(PlaceName):
    """A place, in words."""

    question: Annotated[str, about("The question, or what is counted.")]
    item_text: Annotated[str, about("The words of the item.")]
    column_text: Annotated[str, about("The words of the column.")]


class MovedPlace(NamedPlace):
    """How a place moved."""

    size: Annotated[float, about("How much it moved since the round before or the first, from 0 to 1.")]
    rounds: Annotated[list[ToldInRound], about("The rounds that tell it.")]
    moves: Annotated[list[MovedRecord], about("How its numbers moved.")]


class NotTrendedRecord(NamedPlace):
    """A place that is not compared with every round."""

    reason: Annotated[Unlike, about("Why it is not.")]
    rounds: Annotated[list[str], about("In which rounds it was told, or asked in another way.")]


class WorksheetTrendRecord(TypedDict):
    """How a worksheet moved."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    language: Annotated[str, about("The language it is written in.")]
    is_told: Annotated[bool, about("Whether two rounds are told of.")]
    rounds: Annotated[list[RoundRecord], about("The rounds in which somebody shared it.")]
    places: Annotated[list[MovedPlace], about("Every place that moved or stayed, most changed first.")]
    not_compared: Annotated[list[NotTrendedRecord], about("Places that can't be compared.")]


class AskedRecord(WishRecord):
    """What many wished for in the first round, and what became of it in the plan that is kept."""

    planned: Annotated[str | None, about("The step of the plan that answers it; null: there is none.")]
    status: Annotated[ActionStatus | None, about("How far that step is.")]
    changed: Annotated[dt.date | None, about("The day its status last changed.")]
    notes: Annotated[str, about("What is noted of it.")]


class TrendRecord(TypedDict):
    """How everything moved from round to round."""

    schema: Annotated[Literal["libwell.team-trend/1"], about("The version of the schema.")]
    min_group: Annotated[Count, about("How many people it takes to tell of a place; of a round, twice.")]
    rounds: Annotated[list[str], about("What the rounds are called, in the order they were given.")]
    worksheets: Annotated[list[WorksheetTrendRecord], about("How each worksheet moved.")]
    title: Annotated[str, about("The title that was given; empty where there is none.")]
    date: Annotated[str, about("The day that was given, in words; empty where there is none.")]
    library: Annotated[str, about("The library that all name; empty where they name several, or none.")]
    team: Annotated[str, about("The team that all name; empty where they name several, or none.")]
    asked: Annotated[list[AskedRecord] | None, about("What many wished for at first; null without --kept.")]
