"""The quick tier shows what the thorough one does: fewer cases, and copies that are as good as processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forked import COPIES, can_copy
from walking import LIBWELL, PATIENCE, Walking, environment

CASES = """
import pytest

@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("case", range(9))
def test_many(case): ...

@pytest.mark.each_value_once
@pytest.mark.parametrize("one", range(4))
@pytest.mark.parametrize("other", range(3))
def test_matrix(one, other): ...

@pytest.mark.thorough
def test_long(): ...

@pytest.mark.parametrize("case", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_some(case): ...
"""


def collected(tmp_path: Path, *options: str) -> list[str]:
    """The tests among `CASES` that would run."""
    (tmp_path / "test_cases.py").write_text(CASES)
    root = Path(__file__).parent
    plugins = ("-p", "no:cacheprovider", "-p", "conftest", "--strict-markers")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *plugins, *options, str(tmp_path)]
    environ = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True)
    return [line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line]


@pytest.mark.thorough
def test_the_quick_tier_has_what_the_marks_say(tmp_path: Path) -> None:
    quick = collected(tmp_path)
    assert [name for name in quick if "matrix" not in name] == [
        "test_many[0]",
        "test_many[1]",
        "test_some[1]",
    ]
    matrix = [name.partition("[")[2].rstrip("]").split("-") for name in quick if "matrix" in name]
    assert len(matrix) == 4
    assert {other for other, _ in matrix} == {"0", "1", "2"}
    assert {one for _, one in matrix} == {"0", "1", "2", "3"}


@pytest.mark.thorough
def test_the_thorough_tier_has_all(tmp_path: Path) -> None:
    assert len(collected(tmp_path, "--thorough")) == 9 + 12 + 1 + 2


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "line", ["list", "--help", "nonsense", "show staff-care --json", "view latest", "start x"]
)
def test_a_copy_says_what_a_process_says(tmp_path: Path, line: str) -> None:
    outside = environment(tmp_path / "data")
    if not can_copy(outside):
        pytest.skip("measured, or not on Linux: nothing is copied")
    own = subprocess.run(
        [*LIBWELL, *line.split()],
        env=outside,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    copy = COPIES.run(line.split(), environ=outside, folder=tmp_path, patience=PATIENCE)
    assert (copy.returncode, copy.stdout, copy.stderr) == (own.returncode, own.stdout, own.stderr)


def test_what_depends_on_how_python_starts_is_not_copied(tmp_path: Path) -> None:
    outside = {"LANG": "C.UTF-8"}
    assert not can_copy(outside | {"LC_ALL": "C"})
    assert not can_copy(outside | {"PYTHONUTF8": "0"})
    assert not can_copy({"LANG": "C"})
    with Walking(tmp_path / "data", "start", "staff-care") as walk:
        assert walk.type(":quit")
