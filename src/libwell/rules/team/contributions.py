"""What one shared copy puts into a tally: facts that can be counted, texts, offers and steps, kept small.

What is private was left out where the copy was read. It must not count or decide what is shown.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from libwell.model.prompts.base import is_own_id
from libwell.rules.records import as_text
from libwell.rules.scoring import scores
from libwell.rules.team.outlines import SCORE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from libwell.model.base import Level
    from libwell.model.prompts.base import Given
    from libwell.model.response import Action
    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asking import Asked

_PICKED = frozenset({"choice", "choices"})


class Copy(NamedTuple):
    """A shared copy as it was read: the worksheet in it, and what it says of each prompt."""

    shared: Shared
    worksheet: Worksheet
    asked: tuple[Asked, ...]


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


def contribution_of(copy: Copy, outline: str) -> Contribution:
    """Take out of a copy what is counted, and what is shown in its own words."""
    found = [fact for one in copy.asked for fact in _given(one)]
    return Contribution(
        outline,
        intern(copy.shared.person.team.strip()),
        _same(tuple(one.prompt.id for one in copy.asked if one.value is not None)),
        (*(one for one, is_reason in found if type(one) is Fact and not is_reason), *_scores(copy)),
        tuple(one for one, is_reason in found if type(one) is Fact and is_reason),
        _same(tuple(address for one in copy.asked for address in _offers(one))),
        tuple(one for one, _ in found if type(one) is Words),
        tuple(_step(action) for action in copy.shared.actions),
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


def _scores(copy: Copy) -> Iterator[Fact]:
    for score in scores(copy.worksheet, copy.asked):
        if score.value is not None:
            yield _fact(f"{SCORE}{score.id}", "", "", as_text(round(score.value, 2)) or "")


def _offers(one: Asked) -> Iterator[str]:
    """Addresses of what was offered in the worksheet's own words."""
    if one.value is not None:
        for offer in one.prompt.offers(one.value, one.around):
            _, *parts = offer.address.split(".")
            if len(parts) < 2 and not any(map(is_own_id, parts)):
                yield intern(offer.address)


def _step(action: Action) -> Step:
    return Step(
        intern(action.step),
        action.who,
        action.due,
        action.level,
        action.know,
        intern(action.status),
        intern(action.from_),
    )
