"""Kind `ranking`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import (
    OPEN,
    around,
    below_areas,
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
from libwell.kinds.steps import ADD, DONE
from libwell.model.base import Pick
from walking import Walking, run, saved

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.kinds.values import Value

KEYS = f'kind = "ranking", options = {things("space", "signs", "staff")}'
ALL = prompt_of(KEYS)
TWO = prompt_of(f"{KEYS}, top = 2")
FROM = below_areas('kind = "ranking", options_from = "areas"')
PICKS = (Pick("space", "Space"), Pick("other-1", "Tea"))

# --- a line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("3,1,2", ["staff", "space", "signs"]),
        ("3 1 2", ["staff", "space", "signs"]),
        ("3-1", ["staff", "signs", "space"]),
        ("staff, sp and signs", ["staff", "space", "signs"]),
        ("Staff", ["staff"]),
        ("3", ["staff"]),
    ],
)
def test_an_order_is_typed_at_once_or_begun(text: str, order: Value) -> None:
    assert take(ALL, text).value == order


def test_below_the_list_an_order_goes_on_one_at_a_time() -> None:
    first = take(TWO, "3")
    assert (first.value, first.next) == (["staff"], ADD)
    second = take(TWO, "1", first.value, key=ADD)
    assert (second.value, second.next) == (["staff", "space"], DONE)
    assert second.said == "1. Staff. 2. Space."


def test_of_all_that_are_put_in_order_the_one_that_is_left_is_last() -> None:
    assert take(ALL, "1", ["staff"], key=ADD).value == ["staff", "space", "signs"]
    assert take(TWO, "1", key=()).value == ["space"]


def test_at_the_list_an_order_begins_anew() -> None:
    assert take(TWO, "1", ["staff", "signs"]).value == ["space"]


def test_below_the_list_whoever_names_all_that_have_a_place_begins_anew() -> None:
    assert take(TWO, "2,3", ["staff"], key=ADD).value == ["signs", "staff"]


@pytest.mark.parametrize(
    ("text", "before", "why"),
    [
        ("3", ["staff"], "3 comes first already. Type one that is left, or the whole order again."),
        ("1,1", None, "1 is there twice. Type each number once."),
        ("1,2,3", None, "There is room for 2, and this names 3. Type 2 or fewer."),
        ("1,2", ["staff"], "There is room left for 1, and this names 2. Type 1 or fewer."),
        ("4", None, "There is no 4; the numbers go from 1 to 3."),
        ("s", None, "That could be “Space” or “Signs” or “Staff”. Type its number."),
        ("nowhere", None, "Type numbers from 1 to 3 in your order, or the beginning of a text."),
    ],
)
def test_what_is_no_order_is_not_taken(text: str, before: Any, why: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        take(TWO, text, before, key=ADD if before else ())
    assert str(caught.value) == why


def test_it_asks_who_comes_next_until_the_last_place_is_taken() -> None:
    assert keys_at(TWO) == [()]
    assert keys_at(TWO, ["staff"]) == [(), ADD]
    assert keys_at(TWO, ["staff", "space"]) == [()]
    step = TWO.steps(["staff"], around())[-1]
    assert (step.label, step.answer) == ("Which comes second?", "1. Staff.")
    assert step.reminder == ("Without a place so far:", "1. Space", "2. Signs")


def test_the_last_is_taken_back_one_at_a_time_and_at_the_list_all() -> None:
    three = ALL.empty(ADD, ["staff", "space"], around())
    assert (three.value, three.next) == (["staff"], ADD)
    last = ALL.empty(ADD, ["staff"], around())
    assert (last.value, last.next) == (None, ())
    assert ALL.empty((), ["staff", "space"], around()).value is None


# --- keys and values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ('kind = "ranking"', "options are missing"),
        (f'kind = "ranking", options = {things("space")}', "at least two options"),
        (f"{KEYS}, top = 4", "top is 4, and there are 3 options"),
        (f"{KEYS}, top = 0", "top"),
        (f"{KEYS}, other = true", "other"),
    ],
)
def test_keys_that_do_not_go_together_are_named(keys: str, what: str) -> None:
    found = mistakes_in(worksheet_text(f'id = "it", {keys}'))
    assert any(what in f"{one.path} {one.message}" for one in found), found


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (["staff", "space"], []),
        ([], []),
        ("staff", [()]),
        (["staff", "nowhere"], [(1,)]),
        (["staff", "staff"], [()]),
        (["staff", {"other": "Tea"}], [(1, "other")]),
        (["staff", "space", "signs"], [()]),
    ],
)
def test_a_value_is_checked(value: Value, places: list[tuple[str | int, ...]]) -> None:
    assert places_wrong(TWO, value) == places


def test_an_option_that_has_a_place_is_offered_first_place_first() -> None:
    options = '[{ id = "a", text = "A", offer = true, suggest = "Do A" }, { id = "b", text = "B" }]'
    it = prompt_of(f'kind = "ranking", options = {options}')
    assert [(one.address, one.step) for one in it.offers(["b", "a"], around())] == [("it.a", "Do A")]


def test_a_condition_looks_whether_an_option_has_a_place() -> None:
    more = 'id = "more", kind = "text", when = { prompt = "it", includes = "staff" }'
    sheet = worksheet_of(f'id = "it", {KEYS}, top = 1', more)
    assert "What?" in exported(sheet, response_for(sheet, 'it = ["staff"]\nmore = "Yes."'))
    (found,) = mistakes_in(worksheet_text(f'id = "it", {KEYS}', more.replace("staff", "stuff")))
    assert "there is no “stuff” there" in found.message


# --- from above, and below ------------------------------------------------------------------------


def test_what_was_withdrawn_above_has_no_place_and_those_behind_it_move_up() -> None:
    here = around(picks=PICKS)
    assert FROM.current(["signs", "other-1", "space"], here) == ["other-1", "space"]
    assert FROM.answer(["other-1", "space"], here) == "1. Tea; 2. Space"


def test_own_words_from_above_stay_behind_where_no_words_are_shared() -> None:
    assert FROM.without_words(["other-1", "space"]) == ["space"]
    assert FROM.without_words(["other-1"]) is None


def test_its_picks_are_rows_below_in_their_order() -> None:
    below = 'id = "who", kind = "table", rows_from = "it", columns = [{ id = "who", ask = "Who?" }]'
    sheet = worksheet_of(f'id = "it", {KEYS}, top = 2', below)
    text = exported(
        sheet,
        response_for(
            sheet,
            """
            it = ["staff", "space"]
            [who]
            space = { who = "Joy" }
            staff = { who = "Ana" }
            """,
        ),
    )
    assert text.index("Ana") < text.index("Joy")


def test_an_export_names_the_places() -> None:
    sheet = worksheet_of(f'id = "it", {KEYS}')
    text = exported(sheet, response_for(sheet, 'it = ["staff", "space"]'))
    assert "**First:** Staff" in text
    assert "**Second:** Space" in text


# --- on a terminal --------------------------------------------------------------------------------

LONG = f'id = "it", kind = "ranking", top = 3, options = {things(*"abcdefgh")}'


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("accessible", ["", "1"])
def test_mistakes_change_nothing_and_are_mended_easily(tmp_path: Path, columns: int, accessible: str) -> None:
    sheet = tmp_path / "rank.toml"
    sheet.write_text(worksheet_text(LONG, head=OPEN), encoding="utf-8")
    environ = {"ACCESSIBLE": accessible} if accessible else {}
    with Walking(tmp_path / "d", "start", str(sheet), columns=columns, environ=environ) as walk:
        assert "such as 3,1,2" in " ".join(walk.shown.split())
        assert "8. H" in walk.shown
        shown = walk.type("8")
        assert "Which comes second?\nSo far: 1. H." in shown
        assert "1. A" not in shown, "a list is heard once"
        for wrong in ("8", "9", "1,1", "1,2,3", "a,h,b,c"):
            walk.refused(wrong)
            assert saved(tmp_path / "d")["answers"] == {"it": ["h"]}
        assert "Which comes second?" in walk.type("")
        shown = walk.type("?")
        assert "7. G" in shown
        assert "8. H" not in shown
        assert "Which comes third?\nSo far: 1. H. 2. A." in walk.type("1")
        assert "Which comes second?\nSo far: 1. H." in walk.type("-")
        assert "So far: 1. B. 2. H." in walk.type("2,8")
        assert "1. B. 2. H. 3. C." in walk.type("C")
        walk.type("")
        assert (walk.status, saved(tmp_path / "d")["answers"]) == (0, {"it": ["b", "h", "c"]})
        assert all(len(line) <= columns for line in walk.lines())


@pytest.mark.thorough
def test_a_walk_goes_on_in_the_middle_of_an_order(tmp_path: Path) -> None:
    sheet = tmp_path / "rank.toml"
    sheet.write_text(worksheet_text(LONG, head=OPEN), encoding="utf-8")
    with Walking(tmp_path / "d", "start", str(sheet)) as walk:
        walk.type("8", ":pause")
    with Walking(tmp_path / "d", "resume") as walk:
        assert "7. G" in walk.shown
        assert "Which comes second?\nSo far: 1. H." in walk.shown


def test_an_order_is_put_into_a_table_of_answers_place_by_place(tmp_path: Path) -> None:
    sheet = tmp_path / "rank.toml"
    sheet.write_text(worksheet_text(LONG, head=OPEN), encoding="utf-8")
    given = tmp_path / "answers.toml"
    given.write_text(f'worksheet = "{sheet}"\n[answers]\nit = ["c", "a"]\n', encoding="utf-8")
    assert run(tmp_path / "d", "fill", str(given)).returncode == 0
    rows = run(tmp_path / "d", "export", "latest", "--format", "jsonl").stdout.splitlines()
    found = [json.loads(row) for row in rows]
    assert [(one["item"], one["number"], one["text"]) for one in found] == [
        ("c", 1, "first"),
        ("a", 2, "second"),
    ]
