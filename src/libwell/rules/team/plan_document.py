"""A team's plan as a Document, as a sheet and as plain data. Only what is in the plan goes into it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from libwell.model.action_words import LEVEL_HEADINGS, STATUS_WORDS
from libwell.model.characters import one_line
from libwell.model.dates import say_date
from libwell.model.document import (
    BY_WHEN,
    Block,
    CalendarEntry,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Task,
)
from libwell.model.sheet import Sheet
from libwell.rules.team.wording import amount, people, speaks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.rules.team.plans import TeamPlan, TeamStep, TeamWish

SCHEMA = "libwell.team-plan/2"
COLUMNS = ("step", "support", "level", "who", "due", "due_words", "know", "status", "other_wordings")


def plan_document(plan: TeamPlan) -> Document:
    """The plan: by level, then who, then day; then what may be the same, and what nobody took up."""
    current = [one for one in plan.steps if not one.is_set_aside]
    aside = [one for one in plan.steps if one.is_set_aside]
    spoken = [(title, speaks_of(one, plan.minimum, what="plan")) for title, one in plan.worksheets]
    blocks: list[Block] = [Facts(tuple(spoken))]
    if not current:
        blocks.append(Paragraph("No steps yet.", tone="aside"))
    for level, steps in groupby(current, lambda one: one.level):
        blocks += [Heading(2, LEVEL_HEADINGS[level]), *_by_who(list(steps))]
    if aside:
        blocks += [Heading(2, "Set aside for now"), *map(_task, aside)]
    return Document("Team plan", (*blocks, *_near(plan), *_wished(plan)))


def _by_who(steps: list[TeamStep]) -> Iterator[Block]:
    if not any(one.who for one in steps):
        yield from map(_task, steps)
        return
    for who, group in groupby(steps, lambda one: one.who):
        yield Heading(3, ", ".join(who) or "Nobody named yet")
        yield from map(_task, group)


def _task(one: TeamStep) -> Task:
    day = (say_date(one.due),) if one.due else ()
    details = (
        ("Supported by", _support(one)),
        ("Who", ", ".join(one.who)),
        (BY_WHEN, "; ".join((*day, *one.due_words))),
        ("How we will know", "\n".join(one.know)),
        ("Status", "" if one.status in ("open", "done") else STATUS_WORDS[one.status]),
        ("Also worded", "\n".join(one.others)),
        ("Also wished for", "\n".join(map(_wish, one.wishes))),
    )
    told = tuple((label, text) for label, text in details if text)
    # A calendar knows the step by its wording, as people come and go under it.
    entry = CalendarEntry(f"team plan {one.key}", one.status, one.due, one.revision) if one.due else None
    return Task(one.step, one.status == "done", told, one.due, entry)


def _support(one: TeamStep) -> str:
    return "at least one person" if one.support is None else people(one.support)


def _wish(wish: TeamWish) -> str:
    return f"{wish.step} ({amount(wish.people)} out of {wish.answered})"


def _near(plan: TeamPlan) -> Iterator[Block]:
    if plan.near:
        yield Heading(2, "Perhaps the same")
        yield Paragraph('Nothing was joined. To join two: --join "This step=That step".', tone="aside")
    for pair in plan.near:
        yield Listing(tuple(f"{one_line(one.step)} ({_support(one)})" for one in pair))


def _wished(plan: TeamPlan) -> Iterator[Block]:
    if plan.wishes:
        yield Heading(2, "Wished for, and in nobody's plan")
        yield Paragraph("Often marked, and no step came of it. Is there one?", tone="aside")
        yield Listing(tuple(map(_wish, plan.wishes)))


# --- for programs ---------------------------------------------------------------------------------


def plan_sheet(plan: TeamPlan) -> Sheet:
    """The steps, one a row; several names or wordings are parted by semicolons."""
    rows = [
        (
            *(one.step, one.support, one.level, _in_cell(one.who), one.due),
            *(_in_cell(one.due_words), _in_cell(one.know), one.status, _in_cell(one.others)),
        )
        for one in plan.steps
    ]
    return Sheet(COLUMNS, tuple(rows))


def _in_cell(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def plan_data(plan: TeamPlan) -> dict[str, Any]:
    """Everything in the plan, near steps and wishes as well. `support` is null where it can't be told."""
    return {
        "schema": SCHEMA,
        "min_group": plan.minimum,
        "worksheets": [
            {"title": title, "people": one.people, "waits": one.waits} for title, one in plan.worksheets
        ],
        "steps": [_step(one) for one in plan.steps],
        "near": [[one.step for one in pair] for pair in plan.near],
        "wishes": [one._asdict() for one in plan.wishes],
    }


def _step(one: TeamStep) -> dict[str, Any]:
    names = ("step", "support", "level", "who", "due", "due_words", "know", "status", "others")
    wishes = [wish._asdict() for wish in one.wishes]
    return {**{name: getattr(one, name) for name in names}, "wishes": wishes}
