"""The nearest name is found, and looking for thousands of them ends: each file has its budget."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from counting import counted
from libwell.model.base import Option
from libwell.model.nearest import (
    begin_budget,
    did_you_mean,
    did_you_mean_id,
    is_near,
    nearest,
    one_of,
    some_of,
)

MOST_COMPARED = 10_000
"""Names held against each other for one file: no more than the budget has room for."""
KNOWN = tuple(f"question-{number}" for number in range(1_000))


@pytest.fixture(autouse=True)
def _with_a_budget() -> None:
    begin_budget()


def test_the_nearest_name_is_found() -> None:
    assert did_you_mean("evenigns", ["evenings", "mornings"]) == "Did you mean evenings?"
    assert did_you_mean("zzz", ["evenings", "mornings"]) == ""
    things = [Option(id="tea", text="A cup of tea"), Option(id="desk", text="The desk")]
    assert did_you_mean_id("a cup of teas", things) == "Did you mean tea?"


def test_twenty_misspelt_names_among_three_hundred_are_all_told() -> None:
    known = [f"{word}-{number}" for word in ("care", "policy", "evening") for number in range(100)]
    assert all(did_you_mean(f"{name}x", known) for name in known[:20])


def test_thousands_of_names_are_looked_for_until_the_budget_is_used_up() -> None:
    with counted(SequenceMatcher.set_seq1) as counts:
        found = [nearest(f"quest{number}", KNOWN) for number in range(3_000)]
    assert found[0]
    assert not any(found[100:])
    assert counts["set_seq1"] < MOST_COMPARED


@pytest.mark.parametrize("letters", ["ab", "abcdefgh"])
def test_long_names_use_the_budget_up_sooner(letters: str) -> None:
    known = [f"{letters * 20}{number}"[:64] for number in range(1_000)]
    with counted(SequenceMatcher.ratio) as counts:
        for number in range(1_000):
            nearest(f"{number}{letters * 20}"[:64], known)
    assert counts["ratio"] < MOST_COMPARED / 2


def test_the_next_file_has_a_budget_of_its_own() -> None:
    for number in range(1_000):
        nearest(f"quest{number}", KNOWN)
    assert nearest("evenigns", ["evenings"]) == ""
    begin_budget()
    assert nearest("evenigns", ["evenings"]) == "evenings"


def test_what_decides_does_not_hang_on_the_budget() -> None:
    for number in range(1_000):
        nearest(f"quest{number}", KNOWN)
    assert is_near("not-answerd", "not-answered")
    assert not is_near("x" * 1_000_000, "not-answered")


def test_of_very_many_names_twenty_are_said() -> None:
    assert some_of(["a", "b"]) == "a, b"
    assert some_of([]) == ""
    assert some_of(f"n{number}" for number in range(60)).endswith("n19 and 40 more")
    assert one_of(frozenset({"b", "a"})) == "One of: a, b."
