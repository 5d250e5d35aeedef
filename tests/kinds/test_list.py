"""Kind `list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import around, keys_at, mistakes_in, places_wrong, prompt_of, take, worksheet_text
from libwell.errors import CannotReadError
from libwell.kinds.steps import DONE, NEW
from libwell.model.document import Listing

if TYPE_CHECKING:
    from libwell.kinds.steps import Key
    from libwell.kinds.values import Value

NAMES = prompt_of('kind = "list"')
TWO = prompt_of('kind = "list", min = 1, max = 2')


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (None, [(NEW,)]),
        (["a"], [("1",), (NEW,)]),
        (["a", "b"], [("1",), ("2",)]),
        (["a", "b", "c"], [("1",), ("2",), ("3",)]),
    ],
)
def test_steps_up_to_the_most(value: Value, keys: list[Key]) -> None:
    assert keys_at(TWO, value) == keys


def test_each_entry_stands_at_its_step() -> None:
    first, new = NAMES.steps(["a"], around())
    assert (first.label, first.answer, first.written) == ("Number 1", "a", True)
    assert (new.label, new.lines) == ("One more?", ("1. a",))
    assert "empty line ends" in new.hint
    assert NAMES.steps(None, around())[0].label == ""


def test_entries_are_added_one_a_line() -> None:
    first = take(TWO, " a ", key=(NEW,))
    assert (first.value, first.next) == ([" a "], (NEW,))
    second = take(TWO, "b", first.value, key=(NEW,))
    assert (second.value, second.next) == ([" a ", "b"], DONE)
    with pytest.raises(CannotReadError, match="At most 2"):
        take(TWO, "c", second.value, key=(NEW,))


def test_an_entry_is_changed_in_its_place() -> None:
    taken = take(NAMES, "B", ["a", "b", "c"], key=("2",))
    assert (taken.value, taken.next) == (["a", "B", "c"], None)


@pytest.mark.parametrize(
    ("key", "left", "following"),
    [
        (("1",), ["b", "c"], ("1",)),
        (("2",), ["a", "c"], ("2",)),
        (("3",), ["a", "b"], (NEW,)),
    ],
)
def test_taking_one_away_moves_the_others_up(key: Key, left: Value, following: Key) -> None:
    taken = NAMES.empty(key, ["a", "b", "c"], around())
    assert (taken.value, taken.next) == (left, following)


def test_the_last_one_taken_away_leaves_no_answer() -> None:
    assert NAMES.empty(("1",), ["a"], around()).value is None


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ([], []),
        (["a", ""], []),
        ("a", [()]),
        ({"a": 1}, [()]),
        (["a", 1], [(1,)]),
        ([["a"]], [(0,)]),
        ([{"other": "a"}], [(0,)]),
        (["x" * 100_001], [(0,)]),
        (["a", "b", "c"], [()]),
    ],
)
def test_problems(value: object, wrong: list[tuple[int, ...]]) -> None:
    assert places_wrong(TWO, value) == wrong


def test_least() -> None:
    assert TWO.unmet([], around()) == "Give at least 1."
    assert TWO.unmet(["a"], around()) == NAMES.unmet([], around()) == ""


def test_an_entry_has_a_longest_length() -> None:
    with pytest.raises(CannotReadError, match="At most 100,000"):
        take(NAMES, "x" * 100_001, key=(NEW,))


def test_it_shows_as_a_list_and_briefly_on_a_line() -> None:
    assert NAMES.show(["a\nb", "c"], around()) == (Listing(("a\nb", "c")),)
    assert NAMES.brief(["a\nb", "c"], around()) == "a b; c"
    assert list(NAMES.offers(["a"], around())) == []


@pytest.mark.parametrize("keys", ["min = 3, max = 2", "max = 0", "min = -1"])
def test_mistakes(keys: str) -> None:
    assert len(mistakes_in(worksheet_text(f'id = "it", kind = "list", {keys}'))) == 1
