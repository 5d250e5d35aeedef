"""A team's report as a Document. Only what the report tells goes into it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

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
)
from libwell.rules.team.apart import apart
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.wording import (
    NO_TEAM,
    column_text,
    item_text,
    middle,
    out_of,
    people,
    place_text,
    score_text,
    speaks_of,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.rules.team.outlines import Question, Thing
    from libwell.rules.team.report import About, Finding, Group, Line, Report, Text

_FEW_POINTS = 21
"""Points of a scale whose counts can all be said in a line."""


def report_document(report: Report) -> Document:
    """The report: each worksheet, what people differ in first; then what everything means."""
    blocks: list[Block] = []
    for one in report.worksheets:
        blocks += _worksheet(one, report.minimum)
    if not report.worksheets:
        blocks.append(Paragraph("Nothing was shared that could be counted.", tone="aside"))
    blocks += [Heading(2, "How to read this"), Listing(tuple(_how_to_read(report)))]
    languages = {one.outline.language for one in report.worksheets}
    return Document("Team report", tuple(blocks), languages.pop() if len(languages) == 1 else "en")


def _how_to_read(report: Report) -> Iterator[str]:
    yield (
        f"libwell tells numbers only of groups of {report.minimum} or more, even when somebody lays today's "
        "report beside an earlier one."
    )
    yield (
        "Whoever comes or changes later waits until enough others did the same; until then the earlier "
        "numbers stand."
    )
    yield "Median: half of the ratings are at most this. A score is made of the means of its questions."
    yield "What everybody in a group says is known of each of them, and people may know each other's words."


# --- a worksheet ----------------------------------------------------------------------------------


def _worksheet(about: About, minimum: int) -> Iterator[Block]:
    yield Heading(2, about.outline.title)
    yield Paragraph(speaks_of(about.spoken_of, minimum, what="report"))
    if about.spoken_of.people is None:
        return
    facts = tuple(_facts(about))
    if facts:
        yield Facts(facts)
    yield from _apart(about)
    yield from _findings(about, minimum)
    yield from _differing(about)


def _facts(about: About) -> Iterator[tuple[str, str]]:
    if len(about.versions) > 1:
        yield "Versions", ", ".join(about.versions)
    shown = [f"{team.name or NO_TEAM} ({team.people})" for team in about.teams if team.people is not None]
    closed = [team.name or NO_TEAM for team in about.teams if team.people is None]
    if shown:
        yield "Teams", ", ".join(shown)
    if closed:
        yield "Not told apart", ", ".join(closed)


def _apart(about: About) -> Iterator[Block]:
    found = apart(about)
    if found:
        yield Heading(3, "Where people differ")
    for talk in dict.fromkeys(one.talk for one in found):
        yield Listing(
            tuple(f"{one.item or one.question}: {one.how}" for one in found if one.talk == talk), title=talk
        )


def _differing(about: About) -> Iterator[Block]:
    if about.differing:
        yield Heading(3, "Where the worksheets differ")
        yield Paragraph("Counted by the ids of questions, in the words that most people read.", tone="aside")
        yield Listing(tuple(f"{one.ask} ({one.id}): {'; '.join(one.what)}" for one in about.differing))


def _findings(about: About, minimum: int) -> Iterator[Block]:
    for title, group in groupby(about.findings, lambda one: one.question.section_title):
        yield Heading(3, title or "Scores")
        closed = []
        for finding in group:
            if finding.is_told:
                yield Heading(4, finding.question.ask)
                yield from _finding(finding, about, minimum)
            else:
                closed.append(finding.question.ask)
        if closed:
            yield Listing(tuple(closed), title=f"Answered by fewer than {minimum} people, so nothing is told")


# --- a question -----------------------------------------------------------------------------------


def _finding(finding: Finding, about: About, minimum: int) -> Iterator[Block]:
    question = finding.question
    if finding.answered is not None:
        yield Paragraph(f"{people(finding.answered)} answered.", tone="aside")
    told = [line for line in finding.lines if line.groups]
    lines = [line for line in told if line.item or not question.is_counted_by_item]
    match question.kind:
        case "checklist":
            yield from _marks(question, lines)
        case "choice" | "choices" | "yes-no":
            yield from (Bars(tuple(_bars(question, line))) for line in lines)
        case "rating" | "table" | "score":
            yield from _distributions(question, lines)
    yield from _by_team(question, lines, about)
    yield from _reasons(question, [line for line in told if line not in lines])
    if len(told) < len(finding.lines):
        yield Paragraph(f"Where fewer than {minimum} people answered, nothing is told.", tone="aside")
    if finding.texts:
        words = tuple(_words(question, text) for text in finding.texts)
        yield Listing(words, title="In people's own words, shuffled")


def _marks(question: Question, lines: list[Line]) -> Iterator[Block]:
    """For each mark, those that ask for something first, what carries it: the most wanted first."""
    several = len(question.values) > 1
    for mark in sorted(question.values, key=lambda mark: not mark.offer):
        bars = _most_first(question, mark, lines)
        if several and bars:
            yield Heading(5, f"{mark.text[0].upper()}{mark.text[1:]}")
        if bars:
            yield Bars(tuple(bars))
    unmarked = [item_text(question, line.item) for line in lines if not any(_counts(line).values())]
    if unmarked:
        yield Paragraph(f"Marked by nobody: {'; '.join(unmarked)}.", tone="aside")


def _counts(line: Line) -> dict[str, int]:
    return dict(line.everybody.counts) if line.everybody else {}


def _most_first(question: Question, mark: Thing, lines: Iterable[Line]) -> list[Bar]:
    marked = [line for line in lines if _counts(line).get(mark.id)]
    marked.sort(key=lambda line: -_counts(line)[mark.id])
    return [
        _bar(item_text(question, line.item), line.everybody, mark.id) for line in marked if line.everybody
    ]


def _bar(label: str, group: Group, value: str) -> Bar:
    return Bar(label, group.counts[value], 0, group.people or 0, out_of(group, value))


def _bars(question: Question, line: Line) -> Iterator[Bar]:
    """What was chosen, the most chosen first."""
    if line.everybody:
        for value, _ in sorted(line.everybody.counts.items(), key=lambda one: -one[1]):
            yield _bar(value_text(question, line.column, value), line.everybody, value)


def _distributions(question: Question, lines: Iterable[Line]) -> Iterator[Block]:
    rows = [
        Distribution(
            place_text(question, line.item, line.column),
            tuple(_points(question, line.everybody)),
            _said(question, line, line.everybody),
        )
        for line in lines
        if line.everybody
    ]
    if rows:
        yield Distributions(tuple(rows))


def _points(question: Question, group: Group) -> Iterator[tuple[str, int]]:
    """What of the counts is drawn: the points of a scale."""
    if question.kind == "rating":
        yield from ((value, count) for value, count in group.counts.items() if value not in REASONS)


def _said(question: Question, line: Line, group: Group) -> str:
    """What a group gave at a place, in a line: the middle or the score, and how often each value."""
    told = [(value, count) for value, count in group.counts.items() if count]
    if len(group.counts) > _FEW_POINTS:
        told = [(value, count) for value, count in told if value in REASONS]
    counts = [f"{value_text(question, line.column, value)}: {count}" for value, count in told]
    return "; ".join(filter(None, (middle(group), score_text(group, question), *counts)))


def _words(question: Question, text: Text) -> str:
    """Somebody's words, with the mark or the place they were given at; a list's entry alone."""
    marks = {mark.id: mark.text for mark in question.values} if question.kind == "checklist" else {}
    where = [item_text(question, text.item), marks.get(text.column) or column_text(question, text.column)]
    place = ", ".join(part for part in where if part)
    return f"{text.text} ({place})" if place else text.text


def _reasons(question: Question, lines: Iterable[Line]) -> Iterator[Block]:
    """How many did not know, passed, or said that it does not apply, of the question as a whole."""
    said = [
        f"{value_text(question, '', value)}: {out_of(line.everybody, value)}"
        for line in lines
        if line.everybody
        for value, count in line.everybody.counts.items()
        if count
    ]
    if said:
        yield Listing(tuple(said), title="Said instead of an answer")


def _by_team(question: Question, lines: Iterable[Line], about: About) -> Iterator[Block]:
    """The same, team beside team, where teams are told of."""
    names = {team.id: team.name or NO_TEAM for team in about.teams}
    told = [(line, {group.team: group for group in line.groups[1:]}) for line in lines]
    teams = [name for name in names if any(name in groups for _, groups in told)]
    if teams:
        rows = tuple(
            (
                place_text(question, line.item, line.column) or "All",
                *(_in_cell(question, line, groups.get(team)) for team in teams),
            )
            for line, groups in told
            if groups
        )
        yield Table(("", *(names[team] for team in teams)), rows, row_heads=True)


def _in_cell(question: Question, line: Line, group: Group | None) -> str:
    """What a team gave at a place, as short as it goes."""
    if group is None:
        return "not told"
    if group.people is None:
        return score_text(group, question)
    if group.median is not None:
        return f"{middle(group)} ({people(group.people)})"
    told = [
        f"{value_text(question, line.column, value)}: {count}"
        for value, count in group.counts.items()
        if count
    ]
    return f"{'; '.join(told) or 'none'} (out of {group.people})"
