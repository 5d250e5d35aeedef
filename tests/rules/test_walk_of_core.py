"""The short way of a walk: only the core questions, in order; what is beside it, and what finishing asks."""

from __future__ import annotations

import pytest

from build import (
    OPEN,
    exported,
    hear,
    section_text,
    sheet_text,
    things,
    walk_for,
    worksheet_from,
    worksheet_of,
)
from libwell.errors import CannotReadError

HEAD = f"{OPEN}\nshort_minutes = 3"
SHEET = worksheet_from(
    sheet_text(
        section_text(
            'id = "first-one", kind = "yes-no", core = true',
            'id = "beside", kind = "yes-no", required = true',
            keys='id = "one"\ntitle = "One"',
        ),
        section_text('id = "signs-too", kind = "yes-no"', keys='id = "two"\ntitle = "Two"'),
        section_text(
            f'id = "areas", kind = "choices", core = true, options = {things("space", "signs")}',
            'id = "last-one", kind = "text", long = false, core = true',
            keys='id = "three"\ntitle = "Three"',
        ),
        head=HEAD,
    )
)


def way(*lines: str) -> list[str]:
    """The ids on the short way after these lines."""
    return [one.prompt.id for one in hear(walk_for(SHEET, short=True), *lines).asked()]


def test_only_core_questions_are_asked_in_the_order_of_the_worksheet() -> None:
    walk = walk_for(SHEET, short=True)
    met = []
    for line in ("y", "1", "rest"):
        turn = walk.turn()
        met.append((turn.asked.prompt.id, turn.number, turn.total))
        walk.hear(line)
    assert met == [("first-one", 1, 3), ("areas", 2, 3), ("last-one", 3, 3)]
    assert walk.at_review


def test_finishing_asks_for_nothing_beside_it_and_what_was_not_asked_has_no_entry() -> None:
    walk = hear(walk_for(SHEET, short=True), "y", "", "rest")
    assert walk.hear("").act == "finish"
    assert (walk.response.status, walk.response.short) == ("complete", True)
    assert walk.response.answers.keys() == {"first-one", "areas", "last-one"}


def test_a_core_question_that_was_not_reached_comes_up_before_finishing() -> None:
    walk = hear(walk_for(SHEET, short=True), "y", ":go last-one", "rest")
    assert walk.at_review
    assert walk.hear("").said == ("This question has not come up yet.",)
    assert walk.turn().asked.prompt.id == "areas"


@pytest.mark.parametrize("where", ["signs-too", "two"])
def test_going_beside_it_takes_that_question_in(where: str) -> None:
    walk = hear(walk_for(SHEET, short=True), f":go {where}")
    assert (walk.turn().asked.prompt.id, walk.turn().number, walk.turn().total) == ("signs-too", 2, 4)
    walk.hear("y")
    assert walk.turn().asked.prompt.id == "areas"
    assert way(f":go {where}", "y") == ["first-one", "signs-too", "areas", "last-one"]
    assert way(f":go {where}", "") == ["first-one", "signs-too", "areas", "last-one"]
    assert way(f":go {where}", ":go 1") == ["first-one", "areas", "last-one"]


def test_a_section_is_gone_to_at_its_first_question_on_the_way() -> None:
    assert hear(walk_for(SHEET, short=True), ":go three").turn().asked.prompt.id == "areas"


def test_numbers_are_those_of_the_way() -> None:
    walk = hear(walk_for(SHEET, short=True), ":go 2")
    assert walk.turn().asked.prompt.id == "areas"
    with pytest.raises(CannotReadError, match="from 1 to 3"):
        walk.hear(":go 4")


def test_back_and_skip_part_keep_to_the_way() -> None:
    walk = hear(walk_for(SHEET, short=True), ":skip part")
    assert walk.turn().asked.prompt.id == "areas"
    assert walk.response.answers.keys() == {"first-one"}
    assert hear(walk, ":back").turn().asked.prompt.id == "first-one"


def test_without_the_key_all_is_asked_from_the_first_that_never_came_up() -> None:
    later = walk_for(SHEET, 'first-one = true\nareas = ["signs"]\nlast-one = "rest"')
    assert [one.prompt.id for one in later.asked()] == [
        "first-one",
        "beside",
        "signs-too",
        "areas",
        "last-one",
    ]
    assert later.turn().asked.prompt.id == "beside"


def test_a_worksheet_that_has_no_short_way_any_more_is_asked_whole() -> None:
    bare = worksheet_of('id = "one", kind = "yes-no", core = true', 'id = "two", kind = "yes-no"')
    assert len(walk_for(bare, short=True).asked()) == 2
    assert not walk_for(bare, short=True).is_short


def test_an_export_has_what_was_asked_and_nothing_of_the_way() -> None:
    walk = hear(walk_for(SHEET, short=True), "y", "", "rest", "")
    whole = exported(SHEET, walk.response)
    assert "rest" in whole
    assert whole == exported(SHEET, walk.response.model_copy(update={"short": False}))
