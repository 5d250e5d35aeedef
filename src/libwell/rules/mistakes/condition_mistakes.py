"""Whether a `when` fits what it looks at: prompts that stand above, and tests that go with their kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.model.nearest import did_you_mean, some_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.model.conditions import Condition
    from libwell.model.scores import Score
    from libwell.model.worksheet import AnyPrompt

_ANOTHER_WAY = "Test it in another way."
_GOES_WITH = {
    "is": ("is goes with yes-no, choice and number.", "{id} is of kind {kind}.{instead}"),
    "includes": ("{id} is no choices prompt.", _ANOTHER_WAY),
    "marked": ("{id} is no checklist.", _ANOTHER_WAY),
    "with": ("{id} is no checklist.", _ANOTHER_WAY),
    "at_least": ("at_least goes with number and rating.", "{id} is a {kind}."),
    "at_most": ("at_most goes with number and rating.", "{id} is a {kind}."),
}
"""What is said of a test that does not go with the prompt it looks at, and the remedy."""
_INSTEAD_OF_IS = {("includes",): " Use includes.", ("marked", "with"): " Use marked, with, or both."}


@dataclass(frozen=True, slots=True)
class Scope:
    """The prompts that a place in a worksheet can look at (`above`), and those it can't, by their ids.

    `scores` are all scores, `behind` the ids of the prompts that each is made of.

    `unread` are the ids of prompts that could not be read. `itself` is the id of the prompt that looks,
    `within` those of the section that does. That no answer passes a test is said only `for_author`; `picks`
    then gives for each prompt the ids that can come from its source.
    """

    above: Mapping[str, AnyPrompt]
    everything: Mapping[str, AnyPrompt]
    unread: frozenset[str]
    picks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)
    for_author: bool = False
    itself: str = ""
    within: frozenset[str] = field(default_factory=frozenset)

    def faults(self, name: str, path: KeyPath) -> Iterator[Mistake]:
        """Say why a prompt can't be looked at from here; nothing if it can, or if it could not be read.

        `name` is its id, `path` where that is written.
        """
        if name in self.above or name in self.unread:
            return
        if name == self.itself:
            message = "this prompt looks at itself; only prompts above can be looked at."
            remedy = "Look at another."
        elif name in self.within:
            message = f"“{name}” stands in this section; only prompts above it can be looked at."
            remedy = "Write this at the prompts that follow it, or look at another."
        elif name in self.everything:
            message = f"“{name}” stands below; only prompts above can be looked at."
            remedy = "Move it up, or look at another."
        else:
            message = f"there is no prompt {name}."
            remedy = did_you_mean(name, self.everything) or "Name a prompt above."
        yield Mistake(message, path, remedy)


def condition_mistakes(condition: Condition | None, path: KeyPath, scope: Scope) -> Iterator[Mistake]:
    """Every mistake in the tests of a condition, which stands at `path`; each test is judged by itself."""
    for inside, test in condition.tests() if condition else ():
        place, name = (*path, *inside), test.prompt or ""
        if test.score is not None:
            yield from _score_faults(test.score, (*place, "score"), scope)
            continue
        yield from scope.faults(name, (*place, "prompt"))
        if name in scope.above:
            prompt = scope.above[name]
            found = list(_misfits(test, prompt, place, scope.picks.get(name, frozenset())))
            yield from found
            if scope.for_author and not found and not prompt.can_pass(test):
                yield _never_passed(test, prompt, place)


def _score_faults(name: str, path: KeyPath, scope: Scope) -> Iterator[Mistake]:
    """Say why a score, named at a path, can't be looked at from here."""
    score = scope.scores.get(name)
    if score is None:
        remedy = did_you_mean(name, scope.scores) or "Name one of [[scores]]."
        yield Mistake(f"there is no score {name}.", path, remedy)
        return
    if score.each_row:
        yield Mistake(f"{name} has a value for each row.", path, "Look at a score that has one.")
    below = sorted(scope.behind.get(name, frozenset()) - scope.above.keys() - scope.unread)
    if below:
        message = f"{name} is also made of {some_of(below)}, which does not stand above."
        yield Mistake(message, path, "Move this down, or look at another score.")


def _misfits(test: Condition, prompt: AnyPrompt, path: KeyPath, picks: frozenset[str]) -> Iterator[Mistake]:
    """Why a single test does not go with its prompt."""
    key = test.tested[0]
    if key == "answered":
        return
    if key not in prompt.tested_by:
        said = {"id": prompt.id, "kind": prompt.kind, "instead": _INSTEAD_OF_IS.get(prompt.tested_by, "")}
        message, remedy = _GOES_WITH[key]
        yield Mistake(message.format(**said), (*path, key), remedy.format(**said))
        return
    for mistake in prompt.test_mistakes(test, picks):
        yield replace(mistake, path=(*path, *mistake.path))


def _never_passed(test: Condition, prompt: AnyPrompt, path: KeyPath) -> Mistake:
    """Say that no answer passes a single test, though it fits its prompt."""
    what = f"{prompt.id}.{test.item}" if test.item else prompt.id
    key, low, high = test.tested[0], test.at_least, test.at_most
    message, remedy = f"{what} is never from {low} to {high}.", prompt.say_numbers()
    if test.is_ is not None:
        message = f"{what} is never {test.is_}."
    elif high is None:
        message = f"{what} is never {low} or more."
    elif low is None:
        message = f"{what} is never {high} or less."
    elif low > high:
        message, remedy = "at_least is above at_most.", "Exchange the two."
    return Mistake(message, (*path, key), remedy)
