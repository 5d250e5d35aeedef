"""Long text in the pager, through its standard input only."""

from __future__ import annotations

import os
import pty
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from libwell.terminal.output import Output
from libwell.terminal.pager import page

if TYPE_CHECKING:
    from pathlib import Path

LONG = "".join(f"line {number} caf\u00e9 \x1b[31m\n" for number in range(40))


class Terminal:
    """A pseudo-terminal of 24 lines whose screen is read all the time."""

    def __init__(self) -> None:
        ours, theirs = pty.openpty()
        self.stream = os.fdopen(theirs, "w", encoding="utf-8")
        self._ours = ours
        self._parts: list[bytes] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        try:
            while part := os.read(self._ours, 4096):
                self._parts.append(part)
        except OSError:  # closed
            pass

    def screen(self) -> str:
        self.stream.close()
        self._reader.join()
        os.close(self._ours)
        return b"".join(self._parts).decode().replace("\r\n", "\n")


def show(text: str, **environ: str) -> str:
    terminal = Terminal()
    environ = {"TERM": "xterm", "PATH": os.environ["PATH"], **environ}
    page(text, Output(terminal.stream, None, environ), environ)
    return terminal.screen()


def pager(folder: Path) -> str:
    """A pager that keeps what it was given: its input, its arguments, its environment."""
    code = (
        "import json, os, sys\n"
        f"with open({str(folder / 'input')!r}, 'wb') as file: file.write(sys.stdin.buffer.read())\n"
        f"with open({str(folder / 'rest')!r}, 'w') as file: json.dump([sys.argv, dict(os.environ)], file)\n"
    )
    (folder / "pager.py").write_text(code)
    return f"{sys.executable} '{folder / 'pager.py'}' option"


def test_long_text_goes_to_the_pagers_standard_input(tmp_path: Path) -> None:
    assert show(LONG, PAGER=pager(tmp_path)) == ""
    assert (tmp_path / "input").read_text() == LONG.replace("\x1b", "[U+001B]")
    rest = (tmp_path / "rest").read_text()
    assert '"option"]' in rest
    assert '"LESSSECURE": "1"' in rest
    assert '"LESSHISTFILE": "-"' in rest
    assert "line" not in rest


def test_short_text_is_just_shown(tmp_path: Path) -> None:
    assert show("one\ntwo\n", PAGER=pager(tmp_path)) == "one\ntwo\n"
    assert not (tmp_path / "input").exists()


@pytest.mark.parametrize(
    "environ",
    [{"PAGER": ""}, {"PAGER": "no-such-pager"}, {"PAGER": "'"}, {"TERM": "dumb"}, {"PATH": "/nonexistent"}],
)
def test_without_a_pager_it_is_just_shown(environ: dict[str, str]) -> None:
    assert show(LONG, **environ) == LONG.replace("\x1b", "[U+001B]")


@pytest.mark.thorough
def test_a_pager_that_leaves_early_is_no_failure() -> None:
    assert show(LONG * 10_000, PAGER="true") == ""


def test_a_pipe_gets_the_whole_text_without_the_pager_and_nothing_active_in_it(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as stream:
        page(LONG, Output(stream, None, {}), {"PAGER": pager(tmp_path)})
    with os.fdopen(reader, "rb") as file:
        assert file.read().decode() == LONG.replace("\x1b", "[U+001B]")
    assert not (tmp_path / "input").exists()
