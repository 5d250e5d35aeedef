"""A page keeps nothing of what is typed into it: for no reload, way back, crash or restored session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms import page_of
from libwell import load_worksheet
from own_browser import OwnBrowser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Dialog, Page, Playwright

ROOT = Path(__file__).parents[2]
FIELDS = "#live textarea, #live input:not([type=file])"
ALL_TEXT = """() => [document.documentElement.outerHTML,
...[...document.querySelectorAll("input, textarea, select")].map(one => one.value)].join(" ")"""
IN_STORES = """async () => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie,
JSON.stringify(await indexedDB.databases()), location.href, JSON.stringify(history.state), window.name,
document.title].join(" ")"""
CONTROL = "<!DOCTYPE html><title>A page that keeps</title><textarea id=kept></textarea>"
KEPT = "words-that-are-kept"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "page.html"
    worksheet = load_worksheet(ROOT / "worksheets" / "staff-care.toml")
    path.write_text(page_of(worksheet), encoding="utf-8")
    return path


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[OwnBrowser]:
    found = OwnBrowser(playwright, tmp_path / "profile")
    yield found
    found.kill()


def fill_in(tab: Page) -> list[str]:
    """Type a word of its own into every field there is, and tick every box; gives the words."""
    words = []
    for box in tab.locator("#live input[type=checkbox]:visible:enabled").all()[:12]:
        box.check(force=True)
    for number, one in enumerate(tab.locator("#live textarea:visible, #live input[type=text]:visible").all()):
        if one.is_editable():
            words.append(f"canary{number}word")
            one.fill(words[-1])
    assert len(words) > 3
    assert words[0] in tab.evaluate(ALL_TEXT)
    return words


def shown(tab: Page, words: list[str]) -> list[str]:
    """Which of the words can be found in the page, its fields, its title, or what it can store."""
    there = tab.evaluate(ALL_TEXT) + tab.evaluate(IN_STORES)
    return [one for one in words if one in there]


@pytest.mark.parametrize("way", ["reload", "back", "leave and come back"])
def test_whoever_comes_next_finds_it_empty(browser: OwnBrowser, page_file: Path, way: str) -> None:
    tab = browser.start(page_file.as_uri())
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.wait_for_selector("#live h1")
    words = fill_in(tab)
    if way == "reload":
        tab.reload()
    else:
        tab.goto("about:blank")
        _ = tab.go_back() if way == "back" else tab.goto(page_file.as_uri())
    tab.wait_for_selector("#live h1")
    assert shown(tab, words) == []
    assert not tab.locator("#live input:checked[type=checkbox]").count()


def test_after_a_crash_nothing_comes_back(browser: OwnBrowser, page_file: Path, tmp_path: Path) -> None:
    control = tmp_path / "control.html"
    control.write_text(CONTROL, encoding="utf-8")
    tab = browser.start(page_file.as_uri())
    words = fill_in(tab)
    beside = tab.context.new_page()
    beside.goto(control.as_uri())
    beside.fill("#kept", KEPT)
    browser.wait_until_written(KEPT)  # what would be kept of the other page is written as well
    browser.kill()
    assert browser.holding([*words, KEPT]) == {KEPT}
    tab = browser.restart()
    tab.wait_for_timeout(1000)
    tabs = {one.url: one for one in tab.context.pages}
    assert tabs[control.as_uri()].input_value("#kept") == KEPT  # so the session was restored
    assert shown(tabs[page_file.as_uri()], words) == []


def test_what_is_left_is_wiped_at_once(browser: OwnBrowser, page_file: Path) -> None:
    """Where a browser keeps a page that was left, to show it again at a step back."""
    tab = browser.start(page_file.as_uri())
    words = fill_in(tab)
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert shown(tab, words) == []
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert shown(tab, words) == []
    assert tab.locator("#live h1").count() == 1


def test_nothing_is_stored_while_it_is_open(browser: OwnBrowser, page_file: Path) -> None:
    tab = browser.start(page_file.as_uri())
    words = fill_in(tab)
    stored = tab.evaluate(IN_STORES)
    assert [one for one in words if one in stored] == []
    assert tab.evaluate("history.length") == 1


def test_leaving_asks_where_something_was_not_saved(browser: OwnBrowser, page_file: Path) -> None:
    tab, asked = browser.start(page_file.as_uri()), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.reload()
    assert asked == []
    words = fill_in(tab)
    tab.evaluate("setTimeout(() => location.reload())")
    tab.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert shown(tab, words) == words
