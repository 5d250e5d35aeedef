"""What one shared copy puts into a tally: facts that can be counted, texts and steps, kept small.

What is private was left out where the copy was read. It must not count or decide what is shown.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, assert_never, cast

from libwell.kinds.values import NOT_ANSWERED, NOT_ANSWERS
from libwell.rules.records import as_text
from libwell.rules.sharing import stand_ins

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from libwell.kinds.values import Given, NotAnswer
    from libwell.model.action_words import ActionStatus, LevelName
    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.team.outlines import Outline, TeamQuestion

REASONS = {f"{NOT_ANSWERED}:{reason}": words for reason, words in NOT_ANSWERS.items() if reason != "skipped"}
"""Values that say why there is no answer, with their words. A skip is no finding."""


def without_reasons(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts, by value, of the values that are answers and no reasons for none."""
    return {value: count for value, count in counts.items() if value not in REASONS}


class Copy(NamedTuple):
    """A shared copy as it was read, with the worksheet in it, and every prompt of that as it was answered."""

    shared: Shared
    worksheet: Worksheet
    asked: tuple[Asked, ...]


class Fact(NamedTuple):
    """One thing given that is counted, as text: a point, an option, a mark, `true`; or one of `REASONS`.

    `item` and `column` say where in the answer it was given; both are empty where it was given to the whole
    question. An empty value says only that there is an answer.
    """

    prompt: str
    item: str
    column: str
    value: str


class OwnWords(NamedTuple):
    """Words of the person's own, at a place of an answer; `column` may also be the id of a mark."""

    prompt: str
    item: str
    column: str
    text: str

    @property
    def place(self) -> tuple[str, str, str]:
        """The prompt, item and column at which they are shown; without an item it is the whole question."""
        return (self.prompt, self.item, self.column) if self.item else (self.prompt, "", "")


class SharedStep(NamedTuple):
    """A step of the person's plan; `origin` is the address it came from."""

    step: str
    who: str
    due: dt.date | str | None
    level: LevelName | None
    know: str
    status: ActionStatus
    origin: str


class Contribution(NamedTuple):
    """One response, as a tally keeps it.

    `person` and `copy` stand for the person and for what was shared; neither can be found out from them.
    `outline` is the digest of the version answered.
    """

    person: str
    copy: str
    outline: str
    team: str
    library: str
    facts: tuple[Fact, ...]
    texts: tuple[OwnWords, ...]
    steps: tuple[SharedStep, ...]


def contribution_of(copy: Copy, outline: Outline) -> Contribution:
    """Take out of a copy what is counted, and what is shown in its own words.

    `outline` is that of the worksheet in the copy.
    """
    everything = (_given(one, outline.by_id[one.prompt.id]) for one in copy.asked)
    found = list(filter(None, chain.from_iterable(everything)))
    return Contribution(
        *stand_ins(copy.shared),
        outline.digest,
        intern(copy.shared.person.team.strip()),
        intern(copy.shared.person.library.strip()),
        tuple(one for one in found if isinstance(one, Fact)),
        tuple(one for one in found if isinstance(one, OwnWords)),
        tuple(
            SharedStep(intern(one.step), one.who, one.due, one.level, one.know, one.status, intern(one.from_))
            for one in copy.shared.actions
        ),
    )


# Thousands of people give the same few answers; each is kept once.
_fact = lru_cache(maxsize=1 << 16)(Fact)


def _given(one: Asked, question: TeamQuestion) -> list[Fact | OwnWords | None]:
    """That there is an answer and each thing given in it, or the reason why nothing was."""
    if one.value is None:
        return [_reason(question, "", one.not_answer)]
    given = one.prompt.given(one.value, one.around)
    return [_fact(question.id, "", "", ""), *[_found(question, part) for part in given]]


def _reason(question: TeamQuestion, item: str, reason: NotAnswer | None) -> Fact | None:
    """The reason for no answer, unless it is a skip."""
    value = f"{NOT_ANSWERED}:{reason}"
    return _fact(question.id, item, "", value) if value in REASONS else None


def _found(question: TeamQuestion, given: Given) -> Fact | OwnWords | None:
    """One thing given. Own words stand at the cell they are in, else at the whole question.

    Of a row that the person added to a table only the words are taken, and nothing is counted.
    """
    if given.is_own:
        return _own_words(question, given)
    if given.not_answered:
        return _reason(question, given.item, given.not_answered)
    if given.written:
        item = given.item if question.measure == "cells" else ""
        return OwnWords(question.id, item, given.mark, given.text)
    return _fact(question.id, *_counted(question, given))


def _own_words(question: TeamQuestion, given: Given) -> OwnWords | None:
    """The words of an own entry or of an added row."""
    if given.written:
        return OwnWords(question.id, "", given.mark, given.text)
    return OwnWords(question.id, "", given.mark, given.about) if question.measure != "cells" else None


def _counted(question: TeamQuestion, given: Given) -> tuple[str, str, str]:
    """Item, column and value of what is counted; where any value may be given, only that there is one."""
    match question.measure:
        case "pick":
            return "", "", given.item
        case "mark":
            return given.item, "", given.mark
        case "rank":  # own words from above can have a place as well, so there may be more of them
            return given.item, "", str(min(cast("int", given.value), int(question.ends[1])))
        case "point" | "amount" | "day" | "yes-no" | "words" | "cells" | "score":
            is_counted = bool(question.at(given.mark).values)
            value = given.counted_as or as_text(given.value)
            return given.item, given.mark, (value or "") if is_counted else ""
        case never:
            assert_never(never)
