"""Kind `checklist`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from build import around, keys_at, mistakes_in, places_wrong, prompt_of, take, things, worksheet_text
from libwell.errors import CannotReadError
from libwell.kinds.picking import NO_MARK
from libwell.kinds.steps import DONE, NEW
from libwell.kinds.values import Given
from libwell.model.base import Pick
from libwell.model.document import Listing, Marks

if TYPE_CHECKING:
    from libwell.kinds.base import Prompt
    from libwell.kinds.steps import Key
    from libwell.kinds.values import Value

MARKS = (
    'marks = [{ id = "well", text = "we do well" }, { id = "improve", text = "to improve", offer = true }]'
)
CARE = prompt_of(f'kind = "checklist", {MARKS}, items = {things("breaks", "learning", "check-ins")}')
OWN = prompt_of(f'kind = "checklist", add_items = true, {MARKS}, items = {things("breaks", "learning")}')
PLAIN = prompt_of(f'kind = "checklist", items = {things("breaks", "learning", "done")}')
PLAIN_OWN = prompt_of(f'kind = "checklist", add_items = true, items = {things("breaks")}')
QUIET: dict[str, str] = {"other": "Quiet", "id": "other-1"}
TEA: dict[str, str] = {"other": "Tea", "id": "other-2"}


def test_it_lists_all_items_and_then_asks_one_by_one() -> None:
    value: Value = {"well": ["learning"], "improve": ["learning"]}
    whole, first, second, third = CARE.steps(value, around())
    assert (whole.key, whole.lines) == ((), ("1. Breaks", "2. Learning", "3. Check-ins"))
    assert whole.hint == "Marks for all, such as 1w 2i, or Enter to go one by one."
    assert whole.answer == "we do well: Learning; to improve: Learning"
    assert (first.key, first.label, first.answer) == (("breaks",), "1 of 3: Breaks", "")
    assert (second.key, second.label, second.answer) == (
        ("learning",),
        "2 of 3: Learning",
        "we do well; to improve",
    )
    assert third.legend == whole.legend == ("w = we do well", "i = to improve", "wi = both")


LONG = "Human resources policies that say how leave is asked for, and who decides on it"


def test_one_by_one_an_item_is_called_by_its_number_and_first_words() -> None:
    items = f'[{{ id = "hr", text = "{LONG}", help = "By the book." }}, {{ id = "it", text = "Computers" }}]'
    prompt = prompt_of(f'kind = "checklist", items = {items}')
    whole, first, _ = prompt.steps(None, around())
    assert whole.lines[0] == f"1. {LONG} (By the book.)"
    assert (first.label, first.whole) == (
        "1 of 2: Human resources policies that say how leave is asked for, and who …",
        f"1 of 2: {LONG}",
    )
    assert first.help == ""
    heard = prompt.steps(None, around(one_by_one=True))
    assert [step.key for step in heard] == [("hr",), ("it",)]
    assert (heard[0].label, heard[0].help) == (f"1 of 2: {LONG}", "By the book.")


def test_one_item_is_asked_without_a_list() -> None:
    assert keys_at(PLAIN_OWN) == [("breaks",), (NEW,)]


def test_with_one_mark_it_is_yes() -> None:
    whole, first, *_ = PLAIN.steps({"yes": ["breaks"]}, around())
    assert first.answer == "yes"
    assert first.legend == ("y = yes",)
    assert whole.hint == "Type the numbers, such as 1 2, or Enter to go one by one."


def test_a_number_alone_is_no_entry_of_ones_own() -> None:
    with pytest.raises(CannotReadError, match=r"1 has no mark\. Type it behind the number, such as 1w"):
        take(OWN, "1", key=(NEW,))
    assert take(PLAIN_OWN, "1", key=(NEW,)).value == {"yes": ["breaks"]}


def test_words_where_marks_are_asked_for_are_told_where_they_go() -> None:
    with pytest.raises(CannotReadError, match="Words of your own come after"):
        take(OWN, "relief at noon", key=())


@pytest.mark.parametrize("text", ["w", "none", "all", "quiet", "x"])
def test_where_all_are_listed_a_mark_needs_its_numbers(text: str) -> None:
    with pytest.raises(CannotReadError, match="Type numbers with their marks, or Enter to go one by one"):
        take(CARE, text, key=())


@pytest.mark.parametrize(
    ("marks", "letters"),
    [
        (("well", "improve"), {"well": "w", "improve": "i"}),
        (("want", "wish", "have"), {"want": "wa", "wish": "wi", "have": "h"}),
        (("do", "do-it"), {"do": "do", "do-it": "do-"}),
        (("now", "not-now"), {"now": "now", "not-now": "not"}),
    ],
)
def test_the_shortest_unique_beginnings_of_marks(marks: tuple[str, ...], letters: dict[str, str]) -> None:
    prompt = prompt_of(f'kind = "checklist", marks = {things(*marks)}, items = {things("one")}')
    (step,) = prompt.steps(None, around())
    assert step.legend[: len(marks)] == tuple(f"{letters[mark]} = {mark.capitalize()}" for mark in marks)
    for mark in marks:
        for text in (letters[mark], mark, mark.upper()):
            assert take(prompt, text, key=("one",)).value == {mark: ["one"]}
    together = "".join(letters.values())
    assert take(prompt, together, key=("one",)).value == {mark: ["one"] for mark in marks}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("w", {"well": ["breaks"]}),
        ("i", {"improve": ["breaks"]}),
        ("wi", {"well": ["breaks"], "improve": ["breaks"]}),
        ("iw", {"well": ["breaks"], "improve": ["breaks"]}),
        (" W, I ", {"well": ["breaks"], "improve": ["breaks"]}),
        ("well", {"well": ["breaks"]}),
        ("wellimp", {"well": ["breaks"], "improve": ["breaks"]}),
    ],
)
def test_marks_are_typed(text: str, value: dict[str, list[str]]) -> None:
    taken = take(CARE, text, {"improve": ["breaks"]}, key=("breaks",))
    assert (taken.value, taken.next) == (value, None)


@pytest.mark.parametrize("text", ["x", "wx", "", " ", ",", "w?", "yes"])
def test_what_is_no_mark_is_said(text: str) -> None:
    with pytest.raises(CannotReadError, match=re.escape(f"{' '.join(text.split())} is no mark here.")):
        take(CARE, text, key=("breaks",))


def test_marks_stand_in_the_worksheets_order() -> None:
    value = take(CARE, "w", {"well": ["learning", "check-ins"]}, key=("breaks",)).value
    assert value == {"well": ["breaks", "learning", "check-ins"]}
    assert list(take(CARE, "w", {"improve": ["breaks"]}, key=("learning",)).value) == ["well", "improve"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1w 2wi 3i", {"well": ["breaks", "learning"], "improve": ["learning", "check-ins"]}),
        ("3i, 1w", {"well": ["breaks"], "improve": ["check-ins"]}),
        ("2 wi;1i", {"well": ["learning", "check-ins"], "improve": ["breaks", "learning"]}),
        ("2w 2i", {"well": ["learning", "check-ins"], "improve": ["breaks", "learning"]}),
        ("2well", {"well": ["learning", "check-ins"], "improve": ["breaks"]}),
    ],
)
def test_several_items_in_one_line_and_the_others_stay(text: str, value: dict[str, list[str]]) -> None:
    before = {"well": ["check-ins"], "improve": ["breaks"]}
    taken = take(CARE, text, before, key=())
    assert (taken.value, taken.next) == (value, DONE)
    assert take(CARE, text, before, key=("breaks",)).value == value


def test_behind_a_line_for_all_it_is_said_how_many_have_no_mark() -> None:
    assert take(CARE, "2w 1i", key=()).said == "Marked: 1, 2. 1 of 3 without a mark."
    assert take(CARE, "1w 2w 3i", key=()).said == "Marked: 1, 2, 3."


@pytest.mark.parametrize(
    ("at", "text", "before", "following"),
    [
        ("breaks", "3w", {}, ("breaks",)),
        ("learning", "3w", {}, ("learning",)),
        ("learning", "3w", {"well": ["learning"]}, DONE),
        ("learning", "1w 3w", {}, ("learning",)),
        ("learning", "2w 3w", {}, DONE),
        ("check-ins", "1w", {}, ("check-ins",)),
        ("breaks", "1w 2w 3w", {}, DONE),
    ],
)
def test_in_the_middle_it_goes_on_there_unless_nothing_ahead_is_left(
    at: str, text: str, before: Value, following: Key
) -> None:
    assert take(CARE, text, before, key=(at,)).next == following


@pytest.mark.parametrize("text", ["1", "1 3", "1,3", "1y 3"])
def test_with_one_mark_numbers_are_enough(text: str) -> None:
    assert take(PLAIN, text, key=("breaks",)).value == {
        "yes": ["breaks"] if text == "1" else ["breaks", "done"]
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4w", "from 1 to 3."),
        ("0w", "from 1 to 3."),
        ("99999999w", "from 1 to 3."),
        (
            "2",
            "2 has no mark. Type it behind the number, such as 2w. For the line asked now, w alone will do.",
        ),
        ("1w 2x", "x is no mark here."),
    ],
)
def test_a_whole_line_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(CARE, text, key=("breaks",))
    assert str(caught.value).endswith(said)


def test_a_whole_line_without_a_mark_where_all_are_asked_for() -> None:
    with pytest.raises(CannotReadError, match=r"such as 2w\.$"):
        take(CARE, "2", key=())


def test_a_whole_line_leaves_own_entries_and_goes_on_with_them() -> None:
    taken = take(OWN, "1w", {"well": ["learning"], "improve": [QUIET]}, key=())
    assert (taken.value, taken.next) == ({"well": ["breaks", "learning"], "improve": [QUIET]}, ("other-1",))
    assert take(OWN, "1w", key=()).next == (NEW,)


def test_own_entries_are_asked_for_after_the_items() -> None:
    assert keys_at(OWN, {"improve": [TEA, QUIET]}) == [
        (),
        ("breaks",),
        ("learning",),
        ("other-1",),
        ("other-2",),
        (NEW,),
    ]
    own, more = OWN.steps({"well": [QUIET], "improve": [QUIET]}, around())[3:]
    assert (own.label, own.answer) == ("“Quiet”", "we do well; to improve")
    assert more.lines == ("“Quiet”",)
    assert keys_at(CARE) == [(), ("breaks",), ("learning",), ("check-ins",)]


def test_an_own_entry_has_no_mark_until_it_is_given_one() -> None:
    taken = take(OWN, "Quiet", {"well": ["breaks"]}, key=(NEW,))
    assert (taken.value, taken.next) == ({"well": ["breaks"], NO_MARK: [QUIET]}, ("other-1",))
    assert places_wrong(OWN, taken.value) == []
    own = next(step for step in OWN.steps(taken.value, around()) if step.key == ("other-1",))
    assert own.hint == "Enter keeps it, - takes it out. Type w, i, wi to mark it."
    assert own.answer == "no mark yet"
    marked = take(OWN, "wi", taken.value, key=("other-1",), last_own=1)
    assert marked.value == {"well": ["breaks", QUIET], "improve": [QUIET]}
    assert take(OWN, "none", marked.value, key=("other-1",), last_own=1).value == taken.value
    assert take(OWN, "Tea", marked.value, key=(NEW,), last_own=1).value[NO_MARK] == [TEA]
    assert OWN.empty(("other-1",), taken.value, around()).value == {"well": ["breaks"]}


def test_an_own_entry_without_a_mark_is_shown_and_given_but_neither_picked_nor_offered() -> None:
    value: Value = {"well": ["breaks"], NO_MARK: [QUIET]}
    assert OWN.brief(value, around()) == "we do well: Breaks; no mark yet: Quiet"
    assert list(OWN.given(value, around()))[-1] == Given("other-1", "Quiet", value=None, text="no mark yet")
    assert OWN.picked(value, around()) == (Pick("breaks", "Breaks", marks=frozenset({"well"})),)
    assert list(OWN.offers(value, around())) == []
    assert OWN.without_words(value) == {"well": ["breaks"]}
    assert OWN.without_words({NO_MARK: [QUIET]}) is None


def test_a_mark_typed_behind_an_own_entry_is_offered_and_not_taken() -> None:
    added = take(OWN, "quiet room  i", key=(NEW,)).value
    assert added == {NO_MARK: [{"other": "quiet room  i", "id": "other-1"}]}
    own = next(step for step in OWN.steps(added, around()) if step.key == ("other-1",))
    assert own.hint.endswith(" Is i its mark? Then type i, and it reads “quiet room”.")
    marked = take(OWN, "i", added, key=("other-1",), last_own=1).value
    assert marked == {"improve": [{"other": "quiet room", "id": "other-1"}]}
    otherwise = take(OWN, "w", added, key=("other-1",), last_own=1).value
    assert otherwise == {"well": [{"other": "quiet room  i", "id": "other-1"}]}


@pytest.mark.parametrize("text", ["quiet room i", "quiet  room", "i", "a room  none"])
def test_what_only_looks_like_a_mark_behind_an_own_entry_is_not_offered(text: str) -> None:
    steps = OWN.steps({NO_MARK: [{"other": text, "id": "other-1"}]}, around())
    assert "its mark?" not in next(step for step in steps if step.key == ("other-1",)).hint


def test_with_one_mark_an_own_entry_carries_it_and_one_more_is_asked_for() -> None:
    taken = take(PLAIN_OWN, "2 cups of tea", key=(NEW,))
    assert (taken.value, taken.next) == ({"yes": [{"other": "2 cups of tea", "id": "other-1"}]}, (NEW,))


@pytest.mark.parametrize("text", ["3 chairs", "24 hours", "1 room", "12", "we rest", "2 w a day"])
def test_own_words_may_begin_with_a_number(text: str) -> None:
    for prompt in (OWN, PLAIN_OWN):
        (entries,) = take(prompt, text, key=(NEW,)).value.values()
        assert entries == [{"other": text, "id": "other-1"}]


@pytest.mark.parametrize(
    ("prompt", "text"), [(OWN, "1w"), (OWN, "1 w, 2wi"), (PLAIN_OWN, "1y"), (PLAIN_OWN, "1,1")]
)
def test_items_can_be_marked_in_one_line_where_own_words_are_asked_for(prompt: Prompt, text: str) -> None:
    taken = take(prompt, text, key=(NEW,))
    assert "breaks" in str(taken.value)
    assert taken.next == (NEW,)


@pytest.mark.parametrize(
    ("key", "left", "following"),
    [
        (("breaks",), {"well": [QUIET], "improve": [QUIET, TEA]}, None),
        (("other-1",), {"well": ["breaks"], "improve": [TEA]}, ("other-2",)),
        (("other-2",), {"well": ["breaks", QUIET], "improve": [QUIET]}, (NEW,)),
        ((), None, None),
    ],
)
def test_emptying_takes_every_mark_off(key: Key, left: Value, following: Key | None) -> None:
    taken = OWN.empty(key, {"well": ["breaks", QUIET], "improve": [QUIET, TEA]}, around())
    assert (taken.value, taken.next) == (left, following)


def test_without_any_mark_there_is_no_answer() -> None:
    assert CARE.empty(("breaks",), {"well": ["breaks"]}, around()).value is None
    assert CARE.empty(("breaks",), None, around()).value is None


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({}, []),
        ({"well": ["breaks"], "improve": ["breaks", QUIET]}, []),
        ({"well": [{"other": "x"}], "improve": [{"other": "x"}]}, []),
        (["breaks"], [()]),
        ("breaks", [()]),
        ({"bad": ["breaks"], "well": ["x", "breaks"]}, [("bad",), ("well", 0)]),
        ({"well": "breaks"}, [("well",)]),
        ({"well": {"breaks": True}}, [("well",)]),
        ({"well": [1]}, [("well", 0)]),
        ({"well": ["breaks", "breaks"]}, [("well",)]),
        ({"well": [{"other": 1}]}, [("well", 0, "other")]),
        ({NO_MARK: [{"other": "x"}]}, []),
        ({NO_MARK: [{"other": 1}]}, [(NO_MARK, 0, "other")]),
        ({NO_MARK: ["breaks"]}, [(NO_MARK,)]),
        ({NO_MARK: "x"}, [(NO_MARK,)]),
    ],
)
def test_problems(value: object, wrong: list[tuple[str | int, ...]]) -> None:
    assert places_wrong(OWN, value) == wrong


def test_own_entries_only_where_they_are_asked_for() -> None:
    assert places_wrong(CARE, {"well": [QUIET]}) == [("well", 0, "other")]
    assert places_wrong(CARE, {NO_MARK: [QUIET]}) == [(NO_MARK,)]


def test_it_shows_mark_by_mark() -> None:
    value: Value = {"improve": ["learning", QUIET], "well": ["breaks"]}
    assert OWN.brief(value, around()) == "we do well: Breaks; to improve: Learning, Quiet"
    well = Listing(("Breaks",), title="We do well")
    assert OWN.show(value, around()) == (Marks((well, Listing(("Learning", "Quiet"), title="To improve"))),)
    improve = Listing(("Learning",), title="To improve")
    assert OWN.show({"improve": ["learning"], "well": []}, around()) == (Marks((improve,)),)
    assert OWN.show({"improve": [], "well": []}, around()) == ()


def test_what_carries_a_mark_was_picked() -> None:
    value: Value = {"improve": [QUIET, "learning"], "well": ["breaks", "learning"]}
    assert OWN.picked(value, around()) == (
        Pick("breaks", "Breaks", marks=frozenset({"well"})),
        Pick("learning", "Learning", marks=frozenset({"well", "improve"})),
        Pick("other-1", "Quiet", marks=frozenset({"improve"})),
    )


def test_offers_say_which_marks_made_them() -> None:
    found = list(OWN.offers({"improve": [QUIET, "learning"], "well": ["breaks", "learning"]}, around()))
    assert [(offer.address, offer.step, offer.marks) for offer in found] == [
        ("it.learning", "Learning", frozenset({"improve"})),
        ("it.other-1", "Quiet", frozenset({"improve"})),
    ]
    assert list(PLAIN.offers({"yes": ["breaks"]}, around())) == []


@pytest.mark.parametrize("keys", ["items = []", "marks = [], " + f"items = {things('a')}", ""])
def test_marks_and_items_are_needed(keys: str) -> None:
    assert len(mistakes_in(worksheet_text(f'id = "it", kind = "checklist"{", " if keys else ""}{keys}'))) == 1
    assert mistakes_in(worksheet_text('id = "it", kind = "checklist", items = [], add_items = true')) == []
