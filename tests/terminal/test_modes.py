"""The terminal comes back as it was at every exit, and is fit for long pastes until then."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pytest
from talking import PASTE_OFF, PASTE_ON, READERS, TALK, Talk, clean_environ, paste

from walking import PATIENCE, end

if TYPE_CHECKING:
    from pathlib import Path


@READERS
def test_ctrl_d_ends_and_gives_the_terminal_back(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        talk.give("one")
        assert talk.end() == 0
        assert talk.entries[-1] == "end"
        assert talk.after == talk.before
        assert talk.last_switch() == PASTE_OFF
        assert talk.seen.endswith("\r\n" + PASTE_OFF + "DONE\r\n")


@READERS
def test_ctrl_c_interrupts_and_gives_the_terminal_back(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        talk.child.send("half a li")
        talk.child.expect_exact("half a li")
        assert talk.end("\x03") == 130
        assert talk.entries == ["interrupted"]
        assert talk.after == talk.before
        assert talk.last_switch() == PASTE_OFF


@pytest.mark.quick_cases(3)
@READERS
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("pause", ["0", "5"], ids=["asking", "between"])
def test_signals_give_the_terminal_back(
    tmp_path: Path, reader: str, number: signal.Signals, pause: str
) -> None:
    with Talk(tmp_path, reader, "--pause", pause).ready() as talk:
        talk.child.send("one\rhalf")
        talk.child.expect_exact("half" if pause == "0" else "PAUSING")
        talk.child.kill(number)
        assert talk.ended() == 128 + number
        assert talk.after == talk.before
        assert talk.last_switch() == PASTE_OFF


@READERS
def test_a_closed_terminal_ends_the_conversation(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader).ready() as talk:
        talk.give("one")
        talk.child.ptyproc.fileobj.close()
        while talk.child.isalive():
            time.sleep(0.01)
        assert talk.child.exitstatus in {0, 128 + signal.SIGHUP}
        assert talk.entries[0] == ["one", False]


@READERS
def test_a_dumb_terminal_gets_no_sequences(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, "--hide", environ={"TERM": "dumb"}).ready() as talk:
        assert talk.give("one\x7f\x7f") == ["o", False]
        assert talk.end() == 0
        assert "\x1b" not in talk.seen
        assert "can't be cleared" in talk.seen


@READERS
def test_hiding_clears_screen_and_scrollback(tmp_path: Path, reader: str) -> None:
    with Talk(tmp_path, reader, "--hide").ready() as talk:
        assert "\x1b[H\x1b[2J\x1b[3J" in talk.seen


def test_paste_marks_stay_on_for_the_whole_conversation(tmp_path: Path) -> None:
    with Talk(tmp_path, "gnu").ready() as talk:
        talk.give("one")
        talk.give("two")
        assert talk.switches() == [PASTE_ON]


@pytest.mark.quick_cases(1)
@READERS
def test_stopping_gives_the_terminal_back_and_takes_it_again(tmp_path: Path, reader: str) -> None:
    plain = "--plain-keys" if reader == "plain" else ""
    log = tmp_path / "log"
    shell = pexpect.spawn(
        "bash",
        ["--norc", "-i"],
        env=clean_environ(tmp_path) | {"PS1": "SH> "},
        timeout=PATIENCE,
        encoding="utf-8",
    )
    try:
        shell.expect_exact("SH> ")
        shell.sendline("bind 'set enable-bracketed-paste off'")
        shell.sendline(f"{sys.executable} {TALK} {log} --prompt '\"\\u0051: \"' {plain}")
        shell.expect_exact("Q: ")
        shell.send("abc")
        shell.expect_exact("abc")
        shell.send("\x1a")
        shell.expect_exact(PASTE_OFF)
        shell.expect_exact("SH> ")
        shell.sendline("stty -a; fg")
        shell.expect(r"[^-]icanon")
        shell.expect(r"[^-]echo ")
        shell.expect_exact(PASTE_ON)
        shell.expect("Q: .*abc")
        shell.send("def" + paste(" x\n\ny") + "\r")
        shell.expect_exact("TAKEN")
        assert json.loads(log.read_text()) == ["abcdef x\n\ny", True]
    finally:
        end(shell)
