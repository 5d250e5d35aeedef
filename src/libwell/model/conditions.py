"""The shape of a `when`: one test, or `all`, `any`, `not` of others. Judging it is `rules.asked_now`'s."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from libwell.model.base import Many, Model
from libwell.model.between_keys import between, only
from libwell.model.numbers import exact

_TESTS = ("is_", "includes", "marked", "with_", "at_least", "at_most", "answered")
_COMBINING = frozenset({"all_", "any_", "not_"})
_TOGETHER = {("marked", "with"), ("at_least", "at_most")}


class Condition(Model):
    """When it is asked: one test of one prompt above or of a score, or all, any or not of such tests."""

    model_config = between(
        oneOf=[
            only("all"),
            only("any"),
            only("not"),
            only("prompt", "is"),
            only("prompt", "includes"),
            only("prompt", "marked", beside="with"),
            only("prompt", "with"),
            only("prompt", "at_least", beside="at_most item"),
            only("prompt", "at_most", beside="item"),
            only("prompt", "answered"),
            only("score", "at_least", beside="at_most"),
            only("score", "at_most"),
        ]
    )

    all_: Many[Condition] | None = Field(
        default=None, alias="all", description="Every one of these.", json_schema_extra={"minItems": 1}
    )
    any_: Many[Condition] | None = Field(
        default=None, alias="any", description="At least one of these.", json_schema_extra={"minItems": 1}
    )
    not_: Condition | None = Field(default=None, alias="not")
    prompt: str | None = Field(default=None, description="The id of a prompt above.")
    score: str | None = Field(default=None, description="With at_least or at_most: the id of a score.")
    is_: bool | int | float | str | None = Field(
        default=None, alias="is", description="The answer to a yes-no, choice or number."
    )
    includes: str | None = Field(default=None, description="An option that is picked in a choices prompt.")
    marked: str | None = Field(default=None, description="An item that is marked in a checklist.")
    with_: str | None = Field(
        default=None, alias="with", description="The mark it carries; without marked: that anything carries."
    )
    item: str | None = Field(default=None, description="With at_least or at_most: which item of a rating.")
    at_least: int | float | None = Field(default=None, description="A number or rating of this or more.")
    at_most: int | float | None = Field(default=None, description="A number or rating of this or less.")
    answered: bool | None = Field(default=None, description="Whether it was answered at all.")

    @property
    def tested(self) -> tuple[str, ...]:
        """The keys by which a single test judges, as a file has them: `("marked", "with")`."""
        return tuple(name.rstrip("_") for name in _TESTS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _check_one_test(self) -> Self:
        given, tested = self.model_fields_set, self.tested
        if () in (self.all_, self.any_):
            raise ValueError("all and any hold at least one test")
        if given & _COMBINING:
            if len(given) > 1:
                raise ValueError(
                    "all, any and not stand alone; put each test into { } of its own: all = [{ … }, { … }]"
                )
        elif (self.prompt is None) == (self.score is None):
            raise ValueError("a test needs prompt = the id of a prompt above, or score = that of a score")
        elif self.score is not None and not {"at_least", "at_most"}.issuperset(tested):
            raise ValueError("a score is tested by at_least, at_most, or both")
        elif len(tested) != 1 and tested not in _TOGETHER:
            raise ValueError(
                "a test says one of: is, includes, marked and/or with, at_least, at_most, answered; "
                "for two write all = [{ … }, { … }]"
            )
        elif self.item is not None and tested[0] not in ("at_least", "at_most"):
            raise ValueError("item goes with at_least or at_most")
        return self

    def tests(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Every single test in it, however deep, each with where in it that stands."""
        if self.prompt is not None or self.score is not None:
            yield (), self
        parts: dict[tuple[str | int, ...], Condition] = {("not",): self.not_} if self.not_ else {}
        for key, several in (("all", self.all_), ("any", self.any_)):
            parts |= {(key, number): part for number, part in enumerate(several or ())}
        for place, part in parts.items():
            yield from (((*place, *inside), test) for inside, test in part.tests())

    def is_between(self, number: float | Fraction) -> bool:
        """Whether a number is within at_least and at_most, exactly."""
        low, high, there = self.at_least, self.at_most, exact(number)
        return (low is None or there >= exact(low)) and (high is None or there <= exact(high))
