"""Rows of a table: those a person adds beside others, and those made of what was rated or marked above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import (
    SHARED_ID,
    around,
    exported,
    hear,
    keys_at,
    mistakes_in,
    places_wrong,
    prompt_of,
    reopened,
    response_for,
    take,
    things,
    walk_for,
    worksheet_of,
    worksheet_text,
)
from libwell.kinds.steps import NEW
from libwell.model.document import Table
from libwell.model.response import Sharing
from libwell.rules.answers import missing, problems
from libwell.rules.asked_now import asked
from libwell.rules.changing import carry_over
from libwell.rules.sharing import Wish, shared_copy
from libwell.storage.definitions import definition_of

if TYPE_CHECKING:
    from libwell.kinds.values import Value
    from libwell.model.worksheet import Worksheet

MET = '{ id = "met", ask = "Met?", kind = "yes-no" }'
DOORS = f"""id = "doors", kind = "table", add_rows = true, rows = {things("front", "back")},
    columns = [{MET}, {{ id = "why", ask = "Why not?", when = {{ column = "met", is = false }} }}]"""
SIDE: Value = {"front": {"met": True}, "row-1": {"row": "Side door", "met": False, "why": "Stairs"}}


# --- added beside others --------------------------------------------------------------------------


def test_a_row_is_added_by_its_name_and_then_asked_like_the_others() -> None:
    doors = prompt_of(DOORS)
    assert keys_at(doors) == [("front", "met"), ("back", "met"), (NEW, "row")]
    *_, new = doors.steps(None, around())
    assert (new.label, new.hint) == ("A row of your own: what is it called?", "Enter if there is none.")
    named = take(doors, "Side door", {"front": {"met": True}}, key=(NEW, "row"))
    assert named.value == {"front": {"met": True}, "row-1": {"row": "Side door"}}
    assert named.next == ("row-1", "met")
    met = take(doors, "n", named.value, key=("row-1", "met"), last_own=1)
    steps = doors.steps(met.value, around())
    assert [step.label for step in steps[2:]] == [
        "Side door: what is it called?",
        "Side door: met?",
        "Side door: why not?",
        "A row of your own: what is it called?",
    ]
    assert steps[-1].hint == "Enter if there are no more."


def test_numbers_of_added_rows_are_never_given_again() -> None:
    walk = hear(walk_for(worksheet_of(DOORS)), ":skip row", ":skip row", "Side door", "", "Roof", "")
    side, roof = {"row-1": {"row": "Side door"}}, {"row-2": {"row": "Roof"}}
    assert walk.response.answers["doors"] == side | roof
    walk = reopened(hear(walk, ":go doors", ":skip row", ":skip row", ":skip row", "-"))
    assert walk.response.answers["doors"] == side
    assert hear(walk, "Cellar").response.answers["doors"] == side | {"row-3": {"row": "Cellar"}}


def test_a_row_that_was_emptied_is_gone_and_the_next_one_is_asked() -> None:
    doors = prompt_of(DOORS)
    value: Value = {"row-1": {"row": "Side door"}, "row-2": {"row": "Roof", "met": True}}
    first = doors.empty(("row-1", "row"), value, around())
    assert (first.value, first.next) == ({"row-2": {"row": "Roof", "met": True}}, ("row-2", "row"))
    last = doors.empty(("row-2", "row"), {"row-2": {"row": "Roof"}}, around())
    assert (last.value, last.next) == (None, (NEW, "row"))
    nameless = doors.empty(("row-2", "row"), value, around()).value
    assert nameless == {"row-1": {"row": "Side door"}, "row-2": {"met": True}}
    assert doors.unmet(nameless, around()) == "Row 2: “What is it called?” is needed."


def test_an_added_row_is_shown_and_given_in_the_persons_own_words() -> None:
    doors = prompt_of(DOORS)
    assert doors.brief(SIDE, around()) == "Front: yes; Side door: no, Stairs"
    (table,) = doors.show(SIDE, around())
    assert isinstance(table, Table)
    assert table.rows == (("Front", "yes", ""), ("Side door", "no", "Stairs"))
    (_, name, met, why) = doors.given(SIDE, around())
    assert (name.item, name.mark, name.value, name.written) == ("row-1", "row", "Side door", True)
    assert (met.about, met.value, met.is_own) == ("Side door", False, True)
    assert why.written


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (SIDE, []),
        ({"row-7": {"met": True}}, []),
        ({"row-0": {"row": "x"}}, [("row-0",)]),
        ({"side": {"row": "x"}}, [("side",)]),
        ({"front": {"row": "x"}}, [("front", "row")]),
        ({"row-1": {"row": 1, "mte": True}}, [("row-1", "row"), ("row-1", "mte")]),
        ([{"row": "x"}], [()]),
    ],
)
def test_problems_in_added_rows(value: object, wrong: list[tuple[str, ...]]) -> None:
    assert places_wrong(prompt_of(DOORS), value) == wrong


def test_rows_are_added_only_where_the_worksheet_says_so() -> None:
    assert places_wrong(prompt_of(DOORS.replace("add_rows = true, ", "")), SIDE) == [("row-1",)]


def test_a_name_stays_at_home_unless_own_words_may_leave() -> None:
    worksheet = worksheet_of(DOORS)
    response = response_for(
        worksheet, 'doors = { row-1 = { row = "Side door", met = false, why = "Stairs" } }'
    )
    sharing = Sharing(shared_id=SHARED_ID, revision=1, pseudonym="Amber Heron")
    least, most = (
        shared_copy(
            response, worksheet, Wish(with_text=told), sharing=sharing, definition=definition_of(worksheet)
        ).answers["doors"]
        for told in (False, True)
    )
    assert least == {"row-1": {"met": False}}
    assert most == response.answers["doors"]
    assert places_wrong(worksheet.sections[0].prompts[0], least) == []


def test_added_rows_stay_where_other_rows_come_from_somewhere_else() -> None:
    before, after = (
        worksheet_of(
            f'id = "one", kind = "choices", other = true, options = {things("front")}',
            f'id = "two", kind = "choices", other = true, options = {things("front")}',
            DOORS.replace(f"rows = {things('front', 'back')}", f'rows_from = "{source}"'),
        )
        for source in ("one", "two")
    )
    answers = """
        one = ["front", { other = "Roof", id = "other-1" }]
        doors = { other-1 = { met = true }, row-2 = { row = "Side door", met = true } }
    """
    carried = carry_over(response_for(before, answers), before, after)
    assert carried.response.answers["doors"] == {"row-2": {"row": "Side door", "met": True}}


def test_added_rows_keep_apart_from_own_entries_that_make_rows() -> None:
    worksheet = worksheet_of(
        f'id = "areas", kind = "choices", other = true, options = {things("space")}',
        f'id = "it", kind = "table", rows_from = "areas", add_rows = true, columns = [{MET}]',
    )
    answers = """
        areas = [{ other = "Quiet" }]
        it = { other-1 = { met = true }, row-1 = { row = "Light", met = false } }
    """
    response = response_for(worksheet, answers)
    assert problems(worksheet, response) == []
    shown = exported(worksheet, response)
    assert "| Quiet | yes |" in shown
    assert "| Light | no |" in shown


# --- made of what was rated or marked -------------------------------------------------------------

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "ready"] }'
READY = f"""id = "ready", kind = "rating", {SCALE}, not_answers = ["dont-know"], items = [
    {{ id = "staff", text = "Staff", suggest = "Ask who would", level = "me" }},
    {{ id = "light", text = "Light" }}, {{ id = "door", text = "Door" }}]"""
THINGS = f"""id = "things", kind = "checklist", add_items = true, items = {things("lamp", "chair")},
    marks = {things("well", "improve")}"""
IDEA = 'columns = [{ id = "idea", ask = "What could we try?" }]'


def raised(bounds: str) -> Worksheet:
    return worksheet_of(READY, f'id = "raise", kind = "table", rows_from = "ready", {bounds}, {IDEA}')


def rows_asked(worksheet: Worksheet, answers: str) -> list[str]:
    last = asked(worksheet, response_for(worksheet, answers))[-1]
    return [step.key[0] for step in last.prompt.steps(last.kept, last.around)]


@pytest.mark.parametrize(
    ("bounds", "rows"),
    [
        ("rated_at_most = 1", ["staff", "light"]),
        ("rated_at_least = 1", ["light", "door"]),
        ("rated_at_least = 1, rated_at_most = 2", ["light"]),
    ],
)
def test_rows_are_what_was_rated_so(bounds: str, rows: list[str]) -> None:
    assert rows_asked(raised(bounds), "ready = { staff = 0, light = 1, door = 3 }") == rows


def test_a_not_answer_makes_no_row() -> None:
    answers = 'ready = { staff = { not-answered = "dont-know" }, light = 0 }'
    assert rows_asked(raised("rated_at_most = 3"), answers) == ["light"]
    assert rows_asked(raised("rated_at_most = 3"), 'ready = { not-answered = "dont-know" }') == []


def test_a_rating_that_no_longer_qualifies_keeps_its_row_and_hides_it() -> None:
    worksheet = raised("rated_at_most = 1")
    answers = 'raise = { staff = { idea = "Evening hours" } }'
    low, high = (response_for(worksheet, f"ready = {{ staff = {point} }}\n{answers}") for point in (1, 2))
    assert problems(worksheet, low) == problems(worksheet, high) == []
    assert "Evening hours" in exported(worksheet, low)
    assert "Evening hours" not in exported(worksheet, high)
    walk = hear(walk_for(worksheet, f"ready = {{ staff = 2 }}\n{answers}", at="ready.staff"), "1")
    assert "Evening hours" in exported(worksheet, walk.response)


def test_what_a_person_rated_in_their_own_words_makes_a_row_too() -> None:
    own = f'id = "own", kind = "rating", {SCALE}, add_items = true'
    worksheet = worksheet_of(own, f'id = "it", kind = "table", rows_from = "own", rated_at_most = 1, {IDEA}')
    answers = 'own = { ":own" = [{ other = "Roof", point = 1 }, { other = "Bells", point = 3 }] }'
    assert rows_asked(worksheet, answers) == ["other-1"]


@pytest.mark.parametrize(
    ("marked", "rows"), [("", ["lamp", "chair", "other-1"]), (', marked = "improve"', ["chair", "other-1"])]
)
def test_rows_are_what_was_marked_so(marked: str, rows: list[str]) -> None:
    worksheet = worksheet_of(THINGS, f'id = "mend", kind = "table", rows_from = "things"{marked}, {IDEA}')
    answers = 'things = { well = ["lamp"], improve = ["chair", { other = "Blinds" }] }'
    assert rows_asked(worksheet, answers) == rows


def test_a_row_has_the_first_step_of_the_item_it_is() -> None:
    worksheet = raised("rated_at_most = 1")
    last = asked(worksheet, response_for(worksheet, "ready = { staff = 0 }"))[-1]
    (offer,) = last.prompt.row_offers({}, last.around)
    assert (offer.address, offer.step, offer.about, offer.level) == (
        "raise.staff",
        "Ask who would",
        "Staff",
        "me",
    )


def test_a_table_below_a_private_rating_is_private() -> None:
    worksheet = worksheet_of(
        f"{READY}, private = true",
        f'id = "raise", kind = "table", rows_from = "ready", rated_at_most = 1, {IDEA}',
    )
    answers = 'ready = { staff = 0 }\nraise = { staff = { idea = "Evening hours" } }'
    response = response_for(worksheet, answers)
    assert "Evening hours" not in exported(worksheet, response)
    assert "Evening hours" in exported(worksheet, response, private=True)


def test_what_was_needed_of_rows_that_are_hidden_is_not_missed() -> None:
    columns = IDEA.replace("ask =", "required = true, ask =")
    worksheet = worksheet_of(
        READY, f'id = "r", kind = "table", rows_from = "ready", rated_at_most = 1, {columns}'
    )
    answers = 'ready = { staff = 0, light = 3 }\nr = { staff = { idea = "x" }, light = {} }'
    assert missing(asked(worksheet, response_for(worksheet, answers))) == []


@pytest.mark.parametrize(
    ("keys", "wrong", "remedy"),
    [
        ('rows_from = "ready"', "rows_from", "Write rated_at_most = 0, or rated_at_least, beside it."),
        (
            'rows_from = "ready", rated_at_most = 4',
            "rated_at_most",
            "Its scale goes from 0 to 3, in whole points.",
        ),
        (
            'rows_from = "ready", rated_at_most = 1, marked = "well"',
            "marked",
            "Leave it out, or take rows from a checklist.",
        ),
        ('rows_from = "ready", rated_at_most = 1, rated_at_least = 2', "", ""),
        ('rows_from = "one", rated_at_most = 1', "rows_from", "Name a rating with items."),
        (
            'rows_from = "things", rated_at_most = 1',
            "rated_at_most",
            "Leave it out, or take rows from a rating.",
        ),
        ('rows_from = "things", marked = "imporve"', "marked", "Did you mean improve?"),
        ("rated_at_most = 1", "", ""),
        ("add_rows = true", "", ""),
        (f"add_rows = true, rows = {things('a')}, min = 1", "", ""),
    ],
)
def test_mistakes(keys: str, wrong: str, remedy: str) -> None:
    above = (READY, f'id = "one", kind = "rating", {SCALE}', THINGS)
    (found,) = mistakes_in(worksheet_text(*above, f'id = "it", kind = "table", {keys}, {IDEA}'))
    assert found.key == f"sections[1].prompts[4].{wrong}".removesuffix(".")
    assert found.remedy == remedy


def test_no_options_come_from_a_rating() -> None:
    (found,) = mistakes_in(worksheet_text(READY, 'id = "it", kind = "choice", options_from = "ready"'))
    assert (found.key, found.remedy) == (
        "sections[1].prompts[2].options_from",
        "Name a choice, choices or checklist.",
    )


def test_a_column_is_not_called_as_the_name_of_added_rows_is() -> None:
    columns = 'columns = [{ id = "row", ask = "?" }]'
    (found,) = mistakes_in(
        worksheet_text(f'id = "it", kind = "table", add_rows = true, rows = {things("a")}, {columns}')
    )
    assert found.message == "with add_rows row is what an added row is called: rename that column."
    assert mistakes_in(worksheet_text(f'id = "it", kind = "table", rows = {things("a")}, {columns}')) == []
