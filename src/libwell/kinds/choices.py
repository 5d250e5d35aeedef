"""Kind `choices`: several of several. Value: `["id", { other = "…" }]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.kinds.choice import ChoosingPrompt
from libwell.kinds.forms import ROWS, Above, InFile
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.own_entries import (
    ask_for_own,
    entry_id,
    entry_text,
    ids_of,
    is_own,
    own_among,
    own_entry,
    texts_of,
)
from libwell.kinds.picking import begins_with_number, entries_problems, numbered, read_picks
from libwell.kinds.steps import ADD, DONE, Around, Key, Step, Taken, behind, check_length, is_full
from libwell.kinds.values import Problem, Value, as_entries, as_words
from libwell.model.base import Many, Option
from libwell.model.document import Block, Listing
from libwell.model.nearest import some_of


class ChoicesPrompt(ChoosingPrompt):
    """Any number of options within bounds; an `exclusive` one stands alone."""

    kind: Literal["choices"]
    tested_by = ("includes",)
    lines_on_paper = ROWS
    min: Annotated[int, Field(ge=0)] = Field(default=0, description="Pick at least so many.")
    max: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Pick at most so many.")
    exclusive: Many[str] = Field(default=(), description="Ids of options that stand alone, such as none.")

    @model_validator(mode="after")
    def _check_exclusive(self) -> Self:
        ids = set(ids_of(self.options))
        unknown = [name for name in self.exclusive if name not in ids]
        if unknown:
            raise ValueError(f"exclusive names {some_of(unknown)}, which is no option here")
        return self

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

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        things, entries = self.things(around), as_entries(value)
        if not (things or self.other):
            return ()
        most = f" At most {self.max}." if self.max else ""
        hint = f"Type numbers, such as {'1,3 or 1-3' if len(things) > 2 else '1,2'}.{most}"
        picks = self.answer(self.current(value, around), around)
        steps = [Step(lines=numbered(things), hint=hint, answer=picks)]
        own, change = "In your own words", "Type to change it."
        steps += [
            Step((entry_id(entry),), own, hint=change, answer=entry["other"], written=True)
            for entry in own_among(entries)
        ]
        if self.other and not is_full(entries, self.max):
            steps.append(ask_for_own(entries))
        return tuple(steps)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        entries = as_entries(value)
        if key and key != ADD:
            changed = {key[0]: {"other": check_length(text), "id": key[0]}}
            return Taken([changed.get(entry_id(entry), entry) for entry in entries], in_words=True)
        picks = [] if key else read_picks(text, self.things(around))
        if picks:
            chosen = self._check([*picks, *own_among(entries)])
            texts = texts_of(self.things(around))
            return Taken(chosen, said=f"{'; '.join(texts[name] for name in picks)}.")
        if not self.other or (not key and begins_with_number(text)):
            own = " Words of your own come next." if self.other else ""
            raise CannotReadError(f"Type the numbers of those you choose, such as 1,3.{own}")
        fresh: list[Value]
        named = read_picks(text, self.things(around), whole=True)
        if named:
            fresh = [name for name in named if name not in entries]
            texts = texts_of(self.things(around))
            said = f"Added from the list: {'; '.join(texts[name] for name in named)}."
        else:
            fresh, said = [own_entry(check_length(text), around.last_own + 1)], "Added."
        added = self._check([*entries, *fresh])
        following = DONE if is_full(added, self.max) else ADD
        return Taken(added, said=said, next=following, in_words=not named)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take everything away, or one own entry."""
        if not key:
            return Taken(None)
        entries = as_entries(value)
        keep = [entry for entry in entries if entry_id(entry) != key[0]]
        own = list(map(entry_id, own_among(entries)))
        return Taken(keep or None, next=(behind(own, key[0]),))

    def _check(self, entries: list[Value]) -> list[Value]:
        for problem in self._bounds(entries):
            raise CannotReadError(f"{problem.message[0].upper()}{problem.message[1:]} {problem.remedy}")
        return entries

    def _bounds(self, entries: list[Value]) -> Iterator[Problem]:
        if self.max is not None and len(entries) > self.max:
            own = " Your own words count too." if any(map(is_own, entries)) else ""
            yield Problem(f"at most {self.max} can be chosen.{own}", (), "Choose those that matter most.")
        exclusive = frozenset(self.exclusive)
        alone = [entry for entry in entries if as_words(entry) in exclusive]
        if alone and len(entries) > 1:
            text = entry_text(alone[0], texts_of(self.options))
            yield Problem(f"“{text}” stands alone.", (), "Choose it, or the others.")

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of ids was expected.", (), 'Write it as ["id", "id"].')
            return
        known = self.known(value, around)
        yield from entries_problems(value, self.things(around), known=known, own=self.other, what="option")
        yield from self._bounds(value)

    def unmet(self, value: Value | None, around: Around) -> str:
        return f"Choose at least {self.min}." if len(as_entries(value)) < self.min else ""

    def of_picks(self, picks: Sequence[Value]) -> Value | None:
        return list(picks) or None

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        return (Listing(tuple(self.texts(value, around))),)

    def places(self) -> AnswerPlaces:
        return replace(super().places(), takes_several=True)
