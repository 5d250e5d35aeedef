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
    Table,
    filled,
)
from libwell.rules.team.contributions import REASONS, without_reasons
from libwell.rules.team.divided import divided
from libwell.rules.team.wording import (
    counts_text,
    number_text,
    out_of,
    people,
    place_text,
    speaks_of,
    text_of,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.rules.team.contributions import OwnWords
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import (
        GroupReport,
        PlaceReport,
        QuestionReport,
        Report,
        WorksheetReport,
    )

_EVEN_BESIDE = "even when somebody lays today's report beside an earlier one."
_HOW_TO_READ = (
    (
        "Whoever comes or changes later waits until enough others did the same; until then the earlier "
        "numbers stand."
    ),
    "Median: half of the ratings are at most this. A score is made of the means of its questions.",
    "What everybody in a group says is known of each of them, and people may know each other's words.",
)
_NOTHING_COUNTED = (
    "Nothing is counted here: numbers are where the worksheet gives bands, words where people share them."
)
_MEAN_PLACE = "Mean place: what somebody gave no place counts as one behind the last. Most wanted first."
_FEW_POINTS = 21
"""Points of a scale whose counts can all be said in a line."""


def report_document(report: Report) -> Document:
    """Make a report a Document: each worksheet, where people differ first; then how to read it all."""
    sizes = [(one.outline.title, one.spoken_of.people) for one in report.worksheets]
    blocks: list[Block] = [report.head.facts(sizes)] if sizes else []
    for one in report.worksheets:
        blocks += _worksheet(one, report.minimum)
    if not report.worksheets:
        blocks.append(Paragraph("Nothing was shared that could be counted.", tone="aside"))
    groups = f"libwell tells numbers only of groups of {report.minimum} or more, {_EVEN_BESIDE}"
    measures = {each.question.measure for one in report.worksheets for each in one.questions}
    ranked = (_MEAN_PLACE,) if "rank" in measures else ()
    blocks += [Heading(2, "How to read this"), Listing((groups, *_HOW_TO_READ, *ranked))]
    languages = {one.outline.language for one in report.worksheets}
    title = report.head.title or "Team report"
    return Document(title, tuple(blocks), languages.pop() if len(languages) == 1 else "en")


# --- a worksheet ----------------------------------------------------------------------------------


def _worksheet(about: WorksheetReport, minimum: int) -> Iterator[Block]:
    yield Heading(2, about.outline.title)
    yield Paragraph(speaks_of(about.spoken_of, minimum, what="report"))
    if about.spoken_of.people is None:
        return
    versions = about.versions if len(about.versions) > 1 else ()
    shown = [f"{team.called} ({team.people})" for team in about.teams if team.people is not None]
    closed = [team.called for team in about.teams if team.people is None]
    words = map(", ".join, (versions, shown, closed))
    facts = filled(*zip(("Versions", "Teams", "Not told apart"), words, strict=True))
    if facts:
        yield Facts(facts)
    talks: dict[str, list[str]] = {}
    for each in divided(about):
        talks.setdefault(each.talk, []).append(f"{each.item or each.question}: {each.how}")
    if talks:
        yield Heading(3, "Where people differ")
    yield from (Listing(tuple(lines), title=talk) for talk, lines in talks.items())
    for title, group in groupby(about.questions, lambda one: one.question.section_title):
        yield Heading(3, title or "Scores")
        yield from _section(list(group), about, minimum)
    if about.differing:
        yield Heading(3, "Where the worksheets differ")
        yield Paragraph("Counted by the ids of questions, in the words that most people read.", tone="aside")
        yield Listing(tuple(f"{one.ask} ({one.id}): {'; '.join(one.what)}" for one in about.differing))


def _section(questions: list[QuestionReport], about: WorksheetReport, minimum: int) -> Iterator[Block]:
    closed = []
    for one in questions:
        if one.told:
            yield Heading(4, one.question.ask)
            yield from _question(one, about, minimum)
        else:
            closed.append(one.question.ask)
    if closed:
        yield Listing(tuple(closed), title=f"Answered by fewer than {minimum} people, so nothing is told")


# --- a question -----------------------------------------------------------------------------------


def _question(one: QuestionReport, about: WorksheetReport, minimum: int) -> Iterator[Block]:
    question = one.question
    if one.answered is not None:
        yield Paragraph(f"{people(one.answered)} answered.", tone="aside")
    places = [place for place in one.told if place.item or not question.is_counted_by_item]
    yield from _counts(question, places)
    yield from _by_team(question, places, about)
    said = [
        f"{value_text(question, '', value)}: {out_of(place.everybody, value)}"
        for place in one.told
        for value, count in place.everybody.counts.items()
        if count and place not in places
    ]
    if said:
        yield Listing(tuple(said), title="Said instead of an answer")
    if len(one.told) < len(one.places):
        yield Paragraph(f"Where fewer than {minimum} people answered, nothing is told.", tone="aside")
    is_counted = any(place.everybody.counts for place in one.told) or len(one.told) < len(one.places)
    if one.answered is not None and not (is_counted or one.texts):
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
        case "rank" | "point" | "cells" | "score":
            yield from _distributions(question, places)
        case "day" | "words":
            pass
        case never:
            assert_never(never)


def _bars(question: TeamQuestion, place: PlaceReport, values: Iterable[str]) -> Bars:
    return Bars(tuple(_bar(value_text(question, place.column, value), place, value) for value in values))


def _marks(question: TeamQuestion, places: list[PlaceReport]) -> Iterator[Block]:
    """For each mark, those that ask for something first, what carries it: the most wanted first."""
    for mark in sorted(question.values, key=lambda mark: not mark.offer):
        marked = [place for place in places if place.everybody.counts[mark.id]]
        marked.sort(key=lambda place: -place.everybody.counts[mark.id])
        if marked:
            if len(question.values) > 1:
                yield Heading(5, f"{mark.text[0].upper()}{mark.text[1:]}")
            yield Bars(tuple(_bar(place_text(question, one.item, ""), one, mark.id) for one in marked))
    unmarked = [place for place in places if not any(place.everybody.counts.values())]
    if unmarked:
        names = "; ".join(place_text(question, one.item, "") for one in unmarked)
        yield Paragraph(f"Marked by nobody: {names}.", tone="aside")


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


def _by_team(question: TeamQuestion, places: list[PlaceReport], about: WorksheetReport) -> Iterator[Block]:
    """The same, team beside team, where teams are told of."""
    told = [(place, {group.team: group for group in place.groups[1:]}) for place in places]
    teams = [team for team in about.teams if any(team.id in groups for _, groups in told)]
    if teams:
        rows = [
            (
                place_text(question, place.item, place.column) or "All",
                *(_in_cell(question, place, groups.get(team.id)) for team in teams),
            )
            for place, groups in told
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
