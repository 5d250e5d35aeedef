"""Kind `table`."""

from __future__ import annotations

import datetime as dt
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
from libwell.model.document import Table

if TYPE_CHECKING:
    from libwell.kinds.steps import Key
    from libwell.kinds.values import Value

COLUMNS = f"""columns = [{{ id = "step", ask = "Step?", required = true, offer = true, help = "Small." }},
{{ id = "who", ask = "Who?", kind = "choice", other = true, options = {things("me", "you")} }},
{{ id = "hours", ask = "Hours?", kind = "number" }}, {{ id = "due", ask = "Due?", kind = "date" }},
{{ id = "sure", ask = "Sure?", kind = "yes-no" }}]"""
FIXED = prompt_of(
    f"""kind = "table", {COLUMNS}, rows = [{{ id = "mon", text = "Monday", help = "Long day.",
    level = "me" }}, {{ id = "tue", text = "Tuesday" }}]"""
)
ADDED = prompt_of(
    'kind = "table", max = 2, columns = [{ id = "name", ask = "Name?" }, { id = "tel", ask = "Tel?" }]'
)
NAMES = prompt_of('kind = "table", min = 2, columns = [{ id = "name", ask = "Name?", offer = true }]')
FROM = below_areas(
    'kind = "table", columns = [{ id = "goal", ask = "G?", offer = true }], rows_from = "areas"'
)
PICKS = (Pick("signs", "Signs"), Pick("other-1", "Quiet"))
KNOWN = frozenset({"space", "signs"})
ONE, TWO = {"name": "Ana", "tel": "1", "id": "row-1"}, {"name": "Joy", "id": "row-2"}


def test_fixed_rows_are_asked_cell_by_cell_rows_named() -> None:
    steps = FIXED.steps({"tue": {"who": "you", "due": dt.date(2026, 12, 1)}}, around())
    assert [step.key for step in steps] == [
        (row, column) for row in ("mon", "tue") for column in ("step", "who", "hours", "due", "sure")
    ]
    assert (steps[0].label, steps[0].help, steps[0].written) == ("Monday: step?", "Long day.", True)
    assert (steps[5].label, steps[5].help) == ("Tuesday: step?", "Small.")
    assert [step.answer for step in steps[5:]] == ["", "You", "", "Tuesday, December 1, 2026", ""]
    assert steps[1].hint == "1 is Me, 2 is You. Type a number from 1 to 2, or your own words."
    assert steps[4].hint == "Type y for yes, n for no."


@pytest.mark.parametrize(
    ("column", "text", "cell"),
    [
        ("step", " Swap ", " Swap "),
        ("who", "2", "you"),
        ("who", "Ana", {"other": "Ana"}),
        ("hours", "2.5", 2.5),
        ("due", "1 Dec", dt.date(2026, 12, 1)),
        ("sure", "y", True),
    ],
)
def test_a_cell_is_read_as_a_prompt_of_its_kind_is(column: str, text: str, cell: object) -> None:
    taken = take(FIXED, text, {"mon": {"step": "x"}}, key=("tue", column))
    assert taken.value == {"mon": {"step": "x"}, "tue": {column: cell}}
    assert taken.next is None


@pytest.mark.parametrize(
    ("column", "text"), [("hours", "two"), ("due", "soon"), ("sure", "1"), ("step", "x" * 100_001)]
)
def test_a_cell_that_cannot_be_read(column: str, text: str) -> None:
    with pytest.raises(CannotReadError):
        take(FIXED, text, key=("mon", column))


def test_cells_stand_in_the_worksheets_order() -> None:
    value = take(FIXED, "y", {"mon": {"due": dt.date(2026, 12, 1)}}, key=("mon", "sure")).value
    value = take(FIXED, "Swap", value, key=("mon", "step")).value
    assert list(value["mon"]) == ["step", "due", "sure"]


def test_own_words_in_a_cell_are_changed_in_place() -> None:
    value: Value = {"mon": {"who": {"other": "Ana"}}}
    assert take(FIXED, "Joy", value, key=("mon", "who")).value == {"mon": {"who": {"other": "Joy"}}}


def test_a_cell_is_emptied_and_a_row_without_cells_goes() -> None:
    value: Value = {"mon": {"step": "x", "who": "me"}, "tue": {"step": "y"}}
    assert FIXED.empty(("mon", "who"), value, around()).value == {"mon": {"step": "x"}, "tue": {"step": "y"}}
    assert FIXED.empty(("tue", "step"), value, around()).value == {"mon": {"step": "x", "who": "me"}}
    assert FIXED.empty(("tue", "step"), {"tue": {"step": "y"}}, around()).value is None


@pytest.mark.parametrize("key", [("mon", "step"), ("tue", "who")])
def test_emptying_what_is_empty_changes_nothing(key: Key) -> None:
    for value in (None, {"mon": {"who": "me"}}):
        left = FIXED.empty(key, value, around()).value
        assert (left or None) == value


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (None, [(NEW, "name")]),
        ([ONE], [("row-1", "name"), ("row-1", "tel"), (NEW, "name")]),
        ([ONE, TWO], [("row-1", "name"), ("row-1", "tel"), ("row-2", "name"), ("row-2", "tel")]),
    ],
)
def test_the_person_adds_rows_up_to_the_most(value: Value, keys: list[Key]) -> None:
    assert keys_at(ADDED, value) == keys


def test_rows_are_called_by_their_first_cell_or_number() -> None:
    labels = [step.label for step in ADDED.steps([ONE], around())]
    assert labels == ["Ana: name?", "Ana: tel?", "Row 2: name?"]
    blank = {"name": " ", "tel": "1", "id": "row-1"}
    assert ADDED.steps([blank], around())[0].label == "Row 1: name?"


def test_a_row_of_a_long_name_is_cut_visibly() -> None:
    row = {"name": "Bags, coats and whatever else people bring in and leave under a table", "id": "row-1"}
    name = "Bags, coats and whatever else people bring in and leave und…"
    assert ADDED.steps([row], around())[1].label == f"{name}: tel?"


@pytest.mark.parametrize(
    ("ask", "label"), [("What happens?", "Monday: what happens?"), ("HR contact", "Monday: HR contact")]
)
def test_a_columns_question_begins_small_behind_the_row(ask: str, label: str) -> None:
    column = f'{{ id = "one", ask = "{ask}" }}'
    prompt = prompt_of(f'kind = "table", rows = [{{ id = "mon", text = "Monday" }}], columns = [{column}]')
    assert prompt.steps(None, around())[0].label == label


def test_a_new_row_is_asked_cell_by_cell_and_then_one_more() -> None:
    first = take(ADDED, "Ana", key=(NEW, "name"))
    assert (first.value, first.next) == ([{"name": "Ana", "id": "row-1"}], ("row-1", "tel"))
    second = take(ADDED, "1", first.value, key=("row-1", "tel"), last_own=1)
    assert (second.value, second.next) == ([ONE], None)
    third = take(ADDED, "Joy", second.value, key=(NEW, "name"), last_own=1)
    assert third.value == [ONE, TWO]
    only = take(NAMES, "Ana", key=(NEW, "name"), last_own=6)
    assert (only.value, only.next) == ([{"name": "Ana", "id": "row-7"}], (NEW, "name"))


@pytest.mark.parametrize(
    ("key", "left", "following"),
    [
        (("row-1", "tel"), [{"name": "Ana", "id": "row-1"}, TWO], None),
        (("row-2", "name"), [ONE], (NEW, "name")),
        (("row-2", "tel"), [ONE, TWO], None),
        ((NEW, "name"), [ONE, TWO], None),
    ],
)
def test_emptying_in_added_rows(key: Key, left: Value, following: Key | None) -> None:
    taken = ADDED.empty(key, [ONE, TWO], around())
    assert (taken.value, taken.next) == (left, following)


def test_the_last_row_taken_away_leaves_no_answer() -> None:
    assert ADDED.empty(("row-2", "name"), [TWO], around()).value is None
    first = ADDED.empty(("row-2", "name"), [TWO, ONE], around())
    assert (first.value, first.next) == ([ONE], ("row-1", "name"))


def test_rows_come_from_picks() -> None:
    now = {"picks": PICKS, "pickable": KNOWN}
    assert keys_at(FROM, None, **now) == [("signs", "goal"), ("other-1", "goal")]
    assert take(FROM, "Big", {"space": {"goal": "Wide"}}, key=("signs", "goal"), **now).value == {
        "space": {"goal": "Wide"},
        "signs": {"goal": "Big"},
    }
    assert keys_at(FROM) == []


def test_a_row_whose_pick_is_withdrawn_does_not_count() -> None:
    value: Value = {"space": {"goal": "Wide"}, "signs": {"goal": "Big"}}
    now = around(picks=PICKS, pickable=KNOWN)
    assert FROM.current(value, now) == {"signs": {"goal": "Big"}}
    assert FROM.current({"space": {"goal": "Wide"}}, now) is None
    assert FROM.brief(value, now) == "Signs: Big"
    assert [offer.step for offer in FROM.offers(value, now)] == ["Big"]
    assert places_wrong(FROM, value, picks=PICKS, pickable=KNOWN) == []
    assert places_wrong(FROM, {"sings": {"goal": "x"}}, picks=PICKS, pickable=KNOWN) == [("sings",)]
    assert places_wrong(FROM, {"space": {"gaol": "x"}}, picks=PICKS, pickable=KNOWN) == [("space", "gaol")]


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({}, []),
        (
            {
                "mon": {
                    "step": "x",
                    "who": {"other": "Ana"},
                    "hours": 1,
                    "due": dt.date(2026, 1, 1),
                    "sure": False,
                }
            },
            [],
        ),
        ({"mon": {}}, []),
        ([{"step": "x"}], [()]),
        ("x", [()]),
        ({"wed": {"step": "x"}}, [("wed",)]),
        ({"mon": "x"}, [("mon",)]),
        ({"mon": {"setp": "x"}}, [("mon", "setp")]),
        (
            {"mon": {"step": 1, "who": "they", "hours": True}, "tue": {"due": "soon", "sure": 1}},
            [("mon", "step"), ("mon", "who"), ("mon", "hours"), ("tue", "due"), ("tue", "sure")],
        ),
        ({"mon": {"who": {"other": 1}}}, [("mon", "who", "other")]),
        ({"mon": {"step": {"not-answered": "skipped"}}}, [("mon", "step")]),
    ],
)
def test_problems_in_fixed_rows(value: object, wrong: list[tuple[str, ...]]) -> None:
    assert places_wrong(FIXED, value) == wrong


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ([], []),
        ([ONE, {"tel": "2"}], []),
        ({"row-1": {"name": "x"}}, [()]),
        (["x"], [(0,)]),
        ([{"nmae": "x"}, {"name": 1}], [(0, "nmae"), (1, "name")]),
        ([{"name": "x", "id": "mon"}], [(0, "id")]),
        ([{"name": "x", "id": 1}], [(0, "id")]),
        ([ONE, ONE], [()]),
        ([{"name": "a"}, {"name": "b"}, {"name": "c"}], [()]),
    ],
)
def test_problems_in_added_rows(value: object, wrong: list[tuple[str | int, ...]]) -> None:
    assert places_wrong(ADDED, value) == wrong


def test_what_is_still_needed() -> None:
    assert (
        FIXED.unmet({"mon": {"step": "x"}, "tue": {"who": "me"}}, around()) == "Tuesday: “Step?” is needed."
    )
    assert FIXED.unmet({"mon": {"step": "x"}, "tue": {"step": "y"}}, around()) == ""
    assert NAMES.unmet([{"name": "Ana", "id": "row-1"}], around()) == "Give at least 2 rows."
    assert NAMES.unmet([{"name": "Ana", "id": "row-1"}, TWO], around()) == ADDED.unmet([], around()) == ""


def test_it_shows_a_table_with_row_heads_only_where_rows_have_names() -> None:
    value: Value = {"tue": {"who": "you", "sure": True}, "mon": {"step": "Swap\nagain", "hours": 2.0}}
    assert FIXED.show(value, around()) == (
        Table(
            ("", "Step?", "Who?", "Hours?", "Due?", "Sure?"),
            (("Monday", "Swap\nagain", "", "2", "", ""), ("Tuesday", "", "You", "", "", "yes")),
            row_heads=True,
        ),
    )
    assert FIXED.brief(value, around()) == "Monday: Swap again, 2; Tuesday: You, yes"
    assert ADDED.show([ONE, TWO], around()) == (Table(("Name?", "Tel?"), (("Ana", "1"), ("Joy", ""))),)


def test_an_added_row_is_called_by_its_first_cell_once() -> None:
    assert ADDED.brief([ONE, TWO], around()) == "Ana: 1; Joy"
    assert ADDED.brief([{"tel": "1", "id": "row-1"}], around()) == "Row 1: 1"
    long = "a name " * 20
    assert ADDED.brief([{"name": long, "tel": "1", "id": "row-1"}], around()) == f"{long.strip()}: 1"
    assert FIXED.brief({"mon": {"step": "Monday", "hours": 2}}, around()) == "Monday: Monday, 2"


def test_offers_are_the_words_of_the_cells() -> None:
    value: Value = {"mon": {"step": "Swap", "who": "me"}, "tue": {"step": "Call"}}
    found = list(FIXED.offers(value, around()))
    assert [(offer.address, offer.step, offer.about, offer.level) for offer in found] == [
        ("it.mon.step", "Swap", "Monday", "me"),
        ("it.tue.step", "Call", "Tuesday", None),
    ]
    (offer,) = NAMES.offers([{"name": "Ana", "id": "row-4"}], around())
    assert (offer.address, offer.step, offer.about) == ("it.row-4.name", "Ana", "What?")


def test_a_not_answer_is_the_whole_tables() -> None:
    taken = FIXED.take_not_answer(("mon", "who"), "dont-know", None)
    assert (taken.value, taken.next) == ({"not-answered": "dont-know"}, DONE)


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        ("columns = []", "columns"),
        ('columns = [{ id = "a", ask = "?", kind = "plan" }]', "columns[1].kind"),
        ('columns = [{ id = "a", ask = "?", kind = "rating" }]', "columns[1]"),
        ('columns = [{ id = "a", ask = "?", kind = "choice" }]', "columns[1]"),
        (f'columns = [{{ id = "a", ask = "?", options = {things("b")} }}]', "columns[1]"),
        ('columns = [{ id = "a", ask = "?", kind = "number", other = true }]', "columns[1]"),
        ('columns = [{ id = "a", ask = "?", kind = "date", offer = true }]', "columns[1]"),
        ('columns = [{ id = "a", ask = "?", kind = "number", offer = true }]', "columns[1]"),
        (f'columns = [{{ id = "a", ask = "?" }}], rows = {things("b")}, rows_from = "areas"', ""),
        (f'columns = [{{ id = "a", ask = "?" }}], rows = {things("b")}, min = 1', ""),
        ('columns = [{ id = "a", ask = "?" }], rows_from = "areas", max = 1', ""),
        ('columns = [{ id = "a", ask = "?" }], min = 2, max = 1', ""),
        ('columns = [{ id = "a", ask = "?" }], rows_from = "words"', "rows_from"),
        ('columns = [{ id = "a", ask = "?" }], rows_from = "it"', "rows_from"),
        ('columns = [{ id = "a", ask = "?" }], rows_from = "aeras"', "rows_from"),
    ],
)
def test_mistakes(keys: str, wrong: str) -> None:
    above = (f'id = "areas", kind = "choices", options = {things("space")}', 'id = "words", kind = "text"')
    (found,) = mistakes_in(worksheet_text(*above, f'id = "it", kind = "table", {keys}'))
    assert found.key == f"sections[1].prompts[3].{wrong}".removesuffix(".")
