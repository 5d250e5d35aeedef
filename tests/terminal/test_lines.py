"""Lines on a real pseudo-terminal, with GNU readline and with the reader of our own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from talking import ASCII, LIBEDIT, PASTE_ON, READERS, WITH_LIBEDIT, Talk, paste

if TYPE_CHECKING:
    from pathlib import Path


@READERS
def test_takes_what_is_typed(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give("plain") == ["plain", False]
        assert talk.give("") == ["", False]
        assert talk.give("caf\u00e9 \u56f3\u66f8\u9928 \U0001f600") == [
            "caf\u00e9 \u56f3\u66f8\u9928 \U0001f600",
            False,
        ]
        assert talk.give("with\ta tab, \\ and \"quotes'") == ["with\ta tab, \\ and \"quotes'", False]
        assert talk.give(":help") == [":help", False]
        assert talk.give("12:30") == ["12:30", False]


@pytest.mark.thorough
@WITH_LIBEDIT
def test_readline_can_stand_on_libedit() -> None:
    """What the tests with the reader `editline` rest on."""
    code = "import readline; print(readline.__doc__)"
    environ = os.environ | {"LD_PRELOAD": str(LIBEDIT)}
    assert b"libedit" in subprocess.check_output([sys.executable, "-c", code], env=environ)


@READERS
def test_takes_back_and_ignores_other_keys(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give("caf\u00e9\x7f\x7fi") == ["cai", False]
        assert talk.give("one two\x17three") == ["one three", False]
        assert talk.give("all of it\x15new") == ["new", False]
        assert talk.give("x\x1b[5~y\x1b[24~z") == ["xyz", False]


@pytest.mark.thorough
def test_other_keys_leave_no_signs(tmp_path: Path) -> None:
    with Talk(tmp_path, "plain").ready() as talk:
        assert talk.give("a\x1bOAb\x1b\x1b[Ac\x1b[[Ad\x1bqe\x01\x0c\x1b[1;5Cf\x04") == ["abcdef", False]
        talk.child.send("one\x1b")
        time.sleep(0.2)
        assert talk.give(" two") == ["one two", False]


def test_backspace_across_a_line_and_wide_characters(tmp_path: Path) -> None:
    with Talk(tmp_path, "plain", width=20).ready() as talk:
        assert talk.give("a" * 30 + "\x7f" * 25) == ["aaaaa", False]
        assert talk.give("\u56f3" * 12 + "\x7f" * 3) == ["\u56f3" * 9, False]
        assert talk.give(paste("one\ntwo") + "\x7f" * 5) == ["on", True]
        assert talk.give("\x7f\x17\x15x") == ["x", False]
        assert talk.give("\u56f3e\u0301\x7f\x7f") == ["\u56f3", False]


@READERS
def test_three_pasted_paragraphs_are_one_entry(tmp_path: Path, reader: str) -> None:
    text = "First, about: the desk.\n\nSecond \u2013 the table.\n\n\n:third\tone"
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give(paste(text)) == [text, True]
        assert talk.give(paste(text + "\n")) == [text, True]
        assert talk.give("then typed") == ["then typed", False]


@READERS
def test_a_pasted_line_is_told_from_a_typed_one(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give(paste(":pause")) == [":pause", True]
        assert talk.give(":go " + paste("energy")) == [":go energy", False]
        assert talk.give(paste(":pause") + "\x15:help") == [":help", False]


@READERS
@pytest.mark.parametrize("size", [10_000, 100_000])
def test_a_long_pasted_line_is_whole(tmp_path: Path, reader: str, size: int) -> None:
    text = "".join(f"{number:07d} " for number in range(size // 8))
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give(paste(text)) == [text, True]


@pytest.mark.quick_cases(1)
@READERS
def test_a_paste_between_two_prompts_is_whole(tmp_path: Path, reader: str) -> None:
    text = "word " * 2000 + "\nand more"
    with Talk(tmp_path, reader, "--pause", "0.4").ready() as talk:
        talk.child.send("first\r")
        talk.child.expect_exact("PAUSING")
        talk.child.send(paste(text) + "\r")
        talk.child.expect_exact("TAKEN")
        talk.child.expect_exact("PAUSING")
        assert talk.entries == [["first", False], [text, True]]


@pytest.mark.quick_cases(1)
@READERS
def test_what_is_typed_ahead_is_shown_once(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, "--pause", "0.3").ready() as talk:
        talk.child.send("first\r")
        talk.child.expect_exact("PAUSING")
        talk.child.send("typed ahead\r")
        talk.child.expect_exact("PAUSING")
        assert talk.entries == [["first", False], ["typed ahead", False]]
        assert talk.seen.count("typed ahead") == 1


@READERS
def test_every_line_break_of_a_paste_is_one(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        for broken in ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree", "one\rtwo\r\rthree"):
            assert talk.give(f"\x1b[200~{broken}\x1b[201~") == ["one\ntwo\n\nthree", True]


@pytest.mark.each_value_once
@READERS
@pytest.mark.parametrize("line_break", ["\r", "\n", "\r\n"])
def test_a_paste_without_marks_comes_line_by_line_and_says_that_more_follows(
    tmp_path: Path, reader: str, line_break: str
) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        talk.child.send(line_break.join(["one", "", "two", "three", ""]))
        for _ in range(4):
            talk.child.expect_exact("TAKEN")
        assert talk.entries == [["one", False], ["", False, "followed"], ["two", False], ["three", False]]
        time.sleep(0.2)
        assert talk.give("") == ["", False]


def test_the_arrow_up_brings_back_what_was_refused(tmp_path: Path) -> None:
    lines = ["first", "caf\u00e9 \u2026 1w 2"]
    with Talk(tmp_path, "gnu", "--refused", json.dumps(lines)).ready() as talk:
        assert talk.give("\x1b[Ai") == ["caf\u00e9 \u2026 1w 2i", False]
        assert talk.give("\x1b[A\x1b[A") == ["first", False]
        assert talk.give("\x1b[A\x1b[A\x1b[A\x1b[B\x1b[B") == ["", False]


@pytest.mark.parametrize("locale", [ASCII, {"LC_ALL": "C"}, {}], ids=["ascii", "utf-8 mode", "utf-8"])
def test_what_is_brought_back_survives_every_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    with Talk(tmp_path, "gnu", "--refused", json.dumps(["caf\u00e9 \u2026"]), environ=locale).ready() as talk:
        assert talk.give("\x1b[A!") == ["caf\u00e9 \u2026!", False]


def test_hostile_lines_that_come_back_are_shown_visibly(tmp_path: Path) -> None:
    with Talk(tmp_path, "gnu", "--refused", json.dumps(["\x1b]0;title\x07 end"])).ready() as talk:
        assert talk.give("\x1b[A") == ["\x1b]0;title\x07 end", False]
        assert "\x1b]0" not in talk.seen


@pytest.mark.thorough
def test_a_paste_whose_end_never_comes_is_taken_after_a_while(tmp_path: Path) -> None:
    with Talk(tmp_path, "gnu").ready() as talk:
        talk.child.send("\x1b[200~half")
        time.sleep(2.5)
        assert talk.give(" more") == ["half more", True]


@READERS
def test_ascii_locale_loses_nothing(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, "--prompt", json.dumps("caf\u00e9\u2026> "), environ=ASCII) as talk:
        talk.child.expect_exact("cafe...> ")
        assert talk.give("caf\u00e9 \u201cx\u201d") == ["caf\u00e9 \u201cx\u201d", False]
        assert talk.give(paste("\u56f3\n\n\u66f8")) == ["\u56f3\n\n\u66f8", True]


@READERS
def test_bytes_that_are_no_utf8_are_kept(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        assert talk.give(b"\x1b[200~caf\xe9 au lait, caf\xc3\xa9\x1b[201~") == [
            "caf\u00e9 au lait, caf\u00e9",
            True,
        ]


@READERS
def test_without_colour_the_screen_gets_only_words(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, environ={"NO_COLOR": "1"}).ready() as talk:
        talk.give("one")
        talk.give(paste("two\nthree"))
        assert set(re.findall(r"\x1b\[[0-9;]*m", talk.seen)) == set()


def test_a_long_prompt_is_folded_and_whole(tmp_path: Path) -> None:
    prompt = "What would help you most in the coming quarter, and who can decide it? > "
    with Talk(
        tmp_path, "plain", "--prompt", json.dumps(prompt), width=20, environ={"NO_COLOR": "1"}
    ).ready() as talk:
        assert " ".join(talk.seen.replace(PASTE_ON, "").split()) == prompt.strip()
        assert all(len(line) <= 20 for line in talk.seen.replace(PASTE_ON, "").split("\r\n"))


def test_a_persons_inputrc_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "inputrc").write_text(
        "set editing-mode vi\nset show-mode-in-prompt on\nset disable-completion on\nset bell-style audible\n"
        "set enable-bracketed-paste on\nTAB: menu-complete\nset horizontal-scroll-mode on\n"
        "set convert-meta on\nset input-meta off\nset output-meta off\n"
    )
    with Talk(tmp_path, "gnu").ready() as talk:
        assert talk.give("hello\x1b0ix") == ["xhello", False]
        assert talk.give("\tin\tdented") == ["\tin\tdented", False]
        assert talk.give(paste("a\n\nb")) == ["a\n\nb", True]
        assert talk.give(":help") == [":help", False]
        assert talk.give(paste(":help")) == [":help", True]
        assert talk.give("caf\u00e9") == ["caf\u00e9", False]
        assert "\x07" not in talk.seen
        assert "caf\u00e9" in talk.seen
        assert talk.switches() == [PASTE_ON]


@READERS
def test_nothing_is_remembered(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        talk.give("private")
        assert talk.give("\x1b[A") == ["", False]
        talk.end()
    assert {path.name for path in tmp_path.iterdir()} == {"log", "transcript"}


@READERS
def test_a_prompt_may_be_empty(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, "--prompt", '""') as talk:
        talk.child.expect_exact(PASTE_ON)
        talk.child.send("one\r")
        talk.child.expect_exact("TAKEN")
        assert talk.entries == [["one", False]]
