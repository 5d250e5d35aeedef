"""Kind `rating`: points on a scale, for one thing or for several.

Value: `3`, or with items `{ item = 3, item2 = { not-answered = "dont-know" } }`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.forms import Above, InFile, with_help, with_id
from libwell.kinds.measures import AnswerPlaces, Label, labels_of
from libwell.kinds.picking import no_such, numbered, read_numbers
from libwell.kinds.steps import DONE, Around, Key, Step, Taken, item_step
from libwell.kinds.values import (
    NOT_ANSWERED,
    NOT_ANSWERS,
    Given,
    NotAnswer,
    Problem,
    Value,
    misspelt_not_answer,
    not_answer,
    not_answer_problems,
    without_quotes,
)
from libwell.model.base import Item, Many, Model, Offer, Said
from libwell.model.between_keys import SOME, between, having
from libwell.model.characters import one_line
from libwell.model.conditions import Condition
from libwell.model.document import BOX, Bar, Block, Listing, Paragraph, Ratings, Table
from libwell.model.nearest import did_you_mean
from libwell.model.numbers import on_scale
from libwell.model.typed_numbers import read_number

_MOST_POINTS = 101
_POINT = re.compile(r"-?[0-9]{1,8}")
_SEVERAL = re.compile(r"\s*-?[0-9]{1,8}(?:[\s,;]+-?[0-9]{1,8})+[\s,;]*")
_PAIR = re.compile(r"([0-9]{1,5})\s*=\s*(-?[0-9]{1,8})")
_PAIRS = re.compile(r"\s*[0-9]{1,5}\s*=\s*-?[0-9]{1,8}(?:[\s,;]+[0-9]{1,5}\s*=\s*-?[0-9]{1,8})*[\s,;]*")


class Scale(Model):
    """Whole points from `min` to `max`, with words for both ends or for every point."""

    min: int = Field(description="The lowest point.")
    max: int = Field(description="The highest point.")
    labels: Many[Said] = Field(
        description="Words for both ends, or for every point.",
        json_schema_extra={"minItems": 2, "maxItems": _MOST_POINTS},
    )

    @model_validator(mode="after")
    def _check_labels(self) -> Self:
        points = self.max - self.min + 1
        if not 2 <= points <= _MOST_POINTS:
            raise ValueError(f"a scale has from 2 to {_MOST_POINTS} points, and min is below max")
        if len(self.labels) not in {2, points}:
            raise ValueError(f"give 2 labels, one for each end, or {points}, one for each point")
        return self

    def label(self, point: int) -> str:
        """The word for a point; empty where the scale names only its ends."""
        if len(self.labels) == self.max - self.min + 1:
            return self.labels[point - self.min]
        return {self.min: self.labels[0], self.max: self.labels[1]}.get(point, "")

    def say(self, point: int) -> str:
        """The point with its word: `2 of 3, in place`, or `-1, on a scale from -2 to 2 (worse)`.

        Points that are counted from 0 or 1 are so many of so many; others say where the scale begins.
        """
        word = self.label(point)
        if self.min in (0, 1):
            return f"{point} of {self.max}" + (f", {word}" if word else "")
        return on_scale(point, self.min, self.max) + (f" ({word})" if word else "")

    def lines(self) -> tuple[str, ...]:
        """The points that have a word, in a line: `1 is running on empty, 5 is well rested`."""
        named = [
            f"{point} is {self.label(point)}" for point in range(self.min, self.max + 1) if self.label(point)
        ]
        return (", ".join(named),)

    def read(self, text: str) -> int:
        """Read a point or the beginning of its word. Raises CannotReadError."""
        wanted = text.strip().casefold()
        typed = read_number(wanted)
        if typed.is_plain and typed.numbers[0] in range(self.min, self.max + 1):
            return int(typed.numbers[0])
        words = {point: self.label(point).casefold() for point in range(self.min, self.max + 1)}
        exact = [point for point, word in words.items() if word and word == wanted]
        fits = exact or [
            point for point, word in words.items() if word and wanted and word.startswith(wanted)
        ]
        if len(fits) == 1:
            return fits[0]
        raise CannotReadError(f"Type a number from {self.min} to {self.max}.")


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
    things_under = ("items",)
    kind: Literal["rating"]
    scale: Scale
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
        if grouped and len(self.scale.labels) != self.scale.max - self.scale.min + 1:
            raise ValueError("give_back gives words back: label every point of the scale")
        if grouped and sorted(grouped) != sorted(item.id for item in self.items):
            raise ValueError("give_back names every item of this prompt once")
        return self

    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        hint = f"Type a number from {self.scale.min} to {self.scale.max}."
        if not self.items:
            answer = "" if value is None else self._say(value)
            return (Step(lines=self.scale.lines(), hint=hint, answer=answer),)
        given = value or {}
        steps = [] if around.one_by_one or len(self.items) < 2 else [self._list_step(value, around)]
        for number, item in enumerate(self.items, 1):
            answer = self._say(given[item.id]) if item.id in given else ""
            step = item_step(self.items, number, around, legend=self.scale.lines())
            steps.append(replace(step, hint=hint, answer=answer))
        return tuple(steps)

    def _list_step(self, value: Value, around: Around) -> Step:
        """All items, numbered, to be rated in one line."""
        more = " …" if len(self.items) > 2 else ""
        example = f"{self.scale.max} {self.scale.min}{more}"
        hint = f"A number for each in this order, such as {example}, or Enter to go one by one."
        answer = self.brief(value, around) if value else ""
        return Step(legend=self.scale.lines(), lines=numbered(self.items), hint=hint, answer=answer)

    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        points = self._read_several(text) if self.items else {}
        if points:
            return self._take_several(key, {**(value or {}), **points}, points)
        if self.items and not key:
            raise CannotReadError("Type a number for each, or Enter to go one by one.")
        point = self.scale.read(text)
        said = f"{self._say(point).capitalize() if self.give_back else self._say(point)}."
        return Taken({**(value or {}), key[0]: point} if key else point, said=said)

    def _read_several(self, text: str) -> dict[str, int]:
        """Read a point for each item in order, or some by number (`2=4`); empty if the line is neither."""
        if _PAIRS.fullmatch(text):
            pairs = _PAIR.findall(text)
            return {self._numbered(digits).id: self.scale.read(point) for digits, point in pairs}
        if not _SEVERAL.fullmatch(text):
            return {}
        points = _POINT.findall(text)
        if len(points) != len(self.items):
            raise CannotReadError(
                f"There are {len(self.items)} lines, and this has {len(points)} numbers. "
                "Type one for each, or name a line: 2=4."
            )
        return {item.id: self.scale.read(point) for item, point in zip(self.items, points, strict=True)}

    def _numbered(self, digits: str) -> Item:
        number = read_numbers(digits, len(self.items))[0]
        return self.items[number - 1]

    def _take_several(self, key: Key, value: dict[str, Value], points: dict[str, int]) -> Taken:
        """Take points given in one line, and stay; from the list go on with the first item that has none."""
        numbers = [str(number) for number, item in enumerate(self.items, 1) if item.id in points]
        left = [(item.id,) for item in self.items if item.id not in value]
        following = key
        if not left:
            following = DONE
        elif not key:
            following = left[0]
        return Taken(value, said=f"Rated: {', '.join(numbers)}.", next=following)

    def empty(self, key: Key, value: Value, around: Around) -> Taken:
        left = {name: given for name, given in (value or {}).items() if name != key[0]} if key else None
        return Taken(left or None)

    def take_not_answer(self, key: Key, reason: NotAnswer, value: Value) -> Taken:
        """With items: for this item."""
        if not key:
            return Taken({NOT_ANSWERED: reason}, next=DONE)
        return Taken({**(value or {}), key[0]: {NOT_ANSWERED: reason}})

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not self.items:
            yield from self._point_problems(value)
        elif not isinstance(value, dict):
            yield Problem("a table of points was expected.", (), "Write it as { item = 3 }.")
        else:
            names = {item.id: None for item in self.items}
            for name, given in value.items():
                if name not in names:
                    yield no_such("item", name, self.items)
                elif not_answer(given) is not None:
                    for found in not_answer_problems(given, self.not_answers):
                        yield found.inside(name)
                else:
                    for found in self._point_problems(given):
                        yield found.inside(name)

    def _point_problems(self, value: Value) -> Iterator[Problem]:
        bounds = f"from {self.scale.min} to {self.scale.max}"
        misspelt = list(misspelt_not_answer(value))
        if misspelt:
            yield from misspelt
        elif isinstance(value, float):
            yield Problem("a whole number was expected.", (), f"Use one {bounds}.")
        elif isinstance(value, bool) or not isinstance(value, int):
            remedy = without_quotes(value, f"Use a number {bounds}.")
            yield Problem("a whole number was expected.", (), remedy)
        elif not self.scale.min <= value <= self.scale.max:
            yield Problem("this number is not on the scale.", (), f"Use a number {bounds}.")

    def _say(self, value: Value) -> str:
        reason = not_answer(value)
        if reason:
            return NOT_ANSWERS[reason]
        return self.scale.label(value) if self.give_back else self.scale.say(value)

    def brief(self, value: Value, around: Around) -> str:
        if not self.items:
            return self._say(value)
        return "; ".join(
            f"{item.text}: {self._say(value[item.id])}" for item in self.items if item.id in value
        )

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        if self.give_back:
            return (
                Paragraph("As you marked it. This is not a measure.", tone="aside"),
                *self.given_back(value),
            )
        if not self.items:
            return (Ratings((self._bar("", value),)),)
        bars = tuple(self._bar(item.text, value[item.id]) for item in self.items if item.id in value)
        return (Ratings(bars),)

    def _bar(self, label: str, value: Value) -> Bar:
        point = value if isinstance(value, int) else None
        return Bar(label, point, self.scale.min, self.scale.max, self._say(value))

    def given_back(self, value: Value) -> tuple[Listing, ...]:
        """Give a person's own words back in their groups, in the order asked: nothing is counted."""
        texts = {item.id: item.text for item in self.items}
        blocks = []
        for group in self.give_back:
            said = [f"{self._say(value[name])}: {texts[name]}" for name in group.items if name in value]
            if said:
                blocks.append(Listing(tuple(said), title=group.title))
        return tuple(blocks)

    @property
    def is_compared(self) -> bool:
        return not self.give_back

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        if not self.items:
            yield Given(value=value, text=self._say(value))
            return
        for item in self.items:
            if item.id in value:
                point, reason = value[item.id], not_answer(value[item.id])
                text = self._say(point)
                yield Given(
                    item.id, item.text, value=None if reason else point, text=text, not_answered=reason
                )

    def without_words(self, value: Value) -> Value:
        return value

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        if not self.items:
            if self.is_offered(value):
                yield Offer(self.id, self.ask, self.ask)
            return
        for item in self.items:
            if self.is_offered(value.get(item.id)):
                yield Offer(f"{self.id}.{item.id}", item.suggest or item.text, item.text, item.level)

    def is_offered(self, point: Value) -> bool:
        """Whether whoever gives this point is offered a step."""
        if not isinstance(point, int):
            return False
        low = self.offer_at_most is not None and point <= self.offer_at_most
        return low or (self.offer_at_least is not None and point >= self.offer_at_least)

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        points = tuple(str(point) for point in range(self.scale.min, self.scale.max + 1))
        boxes = (BOX,) * len(points)
        yield Paragraph(self.scale.lines()[0], tone="aside")
        if self.items:
            rows = tuple((with_help(item.text, item.help), *boxes) for item in self.items)
            yield Table(("", *points), rows, row_heads=True)
        else:
            yield Table(points, (boxes,))

    def in_file(self, above: Above | None) -> InFile:
        scale, example = f"  {self.scale.lines()[0]}", self.scale.max
        if not self.items:
            return InFile(comments=(scale, f"  such as: {example}"))
        items = [line for item in self.items for line in with_id(item, "  ")]
        return InFile("{}", (scale, *items, f"  such as: {{ {self.items[0].id} = {example} }}"))

    def places(self) -> AnswerPlaces:
        low, high = self.scale.min, self.scale.max
        points = tuple(
            Label(str(point), one_line(f"{point} {self.scale.label(point)}"), self.is_offered(point))
            for point in range(low, high + 1)
        )
        return AnswerPlaces(labels_of(self.items), points, low=low, high=high)

    tested_by = ("at_least", "at_most")

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if test.item is not None and test.item not in self.thing_ids:
            yield self._no_item(test.item, ("item",))
        elif test.item is None and self.items:
            yield Mistake(f"{self.id} has items.", (), "Say which one: item = …")

    def _no_item(self, name: str, path: tuple[str, ...] = ()) -> Mistake:
        near = did_you_mean(name, self.thing_ids) or "Name one of its items."
        return Mistake(f"there is no item “{name}” in {self.id}.", path, near)

    def can_pass(self, test: Condition) -> bool:
        return any(map(test.is_between, self.points))

    def passes(self, test: Condition, value: Value) -> bool:
        point = value if test.item is None else value.get(test.item)
        return isinstance(point, int) and test.is_between(point)

    def say_numbers(self) -> str:
        return f"Its scale goes from {self.scale.min} to {self.scale.max}, in whole points."

    @property
    def points(self) -> range:
        return range(self.scale.min, self.scale.max + 1)

    def score_mistake(self, item: str) -> Mistake | None:
        if self.give_back:
            message = f"{self.id} is given back in words, so no score is made of it."
            return Mistake(message, (), "Take it out of the score, or take give_back out there.")
        if item and item not in self.thing_ids:
            return self._no_item(item)
        if self.items and not item:
            return Mistake(f"{self.id} has items.", (), f"Name each: {self.id}.{self.items[0].id} …")
        return None

    @property
    def can_offer(self) -> bool:
        return self.offer_at_most is not None or self.offer_at_least is not None

    def offerable(self) -> tuple[Item, ...]:
        return self.items if self.can_offer else ()
