"""What every kind of prompt is: its common keys, and what the walk, the checks and the exports ask of it.

A kind is one class: it knows its value's shape (`problems`), how it is asked (`steps`), how a typed line
is read (`take`), how an answer shows (`brief`, `show`), what was given in it (`given`), what is left of it
without own words (`without_words`) and what it puts before the person at the plan (`offers`). Values are
plain TOML data; `None` means there is no answer. A kind reads no keys and no clock.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from libwell.kinds.forms import Above, CellForm, InFile
from libwell.kinds.linked import Linked
from libwell.kinds.measures import AnswerPlaces, Measure
from libwell.kinds.steps import DONE, Around, Key, Step, Taken
from libwell.kinds.values import NOT_ANSWERED, Given, NotAnswer, Problem, Value
from libwell.model.base import Level, Many, Offer, Pick, Said, Text
from libwell.model.conditions import Condition
from libwell.model.document import Block, Listing, Paragraph


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
    recall: Many[str] = Field(
        default=(), description="Addresses of answers above that are shown where this is asked."
    )
    support: Literal["now"] | None = Field(
        default=None,
        description="now: whom to turn to is shown once it is answered, and the answer never leaves.",
    )
    core: bool = Field(default=False, description="true: asked on the short way too.")
    if TYPE_CHECKING:
        kind: str  # a field of each kind, behind its own keys: definitions that people keep have this order

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        low, high = getattr(self, "min", None), getattr(self, "max", None)  # of kinds that have them
        if low is not None and high is not None and low > high:
            raise ValueError("min is greater than max")
        return self

    @model_validator(mode="after")
    def _check_support(self) -> Self:
        if self.support and self.private is False:
            raise ValueError('with support = "now" the answer is private: leave private out')
        return self

    def addresses(self) -> Parts:
        """What may follow the prompt's id in an address."""
        return Parts(frozenset(name for name, _ in self.names()))

    # --- asked

    @abstractmethod
    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        """What is asked, in order, given what stands there now."""

    @abstractmethod
    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        """Read a typed line at the step `key`. Raises CannotReadError saying what was expected."""

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Empty what stands at the step `key`; without a `next` it is asked again."""
        return Taken(None)

    def take_not_answer(self, key: Key, reason: NotAnswer, value: Value | None) -> Taken:
        """Take a not-answer at the step `key`; here for the whole prompt."""
        return Taken({NOT_ANSWERED: reason}, next=DONE)

    def current(self, value: Value | None, around: Around) -> Value | None:
        """What of a value counts now: without what hangs on a pick that was withdrawn (None: nothing)."""
        return value

    # --- checked

    @abstractmethod
    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        """Everything wrong with the shape or the bounds of a value. Not-answers never come here."""

    def unmet(self, value: Value | None, around: Around) -> str:
        """What is still needed before finishing, as a sentence; empty if nothing is."""
        return ""

    def lacks(self, value: Value | None, around: Around) -> Iterator[Problem]:
        """What `unmet` says, for a file: each thing with where inside the value it belongs."""
        reason = self.unmet(value, around)
        if reason:
            yield Problem(reason[0].lower() + reason[1:])

    # --- shown

    @abstractmethod
    def brief(self, value: Value, around: Around) -> str:
        """Give the answer in one short line."""

    def answer(self, value: Value | None, around: Around) -> str:
        """Give what stands there now in one short line; empty where nothing does."""
        return "" if value is None else self.brief(value, around)

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        """Give the answer as blocks."""
        return (Paragraph(self.brief(value, around), tone="answer"),)

    def given_back(self, value: Value) -> tuple[Listing, ...]:
        """Give the answer back in the words of its scale, in groups, where the worksheet has such."""
        return ()

    # --- taken apart

    @abstractmethod
    def given(self, value: Value, around: Around) -> Iterator[Given]:
        """Take the answer apart: everything given in it, in the worksheet's order."""

    def without_words(self, value: Value | None) -> Value | None:
        """Give what is left of an answer without anything in the person's own words (None: nothing)."""
        return None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        """Give what was picked, for prompts whose rows or options come from here."""
        return ()

    def counting(self, picks: Sequence[Pick]) -> tuple[Pick, ...]:
        """Of what was picked above, give what makes rows or options here."""
        return tuple(picks)

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        """Give what the answer puts before the person at the plan, in the worksheet's order."""
        yield from ()

    def row_offers(self, value: Value, around: Around) -> Iterator[Offer]:
        """Give each row as an offer, at the address `table.row`: what scores put before the person."""
        yield from ()

    def takes_up(self, offers: list[Offer]) -> tuple[Offer, ...]:
        """Choose what is put before the person here, of the offers of the prompts above."""
        return ()

    # --- on paper and in a file

    @abstractmethod
    def on_paper(self, above: Above | None) -> Iterator[Block]:
        """Give room for an answer by hand; `above` is the prompt that rows or options come from."""

    @property
    def reasons_below(self) -> tuple[NotAnswer, ...]:
        """The not-answers to tick on paper below the room for an answer, and not in it."""
        return self.not_answers

    @abstractmethod
    def in_file(self, above: Above | None) -> InFile:
        """Say how an answer stands in an answers file; `above` as on paper."""

    @property
    def in_cell(self) -> CellForm:
        """What a cell of a table takes, where cells can be of this kind."""
        return CellForm()

    def on_page(self) -> dict[str, Any]:
        """Give what a page for a browser needs beside the worksheet's own keys: `expected`, in words."""
        return {"expected": self.in_cell.on_paper}

    # --- counted, measured and tested

    def amount(self, value: Value) -> Fraction | None:
        """What a whole answer counts for in a score, as `ends` has it; None: it is left out."""
        return None

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        """What one of its measured values, by its id, counts for at an address inside; None: for nothing."""
        return None

    def amounts(self, inside: str, value: Value | None, around: Around) -> dict[str, Fraction | None]:
        """What stands at an address inside counts for: for each row that has it, or once under an empty name.

        `inside` is as in `ends`. None: nothing was given there that counts.
        """
        return {"": None if value is None else self.amount(value)}

    @property
    def is_compared(self) -> bool:
        """Whether answers may be held against each other, then and now."""
        return True

    @abstractmethod
    def places(self) -> AnswerPlaces:
        """Where answers are measured, and what can be given there. Picks from elsewhere are not in it."""

    def passes(self, test: Condition, value: Value) -> bool:
        """Whether an answer passes a single test of a condition."""
        return False
