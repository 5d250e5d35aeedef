"""Whether a `when` fits what it looks at: prompts that stand above, and tests that go with their kind.

Whether the tests can be passed, and together, is `rules.reachable`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import ChoicePrompt, PickingPrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.number import NumberPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.yes_no import YesNoPrompt
from libwell.model.nearest import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libwell.model.base import Item
    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt

Path = tuple[str | int, ...]

_IN_ANOTHER_WAY = "Test it in another way."


class Ids:
    """The ids of options, items and marks, gathered once: a prompt may have thousands, and as many tests."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Sequence[Item], frozenset[str]]] = {}

    def of(self, things: Sequence[Item]) -> frozenset[str]:
        """The ids of these things."""
        if id(things) not in self._known:  # kept with them, so that no others come to have their identity
            self._known[id(things)] = things, frozenset(thing.id for thing in things)
        return self._known[id(things)][1]


@dataclass(frozen=True, slots=True)
class Scope:
    """The prompts a place in the worksheet can look at (`above`), and those it can't.

    `itself` is the id of the prompt that looks, `within` those of the section that does.
    """

    above: Mapping[str, AnyPrompt]
    everything: Mapping[str, AnyPrompt]
    unread: frozenset[str]
    ids: Ids = field(default_factory=Ids)
    itself: str = ""
    within: frozenset[str] = field(default_factory=frozenset)

    def of_prompt(self, name: str) -> Scope:
        """What a prompt can look at."""
        return replace(self, itself=name)

    def of_section(self, names: Iterable[str]) -> Scope:
        """What a section with these prompts can look at."""
        return replace(self, within=frozenset(names))

    def fault(self, name: str) -> tuple[str, str] | None:
        """Say why a prompt can't be looked at from here, and the remedy; None if it can."""
        if name in self.above or name in self.unread:
            return None
        if name == self.itself:
            return "this prompt looks at itself; only prompts above can be looked at.", "Look at another."
        if name in self.within:
            message = f"“{name}” stands in this section; only prompts above it can be looked at."
            return message, "Write this at the prompts that follow it, or look at another."
        if name in self.everything:
            message = f"“{name}” stands below; only prompts above can be looked at."
            return message, "Move it up, or look at another."
        return f"there is no prompt {name}.", did_you_mean(name, self.everything) or "Name a prompt above."


def condition_mistakes(condition: Condition | None, path: Path, scope: Scope) -> Iterator[Mistake]:
    """Every mistake in the tests of a condition, each by itself."""
    if condition is None:
        return
    for key, parts in (("all", condition.all_), ("any", condition.any_)):
        for number, part in enumerate(parts or ()):
            yield from condition_mistakes(part, (*path, key, number), scope)
    yield from condition_mistakes(condition.not_, (*path, "not"), scope)
    if condition.prompt is None:
        return
    wrong = scope.fault(condition.prompt)
    if wrong:
        yield Mistake(wrong[0], (*path, "prompt"), wrong[1])
    elif condition.prompt in scope.above:
        yield from misfits(condition, scope.above[condition.prompt], path, scope.ids)


def misfits(test: Condition, prompt: AnyPrompt, path: Path, ids: Ids) -> Iterator[Mistake]:
    """Why a single test does not go with its prompt."""
    if test.answered is not None:
        return
    if test.is_ is not None:
        yield from _is(test, prompt, (*path, "is"), ids)
    elif test.includes is not None:
        place = (*path, "includes")
        if isinstance(prompt, ChoicesPrompt):
            yield from _picked(test.includes, prompt, place, ids)
        else:
            yield Mistake(f"{prompt.id} is no choices prompt.", place, _IN_ANOTHER_WAY)
    elif test.marked is not None or test.with_ is not None:
        yield from _marked(test, prompt, path, ids)
    else:
        yield from _bounds(test, prompt, path, ids)


def _picked(name: str, prompt: PickingPrompt, place: Path, ids: Ids) -> Iterator[Mistake]:
    """An option that is not there; options that come from picks above are not known here."""
    if prompt.options:
        yield from _named(name, ids.of(prompt.options), place, own=prompt.other)


def _marked(test: Condition, prompt: AnyPrompt, path: Path, ids: Ids) -> Iterator[Mistake]:
    wanted = (("marked", test.marked), ("with", test.with_))
    for key, name in ((key, name) for key, name in wanted if name is not None):
        if not isinstance(prompt, ChecklistPrompt):
            yield Mistake(f"{prompt.id} is no checklist.", (*path, key), _IN_ANOTHER_WAY)
        elif key == "marked":
            yield from _named(name, ids.of(prompt.items), (*path, key), own=prompt.add_items)
        else:
            yield from _named(name, ids.of(prompt.marks), (*path, key))


def _is(test: Condition, prompt: AnyPrompt, place: Path, ids: Ids) -> Iterator[Mistake]:
    if isinstance(prompt, YesNoPrompt):
        if not isinstance(test.is_, bool):
            yield Mistake(f"{prompt.id} is answered by true or false.", place, "Write true or false.")
    elif isinstance(prompt, NumberPrompt):
        if isinstance(test.is_, bool | str):
            yield Mistake(f"{prompt.id} is answered by a number.", place, "Write a number without quotes.")
    elif isinstance(prompt, ChoicePrompt):
        yield from _picked(str(test.is_), prompt, place, ids)
    else:
        instead = {"choices": " Use includes.", "checklist": " Use marked, with, or both."}
        remedy = f"{prompt.id} is of kind {prompt.kind}.{instead.get(prompt.kind, '')}"
        yield Mistake("is goes with yes-no, choice and number.", place, remedy)


def _named(name: str, ids: frozenset[str], place: Path, *, own: bool = False) -> Iterator[Mistake]:
    if name not in ids and not (own and name == "other"):
        known = ids | {"other"} if own else ids
        near = did_you_mean(name, known) or one_of(known)
        yield Mistake(f"there is no “{name}” there.", place, near)


def _bounds(test: Condition, prompt: AnyPrompt, path: Path, ids: Ids) -> Iterator[Mistake]:
    key = "at_least" if test.at_least is not None else "at_most"
    if not isinstance(prompt, NumberPrompt | RatingPrompt):
        yield Mistake(f"{key} goes with number and rating.", (*path, key), f"{prompt.id} is a {prompt.kind}.")
        return
    items = ids.of(prompt.items) if isinstance(prompt, RatingPrompt) else frozenset()
    if test.item is None and items:
        yield Mistake(f"{prompt.id} has items.", path, "Say which one: item = …")
    elif test.item is not None and test.item not in items:
        near = did_you_mean(test.item, items) or "Name one of its items."
        yield Mistake(f"there is no item “{test.item}” in {prompt.id}.", (*path, "item"), near)
