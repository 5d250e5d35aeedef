"""Kind `choices`: several of several. Value: `["id", { other = "…" }]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.forms import ROWS, Above, InFile
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.own_entries import entry_id, entry_text, is_own, own_entry, texts_of, worksheet_entries
from libwell.kinds.picking import numbered, read_named, read_picks
from libwell.kinds.steps import DONE, NEW, Around, Key, Step, Taken, check_length
from libwell.kinds.values import Given, Problem, Value
from libwell.model.base import Many, Offer, Option, Pick
from libwell.model.conditions import Condition
from libwell.model.document import Block, Listing
from libwell.model.nearest import some_of

_ADD = (NEW,)


class ChoicesPrompt(PickingPrompt):
    """Any number of options within bounds; an `exclusive` one stands alone."""

    kind: Literal["choices"]
    min: Annotated[int, Field(ge=0)] = Field(default=0, description="Pick at least so many.")
    max: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Pick at most so many.")
    exclusive: Many[str] = Field(default=(), description="Ids of options that stand alone, such as none.")

    @model_validator(mode="after")
    def _check_bounds(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")
        ids = {option.id for option in self.options}
        unknown = [name for name in self.exclusive if name not in ids]
        if unknown:
            raise ValueError(f"exclusive names {some_of(unknown)}, which is no option here")
        return self

    lines_on_paper = ROWS

    @property
    def how_many(self) -> str:
        bounds = [f"at least {self.min}"] if self.min > 1 else []
        bounds += [f"at most {self.max}"] if self.max else []
        return f"Choose any ({' and '.join(bounds)})" if bounds else "Choose any"

    def option_on_paper(self, option: Option) -> str:
        alone = " (and nothing else)" if option.id in self.exclusive else ""
        return super().option_on_paper(option) + alone

    def in_file(self, above: Above | None) -> InFile:
        examples = ", ".join(f'"{name}"' for name in self.ids_in_file(above)[:2])
        return InFile("[]", (*self.comments_in_file(above), f"  such as: [{examples}]"))

    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        things = self.things(around)
        if not (things or self.other):
            return ()
        most = f" At most {self.max}." if self.max else ""
        hint = f"Type numbers, such as {'1,3 or 1-3' if len(things) > 2 else '1,2'}.{most}"
        picks = self.brief(self.current(value or [], around) or [], around)
        steps = [Step(lines=numbered(things), hint=hint, answer=picks)]
        steps += [
            Step(
                (entry_id(entry),),
                "In your own words",
                hint="Type to change it.",
                answer=entry["other"],
                written=True,
            )
            for entry in value or []
            if is_own(entry)
        ]
        if self.other and not self._is_full(value or []):
            lines = tuple(f"“{entry['other']}”" for entry in value or [] if is_own(entry))
            label = "Anything to add in your own words?"
            steps.append(Step(_ADD, label, lines=lines, hint="Enter goes on.", written=True))
        return tuple(steps)

    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        entries = list(value or [])
        if key and key != _ADD:
            own = [own_entry(check_length(text), 0) | {"id": key[0]}]
            changed = [own[0] if entry_id(entry) == key[0] else entry for entry in entries]
            return Taken(changed, in_words=True)
        if key == _ADD:
            return self._add_own(text, entries, around)
        things = self.things(around)
        picks = read_picks(text, things)
        if picks is None and self.other:
            return self._add_own(text, entries, around)
        if picks is None:
            raise CannotReadError("Type the numbers of those you choose, such as 1,3.")
        chosen = self._check([*picks, *(entry for entry in entries if is_own(entry))])
        return Taken(chosen, said=f"{self._say(picks, around)}.")

    def _add_own(self, text: str, entries: list[Value], around: Around) -> Taken:
        named = read_named(text, self.things(around))
        if named:
            picks = [name for name in named if name not in entries]
            added = self._check([*entries, *picks])
            return Taken(added, said="Added from the list.", next=DONE if self._is_full(added) else _ADD)
        added = self._check([*entries, own_entry(check_length(text), around.last_own + 1)])
        return Taken(added, said="Added.", next=DONE if self._is_full(added) else _ADD, in_words=True)

    def empty(self, key: Key, value: Value, around: Around) -> Taken:
        """Take everything away, or one own entry."""
        if not key:
            return Taken(None)
        keep = [entry for entry in value or [] if entry_id(entry) != key[0]]
        own = [entry_id(entry) for entry in value or [] if is_own(entry)]
        behind = own[own.index(key[0]) + 1 :] if key[0] in own else []
        return Taken(keep or None, next=(behind[0],) if behind else _ADD)

    def _check(self, entries: list[Value]) -> list[Value]:
        for problem in self._bounds(entries):
            raise CannotReadError(
                f"{problem.message[0].upper()}{problem.message[1:]} {problem.remedy}".strip()
            )
        return entries

    def _is_full(self, entries: list[Value]) -> bool:
        return self.max is not None and len(entries) >= self.max

    def _bounds(self, entries: list[Value]) -> Iterator[Problem]:
        if self.max is not None and len(entries) > self.max:
            own = " Your own words count too." if any(map(is_own, entries)) else ""
            yield Problem(f"at most {self.max} can be chosen.{own}", (), "Choose those that matter most.")
        exclusive = frozenset(self.exclusive)
        alone = [entry for entry in entries if isinstance(entry, str) and entry in exclusive]
        if alone and len(entries) > 1:
            text = entry_text(alone[0], texts_of(self.options))
            yield Problem(f"“{text}” stands alone.", (), "Choose it, or the others.")

    def current(self, value: Value, around: Around) -> Value:
        if not self.options_from:
            return value
        ids = {pick.id for pick in around.picks}
        return [entry for entry in value if is_own(entry) or entry in ids] or None

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of ids was expected.", (), 'Write it as ["id", "id"].')
            return
        for position, found in self.picks_problems(value, around):
            yield found.inside(position)
        seen = [entry_id(entry) for entry in value if entry_id(entry)]
        if len(seen) != len(set(seen)):
            yield Problem("an option is named twice.", (), "Name each once.")
        yield from self._bounds(value)

    def unmet(self, value: Value, around: Around) -> str:
        return f"Choose at least {self.min}." if len(value or []) < self.min else ""

    def brief(self, value: Value, around: Around) -> str:
        return self._say(self._ordered(value, around), around)

    def _say(self, entries: Sequence[Value], around: Around) -> str:
        texts = texts_of(self.things(around))
        return "; ".join(entry_text(entry, texts) for entry in entries)

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        texts = texts_of(self.things(around))
        return (Listing(tuple(entry_text(entry, texts) for entry in self._ordered(value, around))),)

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        return self.picks_given(self._ordered(value, around), around)

    def without_words(self, value: Value) -> Value:
        return worksheet_entries(value) or None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        texts = texts_of(self.things(around))
        return tuple(
            Pick(entry_id(entry), entry_text(entry, texts)) for entry in self._ordered(value, around)
        )

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        return self.offers_of(self._ordered(value, around))

    def _ordered(self, value: Value, around: Around) -> list[Value]:
        """In the worksheet's order, own entries last."""
        order = {thing.id: position for position, thing in enumerate(self.things(around))}
        return sorted(value, key=lambda entry: order.get(entry if isinstance(entry, str) else "", len(order)))

    def places(self) -> AnswerPlaces:
        return replace(super().places(), takes_several=True)

    tested_by = ("includes",)

    def passes(self, test: Condition, value: Value) -> bool:
        return any(test.includes == ("other" if is_own(entry) else entry) for entry in value)
