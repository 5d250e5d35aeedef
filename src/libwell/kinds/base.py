"""What every kind of prompt is: its common keys, and what the walk, the checks and the exports ask of it.

A kind is one class: it knows its value's shape (`problems`), how it is asked (`steps`), how a typed line
is read (`take`), how an answer shows (`brief`, `show`), what was given in it (`given`), what is left of it
without own words (`without_words`) and what it puts before the person at the plan (`offers`). Values are
plain TOML data; `None` means there is no answer. A kind reads no keys and no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import Field

from libwell.errors import CannotReadError
from libwell.kinds.forms import Above, CellForm, InFile
from libwell.kinds.linked import Linked
from libwell.kinds.measures import AnswerPlaces, Measure
from libwell.model.base import TEXT_LIMIT, Item, Level, Many, Offer, Pick, Said, Text
from libwell.model.characters import first_words
from libwell.model.conditions import Condition
from libwell.model.document import Block, Listing, Paragraph
from libwell.model.nearest import is_near

Value = Any
Key = tuple[str, ...]
"""Where in a prompt a step stands: `()` the whole, `("check-ins",)`, `("row-1", "name")`, `("+",)`."""

NEW = "+"
"""The last part of the key of a step that asks for one more."""
DONE: Key = (":done",)
"""No step of any prompt, as no id has a colon: the walk goes on with the next prompt."""

NOT_ANSWERED = "not-answered"
NotAnswer = Literal["skipped", "prefer-not-to-say", "dont-know", "not-applicable"]
NOT_ANSWERS: dict[NotAnswer, str] = {
    "skipped": "skipped",
    "prefer-not-to-say": "prefer not to say",
    "dont-know": "don't know",
    "not-applicable": "does not apply",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked: a line, or (with `many_lines`) lines up to an empty one.

    `legend` is shown once before the first of several steps (a scale, the marks), `lines` under the label
    (numbered options); `hint` says what can be typed, `answer` is what stands there now. `written` is true
    where words are asked for, so that an editor can be opened on them. `about` says what a step belongs to
    when the walk goes on in the middle of a prompt. `whole` is the label in full, where the
    label has the first words only.
    """

    key: Key = ()
    label: str = ""
    help: str = ""
    legend: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    hint: str = ""
    answer: str = ""
    about: str = ""
    many_lines: bool = False
    written: bool = False
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that was read: the prompt's new value, what to say back, and where to go on.

    `next` is the key of the step to ask now; None means the step behind the one just answered, and after
    emptying the same step. `in_words` is true where the line was kept in the person's own words.
    """

    value: Value
    said: str = ""
    next: Key | None = None
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a prompt may know of the rest of the response when it is asked or shown.

    `picks` are the rows or options that `rows_from` or `options_from` yields now, `pickable` the ids it could
    yield, own entries left out (None: not known); `offers` what is put before the person at the plan;
    `last_own` and `last_action` the highest numbers ever given to own entries of this prompt and to actions;
    `remark` whether the remark on load was not made yet; `country` the one configured (empty: none), as a
    typed day may mean another one there. With `one_by_one` items are asked one by one and said in full,
    without a list of all before (for a screen reader).
    """

    today: dt.date
    picks: tuple[Pick, ...] = ()
    pickable: frozenset[str] | None = None
    offers: tuple[Offer, ...] = ()
    last_own: int = 0
    last_action: int = 0
    level: Level = "team"
    remark: bool = True
    one_by_one: bool = False
    country: str = ""

    def could_be_picked(self, name: str) -> bool:
        """Whether an id may be one of a pick, be it made now or withdrawn."""
        return self.pickable is None or name in self.pickable or is_own_id(name)


@dataclass(frozen=True, slots=True)
class Given:
    """One thing given at one place of an answer.

    `item` is the id of an option, item, row or own entry, or an entry's number in a list (empty: the whole),
    `about` its words; `mark` the id of a mark or column, `mark_text` its words. `value` is True for a mark or
    pick, else a number, a text, a day, yes or no (a bool), and in a table's cell the id of the option or the
    own words instead of it; None if there is a reason in `not_answered`. `text` says the value in words, and
    `written` whether these are the person's own.
    """

    item: str = ""
    about: str = ""
    mark: str = ""
    mark_text: str = ""
    value: Value = True
    text: str = ""
    written: bool = False
    not_answered: NotAnswer | None = None

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

    def inside(self, *path: str | int) -> Problem:
        """Give the same problem of a larger value, in which this one stands at `path`."""
        return Problem(self.message, (*path, *self.path), self.remedy)


@dataclass(frozen=True, slots=True)
class Parts:
    """The ids that addresses may name inside a prompt: first parts, and what may follow each."""

    first: frozenset[str] = field(default_factory=frozenset)
    second: frozenset[str] = field(default_factory=frozenset)


class Prompt(Linked):
    """The keys every kind has."""

    measure: ClassVar[Measure | None]
    """How answers are measured. None: there are none, as with a plan, whose steps are kept apart."""
    ask: Said = Field(description="The question.")
    help: Text = Field(default="", description="A line or two under the question.")
    why: Text = Field(default="", description="Why it is asked; shown to those who type :why.")
    required: bool = Field(default=False, description="true: asked for once more before finishing.")
    private: bool | None = Field(
        default=None, description="Whether the answer is private. Left out: as the section has it."
    )
    level: Level | None = None
    when: Condition | None = None
    not_answers: Many[Literal["dont-know", "not-applicable"]] = Field(
        default=(), description="Not-answers allowed besides skipping and prefer-not-to-say."
    )
    kind: str

    def addresses(self) -> Parts:
        """What may follow the prompt's id in an address."""
        return Parts(frozenset(name for name, _ in self.names()))

    @abstractmethod
    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        """What is asked, in order, given what stands there now."""

    @abstractmethod
    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        """Read a typed line at the step `key`. Raises CannotReadError saying what was expected."""

    def empty(self, key: Key, value: Value, around: Around) -> Taken:
        """Empty what stands at the step `key`; without a `next` it is asked again."""
        return Taken(None)

    def take_not_answer(self, key: Key, reason: NotAnswer, value: Value) -> Taken:
        """Take a not-answer at the step `key`; here for the whole prompt."""
        return Taken({NOT_ANSWERED: reason}, next=DONE)

    def current(self, value: Value, around: Around) -> Value:
        """What of a value counts now: without what hangs on a pick that was withdrawn (None: nothing)."""
        return value

    @abstractmethod
    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        """Everything wrong with the shape or the bounds of a value. Not-answers never come here."""

    def unmet(self, value: Value, around: Around) -> str:
        """What is still needed before finishing, as a sentence; empty if nothing is."""
        return ""

    def lacks(self, value: Value, around: Around) -> Iterator[Problem]:
        """What `unmet` says, for a file: each thing with where inside the value it belongs."""
        reason = self.unmet(value, around)
        if reason:
            yield Problem(reason[0].lower() + reason[1:])

    @abstractmethod
    def brief(self, value: Value, around: Around) -> str:
        """Give the answer in one short line."""

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        """Give the answer as blocks."""
        return (Paragraph(self.brief(value, around), tone="answer"),)

    @property
    def is_compared(self) -> bool:
        """Whether answers may be held against each other, then and now."""
        return True

    @abstractmethod
    def given(self, value: Value, around: Around) -> Iterator[Given]:
        """Take the answer apart: everything given in it, in the worksheet's order."""

    @abstractmethod
    def without_words(self, value: Value) -> Value:
        """Give what is left of an answer without anything in the person's own words (None: nothing)."""

    @abstractmethod
    def on_paper(self, above: Above | None) -> Iterator[Block]:
        """Give room for an answer by hand; `above` is the prompt that rows or options come from."""

    @abstractmethod
    def in_file(self, above: Above | None) -> InFile:
        """Say how an answer stands in an answers file; `above` as on paper."""

    @property
    def in_cell(self) -> CellForm:
        """Say what a cell of a table takes, where cells can be of this kind."""
        return CellForm()

    @property
    def takes_own(self) -> bool:
        """Whether entries in one's own words can be given beside what the worksheet has."""
        return False

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        """Give what was picked, for prompts whose rows or options come from here."""
        return ()

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        """Give what the answer puts before the person at the plan, in the worksheet's order."""
        yield from ()

    def given_back(self, value: Value) -> tuple[Listing, ...]:
        """Give the answer back in the words of its scale, in groups, where the worksheet has such."""
        return ()

    def takes_up(self, offers: list[Offer]) -> tuple[Offer, ...]:
        """Choose what is put before the person here, of the offers of the prompts above."""
        return ()

    @abstractmethod
    def places(self) -> AnswerPlaces:
        """Where answers are measured, and what can be given there. Picks from elsewhere are not in it."""

    def passes(self, test: Condition, value: Value) -> bool:
        """Whether an answer passes a single test of a condition."""
        return False


def not_answer(value: Value) -> NotAnswer | None:
    """The reason, if the value is a not-answer."""
    if isinstance(value, dict) and value.keys() == {NOT_ANSWERED}:
        reason: NotAnswer = value[NOT_ANSWERED]
        return reason
    return None


def not_answer_problems(value: Value, allowed: tuple[str, ...]) -> Iterator[Problem]:
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


def misspelt_not_answer(value: Value) -> Iterator[Problem]:
    """Find what was meant as a not-answer, such as `{ not_answered = "skipped" }`."""
    if isinstance(value, dict) and len(value) == 1:
        (key,) = value
        if (
            isinstance(key, str)
            and key != NOT_ANSWERED
            and is_near(key.casefold().replace("_", "-"), NOT_ANSWERED)
        ):
            yield Problem("there is no such key here.", (key,), f"Did you mean {NOT_ANSWERED}?")


def text_problems(value: Value) -> Iterator[Problem]:
    """Check that a value is a text that says something and is not too long."""
    if isinstance(value, list):
        yield Problem("one text was expected.", (), "Write one text, without [ ].")
    elif isinstance(value, dict):
        yield Problem("one text was expected.", (), 'Write one text: "…".')
    elif not isinstance(value, str):
        yield Problem("a text was expected.", (), 'Put it in quotes: "…".')
    elif len(value) > TEXT_LIMIT:
        yield Problem(f"the text has more than {TEXT_LIMIT:,} characters.", (), "Shorten it.")


def without_quotes(value: Value, expected: str) -> str:
    """A remedy: `expected`, or that the quotes are too many if the value is a text."""
    return "Write it without quotes." if isinstance(value, str) else expected


def check_length(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text. Raises CannotReadError if it is too long."""
    if len(text) > limit:
        raise CannotReadError(f"At most {limit:,} characters, please; this has {len(text):,}.")
    return text


def item_step(items: tuple[Item, ...], number: int, around: Around, *, legend: tuple[str, ...]) -> Step:
    """Ask for one of several items, the one with this number (from 1): `3 of 6: Human resources …`.

    Where items are asked one by one its words and help are given in full.
    """
    item, total = items[number - 1], len(items)
    whole = f"{number} of {total}: {item.text}"
    in_full = around.one_by_one
    label = whole if in_full else f"{number} of {total}: {first_words(item.text)}"
    return Step((item.id,), label, item.help if in_full or total == 1 else "", legend, whole=whole)


def names_of(key: str, things: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """Yield the id of each option, item, mark, row or column with the key they stand under."""
    for thing in things:
        yield thing.id, key


_OWN = re.compile(r"(?:other|row)-([1-9][0-9]{0,5})")


def is_own_id(name: str) -> bool:
    """Whether an id is an own entry's or an added row's."""
    return _OWN.fullmatch(name) is not None


def own_things(value: Value) -> list[dict[str, Any]]:
    """The own entries and added rows in a value, where a prompt of any kind has them."""
    if isinstance(value, dict):
        if "other" in value:
            return [value]
        parts = [part for part in value.values() if isinstance(part, list)]
        return [entry for part in parts for entry in part if isinstance(entry, dict)]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def highest_own(value: Value) -> int:
    """The highest number among the own entries and added rows in a value; 0 if there is none."""
    if isinstance(value, dict):
        found = _OWN.fullmatch(value["id"]) if isinstance(value.get("id"), str) else None
        return max([int(found[1]) if found else 0, *map(highest_own, value.values())])
    if isinstance(value, list):
        return max(map(highest_own, value), default=0)
    return 0
