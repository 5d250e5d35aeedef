"""What an editor leaves that was open when libwell was killed: who names it, and who removes it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from build import section_text, sheet_text
from libwell.storage.scratch import abandoned
from walking import CTRL_D, LIBWELL, Walking, environment, run, saved_files

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-1-tweet"
SHEET = sheet_text(section_text('id = "words", kind = "text"'), head="private = true", name="mine")
REMOVED = "Your editor was cut off before; the text it left on the disk is removed."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a worksheet, and an editor that is never done."""
    data = tmp_path / "data"
    (data / "worksheets").mkdir(parents=True)
    data.chmod(0o700)
    (data / "worksheets" / "mine.toml").write_text(SHEET, encoding="utf-8")
    slow = tmp_path / "slow"
    slow.write_text(f'#!/bin/sh\necho {CANARY} > "$1"\ncp "$1" "$1~"\necho OPEN\nexec sleep 600\n')
    slow.chmod(0o700)
    return data


@pytest.fixture(params=["in memory", "in the data folder"])
def environ(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What says where the file of an editor lies."""
    here = {"VISUAL": str(tmp_path / "slow")}
    if request.param == "in memory":
        (tmp_path / "runtime").mkdir(mode=0o700)
        here["XDG_RUNTIME_DIR"] = str(tmp_path / "runtime")
    return here


def cut_off(data: Path, environ: dict[str, str]) -> Path:
    """Start a walk, open the editor and kill all of it; give the folder that it left."""
    with Walking(data, "start", "mine", environ=environ) as walk:
        walk.child.send(":editor\r")
        walk.expect("OPEN")
        os.killpg(walk.child.pid, signal.SIGKILL)
        assert walk.end() == -signal.SIGKILL
    (left,) = abandoned([data, data.parent / "runtime"])
    assert holding(data) == {"answer.txt", "answer.txt~"}
    return left


def holding(data: Path) -> set[str]:
    """The names of the files with something in them that was written in the editor."""
    found = (one for one in data.parent.rglob("*") if one.is_file() and one.name != "slow")
    return {one.name for one in found if CANARY.encode() in one.read_bytes()}


def here(data: Path, environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run libwell without a terminal."""
    return subprocess.run(
        [*LIBWELL, "--data-dir", str(data), *arguments],
        env=environment(data) | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.thorough
@pytest.mark.quick_cases(1)
def test_doctor_names_it_and_how_to_remove_it(data: Path, environ: dict[str, str]) -> None:
    left = cut_off(data, environ)
    told = here(data, environ, "doctor")
    assert told.returncode == 1
    assert f"{left}: a text was left here when your editor was cut off." in told.stdout
    assert CANARY not in told.stdout
    remedy = next(line for line in told.stdout.splitlines() if "rm -r" in line)
    subprocess.run(shlex.split(remedy.partition("now: ")[2]), check=True)
    assert holding(data) == set()
    assert "your editor" not in here(data, environ, "doctor").stdout


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("verb", ["start mine", "resume"])
def test_a_walk_begins_by_removing_it(data: Path, environ: dict[str, str], verb: str) -> None:
    cut_off(data, environ)
    with Walking(data, *verb.split(), environ=environ) as walk:
        assert holding(data) == set()
        assert walk.shown.count(REMOVED) == 1
        walk.press(CTRL_D)
    with Walking(data, *verb.split(), environ=environ) as walk:
        assert REMOVED not in walk.shown


@pytest.mark.quick_cases(1)
def test_deleting_a_response_removes_it(data: Path, environ: dict[str, str]) -> None:
    cut_off(data, environ)
    done = here(data, environ, "delete", "latest", "--yes")
    assert done.returncode == 0
    assert done.stderr.endswith(f"{REMOVED}\n")
    assert (holding(data), saved_files(data)) == (set(), [])


def test_what_is_not_deleted_is_not_touched(data: Path, environ: dict[str, str]) -> None:
    cut_off(data, environ)
    with Walking(data, "delete", "latest", environ=environ) as walk:
        walk.type("no")
        assert walk.status == 1
    assert holding(data) == {"answer.txt", "answer.txt~"}


def test_keeping_the_plan_alone_removes_it(tmp_path: Path, data: Path, environ: dict[str, str]) -> None:
    cut_off(data, environ)
    answers = tmp_path / "answers.toml"
    answers.write_text('worksheet = "mine"\n[answers]\nwords = "Mine."\n', encoding="utf-8")
    (name,) = run(data, "fill", str(answers)).stdout.split()
    arguments = ("export", name, "--private", "--output", str(tmp_path / "mine.md"))
    with Walking(data, *arguments, environ=environ) as walk:
        walk.type("delete")
        assert walk.status == 0
        assert REMOVED in walk.shown
    assert holding(data) == set()


@pytest.mark.quick_cases(1)
def test_one_that_is_open_is_fine(data: Path, environ: dict[str, str]) -> None:
    with Walking(data, "start", "mine", environ=environ) as walk:
        walk.child.send(":editor\r")
        walk.expect("OPEN")
        told = here(data, environ, "doctor")
        assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "All is well.")
        with Walking(data, "start", "staff-care", environ=environ) as other:
            assert REMOVED not in other.shown
        assert holding(data) == {"answer.txt", "answer.txt~"}
