"""The script of a page for a browser: what it is made of, what it never does, and how it is made short."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from rjsmin import jsmin

from forms import page_of
from libwell import load_worksheet
from libwell.export.form.page import SCRIPTS
from libwell.flows.section_ends import GIVEN_BACK
from libwell.kinds.registry import KINDS
from libwell.kinds.values import NOT_ANSWERS
from libwell.model.action_words import IN_NO_CALENDAR, LEVEL_WORDS
from libwell.model.numbers import ordinal

HERE = files("libwell.export.form")
SHEETS = Path(__file__).parents[2] / "worksheets"
MOST_BYTES = 150_000  # of the page for staff-care: it is mailed, and lies on sticks
MOST_LINES, MOST_LINES_OF_MODULE = 4_080, 400
# Words by which a page could keep something, send it, or run what it was given.
NEVER = """
localStorage sessionStorage indexedDB cookie caches fetch XMLHttpRequest WebSocket EventSource sendBeacon
clipboard pushState replaceState serviceWorker eval Function innerHTML outerHTML insertAdjacentHTML
document.write import( setAttributeNS srcdoc window.open postMessage
"""

_COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`/])//[^\n]*", re.DOTALL)
_IN_ONE = re.compile(r"`[^`]*`")
_OPEN = re.compile(r"\$\{[^}`]*`")


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_stands_inside_another(name: str) -> None:
    """What makes a script short takes the blanks out of a template inside a template."""
    code = _COMMENTS.sub("", files("libwell.export.form").joinpath(f"{name}.js").read_text(encoding="utf-8"))
    texts = _IN_ONE.findall(code)
    assert [text for text in texts if _OPEN.search(text)] == []
    short = jsmin(code)
    assert [text for text in texts if text not in short] == []


@pytest.fixture(scope="module")
def staff_care() -> str:
    return page_of(load_worksheet(SHEETS / "staff-care.toml"))


def modules() -> dict[str, str]:
    return {name: HERE.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS}


def test_the_script_is_made_of_every_module_there_is() -> None:
    assert {f"{name}.js" for name in SCRIPTS} == {
        one.name for one in HERE.iterdir() if one.name.endswith(".js")
    }


def test_every_kind_has_rules_and_a_control() -> None:
    whole = "\n".join(modules().values())
    for kind in KINDS:
        assert re.search(rf"""KINDS[^;]*?["']?\b{kind}\b["']?(: [A-Z]| = [A-Z])""", whole), kind
        assert re.search(rf"""CONTROLS(\.{kind}|\["{kind}"\]) = """, whole), kind


def test_the_script_never_keeps_sends_or_runs_anything() -> None:
    for name, text in modules().items():
        code = _COMMENTS.sub("", text)
        assert [word for word in NEVER.split() if re.search(rf"(?<![\w-]){re.escape(word)}", code)] == [], (
            name
        )


def test_the_script_is_no_larger_than_this(staff_care: str) -> None:
    lines = {name: len(text.splitlines()) for name, text in modules().items()}
    assert sum(lines.values()) <= MOST_LINES
    assert max(lines.values()) <= MOST_LINES_OF_MODULE
    assert len(staff_care.encode()) <= MOST_BYTES


def test_a_page_lets_only_its_own_script_and_style_work(staff_care: str) -> None:
    policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', staff_care)
    script, style = (
        re.findall(rf"<{name}>(.*?)</{name}>", staff_care, re.DOTALL) for name in ("script", "style")
    )
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for (text,) in (style, script)]
    allowed = f"style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'"
    assert policy == [f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"]
    assert not re.search(r"<[^>]*\s(src|srcset|action|on\w+|style)=", staff_care.partition("<script")[0])


def test_what_libwell_says_elsewhere_too_is_said_in_the_same_words() -> None:
    whole = "\n".join(modules().values())
    said = (*NOT_ANSWERS.values(), *LEVEL_WORDS.values(), GIVEN_BACK, IN_NO_CALENDAR)
    assert [words for words in said if words not in whole] == []
    assert " ".join(map(ordinal, range(1, 11))) in whole
