"""Kind `rating`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from build import (
    around,
    exported,
    keys_at,
    mistakes_in,
    places_wrong,
    prompt_of,
    response_for,
    take,
    things,
    worksheet_of,
    worksheet_text,
)
from libwell.errors import CannotReadError
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.steps import DONE
from libwell.model.document import Bar, Listing, Paragraph, Ratings, Table
from libwell.rules.asked_now import asked

if TYPE_CHECKING:
    from libwell.kinds.values import Value

ENDS = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
EVERY = 'scale = { min = -1, max = 1, labels = ["worse", "the same", "better"] }'
BARE = prompt_of(f'kind = "rating", {ENDS}')
WORDS = prompt_of(f'kind = "rating", {EVERY}')
ITEMS = prompt_of(
    f'kind = "rating", {ENDS}, not_answers = ["dont-know"], items = {things("signs", "crowding")}'
)
UNKNOWN = {"not-answered": "dont-know"}


@pytest.mark.parametrize(
    ("text", "point"), [("0", 0), (" 3 ", 3), ("not yet", 0), ("N", 0), ("in", 3), ("02", 2), ("IN PLACE", 3)]
)
def test_a_point_or_the_beginning_of_its_word(text: str, point: int) -> None:
    assert take(BARE, text).value == point


@pytest.mark.parametrize(
    ("text", "point"), [("-1", -1), ("worse", -1), ("the", 0), ("b", 1), ("1", 1), ("+1", 1), ("\u22121", -1)]
)
def test_a_scale_with_a_word_for_every_point(text: str, point: int) -> None:
    assert take(WORDS, text).value == point


@pytest.mark.parametrize("text", ["4", "-1", "", " ", "1.5", "one", "n i", "999999999999", "--1", "1-2"])
def test_what_is_no_point_says_what_was_expected(text: str) -> None:
    with pytest.raises(CannotReadError, match=r"Type a number from 0 to 3\."):
        take(BARE, text)


def test_a_beginning_that_fits_two_words_is_none() -> None:
    prompt = prompt_of('kind = "rating", scale = { min = 1, max = 3, labels = ["low", "lower", "high"] }')
    assert take(prompt, "low").value == 1
    with pytest.raises(CannotReadError):
        take(prompt, "lo")


def test_the_point_is_said_back_with_its_word() -> None:
    assert take(BARE, "3").said == "3 of 3, in place."
    assert take(BARE, "1").said == "1 of 3."


def test_without_items_there_is_one_step() -> None:
    (step,) = BARE.steps(3, around())
    assert (step.key, step.lines, step.answer) == ((), ("0 is not yet, 3 is in place",), "3 of 3, in place")
    assert BARE.steps(None, around())[0].answer == ""
    assert BARE.steps(0, around())[0].answer == "0 of 3, not yet"
    assert BARE.empty((), 0, around()).value is None


def test_with_items_there_is_a_list_and_a_step_for_each() -> None:
    whole, first, second = ITEMS.steps({"crowding": UNKNOWN}, around())
    assert (whole.key, whole.lines) == ((), ("1. Signs", "2. Crowding"))
    assert whole.hint == "A number for each in this order, such as 3 0, or Enter to go one by one."
    assert (first.key, first.label, first.answer) == (("signs",), "1 of 2: Signs", "")
    assert (second.key, second.label, second.answer) == (("crowding",), "2 of 2: Crowding", "don't know")
    assert whole.legend == second.legend == ("0 is not yet, 3 is in place",)
    assert [step.key for step in ITEMS.steps(None, around(one_by_one=True))] == [("signs",), ("crowding",)]


THREE = prompt_of(f'kind = "rating", {ENDS}, items = {things("signs", "crowding", "light")}')


def test_what_several_items_have_stands_behind_their_numbers_in_the_list() -> None:
    assert THREE.steps({"light": 0, "signs": 3}, around())[0].answer == "1=3, 3=0"
    assert THREE.steps({"signs": 2, "crowding": UNKNOWN}, around())[0].answer == "1=2, 2: don't know"
    assert THREE.steps(None, around())[0].answer == ""


@pytest.mark.parametrize("text", ["3 0 2", " 3,0,2 ", "3; 0; 2", "1=3 2=0 3=2", "3=2, 1 = 3, 2=0"])
@pytest.mark.parametrize("key", [(), ("crowding",)])
def test_all_items_are_rated_in_one_line(text: str, key: tuple[str, ...]) -> None:
    taken = take(THREE, text, {"light": 1}, key=key)
    assert taken.value == {"signs": 3, "crowding": 0, "light": 2}
    assert (taken.said, taken.next) == ("Rated: 1, 2, 3.", DONE)


def test_a_line_that_rates_some_leaves_the_others_and_goes_on_with_them() -> None:
    taken = take(THREE, "2=3", {"light": 1}, key=())
    assert (taken.value, taken.next) == ({"light": 1, "crowding": 3}, ("signs",))
    assert take(THREE, "3=2", {}, key=("crowding",)).next == ("crowding",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 0", "There are 3 lines, and this has 2 numbers. Type one for each, or name a line: 2=3."),
        ("3 0 1 2", "There are 3 lines, and this has 4 numbers. Type one for each, or name a line: 2=3."),
        ("3 0 9", "Line 3 takes a number from 0 to 3."),
        ("2=9", "Line 2 takes a number from 0 to 3."),
        ("4=1", "There is no 4; the numbers go from 1 to 3."),
        ("2", "Type a number for each, or Enter to go one by one."),
        ("in place", "Type a number for each, or Enter to go one by one."),
        ("-1 0 1", "Line 1 takes a number from 0 to 3."),
    ],
)
def test_a_line_for_all_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(CannotReadError, match=re.escape(said)):
        take(THREE, text, key=())


def test_points_below_zero_are_read_in_a_line_too() -> None:
    prompt = prompt_of(f'kind = "rating", {EVERY}, items = {things("signs", "crowding")}')
    assert take(prompt, "-1 1", key=()).value == {"signs": -1, "crowding": 1}


def test_items_are_rated_one_by_one() -> None:
    taken = take(ITEMS, "2", key=("signs",))
    assert (taken.value, taken.next) == ({"signs": 2}, None)
    assert take(ITEMS, "0", taken.value, key=("crowding",)).value == {"signs": 2, "crowding": 0}
    assert take(ITEMS, "1", {"signs": 2, "crowding": 0}, key=("signs",)).value == {"signs": 1, "crowding": 0}


def test_an_item_is_emptied_by_itself() -> None:
    assert ITEMS.empty(("signs",), {"signs": 2, "crowding": 0}, around()).value == {"crowding": 0}
    assert ITEMS.empty(("signs",), {"signs": 2}, around()).value is None
    assert ITEMS.empty(("signs",), None, around()).value is None


def test_a_not_answer_is_the_items_or_the_whole() -> None:
    taken = ITEMS.take_not_answer(("signs",), "dont-know", {"crowding": 1})
    assert (taken.value, taken.next) == ({"crowding": 1, "signs": UNKNOWN}, None)
    bare = BARE.take_not_answer((), "prefer-not-to-say", 2)
    assert (bare.value, bare.next) == ({"not-answered": "prefer-not-to-say"}, DONE)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({}, []),
        ({"signs": 0, "crowding": UNKNOWN}, []),
        ({"signs": {"not-answered": "not-applicable"}}, [("signs", "not-answered")]),
        ({"signs": 4}, [("signs",)]),
        ({"signs": True}, [("signs",)]),
        ({"signs": 1.0}, [("signs",)]),
        ({"sings": 1, "crowding": -1}, [("sings",), ("crowding",)]),
        (2, [()]),
        ([1], [()]),
    ],
)
def test_problems(value: object, wrong: list[tuple[str, ...]]) -> None:
    assert places_wrong(ITEMS, value) == wrong


@pytest.mark.parametrize("reason", [[], {}, "", 1, True, ["skipped"]])
def test_what_is_no_reason(reason: object) -> None:
    (place,) = places_wrong(ITEMS, {"signs": {"not-answered": reason}})
    assert place[0] == "signs"


@pytest.mark.parametrize("value", [4, -1, 1.0, "1", True, {}, [1]])
def test_problems_without_items(value: object) -> None:
    assert places_wrong(BARE, value) == [()]


def test_it_shows_a_table_or_a_line() -> None:
    value: Value = {"crowding": UNKNOWN, "signs": 3}
    assert ITEMS.brief(value, around()) == "Signs: 3 of 3, in place; Crowding: don't know"
    bars = (Bar("Signs", 3, 0, 3, "3 of 3, in place"), Bar("Crowding", None, 0, 3, "don't know"))
    several, bare = Ratings(bars), Ratings((Bar("", 1, 0, 3, "1 of 3"),))
    assert ITEMS.show(value, around()) == (several,)
    assert BARE.show(1, around()) == (bare,)
    rows = (("Signs", "3 of 3, in place"), ("Crowding", "don't know"))
    assert several.plain == (Table(("", "Rating"), rows, row_heads=True),)
    assert bare.plain == (Paragraph("1 of 3", tone="answer"),)
    assert (
        prompt_of('kind = "rating", scale = { min = -2, max = 2, labels = ["a", "b"] }').brief(-1, around())
        == "-1, on a scale from -2 to 2"
    )
    assert WORDS.brief(0, around()) == "0, on a scale from -1 to 1 (the same)"
    assert keys_at(ITEMS) == [(), ("signs",), ("crowding",)]


def test_offers() -> None:
    prompt = prompt_of(
        f"""kind = "rating", {ENDS}, offer_at_most = 0, offer_at_least = 3, items = [
        {{ id = "a", text = "A", suggest = "Do A", level = "me" }}, {{ id = "b", text = "B" }},
        {{ id = "c", text = "C" }}, {{ id = "d", text = "D" }}]"""
    )
    found = prompt.offers({"a": 0, "b": 3, "c": 1, "d": {"not-answered": "skipped"}}, around())
    assert [(offer.address, offer.step, offer.level) for offer in found] == [
        ("it.a", "Do A", "me"),
        ("it.b", "B", None),
    ]
    bare = prompt_of(f'kind = "rating", {ENDS}, ask = "How calm is it?", offer_at_most = 1')
    assert [(offer.address, offer.step) for offer in bare.offers(1, around())] == [("it", "How calm is it?")]
    assert list(bare.offers(2, around())) == list(BARE.offers(0, around())) == []


@pytest.mark.parametrize(
    "scale",
    [
        'min = 0, max = 0, labels = ["a", "b"]',
        'min = 3, max = 0, labels = ["a", "b"]',
        'min = 0, max = 200, labels = ["a", "b"]',
        'min = 0, max = 3, labels = ["a"]',
        'min = 0, max = 3, labels = ["a", "b", "c"]',
        'min = 0, max = 3, labels = ["a", ""]',
        'min = 0.5, max = 3, labels = ["a", "b"]',
    ],
)
def test_mistakes_in_a_scale(scale: str) -> None:
    (found,) = mistakes_in(worksheet_text(f'id = "it", kind = "rating", scale = {{ {scale} }}'))
    assert found.key.startswith("sections[1].prompts[1].scale")


def test_a_scale_is_needed() -> None:
    (found,) = mistakes_in(worksheet_text('id = "it", kind = "rating"'))
    assert found.key == "sections[1].prompts[1].scale"


# --- words given back -----------------------------------------------------------------------------

POINTS = 'scale = { min = 0, max = 2, labels = ["never", "at times", "often"] }, not_answers = ["dont-know"]'
GROUPS = '[{ title = "The day", items = ["tired", "late"] }, { title = "The good", items = ["glad"] }]'
MIRROR = prompt_of(
    f'kind = "rating", {POINTS}, items = {things("tired", "glad", "late")}, give_back = {GROUPS}'
)


def test_words_are_given_back_in_their_groups() -> None:
    value: Value = {"late": 2, "tired": 0, "glad": UNKNOWN}
    assert isinstance(MIRROR, RatingPrompt)
    groups = (
        Listing(("never: Tired", "often: Late"), title="The day"),
        Listing(("don't know: Glad",), title="The good"),
    )
    assert MIRROR.given_back(value) == groups
    assert MIRROR.show(value, around()) == (
        Paragraph("As you marked it. This is not a measure.", tone="aside"),
        *groups,
    )


def test_a_group_of_which_nothing_was_said_is_left_out() -> None:
    assert isinstance(MIRROR, RatingPrompt)
    assert MIRROR.given_back({"glad": 1}) == (Listing(("at times: Glad",), title="The good"),)
    assert MIRROR.given_back({}) == ()


def test_words_given_back_are_not_compared() -> None:
    assert not MIRROR.is_compared
    assert ITEMS.is_compared
    assert BARE.is_compared


def test_words_given_back_are_asked_as_any_rating_is() -> None:
    assert keys_at(MIRROR) == [(), ("tired",), ("glad",), ("late",)]
    assert take(MIRROR, "often", key=("glad",)).value == {"glad": 2}
    assert places_wrong(MIRROR, {"glad": 3}) == [("glad",)]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            f'scale = {{ min = 0, max = 2, labels = ["never", "often"] }}, give_back = {GROUPS}',
            "label every point of the scale",
        ),
        (
            f'{POINTS}, give_back = [{{ title = "A", items = ["tired", "late"] }}]',
            "every item of this prompt",
        ),
        (
            f'{POINTS}, give_back = [{{ title = "A", items = ["tired", "late", "glad", "glad"] }}]',
            "every item of this prompt once",
        ),
        (
            f'{POINTS}, give_back = [{{ title = "A", items = ["tired", "late", "sad"] }}]',
            "every item of this prompt once",
        ),
    ],
)
def test_mistakes_in_giving_back(keys: str, said: str) -> None:
    items = f"items = {things('tired', 'glad', 'late')}"
    (found,) = mistakes_in(worksheet_text(f'id = "it", kind = "rating", {items}, {keys}'))
    assert found.key == "sections[1].prompts[1]"
    assert said in found.message


@pytest.mark.parametrize(
    ("group", "key"),
    [
        ('{ title = "", items = ["one"] }', "title"),
        ('{ items = ["one"] }', "title"),
        ('{ title = "A", items = [] }', "items"),
        ('{ title = "A" }', "items"),
        ('{ title = "A", item = ["one"], items = ["one"] }', "item"),
    ],
)
def test_mistakes_in_a_group(group: str, key: str) -> None:
    keys = f'id = "it", kind = "rating", {POINTS}, items = {things("one")}, give_back = [{group}]'
    assert f"sections[1].prompts[1].give_back[1].{key}" in [
        one.key for one in mistakes_in(worksheet_text(keys))
    ]


def test_what_has_no_items_gives_nothing_back() -> None:
    keys = f'id = "it", kind = "rating", {POINTS}, give_back = [{{ title = "A", items = ["one"] }}]'
    (found,) = mistakes_in(worksheet_text(keys))
    assert "every item of this prompt once" in found.message


# --- below zero -----------------------------------------------------------------------------------

BELOW = 'scale = { min = -2, max = 2, labels = ["worse", "better"] }'
CHANGE = prompt_of(f'kind = "rating", {BELOW}, items = {things("hours", "rooms", "signs")}')


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2=-1", {"rooms": -1}),
        ("2=\u22121", {"rooms": -1}),
        ("1=-2, 3=2", {"hours": -2, "signs": 2}),
        ("-1 0 -2", {"hours": -1, "rooms": 0, "signs": -2}),
        ("\u22121,0,\u22122", {"hours": -1, "rooms": 0, "signs": -2}),
    ],
)
def test_points_below_zero_are_typed_as_they_stand(text: str, points: Value) -> None:
    assert take(CHANGE, text).value == points


def test_points_below_zero_say_their_scale_wherever_they_stand() -> None:
    whole = prompt_of(f'kind = "rating", {BELOW}')
    assert take(whole, "-1").said == "-1, on a scale from -2 to 2."
    assert whole.brief(-2, around()) == "-2, on a scale from -2 to 2 (worse)"
    assert whole.steps(None, around())[0].lines == ("-2 is worse, 2 is better",)
    sheet = worksheet_of(f'id = "it", kind = "rating", {BELOW}, items = {things("hours")}')
    said = "| Hours | -1, on a scale from -2 to 2 |"
    assert said in exported(sheet, response_for(sheet, "it = { hours = -1 }"))


def test_an_item_is_rated_alone_whose_id_is_near_that_of_a_not_answer() -> None:
    items = things("not-at-work", "crowding")
    worksheet = worksheet_of(f'id = "it", kind = "rating", {ENDS}, items = {items}')
    (one,) = asked(worksheet, response_for(worksheet, "[it]\nnot-at-work = 2"))
    assert one.value == {"not-at-work": 2}
