"""Pages made of hostile worksheets, and hostile answers on them, in a real Chromium: nothing of it is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from build import response_for
from forms import draft_of, page_of
from hostile import HOSTILE
from libwell.storage.worksheets import examine_text
from test_hostile import sheet

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from libwell.model.worksheet import Worksheet

LONGEST = 400
TEXTS = [text[:LONGEST] for text in HOSTILE if text.strip() and "\0" not in text]
PARTS = 10
# What would be called if anything of a page were run, and what would be opened, asked or loaded.
LISTENER = """
window.heard = [];
for (const name of ["alert", "confirm", "prompt", "open", "fetch", "print"]) {
  window[name] = (...given) => { window.heard.push([name, ...given].join(" ")); };
}
for (const name of ["error", "securitypolicyviolation", "submit"]) {
  addEventListener(name, (event) => window.heard.push(`${name} ${event.message}`));
}
"""
SEEN = 'document.querySelectorAll("script, iframe, object, embed, img, form, base, link, style").length'


def hostile_sheet(text: str) -> Worksheet:
    """A worksheet of every kind in which each text that people read is a hostile one."""
    made = tomli_w.dumps(sheet(text))
    return examine_text(made, file="hostile", load=nothing, for_author=False).demand("hostile")


def nothing(name: str) -> Worksheet:
    raise AssertionError(name)


def hostile_draft(worksheet: Worksheet, text: str) -> str:
    """A draft with a hostile text in everything that can be typed."""
    other = {"other": text}
    answers: dict[str, Any] = {
        "t": text,
        "ch": other,
        "chs": ["a", other],
        "ck": {"a": ["i", other]},
        "li": [text],
    }
    answers |= {"fixed": {"i": {"c": text, "d": other}}, "added": [{"c": text}], "ri": {"i": 1}, "y": True}
    step = {"step": text, "who": text, "due": text, "know": text, "notes": text}
    toml = tomli_w.dumps({**answers, "actions": [step]})
    draft = json.loads(draft_of(response_for(worksheet, toml), worksheet))
    return json.dumps({**draft, "person": {"name": text, "team": text, "library": text}})


def heard_on(context: BrowserContext, path: Path, draft: str) -> tuple[Page, list[str]]:
    """The page with a draft on it and everything shown that can be; and all that was heard meanwhile."""
    tab, heard = context.new_page(), []
    tab.set_default_timeout(10_000)
    for event in ("console", "pageerror", "dialog", "popup", "download"):
        tab.on(event, lambda one, event=event: heard.append(f"{event} {one}"))
    tab.on("request", lambda request: heard.append(request.url) if request.url != path.as_uri() else None)
    tab.goto(path.as_uri())
    tab.locator("input[type=file]").first.set_input_files(
        {"name": "DRAFT-private.json", "mimeType": "application/json", "buffer": draft.encode()}
    )
    tab.get_by_text("The draft is on the page.").first.wait_for()
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for box in tab.get_by_role("group", name="To go along").get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Show what would leave").click()
    tab.get_by_role("button", name="Show it as text").first.click()
    tab.get_by_label("With my private answers").check()
    return tab, heard


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_of_a_hostile_worksheet_or_answer_is_run(
    chromium: Browser, tmp_path: Path, part: int
) -> None:
    context = chromium.new_context()
    context.add_init_script(LISTENER)
    path = tmp_path / "page.html"
    for number in range(part, len(TEXTS), PARTS):
        worksheet, text = hostile_sheet(TEXTS[number]), TEXTS[number]
        page = page_of(worksheet, team=text, library=text, support=(text, f"{text} https://example.org/"))
        path.write_text(page, encoding="utf-8", newline="")
        tab, heard = heard_on(context, path, hostile_draft(worksheet, text))
        tab.get_by_role("button", name="Print").click()
        assert tab.evaluate("window.heard") == ["print"]
        assert heard == []
        assert tab.evaluate(SEEN) == 4  # the style, the data, the worksheet and the script of the page itself
        tab.close(run_before_unload=False)
    context.close()


def test_the_listener_would_tell(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context()
    context.add_init_script(LISTENER)
    tab = context.new_page()
    path = tmp_path / "bad.html"
    path.write_text("<!DOCTYPE html><title>bad</title><img src=x onerror='alert(1)'>", encoding="utf-8")
    tab.goto(path.as_uri())
    tab.wait_for_function("window.heard.length > 0")
    assert "alert 1" in tab.evaluate("window.heard")
    context.close()
