"""Kind `choice`: one of several. Value: `"id"`, or `{ other = "…" }` in one's own words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.amounts import Ends, ends_among
from libwell.kinds.base import Prompt
from libwell.kinds.forms import OWN_WORDS, Above, InFile, with_help, with_ids, write_on
from libwell.kinds.measures import AnswerPlaces, Measure, labels_of
from libwell.kinds.own_entries import (
    Thing,
    entry_id,
    entry_text,
    ids_of,
    is_own,
    own_entry,
    texts_of,
    worksheet_entries,
)
from libwell.kinds.picking import entry_problems, numbered, read_picks, unknown_name
from libwell.kinds.steps import Around, Key, Step, Taken, check_length
from libwell.kinds.values import Given, Problem, Value, as_words, is_own_id
from libwell.model.base import Item, Many, Offer, Option, OrName, Pick, PointedOption
from libwell.model.between_keys import NONE, SOME, between, having
from libwell.model.conditions import Condition
from libwell.model.document import ROOM, Block, Checklist, Paragraph
from libwell.model.numbers import exact


def picks_in(value: Value | None) -> list[Value]:
    """The picks and own entries in a value, be it one of them or a list; none in None."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


class PickingPrompt(Prompt):
    """What choosing one, choosing several and putting in order share: where the options come from."""

    model_config = between(
        if_=having("options_from", options_from={"minLength": 1}),
        then=having(options=NONE),
        else_=having("options", options=SOME),
    )

    measure: ClassVar[Measure | None] = "pick"
    takes_points: ClassVar[bool] = False
    """Whether its options may count for a score."""
    is_pickable = True
    things_under = ("options",)
    options: Annotated[Many[Option], OrName] = Field(default=(), description="What can be picked.")
    options_from: str | None = Field(
        default=None, description="Instead of options: the id of a prompt above whose picks are put here."
    )

    @model_validator(mode="after")
    def _check_options(self) -> Self:
        if self.options and self.options_from:
            raise ValueError("give options or options_from, not both")
        if not (self.options or self.options_from):
            raise ValueError(
                'options are missing: options = [{ id = "…", text = "…" }], or options_from = "…"'
            )
        if not self.takes_points and any(getattr(one, "points", None) is not None for one in self.options):
            raise ValueError("points go with kind choice, where one option is picked")
        return self

    @property
    @abstractmethod
    def how_many(self) -> str:
        """How many can be picked, as on paper: `Choose one`."""

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        if above is not None:
            yield above.on_paper(f"{self.how_many} of those")
            yield write_on(self.lines_on_paper)
            return
        yield Paragraph(f"{self.how_many}.", tone="aside")
        texts = [self.option_on_paper(option) for option in self.options]
        texts += [f"something else: {ROOM}"] if self.takes_own else []
        yield Checklist(tuple((text, False) for text in texts))

    lines_on_paper: ClassVar[int] = 1
    """Lines to write picks on where they come from another prompt."""

    def option_on_paper(self, option: Option) -> str:
        """What an option is called on paper."""
        return with_help(option)

    def comments_in_file(self, above: Above | None) -> Iterator[str]:
        """The ids that can be given, as comments of an answers file."""
        if above is not None:
            yield f"  one of the ids given at {above.id}"
            yield from above.own_entries()
        yield from with_ids(self.options, "  ")
        if self.takes_own:
            yield f"  {OWN_WORDS}"

    def ids_in_file(self, above: Above | None) -> list[str]:
        """The ids to show an example with: those of the options, or of the prompt above."""
        return [*(above.names if above else self.pickable_ids())] or ["id", "id"]

    def things(self, around: Around) -> Sequence[Thing]:
        """The options to pick from now."""
        return around.picks if self.options_from else self.options

    def _texts(self, around: Around) -> dict[str, str]:
        """The words of what can be picked now, by their ids."""
        return texts_of(around.picks) if self.options_from else self._own_texts

    @cached_property
    def _own_texts(self) -> dict[str, str]:
        return texts_of(self.options)

    def known(self, entries: Sequence[Value], around: Around) -> frozenset[str]:
        """The ids to pick from, and those of the entries that were withdrawn where the options come from."""
        if not self.options_from:
            return self.thing_ids
        withdrawn = filter(around.could_be_picked, map(as_words, entries))
        return frozenset((*ids_of(around.picks), *withdrawn))

    @abstractmethod
    def of_picks(self, picks: Sequence[Value]) -> Value | None:
        """The value that picks and own entries make; None if there are none."""

    def entries(self, value: Value, around: Around) -> list[Value]:
        """What was picked, in the worksheet's order, own entries last."""
        picks = picks_in(value)
        if len(picks) < 2:
            return picks
        order = {thing.id: position for position, thing in enumerate(self.things(around))}
        return sorted(picks, key=lambda entry: order.get(as_words(entry), len(order)))

    def current(self, value: Value | None, around: Around) -> Value | None:
        if not self.options_from:
            return value
        ids = set(ids_of(around.picks))
        return self.of_picks([entry for entry in picks_in(value) if is_own(entry) or entry in ids])

    def without_words(self, value: Value | None) -> Value | None:
        return self.of_picks(worksheet_entries(picks_in(value)))

    def texts(self, value: Value, around: Around) -> list[str]:
        """The words of what was picked."""
        texts = self._texts(around)
        return [entry_text(entry, texts) for entry in self.entries(value, around)]

    def brief(self, value: Value, around: Around) -> str:
        return "; ".join(self.texts(value, around))

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        texts = self._texts(around)
        for entry in self.entries(value, around):
            name, text = entry_id(entry), entry_text(entry, texts)
            yield Given(name, text, text=text, written=is_own(entry) or is_own_id(name))

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        return tuple(Pick(given.item, given.about) for given in self.given(value, around))

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        offered = {option.id: option for option in self.options if option.offer}
        for entry in self.entries(value, around) if offered else ():
            name = entry_id(entry)
            if is_own(entry):
                yield Offer(f"{self.id}.{name}", entry["other"], entry["other"])
            elif name in offered:
                option = offered[name]
                yield Offer(f"{self.id}.{name}", option.suggest or option.text, option.text, option.level)

    def passes(self, test: Condition, value: Value) -> bool:
        wanted = test.is_ if test.includes is None else test.includes
        return any(wanted == ("other" if is_own(entry) else entry) for entry in picks_in(value))

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(values=labels_of(self.options))

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        """What an option from above can be is known only where `picks` says it."""
        known = picks if self.options_from else self.thing_ids
        key, name = ("is", str(test.is_)) if test.includes is None else ("includes", test.includes)
        if known and not (self.options_from and is_own_id(name)):
            yield from unknown_name(key, name, known, own=self.takes_own)

    def offerable(self) -> tuple[Item, ...]:
        return tuple(option for option in self.options if option.offer)


class ChoosingPrompt(PickingPrompt):
    """What choosing one and choosing several share besides: own words."""

    other: bool = Field(default=False, description="true: an answer in one's own words can be given too.")


class ChoicePrompt(ChoosingPrompt):
    """One option."""

    kind: Literal["choice"]
    takes_points = True
    options: Annotated[Many[PointedOption], OrName] = Field(default=(), description="What can be picked.")
    tested_by = ("is",)

    @property
    def how_many(self) -> str:
        return "Choose one"

    def in_file(self, above: Above | None) -> InFile:
        example = f'  such as: "{self.ids_in_file(above)[0]}"'
        return InFile(comments=(*self.comments_in_file(above), example))

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        things = self.things(around)
        if not (things or self.other):
            return ()
        hint = f"Type a number from 1 to {len(things)}" if len(things) > 1 else "Type 1 to choose it"
        hint += ", or your own words." if self.other else "."
        answer = self.answer(self.current(value, around), around)
        return (Step(lines=numbered(things), hint=hint, answer=answer),)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        things = self.things(around)
        picks = read_picks(text, things)
        if len(picks) > 1:
            raise CannotReadError("One of them, please.")
        if picks:
            return Taken(picks[0], said=f"{self.brief(picks[0], around)}.")
        if not self.other:
            raise CannotReadError(f"Type a number from 1 to {len(things)}, or the beginning of a text.")
        entry = own_entry(check_length(text), around.last_own + 1)
        if is_own(value) and entry_id(value):
            entry["id"] = entry_id(value)
        return Taken(entry, said="Taken in your own words.", in_words=True)

    def of_picks(self, picks: Sequence[Value]) -> Value | None:
        return next(iter(picks), None)

    def ends(self, inside: str = "") -> Ends | None:
        return ends_among(option.points for option in self.options)

    def amount(self, value: Value) -> Fraction | None:
        points = next((option.points for option in self.options if option.id == value), None)
        return None if points is None else exact(points)

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return self.amount(value)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        known = self.known([value], around)
        return entry_problems(value, self.things(around), known=known, own=self.other, what="option")
