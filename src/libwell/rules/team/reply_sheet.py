"""A sheet on which those who decide answer a team's plan by hand: a line for each step and wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.action_words import CURRENT, say_support
from libwell.model.characters import one_line
from libwell.model.document import BOX, ROOM, Document, Facts, Heading, Paragraph, Table, filled
from libwell.rules.team.plan_document import by_when, head_of
from libwell.rules.team.wishes import MOST_WISHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.document import Block
    from libwell.rules.team.plans import TeamPlan, TeamStep

_ASKED = (
    "Your staff said what would help them, and ask you for an answer to each line: yes or no, by when, and "
    "why. “No, because …” is an answer too. What hurts is to hear nothing."
)
_WIDE = ("organisation", "community")
"""Levels of steps that need somebody who decides."""


def reply_sheet(plan: TeamPlan, *, top: int = MOST_WISHES) -> Document:
    """Make a sheet of every step that is not done or set aside, and of the first `top` wishes.

    What needs somebody who decides comes first.
    """
    current = [one for one in plan.steps if one.status in CURRENT]
    wide = [_step(one) for one in current if one.level in _WIDE]
    near = [_step(one) for one in current if one.level not in _WIDE]
    blocks: list[Block] = [*head_of(plan), Paragraph(_ASKED)]
    blocks += _lines("For the library, and beyond it", "Step", wide)
    wished = (wish.text_with_step for wish in plan.wishes[:top])
    blocks += _lines("Wished for, and in nobody's plan", "Wish, and how many have it", wished)
    blocks += _lines("Planned by the team, and by people for themselves", "Step", near)
    blocks.append(Facts((("Who answers", ROOM), ("Staff will hear by", ROOM))))
    return Document(f"Your reply: {plan.head.title or 'Team plan'}", tuple(blocks), to_fill_in=True)


def _lines(heading: str, what: str, texts: Iterable[str]) -> Iterator[Block]:
    rows = tuple((text, BOX, BOX, "", "") for text in texts)
    if rows:
        yield Heading(2, heading)
        yield Table((what, "Yes", "No", "By when", "Why"), rows, row_heads=True, shares=(43, 7, 7, 16, 27))


def _step(one: TeamStep) -> str:
    """A step, and behind it how many support it, who does it and by when."""
    known = filled(("who", ", ".join(one.who)), ("by when", by_when(one)))
    more = "; ".join((say_support(one.support), *(f"{label}: {text}" for label, text in known)))
    return f"{one_line(one.step)} ({one_line(more)})"
