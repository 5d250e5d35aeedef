"""The way out of a page, in a real Chromium: what leaves is shown first, and is what was shown."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from browsers import AXE, RULES
from build import fill, fixed_world, response_for, shelf_in, worksheet_from, worksheet_text
from forms import draft_of, page_of
from libwell.storage.responses import ResponseFolder
from libwell.storage.shared import SharedFile, read_shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

MINE, COPY, DRAFT = "MINE-do-not-send.txt", "COPY-FOR-MY-TEAM.txt", "DRAFT-private.json"
WITHDRAWAL = "WITHDRAWAL-FOR-MY-TEAM.txt"
TEXT = worksheet_text(
    'id = "tired", kind = "text", ask = "What tires you?", private = true',
    'id = "roster", kind = "yes-no", ask = "Is there a roster?", required = true',
    'id = "helps", kind = "text", ask = "What helps?"',
    'id = "safe", kind = "text", ask = "Are you safe?", support = "now"',
    'id = "calm", kind = "rating", ask = "How calm?", scale = { min = 0, max = 4, labels = ["not", "very"] }',
    'id = "bags", kind = "table", ask = "Which bags?", columns = [{ id = "note", ask = "What happens?" }]',
    'id = "next", kind = "plan", ask = "What next?"',
)
SHEET = worksheet_from(TEXT)
PRIVATE, WORDS, NAME, SAFE = "myfeetprivate", "aquietroomwords", "Ananame", "notatallsafe"
ANSWERS = f"""
roster = true
tired = "{PRIVATE}"
helps = "{WORDS}"
safe = "{SAFE}"
calm = 3
actions = [
    {{ step = "Put up a sign", who = "{NAME}", due = 2027-03-01, know = "{WORDS}" }},
    {{ step = "{PRIVATE} sit down", from = "tired" }},
    {{ step = "{SAFE} step", from = "safe" }},
]
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft in which everything was given."""
    path = tmp_path / DRAFT
    response = response_for(SHEET, ANSWERS)
    named = response.model_copy(
        update={"person": response.person.model_copy(update={"name": NAME, "team": "North"})}
    )
    path.write_text(draft_of(named, SHEET), encoding="utf-8")
    return path


@contextmanager
def opened(chromium: Browser, folder: Path, draft: Path | None = None) -> Iterator[Page]:
    """The page of the worksheet from a file, with a draft. It may not complain."""
    path = folder / "form.html"
    path.write_text(page_of(SHEET), encoding="utf-8")
    context = chromium.new_context()
    tab, heard = context.new_page(), []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.add_init_script(
        "window.print = () => { window.sheets = [...(window.sheets ?? []), printed()]; };"
        "const printed = () => document.getElementById('to-print').innerText;"
    )
    tab.goto(path.as_uri())
    if draft:
        open_draft(tab, draft)
        tab.get_by_text("The draft is on the page.").first.wait_for()
    yield tab
    context.close()
    assert heard == []


def open_draft(tab: Page, path: Path) -> None:
    with tab.expect_file_chooser() as chosen:
        tab.get_by_role("button", name="Open a draft").first.click()
    chosen.value.set_files(path)


def saved(tab: Page, folder: Path, button: str, name: str) -> Path:
    """The file that a button saves; it has this name."""
    with tab.expect_download() as found:
        tab.get_by_role("button", name=button, exact=True).first.click()
    assert found.value.suggested_filename == name
    path = folder / f"saved-{len([*folder.iterdir()])}.txt"
    found.value.save_as(path)
    return path


def may_leave(tab: Page) -> bool:
    """Whether the page can be left without being asked."""
    return bool(tab.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))"))


def field_of(tab: Page, ask: str) -> Locator:
    return tab.get_by_role("group", name=ask).get_by_label("Your answer")


def look(tab: Page) -> str:
    """What would leave, as the page says it."""
    tab.get_by_role("button", name="Show what would leave").click()
    return tab.locator(".preview").inner_text()


def test_my_answers_are_all_of_them(chromium: Browser, tmp_path: Path, draft: Path) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        tab.get_by_text("In it: 5 answers, 2 of them private, and 3 steps.").wait_for()
        text = saved(tab, tmp_path, f"Save {MINE}", MINE).read_text(encoding="utf-8")
        shelf = shelf_in(tmp_path / "sheets", TEXT)
        filled = fill(
            text, file=MINE, shelf=shelf, folder=ResponseFolder(tmp_path / "r"), world=fixed_world()
        )
        assert filled.response.answers == response_for(SHEET, ANSWERS).answers
        assert filled.response.actions == response_for(SHEET, ANSWERS).actions
        assert "# What tires you? (private)\n" in text


def test_a_copy_is_what_was_shown(chromium: Browser, tmp_path: Path, draft: Path) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        assert not tab.get_by_role("button", name=f"Save {COPY}").is_visible()
        seen = look(tab)
        told, stays = seen.split("What stays here")
        for word in (PRIVATE, WORDS, NAME, SAFE):
            assert word not in seen
        assert "Put up a sign" in told
        assert "Private: What tires you?" in stays
        text = saved(tab, tmp_path, f"Save {COPY}", COPY).read_text(encoding="utf-8")
        for word in (PRIVATE, WORDS, NAME, SAFE):
            assert word not in text
        tab.get_by_label("With my name, and who does what").check()
        tab.get_by_label("With what I wrote in my own words").check()
        assert NAME in tab.locator(".preview").inner_text()
        path = saved(tab, tmp_path, f"Save {COPY}", COPY)
        again = path.read_text(encoding="utf-8")
        assert WORDS in again
        assert PRIVATE not in again
        assert SAFE not in again
        first, second = tomli.loads(text), tomli.loads(again)
        assert (first["revision"], second["revision"]) == (1, 2)
        assert first["shared_id"] == second["shared_id"]
        assert isinstance(read_shared(path, shelf_in(tmp_path / "sheets", TEXT)), SharedFile)


def test_a_copy_is_not_saved_otherwise_than_shown(chromium: Browser, tmp_path: Path, draft: Path) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        look(tab)
        tab.get_by_label("Your team").fill("South")
        tab.get_by_role("button", name=f"Save {COPY}").evaluate("button => button.click()")
        assert tab.get_by_text("Look once more at what would leave.").count() == 1
        assert "South" in tab.locator(".preview").inner_text()
        assert "South" in saved(tab, tmp_path, f"Save {COPY}", COPY).read_text(encoding="utf-8")


def test_a_draft_knows_of_the_copy_and_of_its_withdrawal(
    chromium: Browser, tmp_path: Path, draft: Path
) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        assert not tab.get_by_text("Take back the copy I saved").is_visible()
        look(tab)
        copy = tomli.loads(saved(tab, tmp_path, f"Save {COPY}", COPY).read_text(encoding="utf-8"))
        saved(tab, tmp_path, f"Save {MINE}", MINE)
        tab.get_by_text("Take back the copy I saved").click()
        assert not tab.get_by_text("so that it knows of the withdrawal").is_visible()
        assert not may_leave(tab)  # without the draft nobody knows whose copy it was
        kept = saved(tab, tmp_path, "Save the draft", DRAFT)
        assert may_leave(tab)
        assert not tab.get_by_text("Now save your draft again. It knows").is_visible()
    with opened(chromium, tmp_path, kept) as tab:
        look(tab)
        assert tomli.loads(saved(tab, tmp_path, f"Save {COPY}", COPY).read_text(encoding="utf-8")) == copy
        tab.get_by_text("Take back the copy I saved").click()
        text = saved(tab, tmp_path, f"Save {WITHDRAWAL}", WITHDRAWAL).read_text(encoding="utf-8")
        assert tomli.loads(text) == {"libwell": "withdrawal/1", "shared_id": copy["shared_id"], "revision": 2}


def test_where_saving_is_blocked_a_file_is_shown(chromium: Browser, tmp_path: Path, draft: Path) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        tab.get_by_role("button", name="Show it as text").first.click()
        field = tab.get_by_label(MINE)
        assert tomli.loads(field.input_value())["answers"]["tired"] == PRIVATE
        field.press("x")
        assert "x" + PRIVATE not in field.input_value()
        look(tab)
        tab.get_by_label("With what I wrote in my own words").check()
        tab.get_by_role("button", name="Show it as text").nth(1).click()
        shown = tab.get_by_label(COPY)
        tab.wait_for_timeout(400)
        assert WORDS in shown.input_value()
        tab.get_by_label("With what I wrote in my own words").uncheck()
        assert shown.count() == 0


def test_nothing_is_saved_where_nothing_would_leave(chromium: Browser, tmp_path: Path) -> None:
    with opened(chromium, tmp_path) as tab:
        assert "There is nothing to share yet." in look(tab)
        field_of(tab, "What tires you?").fill(PRIVATE)
        assert "All that you gave here is private" in look(tab)
        field_of(tab, "What helps?").fill(WORDS)
        assert "nothing would leave but" in look(tab).lower()
        assert not tab.get_by_role("button", name=f"Save {COPY}").is_visible()
        tab.get_by_role("button", name="Print", disabled=False).wait_for()


def test_what_is_private_is_printed_only_if_that_is_ticked(
    chromium: Browser, tmp_path: Path, draft: Path
) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        tab.get_by_role("button", name="Print").click()
        tab.evaluate("dispatchEvent(new Event('afterprint'))")
        assert tab.locator("#to-print").count() == 0
        tab.get_by_label("With my private answers").check()
        tab.get_by_role("button", name="Print").click()
        bare, whole = tab.evaluate("window.sheets")
        assert WORDS in bare
        assert PRIVATE not in bare
        assert PRIVATE in whole
        assert SAFE not in bare + whole
        assert bare.index("Put up a sign") < bare.index("Is there a roster?")
        tab.emulate_media(media="print")
        assert tab.locator("#to-print").is_visible()
        assert not tab.locator("#paper").is_visible()
        assert not tab.locator("main#live").is_visible()


def test_a_draft_is_opened_over_answers_only_if_that_is_meant(
    chromium: Browser, tmp_path: Path, draft: Path
) -> None:
    with opened(chromium, tmp_path) as tab:
        field = field_of(tab, "What helps?")
        field.fill("mine")
        open_draft(tab, draft)
        tab.get_by_role("button", name="No, leave it").click()
        assert field.input_value() == "mine"
        other = tmp_path / "other.json"
        for text in (
            "{",
            'libwell = "answers/1"\n',
            json.dumps({"libwell": "libwell-form/1", "worksheet": "x"}),
        ):
            other.write_text(text, encoding="utf-8")
            open_draft(tab, other)
            tab.locator(".draft [role=status] p").first.wait_for()
            assert field.input_value() == "mine"
        open_draft(tab, draft)
        tab.get_by_role("button", name="Yes", exact=True).first.click()
        assert field_of(tab, "What helps?").input_value() == WORDS


def test_nobody_is_in_the_way_out(chromium: Browser, tmp_path: Path, draft: Path) -> None:
    with opened(chromium, tmp_path, draft) as tab:
        look(tab)
        for button in tab.get_by_role("button", name="Show it as text").all():
            if button.is_visible():
                button.click()
        tab.get_by_text("Take back the copy I saved").click()
        found: Any = tab.evaluate(
            f"async (rules) => {{ {AXE}; return (await axe.run(rules)).violations; }}", RULES
        )
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
