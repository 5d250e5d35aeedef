"""What people wish for: places whose values offer a step, with how many people it was offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from libwell.kinds.measures import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.report_records import WishRecord
    from libwell.rules.team.counting import Count, Counts
    from libwell.rules.team.outlines import Outline, TeamQuestion

MOST_WISHES = 5
"""So many wishes stand before the others, unless somebody asks for more or fewer."""
_OFTEN = 1 / 3
"""Of those who answered there: so many wish for something where it is often."""


class TeamWish(NamedTuple):
    """Something that people wish for, in the worksheet's words: how many, of how many who answered there.

    `step` is the first step that the worksheet suggests for `item`, `address` where both stand in it.
    """

    worksheet: str
    question: str
    step: str
    people: int
    answered: int
    item: str
    address: str

    @property
    def text(self) -> str:
        """What is wished for, and by how many of those who answered."""
        return f"{self.item}: {self.people} of {self.answered}"

    @property
    def text_with_step(self) -> str:
        """The same, with a first step toward it."""
        return self.text if self.step == self.item else f"{self.text}. A first step: {self.step}"

    @property
    def is_frequent(self) -> bool:
        """Whether many wish for it."""
        return self.people >= max(2, _OFTEN * self.answered)


def wishes(outline: Outline, counts: Counts) -> list[TeamWish]:
    """What somebody wishes for, the most wished for first.

    Whatever `counts` holds is told of: they are those of the places where enough people answered.
    """
    found = []
    for place, count in counts.items():
        question = outline.by_id.get(place.prompt)
        if question and question.shape_at(place.column) == place.shape:
            for address, label, number in _offered(question, place.item, count):
                if number:
                    wish = outline.title, question.ask, label.step, number, count.answered, label.text
                    found.append(TeamWish(*wish, address))
    return sorted(found, key=_place)


def _place(wish: TeamWish) -> tuple[int, str, str, int]:
    return -wish.people, wish.step, wish.question, wish.answered


def _offered(question: TeamQuestion, item: str, count: Count) -> Iterator[tuple[str, Label, int]]:
    """What is offered as a step at a place: its address, its label, and how many people it was offered."""
    given = {one: count.values.get(one.id, 0) for one in question.values if one.offer}
    labels = {one.id: one for one in question.items}
    address = f"{question.id}.{item}" if item in labels else question.id
    match question.measure:
        case "mark":
            if item in labels:
                yield address, labels[item], max(given.values(), default=0)
        case "rank":
            if item in labels and labels[item].offer:
                yield address, labels[item], sum(count.values.values())
        case "point":
            whole = Label("", question.ask, step=question.ask)
            yield address, labels.get(item, whole), sum(given.values())
        case "pick":
            for one, number in given.items():  # an option says what somebody is, not what would help
                yield f"{address}.{one.id}", one._replace(text=one.step), number
        case "amount" | "day" | "yes-no" | "words" | "cells" | "score":
            pass
        case never:
            assert_never(never)


def wish_record(one: TeamWish) -> WishRecord:
    """A wish as plain data."""
    return {
        "worksheet": one.worksheet,
        "question": one.question,
        "step": one.step,
        "people": one.people,
        "answered": one.answered,
        "item": one.item,
        "address": one.address,
    }
