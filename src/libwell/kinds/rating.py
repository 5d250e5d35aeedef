"""Kind `rating`: points on a scale, for one thing or for several.

Value: `3`, or with items `{ item = 3, item2 = { not-answered = "dont-know" } }`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self, cast

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.amounts import Ends, ends_between
from libwell.kinds.base import Prompt
from libwell.kinds.forms import Above, InFile, with_help, with_ids
from libwell.kinds.measures import AnswerPlaces, Label, labels_of
from libwell.kinds.own_entries import ids_of
from libwell.kinds.picking import no_such, numbered, read_numbers
from libwell.kinds.scale import Scale
from libwell.kinds.steps import DONE, Around, Key, Step, Taken, item_steps
from libwell.kinds.values import (
    NOT_ANSWERED,
    NOT_ANSWERS,
    Given,
    NotAnswer,
    Problem,
    Scalar,
    Value,
    as_table,
    inside,
    misspelt_not_answer,
    not_answer,
    not_answer_problems,
)
from libwell.model.base import Item, Many, Model, Offer, OrName, Said
from libwell.model.between_keys import SOME, between, having
from libwell.model.characters import one_line
from libwell.model.conditions import Condition
from libwell.model.document import BOX, Bar, Block, Listing, Paragraph, Ratings, Table

_WHOLE = Item.model_construct(id="", text="")
_POINT = re.compile(r"-?[0-9]{1,8}")
_SEVERAL = re.compile(r"\s*-?[0-9]{1,8}(?:[\s,;]+-?[0-9]{1,8})+[\s,;]*")
_PAIR = re.compile(r"([0-9]{1,5})\s*=\s*(-?[0-9]{1,8})")
_PAIRS = re.compile(r"\s*[0-9]{1,5}\s*=\s*-?[0-9]{1,8}(?:[\s,;]+[0-9]{1,5}\s*=\s*-?[0-9]{1,8})*[\s,;]*")


class Group(Model):
    """Items that belong together, and what they have in common."""

    title: Said = Field(description="What they have in common.")
    items: Annotated[Many[str], Field(min_length=1)] = Field(description="Ids of items of this prompt.")


class RatingPrompt(Prompt):
    """Points for one thing (no items) or for each item.

    With `give_back` it is no measure: the words of the scale are given back in these groups at the end of
    the section, and nothing is counted, scored or compared.
    """

    model_config = between(if_=having("give_back", give_back=SOME), then=having("items", items=SOME))

    measure = "point"
    tested_by = ("at_least", "at_most")
    things_under = ("items",)
    kind: Literal["rating"]
    scale: Annotated[Scale, OrName] = Field(description="Its points and words, or the name of a scale.")
    items: Many[Item] = Field(default=(), description="What is rated, one by one. Left out: one thing.")
    offer_at_most: int | None = Field(
        default=None, description="What is rated this or lower is put before the person at the plan."
    )
    offer_at_least: int | None = Field(
        default=None, description="What is rated this or higher is put before the person at the plan."
    )
    give_back: Many[Group] = Field(
        default=(), description="No measure: nothing is counted, the words given are shown again in groups."
    )

    @model_validator(mode="after")
    def _check_give_back(self) -> Self:
        grouped = [name for group in self.give_back for name in group.items]
        if not grouped:
            return self
        if not self.scale.names_all:
            raise ValueError("give_back gives words back: label every point of the scale")
        if sorted(grouped) != sorted(ids_of(self.items)):
            raise ValueError("give_back names every item of this prompt once")
        return self

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        hint = f"Type a number from {self.scale.min} to {self.scale.max}."
        legend = (self.scale.line(),)
        if not self.items:
            return (Step(lines=legend, hint=hint, answer=self.answer(value, around)),)
        more = " …" if len(self.items) > 2 else ""
        example = f"{self.scale.max} {self.scale.min}{more}"
        for_all = f"A number for each in this order, such as {example}, or Enter to go one by one."
        answer = self.answer(value, around)
        every = Step(legend=legend, lines=numbered(self.items), hint=for_all, answer=answer)
        said = {given.item: given.text for given in self.given(value or {}, around)}
        return tuple(item_steps(every, self.items, around, said=said, hints=(hint, hint)))

    def _rated(self, value: Value) -> Iterator[tuple[Item, Given]]:
        """What was rated, with its point or not-answer; the whole is an item without words."""
        points = as_table(value) if self.items else {"": value}
        for item in self.items or (_WHOLE,):
            point = points.get(item.id)
            reason = not_answer(point)
            if reason:
                text = NOT_ANSWERS[reason]
                yield item, Given(item.id, item.text, value=None, text=text, not_answered=reason)
            elif point is not None:
                point = cast("int", point)
                yield item, Given(item.id, item.text, value=point, text=self._say(point))

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        points = self._read_several(text) if self.items else {}
        if points:
            return self._take_several(key, {**as_table(value), **points}, points)
        if self.items and not key:
            raise CannotReadError("Type a number for each, or Enter to go one by one.")
        point = self.scale.read(text)
        said = self._say(point).capitalize() if self.give_back else self._say(point)
        return Taken({**as_table(value), key[0]: point} if key else point, said=f"{said}.")

    def _read_several(self, text: str) -> dict[str, int]:
        """Read a point for each item in order, or some by number (`2=4`); empty if the line is neither."""
        if _PAIRS.fullmatch(text):
            points = {}
            for digits, point in _PAIR.findall(text):
                number = read_numbers(digits, len(self.items))[0]
                points[self.items[number - 1].id] = self.scale.read(point)
            return points
        if not _SEVERAL.fullmatch(text):
            return {}
        typed = _POINT.findall(text)
        if len(typed) != len(self.items):
            raise CannotReadError(
                f"There are {len(self.items)} lines, and this has {len(typed)} numbers. "
                "Type one for each, or name a line: 2=4."
            )
        return {item.id: self.scale.read(point) for item, point in zip(self.items, typed, strict=True)}

    def _take_several(self, key: Key, value: dict[str, Value], points: dict[str, int]) -> Taken:
        """Take points given in one line, and stay; from the list go on with the first item that has none."""
        numbers = [str(number) for number, item in enumerate(self.items, 1) if item.id in points]
        left = [(item.id,) for item in self.items if item.id not in value]
        following = key if key and left else [*left, DONE][0]
        return Taken(value, said=f"Rated: {', '.join(numbers)}.", next=following)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take away one item's point; at the step for all, every point."""
        left = {name: given for name, given in as_table(value).items() if key not in ((), (name,))}
        return Taken(left or None)

    def take_not_answer(self, key: Key, reason: NotAnswer, value: Value | None) -> Taken:
        """With items: for this item."""
        if not key:
            return super().take_not_answer(key, reason, value)
        return Taken({**as_table(value), key[0]: {NOT_ANSWERED: reason}})

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not self.items:
            yield from self._point_problems(value)
        elif not isinstance(value, dict):
            yield Problem("a table of points was expected.", (), "Write it as { item = 3 }.")
        else:
            for name, given in value.items():
                if name not in self.thing_ids:
                    yield no_such("item", name, self.items)
                elif not_answer(given) is not None:
                    yield from inside(not_answer_problems(as_table(given), self.not_answers), name)
                else:
                    yield from inside(self._point_problems(given), name)

    def _point_problems(self, value: Value) -> Iterator[Problem]:
        bounds = f"from {self.scale.min} to {self.scale.max}."
        remedies = {float: f"Use one {bounds}", str: "Write it without quotes."}
        misspelt = list(misspelt_not_answer(value))
        if misspelt:
            yield from misspelt
        elif type(value) is not int:
            remedy = remedies.get(type(value), f"Use a number {bounds}")
            yield Problem("a whole number was expected.", (), remedy)
        elif value not in self.scale.points:
            yield Problem("this number is not on the scale.", (), f"Use a number {bounds}")

    def _say(self, point: int) -> str:
        return self.scale.words[point] if self.give_back else self.scale.say(point)

    def brief(self, value: Value, around: Around) -> str:
        lead = "{0.about}: {0.text}" if self.items else "{0.text}"
        return "; ".join(map(lead.format, self.given(value, around)))

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        if self.give_back:
            no_measure = Paragraph("As you marked it. This is not a measure.", tone="aside")
            return (no_measure, *self.given_back(value))
        low, high = self.scale.min, self.scale.max
        given = self.given(value, around)
        return (
            Ratings(
                tuple(Bar(one.about, cast("int | None", one.value), low, high, one.text) for one in given)
            ),
        )

    def given_back(self, value: Value) -> tuple[Listing, ...]:
        """Give a person's own words back in their groups, in the order asked: nothing is counted."""
        said = {item.id: f"{given.text}: {item.text}" for item, given in self._rated(value)}
        lists = [
            Listing(tuple(said[name] for name in group.items if name in said), title=group.title)
            for group in self.give_back
        ]
        return tuple(one for one in lists if one.items)

    @property
    def is_compared(self) -> bool:
        return not self.give_back

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        return (given for _, given in self._rated(value))

    def without_words(self, value: Value | None) -> Value | None:
        return value

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        for item, given in self._rated(value):
            if self.is_offered(given.value):
                address, text = f"{self.id}.{item.id}".rstrip("."), item.text or self.ask
                yield Offer(address, item.suggest or text, text, item.level)

    def is_offered(self, point: Scalar | None) -> bool:
        """Whether whoever gives this point is offered a step."""
        if not isinstance(point, int):
            return False
        low = self.offer_at_most is not None and point <= self.offer_at_most
        return low or (self.offer_at_least is not None and point >= self.offer_at_least)

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        points = tuple(map(str, self.scale.points))
        boxes = (BOX,) * len(points)
        yield Paragraph(self.scale.line(), tone="aside")
        if self.items:
            rows = tuple((with_help(item), *boxes) for item in self.items)
            yield Table(("", *points), rows, row_heads=True)
        else:
            yield Table(points, (boxes,))

    def in_file(self, above: Above | None) -> InFile:
        scale, example = f"  {self.scale.line()}", self.scale.max
        if not self.items:
            return InFile(comments=(scale, f"  such as: {example}"))
        items = with_ids(self.items, "  ")
        return InFile("{}", (scale, *items, f"  such as: {{ {self.items[0].id} = {example} }}"))

    def places(self) -> AnswerPlaces:
        words = self.scale.words
        points = tuple(
            Label(str(point), one_line(f"{point} {words.get(point, '')}"), self.is_offered(point))
            for point in self.scale.points
        )
        return AnswerPlaces(labels_of(self.items), points, low=self.scale.min, high=self.scale.max)

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if test.item is not None and test.item not in self.thing_ids:
            yield self.no_item(test.item, ("item",))
        elif test.item is None and self.items:
            yield Mistake(f"{self.id} has items.", (), "Say which one: item = …")

    def can_pass(self, test: Condition) -> bool:
        return any(map(test.is_between, self.scale.points))

    def passes(self, test: Condition, value: Value) -> bool:
        point = value if test.item is None else as_table(value).get(test.item)
        return isinstance(point, int) and test.is_between(point)

    def say_numbers(self) -> str:
        return f"Its scale goes from {self.scale.min} to {self.scale.max}, in whole points."

    def ends(self, inside: str = "") -> Ends | None:
        return ends_between(self.scale.min, self.scale.max)

    def amount(self, value: Value) -> Fraction | None:
        return Fraction(value) if type(value) is int else None

    def counts_for(self, inside: str, value: str) -> Fraction | None:
        return Fraction(value)

    def amounts(self, inside: str, value: Value | None, around: Around) -> dict[str, Fraction | None]:
        point = as_table(value).get(inside) if inside else value
        return {"": None if point is None else self.amount(point)}

    def score_mistake(self, inside: str) -> Mistake | None:
        if self.give_back:
            message = f"{self.id} is given back in words, so no score is made of it."
            return Mistake(message, (), "Take it out of the score, or take give_back out there.")
        if inside and inside not in self.thing_ids:
            return self.no_item(inside)
        if self.items and not inside:
            return Mistake(f"{self.id} has items.", (), f"Name each: {self.id}.{self.items[0].id} …")
        return None

    @property
    def can_offer(self) -> bool:
        return self.offer_at_most is not None or self.offer_at_least is not None

    def offerable(self) -> tuple[Item, ...]:
        return self.items if self.can_offer else ()
