"""A tally merges in any order, split in any way, and counts each person once: the latest they shared."""

from __future__ import annotations

import pickle
from functools import reduce
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import shared_for, worksheet_of
from libwell.model.shared import Withdrawal
from libwell.rules.team.report import report
from libwell.rules.team.tally import Tally, gather, merge
from libwell.rules.team.told import Told
from team_build import copies_of, copy_of, counts, people, report_of

if TYPE_CHECKING:
    from random import Random

OLD = worksheet_of('id = "it", kind = "yes-no"', 'id = "words", kind = "text"')
NEW = worksheet_of('id = "it", kind = "number"', 'id = "words", kind = "text"')
ANSWERS = {"old": (OLD, "it = true\nwords = 'a'"), "no": (OLD, "it = false"), "new": (NEW, "it = 1")}


def withdrawal(number: int, revision: int) -> Withdrawal:
    return Withdrawal(shared_id=shared_for(OLD, number=number).shared_id, revision=revision)


@st.composite
def files(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    one = st.tuples(st.sampled_from([*ANSWERS, "gone"]), st.integers(0, 7), st.integers(0, 3))
    return draw(st.lists(one, max_size=24))


def read(one: tuple[str, int, int]) -> Tally:
    what, number, revision = one
    if what == "gone":
        return gather([withdrawal(number, revision)])
    sheet, answers = ANSWERS[what]
    return gather([copy_of(sheet, answers, number=number, revision=revision)])


@pytest.mark.thorough
@given(files(), st.randoms(use_true_random=False), st.integers(0, 24))
@settings(deadline=None)
def test_any_order_and_any_split_give_the_same(
    given_files: list[tuple[str, int, int]], chance: Random, cut: int
) -> None:
    everything = [read(one) for one in given_files]
    whole = reduce(merge, everything, Tally())
    chance.shuffle(everything)
    first, second = (reduce(merge, part, Tally()) for part in (everything[:cut], everything[cut:]))
    assert merge(first, second) == merge(second, first) == whole
    assert report(merge(second, first), told=Told(), minimum=3) == report(whole, told=Told(), minimum=3)
    again = merge(whole, whole)
    assert [entry[:2] for entry in again.entries.values()] == [e[:2] for e in whole.entries.values()]


def test_what_was_shared_again_counts_once_and_as_it_is_now() -> None:
    others = copies_of(OLD, *["it = true"] * 5)
    mine = [copy_of(OLD, "it = true", number=9, revision=1)] * 2
    changed = copy_of(OLD, "it = false", number=9, revision=2)
    made = report_of([*others, changed, *mine])
    assert counts(made) == {"true": 5, "false": 1}
    assert gather([*others, changed, *mine]).copies == 2


def test_what_was_withdrawn_is_gone_until_it_is_shared_again() -> None:
    copies = copies_of(OLD, *["it = true"] * 6)
    tally = merge(gather(copies), gather([withdrawal(0, 2)]))
    assert tally.withdrawn == 1
    made, _ = report(tally, told=Told(), minimum=5)
    assert people(made) == 5
    back = merge(tally, gather([copy_of(OLD, "it = false", number=0, revision=3)]))
    again, _ = report(back, told=Told(), minimum=5)
    assert (counts(again), back.withdrawn) == ({"true": 5, "false": 1}, 0)


def test_a_tally_goes_from_one_process_to_another() -> None:
    tally = gather(copies_of(OLD, *["it = true\nwords = 'x'"] * 5))
    assert pickle.loads(pickle.dumps(tally)) == tally
