"""The machine's own Chromium for tests of pages, and what axe-core holds a page to."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page, Playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
LACKING = "needs Chromium: apt-get install chromium"
# Without a sandbox, as root runs it in CI; and silent, as a browser likes to telephone home.
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync"""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: Mapping[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def program() -> str:
    """Where Chromium is. Where there is none, tests are skipped, or fail if CHROMIUM=required."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not found and os.environ.get("CHROMIUM") == "required":
        pytest.fail(LACKING)
    if not found:
        pytest.skip(LACKING)
    return found


@contextmanager
def playing() -> Iterator[Playwright]:
    """Playwright, at work; there can be only one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def browsing(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium with nothing of its own to do."""
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS.split())
    yield browser
    browser.close()


def findings(tab: Page) -> dict[str, list[str]]:
    """What axe-core has against a page, and what it can't make out; never the contrast of words in SVG.

    Nor where it says that words are overlapped and finds nothing that overlaps them.
    """
    tab.evaluate(AXE)
    found = tab.evaluate("rules => axe.run(document, rules)", RULES)
    assert found["passes"]
    told: dict[str, list[str]] = {}
    for kind in ("violations", "incomplete"):
        for one in found[kind]:
            nodes = [node["html"] for node in one["nodes"] if not _is_overlapped_by_nothing(node)]
            if not all(html.startswith("<text ") for html in nodes):
                told[f"{kind} {one['id']}"] = nodes
    return told


def _is_overlapped_by_nothing(node: Mapping[str, Any]) -> bool:
    return any(
        isinstance(one["data"], dict)
        and one["data"].get("messageKey") == "bgOverlap"
        and not one["relatedNodes"]
        for one in node["any"]
    )


def is_too_wide(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
