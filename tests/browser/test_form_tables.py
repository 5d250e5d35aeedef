"""Tables on a page in a browser: rows and cells by keyboard and label, and the value they make."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from build import hear, response_for, walk_for, worksheet_of
from forms import at_work, given_on
from libwell.rules.asked_now import asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from libwell.model.worksheet import Worksheet

KINDS = """
    { id = "note", ask = "What happens?", help = "A few words.", required = true },
    { id = "sort", ask = "What kind is it?", kind = "choice", other = true,
      options = [{ id = "near", text = "Near" }, { id = "far", text = "Far away" }] },
    { id = "hours", ask = "How long?", kind = "number", min = 0, max = 40, step = 0.5, unit = "hours" },
    { id = "by", ask = "By when?", kind = "date" },
    { id = "open", ask = "Is it open?", kind = "yes-no" },
    { id = "fits", ask = "How well does it fit?", kind = "rating",
      scale = { min = 0, max = 3, labels = ["not at all", "fully"] } },
    { id = "why", ask = "Why is it shut?", when = { column = "open", is = false } },
"""
DAYS = """id = "days", kind = "table",
    rows = [{ id = "mon", text = "Monday", help = "The first." }, { id = "fri", text = "Friday" }]"""
EVERY_KIND = f"{DAYS}, columns = [{KINDS}]"
POINTS = f"""{DAYS}, columns = [{{ id = "points", ask = "How many?", kind = "number", unit = "points" }}],
    total = {{ column = "points", is = 100 }}"""
AGENCIES = """id = "agencies", kind = "table", max = 3, columns = [
    { id = "name", ask = "Which agency?", required = true }, { id = "idea", ask = "What together?" }]"""
AREAS = """id = "areas", kind = "choices", options = [
    { id = "bags", text = "Bags" }, { id = "pets", text = "Pets" }, { id = "odor", text = "Odor" }]"""
BELOW = (
    'id = "below", kind = "table", rows_from = "areas", columns = [{ id = "note", ask = "What happens?" }]'
)


@contextmanager
def answering(chromium: Browser, worksheet: Worksheet, **answers: Any) -> Iterator[Page]:
    """The page of a worksheet, with a look at what is given on it."""
    with at_work(chromium, worksheet, answers=answers) as page:
        yield page
        check(page, worksheet)


def check(page: Page, worksheet: Worksheet) -> None:
    """The rules of libwell find nothing wrong with what is given on a page."""
    given = given_on(page)
    response = response_for(worksheet).model_copy(update={"answers": given["answers"]})
    assert [one.problems for one in asked(worksheet, response) if one.problems] == []


def row(page: Page, name: str) -> Any:
    return page.get_by_role("group", name=name, exact=True)


def answer(page: Page, prompt: str) -> Any:
    return given_on(page)["answers"].get(prompt)


def test_a_cell_of_every_kind_gives_what_the_walk_takes(chromium: Browser) -> None:
    worksheet = worksheet_of(EVERY_KIND)
    walk = hear(walk_for(worksheet), "A lot", "2", "2.5", "2026-12-01", "y", "3")
    hear(walk, "Less", "in between", "3", "2026-12-02", "n", "0", "It rains")
    with answering(chromium, worksheet) as page:
        monday, friday = row(page, "Monday"), row(page, "Friday")
        monday.get_by_label("What happens? (needed)").fill("A lot")
        monday.get_by_label("Far away").check()
        monday.get_by_label("How long?").fill("2.5")
        monday.get_by_label("By when?").fill("2026-12-01")
        monday.get_by_label("Yes").check()
        monday.get_by_label("3", exact=False).last.check()
        friday.get_by_label("What happens? (needed)").fill("Less")
        friday.get_by_role("radio", name="In your own words").check()
        friday.get_by_role("textbox", name="In your own words").fill("in between")
        friday.get_by_label("How long?").fill("3")
        friday.get_by_label("By when?").fill("2026-12-02")
        friday.get_by_label("No", exact=True).check()
        friday.get_by_label("0", exact=False).first.check()
        friday.get_by_label("Why is it shut?").fill("It rains")
        walked: Any = walk.response.answers["days"]
        assert answer(page, "days") == walked
        assert list(answer(page, "days")["fri"]) == list(walked["fri"])


def test_cells_emptied_leave_no_row(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(EVERY_KIND)) as page:
        happens = row(page, "Monday").get_by_label("What happens? (needed)")
        happens.fill("A lot")
        assert answer(page, "days") == {"mon": {"note": "A lot"}}
        happens.fill("  ")
        assert answer(page, "days") is None


def test_a_condition_asks_for_a_cell_behind_the_focus_and_keeps_what_was_there(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(EVERY_KIND)) as page:
        monday = row(page, "Monday")
        shut = monday.get_by_label("Why is it shut?")
        assert shut.count() == 0
        no = monday.get_by_label("No", exact=True)
        no.focus()
        page.keyboard.press("Space")
        assert shut.count() == 1
        assert page.get_by_role("status").get_by_text("1 more field in this row.").count() == 1
        assert no.evaluate("one => one === document.activeElement")
        shut.fill("It rains")
        monday.get_by_label("Yes").check()
        assert shut.count() == 0
        assert answer(page, "days")["mon"] == {"open": True, "why": "It rains"}
        monday.get_by_label("No", exact=True).check()
        assert shut.input_value() == "It rains"


def test_what_is_no_number_is_said_at_its_cell_and_in_no_answer(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(EVERY_KIND)) as page:
        hours = row(page, "Monday").get_by_label("How long?")
        hours.fill("41")
        hours.blur()
        assert answer(page, "days") is None
        assert hours.get_attribute("aria-invalid") == "true"
        described = hours.get_attribute("aria-describedby") or ""
        said = [page.locator(f"#{name}").inner_text() for name in described.split()]
        assert "Type a number from 0 to 40, in steps of 0.5 (hours)." in said
        hours.fill("40")
        assert answer(page, "days") == {"mon": {"hours": 40}}
        assert hours.get_attribute("aria-invalid") is None


def test_the_sum_is_said_as_the_walk_says_it(chromium: Browser) -> None:
    worksheet = worksheet_of(POINTS)
    with answering(chromium, worksheet) as page:
        row(page, "Monday").get_by_label("How many?").fill("60")
        page.keyboard.press("Tab")
        said = "Points so far: 60 of 100, 40 left."
        assert page.locator(".total").inner_text() == said
        assert page.get_by_role("status").get_by_text(said).count() == 1
        row(page, "Friday").get_by_label("How many?").fill("50")
        assert page.locator(".total").inner_text() == "Points so far: 110 of 100, 10 too many."


def test_rows_are_added_and_taken_out_by_keyboard(chromium: Browser) -> None:
    worksheet = worksheet_of(AGENCIES)
    walk = hear(walk_for(worksheet), "Legal aid", "A desk", "A clinic", "")
    with answering(chromium, worksheet) as page:
        assert answer(page, "agencies") is None
        row(page, "Row 1").get_by_label("Which agency? (needed)").focus()
        page.keyboard.type("Legal aid")
        page.keyboard.press("Tab")
        page.keyboard.type("A desk")
        more = page.get_by_role("button", name="Add a row")
        more.press("Enter")
        page.keyboard.type("A clinic")
        assert answer(page, "agencies") == walk.response.answers["agencies"]
        more.press("Enter")
        assert more.is_disabled()
        row(page, "Row 3").get_by_role("button", name="Take this row out").press("Enter")
        assert more.is_enabled()
        assert more.evaluate("one => one === document.activeElement")
        row(page, "Row 1").get_by_role("button", name="Take this row out").press("Enter")
        page.get_by_role("button", name="Keep it").press("Enter")
        assert len(answer(page, "agencies")) == 2
        row(page, "Row 1").get_by_role("button", name="Take this row out").press("Enter")
        page.get_by_role("button", name="Take it out").press("Enter")
        assert answer(page, "agencies") == [{"name": "A clinic", "id": "row-2"}]
        assert row(page, "Row 1").get_by_label("Which agency? (needed)").input_value() == "A clinic"
        more.press("Enter")
        page.keyboard.type("Shelter")
        assert answer(page, "agencies")[-1] == {"name": "Shelter", "id": "row-3"}


def test_a_row_emptied_and_filled_again_stays_where_it_was(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(AGENCIES)) as page:
        page.get_by_role("button", name="Add a row").click()
        row(page, "Row 1").get_by_label("Which agency? (needed)").fill("One")
        row(page, "Row 2").get_by_label("Which agency? (needed)").fill("Two")
        row(page, "Row 1").get_by_label("Which agency? (needed)").fill("")
        assert answer(page, "agencies") == [{"name": "Two", "id": "row-2"}]
        row(page, "Row 1").get_by_label("Which agency? (needed)").fill("First")
        assert [one["name"] for one in answer(page, "agencies")] == ["First", "Two"]


def test_rows_beside_those_of_the_worksheet_have_a_name(chromium: Browser) -> None:
    worksheet = worksheet_of(f'{DAYS}, add_rows = true, columns = [{{ id = "note", ask = "What happens?" }}]')
    walk = hear(walk_for(worksheet), "A lot", "", "Holidays", "Quiet")
    with answering(chromium, worksheet) as page:
        row(page, "Monday").get_by_label("What happens?").fill("A lot")
        page.get_by_role("button", name="Add a row of your own").press("Enter")
        page.keyboard.type("Holidays")
        row(page, "Holidays").get_by_label("What happens?").fill("Quiet")
        assert row(page, "Holidays").get_by_label("What is it called? (needed)").input_value() == "Holidays"
        assert answer(page, "days") == walk.response.answers["days"]


def test_rows_come_and_go_with_picks_and_none_is_made_anew(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(AREAS, BELOW)) as page:
        assert page.get_by_text("There is nothing to answer here yet").is_visible()
        page.get_by_label("Pets").check()
        assert page.get_by_role("status").get_by_text("1 more row below.").count() == 1
        pets = row(page, "Pets").get_by_label("What happens?")
        pets.fill("Dogs")
        page.evaluate("window.before = document.querySelector('.row textarea')")
        page.get_by_label("Bags").check()
        rows = page.locator("fieldset.row > legend").all_inner_texts()
        assert rows == ["Bags", "Pets"]
        assert pets.evaluate("one => one === window.before")
        page.get_by_label("Pets").uncheck()
        assert page.get_by_role("status").get_by_text("1 row fewer below.").count() == 1
        assert row(page, "Pets").count() == 0
        assert answer(page, "below") == {"pets": {"note": "Dogs"}}  # kept, as it may come back
        row(page, "Bags").get_by_label("What happens?").fill("Big ones")
        page.get_by_label("Pets").check()
        assert row(page, "Pets").get_by_label("What happens?").input_value() == "Dogs"
        assert answer(page, "below") == {"pets": {"note": "Dogs"}, "bags": {"note": "Big ones"}}


def test_a_draft_fills_every_row(chromium: Browser) -> None:
    given = [{"name": "One", "idea": "A\nB", "id": "row-2"}, {"name": "Two", "id": "row-5"}]
    worksheet = worksheet_of(AGENCIES, EVERY_KIND)
    days = {"mon": {"sort": {"other": "in between"}, "hours": 2.5, "open": False, "fits": 0, "why": "Rain"}}
    with answering(chromium, worksheet, agencies=given, days=days) as page:
        assert page.locator("fieldset.row > legend").all_inner_texts()[:2] == ["Row 1", "Row 2"]
        assert row(page, "Row 1").get_by_label("What together?").input_value() == "A\nB"
        monday = row(page, "Monday")
        assert monday.get_by_role("textbox", name="In your own words").input_value() == "in between"
        assert monday.get_by_label("How long?").input_value() == "2.5"
        assert monday.get_by_label("Why is it shut?").input_value() == "Rain"
        row(page, "Row 2").get_by_label("What together?").fill("C")
        assert answer(page, "agencies") == [given[0], {"name": "Two", "idea": "C", "id": "row-5"}]
        page.get_by_role("button", name="Add a row").click()
        page.keyboard.type("Three")
        assert answer(page, "agencies")[-1] == {"name": "Three", "id": "row-6"}
        assert answer(page, "days") == days


def test_help_is_seen_once_and_heard_in_each_row(chromium: Browser) -> None:
    with answering(chromium, worksheet_of(EVERY_KIND)) as page:
        assert [one.is_visible() for one in page.locator(".cell").get_by_text("A few words.").all()] == [
            True,
            False,
        ]
        for name in ("Monday", "Friday"):
            field = row(page, name).get_by_label("What happens? (needed)")
            described = (field.get_attribute("aria-describedby") or "").split()
            assert "A few words." in [page.locator(f"#{one}").text_content() for one in described]


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "\u202eabc", "a" * 3000, "“\"'\\"])
def test_whatever_is_typed_is_kept_and_shown_as_text(chromium: Browser, hostile: str) -> None:
    worksheet = worksheet_of(f'{DAYS}, add_rows = true, columns = [{{ id = "note", ask = "What happens?" }}]')
    with answering(chromium, worksheet) as page:
        page.get_by_role("button", name="Add a row of your own").click()
        page.get_by_label("What is it called? (needed)").fill(hostile)
        assert json.dumps(answer(page, "days")) == json.dumps({"row-1": {"row": hostile}})
        assert page.locator("img").count() == 0
