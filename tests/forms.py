"""Pages in which worksheets are answered, and drafts for them, as the tests of them need both."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from libwell.export.form.page import SCRIPTS
from libwell.flows.form import form_page
from libwell.rules.support import SUPPORT
from libwell.storage.definitions import definition_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

_START = "page=startPage("
_TAKE = "given => here.take({ ...here.response, ...hereWithDays(JSON.parse(given)) })"


def page_of(worksheet: Worksheet, **options: Any) -> str:
    """The page of a worksheet, with the support lines there are without any settings."""
    return form_page(worksheet, **{"support": SUPPORT, **options})


def engine(names: str) -> str:
    """JavaScript that gives an object of names (`"KINDS, asked"`), out of the modules that need no page."""
    here = files("libwell.export.form")
    modules = [*SCRIPTS][: [*SCRIPTS].index("drafts") + 1]
    text = "\n".join(here.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in modules)
    return f'(() => {{ "use strict";\n{text}\nreturn {{ {names} }}; }})()'


def draft_of(response: Response, worksheet: Worksheet) -> str:
    """What a page saves as a draft where somebody gave what a response holds."""
    person = response.person
    return json.dumps(
        {
            "libwell": "libwell-form/1",
            "worksheet": worksheet.id,
            "sha256": definition_of(worksheet).sha256,
            "person": {"name": person.name, "team": person.team, "library": person.library},
            "answers": plain(response.answers),
            "actions": [plain(one.model_dump(by_alias=True, exclude_unset=True)) for one in response.actions],
            "last_own": response.last_own,
            "last_action": response.last_action,
            "short": response.short,
            "sharing": None,
        }
    )


def plain(value: Any) -> Any:
    """A value with its days as drafts have them."""
    if isinstance(value, dt.date):
        return {":day": value.isoformat()}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [*map(plain, value)] if isinstance(value, list | tuple) else value


@contextmanager
def at_work(browser: Browser, worksheet: Worksheet, **given: Any) -> Iterator[Page]:
    """A page at work, which tests can look into; nothing else of it is changed. Errors of its script fail.

    `given` are parts of what was given on it, such as answers and actions.
    """
    text = page_of(worksheet)
    assert text.count(_START) == 1
    context = browser.new_context(bypass_csp=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - a bound one it refuses
    page.set_content(text.replace(_START, f"window.hereWithDays=withDays;window.here={_START}"))
    page.evaluate(_TAKE, json.dumps(plain(given)))
    yield page
    assert errors == []
    context.close()


def given_on(page: Page) -> dict[str, Any]:
    """What is given on a page that tests can look into, its days as such."""
    found: dict[str, Any] = _as_given(json.loads(page.evaluate("JSON.stringify(here.response)")))
    return found


def _as_given(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {":day"}:
            return dt.date.fromisoformat(value[":day"])
        return {name: _as_given(part) for name, part in value.items()}
    return [*map(_as_given, value)] if isinstance(value, list) else value
