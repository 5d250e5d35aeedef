"""Where nobody looks on: lines of cron and of containers as docs/scripts.md has them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from walking import LIBWELL, run, saved_files

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
NOBODY = """
import pwd, sys

def unknown(number):
    raise KeyError(number)

pwd.getpwuid = unknown  # as on a system that has no entry for this user
from libwell.cli import main
main()
"""
READ_ONLY = 'mount --bind "$0" "$0" && mount --options remount,bind,ro "$0" && exec "$@"'


def example(mark: str) -> list[str]:
    """The lines of an example of the page."""
    (found,) = re.findall(rf"^```text {mark}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found).splitlines()


def answers(folder: Path, names: range, *, bad: bool = False) -> None:
    folder.mkdir(exist_ok=True)
    for number in names:
        text = f'worksheet = "staff-care"\nkey = "form-{number}"\n[answers]\nenergy = {7 if bad else 3}\n'
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")


# --- cron -----------------------------------------------------------------------------------------


def night(folder: Path) -> tuple[str, list[int]]:
    """Run the lines as cron does; give what it mails, and the statuses."""
    *settings, fill, export = example("cron")
    assert settings == ["PATH=/opt/libwell/bin:/usr/bin:/bin", "MAILTO=you@example.org"]
    mail, statuses = "", []
    for line in (fill, export):
        when, command = line.split(" * * * ")
        assert re.fullmatch("[0-9]+ [0-9]+", when)
        assert "%" not in command  # which is a line break to cron
        done = subprocess.run(
            ["/bin/sh", "-c", command.replace("/srv/libwell", shlex.quote(str(folder)))],
            env={"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(folder), "LOGNAME": "ana", "SHELL": "/bin/sh"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        mail += done.stdout + done.stderr
        statuses.append(done.returncode)
    return mail, statuses


def outcomes(folder: Path) -> list[str]:
    """What the logs say became of each file."""
    logs = [(folder / name).read_text(encoding="utf-8") for name in ("fill.jsonl", "export.jsonl")]
    return [json.loads(line)["outcome"] for line in "".join(logs).splitlines()]


@pytest.mark.thorough
def test_on_a_good_night_cron_has_nothing_to_mail(tmp_path: Path) -> None:
    answers(tmp_path / "answers", range(3))
    assert night(tmp_path) == ("", [0, 0])
    assert len(list((tmp_path / "plans").iterdir())) == 3
    assert outcomes(tmp_path) == ["made"] * 3 + ["written"] * 3
    assert night(tmp_path) == ("", [0, 0])
    assert outcomes(tmp_path) == ["unchanged"] * 6


@pytest.mark.thorough
def test_on_a_bad_night_a_few_lines_are_mailed_and_the_rest_is_done(tmp_path: Path) -> None:
    answers(tmp_path / "answers", range(2))
    answers(tmp_path / "answers", range(2, 9), bad=True)
    mail, statuses = night(tmp_path)
    assert statuses == [3, 0]
    assert mail.count(".toml:4: ") == 3
    assert "… and 4 more like this: answers.energy: this number is not on the scale." in mail
    assert len(list((tmp_path / "plans").iterdir())) == 2


# --- containers -----------------------------------------------------------------------------------


def contained(folder: Path) -> list[str]:
    """What the container runs behind `libwell`, with another folder for the volume."""
    (line,) = example("container")
    return shlex.split(line.partition("IMAGE libwell ")[2].replace("/srv/libwell", str(folder)))


def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run libwell with no environment, as a user that the system does not know."""
    return subprocess.run(
        [sys.executable, "-c", NOBODY, *arguments],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.thorough
def test_a_container_needs_neither_a_home_nor_a_user(tmp_path: Path) -> None:
    data = tmp_path / "data"
    answers(tmp_path / "answers", range(1))
    file = str(tmp_path / "answers" / "0.toml")
    assert as_nobody("--data-dir", str(data), "fill", file).returncode == 0
    done = as_nobody(*contained(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "plans").iterdir())) == 1


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "line", ["list", "show staff-care", "resources burnout", "support", "blank staff-care", "schema list"]
)
def test_without_a_home_all_works_that_keeps_nothing(line: str) -> None:
    done = as_nobody(*line.split())
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.thorough
def test_without_a_home_what_is_kept_asks_for_a_folder(tmp_path: Path) -> None:
    answers(tmp_path, range(1))
    for line in ("responses", "export --all --output plans", f"fill {tmp_path}/0.toml", "doctor"):
        done = as_nobody(*line.split())
        assert (done.returncode, done.stdout) == (1, "")
        assert "Name a folder: --data-dir DIR, or LIBWELL_DATA_DIR." in done.stderr
    assert as_nobody("check", f"{tmp_path}/0.toml").returncode == 0


def can_mount() -> bool:
    tried = ["unshare", "--mount", "true"]
    return (
        os.geteuid() == 0
        and bool(shutil.which("unshare"))
        and subprocess.run(tried, check=False).returncode == 0
    )


def read_only(folder: Path, data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run libwell while nothing in a folder can be written."""
    line = [*LIBWELL, "--data-dir", str(data), *arguments]
    if os.geteuid() == 0:
        line = ["unshare", "--mount", "sh", "-c", READ_ONLY, str(folder), *line]
    for one in (folder, *folder.rglob("*")):
        if one.is_dir():
            one.chmod(0o500)
    try:
        return subprocess.run(
            line, env=None, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    finally:
        for one in (folder, *folder.rglob("*")):
            if one.is_dir():
                one.chmod(0o700)


@pytest.mark.thorough
@pytest.mark.skipif(os.geteuid() == 0 and not can_mount(), reason="root writes into any folder here")
def test_where_nothing_can_be_written_all_that_reads_works(tmp_path: Path) -> None:
    data = tmp_path / "disk" / "data"
    answers(tmp_path / "answers", range(1))
    file, out = str(tmp_path / "answers" / "0.toml"), str(tmp_path / "plans")
    assert run(data, "fill", file).returncode == 0
    before = [path.read_bytes() for path in saved_files(data)]
    for line in ("responses", "view latest", "actions", "export latest", f"export --all --output {out}"):
        done = read_only(tmp_path / "disk", data, *line.split())
        assert done.returncode == 0, (line, done.stderr)
    assert len(list((tmp_path / "plans").iterdir())) == 1
    for line in (f"fill {file}", "share latest --yes --output plans/", "delete latest --yes"):
        done = read_only(tmp_path / "disk", data, *line.split())
        assert (done.returncode, done.stdout) == (1, ""), line
        assert "could not be" in done.stderr
    assert [path.read_bytes() for path in saved_files(data)] == before
