"""Kind `choice`, and how picks are read in every kind."""

from __future__ import annotations

import pytest

from build import (
    around,
    below_areas,
    keys_at,
    mistakes_in,
    places_wrong,
    prompt_of,
    prompts_of,
    take,
    things,
    worksheet_text,
)
from libwell.errors import CannotReadError
from libwell.model.base import Pick
from libwell.model.document import Paragraph

ROOMS = """options = [{ id = "small", text = "Small room" }, { id = "large", text = "Large room",
help = "for\\n20" }, { id = "hall", text = "The hall, upstairs" }]"""
ROOM = prompt_of(f'kind = "choice", {ROOMS}')
OWN = prompt_of(f'kind = "choice", other = true, {ROOMS}')
ONE = prompt_of(f'kind = "choice", options = {things("only")}')
PICKS = (Pick("space", "Space"), Pick("other-1", "Quiet room"))
FIRST = below_areas('kind = "choice", options_from = "areas"')


def test_options_are_numbered() -> None:
    (step,) = ROOM.steps(None, around())
    assert step.lines == ("1. Small room", "2. Large room (for 20)", "3. The hall, upstairs")
    assert step.hint == "Type a number from 1 to 3."
    assert OWN.steps(None, around())[0].hint == "Type a number from 1 to 3, or your own words."
    assert ONE.steps(None, around())[0].hint == "Type 1 to choose it."


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("1", "small"),
        (" 2 ", "large"),
        ("02", "large"),
        ("3,", "hall"),
        ("large", "large"),
        ("LARGE", "large"),
        ("Large room", "large"),
        ("sm", "small"),
        ("the hall, up", "hall"),
        ("the", "hall"),
    ],
)
def test_a_number_an_id_or_the_beginning_of_a_text(text: str, option: str) -> None:
    for prompt in (ROOM, OWN):
        assert take(prompt, text).value == option
    assert take(ROOM, text, "small").said.endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "from 1 to 3."),
        ("4", "from 1 to 3."),
        ("9999999999", "from 1 to 3."),
        ("1,2", "One of them, please."),
        ("1-3", "One of them, please."),
        ("small, large", "One of them, please."),
        ("garden", "Type a number from 1 to 3, or the beginning of a text."),
        ("-1", "Type a number from 1 to 3, or the beginning of a text."),
        ("", "Type a number from 1 to 3, or the beginning of a text."),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(ROOM, text)
    assert str(caught.value).endswith(said)


def test_a_beginning_that_fits_several_asks_which() -> None:
    with pytest.raises(CannotReadError, match=r"That could be “Red” or “Rose”\. Type its number\."):
        take(prompt_of(f'kind = "choice", options = {things("red", "rose", "blue")}'), "r")


def test_a_whole_text_or_id_goes_before_a_beginning() -> None:
    prompt = prompt_of(f'kind = "choice", options = {things("reds", "red")}')
    assert take(prompt, "red").value == "red"


def test_own_words_get_the_next_id_and_keep_it_when_changed() -> None:
    taken = take(OWN, "  In the garden", last_own=4)
    assert taken.value == {"other": "  In the garden", "id": "other-5"}
    assert take(OWN, "At home", taken.value, last_own=5).value == {"other": "At home", "id": "other-5"}
    assert take(OWN, "At home", "small", last_own=5).value == {"other": "At home", "id": "other-6"}
    assert take(OWN, "At home", {"other": "without an id"}).value == {"other": "At home", "id": "other-1"}
    with pytest.raises(CannotReadError, match="At most 100,000"):
        take(OWN, "x" * 100_001)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("small", []),
        ("garden", [()]),
        (1, [()]),
        (["small"], [()]),
        ({"other": "x"}, []),
        ({"other": "x", "id": "other-7"}, []),
        ({"other": ""}, []),
        ({"other": 1}, [("other",)]),
        ({"other": "x", "id": "small"}, [("id",)]),
        ({"other": "x", "id": "other-0"}, [("id",)]),
        ({"other": "x", "id": 1}, [("id",)]),
        ({"other": "x", "more": 1}, [()]),
        ({"small": True}, [()]),
    ],
)
def test_problems(value: object, wrong: list[tuple[str, ...]]) -> None:
    assert places_wrong(OWN, value) == wrong


def test_own_words_only_where_they_are_asked_for() -> None:
    assert places_wrong(ROOM, {"other": "x"}) == [("other",)]


def test_options_from_picks() -> None:
    (step,) = FIRST.steps(None, around(picks=PICKS))
    assert step.lines == ("1. Space", "2. Quiet room")
    assert take(FIRST, "quiet", picks=PICKS).value == "other-1"
    assert FIRST.brief("other-1", around(picks=PICKS)) == "Quiet room"
    assert FIRST.current("signs", around(picks=PICKS)) is None
    assert FIRST.current("space", around(picks=PICKS)) == "space"


def test_own_words_beside_options_from_picks_count() -> None:
    *_, one = prompts_of(
        f'id = "areas", kind = "choices", options = {things("space")}',
        'id = "one", kind = "choice", options_from = "areas", other = true',
    )
    own = {"other": "The roof", "id": "other-1"}
    assert one.current(own, around(picks=PICKS)) == own


def test_without_picks_there_is_nothing_to_choose() -> None:
    assert FIRST.steps(None, around()) == ()


def test_a_withdrawn_pick_is_no_problem_but_one_that_never_was_is() -> None:
    known = around(picks=PICKS, pickable=frozenset({"space", "signs"}))
    assert [list(FIRST.problems(value, known)) for value in ("space", "signs", "other-9")] == [[], [], []]
    assert len(list(FIRST.problems("sings", known))) == 1


def test_it_shows_its_text() -> None:
    assert ROOM.show("large", around()) == (Paragraph("Large room", tone="answer"),)
    assert OWN.brief({"other": "Home", "id": "other-1"}, around()) == "Home"
    assert ROOM.steps("large", around())[0].answer == "Large room"
    assert ROOM.empty((), "large", around()).value is None
    assert keys_at(ROOM, "large") == [()]


def test_what_was_picked_can_make_a_row() -> None:
    assert ROOM.picked("large", around()) == (Pick("large", "Large room"),)
    assert OWN.picked({"other": "Home", "id": "other-1"}, around()) == (Pick("other-1", "Home"),)


def test_offers() -> None:
    prompt = prompt_of(
        """kind = "choice", other = true, options = [{ id = "a", text = "A", offer = true, suggest = "Do A",
        level = "me" }, { id = "b", text = "B", offer = true }, { id = "c", text = "C" }]"""
    )
    answers = ("a", "b", "c", {"other": "Mine", "id": "other-2"})
    found = [offer for value in answers for offer in prompt.offers(value, around())]
    assert [(offer.address, offer.step, offer.about, offer.level) for offer in found] == [
        ("it.a", "Do A", "A", "me"),
        ("it.b", "B", "B", None),
        ("it.other-2", "Mine", "Mine", None),
    ]
    assert list(OWN.offers({"other": "Mine", "id": "other-1"}, around())) == []


@pytest.mark.parametrize(
    "keys",
    ['kind = "choice"', 'kind = "choice", options = []', f'kind = "choice", {ROOMS}, options_from = "a"'],
)
def test_options_are_given_or_come_from_above(keys: str) -> None:
    (found,) = mistakes_in(worksheet_text('id = "a", kind = "yes-no"', f'id = "it", {keys}'))
    assert found.key == "sections[1].prompts[2]"
    assert "options_from" in found.message
