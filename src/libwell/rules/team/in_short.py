"""A report in short, for whoever reads only one page: what goes well, what is wished for, what differs.

It looks only at what a report tells, and says that something goes well only in the worksheet's own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.model.document import Heading, Listing, Paragraph, paragraphs
from libwell.rules.team.divided import divided
from libwell.rules.team.wording import place_text, speaks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.document import Block
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.report import PlaceReport, WorksheetReport
    from libwell.rules.team.wishes import TeamWish

_MOST = 3
"""How many there are of each at most, so that all of it stands on a page."""


class Strength(NamedTuple):
    """Something of which most people `said` that it goes well: how many, of how many."""

    said: str
    item: str
    people: int
    answered: int

    @property
    def text(self) -> str:
        """What goes well, and how many say so."""
        return f"{self.item}: {self.people} of {self.answered}"


def in_short(about: WorksheetReport, minimum: int, *, is_only: bool) -> Iterator[Block]:
    """A worksheet's part of the page; its title stands above where there are several."""
    if not is_only:
        yield Heading(3, about.outline.title)
    speaks = speaks_of(about.spoken_of, minimum, what="report")
    yield Paragraph(f"{about.outline.summary} {speaks}".lstrip())
    yield from _lists((f"Most say {one.said}", one.text) for one in strengths(about)[:_MOST])
    yield from _lists(("Wished for most", wish.text) for wish in frequent(about)[:_MOST])
    apart = divided(about)[:_MOST]
    yield from _lists(
        ("Where people differ most", f"{each.item or each.question}: {each.how}") for each in apart
    )
    talks = " ".join(dict.fromkeys(each.talk for each in apart))
    yield from paragraphs(f"To talk about: {talks}" if talks else "")


def _lists(lines: Iterable[tuple[str, str]]) -> Iterator[Listing]:
    """A list of the lines under each title."""
    lists: dict[str, list[str]] = {}
    for title, line in lines:
        lists.setdefault(title, []).append(line)
    return (Listing(tuple(items), title) for title, items in lists.items())


def frequent(about: WorksheetReport) -> list[TeamWish]:
    """What more than one person wishes for, the most wished for first."""
    return [wish for wish in about.wishes if wish.people > 1]


def strengths(about: WorksheetReport) -> list[Strength]:
    """What more than half of those who answered say goes well, the greatest share of them first."""
    found: list[Strength] = []
    for one in about.questions:
        said, values = _well(one.question)
        for place in one.told:
            found += _strength(one.question, place, said, values)
    return sorted(found, key=lambda one: -one.people / one.answered)


def _well(question: TeamQuestion) -> tuple[str, tuple[str, ...]]:
    """How people say at a question that something goes well, and with which values; empty: they can't.

    They can with a mark that stands beside one that asks for more, and on a scale with the points on that
    side where no step is offered.
    """
    offers = [value.offer for value in question.values]
    good = [value for value in question.values if not value.offer]
    values = tuple(value.id for value in good)
    if len({*offers}) < 2:
        return "", ()
    if question.measure == "mark" and len(offers) == 2:
        return f"“{good[0].text}”", values
    if question.measure == "point" and offers == sorted(offers, reverse=True):
        return f"“{good[0].text}” or more", values
    if question.measure == "point" and offers == sorted(offers):
        return f"“{good[-1].text}” or less", values
    return "", ()


def _strength(
    question: TeamQuestion, place: PlaceReport, said: str, values: tuple[str, ...]
) -> Iterator[Strength]:
    group = place.everybody
    people, answered = sum(group.counts.get(value, 0) for value in values), group.people or 0
    wanted = sum(group.counts.get(value.id, 0) for value in question.values if value.offer)
    if 2 * people > answered and people > wanted:
        yield Strength(said, place_text(question, place.item, "") or question.ask, people, answered)
