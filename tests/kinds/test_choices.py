"""Kind `choices`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import (
    around,
    below_areas,
    keys_at,
    mistakes_in,
    places_wrong,
    prompt_of,
    take,
    things,
    worksheet_text,
)
from libwell.errors import CannotReadError
from libwell.kinds.steps import DONE, NEW
from libwell.model.base import Pick
from libwell.model.document import Listing

if TYPE_CHECKING:
    from libwell.kinds.steps import Key
    from libwell.kinds.values import Value

AREAS = prompt_of(
    f'kind = "choices", options = {things("space", "signs", "staff", "none")}, exclusive = ["none"]'
)
OWN = prompt_of(f'kind = "choices", other = true, max = 3, options = {things("space", "signs", "staff")}')
MIN = prompt_of(f'kind = "choices", min = 2, options = {things("space", "signs")}')
FROM = below_areas('kind = "choices", other = true, options_from = "areas"')
QUIET: dict[str, str] = {"other": "Quiet", "id": "other-1"}
TEA: dict[str, str] = {"other": "Tea", "id": "other-2"}


@pytest.mark.parametrize(
    ("text", "picks"),
    [
        ("1", ["space"]),
        ("1,3", ["space", "staff"]),
        ("3 1", ["staff", "space"]),
        ("1-3", ["space", "signs", "staff"]),
        ("3-2", ["staff", "signs"]),
        ("1, 2-3", ["space", "signs", "staff"]),
        ("1;1,1", ["space"]),
        ("2,", ["signs"]),
        ("space", ["space"]),
        ("space, signs", ["space", "signs"]),
        ("sp, STAFF, space", ["space", "staff"]),
        ("4", ["none"]),
    ],
)
def test_several_at_once(text: str, picks: list[str]) -> None:
    assert take(AREAS, text, ["none"]).value == picks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5", "from 1 to 4."),
        ("0-2", "from 1 to 4."),
        ("1-99999999", "from 1 to 4."),
        ("garden", "Type the numbers of those you choose, such as 1,3."),
        ("1-2-3", "Type the numbers of those you choose, such as 1,3."),
        ("1, garden", "Type the numbers of those you choose, such as 1,3."),
        ("s", "That could be “Space” or “Signs” or “Staff”. Type its number."),
        ("1,4", "“None” stands alone. Choose it, or the others."),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(AREAS, text)
    assert str(caught.value).endswith(said)


def test_picks_replace_picks_and_leave_own_entries() -> None:
    assert take(OWN, "2", ["space", QUIET], last_own=1).value == ["signs", QUIET]


def test_a_number_typed_for_own_words_says_what_it_took_from_the_list() -> None:
    taken = take(OWN, "2", ["space"], key=(NEW,))
    assert (taken.value, taken.said) == (["space", "signs"], "Added from the list: Signs.")


def test_own_words_are_added_one_by_one_up_to_the_most() -> None:
    first = take(OWN, "Quiet", ["space"], key=(NEW,))
    assert (first.value, first.next) == (["space", QUIET], (NEW,))
    second = take(OWN, "Tea", first.value, key=(NEW,), last_own=1)
    assert (second.value, second.next) == (["space", QUIET, TEA], DONE)
    with pytest.raises(CannotReadError, match="At most 3 can be chosen"):
        take(OWN, "More", second.value, key=(NEW,))


def test_own_words_at_the_numbers_are_an_own_entry() -> None:
    taken = take(OWN, "Quiet", ["space"])
    assert (taken.value, taken.next) == (["space", QUIET], (NEW,))


@pytest.mark.parametrize("text", ["1,3 and skateboards", "1, Signs for all", "2 and 3 for bikes"])
def test_numbers_and_words_in_one_line_are_not_taken_for_an_own_entry(text: str) -> None:
    with pytest.raises(CannotReadError, match="Words of your own come next"):
        take(OWN, text, key=())
    assert take(OWN, "3, 4 hour shifts", key=(NEW,)).value == [{"other": "3, 4 hour shifts", "id": "other-1"}]
    assert take(OWN, "12-step group", key=()).value == [{"other": "12-step group", "id": "other-1"}]


def test_an_own_entry_is_changed_in_its_place() -> None:
    assert take(OWN, "Loud", ["space", QUIET, TEA], key=("other-1",)).value == [
        "space",
        {"other": "Loud", "id": "other-1"},
        TEA,
    ]


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (None, [(), (NEW,)]),
        (["space"], [(), (NEW,)]),
        (["space", QUIET], [(), ("other-1",), (NEW,)]),
        ([QUIET, TEA, "space"], [(), ("other-1",), ("other-2",)]),
    ],
)
def test_steps(value: Value, keys: list[Key]) -> None:
    assert keys_at(OWN, value) == keys
    assert keys_at(AREAS, ["space"]) == [()]


def test_the_first_step_shows_options_bounds_and_the_answer() -> None:
    step = OWN.steps([QUIET, "signs"], around())[0]
    assert step.lines == ("1. Space", "2. Signs", "3. Staff")
    assert step.hint == "Type numbers, such as 1,3 or 1-3. At most 3."
    assert step.answer == "Signs; Quiet"


@pytest.mark.parametrize(
    ("key", "left", "following"),
    [
        (("other-1",), ["space", TEA], ("other-2",)),
        (("other-2",), ["space", QUIET], (NEW,)),
    ],
)
def test_emptying_takes_one_own_entry(key: Key, left: Value, following: Key) -> None:
    taken = OWN.empty(key, ["space", QUIET, TEA], around())
    assert (taken.value, taken.next) == (left, following)


def test_emptying_everything_leaves_no_answer() -> None:
    assert AREAS.empty((), ["space"], around()).value is None
    assert OWN.empty((), ["space", QUIET], around()).value is None
    assert OWN.empty(("other-1",), [QUIET], around()).value is None


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ([], []),
        (["space", QUIET], []),
        ("space", [()]),
        ({"space": True}, [()]),
        (["space", "garden"], [(1,)]),
        ([1], [(0,)]),
        ([{"other": 1}], [(0, "other")]),
        (["space", "space"], [()]),
        ([QUIET, QUIET], [()]),
        (["space", "signs", "staff", QUIET], [()]),
        ([{"other": "a"}, {"other": "a"}], []),
    ],
)
def test_problems(value: object, wrong: list[tuple[str | int, ...]]) -> None:
    assert places_wrong(OWN, value) == wrong


def test_what_stands_alone_stands_alone() -> None:
    assert places_wrong(AREAS, ["none", "space"]) == [()]
    assert places_wrong(AREAS, ["none"]) == []


def test_least() -> None:
    assert MIN.unmet(["space"], around()) == "Choose at least 2."
    assert MIN.unmet(["space", "signs"], around()) == ""
    assert places_wrong(MIN, ["space"]) == []


def test_it_shows_in_the_worksheets_order_own_entries_last() -> None:
    value: Value = [QUIET, "staff", "space"]
    assert OWN.brief(value, around()) == "Space; Staff; Quiet"
    assert OWN.show(value, around()) == (Listing(("Space", "Staff", "Quiet")),)
    assert OWN.picked(value, around()) == (
        Pick("space", "Space"),
        Pick("staff", "Staff"),
        Pick("other-1", "Quiet"),
    )


def test_options_from_picks() -> None:
    now = {"picks": (Pick("signs", "Signs"),)}
    assert FROM.steps(["space"], around(**now))[0].answer == ""
    assert FROM.current(["space", "signs", QUIET], around(**now)) == ["signs", QUIET]
    assert FROM.current(["space"], around(**now)) is None
    assert places_wrong(FROM, ["space", "signs"], **now, pickable=frozenset({"space", "signs"})) == []
    assert places_wrong(FROM, ["sapce"], **now, pickable=frozenset({"space", "signs"})) == [(0,)]
    assert keys_at(FROM) == [(), (NEW,)]


def test_offers_come_in_the_worksheets_order() -> None:
    prompt = prompt_of(
        """kind = "choices", other = true,
        options = [{ id = "a", text = "A", offer = true, suggest = "Do A" },
        { id = "b", text = "B" }, { id = "c", text = "C", offer = true }]"""
    )
    found = prompt.offers([QUIET, "c", "b", "a"], around())
    assert [(offer.address, offer.step) for offer in found] == [
        ("it.a", "Do A"),
        ("it.c", "C"),
        ("it.other-1", "Quiet"),
    ]


@pytest.mark.parametrize("keys", ["min = 3, max = 2", "max = 0", "min = -1", 'exclusive = ["nothing"]'])
def test_mistakes(keys: str) -> None:
    text = worksheet_text(f'id = "it", kind = "choices", options = {things("a", "b")}, {keys}')
    assert len(mistakes_in(text)) == 1
