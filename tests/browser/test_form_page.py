"""The page on which a worksheet is answered, in a real Chromium: nobody is in its way."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

from browsers import findings, is_too_wide
from build import response_for, things, worksheet_of
from forms import draft_of, page_of
from libwell import load_worksheet
from libwell.export.form.page import SCRIPTS
from libwell.kinds.registry import KINDS
from random_files import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Locator, Page

    from libwell.model.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
SHEETS = {
    "every kind": ROOT / "tests" / "cli" / "kinds.toml",
    **{
        name: ROOT / "worksheets" / f"{name}.toml"
        for name in ("staff-care", "policy-review", "trauma-informed-practice", "anchor-institution")
    },
}
VIEWS: Mapping[str, Any] = {
    "light": {"viewport": {"width": 1000, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1000, "height": 900}, "color_scheme": "dark"},
    "forced colors": {"viewport": {"width": 1000, "height": 900}, "forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 900}},
    "400 %": {"viewport": {"width": 320, "height": 256}},
}
BRANCHING = (
    'id = "roster", kind = "yes-no", ask = "Is there a roster?"',
    'id = "where", kind = "text", ask = "Where does it hang?", when = { prompt = "roster", is = true }',
    'id = "who", kind = "text", ask = "Who writes it?", when = { prompt = "roster", is = true }',
    'id = "last", kind = "text", ask = "Anything else?"',
)


@contextmanager
def opened(
    chromium: Browser, folder: Path, worksheet: Worksheet, view: str = "light", **options: Any
) -> Iterator[Page]:
    """A page from a file, as a person opens it. It may not complain, or want anything but itself."""
    path = folder / "form.html"
    path.write_text(page_of(worksheet), encoding="utf-8")
    context = chromium.new_context(**VIEWS[view], **options)
    tab, heard = context.new_page(), []
    tab.set_default_timeout(8_000)
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url))
    tab.goto(path.as_uri())
    yield tab
    context.close()
    assert heard == [path.as_uri()]


def question(tab: Page, ask: str) -> Locator:
    return tab.get_by_role("group", name=ask)


def polite(tab: Page) -> str:
    """What was said to those who listen, since the page was opened."""
    return " ".join(tab.locator(".said[role=status] p").all_inner_texts())


def draft_in(tab: Page) -> dict[str, Any]:
    """What a draft that is saved now holds."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Save a draft").first.click()
    found: dict[str, Any] = json.loads(waiting.value.path().read_text("utf-8"))
    return found


def given_in(tab: Page) -> dict[str, Any]:
    """The answers in a draft that is saved now."""
    found: dict[str, Any] = draft_in(tab)["answers"]
    return found


def take_draft(tab: Page, draft: str) -> None:
    buffer = draft.encode()
    tab.locator("input[type=file]").first.set_input_files(
        {"name": "DRAFT-private.json", "mimeType": "application/json", "buffer": buffer}
    )
    tab.get_by_text("The draft is on the page.").first.wait_for()


def filled(worksheet: Worksheet) -> str:
    """A draft with an answer to most questions of a worksheet."""
    sheet = worksheet.model_dump(by_alias=True, exclude_unset=True)
    found = answers(Random(7), sheet)
    text = tomli_w.dumps({**found["answers"], "actions": found["actions"]})
    return draft_of(response_for(worksheet, text), worksheet)


# --- nothing is in anybody's way ---------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_in_anybodys_way(chromium: Browser, tmp_path: Path, name: str, view: str) -> None:
    worksheet = load_worksheet(SHEETS[name])
    with opened(chromium, tmp_path, worksheet, view) as tab:
        assert findings(tab) == {}
        assert not is_too_wide(tab)
        take_draft(tab, filled(worksheet))
        tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert findings(tab) == {}
        assert not is_too_wide(tab)


def test_every_field_has_a_name_and_is_left_alone(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["every kind"])
    with opened(chromium, tmp_path, worksheet) as tab:
        fields = tab.evaluate("""[...document.querySelectorAll("#live :is(input, select, textarea)")]
            .filter(one => one.type !== "file")
            .map(one => [one.labels.length, one.autocomplete, one.spellcheck, one.translate,
                         one.getAttribute("writingsuggestions"), one.closest("form") === null])""")
        names = tab.evaluate("[...document.querySelectorAll('#live [name]')].map(one => one.name)")
    assert len(fields) > 40
    assert all(field == [1, "off", False, False, "false", True] for field in fields)
    assert all(re.fullmatch("g[0-9]+", name) for name in names)


# --- answering ------------------------------------------------------------------------------------


def test_what_is_answered_is_in_the_draft_and_comes_back(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["every kind"])
    with opened(chromium, tmp_path, worksheet) as tab:
        question(tab, "What does an ordinary Tuesday").get_by_label("Your answer").fill("One\n\ntwo")
        question(tab, "Is there a roster").get_by_label("Yes").check()
        branch = question(tab, "Which branch")
        branch.get_by_role("radio", name="In your own words").check()
        branch.get_by_role("textbox").fill("The bus")
        rooms = question(tab, "Which rooms")
        rooms.get_by_label("The attic").check()
        rooms.get_by_label("The hall").check()
        rooms.get_by_role("button", name="Add one of your own").click()
        tab.keyboard.type("The porch")
        question(tab, "How many late shifts").get_by_label("Your answer").fill("4")
        question(tab, "When will you look").get_by_label("Your answer").fill("2026-12-01")
        feel = question(tab, "How does each of these feel")
        feel.get_by_role("group", name="The desk").get_by_label("2: good").check()
        feel.get_by_role("group", name="The stacks").get_by_label("Don't know").check()
        support = question(tab, "What is there for the people")
        support.get_by_role("group", name="Thanks").get_by_label("We do this well").check()
        support.get_by_role("button", name="Add one of your own").click()
        tab.keyboard.type("A garden")
        question(tab, "Which wishes").get_by_label("Number 1").fill("Light")
        tab.keyboard.press("Enter")
        tab.keyboard.type("Air")
        order = question(tab, "Which of these would help")
        order.get_by_role("button", name="A kettle").click()
        order.get_by_role("button", name="A lamp").click()
        order.get_by_role("button", name="Move up: A lamp").click()
        given = given_in(tab)
        again = json.dumps(draft_in(tab))
        tab.get_by_role("button", name="Clear").click()
        tab.get_by_role("button", name="Yes, empty it").click()
        assert given_in(tab) == {}
        take_draft(tab, again)
        assert given_in(tab) == given
        assert order.get_by_role("listitem").first.inner_text().startswith("A lamp")
    assert given == {
        "words": "One\n\ntwo",
        "roster": True,
        "branch": {"other": "The bus", "id": "other-1"},
        "rooms": ["hall", "attic", {"other": "The porch", "id": "other-1"}],
        "shifts": 4,
        "review-day": {":day": "2026-12-01"},
        "feel": {"desk": 2, "stacks": {"not-answered": "dont-know"}},
        "support": {"well": ["thanks"], ":no-mark": [{"other": "A garden", "id": "other-1"}]},
        "wishes": ["Light", "Air"],
        "order": ["lamp", "kettle"],
    }


@pytest.mark.parametrize("name", SHEETS)
def test_a_draft_comes_back_as_it_was(chromium: Browser, tmp_path: Path, name: str) -> None:
    worksheet = load_worksheet(SHEETS[name])
    draft = filled(worksheet)
    with opened(chromium, tmp_path, worksheet) as tab:
        take_draft(tab, draft)
        found = draft_in(tab)
    assert found["answers"] == json.loads(draft)["answers"]
    assert found["actions"] == json.loads(draft)["actions"]


def test_a_reason_keeps_what_is_on_the_field_and_brings_it_back(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["every kind"])
    with opened(chromium, tmp_path, worksheet) as tab:
        words = question(tab, "What does an ordinary Tuesday")
        field = words.get_by_label("Your answer")
        field.fill("Busy")
        words.get_by_label("Don't know").check()
        assert words.get_by_text("is in no file, nor in a draft").is_visible()
        assert field.is_disabled()
        assert field.input_value() == "Busy"
        assert given_in(tab) == {"words": {"not-answered": "dont-know"}}
        words.get_by_label("Prefer not to say").check()
        assert not words.get_by_label("Don't know").is_checked()
        assert given_in(tab) == {"words": {"not-answered": "prefer-not-to-say"}}
        words.get_by_label("Prefer not to say").uncheck()
        assert field.is_enabled()
        assert given_in(tab) == {"words": "Busy"}


def test_an_answer_is_taken_out(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, worksheet_of(*BRANCHING)) as tab:
        roster = question(tab, "Is there a roster?")
        roster.get_by_label("No", exact=True).check()
        assert given_in(tab) == {"roster": False}
        roster.get_by_role("button", name="Take my answer out").click()
        assert tab.evaluate("document.activeElement.type") == "radio"
        assert given_in(tab) == {}


def test_what_can_not_be_taken_is_refused_in_words_and_in_no_file(chromium: Browser, tmp_path: Path) -> None:
    worksheet = worksheet_of(
        'id = "late", kind = "number", ask = "How many?", min = 0, max = 31, step = 1, unit = "shifts"',
        f'id = "rooms", kind = "choices", ask = "Which?", max = 2, exclusive = ["d"], '
        f"options = {things('a', 'b', 'c', 'd')}",
        'id = "name", kind = "text", ask = "Who?", long = false, max_length = 3, required = true',
    )
    with opened(chromium, tmp_path, worksheet) as tab:
        number = question(tab, "How many?").get_by_label("Your answer")
        number.fill("two")
        number.press("Tab")
        assert number.get_attribute("aria-invalid") == "true"
        described = (number.get_attribute("aria-describedby") or "").split()[-1]
        refusal = tab.locator(f"#{described}")
        assert refusal.inner_text() == "Type a whole number from 0 to 31 (shifts)."
        rooms = question(tab, "Which?")
        for name in ("A", "B", "C"):
            rooms.get_by_role("checkbox", name=name, exact=True).click()
        assert not rooms.get_by_role("checkbox", name="C", exact=True).is_checked()
        assert rooms.get_by_text("At most 2 can be chosen. Choose those that matter most.").is_visible()
        rooms.get_by_role("checkbox", name="B", exact=True).click()
        rooms.get_by_role("checkbox", name="D", exact=True).click()
        assert rooms.get_by_text("“D” stands alone. Choose it, or the others.").is_visible()
        assert given_in(tab) == {"rooms": ["a"]}
        review = tab.locator(".lacking")
        review.get_by_role("link", name="How many?").click()
        assert tab.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
        review.get_by_role("link", name="Who?").click()
        tab.keyboard.type("Ana")
        number.fill("+4.0")
        number.press("Tab")
        assert not refusal.is_visible()
        review.get_by_role("link").first.wait_for(state="detached")
        assert given_in(tab) == {"rooms": ["a"], "name": "Ana", "late": 4}
        assert "#" not in tab.url


# --- what comes and goes --------------------------------------------------------------------------


def test_questions_that_appear_are_said_and_leave_focus_where_it_is(
    chromium: Browser, tmp_path: Path
) -> None:
    with opened(chromium, tmp_path, worksheet_of(*BRANCHING)) as tab:
        yes, no = (
            question(tab, "Is there a roster?").get_by_label(name, exact=True) for name in ("Yes", "No")
        )
        where = question(tab, "Where does it hang?")
        assert not where.is_visible()
        yes.focus()
        tab.keyboard.press("Space")
        assert where.is_visible()
        assert yes.evaluate("one => one === document.activeElement")
        assert "2 more questions below." in polite(tab)
        assert tab.get_by_text("Question 4 of 4").is_visible()
        where.get_by_label("Your answer").fill("In the kitchen")
        no.check()
        assert not where.is_visible()
        assert "2 questions fewer. What you had answered there is kept." in polite(tab)
        assert given_in(tab) == {"roster": False, "where": "In the kitchen"}
        yes.check()
        assert where.get_by_label("Your answer").input_value() == "In the kitchen"


def test_options_come_from_above_and_go_with_them(chromium: Browser, tmp_path: Path) -> None:
    worksheet = worksheet_of(
        f'id = "above", kind = "choices", ask = "Above?", other = true, options = {things("a", "b")}',
        'id = "one", kind = "choice", ask = "One of them?", options_from = "above"',
        'id = "some", kind = "ranking", ask = "In what order?", options_from = "above"',
    )
    with opened(chromium, tmp_path, worksheet) as tab:
        above = question(tab, "Above?")
        above.get_by_label("A", exact=True).check()
        above.get_by_label("B", exact=True).check()
        one = question(tab, "One of them?")
        one.get_by_label("B", exact=True).check()
        question(tab, "In what order?").get_by_role("button", name="B", exact=True).click()
        assert given_in(tab)["some"] == ["b", "a"]
        above.get_by_role("button", name="Add one of your own").click()
        tab.keyboard.type("A porch")
        assert above.get_by_label("In your own words").evaluate("one => one === document.activeElement")
        one.get_by_label("A porch").check()
        assert given_in(tab)["one"] == "other-1"
        above.get_by_role("button", name="Take out").click()
        assert not one.get_by_label("A porch").is_visible()


def test_whom_one_can_turn_to_follows_any_answer_to_such_a_question(
    chromium: Browser, tmp_path: Path
) -> None:
    worksheet = worksheet_of('id = "now", kind = "yes-no", ask = "Is somebody with you?", support = "now"')
    with opened(chromium, tmp_path, worksheet) as tab:
        asked = question(tab, "Is somebody with you?")
        lines = asked.get_by_text("Whom you can turn to, at any time:")
        assert not lines.is_visible()
        asked.get_by_label("Yes").check()
        assert lines.is_visible()
        assert "Whom you can turn to" in polite(tab)
        asked.get_by_role("button", name="Take my answer out").click()
        assert not lines.is_visible()
        asked.get_by_label("Prefer not to say").check()
        assert lines.is_visible()


def test_the_short_way_asks_less_and_loses_nothing(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, load_worksheet(SHEETS["staff-care"])) as tab:
        several = tab.locator(".question:visible").count()
        tab.get_by_label("The short way").check()
        few = tab.locator(".question:visible").count()
        assert 0 < few < several
        assert draft_in(tab)["short"] is True
        tab.get_by_label("All questions").check()
        assert tab.locator(".question:visible").count() == several


def test_an_earlier_answer_is_named_by_the_number_it_has_on_the_way(
    chromium: Browser, tmp_path: Path
) -> None:
    worksheet = worksheet_of(
        'id = "beside", kind = "text", ask = "Beside the way?"',
        'id = "first", kind = "text", ask = "What is there?", core = true',
        'id = "next", kind = "text", ask = "And then?", core = true, recall = ["first"]',
        head="private = false\nminutes = 9\nshort_minutes = 3",
    )
    with opened(chromium, tmp_path, worksheet) as tab:
        question(tab, "What is there?").get_by_label("Your answer").fill("A desk")
        recalled = question(tab, "And then?")
        assert recalled.get_by_text("Your answer to question 2: A desk").is_visible()
        tab.get_by_label("The short way").check()
        assert recalled.get_by_text("Your answer to question 1: A desk").is_visible()


# --- nothing stays --------------------------------------------------------------------------------


def test_escape_hides_all_of_the_page_and_brings_it_back(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["staff-care"])
    with opened(chromium, tmp_path, worksheet) as tab:
        field = question(tab, "What are you carrying").get_by_label("Your answer")
        field.fill("Too much")
        tab.keyboard.press("Escape")
        tab.keyboard.press("Escape")  # as one does who is startled
        tab.keyboard.press("Enter")
        assert tab.locator("body").inner_text().split() == ["A", "pause", "Escape", "goes", "on.", "Go", "on"]
        assert tab.title() == "Worksheet"
        assert findings(tab) == {}
        tab.emulate_media(media="print")
        assert not tab.locator("#paper, #live").first.is_visible()
        tab.emulate_media(media="screen")
        tab.wait_for_timeout(1100)
        tab.keyboard.press("Escape")
        assert tab.title() == "Staff care, self-care"
        assert field.evaluate("one => one === document.activeElement")
        assert field.input_value() == "Too much"
        tab.wait_for_timeout(1100)
        tab.keyboard.press("Escape")
        tab.wait_for_timeout(1100)
        tab.get_by_role("button", name="Go on").click()
        assert field.is_visible()


def test_a_worksheet_for_oneself_alone_has_no_copy_for_a_team(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(ROOT / "worksheets" / "after-a-hard-moment.toml")
    with opened(chromium, tmp_path, worksheet) as tab:
        text = tab.locator("#live").inner_text()
    assert "My answers, for myself" in text
    assert "team" not in text.partition("When you are done")[2].replace("Your team", "")


def test_clear_asks_once_more_and_leaves_nothing(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["staff-care"])
    with opened(chromium, tmp_path, worksheet) as tab:
        take_draft(tab, filled(worksheet))
        before = given_in(tab)
        tab.get_by_role("button", name="Clear").click()
        tab.get_by_role("button", name="No", exact=True).click()
        assert given_in(tab) == before
        tab.get_by_role("button", name="Clear").click()
        tab.get_by_role("button", name="Yes, empty it").click()
        assert tab.evaluate("document.activeElement.tagName") == "H1"
        left = draft_in(tab)
        assert (left["answers"], left["actions"], left["last_own"]) == ({}, [], {})
        assert tab.evaluate(
            "[...document.querySelectorAll('input, textarea')].every(one => !one.value || 'on' === one.value)"
        )


def test_nothing_is_there_when_one_comes_back(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, worksheet_of(*BRANCHING)) as tab:
        question(tab, "Anything else?").get_by_label("Your answer").fill("A secret")
        tab.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
        assert tab.locator("#live").inner_text() == ""
        assert "A secret" not in tab.content()
        tab.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        assert given_in(tab) == {}


# --- without script, and on paper -------------------------------------------------------------------


def test_without_script_it_is_a_sheet_to_print(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["staff-care"])
    with opened(chromium, tmp_path, worksheet, java_script_enabled=False) as tab:
        assert tab.get_by_text("save this file, then open it in a browser").is_visible()
        assert tab.locator("#paper h1").is_visible()
        assert tab.locator("input").count() == 0


def test_it_prints_as_the_blank_does(chromium: Browser, tmp_path: Path) -> None:
    worksheet = load_worksheet(SHEETS["staff-care"])
    with opened(chromium, tmp_path, worksheet) as tab:
        assert not tab.locator("#paper").is_visible()
        tab.emulate_media(media="print")
        assert tab.locator("#paper h1").is_visible()
        assert not tab.locator("#live").is_visible()
        assert not tab.get_by_text("save this file, then open it in a browser").is_visible()


def test_no_two_modules_of_the_script_have_the_same_name_for_something() -> None:
    here = files("libwell.export.form")
    modules = [here.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    declared = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
    names = Counter(name for module in modules for name in declared.findall(module))
    assert [name for name, count in names.items() if count > 1] == []
    assert all(len(module.splitlines()) <= 400 for module in modules)


def test_the_worksheet_with_every_kind_has_every_kind() -> None:
    sheet = tomli.loads(SHEETS["every kind"].read_text("utf-8"))
    kinds = {one["kind"] for section in sheet["sections"] for one in section["prompts"]}
    assert kinds == {*KINDS}
