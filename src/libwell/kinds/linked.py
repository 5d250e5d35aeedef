"""What other parts of a worksheet ask of a prompt: conditions, scores, the plan, and other prompts.

Every answer here is safe for a kind that says nothing. An answer that a person gave is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from libwell.errors import Mistake
from libwell.kinds.amounts import Ends
from libwell.model.base import Id, Item, Model
from libwell.model.conditions import Condition
from libwell.model.nearest import did_you_mean

_WHAT_COUNTS = "Name a rating, number, yes-no, a choice with points, or cells of a table."


class Linked(Model):
    """A prompt as the rest of its worksheet sees it. Paths of mistakes begin inside the prompt or test."""

    id: Id

    tested_by: ClassVar[tuple[str, ...]] = ()
    """The tests of a condition that go with the kind, besides `answered`."""
    is_pickable: ClassVar[bool] = False
    """Whether things are picked in it, which can make rows or options below."""
    source_key: ClassVar[str] = "options_from"
    """The key that names `source`."""
    own_key: ClassVar[str] = "other"
    """The key that says `takes_own`."""
    things_under: ClassVar[tuple[str, ...]] = ()
    """The keys whose tables have ids: options, items, marks, rows, columns."""
    holds_actions: ClassVar[bool] = False
    """Whether its value is the plan's actions."""
    says_itself: ClassVar[bool] = False
    """Whether a value can be read as it is, without the worksheet's words."""

    @property
    def source(self) -> str | None:
        """The id of the prompt that rows or options come from, if any."""
        source: str | None = self.__dict__.get(self.source_key)  # where there is none getattr takes long
        return source

    @cached_property
    def recalls(self) -> frozenset[str]:
        """The ids of the prompts whose answers are shown where it is asked."""
        return frozenset(address.partition(".")[0] for address in getattr(self, "recall", ()))

    @property
    def takes_own(self) -> bool:
        """Whether entries in one's own words can be given beside what the worksheet has."""
        return bool(getattr(self, self.own_key, False))

    def names(self) -> Iterator[tuple[str, str]]:
        """Every id given inside the prompt with the key it stands under; they must all differ."""
        for key in self.things_under:
            yield from ((thing.id, key) for thing in getattr(self, key))

    def pickable_ids(self) -> tuple[str, ...]:
        """The ids of its own options and items, in order: what can be picked here."""
        return tuple(name for name, key in self.names() if key in {"options", "items"})

    @cached_property
    def thing_ids(self) -> frozenset[str]:
        """The same ids to look one up: a hostile file has thousands of them, and as many tests."""
        return frozenset(self.pickable_ids())

    def text_of(self, name: str) -> str:
        """The words of its option, item, mark, row or column with this id; empty where it has none."""
        things = (thing for key in self.things_under for thing in getattr(self, key))
        return next((thing.text for thing in things if thing.id == name), "")

    def inner_mistakes(self, *, for_author: bool) -> Iterator[Mistake]:
        """Say what does not fit inside the prompt, each with where in it that stands.

        What people's own files may hold since before is told only `for_author`.
        """
        yield from ()

    def source_mistakes(self, source: Linked) -> Iterator[Mistake]:
        """Say why rows or options can't come from the prompt that `source_key` names."""
        if not source.is_pickable or source.points:
            message = f"nothing can be picked at {source.id}."
            yield Mistake(message, (self.source_key,), "Name a choice, choices or checklist.")

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        """Say why a test that goes with the kind does not fit this prompt.

        `picks` holds the ids that its source can hand on (empty: not known).
        """
        yield from ()

    def no_item(self, name: str, path: tuple[str, ...] = ()) -> Mistake:
        """Say that the prompt has no item with this id."""
        near = did_you_mean(name, self.thing_ids) or "Name one of its items."
        return Mistake(f"there is no item “{name}” in {self.id}.", path, near)

    def can_pass(self, test: Condition) -> bool:
        """Whether some answer passes a test that fits."""
        return True

    def say_numbers(self) -> str:
        """Say in a sentence which numbers can be given, where can_pass depends on it."""
        return ""

    @property
    def points(self) -> range:
        """The points of its scale, lowest first; empty where it has no scale."""
        return range(0)

    def ends(self, inside: str = "") -> Ends | None:
        """What an answer can count for in a score; None if answers count for nothing.

        `inside` is the address behind the prompt's id (empty: the whole), such as `*.met`.
        """
        return None

    def score_mistake(self, inside: str) -> Mistake | None:
        """Say why what stands at an address inside can't be part of a score; None if it can."""
        if self.ends() is None:
            return Mistake(f"{self.id} counts for nothing in a score.", (), _WHAT_COUNTS)
        if inside:
            return Mistake(f"{self.id} has no parts.", (), f"Write {self.id}.")
        return None

    @property
    def can_offer(self) -> bool:
        """Whether some answer puts something before the person at the plan."""
        return bool(self.offerable())

    def offerable(self) -> tuple[Item, ...]:
        """Give the options and items that can be offered, each with the first step it suggests."""
        return ()

    def rows_offered(self) -> tuple[Item, ...]:
        """Give the rows that a score can offer, each with the first step it suggests."""
        rows: tuple[Item, ...] = getattr(self, "rows", ()) if "rows" in self.things_under else ()
        return rows

    def plan_hint(self) -> Mistake | None:
        """Say what would help where the worksheet has a plan; None if nothing would."""
        return None

    def private_hint(self) -> Mistake | None:
        """Say which of its keys do nothing where it is private; None if all do what they say."""
        return None

    def collected(self) -> tuple[str, ...]:
        """Give the addresses above that it names."""
        return ()
