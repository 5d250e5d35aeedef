"""What docs/windows.md has people type, typed in a console of Windows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from wine import run_windows

pytestmark = pytest.mark.usefixtures("bed")

ROOT = Path(__file__).parents[2]
LINES = re.findall(r"```powershell libwell\n(.+?)```", (ROOT / "docs" / "windows.md").read_text(), re.DOTALL)


def test_what_the_page_exports_is_there_afterwards(tmp_path: Path) -> None:
    data = tmp_path / "data"
    answers = (ROOT / "examples" / "staff-care.toml").read_bytes()
    assert run_windows(data, "fill", "-", given=answers).returncode == 0
    (lines,) = LINES
    for line in lines.splitlines():
        done = run_windows(data, *shlex.split(line)[1:], folder=tmp_path)
        assert done.returncode == 0, done.stderr
    assert b"\r" not in (tmp_path / "plan.md").read_bytes()
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")
