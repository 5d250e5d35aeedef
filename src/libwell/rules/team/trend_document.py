"""A trend as a Document: what moved most is drawn, the rest stands in a table. Only what it tells goes in."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from libwell.model.action_words import STATUS_WORDS, say_status
from libwell.model.document import (
    Block,
    Course,
    Courses,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Table,
    filled,
    list_under,
)
from libwell.model.numbers import exact, plain
from libwell.rules.score_methods import say_value
from libwell.rules.team.rounds import NOT_SHARED, fewest_in_round
from libwell.rules.team.title_block import in_common
from libwell.rules.team.wording import in_a_row, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.response import Action
    from libwell.model.trend_records import TrendMeasure
    from libwell.rules.team.asked_before import AskedBefore
    from libwell.rules.team.rounds import RoundPlace, RoundWorksheet
    from libwell.rules.team.trend import Move, NotTrended, PlaceTrend, Trend, WorksheetTrend

MOST_SHOWN = 5
"""Places that are drawn, unless somebody asks for more."""
_BESIDE = {2: (40, 18, 18, 24), 3: (34, 14, 14, 14, 24)}
"""How wide the columns are where so many rounds stand beside each other; more are told row by row."""
_POINTS = re.compile(" percentage points?")
_HOW_TO_READ = (
    "Where ten people answer, one of them is ten percentage points. Ask what changed before you say why.",
    "A round is told of where {} people or more are: two small rounds side by side show what newcomers said.",
    "Not everybody answers in every round: this shows what was said then and now, not who changed.",
)
_MEAN_PLACE = "Mean place: the nearer to 1, the more wanted."
_LABELS: dict[TrendMeasure, str] = {
    "share": "",
    "score": "Score",
    "median": "Median",
    "mean_place": "Mean place",
}
"""What number moved; of a share the words of its value say it."""
_UNLIKE = {"told-once": "Told in one round only", "asked-otherwise": "Asked in another way"}


def trend_document(trend: Trend, *, top: int = MOST_SHOWN) -> Document:
    """Make a trend a Document; of each worksheet the `top` places that moved most come first, drawn."""
    blocks: list[Block] = [Facts(filled(*trend.head.whose, ("Rounds", ", ".join(trend.labels))))]
    for one in trend.worksheets:
        blocks += [Heading(2, one.title), *_rounds(one, trend), *_worksheet(one, trend.labels, top)]
    if not trend.worksheets:
        blocks.append(Paragraph("Nothing was shared that could be counted.", tone="aside"))
    if trend.asked is not None:
        blocks += _asked(trend.asked, trend.labels[0])
    measures = {move.measure for one in trend.worksheets for place in one.places for move in place.moves}
    told = [text.format(fewest_in_round(trend.minimum)) for text in _HOW_TO_READ]
    ranked = [_MEAN_PLACE] if "mean_place" in measures else []
    blocks += list_under(2, "How to read this", (*told, *ranked))
    language = in_common(one.language for one in trend.worksheets) or "en"
    return Document(trend.head.title or "What moved", tuple(blocks), language)


def _asked(asked: tuple[AskedBefore, ...], first: str) -> Iterator[Block]:
    yield Heading(2, "You asked, and what became of it")
    if not asked:
        yield Paragraph(f"Nothing that many wished for is told of {first}.", tone="aside")
        return
    yield Paragraph(f"What many wished for in {first}, and how far it is in the plan.", tone="aside")
    rows = tuple(
        (
            one.wish.item,
            f"{one.wish.people} of {one.wish.answered}",
            *_became(one.step),
        )
        for one in asked
    )
    yield Table(("", "Wished for by", "What became of it", "Notes"), rows, row_heads=True)


def _became(step: Action | None) -> tuple[str, str]:
    """How far a step is, and what is noted of it."""
    if step is None:
        return "not in the plan", ""
    return say_status(step.status, step.changed) or STATUS_WORDS[step.status], step.notes


def _rounds(one: WorksheetTrend, trend: Trend) -> Iterator[Block]:
    """Of how many people each round tells; of one that is too small only that it is."""
    yield Facts(
        tuple(
            (label, _size(about, trend.minimum))
            for label, about in zip(trend.labels, one.rounds, strict=True)
        )
    )
    if not one.is_told:
        yield Paragraph("There are no two rounds to compare yet.", tone="aside")


def _size(about: RoundWorksheet, minimum: int) -> str:
    if about is NOT_SHARED:
        return "nobody shared this worksheet"
    if about.people is None:
        return f"fewer than {fewest_in_round(minimum)} people can be told of, so no trend"
    return people(about.people)


def _worksheet(one: WorksheetTrend, labels: tuple[str, ...], top: int) -> Iterator[Block]:
    moved = [place for place in one.places[:top] if place.size]
    rest = one.places[len(moved) :]
    if moved:
        yield Heading(3, "What moved most")
    elif one.places:
        yield Paragraph("Nothing moved.")
    for place in moved:
        yield Heading(4, place.latest.name)
        yield Courses(labels, tuple(_line(place, move, labels) for move in place.moves))
    if rest:
        yield Heading(3, "Everything else" if moved else "What stayed")
        yield from _rest(rest, labels)
    if one.not_compared:
        yield Heading(3, "Not compared")
    for (reason, rounds), group in groupby(sorted(one.not_compared, key=_why), _why):
        title = f"{_UNLIKE[reason]} ({', '.join(rounds)})"
        yield Listing(tuple(unlike.place.name for unlike in group), title=title)


def _why(one: NotTrended) -> tuple[str, tuple[str, ...]]:
    return one.reason, one.rounds


def _rest(places: Iterable[PlaceTrend], labels: tuple[str, ...]) -> Iterator[Block]:
    """A table for each question, in the order of the places: what moved, each round, and how far it came.

    Beside so many percentages nothing says anew that a change is one of percentage points.
    """
    by_question: dict[str, list[tuple[str, ...]]] = {}
    for place in places:
        for move in place.moves:
            line = _line(place, move, labels)
            value = line.label if move.measure == "share" else ""
            name = in_a_row(place.latest.item, place.latest.column, value) or line.label
            change = _POINTS.sub("", line.change, 1) if move.measure == "share" else line.change
            by_question.setdefault(place.latest.question, []).append((name, *line.words, change))
    shares = _BESIDE.get(len(labels), ())
    for question, rows in by_question.items():
        yield Heading(4, question)
        yield Table(("", *labels, "Change"), tuple(rows), row_heads=True, shares=shares)


# --- a number -------------------------------------------------------------------------------------


def _line(place: PlaceTrend, move: Move, labels: tuple[str, ...]) -> Course:
    low, length = place.reach(move)
    shares = [None if number is None else (number - low) / length for number in move.numbers]
    words = tuple(_said(one, move) for one in place.rounds)
    label = _LABELS[move.measure] or place.latest.value_text(move.value)
    return Course(label, words, tuple(shares), change_text(move, labels))


def _said(one: RoundPlace | None, move: Move) -> str:
    """What a round tells of a number: `5 of 9 (56%)`, `2 (9 people; low: 1; high: 8)`."""
    if one is None:
        return "not told"
    told = one.told
    if move.measure == "share":
        count = told.counts.get(move.value, 0)
        return f"{count} of {told.people} ({plain(100 * count / (told.people or 1), digits=0)}%)"
    number = getattr(told, move.measure)
    if number is None:
        return "not told"
    if move.measure == "score":
        return say_value(exact(number), one.ends, is_percent=one.is_percent)
    counts = [f"{one.value_text(value)}: {count}" for value, count in told.counts.items() if count]
    return f"{plain(number)} ({'; '.join((people(told.people or 0), *counts))})"


def change_text(move: Move, labels: tuple[str, ...]) -> str:
    """How far a number came since the round before, and since the first."""
    lately, in_all = _difference(move, move.before), _difference(move, move.first)
    said = f"{lately} since {labels[move.before]}"
    if lately[0] in "+-" and in_all[0] in "+-":
        in_all = in_all.partition(" ")[0]  # of what is said once
    return said if move.first == move.before else f"{said}, {in_all} since {labels[move.first]}"


def _difference(move: Move, place: int) -> str:
    difference = move.since(place)
    sign = "+" if difference > 0 else "-"
    match move.measure:
        case "share":
            size = plain(abs(difference) * 100, digits=0)
            unit = "percentage point" if size == "1" else "percentage points"
        case "score" | "median":
            size, unit = plain(abs(difference)), ""
        case "mean_place":
            size, unit = plain(abs(difference)), "farther back" if difference > 0 else "nearer to the front"
            sign = ""
        case never:
            assert_never(never)
    return f"{sign}{size} {unit}".rstrip() if size != "0" else "no change"
