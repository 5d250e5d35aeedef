"""The shape of a `when`: one test, or `all`, `any`, `not` of others. Judging it is `rules.conditions`'s."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from libwell.model.base import Many, Model

_TESTS = ("is_", "includes", "marked", "with_", "at_least", "at_most", "answered")


class Condition(Model):
    """One test of one prompt above, or a combination; exactly one of them."""

    all_: Many[Condition] | None = Field(default=None, alias="all")
    any_: Many[Condition] | None = Field(default=None, alias="any")
    not_: Condition | None = Field(default=None, alias="not")
    prompt: str | None = None
    is_: bool | int | float | str | None = Field(default=None, alias="is")
    includes: str | None = None
    marked: str | None = None
    with_: str | None = Field(default=None, alias="with")
    item: str | None = None
    at_least: int | float | None = None
    at_most: int | float | None = None
    answered: bool | None = None

    @model_validator(mode="after")
    def _check_one_test(self) -> Self:
        combined = [part for part in (self.all_, self.any_, self.not_) if part is not None]
        tests = {name for name in _TESTS if getattr(self, name) is not None}
        if () in combined:
            raise ValueError("all and any hold at least one test")
        if combined:
            if len(combined) > 1 or tests or self.prompt is not None or self.item is not None:
                raise ValueError(
                    "a condition is one test, or one of all, any, not; nest them to combine them"
                )
            return self
        if self.prompt is None:
            raise ValueError("a test needs prompt = the id of a prompt above")
        if not any(tests == allowed for allowed in _ALLOWED):
            raise ValueError(
                "a test says one of: is, includes, marked and/or with, at_least, at_most, answered"
            )
        if self.item is not None and not tests & {"at_least", "at_most"}:
            raise ValueError("item goes with at_least or at_most")
        return self

    def tests(self) -> Iterator[Condition]:
        """Every single test in it, however deep."""
        parts = [*(self.all_ or ()), *(self.any_ or ()), *([self.not_] if self.not_ else ())]
        if not parts and self.prompt is not None:
            yield self
        for part in parts:
            yield from part.tests()


_ALLOWED = (
    {"is_"},
    {"includes"},
    {"marked"},
    {"with_"},
    {"marked", "with_"},
    {"at_least"},
    {"at_most"},
    {"at_least", "at_most"},
    {"answered"},
)
