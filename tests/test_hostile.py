"""Hostile text in every field of a worksheet and of a response: it is shown, all of it, and does nothing.

From the file to the terminal and to Markdown, through the program as it runs; `tests/export` and
`tests/terminal` try the renderers by themselves.
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import unicodedata
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from acting import acting
from build import TODAY, fixed_world, response_for, worksheet_from
from hostile import HOSTILE
from libwell.cli.app import run
from libwell.flows.exporting import export, form
from libwell.flows.opened import parse_response, read_response
from libwell.flows.reflect import resume
from libwell.flows.walk_words import Teller
from libwell.model.characters import make_visible
from libwell.model.links import is_link
from libwell.model.response import Person, Retired
from libwell.rules.privacy import for_audience
from libwell.rules.walk import Walk
from libwell.storage.definitions import read_definition
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.worksheets import Shelf
from libwell.terminal.output import Output
from readers import raw_text
from support import ScriptedPrompter
from tiers import Tier, examples
from walking import Walking
from ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.privacy import Excerpt
    from libwell.terminal.prompter import Entry

SHORT = tuple(text[:1000] for text in HOSTILE)
"""As short as a field among a hundred of one file should be."""
BLANK = tuple(text for text in SHORT if not text.strip())
SAYING = tuple(text for text in SHORT if text.strip())
TOGETHER = (*((text,) for text in BLANK), *(SAYING[start : start + 5] for start in range(0, len(SAYING), 5)))
"""Five in one field, a line or more each, as a terminal knows no beginning of a line that could act."""
NAMES = tuple(text for text in SHORT if text and "\0" not in text)
"""Those that can be an argument."""

# What acts on a terminal: control characters but for line feed and tab, and what changes the direction.
BIDI = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def active(text: str) -> set[str]:
    return {
        f"U+{ord(c):04X}" for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in BIDI
    }


def squeezed(text: str) -> str:
    """Text without white space, visible; line ends of every kind are white space too, made visible or not."""
    return re.sub(r"\[U\+(?:000[BCD]|001[C-F]|0085|202[89])\]", "", "".join(make_visible(text).split()))


class Terminal(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


@contextmanager
def at_a_terminal() -> Iterator[tuple[Terminal, Terminal]]:
    """Let the program run here, with a terminal without colours to write to, and none to read from."""
    before = sys.stdin, sys.stdout, sys.stderr, dict(os.environ)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), Terminal(), Terminal()
    os.environ.update(TERM="dumb", PAGER="")
    try:
        yield sys.stdout, sys.stderr
    finally:
        sys.stdin, sys.stdout, sys.stderr = before[:3]
        os.environ.clear()
        os.environ.update(before[3])
        for number, handler in handlers.items():
            signal.signal(number, handler)


def call(*arguments: str | Path, status: int | tuple[int, ...] = 0) -> str:
    """Run libwell at a terminal. Returns what it shows, which does nothing."""
    with at_a_terminal() as (out, err):
        got = run([str(argument) for argument in arguments])
        shown = out.getvalue() + err.getvalue()
    assert got in ((status,) if isinstance(status, int) else status), f"{arguments!r}: {got}\n{shown[:500]}"
    assert active(shown) == set(), f"{arguments!r}\n{shown[:500]}"
    return shown


def assert_shows(shown: str, text: str, times: int) -> None:
    """See that a text is shown so many times, folded or not; in cells a slash stands for a line feed."""
    lines = [line for line in make_visible(text).split("\n") if line.strip()]
    whole = squeezed(shown)
    found = sum(whole.count(words) for words in {squeezed(text), squeezed("/".join(lines))})
    assert not lines or found >= times, f"{text[:60]!r}\n{shown[:2000]}"


# --- read back from Markdown ----------------------------------------------------------------------

PARSERS = (
    MarkdownIt("commonmark").enable(["table", "strikethrough"]),
    MarkdownIt("gfm-like").use(tasklists_plugin).use(footnote_plugin).use(dollarmath_plugin),
)


def leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from leaves(token.children or [])


def read_back(markdown: str, parser: MarkdownIt = PARSERS[0]) -> str:
    """All text of a document."""
    return "\n".join(token.content for token in leaves(parser.parse(markdown)) if token.type == "text")


# --- every field ----------------------------------------------------------------------------------


def sheet(text: str, name: str = "hostile") -> dict[str, Any]:
    """A worksheet in which every text is `text`; where one has to say something, a blank one is a word."""
    said = text if text.strip() else "word"
    options: list[dict[str, Any]] = [
        {"id": "a", "text": said, "help": text, "suggest": text, "offer": True},
        {"id": "b", "text": f"b {said}"},
    ]
    items = [{"id": "i", "text": said, "help": text, "suggest": text}, {"id": "j", "text": f"j {said}"}]
    scale = {"min": 0, "max": 1, "labels": [said, said]}
    group = {"items": ["i", "j"]}
    columns = [
        {"id": "c", "ask": said, "help": text, "offer": True},
        {"id": "d", "ask": said, "kind": "choice", "options": options, "other": True},
        {"id": "n", "ask": said, "kind": "number"},
    ]
    in_full = [
        {"id": "rt", "ask": said, "kind": "rating", "scale": "named", "help": text},
        {"id": "p", "ask": said, "kind": "number", "min": 0, "max": 9, "step": 1, "unit": text, "bands": [4]},
        {"id": "m", "ask": said, "kind": "choice", "options": "met"},
        {"id": "w", "ask": said, "becomes": "who", "when": {"column": "rt", "is": 1}},
        {"id": "kn", "ask": said, "becomes": "know"},
        {"id": "nt", "ask": said, "becomes": "notes"},
    ]
    prompts: list[dict[str, Any]] = [
        {"kind": "text", "id": "t"},
        {"kind": "text", "id": "line", "long": False},
        {"kind": "yes-no", "id": "y"},
        {"kind": "choice", "id": "ch", "options": options, "other": True},
        {"kind": "choices", "id": "chs", "options": options, "other": True},
        {"kind": "choice", "id": "from", "options_from": "chs"},
        {"kind": "number", "id": "no", "unit": text},
        {"kind": "date", "id": "da"},
        {"kind": "rating", "id": "r", "scale": scale},
        {
            "kind": "rating",
            "id": "ri",
            "scale": scale,
            "items": items,
            "add_items": True,
            "offer_at_least": 1,
        },
        {
            "kind": "rating",
            "id": "mi",
            "scale": scale,
            "items": items,
            "give_back": [{**group, "title": said}],
        },
        {"kind": "checklist", "id": "ck", "marks": options, "items": items, "add_items": True},
        {"kind": "list", "id": "li"},
        {"kind": "table", "id": "fixed", "columns": columns, "rows": items},
        {"kind": "table", "id": "added", "columns": columns},
        {"kind": "table", "id": "picked", "columns": columns, "rows_from": "ck"},
        {"kind": "ranking", "id": "rk", "options": options, "top": 2},
        {
            "kind": "table",
            "id": "full",
            "columns": in_full,
            "rows": items,
            "add_rows": True,
            "total": {"column": "p", "at_most": 9},
        },
        {"kind": "plan", "id": "plan", "recall": ["t", "ck.a", "ri.i", "picked.c", "rk", "full"]},
    ]
    words = {"ask": said, "help": text, "why": text}
    url = f"x{text}" if is_link(text) else text  # one that can be followed is a link, as it should be
    source = {"title": said, "author": text, "publisher": text, "year": 2020, "url": url, "note": text}
    section = {
        "id": "s",
        "title": said,
        "intro": text,
        "notice": text,
        "facilitator": text,
        "learn_more": ["re"],
        "epigraph": {"text": said, "source": text},
        "prompts": [{**prompt, **words} for prompt in prompts],
    }
    head = {"libwell": "worksheet/1", "id": name, "version": said, "title": said, "language": said}
    more = {"summary": text, "notice": text, "facilitator": text, "private": False}
    sources = [
        {**source, "role": role, "title": f"{role} {said}", "url": f"{url}#{role}"}
        for role in ("source", "further", "instrument")
    ]
    sources[-1] |= {"key": said, "licence": said}
    resource = {"id": "re", "title": said, "provider": said, "about": said, "topics": [said], "url": url}
    resource |= {"kind": "guide", "audience": ["staff"]}
    score = {"id": "sc", "title": said, "method": "mean", "items": ["r", "ri.i"], "bands": [{"say": said}]}
    parts = {"sections": [section], "scores": [score, *more_scores(said)], "resources": [resource]}
    met = [{**option, "points": points} for points, option in enumerate(options)]
    shared = {"scales": [{"id": "named", **scale}], "option_sets": [{"id": "met", "options": met}]}
    return {**head, **more, **shared, "sources": sources, **parts}


def more_scores(said: str) -> list[dict[str, Any]]:
    """A score of every method, with what is said of it; two of them of each row."""
    cells, bands = ["full.*.p", "full.*.rt"], [{"up_to": 0, "say": said}, {"say": said}]
    each: dict[str, Any] = {"title": said, "items": cells, "each_row": True, "bands": bands}
    return [
        {"id": "risk", "method": "product", "offer_at_least": 1, **each},
        {"id": "gap", "method": "difference", "offer_at_most": 2, **each},
        {"id": "met", "title": said, "method": "share", "items": ["full.*.m", "full.i.rt"], "bands": bands},
        {"id": "sum", "title": said, "method": "sum", "items": ["ri.i", "ri.j"], "minimum_answered": 1},
        {"id": "of", "title": said, "method": "mean", "scores": ["sc"], "as": {"min": 0, "max": 100}},
    ]


# Worksheet and section, their notices and such, the questions, sources with an instrument, resources, scores.
IN_SHOW = 2 + 4 + 19 + 17 + 3 + 5
# The person, the title, the questions, actions, answers, sources, resources, words given back; then scores
# with their rows and what is said of them, the instrument, the table in full.
IN_RESPONSE = 3 + 1 + 18 + 12 + 28 + 10 + 3 + 5 + (6 + 2 * 6 + 5) + 7 + 23


def answers(text: str) -> dict[str, Any]:
    """An answer to every prompt, with the text wherever a person can write."""
    said = text or "word"
    own = {"other": said}
    cells = {"c": text, "d": {"other": said}, "n": 3}
    return {
        "t": text,
        "line": text,
        "y": True,
        "ch": own,
        "chs": ["a", own],
        "from": "a",
        "no": 3,
        "da": "DAY",
        "r": 1,
        "ri": {"i": 1, "j": {"not-answered": "skipped"}, ":own": [{"other": said, "point": 1}]},
        "mi": {"i": 0, "j": 1},
        "ck": {"a": ["i", own], "b": ["j"]},
        "li": [text, text],
        "fixed": {"i": cells, "j": {"c": text}},
        "added": [cells, {"c": text}],
        "picked": {"i": cells},
        "rk": ["b", "a"],
        "full": {
            "i": {"rt": 1, "p": 3, "m": "b", "w": text, "kn": text, "nt": text},
            "j": {"rt": 0, "p": 2, "m": "a"},
            "row-1": {"row": said, "rt": 1, "p": 4, "w": text},
        },
    }


def actions(text: str) -> list[dict[str, Any]]:
    said = text or "word"
    return [
        {
            "step": said,
            "who": text,
            "due": text,
            "know": text,
            "notes": text,
            "from": "ck.i",
            "level": "team",
        },
        {"step": said, "who": text, "due": text, "know": text, "status": "not-now"},
        {"step": said, "who": text, "due": "DAY", "know": text, "notes": text},
    ]


def response(text: str, number: int = 0, worksheet: dict[str, Any] | None = None) -> Response:
    """A response in which every text is `text`, to a worksheet of the same kind."""
    asked = worksheet_from(tomli_w.dumps(worksheet or sheet(text)))
    given = tomli_w.dumps({**answers(text), "actions": actions(text)}).replace('"DAY"', "2026-12-01")
    person = Person(name=text, team=text, library=text)
    retired = {"gone": Retired(ask=text, answer=text, private=True)}
    return response_for(asked, given, person=person, retired=retired, id=f"hostile-2026-11-21-k{number}")


@cache
def plain() -> Worksheet:
    return worksheet_from(tomli_w.dumps(sheet("word")))


def saved_in(folder: Path, one: Response) -> Path:
    path = folder / "responses" / f"{one.id}.toml"
    path.parent.mkdir(exist_ok=True, mode=0o700)
    path.write_bytes(response_text(one).encode())
    path.chmod(0o600)
    return path


# --- on the terminal ------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("part", range(4))
def test_show_and_blank_take_hostile_worksheets(tmp_path: Path, part: int) -> None:
    for number, texts in enumerate(TOGETHER[part::4]):
        path = tmp_path / f"{number}.toml"
        path.write_text(tomli_w.dumps(sheet("\n".join(texts))), encoding="utf-8")
        shown = call("show", path, "--facilitator")
        printed = read_back(call("blank", path))
        for text in texts:
            assert_shows(shown, text, IN_SHOW)
            assert_shows(printed, text, IN_SHOW)
        call("show", path, "--json")
        call("blank", path, "--format", "toml")
    call("check", tmp_path, status=4)  # none of them all is an address


@pytest.mark.thorough
def test_list_shows_hostile_titles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, text in enumerate(SHORT):
        (tmp_path / f"h-{number}.toml").write_text(
            tomli_w.dumps(sheet(text, f"h-{number}")), encoding="utf-8"
        )
    monkeypatch.setenv("LIBWELL_WORKSHEETS", str(tmp_path))
    shown = call("--data-dir", tmp_path / "none", "list")
    for text in SHORT:
        assert_shows(shown, text, 1)
    call("--data-dir", tmp_path / "none", "list", "--json")


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("part", range(4))
def test_responses_and_view_show_hostile_answers(tmp_path: Path, part: int) -> None:
    together = TOGETHER[part::4]
    for number, texts in enumerate(together):
        saved_in(tmp_path, response("\n".join(texts), number))
    for number, texts in enumerate(together):
        shown = call("--data-dir", tmp_path, "view", f"k{number}")
        call("--data-dir", tmp_path, "view", f"k{number}", "--json")
        for text in texts:
            assert_shows(shown, text, IN_RESPONSE)
    call("--data-dir", tmp_path, "responses")
    call("--data-dir", tmp_path, "responses", "--json")


@pytest.mark.thorough
def test_responses_begins_each_hostile_title(tmp_path: Path) -> None:
    for number, text in enumerate(SAYING):
        saved_in(tmp_path, response(text, number))
    listed = squeezed(call("--data-dir", tmp_path, "responses"))
    for text in SAYING:
        assert make_visible(text).split()[0][:3] in listed, text


def resource(name: str, text: str) -> dict[str, Any]:
    """A resource in which every text is `text`."""
    said = text if text.strip() else "word"
    words = {"title": said, "provider": said, "about": said, "topics": [said, "one"], "url": text}
    return {"id": name, "kind": "guide", "audience": ["staff"], **words}


@pytest.mark.thorough
def test_resources_shows_hostile_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = [resource(f"r-{number}", text) for number, text in enumerate(SHORT)]
    data = {"libwell": "resources/1", "intro": "\n".join(SHORT), "resources": resources}
    (tmp_path / "resources.toml").write_text(tomli_w.dumps(data), encoding="utf-8")
    monkeypatch.setenv("LIBWELL_WORKSHEETS", str(tmp_path))
    shown = call("--data-dir", tmp_path / "none", "resources", "one")
    for text in SHORT:
        assert_shows(shown, text, 5)
    call("--data-dir", tmp_path / "none", "resources")
    call("--data-dir", tmp_path / "none", "resources", "--json")
    call("--data-dir", tmp_path / "none", "resources", "zzz", status=1)
    call("check", tmp_path, status=4)  # most of them are no addresses


@pytest.mark.thorough
def test_mistakes_in_hostile_resources_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBWELL_WORKSHEETS", str(tmp_path))
    wrong = [
        {**resource(text, text), "kind": text, "audience": [text], "country": text, f"k{text[:99]}": text}
        for text in SHORT
    ]
    data = {"libwell": "resources/1", "resources": [*wrong, *wrong], "".join(SHORT)[:900]: 1}
    (tmp_path / "resources.toml").write_text(tomli_w.dumps(data), encoding="utf-8")
    assert call("check", tmp_path, status=4).count("resources.toml:") > 5 * len(SHORT)
    call("--data-dir", tmp_path / "none", "resources", status=3)


class Shown(ScriptedPrompter):
    """A conversation from a script, shown on a terminal too."""

    def __init__(self, script: list[str | Entry], output: Output) -> None:
        super().__init__(script)
        self.output = output

    def say(self, text: str = "", *, style: str = "") -> None:
        super().say(text, style=style)
        self.output.say(text, style=style)

    def ask(self, prompt: str, *, refused: Sequence[str] = ()) -> Entry:
        self.output.prompt(self.output.wrapped(prompt))
        self.output.echo("\n")
        return super().ask(prompt, refused=refused)


def told(one: Response, output: Output) -> None:
    """Tell a whole walk, as `flows.reflect` does, and nothing of it to the disk."""
    worksheet = read_definition(one.definition.worksheet)
    teller, walk = Teller(Shown([], output), worksheet, fixed_world()), Walk(worksheet, one, TODAY)
    teller.opening(walk)
    walk.go("t")
    while not walk.at_review:
        teller.question(walk)
        teller.why(walk)
        for said in walk.hear("").said:
            output.say(said)
    teller.overview(walk)
    teller.review(walk)


# The head, the section's words, each question five times and what to read on, answers and options, what is
# told at the end, and the table in full, cell by cell.
IN_WALK = 1 + 3 + 19 * (5 + 2) + 10 + 2 + 5 + 100


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("part", range(4))
def test_the_walk_shows_hostile_questions_and_answers(part: int) -> None:
    for texts in TOGETHER[part::4]:
        terminal = Terminal()
        told(response("\n".join(texts)), Output(terminal, terminal, {"TERM": "dumb"}))
        assert active(terminal.getvalue()) == set(), texts
        for text in texts:
            assert_shows(terminal.getvalue(), text, IN_WALK)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("number", range(0, 250, 25))
def test_a_walk_from_end_to_end_shows_and_keeps_what_is_hostile(tmp_path: Path, number: int) -> None:
    folder, text = ResponseFolder(tmp_path / "responses"), SHORT[number]
    path, terminal = saved_in(tmp_path, response(text, number)), Terminal()
    before = read_response(path)
    prompter = Shown([":list", ":why", *[""] * 100], Output(terminal, terminal, {"TERM": "dumb"}))
    resume(before, folder=folder, prompter=prompter, world=fixed_world(), shelf=Shelf([]), at="t")
    assert active(terminal.getvalue()) == set()
    assert_shows(terminal.getvalue(), text, IN_WALK)
    after = read_response(path).response
    assert after.status == "complete"
    assert (after.answers, after.actions) == (before.response.answers, before.response.actions)


@pytest.mark.thorough
def test_a_real_terminal_gets_nothing_that_acts(tmp_path: Path) -> None:
    texts = [text for text in SAYING if "\0" not in text]
    prompts = [{"id": f"p{number}", "kind": "text", "ask": text} for number, text in enumerate(texts)]
    worksheet = {**sheet("word"), "sections": [{"id": "s", "title": "S", "prompts": prompts}], "scores": []}
    path = tmp_path / "sheet.toml"
    path.write_text(tomli_w.dumps(worksheet), encoding="utf-8")
    with Walking(tmp_path / "data", "start", str(path), environ={"TERM": "dumb"}, lines=5000) as walking:
        walking.child.send(":skip\r" * len(texts))
        walking.expect("Enter finishes.")
        walking.child.send("\r")
        assert walking.end() == 0
        shown = walking.raw.replace("\r\n", "\n")
    assert active(shown) == set()
    for text in texts:
        assert_shows(shown, text, 2)  # asked, and in the review


# --- errors ---------------------------------------------------------------------------------------

WITH_A_NAME: tuple[tuple[str, ...], ...] = (
    ("show", "{}"),
    ("show", "{}.toml"),
    ("start", "{}"),
    ("resume", "{}"),
    ("view", "{}"),
    ("view", "./{}"),
    ("export", "{}"),
    ("resources", "{}"),
    ("resources", "--audience", "{}"),
    ("export", "latest", "--format", "{}"),
    ("check", "./{}"),
    ("fill", "./{}"),
    ("fill", "./{}", "--worksheet", "{}"),
    ("blank", "{}"),
    ("blank", "staff-care", "--output", "{}/missing/x"),
    ("delete", "{}", "--yes"),
    ("{}",),
    ("list", "{}"),
    ("list", "--{}"),
    ("--{}",),
)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("line", WITH_A_NAME, ids=" ".join)
def test_an_error_about_a_hostile_name_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    every = 3 if Tier.is_thorough else 6
    for text in NAMES[WITH_A_NAME.index(line) % every :: every]:
        arguments = [part.format(text) if part != "{}" else text for part in line]
        call("--data-dir", "data", *arguments, status=(0, 1, 2, 4))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("part", range(10))
def test_mistakes_about_hostile_keys_ids_and_addresses_do_nothing(tmp_path: Path, part: int) -> None:
    texts = SHORT[part::10]
    for number, text in enumerate(texts):
        data = sheet("word")
        data[text] = text
        data["id"] = text
        prompts = data["sections"][0]["prompts"]
        prompts[0] |= {text: 1, "kind": text}
        prompts[1] |= {"id": text, "when": {"prompt": text, "is": True}}
        prompts[2] |= {"when": {"prompt": "line", text: True}}
        prompts[3]["options"] = [{"id": text, "text": "x"}, {"id": "ok", "text": text, text: text}]
        prompts[4] |= {"exclusive": [text], "when": {"prompt": "y", "is": text}}
        prompts[5] |= {"options_from": text}
        prompts[-1] |= {"collect": [text, f"ck.{text}"], "level": text}
        prompts[8] |= {"give_back": [{"title": "x", "items": [text]}]}
        data["sections"][0]["learn_more"] = [text]
        score = {"id": text, "title": "x", "method": "mean", "items": [text, f"ri.{text}"], "reverse": [text]}
        data["scores"] += [score, {**score, "id": "sc", "examples": [{"given": {text: text}}], text: text}]
        data["scores"].append({**score, "id": "odd", "items": ["ri.i"], "examples": [{"given": {text: 1}}]})
        data["sections"].append({"include": text})
        data["sections"].append({"include": "staff-care#" + text})
        (tmp_path / f"{number}.toml").write_text(tomli_w.dumps(data), encoding="utf-8")
    shown = call("check", tmp_path, status=4)
    *mistakes, last = shown.splitlines()
    assert len(mistakes) > 5 * len(texts)
    assert all(line.removeprefix("hint: ").startswith(f"{tmp_path}/") for line in mistakes)
    assert last.startswith(f"{len(texts)} files, ")
    call("check", tmp_path, "--json", status=4)


@pytest.mark.thorough
def test_mistakes_about_hostile_answers_do_nothing(tmp_path: Path) -> None:
    worksheet = tmp_path / "kinds.toml"
    worksheet.write_text(tomli_w.dumps(sheet("word")), encoding="utf-8")
    for number, text in enumerate(SHORT):
        wrong = {name: [[text]] for name in answers("x")}
        data = {"worksheet": str(worksheet), "answers": wrong, "actions": [{"step": [text], "due": 1}]}
        (tmp_path / f"a-{number}.toml").write_text(tomli_w.dumps(data), encoding="utf-8")
        kept = tomli.loads(response_text(response("word", number)))
        kept["answers"] = {name: [[text]] for name in kept["answers"]} | {text: text}
        (tmp_path / f"r-{number}.toml").write_text(tomli_w.dumps(kept), encoding="utf-8")
    shown = call("check", tmp_path, status=4)
    assert shown.count(".toml:") > 10 * len(SHORT)


@pytest.mark.thorough
def test_files_with_hostile_names_are_named_and_do_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [text for text in NAMES if "/" not in text and len(text.encode()) < 200]
    for number in range(0, len(names), 3):  # of more that fail for one reason the rest is counted
        folder, some = tmp_path / str(number), names[number : number + 3]
        folder.mkdir()
        for name in some:
            (folder / f"x{name}.toml").write_text("=", encoding="utf-8")
        monkeypatch.setenv("LIBWELL_WORKSHEETS", str(folder))
        for shown in (
            call("check", folder, status=4),
            call("--data-dir", tmp_path / "none", "list", status=3),
            call("--data-dir", tmp_path / "none", "doctor", status=1),
            call("export", folder, "--output", tmp_path / "out", status=1 if len(some) > 1 else 4),
        ):
            for name in some:
                assert_shows(shown, f"x{name}.toml", 1)


# --- export ---------------------------------------------------------------------------------------

ACTING = {"code_block", "code_inline", "fence", "footnote_ref", "hr", "html_block", "html_inline", "image"}
ACTING |= {"link_open", "math_block", "math_inline", "s_open", "blockquote_open", "ordered_list_open"}


def harmless(text: str) -> str:
    """Text of the same lines, where each line that says anything says `word`."""
    return "\n".join("word" if line.strip() else "" for line in make_visible(text).split("\n"))


def is_box(token: Token) -> bool:
    """Whether a token is the box of a task, which the plugin makes of `[ ]`."""
    return token.content.startswith('<input class="task-list-item-checkbox"')


def shape(markdown: str, parser: MarkdownIt) -> list[tuple[str, str, int]]:
    return [(token.type, token.tag, token.level) for token in leaves(parser.parse(markdown))]


def assert_does_nothing(markdown: str, tame: str) -> None:
    """See that a document is made of the same parts as one with harmless text, and none of them acts."""
    assert active(markdown) == set()
    for parser in PARSERS:
        assert shape(markdown, parser) == shape(tame, parser)
        assert {token.type for token in leaves(parser.parse(markdown)) if not is_box(token)} & ACTING == set()


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(5))
def test_export_writes_hostile_answers_so_that_they_do_nothing(tmp_path: Path, part: int) -> None:
    numbers = [number for number in range(len(SHORT)) if number % 5 == part]
    for number in numbers:
        saved_in(tmp_path, response(SHORT[number], number))
    call("--data-dir", tmp_path, "export", "--all", "--private", "--output", tmp_path / "out")
    for number in numbers:
        text = SHORT[number]
        markdown = (tmp_path / "out" / f"hostile-2026-11-21-k{number}.md").read_bytes().decode()
        for parser in PARSERS:
            assert_shows(read_back(markdown, parser), text, IN_RESPONSE)
        if text.strip():
            tame = response(harmless(text), worksheet=sheet(harmless(text)))
            assert_does_nothing(markdown, exported(tame))
        else:
            assert active(markdown) == set()


# Each of three steps with its worksheet and whose it is; each answer with its question; the step with a day.
HOLDS = {"csv": 11 + 3 * 5, "csv-answers": 25 + 40 * 4 + 30 * 5, "ics": 4 + 1}
HOLDS |= {"jsonl": HOLDS["csv-answers"], "ics-todo": HOLDS["ics"]}
"""How often a text that stands everywhere is in a format at least, where that has not a place for all."""


@cache
def hostile_excerpts() -> list[tuple[str, Excerpt]]:
    """Each text with what may be seen of a response that is full of it."""
    made = [(text, parse_response(response_text(response(text)), Path("memory.toml"))) for text in SHORT]
    return [(text, for_audience(one.response, one.worksheet, private=True)) for text, one in made]


@pytest.mark.parametrize("name", WAYS)
def test_every_format_holds_hostile_texts_so_that_they_do_nothing(name: str) -> None:
    """In the quick tier each format takes a sixth of the texts; one or two take each text."""
    share = slice(None) if Tier.is_thorough else slice(list(WAYS).index(name) % 6, None, 6)
    for text, excerpt in hostile_excerpts()[share]:
        made = WAYS[name].form.render(excerpt)
        assert acting(raw_text(made)) <= {"\t"}
        assert_shows(WAYS[name].read(made), text, HOLDS.get(name, IN_RESPONSE))


def exported(one: Response) -> str:
    """Save a response in memory and export it."""
    made = export(parse_response(response_text(one), Path("memory.toml")), form("md"), private=True)
    return str(made.rendered)


def test_the_longest_texts_come_through_whole(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if len(text) > 1000]
    one = response_for(
        worksheet_from(tomli_w.dumps(sheet("word"))), tomli_w.dumps({"li": texts, "t": texts[0]})
    )
    saved_in(tmp_path, one)
    call("--data-dir", tmp_path, "export", "--all", "--output", tmp_path / "out")
    markdown = (tmp_path / "out" / f"{one.id}.md").read_text(encoding="utf-8")
    for shown in (read_back(markdown), call("--data-dir", tmp_path, "view", "latest")):
        for text in texts:
            assert_shows(shown, text, 1)


PIECES = (
    *"*_`~[]()<>!|#-+=.:@&;\\/$^{}'\"%, \t\n09aZ",
    *(
        "\n\n",
        "  \n",
        "\\\n",
        "\r\n",
        "\r",
        "\u00a0",
        "\u202e",
        "\x1b[",
        "\x85",
        "\u0301",
        "\U0001f600",
        "\u05d0",
    ),
    *(
        "---",
        "===",
        "```",
        "~~~",
        "- ",
        "1. ",
        "> ",
        "# ",
        "| - |\n",
        "[x]: ",
        "[^1]",
        "](",
        "![",
        "<!--",
        "<b>",
    ),
    *("http://", "www.", "//", ".com", "a.b", "me@b.cd", "mailto:", "&amp;", "&#60;", "$$", ":::", "[ ] "),
)
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join)
BATCH, BATCHES = 40, 250


def written(texts: list[str]) -> Response:
    """A response with each of forty texts in a place of its own, one of every place a person can write in."""
    some = iter(texts)

    def own() -> dict[str, str]:
        return {"other": next(some) or "word"}

    given: dict[str, Any] = {
        "t": next(some),
        "line": next(some),
        "ch": own(),
        "chs": [own()],
        "ck": {"a": ["i", own()], "b": [own()]},
        "li": [next(some) for _ in range(7)],
        "fixed": {"i": {"c": next(some), "d": own()}, "j": {"c": next(some)}},
        "added": [{"c": next(some), "d": own()}, {"c": next(some)}, {"c": next(some)}],
        "picked": {"i": {"c": next(some), "d": own()}},
    }
    steps = [
        {"step": next(some) or "word", **{part: next(some) for part in ("who", "due", "know", "notes")}}
        for _ in range(3)
    ]
    person = Person(name=next(some), team=next(some), library=next(some))
    assert next(some, None) is None
    return response_for(plain(), tomli_w.dumps({**given, "actions": steps}), person=person)


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(st.lists(TYPED, min_size=BATCH, max_size=BATCH))
@example(list(NAMES[:BATCH]))
def test_ten_thousand_texts_come_through_export_whole_and_do_nothing(texts: list[str]) -> None:
    markdown = exported(written(texts))
    assert_does_nothing(markdown, exported(written([harmless(text) or (text and " ") for text in texts])))
    for parser in PARSERS:
        shown = read_back(markdown, parser)
        for text in texts:
            assert_shows(shown, text, 1)
