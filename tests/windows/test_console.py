"""The walk in a console of Windows: the same person, typing the same, with nothing lost at any end."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

import ana
from walking import CTRL_C, saved, short_id
from wine import InConsole, in_windows, run_windows

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("bed")

CTRL_Z, UP, HOME = "\x1a", "\x1b[A", "\x1b[H"


def begin(data: Path, **how: dict[str, str]) -> InConsole:
    """A walk that stands at the first text, which is private and long."""
    walk = InConsole(data, "start", "staff-care", **how)
    walk.type("3")
    assert "What are you carrying into this?" in walk.shown
    return walk


def test_a_whole_walk_with_a_pause_in_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with InConsole(data, *ana.BEGIN) as walk:
        ana.first_sitting(walk)
        assert walk.end() == 0
    ana.check_first_sitting(data)
    with InConsole(data, "resume") as walk:
        assert short_id(data) in walk.shown
        ana.second_sitting(walk)
        assert walk.end() == 0
    assert saved(data)["status"] == "complete"
    plan = run_windows(data, "export", "latest").stdout.decode()
    assert ana.PLAN in plan
    assert "hard shift" not in plan


def test_a_paste_of_several_paragraphs_is_one_answer(tmp_path: Path) -> None:
    """The console types a paste, fast and without marks, a return for each line's end."""
    paragraphs = [
        "The schedule.",
        "",
        "Überstunden, 3 weeks: “busy” 👩‍👩‍👧.",
        "",
        ":skip is what I would like.",
        ":pause",
    ]
    with begin(tmp_path / "data") as walk:
        walk.press("\r".join(paragraphs) + "\r")
        walk.type("")
        assert "Question 3 of" in walk.shown
        walk.type(":pause")
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "\n".join(paragraphs)


def test_a_paste_at_a_short_question_does_not_run_into_the_next(tmp_path: Path) -> None:
    step = "Ask for a quiet room.\r\rIt could be the old storage room.\rTom has the key."
    with begin(tmp_path / "data") as walk:
        walk.type("", ":go plan")
        walk.press(f"{step}\r")
        assert "Who?" in walk.shown
        walk.type(":pause")
    (action,) = saved(tmp_path / "data")["actions"]
    assert action["step"].split() == step.split()
    assert "who" not in action


def test_a_line_of_five_thousand_characters_is_whole(tmp_path: Path) -> None:
    line = " ".join(f"word{number}" for number in range(600))
    with begin(tmp_path / "data") as walk:
        for piece in (line[at : at + 1_000] for at in range(0, len(line), 1_000)):
            walk.child.send(piece)
        walk.type("", "", ":pause")
        walk.end()
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == line


def test_the_console_edits_the_line(tmp_path: Path) -> None:
    with begin(tmp_path / "data") as walk:
        walk.half("quiet room")
        walk.press(f"{HOME}A \r")
        walk.type("", ":pause")
        walk.end()
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "A quiet room"


def test_a_refused_line_is_not_taken(tmp_path: Path) -> None:
    with InConsole(tmp_path / "data", "start", "staff-care") as walk:
        walk.refused("9")
        walk.type("", "5")
        assert "What are you carrying into this?" in walk.shown
        walk.type(":pause")
    assert saved(tmp_path / "data")["answers"] == {"energy": 5}


@pytest.mark.parametrize("last", [CTRL_Z, CTRL_C])
def test_what_was_given_is_on_disk_after(last: str, tmp_path: Path) -> None:
    """Ctrl-Z and Enter end the input as on every console of Windows, Ctrl-C interrupts."""
    with begin(tmp_path / "data") as walk:
        walk.type("A hard shift.")
        walk.press(f"{last}\r" if last == CTRL_Z else last)
        assert walk.end() in (0, 130)
        assert "resume" in walk.shown
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "A hard shift."
    with InConsole(tmp_path / "data", "resume") as walk:
        assert "A hard shift." in walk.shown
        walk.type(":pause")


@pytest.mark.parametrize("end", ["its window is closed", "it is ended by force"])
def test_what_was_given_is_on_disk_when(end: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with begin(data) as walk:
        walk.type("A hard shift.")
        if end == "its window is closed":
            walk.hang_up()
        else:
            walk.child.kill(signal.SIGKILL)
    assert saved(data)["answers"]["on-my-mind"] == "A hard shift."
    with InConsole(data, "resume") as walk:
        assert "A hard shift." in walk.shown
        walk.type("And rain.", "", ":pause")
        assert walk.end() == 0
    assert saved(data)["answers"]["on-my-mind"] == "A hard shift.\nAnd rain."


def test_libwell_alone_asks_nothing_and_shows_what_waits(tmp_path: Path) -> None:
    with begin(tmp_path / "data") as walk:
        walk.type(":pause")
    with InConsole(tmp_path / "data", ready=False) as home:
        assert home.end() == 0
        assert short_id(tmp_path / "data") in home.shown


def test_hide_says_what_it_could_not_do(tmp_path: Path) -> None:
    with begin(tmp_path / "data", environ={"TERM": "dumb"}) as walk:
        walk.type("A hard shift.", "")
        walk.type(":hide")
        assert "can't be cleared" in walk.shown
        walk.type(":pause")


def test_the_editor_is_waited_for(tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, time, pathlib\npath = pathlib.Path(sys.argv[1])\ntime.sleep(0.5)\n"
        "path.write_bytes(b'\\xef\\xbb\\xbfFrom Notepad.\\r\\n\\r\\nTwo paragraphs.\\r\\n')\n"
    )
    with begin(tmp_path / "data", environ={"EDITOR": f"python {in_windows(editor)}"}) as walk:
        walk.type(":editor", ":pause")
        walk.end()
    assert saved(tmp_path / "data")["answers"]["on-my-mind"] == "From Notepad.\n\nTwo paragraphs."
