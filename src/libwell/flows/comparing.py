"""Comparing two saved responses: what both may show, as a Document and as plain data.

Everything is given as values; `cli` chooses between words for a person and JSON.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from libwell.model.numbers import as_data, rounded
from libwell.rules.comparing.over_time import NumberOverTime, numbers_over_time
from libwell.rules.comparing.pairing import Pair, PlacePair, given_in
from libwell.rules.comparing.responses import Comparison, ScorePair, StepPair, compare, for_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from libwell.flows.opened import Opened
    from libwell.kinds.values import Given
    from libwell.model import comparison_records as shapes
    from libwell.model.response import Action
    from libwell.rules.asked_now import Asked
    from libwell.rules.comparing.pairing import NotCompared
    from libwell.rules.privacy import Excerpt
    from libwell.rules.scoring import Scored


def compare_saved(*opened: Opened, private: bool) -> list[Comparison]:
    """Hold saved responses each against the one before; what is private in any shows only with `private`.

    Raises LibwellError if they answer different worksheets.
    """
    excerpts = for_all(*((one.response, one.worksheet) for one in opened), private=private)
    return [compare(then, now) for then, now in pairwise(excerpts)]


def comparison_as_data(comparison: Comparison) -> shapes.ComparisonRecord:
    """Give a comparison as plain data."""
    then, now = comparison.then, comparison.now
    return {
        "schema": "libwell.compare/1",
        "worksheet": {"id": now.worksheet.id, "title": now.worksheet.title},
        "then": _side(then),
        "now": _side(now),
        "answers": list(map(_answer, comparison.pairs)),
        "scores": list(map(_score, comparison.scores)),
        "actions": [_step(step, comparison) for step in comparison.steps],
        "not_compared": list(map(_not_compared, comparison.not_compared)),
        "withheld": comparison.withheld,
    }


def comparisons_as_data(comparisons: Sequence[Comparison]) -> shapes.ComparisonsRecord:
    """Give comparisons, each of two responses that follow each other, as plain data."""
    return {
        "schema": "libwell.compare/2",
        "comparisons": list(map(comparison_as_data, comparisons)),
        "numbers": list(map(_over_time, numbers_over_time(comparisons))),
    }


def _over_time(one: NumberOverTime) -> shapes.NumberOverTimeRecord:
    name, item, mark = one.key
    values = [_number(number) for number in one.numbers]
    return {
        "id": name,
        "item": item,
        "mark": mark,
        "title": one.title,
        "private": one.is_private,
        "values": values,
        "difference": _number(one.since(-2)),
        "since_first": _number(one.since(0)),
    }


def _number(number: Fraction | None) -> int | float | None:
    return None if number is None else as_data(rounded(number, digits=6))


def _side(excerpt: Excerpt) -> shapes.ResponseSide:
    response, person = excerpt.response, excerpt.response.person
    return {
        "id": response.id,
        "status": response.status,
        "revision": response.revision,
        "completed": response.completed,
        "version": excerpt.worksheet.version,
        "person": {"name": person.name, "team": person.team, "library": person.library},
    }


def _answer(pair: Pair) -> shapes.ComparedAnswer:
    """One prompt: everything given at both times, and (for marks and numbers) place by place what changed."""
    return {
        "id": pair.now.prompt.id,
        "title": pair.now.prompt.ask,
        "title_then": pair.then.prompt.ask,
        "section": pair.now.section.id,
        "kind": pair.now.prompt.kind,
        "private": pair.is_private,
        "unchanged": pair.is_unchanged,
        "then": _given_side(pair.then),
        "now": _given_side(pair.now),
        "changes": list(map(_place_pair, pair.places)),
    }


def _given_side(one: Asked) -> shapes.AnswerSide:
    given: list[shapes.SaidRecord] = [
        {**_place(row), "value": row.value, "text": row.text, "not_answered": row.not_answered}
        for row in given_in(one)
    ]
    return {"not_answered": one.not_answer, "given": given}


def _place(row: Given) -> shapes.ComparedPlace:
    return {"id": row.item, "title": row.about, "mark": row.mark, "mark_title": row.mark_text}


def _place_pair(one: PlacePair) -> shapes.ChangeRecord:
    """One place; the id of an own entry is left out, as each response has its own."""
    return {
        **_place(one.place._replace(item="other") if one.place.is_own else one.place),
        "then": one.then.value,
        "now": one.now.value,
        "change": one.change,
        "difference": None if one.difference is None else as_data(one.difference),
    }


def _score(score: ScorePair) -> shapes.ComparedScore:
    return {
        "id": score.now.id,
        "title": score.now.title,
        "private": score.is_private,
        "then": _scored(score.then),
        "now": _scored(score.now),
        "difference": _number(score.difference),
    }


def _scored(score: Scored) -> shapes.ScoreSide:
    return {"value": None if score.value is None else as_data(score.value), "text": score.text}


def _step(step: StepPair, comparison: Comparison) -> shapes.ComparedStep:
    return {
        "title": step.step,
        "outcome": step.outcome,
        "private": step.is_private,
        "then": _action(step.then, comparison.then),
        "now": _action(step.now, comparison.now),
    }


def _not_compared(one: NotCompared) -> shapes.NotComparedRecord:
    return {
        "what": one.what,
        "id": one.id,
        "title": one.title,
        "item": one.item,
        "item_title": one.item_title,
        "reason": one.reason,
        "text": one.text,
        "private": one.is_private,
    }


def _action(action: Action | None, excerpt: Excerpt) -> shapes.ActionSide | None:
    if action is None:
        return None
    name = excerpt.response.action_id(action.id)
    return {"id": name, "status": action.status, "changed": action.changed}
