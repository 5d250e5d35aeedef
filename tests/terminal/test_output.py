"""The one gate: nothing active passes, nothing is lost, whatever the width and the encoding."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HOSTILE
from libwell.model.characters import make_visible
from libwell.terminal.output import Output, Switch
from libwell.terminal.screen_text import degrade, wrap
from tiers import Tier

ROOT = Path(__file__).parents[2]
TEXTS = (*HOSTILE, "lone surrogates \ud800 \udcff")
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
WIDTHS = [20, 40, 80, 200]
TEXT = (
    "Each option can be answered on its own; what is left open stays open: https://example.com/a/long/address\n"
    "\n"
    "  1. The first of them, which has a text long enough to be folded at most widths, and at wide ones too\n"
    "  - [ ] A box in a list, whose further lines stand under its words, not under its mark, if it is long\n"
    "    set in by four, and so it stays also when it has to go on in the next line, and in the one after\n"
)


class Stream(io.TextIOWrapper):
    """A stream in memory that says whether it is a terminal."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        self.memory = io.BytesIO()
        self.terminal = terminal
        super().__init__(self.memory, encoding=encoding, errors="strict")

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        return self.memory.getvalue().decode(self.encoding)


class Screen:
    """An Output with both its streams."""

    def __init__(
        self,
        encoding: str = "utf-8",
        *,
        terminal: bool = True,
        no_color: bool = False,
        quiet: bool = False,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.out = Stream(encoding, terminal=terminal)
        self.err = Stream(encoding, terminal=terminal)
        environ = {"TERM": "xterm", "NO_COLOR": "1"} | (environ or {})
        self.output = Output(self.out, self.err, environ, no_color=no_color, quiet=quiet)

    @property
    def text(self) -> str:
        return self.out.text + self.err.text

    def show(self, text: str) -> str:
        """Show it in each way there is, and give what came out."""
        self.output.data(text)
        self.output.say(text)
        self.output.message(text)
        self.output.echo(text)
        self.output.prompt(text)
        return self.text


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_nothing_active_reaches_a_terminal(encoding: str) -> None:
    for text in TEXTS:
        shown = Screen(encoding, environ={"COLUMNS": "20"}).show(text)
        assert not ACTIVE.search(shown)
        assert words(shown) == words(degrade(make_visible(text), encoding)) * 5


@given(st.text(), st.sampled_from(["utf-8", "ascii", "latin-1", "cp437"]), st.integers(1, 200))
def test_whatever_the_text_it_is_whole_and_passive(text: str, encoding: str, width: int) -> None:
    shown = Screen(encoding, environ={"COLUMNS": str(width)}).show(text)
    assert not ACTIVE.search(shown)
    assert words(shown) == words(degrade(make_visible(text), encoding)) * 5


def test_messages_and_conversations_are_passive_in_a_pipe_too() -> None:
    screen = Screen(terminal=False)
    for text in TEXTS:
        screen.output.message(text)
        screen.output.say(text)
    assert not ACTIVE.search(screen.text)


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_are_folded_to_the_width_and_whole(width: int) -> None:
    screen = Screen(environ={"COLUMNS": str(width)})
    screen.output.say(TEXT)
    screen.output.message(TEXT)
    for shown in (screen.out.text, screen.err.text):
        assert words(shown) == words(TEXT)
        assert max(map(len, shown.split("\n"))) <= min(width, 88)


def test_messages_in_a_pipe_are_not_folded() -> None:
    screen = Screen(terminal=False, environ={"COLUMNS": "20"})
    screen.output.message(TEXT)
    assert screen.err.text == TEXT + "\n"


def test_further_lines_stand_under_the_words() -> None:
    assert wrap("  3. one two three four", 14) == "  3. one two\n     three\n     four"
    assert wrap("- [ ] one two three", 14) == "- [ ] one two\n      three"
    assert wrap("    one two three", 12) == "    one two\n    three"
    assert wrap("x" * 25, 10) == f"{'x' * 10}\n{'x' * 10}\n{'x' * 5}"
    assert (
        wrap(f"- See {'x' * 12} b", 10) == "- See\n  xxxxxxxx\n  xxxx b"
    )  # an address is not broken off first
    assert wrap("a\n\n  b  \n", 10) == "a\n\n  b  \n"
    assert wrap(f"{' ' * 30}one", 10) == "one"
    assert wrap(f"{' ' * 30}- one two", 8) == "- one\n  two"
    assert wrap(" " * 30, 10) == ""
    assert wrap("\tone\ttwo", 20) == "        one     two"


@pytest.mark.parametrize(
    ("columns", "width"), [("0", 80), ("", 80), ("-5", 80), ("x", 80), ("3", 10), ("120", 120)]
)
def test_width_comes_from_columns_if_it_is_one(columns: str, width: int) -> None:
    assert Screen(environ={"COLUMNS": columns}).output.width == width


def test_width_and_height_come_from_the_terminal() -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 11, 33, 0, 0))
    with os.fdopen(ours, "rb", buffering=0), os.fdopen(theirs, "w") as stream:
        output = Output(stream, stream, {"TERM": "xterm"})
        assert (output.width, output.height) == (33, 11)
        assert Output(stream, stream, {"COLUMNS": "50"}).width == 50


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_data_in_a_pipe_is_exactly_its_utf8(encoding: str) -> None:
    screen = Screen(encoding, terminal=False, environ={"FORCE_COLOR": "1"})
    screen.output.data("caf\u00e9 \u2013 \x1b[31m \u202e \r\n no line feed at the end")
    screen.output.data("")
    assert (
        screen.out.memory.getvalue()
        == "caf\u00e9 \u2013 \x1b[31m \u202e \r\n no line feed at the end".encode()
    )


def test_data_that_is_no_unicode_never_fails() -> None:
    screen = Screen(terminal=False)
    screen.output.data("/home/\udce9t\udce9")
    screen.output.data("\ud800")
    assert screen.out.memory.getvalue() == b"/home/\xe9t\xe9[U+D800]"


def test_data_on_a_terminal_ends_its_last_line_and_is_not_folded() -> None:
    screen = Screen(environ={"COLUMNS": "20"})
    screen.output.data("x " * 30)
    screen.output.data("a\n\n")
    assert screen.out.text == "x " * 30 + "\na\n\n"


def test_typography_and_accents_are_degraded() -> None:
    text = "\u201cNa\u00efve\u201d \u2013 it\u2019s\u2026 \u2713 \u2192 \u0142\u00f3d\u017a e\u0301 \u00bd"
    text += " \ufb01 \u56f3 \U0001f600"
    assert degrade(text, "ascii") == '"Naive" - it\'s... v -> lodz e 1/2 fi [U+56F3] [U+1F600]'
    assert degrade(text, "latin-1").startswith('"Na\u00efve" - it\'s... v -> l\u00f3dz \u00e9 \u00bd')
    assert degrade(text, "utf-8") == text


def test_what_libwell_and_its_worksheets_say_has_plain_words_on_an_old_console() -> None:
    texts = [*ROOT.glob("src/libwell/**/*.py"), *ROOT.glob("worksheets/*.toml")]
    said = {sign for path in texts for sign in path.read_text(encoding="utf-8") if not sign.isascii()}
    assert {"“", "…", "—", "·"} <= said
    for encoding in ("ascii", "cp437", "cp850", "cp1252"):
        assert [sign for sign in said if "[U+" in degrade(sign, encoding)] == []


def test_every_character_can_be_degraded() -> None:
    everything = "".join(map(chr, range(0, 0x20000, 1 if Tier.is_thorough else 7)))
    assert degrade(everything, "ascii").isascii()


COLORS = [  # flag, environment, a terminal, color?
    (False, {}, True, True),
    (False, {}, False, False),
    (False, {"TERM": "dumb"}, True, False),
    (False, {"TERM": ""}, True, False),
    (False, {"NO_COLOR": "1"}, True, False),
    (False, {"NO_COLOR": ""}, True, True),
    (False, {"FORCE_COLOR": "1"}, False, True),
    (False, {"CLICOLOR_FORCE": "1"}, False, True),
    (False, {"FORCE_COLOR": "0"}, False, False),
    (False, {"FORCE_COLOR": "", "CLICOLOR_FORCE": "0"}, False, False),
    (False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
    (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    (True, {"FORCE_COLOR": "1"}, True, False),
]


@pytest.mark.parametrize(("no_color", "environ", "terminal", "has_color"), COLORS)
def test_who_decides_about_color(
    *, no_color: bool, environ: dict[str, str], terminal: bool, has_color: bool
) -> None:
    screen = Screen(terminal=terminal, no_color=no_color, environ={"NO_COLOR": ""} | environ)
    screen.output.say("word", style="strong")
    screen.output.message("word", style="warning")
    assert (screen.text == "\x1b[1mword\x1b[0m\n\x1b[1;35mword\x1b[0m\n") is has_color
    assert (screen.text == "word\nword\n") is not has_color


def test_a_style_ends_with_each_line() -> None:
    screen = Screen(environ={"NO_COLOR": "", "COLUMNS": "10"})
    screen.output.say("one two three\n\nfour", style="quiet")
    assert screen.out.text == "\x1b[2mone two\x1b[0m\n\x1b[2mthree\x1b[0m\n\n\x1b[2mfour\x1b[0m\n"


def test_quiet_leaves_warnings_and_errors() -> None:
    screen = Screen(quiet=True)
    for style in ("", "strong", "quiet", "warning", "error"):
        screen.output.message(style or "plain", style=style)
    screen.output.data("data")
    screen.output.say("said")
    assert screen.err.text == "warning\nerror\n"
    assert screen.out.text == "data\nsaid\n"


def test_sequences_go_only_to_a_terminal_that_knows_them() -> None:
    for environ, terminal in (({"TERM": "dumb"}, True), ({}, False)):
        screen = Screen(terminal=terminal, environ=environ)
        assert not screen.output.switch(Switch.CLEAR)
        assert screen.out.text == ""
    screen = Screen()
    assert screen.output.switch(Switch.CLEAR)
    assert screen.out.text == "\x1b[H\x1b[2J\x1b[3J"


def test_streams_of_text_in_memory_will_do() -> None:
    out, err = io.StringIO(), io.StringIO()
    output = Output(out, err, {})
    output.data("caf\u00e9\n")
    output.message("caf\u00e9")
    assert out.getvalue() == err.getvalue() == "caf\u00e9\n"


def test_closed_streams_are_an_error_only_for_data() -> None:
    output = Output(None, None, {})
    output.message("unheard")
    with pytest.raises(OSError, match="Bad file descriptor"):
        output.data("lost")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_left_and_a_full_disk_are_errors_once(unbuffered: str) -> None:
    code = (
        "import os, sys\nfrom libwell.terminal.output import Output\n"
        "output = Output(sys.stdout, sys.stderr, os.environ)\n"
        "try:\n    output.data('x' * 1_000_000)\n"
        "except OSError as error:\n    output.message(type(error).__name__)\n    sys.exit(9)\n"
    )
    environ = os.environ | {
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        "PYTHONUNBUFFERED": unbuffered,
    }
    for command, name in (("| true", "BrokenPipeError"), ("> /dev/full", "OSError")):
        done = subprocess.run(
            ["bash", "-c", f'"$0" -c "$1" {command}; exit ${{PIPESTATUS[0]}}', sys.executable, code],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (9, f"{name}\n")


def test_a_pipe_that_does_not_wait_gets_everything() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    content = "x" * 1_000_000
    code = "import os, sys; data = os.read(0, 100)\nwhile data: print(len(data)); data = os.read(0, 100_000)"
    with (
        subprocess.Popen([sys.executable, "-c", code], stdin=reader, stdout=subprocess.PIPE) as process,
        os.fdopen(writer, "w") as stream,
    ):
        os.close(reader)
        Output(stream, None, {}).data(content)
        stream.close()
        assert process.stdout
        assert sum(map(int, process.stdout.read().split())) == len(content)


def test_the_gate_costs_no_rich() -> None:
    code = "import sys, libwell.terminal.output; print({'rich', 'pydantic'} & sys.modules.keys())"
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
