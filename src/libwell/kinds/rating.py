"""Kind `rating`: points on a scale, for one thing or for several.

Value: `3`, or with items `{ item = 3, item2 = { not-answered = "dont-know" } }`. Own entries stand beside
them: `":own" = [{ other = "…", id = "other-1", point = 2 }]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self, cast

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.amounts import Ends, ends_between
from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, CellForm, InFile, with_help, with_ids
from libwell.kinds.measures import AnswerPlaces, Label, labels_of
from libwell.kinds.own_entries import OwnEntry, ask_for_own, entry_id, ids_of, own_entry
from libwell.kinds.own_points import (
    OWN,
    own_entries,
    own_example,
    own_items,
    own_problems,
    with_own,
    with_point,
    without_item,
)
from libwell.kinds.picking import no_such, numbered
from libwell.kinds.points_line import is_pairs, is_points, read_points
from libwell.kinds.scale import Scale
from libwell.kinds.steps import (
    ADD,
    DONE,
    ONE_BY_ONE,
    Around,
    Key,
    Step,
    Taken,
    behind,
    check_length,
    item_steps,
)
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
    is_own_id,
    not_answer,
    not_answer_problems,
)
from libwell.model.base import Item, Many, Model, Offer, OrName, Pick, Said
from libwell.model.between_keys import FALSE, SOME, between, having
from libwell.model.characters import one_line, shortened
from libwell.model.conditions import Condition
from libwell.model.document import BOX, ROOM, Bar, Block, Listing, Paragraph, Ratings, Table

_LONGEST_SHOWN = 20
_NOT_RATED_YET = "not rated yet"
_WHOLE = Item.model_construct(id="", text="")


class Group(Model):
    """Items that belong together, and what they have in common."""

    title: Said = Field(description="What they have in common.")
    items: Annotated[Many[str], Field(min_length=1)] = Field(description="Ids of items of this prompt.")


class RatingPrompt(Prompt):
    """Points for one thing (no items) or for each item.

    With `give_back` it is no measure: the words of the scale are given back in these groups at the end of
    the section, and nothing is counted, scored or compared.
    """

    model_config = between(
        if_=having("give_back", give_back=SOME), then=having("items", items=SOME, add_items=FALSE)
    )

    measure = "point"
    is_pickable = True
    tested_by = ("at_least", "at_most")
    things_under = ("items",)
    own_key = "add_items"
    kind: Literal["rating"]
    scale: Annotated[Scale, OrName] = Field(description="Its points and words, or the name of a scale.")
    items: Many[Item] = Field(default=(), description="What is rated, one by one. Left out: one thing.")
    add_items: bool = Field(
        default=False, description="true: items in one's own words can be added, and rated too."
    )
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
        if self.add_items:
            raise ValueError("give_back names every item, and own ones have no group: leave add_items out")
        if not self.scale.names_all:
            raise ValueError("give_back gives words back: label every point of the scale")
        if sorted(grouped) != sorted(ids_of(self.items)):
            raise ValueError("give_back names every item of this prompt once")
        return self

    @property
    def _rates_items(self) -> bool:
        """Whether points are given to items, the worksheet's or a person's own, and not to one thing."""
        return bool(self.items) or self.add_items

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        hint = f"Type a number from {self.scale.min} to {self.scale.max}."
        legend = (self.scale.line(),)
        if not self._rates_items:
            return (Step(lines=legend, hint=hint, answer=self.answer(value, around)),)
        more = " …" if len(self.items) > 2 else ""
        example = f"{self.scale.max} {self.scale.min}{more}"
        for_all = f"A number for each in this order, such as {example}, {ONE_BY_ONE}"
        every = Step(
            legend=legend, lines=numbered(self.items), hint=for_all, answer=self._so_far(value, around)
        )
        said = {given.item: given.text for given in self.given(value or {}, around)}
        steps = item_steps(every, self.items, around, said=said, hints=(hint, hint))
        steps += [self._own_step(entry, said.get(entry_id(entry), "")) for entry in own_entries(value)]
        if self.add_items:
            steps.append(ask_for_own(own_entries(value), legend=legend))
        return tuple(steps)

    def _so_far(self, value: Value | None, around: Around) -> str:
        """What the items have, behind the numbers they are listed with; words where these are given back."""
        if self.give_back or value is None or own_entries(value):
            return self.answer(value, around)
        given = {one.item: one for one in self.given(value, around)}
        listed = [(number, given[item.id]) for number, item in enumerate(self.items, 1) if item.id in given]
        said = (
            f"{number}={one.value}" if one.value is not None else f"{number}: {one.text}"
            for number, one in listed
        )
        return ", ".join(said) or self.answer(value, around)

    @property
    def _things(self) -> tuple[Item, ...]:
        """The worksheet's items; the whole is one without words."""
        return self.items if self._rates_items else (_WHOLE,)

    def _own_step(self, entry: OwnEntry, answer: str) -> Step:
        hint = f"Enter keeps it, - takes it out. Type a number from {self.scale.min} to {self.scale.max}."
        return Step(
            (entry_id(entry),), f"“{entry['other']}”", legend=(self.scale.line(),), hint=hint, answer=answer
        )

    def _rated(self, value: Value) -> Iterator[tuple[Item, Given]]:
        """What was rated, with its point or not-answer; the whole is an item without words.

        Own entries come last, those without a point too.
        """
        points = as_table(value) if self._rates_items else {"": value}
        things = [(item, points.get(item.id)) for item in self._things]
        for item, point in (*things, *((own.item, own.point) for own in own_items(value))):
            reason = not_answer(point)
            if reason:
                text = NOT_ANSWERS[reason]
                yield item, Given(item.id, item.text, value=None, text=text, not_answered=reason)
            elif point is not None:
                point = cast("int", point)
                yield item, Given(item.id, item.text, value=point, text=self._say(point))
            elif is_own_id(item.id):
                yield item, Given(item.id, item.text, value=None, text=_NOT_RATED_YET)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        if key == ADD and not (self.items and is_pairs(text)):
            return self._add_own(text, value, around)
        points = read_points(text, self.items, self.scale) if self.items else {}
        if points:
            return self._take_several(key, {**as_table(value), **points}, points)
        if self._rates_items and not key:
            raise CannotReadError(f"Type a number for each, {ONE_BY_ONE}")
        point = self.scale.read(text)
        said = self._say(point).capitalize() if self.give_back else self._say(point)
        return Taken(with_point(value, key[0], point) if key else point, said=f"{said}.")

    def _add_own(self, text: str, value: Value | None, around: Around) -> Taken:
        words = {word.casefold() for word in self.scale.words.values()}
        if is_points(text) or text.strip().casefold() in words:
            said = f"“{shortened(text, _LONGEST_SHOWN)}” is for the scale."
            raise CannotReadError(f"{said} Add something in your own words, or press Enter.")
        entry = own_entry(check_length(text), around.last_own + 1)
        added = with_own(value, [*own_entries(value), entry])
        return Taken(added, said="Added, not rated so far.", next=(entry["id"],), in_words=True)

    def _take_several(self, key: Key, value: dict[str, Value], points: dict[str, int]) -> Taken:
        """Take points given in one line, and stay; from the list go on with the first item that has none."""
        numbers = [str(number) for number, item in enumerate(self.items, 1) if item.id in points]
        left = [(item.id,) for item in self.items if item.id not in value]
        own = [(entry_id(entry),) for entry in own_entries(value)]
        is_behind_items = key != () and key[0] not in self.thing_ids
        stays = is_behind_items or (key and left)
        following = key if stays else [*left, *own, ADD if self.add_items else DONE][0]
        return Taken(value, said=f"Rated: {', '.join(numbers)}.", next=following)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take away one item's point; at the step for all, every point. An own entry goes with its point."""
        if not key:
            return Taken(None)
        names = list(map(entry_id, own_entries(value)))
        following = (behind(names, key[0]),) if key[0] in names else None
        return Taken(without_item(value, key[0]) or None, next=following)

    def take_not_answer(self, key: Key, reason: NotAnswer, value: Value | None) -> Taken:
        """With items: for this item."""
        if key in ((), ADD):
            return super().take_not_answer(key, reason, value)
        return Taken(with_point(value, key[0], {NOT_ANSWERED: reason}))

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not self._rates_items:
            yield from self.scale.problems(value)
        elif not isinstance(value, dict):
            yield Problem("a table of points was expected.", (), "Write it as { item = 3 }.")
        else:
            for name, given in value.items():
                if name == OWN and self.add_items:
                    yield from inside(own_problems(given, self._given_problems), name)
                elif name not in self.thing_ids:
                    yield no_such("item", name, self.items)
                else:
                    yield from inside(self._given_problems(given), name)

    def _given_problems(self, given: Value) -> Iterator[Problem]:
        """Check a point, or the not-answer in its place."""
        if not_answer(given) is not None:
            return not_answer_problems(as_table(given), self.not_answers)
        return self.scale.problems(given)

    def _say(self, point: int) -> str:
        return self.scale.words[point] if self.give_back else self.scale.say(point)

    def brief(self, value: Value, around: Around) -> str:
        lead = "{0.about}: {0.text}" if self._rates_items else "{0.text}"
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
        """Own entries stay behind: their points mean nothing without their words."""
        if not self._rates_items:
            return value
        return with_own(value, []) or None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        """Everything that was rated, with its point; not what has a not-answer."""
        rated = ((item, given.value) for item, given in self._rated(value) if item.id)
        return tuple(
            Pick(item.id, item.text, item.help, item.suggest, item.level, point)
            for item, point in rated
            if isinstance(point, int)
        )

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
        yield Paragraph(self.scale.line(), tone="aside")
        if self._rates_items:
            heads = (*points, *(NOT_ANSWERS[one] for one in self.not_answers))
            texts = [*map(with_help, self.items), *([ROOM] * ROWS if self.add_items else [])]
            yield Table(("", *heads), tuple((text, *[BOX] * len(heads)) for text in texts), row_heads=True)
        else:
            yield Table(points, ((BOX,) * len(points),))

    @property
    def reasons_below(self) -> tuple[NotAnswer, ...]:
        return () if self._rates_items else self.not_answers

    @property
    def in_cell(self) -> CellForm:
        return CellForm(self.scale.line(), str(self.scale.max), f"{self.scale.line()}; the number alone")

    def in_file(self, above: Above | None) -> InFile:
        scale, example = f"  {self.scale.line()}", self.scale.max
        if not self._rates_items:
            return InFile(comments=(scale, f"  such as: {example}"))
        items = with_ids(self.items, "  ")
        examples = [f"{item.id} = {example}" for item in self.items[:1]]
        examples += [own_example(example)] if self.add_items else []
        return InFile("{}", (scale, *items, f"  such as: {{ {', '.join(examples)} }}"))

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
        elif test.item is None and self._rates_items:
            yield Mistake(f"{self.id} has items.", (), "Say which of its own: item = …")

    def can_pass(self, test: Condition) -> bool:
        return any(map(test.is_between, self.scale.points))

    def passes(self, test: Condition, value: Value) -> bool:
        point = value if test.item is None else as_table(value).get(test.item)
        return isinstance(point, int) and test.is_between(point)

    def say_numbers(self) -> str:
        return f"Its scale goes from {self.scale.min} to {self.scale.max}, in whole points."

    @property
    def points(self) -> range:
        return self.scale.points

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
        if self._rates_items and not inside:
            names = [f"{self.id}.{thing.id}" for thing in self.items[:1]]
            remedy = f"Name each: {names[0]} …" if names else "What people add is in no score: leave it out."
            return Mistake(f"{self.id} has items.", (), remedy)
        return None

    @property
    def can_offer(self) -> bool:
        return self.offer_at_most is not None or self.offer_at_least is not None

    def offerable(self) -> tuple[Item, ...]:
        return self.items if self.can_offer else ()
