"""Groups are shown only if nothing that is withheld can be got from them and the total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libwell.rules.team.withholding import minimum_from, open_groups

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))


@pytest.mark.parametrize("word", ["0", "-1", "2", "1", "", "abc", "5.0", "\u0665", "9" * 400])
def test_a_minimum_that_is_none_is_not_taken(word: str) -> None:
    assert minimum_from(word) is None


def test_a_minimum_is_taken_from_three_on() -> None:
    assert [minimum_from(word) for word in ("3", " 12 ")] == [3, 12]


@given(SIZES, st.integers(3, 8))
def test_every_group_shown_and_the_rest_together_are_none_or_enough(
    sizes: dict[str, int], minimum: int
) -> None:
    shown = open_groups([sizes], minimum)
    if shown is None:
        assert 0 < sum(sizes.values()) < minimum
        return
    rest = sum(size for group, size in sizes.items() if group not in shown)
    assert all(number == 0 or number >= minimum for number in (rest, *(sizes[group] for group in shown)))


def test_a_group_told_before_hides_nothing() -> None:
    assert open_groups([{"a": 3, "b": 6}], 5, known=["b"]) is None
    assert open_groups([{"a": 3, "b": 6, "c": 7}], 5, known=["b"]) == frozenset("b")
