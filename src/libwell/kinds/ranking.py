"""Kind `ranking`: options put in order. Value: `["third", "first", "second"]`, first place first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.kinds.choice import PickingPrompt, picks_in
from libwell.kinds.forms import ROWS, Above, InFile, with_help
from libwell.kinds.measures import AnswerPlaces, Label, labels_of
from libwell.kinds.own_entries import Thing, entry_id, entry_text, ids_of, texts_of
from libwell.kinds.picking import entries_problems, numbered, read_order
from libwell.kinds.steps import ADD, DONE, Around, Key, Step, Taken
from libwell.kinds.values import Given, Problem, Value
from libwell.model.between_keys import between, having
from libwell.model.characters import counted
from libwell.model.document import ROOM, Block, Facts, Table
from libwell.model.numbers import ordinal

_MOST = 100
"""Places there are at most: a report counts each place of each option."""


class RankingPrompt(PickingPrompt):
    """Options in an order: all of them, or the first few."""

    model_config = between(
        if_=having("options_from", options_from={"minLength": 1}),
        then=having(options={"maxItems": 0}),
        else_=having("options", options={"minItems": 2}),
    )

    measure = "rank"
    kind: Literal["ranking"]
    tested_by = ("includes",)
    top: Annotated[int, Field(ge=1, le=_MOST)] | None = Field(
        default=None, description="Put only the first few in order, so many. Left out: all."
    )

    @model_validator(mode="after")
    def _check_top(self) -> Self:
        count = len(self.options)
        if count == 1:
            raise ValueError("a ranking needs at least two options to put in order")
        if self.options and self.top and self.top > count:
            raise ValueError(f"top is {self.top}, and there are {count} options to put in order")
        return self

    @property
    def how_many(self) -> str:
        return f"In order: at most {self.top}" if self.top else "In order: all"

    def _wanted(self, things: Sequence[Thing]) -> int:
        """How many of the things are put in order."""
        return min(len(things), self.top or _MOST)

    def _placed(self, value: Value | None, around: Around) -> list[Value]:
        """What has a place now, first place first."""
        return picks_in(self.current(value, around))

    # --- asked

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        things, placed = self.things(around), self._placed(value, around)
        if not things:
            return ()
        wanted, answer = self._wanted(things), self._said(placed, around)
        whole = Step(lines=numbered(things), hint=self._hint(len(things)), answer=answer)
        if not 0 < len(placed) < wanted:
            return (whole,)
        lines = zip(things, whole.lines, strict=True)
        left = tuple(line for thing, line in lines if thing.id not in placed)
        hint = "Enter keeps it so, - takes the last one back, ? shows what is left."
        label = f"Which comes {ordinal(len(placed) + 1)}?"
        reminder = ("Without a place so far:", *left)
        return (whole, Step(ADD, label, hint=hint, answer=answer, reminder=reminder))

    def _hint(self, count: int) -> str:
        """What can be typed to put so many things in order."""
        wanted = min(count, self.top or _MOST)
        if wanted == 1:
            return "Type the number of the one that comes first."
        many = f"{wanted} numbers" if self.top else "the numbers"
        example = ",".join(("3", "1", "2")[:wanted] if count > 2 else ("2", "1"))
        return f"Type {many} in your order, such as {example}, or one at a time."

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        """At the list an order begins anew, below it goes on; one that names all that have a place is new."""
        things, wanted = self.things(around), self._wanted(self.things(around))
        placed = self._placed(value, around) if key else []
        named = read_order(text, things)
        if not named:
            raise CannotReadError(
                f"Type numbers from 1 to {len(things)} in your order, or the beginning of a text."
            )
        if placed and len(named) > 1 and set(named).issuperset(map(entry_id, placed)):
            placed = []
        self._check(named, placed, things)
        order: list[Value] = [*placed, *named]
        left = [name for name in ids_of(things) if name not in order]
        if self.top is None and len(left) == 1:  # of all that are put in order the one that is left is last
            order += left
        if len(order) < wanted:
            return Taken(order, next=ADD)
        return Taken(order, said=self._said(order, around), next=DONE)

    def _check(self, named: list[str], placed: list[Value], things: Sequence[Thing]) -> None:
        """Raise CannotReadError where something has two places, or there are more than places."""
        numbers = {name: number for number, name in enumerate(ids_of(things), 1)}
        for name in named:
            if name in placed:
                place = ordinal(placed.index(name) + 1)
                raise CannotReadError(
                    f"{numbers[name]} comes {place} already. Type one that is left, or the whole order again."
                )
            if named.count(name) > 1:
                raise CannotReadError(f"{numbers[name]} is there twice. Type each number once.")
        room = self._wanted(things) - len(placed)
        if len(named) > room:
            left = "is room for" if not placed else "is room left for"
            raise CannotReadError(f"There {left} {room}, and this names {len(named)}. Type {room} or fewer.")

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take everything away; below the list what was put in order last."""
        placed = self._placed(value, around)[:-1] if key else []
        if not placed:
            return Taken(None, next=())
        return Taken(placed, said="The last one is taken back.", next=ADD)

    def of_picks(self, picks: Sequence[Value]) -> Value | None:
        return list(picks) or None

    # --- checked

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of ids was expected.", (), 'Write it as ["id", "id"].')
            return
        known = self.known(value, around)
        yield from entries_problems(value, self.things(around), known=known, own=False, what="option")
        most = self.top or _MOST
        if len(value) > most:
            yield Problem(f"at most {most} are put in order.", (), "Keep the first of them.")

    # --- shown

    def entries(self, value: Value, around: Around) -> list[Value]:
        """What was picked, as it was put in order."""
        return picks_in(value)

    def texts(self, value: Value, around: Around) -> list[str]:
        texts = texts_of(self.things(around))
        return [entry_text(entry, texts) for entry in picks_in(value)]

    def brief(self, value: Value, around: Around) -> str:
        return "; ".join(f"{place}. {text}" for place, text in enumerate(self.texts(value, around), 1))

    def _said(self, placed: list[Value], around: Around) -> str:
        """What has a place, in sentences, as it is heard: `1. Quiet room. 2. Later hours.`."""
        texts = enumerate(self.texts(placed, around), 1)
        return " ".join(f"{place}. {text.rstrip('.')}." for place, text in texts)

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        texts = enumerate(self.texts(value, around), 1)
        return (Facts(tuple((ordinal(place).capitalize(), text) for place, text in texts)),)

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for place, given in enumerate(super().given(value, around), 1):
            yield given._replace(value=place, text=ordinal(place), written=False)

    # --- on paper and in a file

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        if above is not None:
            yield above.on_paper(f"{self.how_many} of those")
            places = range(1, (self.top or ROWS) + 1)
            rows = tuple((ordinal(place).capitalize(), ROOM) for place in places)
            yield Table(("Place", "What"), rows, row_heads=True)
            return
        number = f"Number your first {self.top}" if self.top else f"Number all, from 1 to {len(self.options)}"
        rows = tuple((with_help(option), ROOM) for option in self.options)
        yield Table((number, "Place"), rows, row_heads=True)

    def in_file(self, above: Above | None) -> InFile:
        names = self.ids_in_file(above)[: min(2, self.top or 2)]
        examples = ", ".join(f'"{name}"' for name in names)
        most = f", {counted(self.top, 'id', 'ids')} at most" if self.top else ""
        such = f"  in your order{most}, such as: [{examples}]"
        return InFile("[]", (*self.comments_in_file(above), such))

    # --- measured

    def places(self) -> AnswerPlaces:
        last = self.top or min(len(self.options) or _MOST, _MOST)
        values = tuple(Label(str(place), ordinal(place)) for place in range(1, last + 1))
        return AnswerPlaces(labels_of(self.options), values, low=1, high=last)
