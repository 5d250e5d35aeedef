"""Days wherever the clock is set: also where `TZ` gives rules, and is no name of a zone."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest
import time_machine

from build import NOW
from libwell.cli.app import run
from walking import LIBWELL, Walking, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONES = (
    *("UTC0", "GMT0", "CET-1CEST", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT", "EST5EDT,M3.2.0,M11.1.0"),
    *("NZST-12NZDT,M9.5.0,M4.1.0/3", "<+0330>-3:30", "<-03>3", "<+14>-14", "<-12>12", "IST-5:30"),
    *("<+0545>-5:45", "AEST-10AEDT,M10.1.0,M4.1.0/3", "PST8PDT,M3.2.0/2,M11.1.0/2", "<+1030>-10:30<+11>-11"),
    *("EET-2EEST,J60,J300", "WET0WEST,59/1,300/2", "XYZ-24", "IST-1GMT0,M10.5.0,M3.5.0/1", "", ":UTC"),
)
ANSWERS = 'worksheet = "staff-care"\n[[actions]]\nstep = "Rest"\ndue = 2026-12-01\n'
LINES = (
    ("actions", "set", "latest.a1", "--due", "in 2 weeks"),
    ("actions", "--due-before", "end of next month"),
    ("actions", "set", "latest.a1", "--status", "done", "--again", "1 dec"),
    ("export", "latest", "--format", "ics", "--private"),
    ("export", "latest", "--format", "ics", "--todo", "--private"),
    ("export", "latest", "--private"),
    ("responses",),
    ("responses", "--since", "2 weeks ago", "--until", "today"),
    ("actions", "--since", "today"),
    ("view", "latest:staff-care"),
    (),
)
"""Every verb that knows of a day, `libwell` alone last."""


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("rule", ZONES)
def test_every_verb_that_knows_a_day_works_under_every_valid_zone(
    tmp_path: Path, zone: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], rule: str
) -> None:
    zone.setenv("TZ", rule)
    zone.setenv("LIBWELL_DATA_DIR", str(tmp_path / "data"))
    zone.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    zone.delenv("LIBWELL_CONFIG", raising=False)
    time.tzset()
    (tmp_path / "answers.toml").write_text(ANSWERS)
    with time_machine.travel(NOW, tick=False):
        assert run(["fill", str(tmp_path / "answers.toml")]) == 0
        for line in LINES:
            assert run([*line]) == 0, line
        today = time.strftime("%Y-%m-%d")
    out, err = capfd.readouterr()
    assert f"staff-care-{today}-" in out
    assert "in 14 days" in err
    assert "BEGIN:VEVENT" in out


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("rule", ["UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30"])
def test_the_walk_reads_a_day_there_too(tmp_path: Path, rule: str) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(ANSWERS)
    environ = environment(tmp_path / "data") | {"TZ": rule}
    made = [*LIBWELL, "--data-dir", str(tmp_path / "data"), "fill", str(answers)]
    subprocess.run(made, env=environ, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    with Walking(tmp_path / "data", "actions", "add", "latest", environ={"TZ": rule}) as walk:
        walk.type("Breathe", "")
        assert "in 14 days." in walk.type("in 2 weeks")
        assert "Kept in your words." not in walk.shown
