"""Scores: a sum or a mean of rating items, with what to say of it.

Computing one is `rules.scoring`'s, as is judging whether its parts go together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from libwell.model.base import Id, Many, Model, Said

Number = int | float


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


class Score(Model):
    """A sum or a mean of rating items, named by their addresses.

    In `reverse` are items whose scale is turned round. What is not answered is never a zero: with fewer
    than `minimum_answered` answers there is no score.
    """

    id: Id
    title: Said = Field(description="What is counted.")
    items: Annotated[Many[str], Field(min_length=1)] = Field(
        description="Addresses of rating items, such as practice.signs."
    )
    reverse: Many[str] = Field(default=(), description="Those of the items whose scale is turned round.")
    method: Literal["sum", "mean"] = Field(description="How it is counted; a sum needs every item.")
    minimum_answered: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="With fewer answers there is no score. Left out: all are needed."
    )
    bands: Many[Band] = Field(default=(), description="What to say of which scores, going upwards.")
    examples: Many[Example] = Field(default=(), description="Answers, and the score they give.")

    @property
    def needed(self) -> int:
        """How many items have to be answered."""
        return len(self.items) if self.minimum_answered is None else self.minimum_answered

    @property
    def prompts(self) -> frozenset[str]:
        """The ids of the prompts that its items stand in."""
        return frozenset(address.partition(".")[0] for address in self.items)
