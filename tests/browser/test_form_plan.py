"""The plan on a page in a browser: what is ticked and typed makes the actions that the walk makes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from build import hear, walk_for, worksheet_of
from forms import at_work, given_on
from libwell import load_worksheet
from libwell.rules.asked_now import actions_as_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from libwell.rules.walk import Walk

WORKSHEETS = Path(__file__).parents[2] / "worksheets"
PLAN = 'id = "plan", kind = "plan"'
HELP = """id = "help", kind = "choices", options = [
    { id = "rest", text = "Rest", suggest = "Take a real break", level = "me", offer = true },
    { id = "door", text = "The door", suggest = "Ask for two people", level = "team", offer = true },
    { id = "pay", text = "Pay", level = "organisation", offer = true }]"""
ASKED_FOR = """id = "asked-for", kind = "table", level = "organisation", columns = [
    { id = "what", ask = "What could be asked for?", offer = true },
    { id = "who", ask = "Who can decide it?", becomes = "who" },
    { id = "by", ask = "By when?", kind = "date", becomes = "due" },
    { id = "more", ask = "What else?", becomes = "notes" }]"""
WORKSHEET = worksheet_of(HELP, ASKED_FOR, PLAN)
OFFERED = "From what you said, steps could be these. Tick those you want."
ROW = {
    "what": "Ask for a ramp",
    "who": "Ana",
    "by": dt.date(2026, 12, 1),
    "more": "Money is there",
    "id": "row-1",
}
ANSWERS = {"help": ["rest", "door", "pay"], "asked-for": [ROW]}


@pytest.fixture
def page(chromium: Any) -> Iterator[Page]:
    """The page of the worksheet, where something was said before the plan."""
    with at_work(chromium, WORKSHEET, answers=ANSWERS) as page:
        yield page


def step(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Step {number}", exact=True)


def actions(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = given_on(page)["actions"]
    return found


def planned(walk: Walk) -> list[dict[str, Any]]:
    """The actions of a walk, as a page has them: how far they are is for a file to say."""
    tables = actions_as_tables(walk.response)
    return [
        {name: part for name, part in table.items() if name not in ("status", "changed")} for table in tables
    ]


def walked(*lines: str) -> Walk:
    """A walk through the same answers to the plan, at which these lines are typed."""
    row = 'what = "Ask for a ramp", who = "Ana", by = 2026-12-01, more = "Money is there", id = "row-1"'
    answers = f'help = ["rest", "door", "pay"]\n"asked-for" = [{{ {row} }}]'
    return hear(walk_for(WORKSHEET, answers, at="plan"), *lines)


def test_offers_are_those_of_the_walk_in_the_same_words(page: Page) -> None:
    first = walked().turn().steps[0]
    labels = page.get_by_role("group", name=OFFERED).locator("label").all_inner_texts()
    assert [f"{number}. {label}" for number, label in enumerate(labels, 1)] == list(first.lines)
    assert len(labels) == 4


def test_what_is_ticked_becomes_the_same_actions(page: Page) -> None:
    lines = page.get_by_role("group", name=OFFERED).get_by_role("checkbox")
    for number in range(4):
        lines.nth(number).focus()
        page.keyboard.press("Space")
    assert actions(page) == planned(walked("1,2,3,4"))
    assert page.get_by_role("status").get_by_text("Added below as step 4.").count() == 1
    assert lines.nth(3).evaluate("one => one === document.activeElement")
    ramp = next(one for one in actions(page) if one["step"] == "Ask for a ramp")
    assert ramp["due"] == dt.date(2026, 12, 1)
    assert ramp["notes"] == "Money is there"
    lines.nth(0).uncheck()
    assert [one["id"] for one in actions(page)] == ["a2", "a3", "a4"]
    lines.nth(0).check()
    assert [one["id"] for one in actions(page)] == ["a2", "a3", "a4", "a5"]


def test_every_part_of_a_step_is_given_as_in_the_walk(page: Page) -> None:
    offers = page.get_by_role("group", name=OFFERED).get_by_role("checkbox")
    offers.nth(0).check()
    first = step(page, 1)
    first.get_by_label("Your step").fill("Two of us close the door")
    first.get_by_label("Who?").fill("Ana and Bo")
    first.get_by_label("By when?", exact=True).fill("2027-01-04")
    first.get_by_label("How will you know it worked?").fill("Nobody is alone")
    lines = ("Two of us close the door", "Ana and Bo", "2027-01-04", "Nobody is alone")
    assert actions(page) == planned(walked("1", *lines))
    assert first.get_by_label("Whose step is it?").count() == 0


def test_a_step_of_ones_own_by_keyboard_alone(page: Page) -> None:
    page.get_by_role("button", name="Add a step of your own").press("Enter")
    page.keyboard.type("Ask for a lamp")
    page.keyboard.press("Tab")
    page.keyboard.type("Bo")
    page.keyboard.press("Tab")
    words = step(page, 1).get_by_label("Or by when, in your own words")
    while not words.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("end of term")
    page.keyboard.press("Tab")
    page.keyboard.type("It is light")
    page.keyboard.press("Tab")
    page.keyboard.type("mine")
    walk = walked("", "Ask for a lamp", "Bo", "end of term", "It is light", "mine")
    assert actions(page) == planned(walk)
    assert actions(page)[0]["level"] == "me"


def test_a_day_and_words_take_each_others_place(page: Page) -> None:
    page.get_by_role("button", name="Add a step of your own").click()
    step(page, 1).get_by_label("Your step").fill("A lamp")
    day = step(page, 1).get_by_label("By when?", exact=True)
    words = step(page, 1).get_by_label("Or by when, in your own words")
    day.fill("2027-01-04")
    assert actions(page)[0]["due"] == dt.date(2027, 1, 4)
    words.fill("in spring")
    assert (actions(page)[0]["due"], day.input_value()) == ("in spring", "")
    day.fill("2027-01-05")
    assert (actions(page)[0]["due"], words.input_value()) == (dt.date(2027, 1, 5), "")
    day.fill("")
    assert "due" not in actions(page)[0]
    described = words.get_attribute("aria-describedby") or ""
    assert "It will be in no calendar" in page.locator(f"#{described}").inner_text()


def test_a_step_without_words_is_in_no_file_and_said_to_be(page: Page) -> None:
    page.get_by_role("button", name="Add a step of your own").click()
    assert actions(page) == []
    step(page, 1).get_by_label("Who?").fill("Ana")
    assert actions(page) == []
    assert "Step 1 has no words, so it is in no file." in said_to_be_wrong(page)
    step(page, 1).get_by_label("Your step").fill("A lamp")
    assert [(one["step"], one["who"]) for one in actions(page)] == [("A lamp", "Ana")]
    step(page, 1).get_by_label("Your step").fill(" ")
    assert actions(page) == []
    assert step(page, 1).get_by_label("Who?").input_value() == "Ana"


def said_to_be_wrong(page: Page) -> str:
    """What the review says, a moment later."""
    page.get_by_text("so it is in no file").first.wait_for()
    return page.locator("#live").inner_text()


def test_what_was_changed_is_taken_out_only_when_asked(page: Page) -> None:
    offers = page.get_by_role("group", name=OFFERED).get_by_role("checkbox")
    offers.nth(0).check()
    step(page, 1).get_by_label("Who?").fill("Bo")
    offers.nth(0).click()
    assert offers.nth(0).is_checked()
    page.get_by_role("button", name="Keep it").press("Enter")
    assert offers.nth(0).evaluate("one => one === document.activeElement")
    assert len(actions(page)) == 1
    offers.nth(0).click()
    page.get_by_role("button", name="Take it out").press("Enter")
    assert actions(page) == []
    assert not offers.nth(0).is_checked()
    offers.nth(0).check()
    step(page, 1).get_by_role("button", name="Take this step out").press("Enter")
    assert actions(page) == []
    assert not offers.nth(0).is_checked()


def test_offers_that_are_gone_leave_their_steps(page: Page) -> None:
    offers = page.get_by_role("group", name=OFFERED).get_by_role("checkbox")
    offers.nth(0).check()
    before = actions(page)
    page.get_by_role("group", name="What?").first.get_by_label("The door").uncheck()
    assert page.get_by_role("group", name=OFFERED).get_by_role("checkbox").count() == 3
    assert actions(page) == before
    assert step(page, 1).get_by_label("Your step").input_value() == before[0]["step"]
    page.get_by_role("group", name="What?").first.get_by_label("The door").check()
    assert offers.nth(0).is_checked()


def test_a_plan_on_one_person_alone_is_said_to_be_quietly_and_once(page: Page) -> None:
    idea = page.get_by_text("All of this rests on you alone.")
    assert not idea.is_visible()
    page.get_by_label("Take a real break").check()
    walk = walked("4", "", "", "", "", "")
    assert walk.turn().step.label == idea.inner_text()
    add = page.get_by_role("button", name="Add it")
    add.press("Enter")
    assert [one["level"] for one in actions(page)] == ["me", "team"]
    assert actions(page) == planned(hear(walk, "y"))
    assert step(page, 2).get_by_label("Your step").evaluate("one => one === document.activeElement")
    page.get_by_role("group", name=OFFERED).get_by_role("checkbox").nth(0).uncheck()
    assert not idea.is_visible()


def test_a_draft_brings_its_steps(chromium: Any) -> None:
    steps: list[dict[str, Any]] = [
        {"id": "a2", "step": "Rest", "level": "me", "from": "help.rest", "due": "soon", "know": "A\nB"},
        {"id": "a7", "step": "A lamp", "level": "community", "due": dt.date(2026, 12, 1), "private": True},
    ]
    with at_work(chromium, WORKSHEET, answers=ANSWERS, actions=steps, last_action=9) as page:
        assert actions(page) == steps
        assert step(page, 1).get_by_label("Or by when, in your own words").input_value() == "soon"
        assert step(page, 2).get_by_label("By when?", exact=True).input_value() == "2026-12-01"
        assert step(page, 2).get_by_label("Whose step is it?").input_value() == "community"
        page.get_by_role("button", name="Add a step of your own").click()
        page.keyboard.type("More")
        step(page, 2).get_by_label("Who?").fill("Ana")
        new = {"id": "a10", "step": "More", "level": "team"}
        assert actions(page) == [steps[0], {**steps[1], "who": "Ana"}, new]


@pytest.mark.parametrize("name", ["staff-care", "resilience-toolkit", "whole-person-library"])
def test_a_shipped_plan_can_be_added_to(chromium: Any, name: str) -> None:
    with at_work(chromium, load_worksheet(WORKSHEETS / f"{name}.toml")) as page:
        page.get_by_role("button", name="Add a step of your own").click()
        page.keyboard.type("Ask for a lamp")
        assert [one["step"] for one in actions(page)] == ["Ask for a lamp"]


def test_a_plan_goes_through_a_draft(page: Page, tmp_path: Path) -> None:
    page.get_by_role("group", name=OFFERED).get_by_role("checkbox").nth(2).check()
    page.get_by_role("button", name="Add a step of your own").click()
    page.keyboard.type("A lamp")
    before = given_on(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a draft").first.click()
    saved.value.save_as(tmp_path / "draft.json")
    page.evaluate("here.response.actions = []")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "draft.json")
    page.get_by_role("button", name="Yes", exact=True).click()
    assert given_on(page) == before
    assert step(page, 2).get_by_label("Your step").input_value() == "A lamp"
