"""Kind `plan`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from build import TODAY, around, keys_at, places_wrong, prompt_of, take
from libwell.errors import CannotReadError
from libwell.kinds.steps import NEW
from libwell.model.base import Offer

if TYPE_CHECKING:
    from libwell.kinds.steps import Key
    from libwell.kinds.values import Value

PLAN = prompt_of('kind = "plan"')
OFFERS = (
    Offer("care.breaks", "Ask for breaks", "Breaks", level="organisation"),
    Offer("care.tea", "Tea", "Tea", level="me"),
    Offer("care.other-1", "Quiet room", "Quiet room"),
)
PICK, ADD, REMARK = ("pick",), (NEW,), (":remark",)
MINE: dict[str, Any] = {"id": "a1", "step": "Tea", "status": "open", "level": "me", "from": "care.tea"}
OWN: dict[str, Any] = {"id": "a2", "step": "Rest", "status": "open", "level": "me"}


def test_offers_are_numbered_with_what_they_are_about() -> None:
    step = PLAN.steps([MINE], around(offers=OFFERS))[0]
    assert step.key == PICK
    assert step.lines == ("1. Ask for breaks. For: Breaks", "2. Tea (in your plan)", "3. Quiet room")
    assert step.label.endswith("Type the numbers you want.")


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("Ask for it.", "1. Ask for it. For: Tea."),
        ("Ask for it", "1. Ask for it. For: Tea."),
        ("Who decides?", "1. Who decides? For: Tea."),
        ("Tea.", "1. Tea."),
    ],
)
def test_an_offers_sentence_ends_once(step: str, line: str) -> None:
    offer = Offer("care.tea", step, "Tea.", level="me")
    assert PLAN.steps(None, around(offers=(offer,)))[0].lines == (line,)


@pytest.mark.parametrize(
    ("value", "offers", "keys"),
    [
        (None, (), [ADD]),
        (None, OFFERS, [PICK, ADD]),
        ([MINE], (), [("a1", "step"), ("a1", "who"), ("a1", "due"), ("a1", "know"), ADD]),
        ([OWN], (), [("a2", "step"), ("a2", "who"), ("a2", "due"), ("a2", "know"), ("a2", "level"), ADD]),
    ],
)
def test_steps(value: Value, offers: tuple[Offer, ...], keys: list[Key]) -> None:
    assert keys_at(PLAN, value, offers=offers) == keys


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", ["care.breaks"]),
        ("3,1", ["care.other-1", "care.breaks"]),
        ("1-3", ["care.breaks", "care.tea", "care.other-1"]),
        ("1 3", ["care.breaks", "care.other-1"]),
    ],
)
def test_picks_become_actions_with_the_words_of_the_offer(text: str, picked: list[str]) -> None:
    taken = take(PLAN, text, key=PICK, offers=OFFERS, last_action=4)
    assert [action["from"] for action in taken.value] == picked
    assert [action["id"] for action in taken.value] == [f"a{5 + number}" for number in range(len(picked))]
    assert taken.next == ("a5", "step")


def test_a_picked_action() -> None:
    (action,) = take(PLAN, "1", key=PICK, offers=OFFERS).value
    assert action == {
        "id": "a1",
        "step": "Ask for breaks",
        "status": "open",
        "changed": TODAY,
        "level": "organisation",
        "from": "care.breaks",
    }
    (own,) = take(PLAN, "3", key=PICK, offers=OFFERS, level="community").value
    assert own["level"] == "community"


def test_what_is_in_the_plan_is_not_added_twice() -> None:
    taken = take(PLAN, "2,1", [MINE], key=PICK, offers=OFFERS, last_action=1)
    assert [action["id"] for action in taken.value] == ["a1", "a2"]
    assert taken.next == ("a1", "step")
    again = take(PLAN, "2", [MINE], key=PICK, offers=OFFERS, last_action=1)
    assert (again.value, again.next) == ([MINE], ("a1", "step"))


@pytest.mark.parametrize("text", ["4", "0", "tea", "1, tea", "y", "1.5"])
def test_picks_that_cannot_be_read(text: str) -> None:
    with pytest.raises(CannotReadError):
        take(PLAN, text, key=PICK, offers=OFFERS)


@pytest.mark.parametrize("text", ["none", "No", "nothing."])
def test_words_that_say_there_is_no_step_are_none(text: str) -> None:
    with pytest.raises(CannotReadError, match="Enter alone goes on"):
        take(PLAN, text, key=ADD)


def test_what_an_offer_is_for_is_cut_between_words() -> None:
    about = "Emotional labor: having to stay calm and kind, whatever comes"
    (line,) = PLAN.steps(None, around(offers=(Offer("care.it", "Ask", about),)))[0].lines
    assert line == "1. Ask. For: Emotional labor: having to stay calm and kind, whatever …"


def test_a_step_of_ones_own() -> None:
    taken = take(PLAN, "Ask for a room, to: who can decide", [MINE], key=ADD, last_action=1, level="team")
    assert taken.value[1] == {
        "id": "a2",
        "step": "Ask for a room, to: who can decide",
        "status": "open",
        "changed": TODAY,
        "level": "team",
    }
    assert taken.next == ("a2", "who")
    assert "Ask for" in PLAN.steps(None, around())[-1].help


@pytest.mark.parametrize(
    ("part", "text", "value"),
    [
        ("step", "Rest more", "Rest more"),
        ("who", "Ana and Joy", "Ana and Joy"),
        ("due", "in 2 weeks", dt.date(2026, 12, 5)),
        ("due", "2026-12-01", dt.date(2026, 12, 1)),
        ("due", "end of term", "end of term"),
        ("know", "It is on the roster", "It is on the roster"),
        ("level", "1", "me"),
        ("level", "org", "organisation"),
        ("level", "the organization", "organisation"),
        ("level", " Team ", "team"),
        ("level", "4", "community"),
    ],
)
def test_the_parts_of_an_action(part: str, text: str, value: object) -> None:
    taken = take(PLAN, text, [MINE, OWN], key=("a2", part))
    assert taken.value == [MINE, {**OWN, part: value}]


def test_a_due_date_is_said_back_or_kept_in_ones_words() -> None:
    assert take(PLAN, "1 Dec", [OWN], key=("a2", "due")).said == "Tuesday, December 1, 2026, in 10 days."
    assert take(PLAN, "soon", [OWN], key=("a2", "due")).said == (
        "Kept in your words. It will be in no calendar, and not among what is due."
    )


def test_a_due_date_that_is_not_clear_is_refused() -> None:
    with pytest.raises(CannotReadError, match="There is no February 30, 2026"):
        take(PLAN, "2026-02-30", [OWN], key=("a2", "due"))
    with pytest.raises(CannotReadError, match="1/12 can be December 1 or January 12"):
        take(PLAN, "1/12", [OWN], key=("a2", "due"))
    taken = take(PLAN, "1/12", [OWN], key=("a2", "due"), country="GB")
    assert taken.said == "Tuesday, December 1, 2026, in 10 days."


def test_the_answer_of_a_part_stands_there() -> None:
    value = [{**OWN, "who": "Ana", "due": dt.date(2026, 12, 1)}]
    step, who, due, know, level = PLAN.steps(value, around())[:5]
    assert [one.answer for one in (step, who, due, know, level)] == [
        "Rest",
        "Ana",
        "Tuesday, December 1, 2026",
        "",
        "mine",
    ]
    assert step.hint == "Enter keeps it; type to change it; - takes it out."
    assert [one.written for one in (step, who, due, know, level)] == [True, True, False, True, False]


@pytest.mark.parametrize("key", [ADD, ("a2", "step")])
def test_a_number_alone_is_no_step(key: Key) -> None:
    with pytest.raises(CannotReadError, match="A number alone is no step"):
        take(PLAN, "1, 3", [OWN], key=key)


@pytest.mark.parametrize(
    ("level", "said"),
    [("me", "mine"), ("organisation", "the organization's"), ("community", "the community's")],
)
def test_whose_step_it_is_stands_there_in_the_words_of_the_hint(level: str, said: str) -> None:
    whose = PLAN.steps([{**OWN, "level": level}], around())[4]
    assert (whose.label, whose.answer) == ("Whose step is it?", said)
    assert said in whose.hint


@pytest.mark.parametrize("text", ["5", "0", "boss", "", " "])
def test_a_level_that_cannot_be_read(text: str) -> None:
    with pytest.raises(CannotReadError, match=r"Type a number: 1 m.*4 the community"):
        take(PLAN, text, [OWN], key=("a2", "level"))


@pytest.mark.parametrize("part", ["step", "who", "due", "know"])
def test_texts_have_a_longest_length(part: str) -> None:
    with pytest.raises(CannotReadError, match="At most 100,000"):
        take(PLAN, "x" * 100_001, [OWN], key=("a2", part))


def test_emptying_a_part_or_taking_an_action_out() -> None:
    value = [{**MINE, "who": "Ana"}, OWN]
    assert PLAN.empty(("a1", "who"), value, around()).value == [MINE, OWN]
    first = PLAN.empty(("a1", "step"), value, around())
    assert (first.value, first.next, first.said) == ([OWN], ("a2", "step"), "Taken out of the plan.")
    by_hand = "If it stands in a calendar, delete it there by hand."
    dated = [{**MINE, "due": TODAY}, OWN]
    assert PLAN.empty(("a1", "due"), dated, around()).said == by_hand
    assert PLAN.empty(("a1", "step"), dated, around()).said == f"Taken out of the plan. {by_hand}"
    assert take(PLAN, "soon", dated, key=("a1", "due")).said.endswith(f"what is due. {by_hand}")
    last = PLAN.empty(("a2", "step"), [OWN], around())
    assert (last.value, last.next) == (None, ADD)
    for key in (PICK, ADD, REMARK):
        assert PLAN.empty(key, value, around()).value == value


@pytest.mark.parametrize(
    ("value", "offers", "remark", "is_said"),
    [
        ([MINE], OFFERS, True, True),
        ([MINE, OWN], OFFERS, True, True),
        ([MINE], OFFERS, False, False),
        (None, OFFERS, True, False),
        ([MINE, {**OWN, "level": "team"}], OFFERS, True, False),
        ([MINE, {"id": "a2", "step": "No level"}], OFFERS, True, False),
        ([MINE], OFFERS[1:2], True, False),
        ([MINE], (), True, False),
        (
            [MINE, {**OWN, "from": "care.breaks"}, {**OWN, "id": "a3", "from": "care.other-1"}],
            OFFERS,
            True,
            False,
        ),
        ([MINE], (Offer("x", "Meet", "Meet", level="community"),), True, False),
    ],
)
def test_a_remark_if_all_rests_on_the_person_alone(
    value: Value,
    offers: tuple[Offer, ...],
    *,
    remark: bool,
    is_said: bool,
) -> None:
    keys = keys_at(PLAN, value, offers=offers, remark=remark)
    assert (keys[-1] == REMARK) == is_said


def test_the_remark_offers_one_step_and_blames_nobody() -> None:
    step = PLAN.steps([MINE], around(offers=OFFERS))[-1]
    assert step.label.endswith("Would you like to add: Ask for breaks")
    assert step.hint.endswith("Both are fine.")
    taken = take(PLAN, "y", [MINE], key=REMARK, offers=OFFERS, last_action=1)
    assert taken.value[1]["from"] == "care.breaks"
    assert taken.next == ("a2", "step")
    assert take(PLAN, "no", [MINE], key=REMARK, offers=OFFERS).value == [MINE]
    with pytest.raises(CannotReadError, match="Type y to add it"):
        take(PLAN, "perhaps", [MINE], key=REMARK, offers=OFFERS)


@pytest.mark.parametrize("value", ["x", ["x"], [{"step": "x"}], {}, True])
def test_an_answer_of_its_own_is_none(value: object) -> None:
    assert places_wrong(PLAN, value) == [()]


def test_it_shows_elsewhere_and_briefly_counts() -> None:
    assert PLAN.show([MINE], around()) == ()
    assert [PLAN.answer(value, around()) for value in (None, [MINE], [MINE, OWN])] == [
        "",
        "1 step",
        "2 steps",
    ]
    assert list(PLAN.offers([MINE], around())) == []


def test_the_words_of_a_step_are_said_back() -> None:
    prompt = prompt_of('id = "plan", kind = "plan"')
    taken = take(prompt, "Ask  for tea", [{"id": "a1", "step": "x"}], key=("a1", "step"))
    assert (taken.value[0]["step"], taken.said) == ("Ask  for tea", "Your step: Ask for tea")
