"""Records: everything that was given is a row or a field, in lasting columns, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import NOW, OPEN, response_for, things, worksheet_of
from libwell.export.json import to_json
from libwell.model.response import Person, Retired
from libwell.rules.privacy import for_audience
from libwell.rules.records import (
    ANSWER_COLUMNS,
    PLAN_COLUMNS,
    answers_sheet,
    plan_sheet,
    response_data,
)

if TYPE_CHECKING:
    from libwell.model.sheet import Sheet
    from libwell.model.worksheet import Worksheet

SCALE = 'scale = { min = 0, max = 3, labels = ["low", "some", "more", "high"] }'
PLAN = 'id = "plan", kind = "plan"'


def excerpt_of(worksheet: Worksheet, answers: str = "", *, private: bool = False, **changes: Any) -> Any:
    return for_audience(response_for(worksheet, answers, **changes), worksheet, private=private)


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows by column."""
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


def answered(keys: str, answer: str, *others: str) -> list[dict[str, Any]]:
    """The rows of one prompt called `it`, as they differ from row to row."""
    worksheet = worksheet_of(*others, f'id = "it", ask = "What\\nis it?", {keys}')
    rows = rows_of(answers_sheet(excerpt_of(worksheet, answer)))
    mine = [row for row in rows if row["prompt"] == "it"]
    assert {(row["question"], row["section"], row["section_title"]) for row in mine} <= {
        ("What is it?", "first", "First")
    }
    return [
        {name: row[name] for name in TOLD if row[name] is not None and row[name] is not False} for row in mine
    ]


TOLD = ("item", "mark", "value", "number", "text", "item_text", "mark_text", "not_answered", "own")


# --- answers --------------------------------------------------------------------------------------


def test_the_columns_are_these_and_new_ones_come_at_the_end() -> None:
    assert ANSWER_COLUMNS[:7] == ("response", "worksheet", "section", "prompt", "item", "mark", "value")
    assert ANSWER_COLUMNS[7:23] == (
        *("number", "text", "item_text", "mark_text", "question", "section_title", "kind", "not_answered"),
        *("own", "private", "retired", "title", "version", "team", "library", "completed"),
    )
    assert PLAN_COLUMNS[:20] == (
        *("response", "action", "worksheet", "step", "status", "who", "due", "level", "know", "notes"),
        *("from", "question", "private", "changed", "title", "version", "name", "team", "library"),
        "completed",
    )


def test_every_row_says_whose_answer_it_is_to_what() -> None:
    worksheet = worksheet_of('id = "it", kind = "text"')
    person = Person(name="Ana", team="Branch 4", library="Riverside")
    (row,) = rows_of(
        answers_sheet(excerpt_of(worksheet, 'it = "Words."', person=person, completed=NOW.date()))
    )
    assert row == {
        "response": "test-2026-11-21-k3f9",
        "worksheet": "test",
        "section": "first",
        "prompt": "it",
        "item": None,
        "mark": None,
        "value": "Words.",
        "number": None,
        "text": "Words.",
        "item_text": None,
        "mark_text": None,
        "question": "What?",
        "section_title": "First",
        "kind": "text",
        "not_answered": None,
        "own": True,
        "private": False,
        "retired": False,
        "title": "Test",
        "version": "1.0",
        "team": "Branch 4",
        "library": "Riverside",
        "completed": NOW.date(),
        "score": None,
    }


def test_a_text_is_its_own_value_line_feeds_and_all() -> None:
    assert answered('kind = "text"', 'it = "one\\n\\n  two"') == [
        {"value": "one\n\n  two", "text": "one\n\n  two", "own": True}
    ]


def test_yes_and_no_are_true_and_false() -> None:
    assert answered('kind = "yes-no"', "it = false") == [{"value": "false", "text": "no"}]


def test_a_number_is_a_number_and_a_text() -> None:
    keys = 'kind = "number", unit = "chairs"'
    assert answered(keys, "it = 3") == [{"value": "3", "number": 3, "text": "3 chairs"}]
    assert answered(keys, "it = -2.50") == [{"value": "-2.5", "number": -2.5, "text": "-2.5 chairs"}]


def test_a_number_that_a_float_can_not_hold_stands_in_words_alone() -> None:
    huge = 10**400
    keys = f'kind = "rating", scale = {{ min = {huge}, max = {huge + 1}, labels = ["low", "high"] }}'
    (row,) = answered(keys, f"it = {huge}")
    assert row["value"] == str(huge)
    assert "number" not in row


def test_a_day_is_a_text() -> None:
    assert answered('kind = "date"', "it = 2026-12-01") == [
        {"value": "2026-12-01", "text": "Tuesday, December 1, 2026"}
    ]


def test_a_pick_is_an_item_that_is_true() -> None:
    keys = f'kind = "choice", options = {things("branch", "home")}, other = true'
    assert answered(keys, 'it = "home"') == [
        {"item": "home", "value": "true", "text": "Home", "item_text": "Home"}
    ]
    own = {"item": "other-1", "value": "true", "text": "a bus", "item_text": "a bus", "own": True}
    assert answered(keys, 'it = { other = "a bus" }') == [own]
    several = answered(keys.replace('"choice"', '"choices"'), 'it = [{ other = "a bus" }, "branch"]')
    assert [row["item"] for row in several] == ["branch", "other-1"]


def test_a_rating_is_a_point_or_a_point_an_item() -> None:
    assert answered(f'kind = "rating", {SCALE}', "it = 2") == [
        {"value": "2", "number": 2, "text": "2 of 3, more"}
    ]
    keys = f'kind = "rating", {SCALE}, items = {things("calm", "signs")}, not_answers = ["dont-know"]'
    assert answered(keys, 'it = { calm = 0, signs = { not-answered = "dont-know" } }') == [
        {"item": "calm", "value": "0", "number": 0, "text": "0 of 3, low", "item_text": "Calm"},
        {"item": "signs", "text": "don't know", "item_text": "Signs", "not_answered": "dont-know"},
    ]


def test_a_checklist_has_a_row_for_each_mark_on_each_item() -> None:
    keys = f'kind = "checklist", marks = {things("well", "better")}, items = {things("breaks", "thanks")}'
    rows = answered(
        f"{keys}, add_items = true",
        'it = { well = ["breaks"], better = ["breaks", { other = "a quiet room" }] }',
    )
    assert [(row["item"], row["mark"], row["value"]) for row in rows] == [
        ("breaks", "well", "true"),
        ("breaks", "better", "true"),
        ("other-1", "better", "true"),
    ]
    assert rows[2]["item_text"] == "a quiet room"
    assert (rows[2]["mark_text"], rows[2]["own"]) == ("Better", True)
    assert "own" not in rows[0]


def test_a_list_has_a_row_for_each_entry() -> None:
    assert answered('kind = "list"', 'it = ["first", "second"]') == [
        {"item": "1", "value": "first", "text": "first", "own": True},
        {"item": "2", "value": "second", "text": "second", "own": True},
    ]


COLUMNS = f"""columns = [
  {{ id = "name", ask = "Who?" }},
  {{ id = "near", ask = "Where?", kind = "choice", options = {things("here", "there")}, other = true }},
  {{ id = "many", ask = "How many?", kind = "number" }},
]"""


def test_a_table_has_a_row_for_each_cell() -> None:
    rows = answered(f'kind = "table", {COLUMNS}', 'it = [{ name = "Joy", near = "here", many = 4 }]')
    assert [(row["item"], row["mark"], row["value"], row["text"]) for row in rows] == [
        ("row-1", "name", "Joy", "Joy"),
        ("row-1", "near", "here", "Here"),
        ("row-1", "many", "4", "4"),
    ]
    assert [row["mark_text"] for row in rows] == ["Who?", "Where?", "How many?"]
    assert rows[2]["number"] == 4
    fixed = answered(
        f'kind = "table", rows = {things("monday")}, {COLUMNS}',
        'it = { monday = { near = { other = "on the bus" } } }',
    )
    words = {"value": "on the bus", "text": "on the bus", "own": True}
    assert fixed == [
        {"item": "monday", "mark": "near", "item_text": "Monday", "mark_text": "Where?", **words}
    ]


@pytest.mark.parametrize(
    ("reason", "text"),
    [("skipped", "skipped"), ("prefer-not-to-say", "prefer not to say"), ("dont-know", "don't know")],
)
def test_a_not_answer_is_a_row_without_a_value(reason: str, text: str) -> None:
    rows = answered('kind = "text", not_answers = ["dont-know"]', f'it = {{ not-answered = "{reason}" }}')
    assert rows == [{"text": text, "not_answered": reason}]


def test_what_was_not_reached_has_no_row_and_an_answer_with_nothing_in_it_has_one() -> None:
    keys = f'kind = "checklist", marks = {things("well")}, items = {things("breaks")}'
    assert answered(keys, "") == []
    assert answered(keys, "it = { well = [] }") == [{}]


def test_what_is_private_says_so_and_is_there_only_if_asked_for() -> None:
    worksheet = worksheet_of('id = "open", kind = "text"', 'id = "own", kind = "text", private = true')
    answers = 'open = "a"\nown = "b"'
    assert [row["prompt"] for row in rows_of(answers_sheet(excerpt_of(worksheet, answers)))] == ["open"]
    own = rows_of(answers_sheet(excerpt_of(worksheet, answers, private=True)))
    assert [(row["prompt"], row["private"]) for row in own] == [("open", False), ("own", True)]


def test_answers_set_aside_come_last_with_their_question_and_their_version() -> None:
    worksheet = worksheet_of('id = "it", kind = "text"')
    retired = {
        "gone": Retired(
            ask="Was\nit so?", kind="choice", version="0.9", private=False, said="Home", answer="h"
        ),
        "older": Retired(prompt="it", ask="And this?", private=True, answer={"m": ["x", {"other": "y"}]}),
        "none": Retired(ask="Or that?", private=True, answer={"not-answered": "dont-know"}),
        "odd": Retired(ask="Odd?", private=True, answer={"not-answered": ["x"]}),
    }
    rows = rows_of(answers_sheet(excerpt_of(worksheet, 'it = "a"', private=True, retired=retired)))
    assert [row["retired"] for row in rows] == [False, True, True, True, True]
    names = ("prompt", "question", "version", "kind", "value", "not_answered", "private")
    assert [tuple(row[name] for name in names) for row in rows[1:]] == [
        ("gone", "Was it so?", "0.9", "choice", "Home", None, False),
        ("it", "And this?", None, None, "m: x; other: y", None, True),
        ("none", "Or that?", None, None, None, "dont-know", True),
        ("odd", "Odd?", None, None, "not-answered: x", None, True),
    ]
    assert len(rows_of(answers_sheet(excerpt_of(worksheet, 'it = "a"', retired=retired)))) == 1


# --- the plan -------------------------------------------------------------------------------------

ACTIONS = """
[[actions]]
id = "a1"
step = "Ask for an hour"
who = "Ana"
due = 2027-01-15
level = "team"
know = "On the roster"
notes = "With Joy"
from = "it.x"
status = "done"
changed = 2026-11-20
[[actions]]
id = "a2"
step = "Go home on time"
due = "end of term"
private = true
"""


def test_an_action_is_a_row() -> None:
    worksheet = worksheet_of('id = "it", ask = "Which\\nof them?", kind = "text"', PLAN)
    person = Person(name="Ana", team="Branch 4", library="Riverside")
    own = excerpt_of(worksheet, ACTIONS, private=True, person=person, completed=NOW.date())
    first, second = rows_of(plan_sheet(own))
    assert {name: str(value) for name, value in first.items()} == {
        "response": "test-2026-11-21-k3f9",
        "action": "k3f9.a1",
        "worksheet": "test",
        "step": "Ask for an hour",
        "status": "done",
        "who": "Ana",
        "due": "2027-01-15",
        "level": "team",
        "know": "On the roster",
        "notes": "With Joy",
        "from": "it.x",
        "question": "Which of them?",
        "private": "False",
        "changed": "2026-11-20",
        "title": "Test",
        "version": "1.0",
        "name": "Ana",
        "team": "Branch 4",
        "library": "Riverside",
        "completed": "2026-11-21",
    }
    assert (second["due"], second["private"], second["who"], second["from"]) == (
        "end of term",
        True,
        None,
        None,
    )
    assert [row["action"] for row in rows_of(plan_sheet(excerpt_of(worksheet, ACTIONS)))] == ["k3f9.a1"]


# --- as data --------------------------------------------------------------------------------------


def test_data_holds_the_value_what_was_given_and_the_words_of_an_answer() -> None:
    keys = f'kind = "checklist", marks = {things("well")}, items = {things("breaks")}'
    worksheet = worksheet_of(f'id = "it", {keys}', head=f'{OPEN}\nsources = [{{ title = "A book" }}]')
    data = response_data(excerpt_of(worksheet, 'it = { well = ["breaks"] }'))
    given = {"item": "breaks", "item_text": "Breaks", "mark": "well", "mark_text": "Well", "value": True}
    assert data["answers"] == [
        {
            "id": "it",
            "title": "What?",
            "section": "first",
            "kind": "checklist",
            "private": False,
            "value": [{"id": "well", "value": ["breaks"]}],
            "not_answered": None,
            "given": [{**given, "text": "Well", "own": False, "not_answered": None}],
            "text": "Well\nBreaks",
        }
    ]
    assert data["sections"] == [{"id": "first", "title": "First"}]
    assert data["worksheet"] == {"id": "test", "version": "1.0", "title": "Test", "language": "en"}
    assert [(source["title"], source["role"]) for source in data["sources"]] == [("A book", "source")]


def test_the_words_of_a_table_are_its_lines() -> None:
    worksheet = worksheet_of(f'id = "it", kind = "table", rows = {things("monday")}, {COLUMNS}')
    (answer,) = response_data(excerpt_of(worksheet, 'it = { monday = { name = "Joy", many = 2 } }'))[
        "answers"
    ]
    assert answer["text"] == " | Who? | Where? | How many?\nMonday | Joy |  | 2"


def test_a_question_without_an_answer_is_in_the_data_too() -> None:
    worksheet = worksheet_of('id = "it", kind = "text"', 'id = "that", kind = "text"')
    answers = response_data(excerpt_of(worksheet, 'it = { not-answered = "skipped" }'))["answers"]
    names = ("value", "not_answered", "given", "text")
    assert [[dict(one)[name] for name in names] for one in answers] == [
        [None, "skipped", [], "skipped"],
        [None, None, [], None],
    ]


def test_no_id_is_ever_a_key() -> None:
    worksheet = worksheet_of(
        f'id = "some-rows", kind = "table", rows = {things("some-row")}, {COLUMNS}',
        f'id = "some-items", kind = "rating", {SCALE}, items = {things("some-item")}',
    )
    data = response_data(
        excerpt_of(worksheet, 'some-rows = { some-row = { name = "x" } }\nsome-items = { some-item = 1 }')
    )
    text = to_json(data)
    assert json.loads(text) == data
    assert not [
        name for name in ("some-rows", "some-row", "some-items", "some-item") if f'"{name}": ' in text
    ]
