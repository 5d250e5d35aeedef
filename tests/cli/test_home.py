"""`libwell` without a verb: where things stand on a terminal, the help elsewhere."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from build import response_for, section_text, sheet_text, worksheet_from
from libwell.storage.responses import response_text
from walking import LIBWELL, Walking, environment, run, squeezed

if TYPE_CHECKING:
    from pathlib import Path

WORKSHEET = worksheet_from(
    sheet_text(
        section_text(
            'id = "words", kind = "text"',
            'id = "own", kind = "text", private = true',
            'id = "plan", kind = "plan"',
        )
    )
)
TODAY = dt.datetime.now().astimezone().date()


def day(count: int) -> str:
    return (TODAY + dt.timedelta(days=count)).isoformat()


def save(data: Path, answers: str, last: str = "k3f9", status: str = "draft") -> Path:
    made = response_for(WORKSHEET, answers, id=f"test-2026-11-21-{last}", status=status)
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(response_text(made), encoding="utf-8")
    return path


def action(step: str, due: str, more: str = "") -> str:
    return f'[[actions]]\nstep = "{step}"\ndue = {due}\n{more}\n'


def shown(data: Path, *arguments: str, **environ: str) -> str:
    """What a terminal shows, on one line."""
    with Walking(data, *arguments, columns=200, environ=environ) as walk:
        assert walk.end() == 0
        assert walk.is_tidy
        return " ".join(walk.shown.split())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


SHORT_WAY = worksheet_from(
    sheet_text(
        section_text('id = "first", kind = "text", core = true', 'id = "rest", kind = "text"'),
        head="private = false\nshort_minutes = 3",
    )
)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("draft", "Test, 1 of 1 answered"),
        ("complete", "You took the short way through “Test”. 1 more question, if you like:"),
    ],
)
def test_a_short_way_counts_its_own_and_the_rest_is_an_offer(data: Path, status: str, said: str) -> None:
    made = response_for(SHORT_WAY, 'first = "tea"', id="test-2026-11-21-s2s2", status=status)
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(response_text(made.model_copy(update={"short": True})), encoding="utf-8")
    assert said in shown(data)


def test_the_first_time_it_says_in_two_lines_what_to_do(data: Path) -> None:
    said = squeezed(shown(data))
    again = f"libwell --data-dir {data}"
    lines = (
        "libwell asks about your library and your work, and ends in a plan. It all stays here.",
        f"To choose a worksheet and begin: python -m {again} start",
    )
    assert said == squeezed("".join(lines))
    assert not data.exists()


def test_drafts_and_what_is_due_and_what_to_type(data: Path) -> None:
    save(
        data, 'words = "Nobody sees this."\n' + action("Ask for a break", day(-3)) + action("Later", day(15))
    )
    save(data, action("Done", day(1), 'status = "done"') + action("Soon", day(14)), "m4n5", "complete")
    said = shown(data)
    assert re.search(r"Test, 2 of 3 answered, from (today|yesterday|November 2\d, 2026)", said)
    assert f"libwell --data-dir {data} resume k3f9" in said
    assert "k3f9.a1: Ask for a break Was for " in said
    assert "m4n5.a2: Soon By " in said
    assert "Later" not in said
    assert "Done" not in said
    assert "Nobody" not in said
    assert f"libwell --data-dir {data} actions" in said


def test_of_private_steps_it_says_only_how_many(data: Path) -> None:
    save(data, action("canary", day(1), 'from = "own"') + action("canary", day(1), "private = true"))
    said = shown(data)
    assert "2 private steps" in said
    assert "canary" not in said


def test_many_are_counted(data: Path) -> None:
    for number in range(7):
        save(data, action(f"Step {number}", day(number)), f"k{number}f9")
    said = shown(data)
    assert "and 2 more: " in said
    assert said.count("resume k") == 5
    assert "Step 4" in said
    assert "Step 5" not in said


def test_what_is_broken_breaks_nothing(data: Path) -> None:
    save(data, "")
    save(data, "", "m4n5").write_text("libwell = ")
    config = data.parent / "config" / "libwell" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('libwell = "config/1"\ncountri = "US"\n')
    said = shown(data, XDG_CONFIG_HOME=str(config.parents[1]))
    assert "Your settings have a mistake." in said
    assert "1 response can't be read." in said
    assert "resume k3f9" in said


def test_where_the_librarys_settings_are_gone_no_response_is_looked_for(data: Path) -> None:
    save(data, "")
    said = shown(data, LIBWELL_CONFIG=str(data.parent / "gone.toml"))
    assert "Your library's settings can't be read, and they may say where your responses lie." in said
    assert "doctor" in said
    assert "k3f9" not in said


def test_options_before_the_verb_alone_are_the_same(data: Path) -> None:
    save(data, "")
    assert "resume k3f9" in shown(data, "--no-input", "--no-color")


@pytest.mark.thorough
def test_where_there_is_no_terminal_it_is_the_help(data: Path) -> None:
    save(data, "")
    bare = subprocess.run(
        LIBWELL, env=environment(data), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert bare.stdout == run(data, "--help").stdout
    assert run(data).stdout == bare.stdout
    assert bare.stderr == ""


def test_with_a_terminal_behind_it_but_none_before_it_is_the_help_too(data: Path) -> None:
    line = f"{LIBWELL[0]} -m libwell --data-dir {data} | cat"
    with Walking(data, command=("/bin/sh", "-c", line)) as walk:
        assert walk.end() == 0
        assert "Usage: libwell" in walk.shown
