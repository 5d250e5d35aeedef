"""What one shared response puts into a tally: facts that can be counted, texts, offers and steps, kept small.

Only what `privacy.for_audience` let through goes into it. It must not count or decide what is shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from libwell.rules.privacy import is_private_action
from libwell.rules.records import as_text
from libwell.rules.team.outlines import SCORE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from libwell.model.base import Level
    from libwell.model.prompts.base import Given
    from libwell.model.response import Action
    from libwell.rules.asking import Asked
    from libwell.rules.privacy import Excerpt

_OWN = re.compile(r"(?:other|row)-[1-9][0-9]{0,5}")
_IN_LINE = frozenset({"rating", "yes-no", "number", "score"})
_PICKED = frozenset({"choice", "choices"})


class Fact(NamedTuple):
    """One thing given, as text: a point, an option, a mark, `true`, a number; or why nothing was.

    `item` and `column` say where in the answer; empty: the whole.
    """

    prompt: str
    item: str
    column: str
    value: str


class Words(NamedTuple):
    """Words of the person's own, at a place of an answer."""

    prompt: str
    item: str
    column: str
    text: str


class Step(NamedTuple):
    """A step of the person's plan."""

    step: str
    who: str
    due: dt.date | str | None
    level: Level | None
    know: str
    status: str
    origin: str


class Contribution(NamedTuple):
    """One response, as a tally keeps it.

    `outline` is the digest of the version answered, `answered` the ids of the prompts with an answer;
    `reasons` are facts whose value is a not-answer, `offers` the addresses of what was put before the person.
    """

    outline: str
    team: str
    answered: tuple[str, ...]
    facts: tuple[Fact, ...]
    reasons: tuple[Fact, ...]
    offers: tuple[str, ...]
    texts: tuple[Words, ...]
    steps: tuple[Step, ...]


def contribution_of(excerpt: Excerpt, outline: str) -> Contribution:
    """Take out of an excerpt what is counted, leaving any private part that is in it."""
    told = [
        one for one in excerpt.asked if one.prompt.kind != "plan" and one.prompt.id not in excerpt.private
    ]
    found = [fact for one in told for fact in _given(one)]
    return Contribution(
        outline,
        excerpt.response.person.team.strip(),
        _same(tuple(one.prompt.id for one in told if one.value is not None)),
        (*(one for one, is_reason in found if type(one) is Fact and not is_reason), *_scores(excerpt)),
        tuple(one for one, is_reason in found if type(one) is Fact and is_reason),
        _same(tuple(address for one in told for address in _offers(one))),
        tuple(one for one, _ in found if type(one) is Words),
        tuple(_step(action) for action in excerpt.actions if not _is_private(action, excerpt)),
    )


# Thousands of people give the same few answers; each is kept once.
_fact = lru_cache(maxsize=1 << 16)(Fact)


@lru_cache(maxsize=1 << 12)
def _same(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def _given(one: Asked) -> Iterator[tuple[Fact | Words, bool]]:
    """Each thing given, and whether it is the reason why nothing was. A skip is no finding."""
    name, kind = one.prompt.id, one.prompt.kind
    if one.not_answer:
        if one.not_answer != "skipped":
            yield _fact(name, "", "", one.not_answer), True
        return
    if one.value is None:
        return
    for given in one.prompt.given(one.value, one.around):
        if given.not_answered:
            if given.not_answered != "skipped":
                yield _fact(name, given.item, given.mark, given.not_answered), True
        else:
            found = _found(name, kind, given)
            if found:
                yield found, False


def _found(name: str, kind: str, given: Given) -> Fact | Words | None:
    item = "" if given.is_own else given.item
    if kind == "list":
        return Words(name, "", "", given.text)
    if given.written:
        return Words(name, "" if kind in _PICKED else item, given.mark, given.text)
    if given.is_own:  # an own entry's words; a cell of an own row means nothing beside another person's
        own_words = kind in _PICKED or kind == "checklist"
        return Words(name, "", given.mark, given.about) if own_words else None
    if kind in _PICKED:
        return _fact(name, "", "", given.item)
    if kind == "checklist":
        return _fact(name, item, "", given.mark)
    return _fact(name, item, given.mark, as_text(given.value) or "")


def _scores(excerpt: Excerpt) -> Iterator[Fact]:
    for score in excerpt.scores:
        if score.value is not None and not score.prompts & excerpt.private:
            yield _fact(f"{SCORE}{score.id}", "", "", as_text(round(score.value, 2)) or "")


def _offers(one: Asked) -> Iterator[str]:
    """Addresses of what was offered in the worksheet's own words."""
    if one.value is not None:
        for offer in one.prompt.offers(one.value, one.around):
            _, *parts = offer.address.split(".")
            if len(parts) < 2 and not any(map(_OWN.fullmatch, parts)):
                yield offer.address


def _is_private(action: Action, excerpt: Excerpt) -> bool:
    return is_private_action(action, excerpt.worksheet, excerpt.private)


def _step(action: Action) -> Step:
    return Step(action.step, action.who, action.due, action.level, action.know, action.status, action.from_)
