"""A team's report as a Document. Only what the report tells goes into it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from libwell.model.document import (
    Bar,
    Bars,
    Block,
    Distribution,
    Distributions,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Sides,
    Table,
    filled,
    list_under,
)
from libwell.rules.team.contributions import REASONS, without_reasons
from libwell.rules.team.in_short import frequent, in_short
from libwell.rules.team.title_block import in_common
from libwell.rules.team.wishes import MOST_WISHES
from libwell.rules.team.wording import (
    counts_text,
    number_text,
    out_of,
    people,
    place_text,
    text_of,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.kinds.measures import Label
    from libwell.rules.team.contributions import OwnWords
    from libwell.rules.team.outlines import TeamMeasure, TeamQuestion
    from libwell.rules.team.report import (
        GroupReport,
        PlaceReport,
        QuestionReport,
        Report,
        WorksheetReport,
    )

_EVEN_BESIDE = "even when somebody lays today's report beside an earlier one."
_LATER = (
    "Whoever comes or changes later waits until enough others did the same; until then the earlier numbers "
    "stand."
)
_KNOWN = "What everybody says is known of each of them, and people may know each other's words."
_HOW_TO_READ: dict[TeamMeasure, str] = {
    "mark": "One person may give a thing several marks, so its numbers need not add up.",
    "point": "Median: half of the ratings are at most this.",
    "rank": "Mean place: what somebody gave no place counts as one behind the last. Most wanted first.",
    "score": "A score is made of the means of its questions.",
}
"""What is said of numbers, by how a question is measured."""
_NOTHING_COUNTED = (
    "Nothing is counted here: numbers are where the worksheet gives bands, words where people share them."
)
_COUNTED_BY = "Counted by the ids of questions, in the words that most people read."
_FEW_POINTS = 21
"""Points of a scale whose counts can all be said in a line."""


def report_document(report: Report, *, top: int = MOST_WISHES) -> Document:
    """Make a report a Document: all of it in short first, then each worksheet, then how to read it.

    Of each worksheet the `top` wishes come first, the others last.
    """
    sizes = [(one.outline.title, one.spoken_of.people) for one in report.worksheets]
    blocks: list[Block] = [report.head.facts(sizes), Heading(2, "In short")] if sizes else []
    for one in report.worksheets:
        blocks += in_short(one, report.minimum, is_only=len(sizes) == 1)
    told = [one for one in report.worksheets if one.spoken_of.people is not None]
    for one in told:
        blocks += _worksheet(one, report.minimum, top)
    if not report.worksheets:
        blocks.append(Paragraph("Nothing was shared that could be counted.", tone="aside"))
    blocks += list_under(2, "How to read this", _how_to_read(report))
    language = in_common(one.outline.language for one in report.worksheets) or "en"
    return Document(report.head.title or "Team report", tuple(blocks), language)


def _how_to_read(report: Report) -> Iterator[str]:
    measures = {one.question.measure for about in report.worksheets for one in about.questions if one.told}
    yield f"libwell tells numbers only of groups of {report.minimum} or more, {_EVEN_BESIDE} {_LATER}"
    yield from (line for measure, line in _HOW_TO_READ.items() if measure in measures)
    yield _KNOWN


# --- a worksheet ----------------------------------------------------------------------------------


def _worksheet(about: WorksheetReport, minimum: int, top: int) -> Iterator[Block]:
    yield Heading(2, about.outline.title)
    versions = about.versions if len(about.versions) > 1 else ()
    shown = [f"{team.called} ({team.people})" for team in about.teams if team.people is not None]
    closed = [team.called for team in about.teams if team.people is None]
    words = map(", ".join, (versions, shown, closed))
    facts = filled(*zip(("Versions", "Teams", "Not told apart"), words, strict=True))
    if facts:
        yield Facts(facts)
    wished = frequent(about)
    first, further = wished[:top], wished[top:]
    steps = (wish.text_with_step for wish in first)
    yield from list_under(3, "Wishes, and a first step toward each", steps)
    told = [one for one in about.questions if one.told]
    for title, group in groupby(told, lambda one: one.question.section_title):
        yield Heading(3, title or "Scores")
        section = list(group)
        yield from _section(section, about, minimum) if title else _scores(section, about)
    yield from list_under(3, "Further wishes", (wish.text for wish in further))
    few = " ".join(f"“{one.question.ask}”" for one in about.questions if not one.told)
    if few:
        yield Paragraph(f"Answered by fewer than {minimum} people, so nothing is told: {few}", tone="aside")
    lines = (f"{one.ask} ({one.id}): {'; '.join(one.what)}" for one in about.differing)
    yield from list_under(3, "Where the worksheets differ", lines, _COUNTED_BY)


def _section(questions: list[QuestionReport], about: WorksheetReport, minimum: int) -> Iterator[Block]:
    for one in questions:
        yield Heading(4, one.question.ask)
        yield from _question(one, about, minimum)


def _scores(questions: list[QuestionReport], about: WorksheetReport) -> Iterator[Block]:
    """All scores as bars, those that have two ends; then team beside team."""
    named = [(one.question.ask, one.question, one.told[0]) for one in questions]
    bars = []
    for label, question, place in named:
        group, has_ends = place.everybody, None not in (question.low, question.high)
        value = group.score if has_ends else None
        bars.append(Bar(label, value, *question.ends, number_text(group, question)))
    yield Bars(tuple(bars))
    yield from _by_team(named, about)


# --- a question -----------------------------------------------------------------------------------


def _question(one: QuestionReport, about: WorksheetReport, minimum: int) -> Iterator[Block]:
    question = one.question
    if one.answered is not None:
        yield Paragraph(f"{people(one.answered)} answered.", tone="aside")
    places = [place for place in one.told if place.item or not question.is_counted_by_item]
    if question.measure == "mark":
        places.sort(key=lambda place: [-place.everybody.counts[mark.id] for mark in _most_wanted(question)])
    yield from _counts(question, places)
    named = [(place_text(question, place.item, place.column) or "All", question, place) for place in places]
    yield from _by_team(named, about)
    said = list[str]()
    for place in one.told:
        if place not in places:
            whole = place.everybody
            given = filter(whole.counts.get, whole.counts)
            said += (f"{value_text(question, '', value)}: {out_of(whole, value)}" for value in given)
    if said:
        yield Listing(tuple(said), title="Said instead of an answer")
    if len(one.told) < len(one.places):
        yield Paragraph(f"Where fewer than {minimum} people answered, nothing is told.", tone="aside")
    elif one.answered is not None and not (one.texts or any(place.everybody.counts for place in one.told)):
        yield Paragraph(_NOTHING_COUNTED, tone="aside")
    if one.texts:
        words = tuple(_words(question, text) for text in one.texts)
        yield Listing(words, title="In people's own words, shuffled")


def _counts(question: TeamQuestion, places: list[PlaceReport]) -> Iterator[Block]:
    """What was counted at places of a question, as its measure is shown."""
    match question.measure:
        case "mark":
            yield from _marks(question, places)
        case "pick" | "yes-no":
            for place in places:
                yield _bars(question, place, dict(Counter(place.everybody.counts).most_common()))
        case "amount":  # only where there are bands
            for place in places:
                yield _bars(question, place, place.everybody.counts)
        case "rank" | "point" | "cells":
            yield from _distributions(question, places)
        case "day" | "words" | "score":
            pass
        case never:
            assert_never(never)


def _bars(question: TeamQuestion, place: PlaceReport, values: Iterable[str]) -> Bars:
    return Bars(tuple(_bar(value_text(question, place.column, value), place, value) for value in values))


def _marks(question: TeamQuestion, places: list[PlaceReport]) -> Iterator[Block]:
    """What was marked, with its marks side by side."""
    marks, marked, unmarked = question.values, list[tuple[str, tuple[Bar, ...]]](), list[str]()
    for place in places:
        name = place_text(question, place.item, "")
        bars = tuple(_bar(mark.text, place, mark.id) for mark in marks)
        if any(bar.value for bar in bars):
            marked.append((name, bars))
        else:
            unmarked.append(name)
    if marked and len(marks) == 1:
        yield Bars(tuple(bar._replace(label=name) for name, (bar,) in marked))
    elif marked:
        yield Sides(tuple(f"{mark.text[0].upper()}{mark.text[1:]}" for mark in marks), tuple(marked))
    if unmarked:
        yield Paragraph(f"Marked by nobody: {'; '.join(unmarked)}.", tone="aside")


def _most_wanted(question: TeamQuestion) -> list[Label]:
    """The marks by which items are put in order: those that ask for more come first."""
    return sorted(question.values, key=lambda mark: not mark.offer)


def _bar(label: str, place: PlaceReport, value: str) -> Bar:
    group = place.everybody
    return Bar(label, group.counts[value], 0, group.people or 0, out_of(group, value))


def _distributions(question: TeamQuestion, places: list[PlaceReport]) -> Iterator[Block]:
    """The number of each place, and how often each value was given; drawn are points and places."""
    rows = []
    for place in places:
        group = place.everybody
        answers = without_reasons(group.counts)
        is_drawn = question.at(place.column).measure in {"point", "rank"}
        drawn = tuple(answers.items()) if is_drawn else ()
        is_short = len(group.counts) <= _FEW_POINTS
        said = [one for one in group.counts.items() if is_short or one[0] in REASONS]
        words = (number_text(group, question), *counts_text(question, place.column, said))
        label = place_text(question, place.item, place.column)
        rows.append(Distribution(label, drawn, "; ".join(filter(None, words))))
    if rows:
        yield Distributions(tuple(rows))


def _words(question: TeamQuestion, text: OwnWords) -> str:
    """Somebody's words, with the mark or the place they were given at; a list's entry alone."""
    column = text_of(question.columns or question.values, text.column)
    place = ", ".join(filter(None, (text_of(question.items, text.item), column)))
    return f"{text.text} ({place})" if place else text.text


def _by_team(
    places: Iterable[tuple[str, TeamQuestion, PlaceReport]], about: WorksheetReport
) -> Iterator[Block]:
    """The same, team beside team, where teams are told of; each place with its name and its question."""
    told = [(*place, {group.team: group for group in place[-1].groups[1:]}) for place in places]
    teams = [team for team in about.teams if any(team.id in groups for *_, groups in told)]
    if teams:
        rows = [
            (name, *(_in_cell(question, place, groups.get(team.id)) for team in teams))
            for name, question, place, groups in told
            if groups
        ]
        yield Table(("", *(team.called for team in teams)), tuple(rows), row_heads=True)


def _in_cell(question: TeamQuestion, place: PlaceReport, group: GroupReport | None) -> str:
    """What a team gave at a place, as short as it goes."""
    if group is None:
        return "not told"
    number = number_text(group, question)
    if group.people is None:
        return number
    told = "; ".join(counts_text(question, place.column, group.counts.items()))
    return f"{number} ({people(group.people)})" if number else f"{told or 'none'} (out of {group.people})"
