"""Conditions that can never hold, whatever is answered.

Their tests contradict each other, or what has to be so for the prompts they look at to be asked. A
condition is unfolded into its ways of holding, each a set of tests; what is too much to unfold is taken as
if it could hold, so that what is called impossible is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.number import NumberPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.model.conditions import Condition
from libwell.model.numbers import in_full
from libwell.rules.asked_now import pickable
from libwell.rules.checking.condition_mistakes import Ids, misfits
from libwell.rules.checking.possible import can_answer, never_passed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.worksheet import AnyPrompt, Worksheet

Path = tuple[str | int, ...]

MOST_WAYS, MOST_TESTS, MOST_JUDGED = 256, 60, 30_000
"""Ways of one condition, tests in one way, and tests judged in one worksheet, at most."""

_REMEDY = "Take one of these out, or let either do with any = […]."
_FOR_SECTION = " for its section to be asked"


@dataclass(frozen=True, slots=True)
class _Claim:
    """That a single test holds, or does not. The test is never `answered = false`."""

    test: Condition
    holds: bool

    @property
    def prompt(self) -> str:
        return self.test.prompt or ""


_Way = dict[_Claim, str]
"""Claims that make a condition hold together, each with the words for what it is needed (empty: itself)."""
_Ways = tuple[_Way, ...]
_ALWAYS: _Ways = ({},)


def never_holding(worksheet: Worksheet) -> Iterator[Mistake]:
    """Each `when` of a section or prompt that can never hold, and each test in one that is never passed.

    What only depends on one of these is not named again.
    """
    yield from _Judging(worksheet).mistakes()


def lacks_something(path: Path, unread: Iterable[Mistake]) -> bool:
    """Whether something in the condition at a path could not be read, so that it may hold all the same."""
    return path[-1:] == ("when",) and any(mistake.path[: len(path)] == path for mistake in unread)


class _Judging:
    """One worksheet, judged from the top down."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        counts = Counter(prompt.id for _, prompt in worksheet.prompts())
        self._twice = {name for name, count in counts.items() if count > 1}  # which is meant is not known
        self._picks = {} if self._twice else pickable(worksheet)
        self._ids = Ids()
        self._above: dict[str, AnyPrompt] = {}
        self._asked: dict[str, _Ways] = {}  # by prompt: how it comes to be asked
        self._left = MOST_JUDGED

    def mistakes(self) -> Iterator[Mistake]:
        for number, section in enumerate(self._worksheet.sections):
            path: Path = ("sections", number)
            ways, found = self._judge(section.when, (*path, "when"), _ALWAYS)
            yield from found
            outer = _needed(ways, _FOR_SECTION)
            for position, prompt in enumerate(section.prompts):
                ways, found = self._judge(prompt.when, (*path, "prompts", position, "when"), outer)
                yield from found
                self._asked[prompt.id] = _needed(ways, f" for {prompt.id} to be asked")
                if prompt.id not in self._twice:
                    self._above[prompt.id] = prompt

    def _judge(self, condition: Condition | None, path: Path, outer: _Ways) -> tuple[_Ways, list[Mistake]]:
        """How a condition can hold inside of another, and what is wrong with it.

        If it can't hold it is taken as if it could, as what depends on it has no mistake of its own.
        """
        if condition is None:
            return outer, []
        wrong = list(self._never_passed(condition, path))
        found: _Ways = ()
        conflicts: list[_Way] = []
        unfolded = self._unfolded(condition, wanted=True)
        for way in unfolded:
            whole = self._with_picks(way)
            ways = self._joined(self._joined(_ALWAYS, (whole,), conflicts), outer, conflicts)
            for name in dict.fromkeys(claim.prompt for claim in whole if claim.holds):
                ways = self._joined(ways, self._asked[name], conflicts)
            found += ways
        if found:
            return (found if len(found) <= MOST_WAYS else outer), wrong
        return outer, [*wrong, Mistake(self._say(conflicts[0], len(unfolded)), path, _REMEDY)]

    def _never_passed(self, condition: Condition, path: Path) -> Iterator[Mistake]:
        for key, parts in (("all", condition.all_), ("any", condition.any_)):
            for number, part in enumerate(parts or ()):
                yield from self._never_passed(part, (*path, key, number))
        if condition.not_ is not None:
            yield from self._never_passed(condition.not_, (*path, "not"))
        prompt = self._fitting(condition)
        wrong = never_passed(condition, prompt, path, self._picks_at(prompt)) if prompt else None
        if wrong is not None:
            yield wrong

    def _fitting(self, test: Condition) -> AnyPrompt | None:
        """The prompt that a single test looks at, if it stands above and the test goes with it."""
        prompt = self._above.get(test.prompt or "")
        return None if prompt is None or any(misfits(test, prompt, (), self._ids)) else prompt

    def _picks_at(self, prompt: AnyPrompt) -> frozenset[str]:
        return self._picks.get(prompt.id, frozenset())

    # --- ways -------------------------------------------------------------------------------------

    def _unfolded(self, condition: Condition, *, wanted: bool) -> _Ways:
        """The ways in which a condition holds (or, if that is wanted, does not)."""
        if condition.not_ is not None:
            return self._unfolded(condition.not_, wanted=not wanted)
        if condition.prompt is not None:
            return self._claimed(condition, wanted=wanted)
        parts = [self._unfolded(part, wanted=wanted) for part in condition.all_ or condition.any_ or ()]
        if (condition.all_ is not None) != wanted:
            either = _each_once(way for ways in parts for way in ways)
            return either if len(either) <= MOST_WAYS else _ALWAYS
        together = _ALWAYS
        for ways in parts:
            together = self._joined(together, ways)
        return together

    def _claimed(self, test: Condition, *, wanted: bool) -> _Ways:
        """A single test; one that has a mistake of its own is taken as if it could hold."""
        prompt = self._fitting(test)
        if prompt is None or never_passed(test, prompt, (), self._picks_at(prompt)):
            return _ALWAYS
        if test.answered is not None:
            return ({_Claim(_answered(prompt.id), test.answered == wanted): ""},)
        return ({_Claim(test, wanted): ""},)

    def _joined(self, ways: _Ways, others: _Ways, conflicts: list[_Way] | None = None) -> _Ways:
        """Every way with every other, but for those that contradict each other, if conflicts are wanted.

        What would become too much is left out.
        """
        if len(ways) * len(others) > MOST_WAYS:
            return ways
        found: list[_Way] = []
        for way in ways:
            for other in others:
                both = way | {claim: words for claim, words in other.items() if claim not in way}
                self._left -= len(both)
                if len(both) > MOST_TESTS or self._left < 0:
                    return ways
                conflict = self._conflict(both, other) if conflicts is not None else None
                if conflict is None:
                    found.append(both)
                elif conflicts is not None:
                    conflicts.append(conflict)
        return _each_once(found)

    def _conflict(self, way: _Way, added: _Way) -> _Way | None:
        """The fewest claims of a way that contradict each other, where some were added; None if none do."""
        for name in dict.fromkeys(claim.prompt for claim in added):
            claims = [claim for claim in way if claim.prompt == name]
            if self._is_possible(name, claims):
                continue
            for claim in tuple(claims):
                rest = [other for other in claims if other != claim]
                claims = claims if self._is_possible(name, rest) else rest
            return {claim: way[claim] for claim in claims}
        return None

    def _is_possible(self, name: str, claims: Sequence[_Claim]) -> bool:
        """Whether claims on one prompt can be true together; not answered, it fails every test."""
        self._left -= len(claims)
        passes = [claim.test for claim in claims if claim.holds]
        fails = [claim.test for claim in claims if not claim.holds]
        return not passes or can_answer(self._above[name], passes, fails)

    # --- picks ------------------------------------------------------------------------------------

    def _with_picks(self, way: _Way) -> _Way:
        """A way with what has to be picked above, where options or rows come from another prompt."""
        whole = dict(way)
        claims = list(way)
        for claim in claims:  # which grows, as a source may have a source
            above = self._picked_above(claim) if claim.holds else None
            if above is not None and above not in whole:
                whole[above] = f" for {claim.prompt}"
                claims.append(above)
        return whole

    def _picked_above(self, claim: _Claim) -> _Claim | None:
        prompt, test = self._above[claim.prompt], claim.test
        source = self._above.get(prompt.source or "")
        if not isinstance(source, PickingPrompt | ChecklistPrompt):
            return None
        name = test.is_ if test.includes is None else test.includes
        if name in self._picks_at(prompt):
            key = "includes" if isinstance(source, ChoicesPrompt) else "is"
            key = "marked" if isinstance(source, ChecklistPrompt) else key
            return _Claim(Condition.model_validate({"prompt": source.id, key: name}), holds=True)
        in_own_words = isinstance(prompt, PickingPrompt) and prompt.other
        return None if in_own_words else _Claim(_answered(source.id), holds=True)

    # --- words ------------------------------------------------------------------------------------

    def _say(self, conflict: _Way, count: int) -> str:
        claims = [f"that {_words(claim)}{words}" for claim, words in conflict.items()]
        *first, last = claims
        said = f"{', '.join(first)} and {last}{self._note(list(conflict))}."
        if count > 1:
            return f"this can never hold in any of its {count} ways; the first takes {said}"
        return f"this can never hold: it takes {said}"

    def _note(self, claims: Sequence[_Claim]) -> str:
        """What of the prompt itself makes the claims contradict each other, where it is not plain."""
        prompt = self._above[claims[0].prompt]
        if isinstance(prompt, ChoicesPrompt) and all(claim.holds for claim in claims):
            alone = [claim.test.includes for claim in claims if claim.test.includes in prompt.exclusive]
            return (
                f"; {alone[0]} stands alone there" if alone else f"; at most {prompt.max} can be chosen there"
            )
        if any(claim.test.is_ is not None or claim.test.answered for claim in claims if claim.holds):
            return ""
        if isinstance(prompt, RatingPrompt):
            return f"; its scale goes from {prompt.scale.min} to {prompt.scale.max}"
        if isinstance(prompt, NumberPrompt) and prompt.step:
            return f"; it goes in steps of {in_full(prompt.step)}"
        return ""


def _answered(name: str) -> Condition:
    return Condition(prompt=name, answered=True)


def _needed(ways: _Ways, words: str) -> _Ways:
    """Ways with the words for what they are needed, where that is not said yet or only of a section."""
    return tuple(
        {claim: words if said in ("", _FOR_SECTION) else said for claim, said in way.items()} for way in ways
    )


def _each_once(ways: Iterator[_Way] | list[_Way]) -> _Ways:
    return tuple({frozenset(way): way for way in ways}.values())


def _words(claim: _Claim) -> str:
    """A claim as its author would read it: `sure is not true`, `areas includes space`."""
    test, name, no = claim.test, claim.prompt, "" if claim.holds else "not "
    if test.answered:
        return f"{name} is {no}answered"
    if test.is_ is not None:
        return f"{name} is {no}{str(test.is_).lower() if isinstance(test.is_, bool) else test.is_}"
    if test.includes is not None:
        return (
            f"{name} includes {test.includes}" if claim.holds else f"{name} does not include {test.includes}"
        )
    if test.marked is not None or test.with_ is not None:
        mark = f" with {test.with_}" if test.with_ is not None else ""
        return f"at {name} {test.marked or 'something'} is {no}marked{mark}"
    where = f"{name}.{test.item}" if test.item else name
    bounds = [("at least", test.at_least), ("at most", test.at_most)]
    said = [f"{word} {in_full(bound)}" for word, bound in bounds if bound is not None]
    return f"{where} is {no}{' and '.join(said)}"
