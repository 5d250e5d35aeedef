"""Columns of a table: ratings, numbers with bounds, conditions among the cells of a row, and totals."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    around,
    asked_ids,
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
from libwell.errors import CannotReadError
from libwell.rules.answers import missing
from libwell.rules.asked_now import asked
from libwell.rules.checking.hints import answers_hints
from libwell.rules.privacy import for_audience
from libwell.rules.records import response_data

if TYPE_CHECKING:
    from libwell.kinds.values import Value

SCALE = 'scale = { min = 0, max = 2, labels = ["not begun", "tried", "in place"] }'
ROWS = 'rows = [{ id = "calm", text = "A calm room" }, { id = "signs", text = "Kind signs" }]'
LEVELS = f"""id = "levels", kind = "table", {ROWS}, columns = [
    {{ id = "now", ask = "Now", kind = "rating", {SCALE} }},
    {{ id = "target", ask = "In a year", kind = "rating", {SCALE} }} ]"""
AUDIT = f"""id = "audit", kind = "table", {ROWS}, columns = [
    {{ id = "met", ask = "Met?", kind = "choice", options = {things("yes", "partly", "no")} }},
    {{ id = "proof", ask = "What shows it?", required = true,
        when = {{ column = "met", is = ["yes", "partly"] }} }},
    {{ id = "far", ask = "How far?", kind = "rating", {SCALE}, when = {{ column = "met", is = "partly" }} }},
    {{ id = "why", ask = "Why?", when = {{ column = "far", is = [0, 1] }} }} ]"""
POINTS = 'id = "points", ask = "Points?", kind = "number", min = 0, max = 100, step = 1, unit = "points"'
BUDGET = f"""id = "budget", kind = "table", {ROWS}, total = {{ column = "points", is = 100 }},
    columns = [{{ {POINTS} }}, {{ id = "why", ask = "Why?" }}]"""


# --- ratings --------------------------------------------------------------------------------------


def test_a_cell_is_rated_and_said_like_a_rating() -> None:
    levels = prompt_of(LEVELS)
    assert keys_at(levels) == [(row, name) for row in ("calm", "signs") for name in ("now", "target")]
    taken = take(levels, "tri", key=("calm", "now"))
    assert (taken.value, taken.said) == ({"calm": {"now": 1}}, "1 of 2, tried.")
    with pytest.raises(CannotReadError, match="from 0 to 2"):
        take(levels, "3", key=("calm", "now"))
    assert places_wrong(levels, {"calm": {"now": 3, "target": True}}) == [("calm", "now"), ("calm", "target")]
    value: Value = {"calm": {"now": 0, "target": 2}}
    assert levels.brief(value, around()) == "A calm room: Now 0 of 2, not begun / In a year 2 of 2, in place"
    assert [(one.item, one.mark, one.value) for one in levels.given(value, around())] == [
        ("calm", "now", 0),
        ("calm", "target", 2),
    ]
    assert levels.without_words(value) == value


def test_a_scale_and_short_options_are_one_line_that_all_cells_have_in_common() -> None:
    (now, target, *_), (met, *_) = (
        prompt_of(keys).steps({"calm": {"met": "yes"}}, around()) for keys in (LEVELS, AUDIT)
    )
    points = "0 is not begun, 1 is tried, 2 is in place. Type a number from 0 to 2."
    assert now.hint == target.hint == points
    assert met.hint == "1 is Yes, 2 is Partly, 3 is No. Type a number from 1 to 3."
    assert (now.lines, met.lines) == ((), ())


def test_rated_cells_are_numbers_in_records() -> None:
    worksheet = worksheet_of(LEVELS)
    excerpt = for_audience(
        response_for(worksheet, "levels = { calm = { now = 1 } }"), worksheet, private=False
    )
    (given,) = response_data(excerpt)["answers"][0]["given"]
    assert (given["mark"], given["value"], given["text"]) == ("now", 1, "1 of 2, tried")


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["-1", "101", "2.5", "many"])
def test_numbers_keep_within_their_bounds_and_steps(text: str) -> None:
    budget = prompt_of(BUDGET)
    with pytest.raises(CannotReadError, match=r"a whole number from 0 to 100 \(points\)"):
        take(budget, text, key=("calm", "points"))
    assert take(budget, "40", key=("calm", "points")).value == {"calm": {"points": 40}}
    assert places_wrong(budget, {"calm": {"points": 101}}) == [("calm", "points")]
    assert budget.brief({"calm": {"points": 40}}, around()) == "A calm room: 40 points"


# --- conditions in a row --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({}, ["met"]),
        ({"met": "no"}, ["met"]),
        ({"met": "yes"}, ["met", "proof"]),
        ({"met": "partly"}, ["met", "proof", "far"]),
        ({"met": "partly", "far": 1}, ["met", "proof", "far", "why"]),
        ({"met": "partly", "far": 2}, ["met", "proof", "far"]),
        ({"met": "yes", "far": 1}, ["met", "proof"]),
    ],
)
def test_a_cell_is_asked_where_another_of_its_row_says_so(cells: Value, names: list[str]) -> None:
    asked_now = [name for row, name in keys_at(prompt_of(AUDIT), {"calm": cells}) if row == "calm"]
    assert asked_now == names


def test_true_is_not_one() -> None:
    columns = """columns = [{ id = "many", ask = "How many?", kind = "number" },
        { id = "which", ask = "Which?", when = { column = "many", is = 1 } }]"""
    prompt = prompt_of(f'kind = "table", {ROWS}, {columns}')
    assert ("calm", "which") in keys_at(prompt, {"calm": {"many": 1.0}})
    assert ("calm", "which") not in keys_at(prompt, {"calm": {"many": True}})


def test_an_answer_whose_condition_no_longer_holds_stays_and_does_not_count() -> None:
    worksheet = worksheet_of(AUDIT, 'id = "plan", kind = "plan"')
    walk = hear(walk_for(worksheet), "yes", "A photo", "2", "Half a photo")
    assert "A photo" in exported(worksheet, walk.response)
    walk = reopened(hear(walk, ":go audit", "no", ":skip"))
    kept = walk.response.answers["audit"]
    assert isinstance(kept, dict)
    assert kept["calm"] == {"met": "no", "proof": "A photo"}
    assert "A photo" not in exported(worksheet, walk.response)
    assert "Half a photo" in exported(worksheet, walk.response)
    (shown, _) = asked(worksheet, walk.response)
    assert shown.value == {"calm": {"met": "no"}, "signs": {"met": "partly", "proof": "Half a photo"}}
    assert "A photo" in exported(worksheet, hear(walk, ":go audit", "yes").response)


def test_a_scale_of_a_column_can_be_named() -> None:
    named = 'scales = [{ id = "how-far", min = 0, max = 2, labels = ["not begun", "in place"] }]'
    worksheet = worksheet_of(LEVELS.replace(SCALE, 'scale = "how-far"'), head=f"{OPEN}\n{named}")
    walk = hear(walk_for(worksheet), "in")
    assert walk.response.answers["levels"] == {"calm": {"now": 2}}


def test_nothing_is_left_of_a_row_where_only_hidden_cells_are() -> None:
    assert prompt_of(AUDIT).current({"calm": {"proof": "A photo"}}, around()) is None


def test_a_needed_cell_is_needed_where_it_is_asked() -> None:
    audit = prompt_of(AUDIT)
    assert audit.unmet({"calm": {"met": "no"}}, around()) == ""
    assert audit.unmet({"calm": {"met": "yes"}}, around()) == "A calm room: “What shows it?” is needed."


def test_skipping_a_row_goes_past_cells_that_are_not_asked() -> None:
    walk = hear(walk_for(worksheet_of(AUDIT)), "partly", ":skip row")
    assert walk.turn().step.key == ("signs", "met")


@pytest.mark.parametrize(
    ("rows", "value", "place"),
    [
        (ROWS, '{ calm = { met = "no", proof = "canary" } }', "audit.calm.proof"),
        ("", '[{ met = "yes" }, { met = "no", proof = "canary" }]', "audit[2].proof"),
    ],
)
def test_a_hint_tells_of_a_cell_that_is_not_asked(rows: str, value: str, place: str) -> None:
    worksheet = worksheet_of(AUDIT.replace(f"{ROWS}, ", f"{rows}, ".removeprefix(", ")))
    (hint,) = answers_hints(worksheet, response_for(worksheet, f"audit = {value}"))
    assert hint.key == f"answers.{place}"
    assert hint.message == (
        "this is not asked after what stands before it in its row; it is kept, and not shown."
    )


# --- totals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("60", None, "Points so far: 60 of 100, 40 left."),
        ("40", {"calm": {"points": 60}}, "Points so far: 100 of 100, 0 left."),
        ("50", {"calm": {"points": 60}}, "Points so far: 110 of 100, 10 too many."),
    ],
)
def test_it_adds_up_while_one_types(text: str, value: Value, said: str) -> None:
    budget = prompt_of(BUDGET)
    assert take(budget, text, value, key=("signs", "points")).said == said
    assert take(budget, "x", value, key=("signs", "why")).said == ""
    assert budget.steps(take(budget, text, value, key=("signs", "points")).value, around())[0].about == said


@pytest.mark.parametrize(
    ("bound", "points", "needed"),
    [
        ("is = 100", "60", "The numbers at “Points?” are to add up to 100 points."),
        ("is = 100", "100", ""),
        ("at_most = 50", "60", "The numbers at “Points?” are to add up to at most 50 points."),
        ("at_most = 50", "10", ""),
    ],
)
def test_a_total_is_asked_for_again_before_finishing(bound: str, points: str, needed: str) -> None:
    worksheet = worksheet_of(BUDGET.replace("is = 100", bound))
    walk = hear(walk_for(worksheet), points, ":skip")
    heard = walk.hear("")
    assert [*heard.said] == ([needed] if needed else [])
    assert walk.at_review != bool(needed)
    assert hear(walk, ":skip").at_review if needed else heard.act == "finish"


def test_fractions_add_up_exactly() -> None:
    budget = prompt_of(
        f"""kind = "table", {ROWS}, total = {{ column = "n", is = 0.3 }},
        columns = [{{ id = "n", ask = "N?", kind = "number", step = 0.1 }}]"""
    )
    assert budget.unmet({"calm": {"n": 0.1}, "signs": {"n": 0.2}}, around()) == ""
    assert take(budget, "0.2", {"calm": {"n": 0.1}}, key=("signs", "n")).said == "So far: 0.3 of 0.3, 0 left."


def test_what_a_file_lacks_quotes_no_number_of_the_person() -> None:
    worksheet = worksheet_of(BUDGET)
    (found,) = missing(asked(worksheet, response_for(worksheet, "budget = { calm = { points = 73 } }")))
    assert found.message == "the numbers at “Points?” are to add up to 100 points."
    assert missing(asked(worksheet, response_for(worksheet, ""))) == []


def test_what_is_not_asked_does_not_count_towards_a_total() -> None:
    budget = prompt_of(
        f"""kind = "table", {ROWS}, total = {{ column = "points", is = 100 }}, columns = [
        {{ id = "on", ask = "On?", kind = "yes-no" }},
        {{ {POINTS}, when = {{ column = "on", is = true }} }}]"""
    )
    value: Value = {"calm": {"on": True, "points": 100}, "signs": {"on": False, "points": 30}}
    assert budget.unmet(value, around()) == ""


# --- what a step is made of -----------------------------------------------------------------------

OFFERING = """id = "fix", kind = "table", columns = [{ id = "step", ask = "Step?", offer = true },
    { id = "who", ask = "Who?", becomes = "who" },
    { id = "day", ask = "When?", kind = "date", becomes = "due" },
    { id = "know", ask = "Seen by?", becomes = "know" }, { id = "more", ask = "More?", becomes = "notes" }],
    rows = [{ id = "ramp", text = "The ramp", suggest = "Ask about the ramp", level = "organisation" }]"""
RAMP = (
    'fix = { ramp = { step = "Mend it", who = "Ana", day = 2026-12-01, know = "It holds", more = "Soon" } }'
)


def test_cells_become_parts_of_the_step_their_row_offers() -> None:
    worksheet = worksheet_of(OFFERING, 'id = "plan", kind = "plan"')
    walk = walk_for(worksheet, RAMP, at="plan")
    (line,) = walk.turn().step.lines
    assert line == (
        "1. Mend it. For: The ramp. Who: Ana. By: Tuesday, December 1, 2026. "
        "We will know: It holds. Notes: Soon"
    )
    (action,) = hear(walk, "1", "", "", "", "").response.actions
    assert (action.step, action.who, action.due) == ("Mend it", "Ana", dt.date(2026, 12, 1))
    assert (action.know, action.notes, action.level) == ("It holds", "Soon", "organisation")
    assert action.from_ == "fix.ramp.step"
    later = hear(walk, ":go fix", "", "Joy", ":skip").response
    assert later.actions[0].who == "Ana"


def test_a_row_is_an_offer_with_what_its_cells_say() -> None:
    fix = prompt_of(OFFERING)
    (offer,) = fix.row_offers({"ramp": {"who": "Ana", "day": dt.date(2026, 12, 1)}}, around())
    assert (offer.address, offer.step, offer.about) == ("fix.ramp", "Ask about the ramp", "The ramp")
    assert (offer.who, offer.due, offer.know, offer.level) == (
        "Ana",
        dt.date(2026, 12, 1),
        "",
        "organisation",
    )


# --- mistakes -------------------------------------------------------------------------------------

FIRST = f'{{ id = "a", ask = "A?", kind = "choice", options = {things("yes", "no")} }}'


@pytest.mark.parametrize(
    ("keys", "wrong", "remedy"),
    [
        (f'columns = [{{ id = "a", ask = "?", {SCALE} }}]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", kind = "rating" }]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", unit = "hours" }]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", kind = "number", min = 2, max = 1 }]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", kind = "number", becomes = "who" }]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", kind = "date", becomes = "who" }]', "columns[1]", ""),
        ('columns = [{ id = "a", ask = "?", offer = true, becomes = "who" }]', "columns[1]", ""),
        (
            'columns = [{ id = "a", ask = "?", becomes = "who" }, { id = "b", ask = "?", becomes = "who" }]',
            "columns[2].becomes",
            "Leave it out of one of them.",
        ),
        (
            'columns = [{ id = "a", ask = "?", when = { column = "b", is = 1 } }, { id = "b", ask = "?" }]',
            "columns[1].when.column",
            "The first column is always asked.",
        ),
        (
            f'columns = [{FIRST}, {{ id = "b", ask = "?", when = {{ column = "aa", is = "yes" }} }}]',
            "columns[2].when.column",
            "Name one of these: a.",
        ),
        (
            f'columns = [{FIRST}, {{ id = "b", ask = "?", when = {{ column = "a", is = ["yes", "on"] }} }}]',
            "columns[2].when.is",
            "One of: yes, no.",
        ),
        (
            f'columns = [{FIRST}, {{ id = "b", ask = "?", when = {{ column = "a", is = [] }} }}]',
            "columns[2].when",
            "",
        ),
        (
            'columns = [{ id = "a", ask = "?" }, { id = "b", ask = "?", when = { column = "a", is = "x" } }]',
            "columns[2].when.column",
            "Name a choice, yes-no, rating or number.",
        ),
        (
            f'columns = [{FIRST}], total = {{ column = "a", is = 1 }}',
            "total.column",
            'Give a column kind = "number".',
        ),
        (f'columns = [{{ {POINTS} }}], total = {{ column = "points" }}', "total", ""),
        (f'columns = [{{ {POINTS} }}], total = {{ column = "points", is = 1, at_most = 2 }}', "total", ""),
        (
            f'columns = [{{ {POINTS} }}], total = {{ column = "point", is = 1 }}',
            "total.column",
            "Did you mean points?",
        ),
    ],
)
def test_mistakes(keys: str, wrong: str, remedy: str) -> None:
    (found,) = mistakes_in(worksheet_text(f'id = "it", kind = "table", {ROWS}, {keys}'))
    assert found.key == f"sections[1].prompts[1].{wrong}"
    assert found.remedy == remedy


def test_a_column_called_id_is_a_mistake_only_for_its_author() -> None:
    keys = f'id = "it", kind = "table", {ROWS}, columns = [{{ id = "id", ask = "?" }}]'
    (found,) = mistakes_in(worksheet_text(keys))
    assert found.key == "sections[1].prompts[1].columns[1].id"
    assert asked_ids(worksheet_of(keys)) == ["it"]
