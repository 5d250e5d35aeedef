"""What is asked now: the prompts whose conditions hold, each with its answer as it counts now.

Everything that walks through a response (the walk itself, exports, checks) goes through `asked`, so
that hidden prompts and withdrawn picks are judged in one place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from libwell.kinds.base import (
    NOT_ANSWERED,
    Around,
    NotAnswer,
    Problem,
    Prompt,
    Value,
    highest_own,
    misspelt_not_answer,
    not_answer,
    not_answer_problems,
)
from libwell.kinds.plan import PlanPrompt
from libwell.rules.caching import cached_by_identity
from libwell.rules.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libwell.model.base import Level, Offer
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
    value: Value
    entry: Value
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
    def kept(self) -> Value:
        """The whole value to go on from, with what hangs on withdrawn picks; None for a not-answer."""
        return None if self.not_answer or self.problems else self.entry


class _Place(NamedTuple):
    """A prompt in its worksheet, and what is around it whatever was answered."""

    section: Section
    prompt: AnyPrompt
    around: Around


def asked(
    worksheet: Worksheet,
    response: Response,
    *,
    today: dt.date | None = None,
    remark: bool = True,
    one_by_one: bool = False,
) -> tuple[Asked, ...]:
    """Every prompt asked now, in order.

    Where something will be typed `today` is needed; the numbers of own entries and what is offered to the
    plan are worked out then, and left out where answers are only read. `remark` and `one_by_one` are as in
    `Around`.
    """
    found: list[Asked] = []
    answers: dict[str, tuple[Prompt, Value]] = {}
    by_id: dict[str, Asked] = {}
    walk = None
    if today is not None:
        walk = _Walked(worksheet, response, Around(today, remark=remark, one_by_one=one_by_one))
    actions = actions_as_tables(response) if walk else [*response.actions]
    shown: dict[str, bool] = {}
    for section, prompt, plain in _places(worksheet):
        if section.id not in shown:
            shown[section.id] = holds(section.when, answers)
        if not shown[section.id] or (prompt.when is not None and not holds(prompt.when, answers)):
            continue
        around = _with_picks(plain, by_id.get(prompt.source)) if prompt.source else plain
        around = walk.around(prompt, around) if walk else around
        one = _ask(section, prompt, around, response.answers.get(prompt.id), actions)
        found.append(one)
        by_id[prompt.id] = one
        if one.value is not None:
            answers[prompt.id] = prompt, one.value
            if walk:
                walk.note(one)
    return tuple(found)


@cached_by_identity
def _places(worksheet: Worksheet) -> tuple[_Place, ...]:
    known = pickable(worksheet)
    return tuple(
        _Place(
            section,
            prompt,
            Around(dt.date.min, pickable=known.get(prompt.id), level=level_of(worksheet, section, prompt)),
        )
        for section, prompt in worksheet.prompts()
    )


def _with_picks(around: Around, source: Asked | None) -> Around:
    if source is None or source.value is None:
        return around
    return replace(around, picks=source.prompt.picked(source.value, source.around))


class _Walked:
    """What is around a prompt only while somebody answers: the day, the numbers given, what is offered."""

    def __init__(self, worksheet: Worksheet, response: Response, now: Around) -> None:
        self._now = now
        self._numbers = OwnNumbers(worksheet, response)
        self._offers: list[Offer] = []
        given = (int(action.id[1:] or 0) for action in response.actions)
        self._last_action = max([response.last_action, *given])

    def around(self, prompt: AnyPrompt, plain: Around) -> Around:
        return replace(
            plain,
            today=self._now.today,
            remark=self._now.remark,
            one_by_one=self._now.one_by_one,
            last_own=self._numbers.last(prompt.id),
            last_action=self._last_action,
            offers=narrowed(prompt, self._offers) if isinstance(prompt, PlanPrompt) else (),
        )

    def note(self, one: Asked) -> None:
        """Take in what an answer offers to the plans below it."""
        if not isinstance(one.prompt, PlanPrompt):
            offered = one.prompt.offers(one.value, one.around)
            self._offers += [replace(offer, level=offer.level or one.around.level) for offer in offered]


def _ask(section: Section, prompt: AnyPrompt, around: Around, entry: Value, actions: list[Any]) -> Asked:
    problems = () if entry is None else tuple(wrong_with(prompt, entry, around))
    if isinstance(prompt, PlanPrompt):
        entry = actions or entry
    counts = entry is not None and not problems and not not_answer(entry)
    return Asked(section, prompt, around, prompt.current(entry, around) if counts else None, entry, problems)


def wrong_with(prompt: AnyPrompt, entry: Value, around: Around) -> Iterator[Problem]:
    """What is wrong with what is kept of an answer, be it one or a not-answer: the first hundred things."""
    if isinstance(entry, dict):
        if NOT_ANSWERED in entry:
            return not_answer_problems(entry, prompt.not_answers)
        misspelt = list(misspelt_not_answer(entry))
        if misspelt:
            return iter(misspelt)
    return islice(prompt.problems(entry, around), _MOST_PROBLEMS)


def actions_as_tables(response: Response) -> list[dict[str, Any]]:
    """The actions as plain tables, the value of the plan prompt."""
    return [action.model_dump(by_alias=True, exclude_unset=True) for action in response.actions]


class OwnNumbers:
    """The highest numbers ever given to own entries, by prompt.

    Prompts that hand their picks on share one count, so that no two entries of a list have the same id.
    """

    def __init__(self, worksheet: Worksheet, response: Response) -> None:
        self._first: dict[str, str] = {}
        self._highest: dict[str, int] = {}
        for _, prompt in worksheet.prompts():
            source = prompt.source if prompt.kind != "table" else None
            self._first[prompt.id] = self._first.get(source or "", prompt.id)
            self.note(prompt.id, response.last_own.get(prompt.id, 0))
            self.note(prompt.id, highest_own(response.answers.get(prompt.id)))

    def last(self, prompt: str) -> int:
        """The highest number given so far where this prompt's own entries count; 0 if there is none."""
        return self._highest[self._first[prompt]]

    def note(self, prompt: str, number: int) -> None:
        """Take in a number that was given."""
        first = self._first[prompt]
        self._highest[first] = max(number, self._highest.get(first, 0))


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


def narrowed(plan: PlanPrompt, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """What of the offers above a plan it puts before the person."""
    if plan.collect is None:
        return tuple(offers)
    return tuple(offer for offer in offers if any(_is_in(offer, address) for address in plan.collect))


def _is_in(offer: Offer, address: str) -> bool:
    prompt, *wanted = address.split(".")
    first, *parts = offer.address.split(".")
    return prompt == first and set(wanted) <= {*parts, *offer.marks}


def level_of(worksheet: Worksheet, section: Section, prompt: Prompt) -> Level:
    """The level of what comes from a prompt: the nearest word wins."""
    return prompt.level or section.level or worksheet.level
