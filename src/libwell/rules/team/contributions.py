"""What one shared copy puts into a tally: facts that can be counted, texts and steps, kept small.

What is private was left out where the copy was read. It must not count or decide what is shown.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from libwell.kinds.base import NOT_ANSWERED, NOT_ANSWERS
from libwell.kinds.table import TablePrompt
from libwell.rules.records import as_text
from libwell.rules.sharing import stand_ins

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from libwell.kinds.base import Given
    from libwell.model.action_words import ActionStatus, LevelName
    from libwell.model.response import Action
    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked

_PICKED = frozenset({"choice", "choices"})
_COUNTED = frozenset({"choice", "yes-no"})
"""Kinds of columns whose cells are counted; other cells may be somebody's alone."""

REASONS = {f"{NOT_ANSWERED}:{reason}": words for reason, words in NOT_ANSWERS.items() if reason != "skipped"}
"""Values that say why there is no answer, with their words. A skip is no finding."""


class Copy(NamedTuple):
    """A shared copy as it was read: the worksheet in it, and what it says of each prompt."""

    shared: Shared
    worksheet: Worksheet
    asked: tuple[Asked, ...]


class Fact(NamedTuple):
    """One thing given that is counted, as text: a point, an option, a mark, `true`; or one of `REASONS`.

    `item` and `column` say where in the answer; empty: the whole. An empty value says only that there is one.
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

    @property
    def place(self) -> tuple[str, str, str]:
        """Where they are told: at their item or cell; a mark's or a list's own words at the whole."""
        return (self.prompt, self.item, self.column) if self.item else (self.prompt, "", "")


class Step(NamedTuple):
    """A step of the person's plan."""

    step: str
    who: str
    due: dt.date | str | None
    level: LevelName | None
    know: str
    status: ActionStatus
    origin: str


class Contribution(NamedTuple):
    """One response, as a tally keeps it.

    `person` and `copy` stand for whose it is and for what was shared, and lead to neither. `outline` is the
    digest of the version answered, `answered` the ids of the prompts with an answer.
    """

    person: str
    copy: str
    outline: str
    team: str
    answered: tuple[str, ...]
    facts: tuple[Fact, ...]
    texts: tuple[Words, ...]
    steps: tuple[Step, ...]


def contribution_of(copy: Copy, outline: str) -> Contribution:
    """Take out of a copy what is counted, and what is shown in its own words."""
    found = [one for asked in copy.asked for one in _given(asked)]
    return Contribution(
        *stand_ins(copy.shared),
        outline,
        intern(copy.shared.person.team.strip()),
        _same(tuple(one.prompt.id for one in copy.asked if one.value is not None)),
        tuple(one for one in found if isinstance(one, Fact)),
        tuple(one for one in found if isinstance(one, Words)),
        tuple(_step(action) for action in copy.shared.actions),
    )


# Thousands of people give the same few answers; each is kept once.
_fact = lru_cache(maxsize=1 << 16)(Fact)


@lru_cache(maxsize=1 << 12)
def _same(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def _given(one: Asked) -> Iterator[Fact | Words]:
    """Each thing given, and each reason why nothing was."""
    name = one.prompt.id
    if one.not_answer:
        yield from _reason(name, "", one.not_answer)
    elif one.value is not None:
        for given in one.prompt.given(one.value, one.around):
            if given.not_answered:
                yield from _reason(name, given.item, given.not_answered)
            else:
                yield from _found(one, given)


def _reason(prompt: str, item: str, reason: str) -> Iterator[Fact]:
    value = f"{NOT_ANSWERED}:{reason}"
    if value in REASONS:
        yield _fact(prompt, item, "", value)


def _found(one: Asked, given: Given) -> Iterator[Fact | Words]:
    name, kind = one.prompt.id, one.prompt.kind
    item = "" if given.is_own else given.item
    if kind == "list":
        yield Words(name, "", "", given.text)
    elif given.written:
        yield Words(name, "" if kind in _PICKED else item, given.mark, given.text)
    elif given.is_own:  # an own entry's words; a cell of an own row means nothing beside another person's
        if kind in _PICKED or kind == "checklist":
            yield Words(name, "", given.mark, given.about)
    elif kind in _PICKED:
        yield _fact(name, "", "", given.item)
    elif kind == "checklist":
        yield _fact(name, item, "", given.mark)
    else:
        yield _fact(name, item, given.mark, _value(one, given))


def _value(one: Asked, given: Given) -> str:
    """What is counted of a point, of yes or no, or of a cell; of a number or a day only that there is one."""
    kind = one.prompt.kind
    if isinstance(one.prompt, TablePrompt):
        kind = next((column.kind for column in one.prompt.columns if column.id == given.mark), kind)
    return (as_text(given.value) or "") if kind in _COUNTED or kind == "rating" else ""


def _step(action: Action) -> Step:
    return Step(
        intern(action.step),
        action.who,
        action.due,
        action.level,
        action.know,
        action.status,
        intern(action.from_),
    )
