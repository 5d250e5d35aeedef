"""What libwell writes on Windows is the same, to the byte, as on Linux."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from walking import environment
from wine import PYTHON, in_windows, run_script, run_windows

pytestmark = pytest.mark.usefixtures("bed")

TESTS = Path(__file__).parents[1]
MINUTES = 600

SAID = """
import os, sys
from libwell.cli import main
for line in ("list", "show staff-care", "--help", "export grün", "check “grün”.toml", "fill", "--version"):
    sys.argv = ["libwell", *line.split()]
    try:
        main()
    except SystemExit as end:
        print(end.code, flush=True)
os.environ["_LIBWELL_COMPLETE"] = "complete_bash"
sys.argv = ["libwell", "sta"]
main()
"""


def test_everything_is_written_as_on_linux(tmp_path: Path) -> None:
    """Exports, blanks, copies, plans and reports of teams, screens, JSON: but for where the files lie."""
    groups = tmp_path / "groups"
    script = TESTS / "bytes_of_everything.py"
    done = run_script(tmp_path / "data", script, "--groups", in_windows(groups), patience=MINUTES)
    assert done.returncode == 0, done.stderr.decode()
    expected = (TESTS / "golden" / "bytes.txt").read_text(encoding="utf-8")
    assert groups.read_text(encoding="utf-8").splitlines() == expected.splitlines()


@pytest.mark.parametrize(
    "environ",
    [{}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONUTF8": "0", "PYTHONLEGACYWINDOWSSTDIO": "1"}],
    ids=lambda environ: " ".join(environ) or "plain",
)
def test_pipes_get_utf_8_and_line_feeds(tmp_path: Path, environ: dict[str, str]) -> None:
    """Whatever the code page: what is asked for, what goes wrong, the help, what a shell is answered."""
    here = subprocess.run(
        [sys.executable, "-c", SAID],
        env=environment(tmp_path / "data"),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    there = run_windows(
        tmp_path / "data", "-c", SAID, command=PYTHON, environ=environ, folder=tmp_path, given=b""
    )
    assert there.stdout == here.stdout
    assert there.stderr == here.stderr
    assert "There is no response grün.".encode() in there.stderr
