"""Then and now: two responses to one worksheet, held against each other.

Prompts and scores are matched by their ids across versions of the worksheet, steps by their words; what
can't be compared is listed with its reason. Only what `privacy.for_audience` let through is looked at. It
must not judge a difference or show it, and knows nothing of today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from libwell.errors import LibwellError
from libwell.model.action_words import SET_ASIDE
from libwell.rules.comparing.pairing import NotCompared, Pair, folded, only_once, pair_up
from libwell.rules.privacy import Excerpt, for_audience, leaving, private_prompts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from libwell.model.comparison_records import Outcome, Reason
    from libwell.model.response import Action, Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.scoring import Scored

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One score, then and now."""

    then: Scored
    now: Scored
    is_private: bool

    @property
    def difference(self) -> Fraction | None:
        """How much more it is now; None where one of the two did not come out."""
        if self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value


@dataclass(frozen=True, slots=True)
class StepPair:
    """One step of the plan, as it stands then and now (None: it is not there)."""

    then: Action | None
    now: Action | None
    is_private: bool

    @property
    def actions(self) -> list[Action]:
        """The step as it stands in each response that has it, that of then first."""
        return [action for action in (self.then, self.now) if action is not None]

    @property
    def step(self) -> str:
        """The step in its latest words."""
        return self.actions[-1].step

    @property
    def outcome(self) -> Outcome:
        """What became of it: done in either, else as it stands in the second, else in the first."""
        statuses = [action.status for action in self.actions]
        if "done" in statuses:
            return "done"
        if self.then is None:
            return "new"
        return "set-aside" if statuses[-1] in SET_ASIDE else "open"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two responses to one worksheet, in the order they were named."""

    then: Excerpt
    now: Excerpt
    pairs: tuple[Pair, ...]
    scores: tuple[ScorePair, ...]
    steps: tuple[StepPair, ...]
    not_compared: tuple[NotCompared, ...]

    @property
    def withheld(self) -> int:
        """How many private answers and actions are not in it, of both responses."""
        return self.then.withheld + self.now.withheld

    @property
    def is_backwards(self) -> bool:
        """Whether the second is the older one."""
        return self.now.response.created < self.then.response.created


# --- what may be seen -----------------------------------------------------------------------------


def for_all(*sides: tuple[Response, Worksheet], private: bool) -> tuple[Excerpt, ...]:
    """Cut out of responses what may be seen, private answers only with `private`.

    What is private in one of them is private in all. Raises LibwellError if they answer different worksheets.
    """
    responses, worksheets = [response for response, _ in sides], [worksheet for _, worksheet in sides]
    if len({one.id for one in worksheets}) > 1:
        which = ", ".join(f"{response.short_id} answers {one.id}" for response, one in sides)
        raise LibwellError(
            f"Only responses to the same worksheet can be compared: {which}.",
            "`libwell responses` shows which is which.",
        )
    whole = any(one.private for one in worksheets)
    closed: frozenset[str] | None = None
    while (more := frozenset().union(*map(private_prompts, worksheets))) != closed:
        closed = more  # what tells of a prompt that is private in another is private too
        worksheets = [_closing(one, closed, whole=whole) for one in worksheets]
    both = zip(responses, worksheets, strict=True)
    return tuple(leaving(for_audience(*one, private=private)) for one in both)


def _closing(worksheet: Worksheet, closed: frozenset[str], *, whole: bool) -> Worksheet:
    """The worksheet with these prompts private and no others; `whole` if it is itself."""
    marked = worksheet.map_prompts(lambda one: one.model_copy(update={"private": one.id in closed}))
    return marked.model_copy(update={"private": whole})


# --- comparing ------------------------------------------------------------------------------------


def compare(then: Excerpt, now: Excerpt) -> Comparison:
    """Hold two excerpts against each other, as `for_all` cuts them."""
    answers = list(_answers(then, now))
    uncompared = {one.id for one in answers if isinstance(one, NotCompared) and one.what == "prompt"}
    found = [*answers, *_scores(then, now, uncompared)]
    pairs, scores, not_compared = _only(Pair, found), _only(ScorePair, found), _only(NotCompared, found)
    return Comparison(then, now, pairs, scores, tuple(_steps(then, now)), not_compared)


def _only(kind: type[Found], found: Iterable[object]) -> tuple[Found, ...]:
    return tuple(one for one in found if isinstance(one, kind))


def _answers(then: Excerpt, now: Excerpt) -> Iterator[Pair | NotCompared]:
    """Every prompt of now, then those asked only then."""
    closed = then.private | now.private
    before, after = ({one.prompt.id: one for one in side.asked if one.prompt.measure} for side in (then, now))
    for name in {**after, **before}:
        is_private = name in closed
        if name not in before:
            yield from only_once(after[name], "only-now", then.worksheet, is_private=is_private)
        elif name not in after:
            yield from only_once(before[name], "only-then", now.worksheet, is_private=is_private)
        else:
            yield from pair_up(before[name], after[name], is_private=is_private)


# --- scores ---------------------------------------------------------------------------------------


def _scores(then: Excerpt, now: Excerpt, uncompared: set[str]) -> Iterator[ScorePair | NotCompared]:
    """Scores of both times, and those that came out but can't be compared."""
    closed = then.private | now.private
    before, after = ({score.id: score for score in one.scores} for one in (then, now))
    for name in {**after, **before}:
        old, new = before.get(name), after.get(name)
        there = [score for score in (new, old) if score]
        if not any(score.is_there for score in there):
            continue
        is_private = any(score.prompts & closed for score in there)
        reason: Reason = "another-count"
        if old is None:
            reason, text = "only-now", "counted only now"
        elif new is None:
            reason, text = "only-then", "counted only then"
        elif _counting(name, then.worksheet) != _counting(name, now.worksheet):
            text = "counted in another way then"
        elif new.prompts & uncompared or (old.low, old.high) != (new.low, new.high):
            text = "some of its answers can't be compared"
        else:
            before_by_row, now_by_row = old.by_row(), new.by_row()
            shared = [row for row in now_by_row if row in before_by_row]
            yield from (ScorePair(before_by_row[row], now_by_row[row], is_private) for row in shared)
            continue
        yield NotCompared("score", name, there[0].title, reason, text, is_private)


def _counting(name: str, worksheet: Worksheet) -> tuple[object, ...]:
    """What a score is made of, whatever it is called."""
    score = next(score for score in worksheet.scores if score.id == name)
    parts = score.parts if score.method == "difference" else frozenset(score.parts)
    counts: dict[str, object] = {address: _counts(address, worksheet) for address in score.items}
    counts |= {part: _counting(part, worksheet) for part in score.scores}
    return parts, frozenset(score.reverse), score.method, score.as_, score.each_row, counts


def _counts(address: str, worksheet: Worksheet) -> dict[str, Fraction | None]:
    """What each value that can be given at an item of a score counts for there, by the id of the value."""
    name, _, inside = address.partition(".")
    prompt = worksheet.by_id()[name]
    places, column = prompt.places(), inside.rpartition(".")[2]
    cells = {one.id: one.values for one in places.columns}
    return {value.id: prompt.counts_for(inside, value.id) for value in cells.get(column, places.values)}


# --- steps ----------------------------------------------------------------------------------------


def _steps(then: Excerpt, now: Excerpt) -> Iterator[StepPair]:
    """Every step once: those of then with what became of them, behind them those that are new."""
    waiting: defaultdict[str, list[Action]] = defaultdict(list)
    for action in now.actions:
        waiting[folded(action.step)].append(action)
    for old in then.actions:
        same = waiting[folded(old.step)]
        new = same.pop(0) if same else None
        is_private = then.is_private(old) or (new is not None and now.is_private(new))
        yield StepPair(old, new, is_private)
    left = {id(action) for actions in waiting.values() for action in actions}
    for new in now.actions:
        if id(new) in left:
            yield StepPair(None, new, now.is_private(new))
