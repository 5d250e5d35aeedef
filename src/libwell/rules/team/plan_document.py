"""A team's plan as a Document, as a sheet and as plain data. Only what is in the plan goes into it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from libwell.model.action_words import LEVEL_HEADINGS, STATUS_WORDS, say_support
from libwell.model.characters import one_line
from libwell.model.dates import say_day
from libwell.model.document import (
    BY_WHEN,
    WORKSHEET,
    Block,
    CalendarEntry,
    Document,
    Heading,
    Paragraph,
    Table,
    Task,
    filled,
    list_under,
)
from libwell.model.sheet import Sheet
from libwell.rules.team.wishes import MOST_WISHES, wish_record
from libwell.rules.team.wording import speaks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.action_words import LevelName
    from libwell.model.verb_records import TeamPlanRecord, TeamStepRecord
    from libwell.rules.team.plans import TeamPlan, TeamStep

COLUMNS = ("step", "support", "level", "who", "due", "due_words", "know", "status", "other_wordings", "done")
_HEADS = ("Step", "Who", "By when", "Status", "Supported by")
_SHARES = (36, 14, 21, 13, 16)
_ABOUT = (
    "People wrote these steps for themselves, for their team and for the library. “Supported by” says how "
    "many wrote the same step, or that at least one person did."
)
_WISHED = (
    "How many wish for it, of those who answered. Nobody wrote a step for it yet; the first steps are ideas "
    "of the worksheet."
)
_LEVELS: dict[LevelName, str] = {
    "me": "What people do by themselves.",
    "team": "What the team can decide and do.",
    "organisation": "What needs somebody who can decide for the library.",
    "community": "What needs people from outside the library.",
}
"""What is said below the heading of a level, for who was not there."""
_SAID_STATUS = STATUS_WORDS | {"open": "", "done": ""}
"""What is said of a step's status in a calendar; open and done are no news there."""


def plan_document(plan: TeamPlan, *, top: int = MOST_WISHES) -> Document:
    """Make a plan a Document: its steps as a table for each level, then what else is known of them.

    Behind them stand wishes that nobody took up, those set aside, and those that may be the same. The first
    `top` wishes stand before the others.
    """
    current = [one for one in plan.steps if not one.is_set_aside]
    aside = [one for one in plan.steps if one.is_set_aside]
    about = _ABOUT if current else "No steps yet."
    blocks: list[Block] = [*head_of(plan), Paragraph(about, tone="aside")]
    for level, steps in groupby(current, lambda one: one.level):
        blocks += [Heading(2, LEVEL_HEADINGS[level]), Paragraph(_LEVELS[level], tone="aside")]
        blocks.append(_table(steps))
    blocks += _more((*current, *aside))
    first, others = plan.wishes[:top], plan.wishes[top:]
    blocks += list_under(
        2, "Wished for, and in nobody's plan", (wish.text_with_step for wish in first), _WISHED
    )
    if aside:
        blocks += [Heading(2, "Set aside for now"), _table(aside)]
    pairs = (f"“{one_line(one.step)}” and “{one_line(other.step)}”" for one, other in plan.near)
    blocks += list_under(2, "Perhaps the same", pairs)
    blocks += list_under(2, "Further wishes", (wish.text for wish in others))
    return Document(plan.head.title or "Team plan", tuple(blocks))


def head_of(plan: TeamPlan) -> Iterator[Block]:
    """The title block, and of each worksheet why not all of its numbers are told, where that is so."""
    yield plan.head.facts([(title, one.people) for title, one in plan.worksheets])
    for title, one in plan.worksheets:
        if one.waits or one.people is None:
            said = speaks_of(one, plan.minimum, what="plan")
            yield Paragraph(f"{title}: {said}" if len(plan.worksheets) > 1 else said)


def _table(steps: Iterable[TeamStep]) -> Table:
    rows = []
    for one in steps:
        who, when = ", ".join(one.who) or "nobody yet", by_when(one) or "no day yet"
        rows.append((one.step, who, when, _status(one), say_support(one.support)))
    return Table(_HEADS, tuple(rows), row_heads=True, shares=_SHARES)


def _more(steps: Iterable[TeamStep]) -> Iterator[Block]:
    """What else is known of steps: a table of those that have something, with the columns that are used."""
    heads = ("Step", "How we will know", "Also worded", "Also wished for")
    columns = list(zip(heads, *_detailed(steps), strict=True))
    used = [column for column in columns if any(column[1:])]
    if used:
        yield Heading(2, "More about these steps")
        names, *rows = zip(*used, strict=True)
        yield Table(names, tuple(rows), row_heads=True)


def _detailed(steps: Iterable[TeamStep]) -> Iterator[tuple[str, ...]]:
    """Each step of which more is known, with that."""
    for one in steps:
        details = _details(one)
        if any(details):
            yield one.step, *details


def _details(one: TeamStep) -> tuple[str, str, str]:
    """How people will know, other wordings, and wishes that are nearly the same."""
    return "\n".join(one.know), "\n".join(one.others), "\n".join(wish.text for wish in one.wishes)


def by_when(one: TeamStep) -> str:
    """The first day given, and what else was given for one; empty where there is neither."""
    day = (say_day(one.due),) if one.due else ()
    return "; ".join((*day, *one.due_words))


def _status(one: TeamStep) -> str:
    """How far it is; how many have done it where some have, and not all."""
    has_some = one.done and one.status != "done"
    return f"{one.done} of {one.support} done" if has_some else STATUS_WORDS[one.status]


# --- for calendars --------------------------------------------------------------------------------


def plan_tasks(plan: TeamPlan) -> Document:
    """The steps as tasks, as a calendar takes them."""
    titles = ", ".join(title for title, _ in plan.worksheets)
    return Document(plan.head.title or "Team plan", tuple(_task(one, titles) for one in plan.steps))


def _task(one: TeamStep, titles: str) -> Task:
    know, others, wishes = _details(one)
    details = filled(
        ("Supported by", say_support(one.support)),
        ("Who", ", ".join(one.who)),
        (BY_WHEN, by_when(one)),
        ("How we will know", know),
        ("Status", _SAID_STATUS[one.status]),
        ("Also worded", others),
        ("Also wished for", wishes),
        (WORKSHEET, titles),
    )
    # A calendar knows the step by its wording, as people come and go under it.
    entry = CalendarEntry(f"team plan {one.key}", one.status, one.due, one.revision) if one.due else None
    return Task(one.step, one.status == "done", details, one.due, entry)


# --- for programs ---------------------------------------------------------------------------------


def plan_sheet(plan: TeamPlan) -> Sheet:
    """The steps, one a row; several names or wordings are parted by semicolons."""
    rows = []
    for one in plan.steps:
        who, due_words, know, others = (
            "; ".join(texts) or None for texts in (one.who, one.due_words, one.know, one.others)
        )
        row = (one.step, one.support, one.level, who, one.due, due_words, know, one.status, others, one.done)
        rows.append(row)
    return Sheet(COLUMNS, tuple(rows))


def plan_data(plan: TeamPlan) -> TeamPlanRecord:
    """Everything in the plan as plain data, near steps and wishes as well."""
    return {
        "schema": "libwell.team-plan/2",
        "min_group": plan.minimum,
        "worksheets": [
            {"title": title, "people": one.people, "waits": one.waits} for title, one in plan.worksheets
        ],
        "steps": list(map(_step_record, plan.steps)),
        "near": [[one.step for one in pair] for pair in plan.near],
        "wishes": list(map(wish_record, plan.wishes)),
    }


def _step_record(one: TeamStep) -> TeamStepRecord:
    return {
        "step": one.step,
        "support": one.support,
        "level": one.level,
        "who": list(one.who),
        "due": one.due,
        "due_words": list(one.due_words),
        "know": list(one.know),
        "status": one.status,
        "others": list(one.others),
        "wishes": list(map(wish_record, one.wishes)),
        "done": one.done,
    }
