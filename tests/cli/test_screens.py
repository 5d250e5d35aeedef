"""What a walk shows is complete and readable: on a narrow terminal, a wide one, a dumb one, in ASCII."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from walking import ASCII, PASTE_OFF, PASTE_ON, Walking, plain, run, saved, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KINDS = Path(__file__).with_name("kinds.toml")
TERMINALS = {
    "colour": {},
    "dumb": {"TERM": "dumb"},
    "no colour": {"NO_COLOR": "1"},
    "ASCII": ASCII,
}
PROSE_WIDTH = 88
WORDS = {"title", "intro", "notice", "text", "source", "ask", "help", "unit", "why", "say"}
AS_ASCII = {"\u2013": "-", "\u00e9": "e", "\u2026": "..."}


@pytest.mark.each_value_once
@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("terminal", TERMINALS)
def test_complete_and_readable(tmp_path: Path, columns: int, terminal: str) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", str(KINDS), columns=columns, environ=TERMINALS[terminal]) as walk:
        _walk_through(walk)
        assert walk.status == 0
        assert walk.is_tidy
        _check_words(walk, terminal)
        _check_lines(walk, columns)
        _check_sequences(walk, terminal)
        _check_screen(walk)
    assert saved(data)["status"] == "complete"


def _walk_through(walk: Walking) -> None:
    """Answer something everywhere, and ask why everywhere."""
    walk.type(
        ":help", ":support", ":list", ":why", "A line.", "", ":why", "y", ":why", "2", ":why", "1,2", ""
    )
    walk.type(":why", "4", ":why", "2027-01-08", ":why", "1 2 3", ":why", "1wi 3i", "own", "", "")
    walk.type(":why", "tea", "", ":why", "calm", "n", "", "", "", "", ":why", "Anna", "1", "", "", "")
    walk.type(":why", "3", "1")
    walk.type(":why", "1", "", "Ana", "", "", "", "")


def _check_words(walk: Walking, terminal: str) -> None:
    shown = squeezed(plain(walk.raw))
    for text in _words(tomllib.loads(KINDS.read_text(encoding="utf-8"))):
        expected = text
        if terminal == "ASCII":
            expected = "".join(AS_ASCII.get(sign, sign) for sign in text)
            assert walk.raw.isascii()
        assert squeezed(expected).casefold() in shown.casefold()  # a column's question begins small


def _words(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a worksheet that is shown in a walk."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _words(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part, key)
    elif isinstance(value, str) and key in WORDS:
        yield value


def _check_lines(walk: Walking, columns: int) -> None:
    for line in plain(walk.raw).split("\n"):
        if "\r" not in line:  # where a line is typed readline moves about
            assert len(line) <= min(columns, PROSE_WIDTH)
            assert line.strip() != ">" or line == "> "
    assert "Traceback" not in walk.raw


def _check_sequences(walk: Walking, terminal: str) -> None:
    without_paste = walk.raw.replace(PASTE_ON, "").replace(PASTE_OFF, "")
    if terminal == "dumb":
        assert "\x1b" not in walk.raw
    elif terminal == "no colour":
        assert "\x1b" not in without_paste
    else:
        assert re.search(r"\x1b\[[0-9;]*m", without_paste)


def _check_screen(walk: Walking) -> None:
    """What a person sees at the end is what was written last."""
    seen = "\n".join(walk.screen()).rstrip("\n").split("\n")
    written = [line.rstrip() for line in plain(walk.raw).rstrip("\n").split("\n")]
    assert seen[-10:] == written[-10:]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("terminal", ["colour", "no colour", "ASCII"])
def test_a_long_refused_line_comes_back_whole_on_a_narrow_screen(tmp_path: Path, terminal: str) -> None:
    line = "well it depends on the day of the week and on who is there, I would say"
    with Walking(tmp_path / "data", "start", str(KINDS), columns=20, environ=TERMINALS[terminal]) as walk:
        walk.type(":go roster")
        assert "Typeyfor" in squeezed(walk.refused(line))
        walk.child.send("\x1b[A")
        _read_until(walk, lambda seen: seen.count(squeezed(line)) == 2)
        walk.child.send("\x15y\r")
        _read_until(walk, lambda seen: "Whichbranch" in seen)


def _read_until(walk: Walking, is_there: Callable[[str], bool]) -> None:
    """Wait for what stands on the screen, wherever it is folded; readline draws in pieces."""
    while not is_there(squeezed("\n".join(walk.screen()))):
        walk.child.expect(rb".+")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, ASCII, {"TERM": ""}])
def test_hiding_says_where_it_can_not(tmp_path: Path, environ: dict[str, str]) -> None:
    with Walking(tmp_path / "data", "start", str(KINDS), lines=10, environ=environ) as walk:
        walk.type("secret words", ":hide")
        shown = " ".join(walk.shown.split())
        assert "secret words" not in shown
        if environ.get("TERM", "xterm") in ("dumb", ""):
            assert "can't be cleared" in shown
            assert "\x1b" not in walk.raw
        else:
            assert "\x1b[H\x1b[2J\x1b[3J" in walk.raw
            assert "secret words" not in "\n".join(walk.screen())
        walk.type("")
        assert "What does an ordinary Tuesday look like" in walk.shown


@pytest.mark.thorough
def test_other_verbs_on_a_narrow_terminal(tmp_path: Path) -> None:
    data = tmp_path / "data"
    answers = tmp_path / "answers.toml"
    answers.write_text('[answers]\nwords = "Ünïcode … words"\n')
    assert run(data, "fill", str(answers), "--worksheet", str(KINDS), "--draft").returncode == 0
    for verb in (["list"], ["responses"], ["show", str(KINDS)], ["view", "latest"], ["doctor"], ["--help"]):
        for environ in (ASCII | {"PAGER": ""}, {"TERM": "dumb"}):
            with Walking(data, *verb, columns=40, environ=environ, ready=False) as walk:
                assert walk.end() == 0, verb
                assert "Traceback" not in walk.raw
                assert "\x1b" not in walk.raw
                if environ.get("LC_ALL"):
                    assert walk.raw.isascii(), verb
