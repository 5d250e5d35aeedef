"""Then and now: two responses to one worksheet, held against each other.

Prompts and scores are matched by their ids across versions of the worksheet, steps by their words; what
can't be compared is listed with its reason. Only what `privacy.for_audience` let through is looked at. It
must not judge a difference or show it, and knows nothing of today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from libwell.errors import LibwellError
from libwell.model.action_words import SET_ASIDE
from libwell.rules.comparing.pairing import Apart, Pair, Reason, folded, only_once, pair_up
from libwell.rules.privacy import Excerpt, for_audience, is_private_action, private_prompts

if TYPE_CHECKING:
    from fractions import Fraction

    from libwell.model.response import Action, Response
    from libwell.model.worksheet import Section, Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.scoring import Scored

Outcome = Literal["done", "open", "set-aside", "new"]


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One score, then and now."""

    then: Scored
    now: Scored
    difference: Fraction | None
    is_private: bool


@dataclass(frozen=True, slots=True)
class StepPair:
    """One step of the plan: how it stands in the first response, in the second, or in both."""

    then: Action | None
    now: Action | None
    is_private: bool

    @property
    def outcome(self) -> Outcome:
        """What became of it: done in either, else as it stands in the second, else in the first."""
        statuses = [action.status for action in (self.now, self.then) if action is not None]
        if "done" in statuses:
            return "done"
        if self.then is None:
            return "new"
        return "set-aside" if statuses[0] in SET_ASIDE else "open"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two responses to one worksheet, in the order they were named."""

    then: Excerpt
    now: Excerpt
    pairs: tuple[Pair, ...]
    scores: tuple[ScorePair, ...]
    steps: tuple[StepPair, ...]
    apart: tuple[Apart, ...]

    @property
    def withheld(self) -> int:
        """How many private answers and actions are not in it, of both responses."""
        return self.then.withheld + self.now.withheld

    @property
    def is_backwards(self) -> bool:
        """Whether the second is the older one."""
        return self.now.response.created < self.then.response.created


# --- what may be seen -----------------------------------------------------------------------------


def for_both(
    then: tuple[Response, Worksheet], now: tuple[Response, Worksheet], *, private: bool
) -> tuple[Excerpt, Excerpt]:
    """Cut out of two responses what may be seen; what is private in one of them is private in both.

    Raises LibwellError if they answer different worksheets.
    """
    _check_worksheets(then, now)
    first, second = then[1], now[1]
    whole, closed = first.private or second.private, private_prompts(first) | private_prompts(second)
    while True:  # what tells of a prompt that is private in the other is private too
        first, second = _closing(first, closed, whole=whole), _closing(second, closed, whole=whole)
        more = private_prompts(first) | private_prompts(second)
        if more == closed:
            break
        closed = more
    return for_audience(then[0], first, private=private), for_audience(now[0], second, private=private)


def _check_worksheets(*both: tuple[Response, Worksheet]) -> None:
    if len({worksheet.id for _, worksheet in both}) > 1:
        first, second = (f"{response.short_id} answers {worksheet.id}" for response, worksheet in both)
        raise LibwellError(
            f"Only responses to the same worksheet can be compared: {first}, {second}.",
            "`libwell responses` shows which is which.",
        )


def _closing(worksheet: Worksheet, closed: frozenset[str], *, whole: bool) -> Worksheet:
    """The worksheet with these prompts private and no others; `whole` if it is itself."""
    sections = tuple(_closing_section(section, closed) for section in worksheet.sections)
    return worksheet.model_copy(update={"sections": sections, "private": whole})


def _closing_section(section: Section, closed: frozenset[str]) -> Section:
    prompts = (prompt.model_copy(update={"private": prompt.id in closed}) for prompt in section.prompts)
    return section.model_copy(update={"prompts": tuple(prompts)})


# --- comparing ------------------------------------------------------------------------------------


def compare(then: Excerpt, now: Excerpt) -> Comparison:
    """Hold two excerpts, as `for_both` cuts them, against each other."""
    pairs: list[Pair] = []
    apart: list[Apart] = []
    closed, before, after = then.private | now.private, _by_id(then), _by_id(now)
    for name, new in after.items():
        if name in before:
            pair, found = pair_up(before[name], new, is_private=name in closed)
            pairs += [pair] if pair else []
            apart += found
        else:
            apart += only_once(new, "only-now", then.worksheet, is_private=name in closed)
    for name, old in before.items():
        if name not in after:
            apart += only_once(old, "only-then", now.worksheet, is_private=name in closed)
    scores, uncounted = _scores(then, now, {one.id for one in apart if one.what == "prompt"})
    return Comparison(then, now, tuple(pairs), scores, _steps(then, now), (*apart, *uncounted))


def _by_id(excerpt: Excerpt) -> dict[str, Asked]:
    return {one.prompt.id: one for one in excerpt.asked if one.prompt.kind != "plan"}


# --- scores ---------------------------------------------------------------------------------------


def _scores(
    then: Excerpt, now: Excerpt, uncompared: set[str]
) -> tuple[tuple[ScorePair, ...], tuple[Apart, ...]]:
    """Scores of both times, and those that came out but can't be compared."""
    before, after = ({score.id: score for score in one.scores} for one in (then, now))
    pairs: list[ScorePair] = []
    apart: list[Apart] = []
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        some = [score for score in (new, old) if score is not None]
        if all(score.value is None for score in some):
            continue
        is_private = any(score.prompts & (then.private | now.private) for score in some)
        if old and new:
            found = _counted_otherwise(old, new, then, now, uncompared)
            pairs += [] if found else [ScorePair(old, new, _score_difference(old, new), is_private)]
        else:
            found = ("only-then", "counted only then") if old else ("only-now", "counted only now")
        apart += [Apart("score", name, some[0].title, *found, is_private)] if found else []
    return tuple(pairs), tuple(apart)


def _counted_otherwise(
    old: Scored, new: Scored, then: Excerpt, now: Excerpt, uncompared: set[str]
) -> tuple[Reason, str] | None:
    if _counting(old.id, then.worksheet) != _counting(new.id, now.worksheet):
        return "another-count", "counted in another way then"
    if new.prompts & uncompared or (old.low, old.high) != (new.low, new.high):
        return "another-count", "some of its ratings can't be compared"
    return None


def _counting(name: str, worksheet: Worksheet) -> tuple[object, ...]:
    """What a score is made of, whatever it is called."""
    score = next(score for score in worksheet.scores if score.id == name)
    return frozenset(score.items), frozenset(score.reverse), score.method


def _score_difference(old: Scored, new: Scored) -> Fraction | None:
    return None if old.value is None or new.value is None else new.value - old.value


# --- steps ----------------------------------------------------------------------------------------


def _steps(then: Excerpt, now: Excerpt) -> tuple[StepPair, ...]:
    """Every step once: those of then with what became of them, behind them those that are new."""
    waiting: defaultdict[str, list[Action]] = defaultdict(list)
    for action in now.actions:
        waiting[folded(action.step)].append(action)
    pairs = []
    for action in then.actions:
        same = waiting[folded(action.step)]
        pairs.append(_step(action, same.pop(0) if same else None, then, now))
    left = {id(action) for actions in waiting.values() for action in actions}
    return (*pairs, *(_step(None, action, then, now) for action in now.actions if id(action) in left))


def _step(old: Action | None, new: Action | None, then: Excerpt, now: Excerpt) -> StepPair:
    sides = ((old, then), (new, now))
    closed = [
        is_private_action(action, excerpt.worksheet, excerpt.private) for action, excerpt in sides if action
    ]
    return StepPair(old, new, any(closed))
