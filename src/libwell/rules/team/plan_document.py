"""A team's plan as a Document, as a sheet and as plain data. Only what is in the plan goes into it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

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
    filled,
)
from libwell.model.sheet import Sheet
from libwell.rules.team.wording import amount, people, speaks_of

if TYPE_CHECKING:
    from libwell.model.verb_records import TeamPlanRecord, TeamStepRecord, WishRecord
    from libwell.rules.team.plans import TeamPlan, TeamStep
    from libwell.rules.team.wishes import TeamWish

COLUMNS = ("step", "support", "level", "who", "due", "due_words", "know", "status", "other_wordings")
_SAID_STATUS = STATUS_WORDS | {"open": "", "done": ""}
"""What is said of a step's status; open and done are seen by its box."""


def plan_document(plan: TeamPlan) -> Document:
    """Make a plan a Document: its steps by level, then who, then day.

    Behind them stand those set aside, those that may be the same, and wishes that nobody took up.
    """
    current = [one for one in plan.steps if not one.is_set_aside]
    aside = [one for one in plan.steps if one.is_set_aside]
    spoken = [(title, speaks_of(one, plan.minimum, what="plan")) for title, one in plan.worksheets]
    sizes = [(title, one.people) for title, one in plan.worksheets]
    blocks: list[Block] = [plan.head.facts(sizes), Facts(tuple(spoken))]
    if not current:
        blocks.append(Paragraph("No steps yet.", tone="aside"))
    for level, steps in groupby(current, lambda one: one.level):
        blocks.append(Heading(2, LEVEL_HEADINGS[level]))
        groups = [(who, list(group)) for who, group in groupby(steps, lambda one: one.who)]
        for who, group in groups:
            if groups[0][0]:  # nobody stands last, so somebody is named
                blocks.append(Heading(3, ", ".join(who) or "Nobody named yet"))
            blocks += map(_task, group)
    if aside:
        blocks += [Heading(2, "Set aside for now"), *map(_task, aside)]
    if plan.near:
        how = 'Nothing was joined. To join two: --join "This step=That step".'
        blocks += [Heading(2, "Perhaps the same"), Paragraph(how, tone="aside")]
    for pair in plan.near:
        blocks.append(Listing(tuple(f"{one_line(one.step)} ({_support(one)})" for one in pair)))
    if plan.wishes:
        why = "Often marked, and no step came of it. Is there one?"
        blocks += [Heading(2, "Wished for, and in nobody's plan"), Paragraph(why, tone="aside")]
        blocks.append(Listing(tuple(map(_wish, plan.wishes))))
    return Document(plan.head.title or "Team plan", tuple(blocks))


def _task(one: TeamStep) -> Task:
    day = (say_date(one.due),) if one.due else ()
    details = filled(
        ("Supported by", _support(one)),
        ("Who", ", ".join(one.who)),
        (BY_WHEN, "; ".join((*day, *one.due_words))),
        ("How we will know", "\n".join(one.know)),
        ("Status", _SAID_STATUS[one.status]),
        ("Also worded", "\n".join(one.others)),
        ("Also wished for", "\n".join(map(_wish, one.wishes))),
    )
    # A calendar knows the step by its wording, as people come and go under it.
    entry = CalendarEntry(f"team plan {one.key}", one.status, one.due, one.revision) if one.due else None
    return Task(one.step, one.status == "done", details, one.due, entry)


def _support(one: TeamStep) -> str:
    return "at least one person" if one.support is None else people(one.support)


def _wish(wish: TeamWish) -> str:
    return f"{wish.step} ({amount(wish.people)} out of {wish.answered})"


# --- for programs ---------------------------------------------------------------------------------


def plan_sheet(plan: TeamPlan) -> Sheet:
    """The steps, one a row; several names or wordings are parted by semicolons."""
    rows = []
    for one in plan.steps:
        who, due_words, know, others = (
            "; ".join(texts) or None for texts in (one.who, one.due_words, one.know, one.others)
        )
        row = (one.step, one.support, one.level, who, one.due, due_words, know, one.status, others)
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
        "wishes": list(map(_wish_record, plan.wishes)),
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
        "wishes": list(map(_wish_record, one.wishes)),
    }


def _wish_record(wish: TeamWish) -> WishRecord:
    return {
        "worksheet": wish.worksheet,
        "question": wish.question,
        "step": wish.step,
        "people": wish.people,
        "answered": wish.answered,
    }
