"""What is asked now: the prompts whose conditions hold, each with its answer as it counts now.

Everything that walks through a response (the walk itself, exports, checks) goes through `asked`, so
that hidden prompts and withdrawn picks are judged in one place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
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
from libwell.rules.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.kinds.base import Prompt
    from libwell.model.base import Offer
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


def asked(worksheet: Worksheet, response: Response) -> tuple[Asked, ...]:
    """Every prompt asked now, in order. To take a line for one of them, see `while_answering`."""
    found: dict[str, Asked] = {}
    answers: dict[str, tuple[Prompt, Value]] = {}
    shown: dict[str, bool] = {}
    for section, prompt, plain in _places(worksheet):
        if section.id not in shown:
            shown[section.id] = holds(section.when, answers)
        if not shown[section.id] or (prompt.when is not None and not holds(prompt.when, answers)):
            continue
        around, source = plain, found.get(prompt.source or "")
        if source and source.value is not None:
            around = replace(plain, picks=source.prompt.picked(source.value, source.around))
        entry = response.answers.get(prompt.id)
        problems = () if entry is None else tuple(wrong_with(prompt, entry, around))
        if prompt.holds_actions:
            entry = cast("list[Value]", [*response.actions]) or entry
        counts = not problems and not not_answer(entry)
        value = prompt.current(entry, around) if counts and entry is not None else None
        found[prompt.id] = Asked(section, prompt, around, value, entry, problems)
        if value is not None:
            answers[prompt.id] = prompt, value
    return tuple(found.values())


@cached_by_identity
def _places(worksheet: Worksheet) -> tuple[tuple[Section, AnyPrompt, Around], ...]:
    """Every prompt with its section and what is around it whatever was answered."""
    known, found = pickable(worksheet), []
    for section, prompt in worksheet.prompts():
        level = prompt.level or section.level or worksheet.level  # the nearest word wins
        found.append((section, prompt, Around(dt.date.min, pickable=known.get(prompt.id), level=level)))
    return tuple(found)


def while_answering(
    one: Asked, everything: Iterable[Asked], worksheet: Worksheet, response: Response, *, now: Around
) -> Asked:
    """One of the prompts asked, with what its steps need while somebody answers.

    These are the highest numbers of own entries and actions, what the answers above offer to a plan, and of
    `now` the day, `remark`, `one_by_one` and `country`. A plan's value is its actions as plain tables.
    """
    last_own = highest_number(worksheet, response.last_own, response.answers, one.prompt.id)
    plain = one.around
    around = replace(now, picks=plain.picks, pickable=plain.pickable, level=plain.level, last_own=last_own)
    if not one.prompt.holds_actions:
        return one._replace(around=around)
    offers: list[Offer] = []
    for other in everything:
        if other.prompt is one.prompt:
            break
        if other.value is not None:
            offered = other.prompt.offers(other.value, other.around)
            offers += [replace(offer, level=offer.level or other.around.level) for offer in offered]
    around = replace(around, last_action=response.highest_action, offers=one.prompt.takes_up(offers))
    tables = actions_as_tables(response)
    return one._replace(around=around, entry=tables or one.entry, value=tables or None)


def wrong_with(prompt: AnyPrompt, entry: Value, around: Around) -> Iterator[Problem]:
    """What is wrong with what is kept of an answer, be it one or a not-answer: the first hundred things."""
    if isinstance(entry, dict):
        if NOT_ANSWERED in entry:
            return not_answer_problems(entry, prompt.not_answers)
        misspelt = list(misspelt_not_answer(entry))
        if misspelt:
            return iter(misspelt)
    return islice(prompt.problems(entry, around), _MOST_PROBLEMS)


def actions_as_tables(response: Response) -> list[dict[str, Value]]:
    """The actions as plain tables, the value of the plan prompt."""
    return [action.model_dump(by_alias=True, exclude_unset=True) for action in response.actions]


@cached_by_identity
def _heads_of_lists(worksheet: Worksheet) -> dict[str, str]:
    """By prompt, the first of those that hand their picks on to each other."""
    first: dict[str, str] = {}
    for _, prompt in worksheet.prompts():
        first[prompt.id] = first.get(prompt.source or "", prompt.id)
    return first


def highest_number(
    worksheet: Worksheet, last_own: Mapping[str, int], answers: Mapping[str, Value], prompt: str
) -> int:
    """The highest number ever given where this prompt's own entries count; 0 if there is none.

    Prompts that hand their picks on share one count, so that no two entries of a list have the same id.
    """
    first = _heads_of_lists(worksheet)
    same_list = [name for name, head in first.items() if head == first[prompt]]
    return max(max(last_own.get(name, 0), highest_own(answers.get(name))) for name in same_list)


@cached_by_identity
def prompt_ids(worksheet: Worksheet) -> frozenset[str]:
    """The ids of all prompts."""
    return frozenset(prompt.id for _, prompt in worksheet.prompts())


@cached_by_identity
def pickable(worksheet: Worksheet) -> dict[str, frozenset[str]]:
    """The ids that rows and options can have, by prompt, where they come from another prompt."""
    sources = {prompt.source for _, prompt in worksheet.prompts()}
    offered: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for _, prompt in worksheet.prompts():
        if prompt.source:
            found[prompt.id] = offered.get(prompt.source, frozenset())
        if prompt.id in sources:
            own = frozenset(name for name, key in prompt.names() if key in {"options", "items"})
            offered[prompt.id] = found.get(prompt.id, own)
    return found
