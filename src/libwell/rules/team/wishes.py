"""What people wish for: places whose values offer a step, with how many people it was offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.counting import Count, Counts
    from libwell.rules.team.outlines import Outline, TeamQuestion

_OFTEN = 1 / 3
"""Of those who answered there: so many wish for something where it is often."""


class TeamWish(NamedTuple):
    """Something that people wish for, in the worksheet's words: how many, of how many who answered there."""

    worksheet: str
    question: str
    step: str
    people: int
    answered: int

    @property
    def is_frequent(self) -> bool:
        """Whether many wish for it."""
        return self.people >= max(2, _OFTEN * self.answered)


def wishes(outline: Outline, counts: Counts) -> dict[str, TeamWish]:
    """What somebody wishes for, by its address in the worksheet; the most wished for first.

    Whatever `counts` holds is told of: they are those of the places where enough people answered.
    """
    found: dict[str, TeamWish] = {}
    for place, count in counts.items():
        question = outline.by_id.get(place.prompt)
        if question and question.shape_at(place.column) == place.shape:
            for address, step, number in _offered(question, place.item, count):
                if number:
                    found[address] = TeamWish(outline.title, question.ask, step, number, count.answered)
    return dict(sorted(found.items(), key=lambda one: _place(one[1])))


def _place(wish: TeamWish) -> tuple[int, str, str, int]:
    return -wish.people, wish.step, wish.question, wish.answered


def _offered(question: TeamQuestion, item: str, count: Count) -> Iterator[tuple[str, str, int]]:
    """Each step that is offered at a place: its address, its words, and how many people it was offered."""
    given = {one: count.values.get(one.id, 0) for one in question.values if one.offer}
    steps = {one.id: one.step for one in question.items}
    address = f"{question.id}.{item}" if item in steps else question.id
    match question.measure:
        case "mark":
            if item in steps:
                yield address, steps[item], max(given.values(), default=0)
        case "rank":
            if item in {one.id for one in question.items if one.offer}:
                yield address, steps[item], sum(count.values.values())
        case "point":
            yield address, steps.get(item, question.ask), sum(given.values())
        case "pick":
            yield from ((f"{address}.{one.id}", one.step, number) for one, number in given.items())
        case "amount" | "day" | "yes-no" | "words" | "cells" | "score":
            pass
        case never:
            assert_never(never)
