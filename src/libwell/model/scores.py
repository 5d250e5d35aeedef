"""Scores: what is counted of answers, or of other scores, with what to say of it.

Computing one is `rules.scoring`'s, as is judging whether its parts go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Field, JsonValue, model_validator

from libwell.model.base import Id, Many, Model, Said
from libwell.model.between_keys import between, having
from libwell.model.numbers import exact

Number = int | float
Method = Literal["sum", "mean", "share", "difference", "product"]
_SOME: dict[str, JsonValue] = {"minItems": 1}


class Band(Model):
    """What to say of a score up to and including `up_to`; without it, of every higher one."""

    up_to: Number | None = Field(
        default=None, description="The highest score it is said of. Left out in the last: all above."
    )
    say: Said = Field(description="What to say of it.")


class Example(Model):
    """A worked example: answers as in an answers file, and the score they give (left out: none)."""

    given: dict[str, Any] = Field(
        description="Answers by the id of their prompt, as in an answers file.",
        json_schema_extra={"additionalProperties": True},
    )
    score: Number | None = Field(default=None, description="The score they give. Left out: none.")


class Range(Model):
    """The scale a score is told on: what the lowest and the highest there can be are turned into."""

    min: Number = Field(description="What the lowest score becomes.")
    max: Number = Field(description="What the highest score becomes.")

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.min >= self.max:
            raise ValueError("min has to be below max")
        return self


class Score(Model):
    """What is counted of items, named by their addresses, or of other scores.

    In `reverse` are items whose ends are turned round. What is not answered is never a zero: with fewer
    than `minimum_answered` answers there is no score. With `each_row` it has a value for each row of a table.
    """

    model_config = between(oneOf=[having("items"), having("scores")])

    id: Id
    title: Said = Field(description="What is counted.")
    items: Many[str] = Field(
        default=(), description="Addresses, such as practice.signs or audit.*.met.", json_schema_extra=_SOME
    )
    scores: Many[str] = Field(
        default=(), description="Instead of items: ids of other scores.", json_schema_extra=_SOME
    )
    reverse: Many[str] = Field(default=(), description="Those of the items whose ends are turned round.")
    method: Method = Field(description="How it is counted.")
    as_: Range | None = Field(default=None, alias="as")
    each_row: bool = Field(default=False, description="true: a value for each row, of cells of one table.")
    minimum_answered: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        description="With fewer answers there is no score. Left out: all are needed, and of a share one.",
    )
    offer_at_most: Number | None = Field(
        default=None, description="With each_row: rows that are this or lower are put before the person."
    )
    offer_at_least: Number | None = Field(
        default=None, description="With each_row: rows that are this or higher are put before the person."
    )
    bands: Many[Band] = Field(default=(), description="What to say of which scores, going upwards.")
    examples: Many[Example] = Field(default=(), description="Answers, and the score they give.")

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        if bool(self.items) == bool(self.scores):
            raise ValueError("give items, or scores, of which it is made")
        if self.each_row and self.scores:
            raise ValueError("each_row goes with items")
        if self.makes_offers and not self.each_row:
            raise ValueError("offer_at_least and offer_at_most go with each_row, whose rows are offered")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The addresses, or the ids of scores, that it is made of."""
        return self.items or self.scores

    @property
    def makes_offers(self) -> bool:
        """Whether some of its values put rows before the person at the plan."""
        return (self.offer_at_most, self.offer_at_least) != (None, None)

    def offers(self, value: Fraction) -> bool:
        """Whether a row with this value is put before the person at the plan."""
        low, high = self.offer_at_most, self.offer_at_least
        return (low is not None and value <= exact(low)) or (high is not None and value >= exact(high))

    @property
    def prompts(self) -> frozenset[str]:
        """The ids of the prompts that its items stand in; none for one that is made of scores."""
        return frozenset(address.partition(".")[0] for address in self.items)


def in_order(scores: Iterable[Score]) -> Iterator[Score]:
    """The scores, each behind those it is made of; without those that are made of themselves in the end."""
    known = {score.id: score for score in scores}
    if not any(score.scores for score in known.values()):
        yield from known.values()
        return
    from graphlib import CycleError, TopologicalSorter  # only where scores are made of scores

    sorter = TopologicalSorter({name: known.keys() & set(score.scores) for name, score in known.items()})
    with suppress(CycleError):  # what is in no circle comes all the same
        sorter.prepare()
    while ready := sorter.get_ready():
        yield from map(known.__getitem__, ready)
        sorter.done(*ready)


def prompts_behind(scores: Iterable[Score]) -> dict[str, frozenset[str]]:
    """The ids of the prompts that each score is made of in the end, by the id of the score."""
    found: dict[str, frozenset[str]] = {}
    for score in in_order(scores):
        found[score.id] = score.prompts.union(*(found.get(part, ()) for part in score.scores))
    return found
