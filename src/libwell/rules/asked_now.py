"""What is asked now: the prompts whose conditions hold, each with its answer as it counts now.

Everything that walks through a response (the walk itself, exports, checks) goes through `asked`, so
that hidden prompts and withdrawn picks are judged in one place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple, cast

from libwell.kinds.own_entries import highest_own
from libwell.kinds.steps import Around
from libwell.kinds.values import (
    NOT_ANSWERED,
    NotAnswer,
    Problem,
    Value,
    misspelt_not_answer,
    not_answer,
    not_answer_problems,
)
from libwell.rules.caching import cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.model.base import Offer
    from libwell.model.conditions import Condition
    from libwell.model.response import Response
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet


_MOST_PROBLEMS = 100
"""In one answer: to find the nearest id takes a while, and a hostile file has half a million wrong ones."""


class Asked(NamedTuple):
    """A prompt that is asked.

    `value` is what counts of its answer now (None: none), `entry` what is kept of it, `problems` what is
    wrong with that; an answer with problems does not count.
    """

    section: Section
    prompt: AnyPrompt
    around: Around
    value: Value | None
    entry: Value | None
    problems: tuple[Problem, ...] = ()

    @property
    def not_answer(self) -> NotAnswer | None:
        """Why there is no answer, as far as the person said."""
        return not_answer(self.entry)

    @property
    def is_answered(self) -> bool:
        """Whether something was given: an answer that counts, or a full not-answer. A skip is neither."""
        return self.value is not None or self.not_answer not in (None, "skipped")

    @property
    def kept(self) -> Value | None:
        """The whole value to go on from, with what hangs on withdrawn picks; None for a not-answer."""
        return None if self.not_answer or self.problems else self.entry


class _Answer(NamedTuple):
    """An answer that counts, as conditions and what is picked of it need it."""

    prompt: AnyPrompt
    around: Around
    value: Value


_Answers = dict[str | None, _Answer]
"""By the ids of their prompts; None, where there is no id to look for, is none of them."""


def asked(worksheet: Worksheet, response: Response) -> tuple[Asked, ...]:
    """Every prompt asked now, in order. To take a line for one of them, see `while_answering`."""
    found: list[Asked] = []
    answers: _Answers = {}
    plain = _arounds(worksheet)
    for section, prompt in _shown(worksheet, answers):
        around, source = plain[prompt.id], answers.get(prompt.source)
        if source:
            picked = source.prompt.picked(source.value, source.around)
            around = replace(around, picks=prompt.counting(picked))
        entry = response.answers.get(prompt.id)
        problems = wrong_with(prompt, entry, around)
        if prompt.holds_actions:
            entry = cast("list[Value]", [*response.actions]) or entry
        one = Asked(section, prompt, around, None, entry, problems)
        if one.kept is not None:
            one = one._replace(value=prompt.current(one.kept, around))
        if one.value is not None:
            answers[prompt.id] = _Answer(prompt, around, one.value)
        found.append(one)
    return tuple(found)


def _shown(worksheet: Worksheet, answers: _Answers) -> Iterator[tuple[Section, AnyPrompt]]:
    """The prompts whose conditions hold, each judged when those above it are among the answers."""
    for section in worksheet.sections:
        if _holds(section.when, answers):
            yield from ((section, prompt) for prompt in section.prompts if _holds(prompt.when, answers))


def _holds(condition: Condition | None, answers: _Answers) -> bool:
    """Judge a condition (None: it always holds) by the prompts that have an answer that counts, by their ids.

    A prompt that is hidden, skipped or not answered fails every test but `answered`.
    """
    if condition is None:
        return True
    if condition.all_ is not None:
        return all(_holds(part, answers) for part in condition.all_)
    if condition.any_ is not None:
        return any(_holds(part, answers) for part in condition.any_)
    if condition.not_ is not None:
        return not _holds(condition.not_, answers)
    one = answers.get(condition.prompt)
    if condition.answered is not None:
        return condition.answered == (one is not None)
    return one is not None and one.prompt.passes(condition, one.value)


@cached_by_identity
def looks_at(condition: Condition | None) -> frozenset[str]:
    """The ids of the prompts a condition looks at; none where there is no condition."""
    tests = condition.tests() if condition else ()
    return frozenset(test.prompt or "" for _, test in tests)


@cached_by_identity
def _arounds(worksheet: Worksheet) -> dict[str, Around]:
    """What is around each prompt whatever was answered, by its id. The nearest word about a level wins."""
    known = pickable(worksheet)
    return {
        prompt.id: Around(
            dt.date.min,
            pickable=known.get(prompt.id),
            level=prompt.level or section.level or worksheet.level,
        )
        for section, prompt in worksheet.prompts()
    }


def while_answering(
    one: Asked, everything: Iterable[Asked], worksheet: Worksheet, response: Response, *, now: Around
) -> Asked:
    """One of the prompts asked (of `everything`), with what its steps need while somebody answers.

    These are the highest numbers of own entries and actions, what the answers above offer to a plan, and of
    `now` the day, `remark`, `one_by_one` and `country`. A plan's value is its actions as plain tables.
    """
    last_own = highest_number(worksheet, response.last_own, response.answers, one.prompt.id)
    known = one.around
    around = replace(now, picks=known.picks, pickable=known.pickable, level=known.level, last_own=last_own)
    if not one.prompt.holds_actions:
        return one._replace(around=around)
    offers: list[Offer] = []
    for other in takewhile(lambda other: other.prompt is not one.prompt, everything):
        if other.value is not None:
            offered = other.prompt.offers(other.value, other.around)
            offers += [replace(offer, level=offer.level or other.around.level) for offer in offered]
    around = replace(around, last_action=response.highest_action, offers=one.prompt.takes_up(offers))
    tables = actions_as_tables(response)
    return one._replace(around=around, entry=tables or one.entry, value=tables or None)


def wrong_with(prompt: AnyPrompt, entry: Value | None, around: Around) -> tuple[Problem, ...]:
    """What is wrong with what is kept of an answer or a not-answer: the first hundred things."""
    found: Iterable[Problem] = ()
    if isinstance(entry, dict) and NOT_ANSWERED in entry:
        found = not_answer_problems(entry, prompt.not_answers)
    elif entry is not None:
        found = list(misspelt_not_answer(entry)) or prompt.problems(entry, around)
    return tuple(islice(found, _MOST_PROBLEMS))


def actions_as_tables(response: Response) -> list[dict[str, Value]]:
    """The actions as plain tables, the value of the plan prompt."""
    return [action.model_dump(by_alias=True, exclude_unset=True) for action in response.actions]


@cached_by_identity
def _lists(worksheet: Worksheet) -> dict[str | None, list[str]]:
    """By prompt, the ids of those that hand their picks on to each other, its own among them."""
    lists: dict[str | None, list[str]] = {}
    for _, prompt in worksheet.prompts():
        lists[prompt.id] = lists.get(prompt.source, [])
        lists[prompt.id].append(prompt.id)
    return lists


def highest_number(
    worksheet: Worksheet, last_own: Mapping[str, int], answers: Mapping[str, Value], prompt: str
) -> int:
    """The highest number ever given to own entries of a prompt, by its id; 0 if there is none.

    `last_own` holds the highest one by prompt, as a response keeps it; `answers` may hold higher ones.
    Prompts that hand their picks on share one count, so that no two entries of a list have the same id.
    """
    same_list = _lists(worksheet)[prompt]
    return max(max(last_own.get(name, 0), highest_own(answers.get(name))) for name in same_list)


@cached_by_identity
def prompt_ids(worksheet: Worksheet) -> frozenset[str]:
    """The ids of all prompts."""
    return frozenset(worksheet.by_id())


@cached_by_identity
def pickable(worksheet: Worksheet) -> dict[str, frozenset[str]]:
    """The ids that rows and options can have, by prompt, where they come from another prompt."""
    offered: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for _, prompt in worksheet.prompts():
        if prompt.source:
            found[prompt.id] = offered.get(prompt.source, frozenset())
        offered[prompt.id] = found.get(prompt.id, prompt.thing_ids)
    return found
