"""The person's editor on a real pseudo-terminal: it has the terminal and a private file."""

from __future__ import annotations

import os
import signal
import stat
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from talking import PASTE_OFF, READERS, Talk, paste

from libwell.storage.scratch import abandoned, scratch_file, sweep
from libwell.terminal.editor import NoEditorError, edit_text, how_to_come_back
from libwell.terminal.windows.commands import split_command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that keeps a copy of what it was given and writes something else."""
    program = tmp_path / "editor"
    program.write_text(
        f'#!/bin/sh\ncp "$2" {tmp_path}/given\nls -ld "$(dirname "$2")" "$2" > {tmp_path}/modes\n'
        'stty -a | grep -q " icanon" && printf "From the editor\\n\\n%s\\n\\n" "$1" > "$2"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@READERS
def test_the_editor_has_the_terminal_and_a_private_file(tmp_path: Path, reader: str, editor: Path) -> None:
    folder = tmp_path / "scratch"
    with Talk(
        tmp_path, reader, "--editor", str(folder), environ={"VISUAL": f"{editor} 'an option'"}
    ).ready() as talk:
        talk.give(":edit")
        assert talk.entries == [[":edit", False], "From the editor\n\nan option\n"]
        assert talk.give(paste("a\n\nb")) == ["a\n\nb", True]
    assert (tmp_path / "given").read_text() == "It is \u00e9.\n\nTwo.\n"
    assert [line.split()[0] for line in (tmp_path / "modes").read_text().splitlines()] == [
        "drwx------",
        "-rw-------",
    ]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "ended with status 1"),
        ("no-such-editor", "could not be started"),
        ("'unfinished", "quotation mark"),
    ],
)
def test_an_editor_that_fails_is_reported(tmp_path: Path, command: str, said: str) -> None:
    folder = tmp_path / "scratch"
    with Talk(
        tmp_path, "gnu", "--editor", str(folder), environ={"EDITOR": command, "VISUAL": ""}
    ).ready() as talk:
        talk.give(":edit")
        assert talk.entries[-1] is None
        assert said in " ".join(talk.seen.split())
    assert not folder.exists() or list(folder.iterdir()) == []


def test_without_an_editor_that_is_said(tmp_path: Path) -> None:
    with Talk(
        tmp_path, "gnu", "--editor", str(tmp_path / "scratch"), environ={"PATH": "/nonexistent"}
    ).ready() as talk:
        talk.give(":edit")
        assert talk.entries[-1] is None
        assert "no nano and no vi" in " ".join(talk.seen.split())


def test_ctrl_c_in_the_editor_is_the_editors(tmp_path: Path) -> None:
    program = tmp_path / "editor"
    program.write_text(
        '#!/bin/sh\ntrap "caught=1" INT\necho OPEN\nwhile [ -z "$caught" ]; do sleep 0.05; done\n'
        'echo CAUGHT\necho edited > "$1"\n'
    )
    program.chmod(0o700)
    with Talk(
        tmp_path, "gnu", "--editor", str(tmp_path / "scratch"), environ={"VISUAL": str(program)}
    ).ready() as talk:
        talk.child.send(":edit\r")
        talk.child.expect_exact("OPEN")
        talk.child.send("\x03")
        talk.child.expect_exact("CAUGHT")
        talk.child.expect_exact("> ")
        assert talk.entries[-1] == "edited"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_editor_is_open_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "scratch"
    slow = "sh -c 'echo OPEN; sleep 20'"
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ={"VISUAL": slow}).ready() as talk:
        talk.child.send(":edit\r")
        talk.child.expect_exact("OPEN")
        talk.child.kill(number)
        assert talk.ended() == 128 + number
        assert talk.after == talk.before
        assert talk.last_switch() == PASTE_OFF
    assert list(folder.iterdir()) == []


def test_an_editor_that_outlives_libwell_keeps_its_file(tmp_path: Path) -> None:
    folder, going, gone = tmp_path / "scratch", tmp_path / "going", tmp_path / "gone"
    slow = tmp_path / "slow"
    slow.write_text(
        f"#!/bin/sh\ntrap '' HUP\necho OPEN\nuntil [ -e {going} ]; do sleep 0.02; done\ntouch {gone}\n"
    )
    slow.chmod(0o700)
    with Talk(tmp_path, "gnu", "--editor", str(folder), environ={"VISUAL": str(slow)}).ready() as talk:
        talk.child.send(":edit\r")
        talk.child.expect_exact("OPEN")
        talk.child.kill(signal.SIGKILL)
        talk.child.wait()
        assert (abandoned([folder]), sweep([folder])) == ([], 0)
        going.touch()
        while not abandoned([folder]):
            time.sleep(0.02)
    assert gone.exists()
    assert sweep([folder]) == 1
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("nano", "Opening nano. To save and come back: Ctrl-O and Enter, then Ctrl-X."),
        ("vi", "Opening vi. To save and come back: Esc, then :wq and Enter."),
        ("/usr/bin/vim -n", "Opening vim. To save and come back: Esc, then :wq and Enter."),
        ("vim.tiny", "Opening vim.tiny. To save and come back: Esc, then :wq and Enter."),
        ("'/my tools/nano' -w", "Opening nano. To save and come back: Ctrl-O and Enter, then Ctrl-X."),
        ("/opt/bin/kate --block", "Opening kate. To save and come back: save, and close it."),
    ],
)
def test_it_is_said_how_to_come_back(command: str, said: str) -> None:
    assert how_to_come_back({"EDITOR": command}) == said
    assert how_to_come_back({"VISUAL": command, "EDITOR": "ed"}) == said


def test_how_to_come_back_is_not_said_where_there_is_no_editor() -> None:
    with pytest.raises(NoEditorError, match="no nano and no vi"):
        how_to_come_back({"PATH": "/nonexistent"})


# --- as on Windows --------------------------------------------------------------------------------

NOTEPAD_PLUS = r"C:\Program Files\Notepad++\notepad++.exe"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("", []),
        ("notepad", ["notepad"]),
        ("code --wait", ["code", "--wait"]),
        (NOTEPAD_PLUS, [NOTEPAD_PLUS]),
        (f"{NOTEPAD_PLUS} -multiInst -nosession", [NOTEPAD_PLUS, "-multiInst", "-nosession"]),
        (f'"{NOTEPAD_PLUS}" -multiInst', [NOTEPAD_PLUS, "-multiInst"]),
        (r'subl.exe -w "C:\my settings" plain', ["subl.exe", "-w", r"C:\my settings", "plain"]),
    ],
)
def test_a_command_of_windows_is_split_as_it_is_meant(command: str, words: list[str]) -> None:
    assert split_command(command, {NOTEPAD_PLUS, "code", "notepad"}.__contains__) == words


def test_a_quotation_mark_is_missed_on_windows_too() -> None:
    with pytest.raises(ValueError, match="code"):
        split_command('"code --wait', lambda _: False)


@pytest.mark.parametrize(("program", "times"), [("true", 1), ("sleep 2.1;", 0), ("echo other >", 0)])
def test_an_editor_that_is_back_at_once_may_have_a_window_open(
    tmp_path: Path, program: str, times: int
) -> None:
    """The file waits for who is asked; not where the text is another one, or where it took its time."""
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\n{program} "$1" || true\n')
    editor.chmod(0o700)
    asked = []

    def wait() -> None:
        (file,) = (tmp_path / "scratch").glob("*/answer.txt")
        file.write_text("written in the window\n")
        asked.append(file)

    scratch = partial(scratch_file, tmp_path / "scratch")
    environ = {"EDITOR": str(editor), "PATH": os.environ["PATH"]}
    text, is_all = edit_text("as it was", scratch, environ, wait=wait)
    assert (len(asked), is_all) == (times, True)
    assert (text == "written in the window") == bool(asked)
    assert list((tmp_path / "scratch").iterdir()) == []
