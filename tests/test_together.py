"""The public API for shared copies: many workers make the same report as one program."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import libwell
from build import shared_for, worksheet_of
from libwell.errors import LibwellError
from libwell.storage.shared import shared_text
from walking import run

ROOT = Path(__file__).parents[1]
SHEET = worksheet_of('id = "it", kind = "yes-no"', 'id = "words", kind = "text"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A thousand files of some six hundred people."""
    folder = tmp_path / "shared"
    folder.mkdir()
    for number in range(1000):
        answers = f'it = {"true" if number % 3 else "false"}\nwords = "Words {number}"'
        team = {"team": f"Branch {number % 7}"}
        copy = shared_for(SHEET, answers, number=number * 7 % 600, revision=number, person=team)
        (folder / f"{number:04}.toml").write_text(shared_text(copy), encoding="utf-8")
    return folder


@pytest.mark.thorough
def test_dask_workers_make_the_same_report_to_the_byte(folder: Path, tmp_path: Path) -> None:
    expected = run(tmp_path / "data", "team", "report", str(folder), "--format", "json")
    assert expected.returncode == 0
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LIBWELL_")}
    command = [sys.executable, str(ROOT / "examples" / "dask_report.py"), str(folder), "2"]
    done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    assert done.stdout == expected.stdout


@pytest.mark.thorough
def test_one_file_more_and_two_tallies_as_one(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())[:9]
    whole = libwell.tally(paths)
    assert libwell.add(libwell.tally(paths[:8]), paths[8]) == whole
    assert libwell.merge(libwell.tally(paths[5:]), libwell.tally(paths[:5])) == whole
    assert libwell.merge(libwell.empty(), whole) == whole
    listed = run(tmp_path / "data", "team", "report", *map(str, paths), "--format", "json", "--by", "team")
    assert libwell.report(whole, by_team=True)[0] == listed.stdout


def test_a_minimum_that_is_none_means_the_default(folder: Path) -> None:
    four = libwell.tally(sorted(folder.iterdir())[:4])
    for minimum in (0, -1, 2, 5):
        assert '"is_told": false' in libwell.report(four, min_group=minimum)[0]
    assert '"is_told": true' in libwell.report(four, min_group=3)[0]


def test_what_was_told_goes_from_one_report_to_the_next(folder: Path) -> None:
    paths = sorted(folder.iterdir())
    first, told = libwell.report(libwell.tally(paths[:20]))
    kept = pickle.loads(pickle.dumps(told))
    second, after = libwell.report(libwell.tally(paths[:21]), kept)
    assert '"people": 20' in first
    assert '"people": 20' in second
    assert after == told
    assert '"people": 21' in libwell.report(libwell.tally(paths[:21]))[0]


def test_a_file_that_can_not_be_taken_stops_a_tally(tmp_path: Path) -> None:
    with pytest.raises(LibwellError, match="missing"):
        libwell.tally([tmp_path / "missing.toml"])
