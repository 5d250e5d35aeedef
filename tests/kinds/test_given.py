"""An answer taken apart: every kind gives everything in it, in the worksheet's order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from build import around, prompt_of, things
from libwell.kinds.values import Given
from libwell.model.base import Pick

if TYPE_CHECKING:
    from libwell.kinds.values import Value

SCALE = 'scale = { min = 0, max = 2, labels = ["no", "some", "yes"] }'


def given(keys: str, value: Value, **changes: Any) -> list[Given]:
    """Everything given in an answer that fits its prompt."""
    prompt = prompt_of(keys)
    assert list(prompt.problems(value, around(**changes))) == []
    return list(prompt.given(value, around(**changes)))


def own(text: str, number: int = 1) -> dict[str, str]:
    return {"other": text, "id": f"other-{number}"}


def pick(item: str, text: str, *, written: bool = False) -> Given:
    return Given(item, text, text=text, written=written)


@pytest.mark.parametrize(
    ("keys", "value", "expected"),
    [
        ('kind = "text"', "One\n\ntwo", Given(value="One\n\ntwo", text="One\n\ntwo", written=True)),
        ('kind = "yes-no"', False, Given(value=False, text="no")),
        ('kind = "number", unit = "hours"', 2.5, Given(value=2.5, text="2.5 hours")),
        (
            'kind = "date"',
            dt.date(2026, 12, 1),
            Given(value=dt.date(2026, 12, 1), text="Tuesday, December 1, 2026"),
        ),
        (f'kind = "rating", {SCALE}', 0, Given(value=0, text="0 of 2, no")),
        (f'kind = "choice", options = {things("a", "b")}', "b", pick("b", "B")),
        (
            f'kind = "choice", other = true, options = {things("a")}',
            own("Mine"),
            pick("other-1", "Mine", written=True),
        ),
    ],
    ids=["text", "yes-no", "number", "date", "rating", "choice", "own choice"],
)
def test_one_thing_given(keys: str, value: Value, expected: Given) -> None:
    assert given(keys, value) == [expected]


def test_choices_stand_in_the_worksheets_order_own_ones_last() -> None:
    keys = f'kind = "choices", other = true, options = {things("a", "b", "c")}'
    assert given(keys, [own("x", 2), "c", own("w", 1), "a"]) == [
        pick("a", "A"),
        pick("c", "C"),
        pick("other-2", "x", written=True),
        pick("other-1", "w", written=True),
    ]


def test_options_from_elsewhere_have_their_words_from_there() -> None:
    prompt = prompt_of(f'id = "from", kind = "choices", options = {things("a")}')
    taking = prompt.model_copy(update={"options": (), "options_from": "areas"})
    picks = (Pick("a", "Alpha"), Pick("other-3", "Mine"))
    found = list(taking.given(["other-3", "a"], around(picks=picks)))
    assert found == [pick("a", "Alpha"), pick("other-3", "Mine", written=True)]
    assert [one.is_own for one in found] == [False, True]


def test_list_entries_have_their_number() -> None:
    first, second = given('kind = "list"', ["milk", "milk"])
    assert first == Given("1", value="milk", text="milk", written=True)
    assert second.item == "2"


def test_a_rating_says_what_was_not_answered_item_by_item() -> None:
    value: Value = {"b": {"not-answered": "dont-know"}, "a": 1}
    keys = f'kind = "rating", not_answers = ["dont-know"], {SCALE}, items = {things("a", "b", "c")}'
    prompt = prompt_of(keys)
    assert list(prompt.given(value, around())) == [
        Given("a", "A", value=1, text="1 of 2, some"),
        Given("b", "B", value=None, text="don't know", not_answered="dont-know"),
    ]
    assert prompt.is_compared


def test_what_is_no_measure_is_given_in_words_and_not_compared() -> None:
    groups = 'give_back = [{ title = "All", items = ["a", "b"] }]'
    prompt = prompt_of(f'kind = "rating", {SCALE}, items = {things("a", "b")}, {groups}')
    assert not prompt.is_compared
    (only,) = prompt.given({"b": 2}, around())
    assert (only.value, only.text) == (2, "yes")


def test_each_mark_on_each_item_is_given() -> None:
    marks = 'marks = [{ id = "well", text = "done well" }, { id = "better", text = "could be better" }]'
    keys = f'kind = "checklist", add_items = true, {marks}, items = {things("a", "b")}'
    value: Value = {"better": [own("mine", 2), "b", "a"], "well": ["b", own("first", 1)]}

    def mark(item: str, about: str, name: str, text: str) -> Given:
        return Given(item, about, mark=name, mark_text=text, text=text)

    assert given(keys, value) == [
        mark("a", "A", "better", "could be better"),
        mark("b", "B", "well", "done well"),
        mark("b", "B", "better", "could be better"),
        mark("other-1", "first", "well", "done well"),
        mark("other-2", "mine", "better", "could be better"),
    ]


COLUMNS = f"""columns = [
    {{ id = "what", ask = "What?" }},
    {{ id = "how", ask = "How?", kind = "choice", other = true, options = {things("a", "b")} }},
    {{ id = "many", ask = "How many?", kind = "number" }},
    {{ id = "day", ask = "When?", kind = "date" }},
    {{ id = "sure", ask = "Sure?", kind = "yes-no" }},
]"""
DAY = dt.date(2026, 12, 1)


def test_every_cell_of_a_table_is_given() -> None:
    cells: Value = {"sure": True, "day": DAY, "many": 3, "how": "b", "what": "this"}
    found = given(f'kind = "table", rows = {things("x", "y")}, {COLUMNS}', {"y": {"many": 1}, "x": cells})
    assert [(one.item, one.about, one.mark) for one in found] == [
        *(("x", "X", name) for name in ("what", "how", "many", "day", "sure")),
        ("y", "Y", "many"),
    ]
    assert [one.value for one in found] == ["this", "b", 3, DAY, True, 1]
    assert [one.text for one in found] == ["this", "B", "3", "Tuesday, December 1, 2026", "yes", "1"]
    assert [one.mark_text for one in found][:2] == ["What?", "How?"]
    assert [one.written for one in found] == [True, *[False] * 5]


def test_own_words_in_a_cell_are_its_value() -> None:
    (cell,) = given(f'kind = "table", rows = {things("x")}, {COLUMNS}', {"x": {"how": {"other": "mine"}}})
    assert cell == Given("x", "X", mark="how", mark_text="How?", value="mine", text="mine", written=True)


def test_added_rows_are_named_by_their_first_cell() -> None:
    rows: Value = [{"what": "this", "sure": False, "id": "row-2"}, {"many": 2, "id": "row-1"}]
    found = given(f'kind = "table", {COLUMNS}', rows)
    assert [(one.item, one.about, one.value) for one in found] == [
        ("row-2", "this", "this"),
        ("row-2", "this", False),
        ("row-1", "Row 2", 2),
    ]
    assert all(one.is_own for one in found)


def test_rows_from_picks_are_named_there_and_withdrawn_ones_left_out() -> None:
    rows = f'kind = "table", rows = {things("x")}, {COLUMNS}'
    taking = prompt_of(rows).model_copy(update={"rows": (), "rows_from": "areas"})
    value: Value = {"gone": {"what": "no"}, "other-1": {"what": "yes"}}
    (cell,) = taking.given(value, around(picks=(Pick("other-1", "My own"),)))
    assert (cell.item, cell.about, cell.value, cell.is_own) == ("other-1", "My own", "yes", True)


def test_a_plan_gives_nothing_as_its_steps_are_actions() -> None:
    assert list(prompt_of('kind = "plan"').given([{"id": "a1", "step": "Ask"}], around())) == []
