"""One plan out of many: the same step of several people is one, with how many support it.

Steps were shared to be read, and are shown whoever shared them. How many support one, and what was wished for
and taken up by nobody, are numbers, and come only from those who are told of. Near steps are told of, and
joined only by a person.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, combinations
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import UsageError
from libwell.model.action_words import LEVELS, SET_ASIDE
from libwell.model.characters import one_line
from libwell.model.nearest import did_you_mean, is_alike_in_length
from libwell.rules.team.counting import at_least
from libwell.rules.team.outlines import merged
from libwell.rules.team.people import tell_everybody
from libwell.rules.team.title_block import UNTITLED, TitleBlock
from libwell.rules.team.wishes import wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.action_words import ActionStatus, LevelName
    from libwell.rules.team.contributions import SharedStep
    from libwell.rules.team.people import People, Spoken
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told
    from libwell.rules.team.wishes import TeamWish

_NEAR = 0.8
_MOST_COMPARED = 300
"""Steps held against each other to find near ones: all pairs are looked at, so not of thousands."""
_LONGEST_COMPARED = 300
"""Characters of a step that is held against others."""
_MOST_WORK = 2_500_000
"""What comparing takes at most in all; hundreds of steps made of the same letters would take minutes."""
_MOST_NEAR = 30
"""Pairs of near steps that are told of; more are read by nobody."""
_NUMBER = re.compile(r"\d+")
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`"))
"""Inside a word, so that nothing stands in their place."""


class _Supported(NamedTuple):
    """A step as one person shared it, at which revision, whether they are told of, and of which worksheet."""

    person: str
    revision: int
    step: SharedStep
    is_told: bool
    worksheet: str


@dataclass(frozen=True, slots=True)
class TeamStep:
    """A step of one or more people. `key` is its folded wording, `others` other wordings joined with it.

    `support` is how many of those told of support it; None where none of them does, or where that can't be
    told. Of several worksheets that with most of them counts, as a person may have answered each. `who` holds
    the names given by those who shared them; `due` is the first day, `due_words` what else was given for one.
    `revision` is the highest at which somebody shared it. `wishes` are nearly the same. `done` is how many of
    those who support it have done it; None where `support` is. `origins` are the places it came from: each
    the id of a worksheet and an address in it.
    """

    key: str
    step: str
    support: int | None
    level: LevelName
    who: tuple[str, ...]
    due: dt.date | None
    due_words: tuple[str, ...]
    know: tuple[str, ...]
    status: ActionStatus
    others: tuple[str, ...]
    revision: int
    wishes: tuple[TeamWish, ...] = ()
    done: int | None = None
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def is_set_aside(self) -> bool:
        """Whether everybody who supports it has set it aside."""
        return self.status in SET_ASIDE


class TeamPlan(NamedTuple):
    """Everybody's steps as one plan, by level, then who, then day.

    `worksheets` are those that were shared, with how many people are told of. `wishes` are nobody's step yet.
    """

    worksheets: tuple[tuple[str, Spoken], ...]
    minimum: int
    steps: tuple[TeamStep, ...]
    near: tuple[tuple[TeamStep, TeamStep], ...]
    wishes: tuple[TeamWish, ...]
    head: TitleBlock = UNTITLED


def plan(
    tally: Tally, *, told: Told, minimum: int, joins: Sequence[str] = (), head: TitleBlock = UNTITLED
) -> tuple[TeamPlan, Told]:
    """Make one plan out of everybody's steps. Each of `joins` reads `A=B`: the step A counts as B.

    `told` is everything that was told before; it takes `minimum` people to tell of them. `head` is what the
    title block says. Returns the plan, and everything that is told from now on. Raises UsageError for a join
    that names no two steps.
    """
    found, told = tell_everybody(tally, told=told, minimum=minimum)
    everybody, comparing = found.values(), Comparing()
    alike: defaultdict[str, list[_Supported]] = defaultdict(list)
    for one in _shared(tally, everybody):
        alike[fold_step(one.step.step)].append(one)
    _join(alike, joins)
    made = sorted((_team_step(key, group) for key, group in alike.items()), key=_place)
    steps, left = _beside(made, chain.from_iterable(map(_wishes, everybody)), comparing)
    worksheets = tuple((one.title, one.spoken_of) for one in everybody)
    near = _near(steps, comparing)
    return TeamPlan(worksheets, minimum, steps, near, left, head.of(everybody)), told


def _shared(tally: Tally, everybody: Iterable[People]) -> Iterator[_Supported]:
    """Every step that was shared.

    Nobody counts as told of through a worksheet if some copies that were told of are not here as they were.
    """
    told = {one.person for people in everybody if people.is_whole for one in people.present}
    for revision, one in tally.counted():
        worksheet = tally.outlines[one.outline].id
        for step in one.steps:
            yield _Supported(one.person, revision, step, one.person in told, worksheet)


@lru_cache(maxsize=1 << 14)
def fold_step(text: str) -> str:
    """A step as it is compared: without regard to case and blanks, and to punctuation beside words."""
    text = text.translate(_APOSTROPHES)
    signs = (" " if unicodedata.category(sign)[0] in "PZC" else sign for sign in text.casefold())
    return one_line("".join(signs)) or one_line(text)


# --- the same step --------------------------------------------------------------------------------


def _join(alike: dict[str, list[_Supported]], joins: Iterable[str]) -> None:
    """Put the steps together that are joined; `alike` holds all by their folded wording."""
    known, joined = set(alike), dict[str, str]()
    for join in joins:
        first, second = read_join(join, known)
        while second in joined:
            second = joined[second]
        if first == second or first in joined:
            raise UsageError(f"--join “{join}” joins a step that is joined already.", "Leave one out.")
        joined[first] = second
        alike[second] += alike.pop(first)


def read_join(join: str, known: set[str]) -> tuple[str, str]:
    """The two steps of `A=B`; a step may have a = in it, so every one is tried."""
    parts = join.split("=")
    if len(parts) < 2:
        raise UsageError(f"--join “{join}” needs two steps.", 'Write --join "This step=That step".')
    for split in range(1, len(parts)):
        sides = fold_step("=".join(parts[:split])), fold_step("=".join(parts[split:]))
        if known.issuperset(sides):
            return sides
    missing = next((side for side in map(fold_step, parts) if side not in known), "")
    near = did_you_mean(missing, known)
    raise UsageError(f"--join “{join}”: there is no such step.", near or "Write both as they stand.")


def _team_step(key: str, group: Sequence[_Supported]) -> TeamStep:
    """One step out of what several people shared; `key` is its folded wording, others were joined with it."""
    texts, who, due, levels, know, statuses, _ = zip(*(one.step for one in group), strict=True)
    wordings = sorted({text.strip() for text in texts})
    own = [text for text in wordings if fold_step(text) == key]
    days = [one for one in due if isinstance(one, dt.date)]
    first, *differing = set(statuses)
    supporters = _supporters(group)
    unfinished = {one.person for one in group if one.step.status != "done"}
    return TeamStep(
        key,
        min(own, key=len),
        len(supporters) or None,
        # The widest level, as it needs the others most; which one most people gave would be a number.
        max((one or "team" for one in levels), key=LEVELS.index),
        _said(who),
        min(days, default=None),
        _said(one for one in due if isinstance(one, str)),
        _said(know),
        "open" if differing else first,
        tuple(text for text in wordings if text not in own),
        max(one.revision for one in group),
        done=len(supporters - unfinished) if supporters else None,
        origins=tuple(sorted({(one.worksheet, one.step.origin) for one in group if one.step.origin})),
    )


def _supporters(group: Iterable[_Supported]) -> set[str]:
    """Those told of who support a step, through the worksheet with which most of them shared it.

    Nobody knows who answered two worksheets, and no one is to count twice.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in group:
        if one.is_told:
            found[one.worksheet].add(one.person)
    return max((found[name] for name in sorted(found)), key=len, default=set())


def _said(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text that says something once, in the order of the alphabet."""
    return tuple(sorted({text.strip() for text in texts} - {""}))


def _place(one: TeamStep) -> tuple[object, ...]:
    """Where a step stands: by level, then who (nobody last), then day (none last)."""
    who = tuple(name.casefold() for name in one.who)
    return LEVELS.index(one.level), not who, who, one.due or dt.date.max, -(one.support or 0), one.key


# --- near steps -----------------------------------------------------------------------------------


# The same wordings are compared with many others; each is counted once.
_letters = lru_cache(maxsize=1 << 12)(Counter[str])
_numbers = lru_cache(maxsize=1 << 12)(_NUMBER.findall)


def _near(steps: Iterable[TeamStep], comparing: Comparing) -> tuple[tuple[TeamStep, TeamStep], ...]:
    """Steps that may be the same, of those that most people support; as far as there is time to compare."""
    compared = sorted(steps, key=lambda one: (-(one.support or 0), one.key))[:_MOST_COMPARED]
    # Each is held against all before it.
    pairs = sorted(combinations(range(len(compared)), 2), key=itemgetter(1))
    near = sorted(pair for pair in pairs if comparing.are_near(compared[pair[0]].key, compared[pair[1]].key))
    return tuple((compared[first], compared[second]) for first, second in near[:_MOST_NEAR])


class Comparing:
    """Compares the folded wordings of a plan, as long as there is time for it."""

    def __init__(self) -> None:
        self._left = _MOST_WORK

    def are_near(self, one: str, other: str) -> bool:
        """Whether two wordings are nearly the same, as they stand or in another order of words.

        Long ones never are, nor those with other numbers in them, as room 2 is not room 3. Once the time is
        used up, none are.
        """
        if self._left < 0 or max(len(one), len(other)) > _LONGEST_COMPARED:
            return False
        if _numbers(one) != _numbers(other) or not is_alike_in_length(one, other, _NEAR):
            return False
        one, other = sorted((one, other))  # SequenceMatcher may find another ratio the other way round
        letters, others, length = _letters(one), _letters(other), len(one) + len(other)
        if 2 * (letters & others).total() < _NEAR * length:
            return False
        # A little for each letter, the rest for each that is in both.
        self._left -= sum(count * others[letter] for letter, count in letters.items()) + 4 * length
        pairs = ((one, other), (" ".join(sorted(one.split())), " ".join(sorted(other.split()))))
        return self._left >= 0 and any(
            SequenceMatcher(None, *pair, autojunk=False).ratio() >= _NEAR for pair in pairs
        )


# --- what is wished for -------------------------------------------------------------------------------


def _wishes(people: People) -> list[TeamWish]:
    """What many wish for and nobody took up, of what is told of a worksheet; the most wished for first."""
    taken = {step.origin for one in people.here for step in one.steps}
    told = at_least(people.everybody.counts, people.minimum)
    found = wishes(merged(people.versions).outline, told)
    return [wish for wish in found if wish.address not in taken and wish.is_frequent]


def _beside(
    steps: Sequence[TeamStep], wished: Iterable[TeamWish], comparing: Comparing
) -> tuple[tuple[TeamStep, ...], tuple[TeamWish, ...]]:
    """Put each wish that is nearly a step beside that step. Returns the steps, and the wishes left over."""
    near: dict[str, list[TeamWish]] = {step.key: [] for step in steps}
    left: list[TeamWish] = []
    for wish in wished:
        own = fold_step(wish.step)
        same = (key for key in near if key == own or comparing.are_near(key, own))
        near.get(next(same, ""), left).append(wish)
    return tuple(replace(step, wishes=tuple(near[step.key])) for step in steps), tuple(left)
