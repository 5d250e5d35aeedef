"""What is asked now: the prompts whose conditions hold, each with its answer as it counts now.

Everything that walks through a response (the walk itself, exports, checks) goes through `asked`, so
that hidden prompts and withdrawn picks are judged in one place.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
    misspelled_not_answer,
    not_answer,
    not_answer_problems,
)
from libwell.rules.caching import cached_by_identity
from libwell.rules.scoring import Answer, Scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.model.base import Level, Offer
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


def asked(worksheet: Worksheet, response: Response) -> tuple[Asked, ...]:
    """Every prompt asked now, in order. To take a line for one of them, see `while_answering`."""
    found: list[Asked] = []
    answers: dict[str, Answer] = {}
    plain = _arounds(worksheet)
    for section, prompt in _Conditions(worksheet, answers).shown():
        around, source = plain[prompt.id], answers.get(prompt.source or "")
        if source and source.value is not None:
            picked = source.prompt.picked(source.value, source.around)
            around = replace(around, picks=prompt.counting(picked))
        entry = response.answers.get(prompt.id)
        problems = wrong_with(prompt, entry, around)
        if prompt.holds_actions:
            entry = cast("list[Value]", [*response.actions]) or entry
        value = None
        if entry is not None and not problems and not_answer(entry) is None:
            value = prompt.current(entry, around)
        if value is not None:
            answers[prompt.id] = Answer(prompt, around, value)
        found.append(Asked(section, prompt, around, value, entry, problems))
    return tuple(found)


class _Conditions:
    """Judges the conditions of a worksheet by the answers that count so far, by the ids of their prompts."""

    def __init__(self, worksheet: Worksheet, answers: dict[str, Answer]) -> None:
        self._worksheet, self._answers = worksheet, answers
        self._scoring: Scoring | None = None

    def shown(self) -> Iterator[tuple[Section, AnyPrompt]]:
        """The prompts whose conditions hold, each judged when those above it are among the answers."""
        for section in self._worksheet.sections:
            if section.when is None or self._holds(section.when):
                for prompt in section.prompts:
                    if prompt.when is None or self._holds(prompt.when):
                        yield section, prompt

    def _holds(self, condition: Condition) -> bool:
        """Judge a condition.

        A prompt that is hidden, skipped or not answered fails every test but `answered`, as does a score
        that is not there.
        """
        if condition.all_ is not None:
            return all(map(self._holds, condition.all_))
        if condition.any_ is not None:
            return any(map(self._holds, condition.any_))
        if condition.not_ is not None:
            return not self._holds(condition.not_)
        return self._answer_passes(condition) if condition.score is None else self._score_passes(condition)

    def _answer_passes(self, test: Condition) -> bool:
        one = self._answers.get(test.prompt or "")
        if test.answered is not None:
            return test.answered == (one is not None)
        return one is not None and one.value is not None and one.prompt.passes(test, one.value)

    def _score_passes(self, test: Condition) -> bool:
        """Judge a test of a score: all of it stands above, so that it is worked out once."""
        self._scoring = self._scoring or Scoring(self._worksheet, self._answers)
        value = self._scoring.result(test.score or "").value
        return value is not None and test.is_between(value)


@cached_by_identity
def _tested(condition: Condition | None) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the prompts, and those of the scores, that a condition tests."""
    tests = [test for _, test in condition.tests()] if condition else []
    prompts, scores = ({test.prompt for test in tests}, {test.score for test in tests})
    return frozenset(filter(None, prompts)), frozenset(filter(None, scores))


def looks_at(condition: Condition | None, behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The ids of the prompts a condition looks at, also by a score; none where there is no condition.

    `behind` are the prompts that each score is made of, by the id of the score.
    """
    prompts, scores = _tested(condition)
    return prompts.union(*(behind.get(name, ()) for name in scores))


@cached_by_identity
def _arounds(worksheet: Worksheet) -> dict[str, Around]:
    """What is around each prompt whatever was answered, by its id. The nearest word about a level wins."""
    known = pickable(worksheet)
    return {
        prompt.id: Around(
            dt.date.min,
            pickable=known.get(prompt.id),
            level=level_of(prompt, section, worksheet),
        )
        for section, prompt in worksheet.prompts()
    }


def level_of(prompt: AnyPrompt, section: Section, worksheet: Worksheet) -> Level:
    """Whose steps come of a prompt: the nearest word wins."""
    return prompt.level or section.level or worksheet.level


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
    above = list(takewhile(lambda other: other.prompt is not one.prompt, everything))
    offers = [*_offered(above), *_offered_by_scores(worksheet, above)]
    offers.sort(key=lambda offer: offer.level == "me")  # what others could do comes first
    homes = {other.prompt.id: other.section for other in above}
    taken_up = _told_apart(one.prompt.takes_up(offers), homes)
    around = replace(around, last_action=response.highest_action, offers=taken_up)
    tables = actions_as_tables(response)
    return one._replace(around=around, entry=tables or one.entry, value=tables or None)


def _told_apart(offers: tuple[Offer, ...], homes: Mapping[str, Section]) -> tuple[Offer, ...]:
    """The offers; where some would read the same, each says the section of `homes` it comes from.

    So it is where a part is included twice.
    """
    times = Counter((offer.step, offer.about) for offer in offers)

    def told_apart(offer: Offer) -> Offer:
        if times[offer.step, offer.about] == 1:
            return offer
        home = homes[offer.address.partition(".")[0]].title
        about = home if offer.about == offer.step else f"{offer.about} ({home})"
        return replace(offer, about=about)

    return tuple(map(told_apart, offers))


def _offered(above: Iterable[Asked]) -> Iterator[Offer]:
    """What answers put before the person, in the worksheet's order."""
    for one in above:
        if one.value is not None:
            offered = one.prompt.offers(one.value, one.around)
            yield from (replace(offer, level=offer.level or one.around.level) for offer in offered)


def _offered_by_scores(worksheet: Worksheet, above: Iterable[Asked]) -> Iterator[Offer]:
    """The rows that scores put before the person; those that are farthest beyond the bound come first."""
    answers = {one.prompt.id: one for one in above}
    scoring = Scoring(worksheet, answers)
    for score in worksheet.scores:
        table = answers.get(next(iter(score.prompts), "")) if score.makes_offers else None
        if table is None or table.value is None:
            continue
        offers = {offer.address: offer for offer in table.prompt.row_offers(table.value, table.around)}
        rows = [row.id for row in scoring.result(score.id).rows if score.offers(row.value)]
        for row in rows if score.offer_at_most is None else reversed(rows):
            offer = offers[f"{table.prompt.id}.{row}"]
            yield replace(offer, level=offer.level or table.around.level)


def wrong_with(prompt: AnyPrompt, entry: Value | None, around: Around) -> tuple[Problem, ...]:
    """What is wrong with what is kept of an answer or a not-answer: the first hundred things."""
    if entry is None:
        return ()
    if isinstance(entry, dict) and NOT_ANSWERED in entry:
        return tuple(not_answer_problems(entry, prompt.not_answers))
    found = tuple(islice(prompt.problems(entry, around), _MOST_PROBLEMS))
    misspelled = tuple(misspelled_not_answer(entry)) if found else ()  # an item's id may be near it
    return misspelled or found


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
