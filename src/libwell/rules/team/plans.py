"""One plan out of many: the same step of several people is one, with how many support it.

Steps were shared to be read, and are shown whoever shared them; what was offered and taken up by nobody is a
tally of answers, and is told only of enough people. Near steps are told of, and joined only by a person.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import UsageError
from libwell.model.base import LEVELS
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean, is_alike_in_length
from libwell.rules.team.counting import by_worksheet, count
from libwell.rules.team.outlines import merged
from libwell.rules.team.report import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libwell.model.base import Level
    from libwell.rules.team.contributions import Step
    from libwell.rules.team.counting import Counts
    from libwell.rules.team.outlines import Outline
    from libwell.rules.team.tally import Tally

_NEAR = 0.8
_MOST_COMPARED = 300
"""Steps held against each other to find near ones: all pairs are looked at, so not of thousands."""
_LONGEST_COMPARED = 300
"""Characters of a step that is held against others."""
_MOST_WORK = 2_500_000
"""What comparing takes at most in all, as `_work` counts it; hundreds of steps made of the same letters
would take minutes."""
_MOST_NEAR = 30
"""Pairs of near steps that are told of; more are read by nobody."""
_NUMBER = re.compile(r"\d+")
_OFTEN = 1 / 3
"""Of those who answered: so many were offered something where it is often."""
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`"))
"""Inside a word, so that nothing stands in their place."""
_SET_ASIDE = frozenset({"not-now", "handed-over", "let-go"})


class Shared(NamedTuple):
    """A step as one person shared it, and at which revision."""

    shared_id: str
    revision: int
    step: Step


@dataclass(frozen=True, slots=True)
class TeamStep:
    """A step of one or more people. `key` is its folded wording, `others` other wordings joined with it.

    `who` holds the names given by those who shared them; `due` is the first day, `due_words` what else was
    given for one. `revision` grows with every sharing.
    """

    key: str
    step: str
    support: int
    level: Level
    who: tuple[str, ...]
    due: dt.date | None
    due_words: tuple[str, ...]
    know: tuple[str, ...]
    status: str
    others: tuple[str, ...]
    revision: int

    @property
    def is_set_aside(self) -> bool:
        """Whether everybody who supports it has set it aside."""
        return self.status in _SET_ASIDE


class Untaken(NamedTuple):
    """Something offered to many as a step, and taken up by nobody."""

    worksheet: str
    question: str
    step: str
    offered: int
    people: int


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """Everybody's steps as one plan, by level, then who, then day."""

    responses: int
    copies: int
    withdrawn: int
    steps: tuple[TeamStep, ...]
    near: tuple[tuple[TeamStep, TeamStep], ...]
    untaken: tuple[Untaken, ...]


def plan(tally: Tally, *, minimum: int, joins: Sequence[str] = ()) -> TeamPlan:
    """Make one plan. Each of `joins` reads `A=B`: the step A counts as B. Raises UsageError."""
    shared = _shared(tally)
    steps = _ordered(_joined(shared, _read_joins(joins, {fold_step(one.step.step) for one in shared})))
    return TeamPlan(
        sum(entry.contribution is not None for entry in tally.entries.values()),
        tally.copies,
        tally.withdrawn,
        steps,
        tuple(_near(steps)[:_MOST_NEAR]),
        tuple(_untaken(tally, minimum, {fold_step(one.step.step) for one in shared})),
    )


def _shared(tally: Tally) -> list[Shared]:
    return [
        Shared(name, entry.revision, step)
        for name, entry in sorted(tally.entries.items())
        if entry.contribution is not None
        for step in entry.contribution.steps
    ]


@lru_cache(maxsize=1 << 14)
def fold_step(text: str) -> str:
    """A step as it is compared: without regard to case, blanks and punctuation."""
    text = text.translate(_APOSTROPHES)
    signs = (" " if unicodedata.category(sign)[0] in "PZC" else sign for sign in text.casefold())
    return one_line("".join(signs)) or one_line(text)


# --- the same step --------------------------------------------------------------------------------


def _read_joins(joins: Sequence[str], known: set[str]) -> dict[str, str]:
    """What each step that is joined counts as, by folded wording."""
    found: dict[str, str] = {}
    for join in joins:
        first, second = _read_join(join, known)
        second = found.get(second, second)
        if first == second or first in found:
            raise UsageError(f"--join “{join}” joins a step that is joined already.", "Leave one out.")
        found = {name: second if into == first else into for name, into in found.items()} | {first: second}
    return found


def _read_join(join: str, known: set[str]) -> tuple[str, str]:
    """The two steps of `A=B`; a step may have a = in it, so every one is tried."""
    parts = join.split("=")
    if len(parts) < 2:
        raise UsageError(f"--join “{join}” needs two steps.", 'Write --join "This step=That step".')
    for split in range(1, len(parts)):
        sides = fold_step("=".join(parts[:split])), fold_step("=".join(parts[split:]))
        if all(side in known for side in sides):
            return sides
    missing = next((side for side in map(fold_step, parts) if side not in known), "")
    near = did_you_mean(missing, known)
    raise UsageError(f"--join “{join}”: there is no such step.", near or "Write both as they stand.")


def _joined(shared: Iterable[Shared], joins: Mapping[str, str]) -> Iterator[TeamStep]:
    groups: dict[str, list[Shared]] = defaultdict(list)
    for one in shared:
        folded = fold_step(one.step.step)
        groups[joins.get(folded, folded)].append(one)
    for key, group in groups.items():
        yield _team_step(key, group)


def _team_step(key: str, group: Sequence[Shared]) -> TeamStep:
    steps = [one.step for one in group]
    wordings = _commonest(one.step.strip() for one in steps if fold_step(one.step) == key)
    others = _commonest(one.step.strip() for one in steps if fold_step(one.step) != key)
    days = sorted(one.due for one in steps if isinstance(one.due, dt.date))
    people = {one.shared_id: one.revision for one in group}
    return TeamStep(
        key,
        wordings[0],
        len(people),
        _level(steps),
        _told(one.who for one in steps),
        days[0] if days else None,
        _told(one.due for one in steps if isinstance(one.due, str)),
        _told(one.know for one in steps),
        _status(steps),
        others,
        sum(people.values()),
    )


def _commonest(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, what was said most first."""
    counts = Counter(texts)
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def _told(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text that says something once, in the order of the alphabet."""
    return tuple(sorted({text.strip() for text in texts if text.strip()}))


def _level(steps: Iterable[Step]) -> Level:
    """The level most people gave; of equally many the widest, as it needs the others most."""
    counts = Counter(one.level or "team" for one in steps)
    return max(counts, key=lambda level: (counts[level], LEVELS.index(level)))


def _status(steps: Iterable[Step]) -> str:
    """How far a step is, where all who support it say the same; else it is open."""
    found = {one.status for one in steps}
    return found.pop() if len(found) == 1 else "open"


def _ordered(steps: Iterable[TeamStep]) -> tuple[TeamStep, ...]:
    """By level, then who (nobody last), then day (none last)."""
    return tuple(
        sorted(
            steps,
            key=lambda one: (
                LEVELS.index(one.level),
                not one.who,
                tuple(name.casefold() for name in one.who),
                one.due or dt.date.max,
                -one.support,
                one.key,
            ),
        )
    )


# --- near steps -----------------------------------------------------------------------------------


class _Wording(NamedTuple):
    """A step's folded wording, as it is compared."""

    key: str
    numbers: list[str]
    letters: Counter[str]


def _near(steps: Iterable[TeamStep]) -> list[tuple[TeamStep, TeamStep]]:
    """Steps that may be the same, of those that most people support; as far as there is time to compare."""
    short = (one for one in steps if len(one.key) <= _LONGEST_COMPARED)
    compared = sorted(short, key=lambda one: (-one.support, one.key))[:_MOST_COMPARED]
    return [(compared[one], compared[other]) for one, other in sorted(_near_places(compared))]


def _near_places(compared: Sequence[TeamStep]) -> Iterator[tuple[int, int]]:
    wordings = [_Wording(one.key, _NUMBER.findall(one.key), Counter(one.key)) for one in compared]
    left = _MOST_WORK
    for second, other in enumerate(wordings):
        for first, one in enumerate(wordings[:second]):
            if not _may_be_near(one, other):
                continue
            left -= _work(one, other)
            if left < 0:
                return
            if _is_near(one.key, other.key):
                yield first, second


def _may_be_near(one: _Wording, other: _Wording) -> bool:
    """Whether two wordings have the same numbers, as room 2 is not room 3, and enough letters in common."""
    if one.numbers != other.numbers or not is_alike_in_length(one.key, other.key, _NEAR):
        return False
    return 2 * (one.letters & other.letters).total() >= _NEAR * (len(one.key) + len(other.key))


def _work(one: _Wording, other: _Wording) -> int:
    """What it takes to compare two wordings: a little for each letter, the rest for each that is in both."""
    pairs = sum(count * other.letters[letter] for letter, count in one.letters.items())
    return pairs + 4 * (len(one.key) + len(other.key))


def _is_near(one: str, other: str) -> bool:
    """Whether two wordings are nearly the same, as they stand or in another order of words."""
    ordered = " ".join(sorted(one.split())), " ".join(sorted(other.split()))
    return any(_is_alike(*pair) for pair in ((one, other), ordered))


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


# --- what nobody took up --------------------------------------------------------------------------


def _untaken(tally: Tally, minimum: int, steps: set[str]) -> Iterator[Untaken]:
    """What was offered to many and became nobody's step, the most offered first in each worksheet."""
    for everybody in by_worksheet(tally).values():
        if len(everybody) < minimum:
            continue
        versions = merged(versions_of(tally, everybody))
        counts = count(everybody, versions, teams=False)[None]
        taken = {step.origin for one in everybody for step in one.contribution.steps}
        for address, number in sorted(counts.offers.items(), key=lambda one: (-one[1], one[0])):
            found = None if address in taken else _offered(address, number, versions.outline, counts, minimum)
            if found and fold_step(found.step) not in steps:
                yield found


def _offered(address: str, number: int, outline: Outline, counts: Counts, minimum: int) -> Untaken | None:
    """What was offered, if it was often and of enough people."""
    name, _, part = address.partition(".")
    question, people = outline.find(name), counts.answered[name]
    if question is None or people < minimum or number < max(2, _OFTEN * people):
        return None
    thing = next((one for one in (*question.items, *question.values) if one.id == part), None)
    if part and thing is None:
        return None
    step = (thing.step or thing.text) if thing else question.ask
    return Untaken(outline.title, question.ask, step, number, people)
