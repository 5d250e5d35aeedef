"""What an answer's value is made of: what was given in it, why there is none, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from libwell.model.base import TEXT_LIMIT
from libwell.model.nearest import is_near

Scalar = bool | int | float | str | dt.date
if TYPE_CHECKING:
    Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value]"
    """Plain TOML data, which nobody changes in place."""
else:
    Value = Any  # a model keeps it as it was read: only the kind of its prompt knows what fits
NOT_ANSWERED = "not-answered"
NotAnswer = Literal["skipped", "prefer-not-to-say", "dont-know", "not-applicable"]
NOT_ANSWERS: dict[NotAnswer, str] = {
    "skipped": "skipped",
    "prefer-not-to-say": "prefer not to say",
    "dont-know": "don't know",
    "not-applicable": "does not apply",
}


_OWN = re.compile(r"(?:other|row)-([1-9][0-9]{0,5})")


def is_own_id(name: str) -> bool:
    """Whether an id is an own entry's or an added row's."""
    return name.startswith(("other-", "row-")) and _OWN.fullmatch(name) is not None


def is_row_id(name: str) -> bool:
    """Whether an id is an added row's."""
    return is_own_id(name) and name.startswith("row-")


class Given(NamedTuple):
    """One thing given at one place of an answer.

    `item` is the id of an option, item, row or own entry, or an entry's number in a list (empty: the whole),
    `about` its words; `mark` the id of a mark or column, `mark_text` its words. `value` is True for a mark or
    pick, else a number, a text, a day, yes or no (a bool), and in a table's cell the id of the option or the
    own words instead of it; None if there is a reason in `not_answered`. `text` says the value in words, and
    `written` whether these are the person's own. `counted_as` is what a report counts in the value's place,
    such as the band that a number is in (empty: the value itself).
    """

    item: str = ""
    about: str = ""
    mark: str = ""
    mark_text: str = ""
    value: Scalar | None = True
    text: str = ""
    written: bool = False
    not_answered: NotAnswer | None = None
    counted_as: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the item is an own entry or an added row, whose id means nothing in another response."""
        return is_own_id(self.item)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a value: where inside it, what, and the remedy."""

    message: str
    path: tuple[str | int, ...] = ()
    remedy: str = ""


def as_entries(value: Value | None) -> list[Value]:
    """The entries of a value that is a list; none where it is anything else."""
    return value if isinstance(value, list) else []


def as_table(value: Value | None) -> dict[str, Value]:
    """The parts of a value that is a table, by their names; none where it is anything else."""
    return value if isinstance(value, dict) else {}


def as_tables(value: Value | None) -> list[dict[str, Value]]:
    """The tables in a value that is a list of such; none where it is anything else."""
    return [entry for entry in as_entries(value) if isinstance(entry, dict)]


def as_words(value: Value | None) -> str:
    """A value that is a text; empty where it is anything else."""
    return value if isinstance(value, str) else ""


def inside(problems: Iterable[Problem], *path: str | int) -> Iterator[Problem]:
    """Give the same problems of a larger value, in which theirs stands at `path`."""
    return (Problem(one.message, (*path, *one.path), one.remedy) for one in problems)


def too_many(value: Sequence[Value], most: int | None, what: str) -> Iterator[Problem]:
    """Say that there are more than the `most` asked for (None: there is no bound)."""
    if most is not None and len(value) > most:
        yield Problem(f"at most {most} {what} are asked for.", (), "Keep those that matter most.")


def not_answer(value: Value | None) -> NotAnswer | None:
    """The reason, if the value is a not-answer."""
    if isinstance(value, dict) and value.keys() == {NOT_ANSWERED}:
        reason: NotAnswer = value[NOT_ANSWERED]
        return reason
    return None


def not_answer_problems(value: Mapping[str, Value], allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Check a not-answer found in a file; skipping and not saying are always allowed."""
    reason = value[NOT_ANSWERED]
    if len(value) > 1:
        yield Problem("a not-answer has nothing beside it.", (), "Keep the answer, or the not-answer.")
    if reason in ("skipped", "prefer-not-to-say", *allowed):
        return
    names = ", ".join(["skipped", "prefer-not-to-say", *allowed])
    yield Problem(
        "this not-answer is not one of those allowed here.", (NOT_ANSWERED,), f"Use one of: {names}."
    )


def misspelled_not_answer(value: Value) -> Iterator[Problem]:
    """Find what was meant as a not-answer, such as `{ not_answered = "skipped" }`."""
    if not isinstance(value, dict) or len(value) != 1:
        return
    (key,) = value
    if key != NOT_ANSWERED and is_near(key.casefold().replace("_", "-"), NOT_ANSWERED):
        yield Problem("there is no such key here.", (key,), f"Did you mean {NOT_ANSWERED}?")


_NO_TEXT: dict[type, Problem] = {
    list: Problem("one text was expected.", (), "Write one text, without [ ]."),
    dict: Problem("one text was expected.", (), 'Write one text: "…".'),
}
_ANOTHER = Problem("a text was expected.", (), 'Put it in quotes: "…".')


def text_problems(value: Value, limit: int = TEXT_LIMIT) -> Iterator[Problem]:
    """Check that a value is a text and has so many characters at most."""
    if not isinstance(value, str):
        yield _NO_TEXT.get(type(value), _ANOTHER)
    elif len(value) > limit:
        yield Problem(f"the text has more than {limit:,} characters.", (), "Shorten it.")
