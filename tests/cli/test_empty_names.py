"""An empty word for a file or folder, as a variable leaves that is not set, is never the current folder."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from walking import LIBWELL, PATIENCE, environment

if TYPE_CHECKING:
    from pathlib import Path


def libwell(home: Path, *arguments: str, **environ: str) -> tuple[int, str, str]:
    """Run libwell in an empty folder; give status, standard output and error."""
    here = home / "here"
    here.mkdir()
    done = subprocess.run(
        [*LIBWELL, *arguments],
        env=environment(home / "data") | {"LIBWELL_DATA_DIR": str(home / "data")} | environ,
        cwd=here,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert list(here.iterdir()) == []
    return done.returncode, done.stdout, done.stderr


@pytest.mark.quick_cases(5)
@pytest.mark.parametrize(
    ("line", "name"),
    [
        (["--data-dir", "", "responses"], "--data-dir"),
        (["--data-dir=", "responses"], "--data-dir"),
        (["fill", ""], "ANSWERS"),
        (["fill", "a.toml", ""], "ANSWERS"),
        (["fill", "a.toml", "--key", ""], "--key"),
        (["check", ""], "PATH"),
        (["show", ""], "WORKSHEET"),
        (["view", ""], "RESPONSE"),
        (["compare", "", "latest"], "RESPONSE"),
        (["delete", "", "--yes"], "RESPONSE"),
        (["export", ""], "RESPONSE|PATH"),
        (["export", "latest", "--output", ""], "--output"),
        (["blank", "staff-care", "--output="], "--output"),
        (["new", "front-door", "--output", ""], "--output"),
        (["share", "latest", "--yes", "--output", ""], "--output"),
        (["actions", "add", "latest", "--answers", ""], "--answers"),
        (["team", "plan", ""], "PATH"),
        (["team", "report", "shared", "--since", ""], "--since"),
        (["team", "told", "--forget", ""], "--forget"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_empty_name_is_refused(tmp_path: Path, line: list[str], name: str) -> None:
    said = f"The name given for {name} is empty. Perhaps a variable is not set.\n"
    assert libwell(tmp_path, *line) == (2, "", said)
    assert not (tmp_path / "data").exists()


@pytest.mark.thorough
def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share")}
    empty = {"LIBWELL_DATA_DIR": "", "LIBWELL_WORKSHEETS": "", "LIBWELL_CONFIG": ""}
    status, out, err = libwell(tmp_path, "doctor", **home, **empty)
    assert (status, err) == (0, "")
    assert f"Responses: {tmp_path / 'share' / 'libwell' / 'responses'}\n" in out
