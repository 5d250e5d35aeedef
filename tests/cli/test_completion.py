"""Completing a line: what the three shells are answered, also in bash itself; no response is opened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from build import response_for, section_text, sheet_text, worksheet_from
from libwell.flows.formats import FORMATS
from libwell.storage.known_ids import (
    action_ids,
    answered_worksheets,
    note_actions,
    response_ids,
    worksheet_ids,
)
from libwell.storage.responses import response_text
from walking import LIBWELL, PATIENCE, Walking, end, environment, run

SHELLS = ("bash", "zsh", "fish")
SHEET = sheet_text(section_text('id = "plan", kind = "plan"'), name="mine")
ACTION = '[[actions]]\nstep = "s"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a worksheet and two responses, whose actions were listed once."""
    folder = tmp_path / "data"
    (folder / "worksheets").mkdir(parents=True)
    (folder / "worksheets" / "mine.toml").write_text(SHEET)
    (folder / "responses").mkdir()
    for last in ("k3f9", "m4n5"):
        made = response_for(worksheet_from(SHEET), ACTION * 2, id=f"mine-2026-11-21-{last}")
        (folder / "responses" / f"{made.id}.toml").write_text(response_text(made))
    assert run(folder, "actions").returncode == 0
    return folder


def answered(data: Path, *words: str, shell: str = "bash", **environ: str) -> list[str]:
    """What a shell is answered for the words of a line behind `libwell`."""
    asked = {"_LIBWELL_COMPLETE": f"complete_{shell}", "LIBWELL_DATA_DIR": str(data)}
    done = subprocess.run(
        [*LIBWELL, *words],
        env=environment(data) | asked | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


# --- what can stand at a place --------------------------------------------------------------------


@pytest.mark.quick_cases(10)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("res", ["resume", "responses", "resources"]),
        ("actions s", ["set"]),
        ("config support ", ["add", "list", "remove"]),
        ("export --f", ["--format", "--force"]),
        ("actions set k3f9.a1 --st", ["--status"]),
        ("--data", ["--data-dir"]),
        ("export --format ", [*FORMATS]),
        ("export --format=m", [f"--format={name}" for name in FORMATS if name.startswith("m")]),
        ("export --format = m", [name for name in FORMATS if name.startswith("m")]),
        ("actions set k3f9.a1 --status d", ["doing", "done"]),
        ("actions --level ", ["me", "team", "organization", "community"]),
        ("start m", ["mine"]),
        ("start staff", ["staff-care"]),
        ("fill --worksheet staff", ["staff-care"]),
        ("view ", ["latest", "k3f9", "m4n5"]),
        ("view k", ["k3f9"]),
        ("resume mine-2026-11-21-m", ["mine-2026-11-21-m4n5"]),
        ("compare latest m", ["m4n5", "mine-2026-11-21-k3f9", "mine-2026-11-21-m4n5"]),
        ("export k3f9 la", ["latest", "latest:mine"]),
        ("--quiet export --private l", ["latest", "latest:mine"]),
        ("view latest:", ["latest:mine"]),
        ("view latest :", ["mine"]),
        ("compare latest : mine latest : m", ["mine"]),
        ("responses --worksheet mi", ["mine"]),
        ("export --status ", ["draft", "complete"]),
        ("actions set ", ["k3f9.a1", "k3f9.a2", "m4n5.a1", "m4n5.a2"]),
        ("actions set m4n5.a1 --due 2026-12-01 --who --x", []),
        ("actions add k", ["k3f9"]),
        ("view latest ", []),
        ("check ", []),
        ("view -- -", []),
        ("nonsense ", []),
        ("actions nonsense ", []),
    ],
)
def test_what_can_stand_there(data: Path, line: str, expected: list[str]) -> None:
    assert answered(data, *line.split(" ")) == expected


def test_without_a_word_it_is_the_verbs(data: Path) -> None:
    assert answered(data)[:2] == ["list", "show"]


@pytest.mark.thorough
def test_the_data_folder_is_that_of_the_line_before_that_of_the_environment(
    data: Path, tmp_path: Path
) -> None:
    other = tmp_path / "another folder"
    assert answered(other, "view", "") == []
    for option in (["--data-dir", str(data)], [f"--data-dir={data}"], ["--data-dir", "=", str(data)]):
        assert answered(other, *option, "view", "k") == ["k3f9"]
    data.rename(other)
    assert answered(data, "--data-dir", f"'{other}'", "view", "k") == ["k3f9"]


@pytest.mark.thorough
def test_configured_folders_count_too(data: Path, tmp_path: Path) -> None:
    config = tmp_path / "config" / "libwell" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'libwell = "config/1"\ndata_dir = "{data}"\n')
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "LIBWELL_DATA_DIR": ""}
    assert answered(data, "view", "k", **environ) == ["k3f9"]
    config.write_text("data_dir = [")
    assert answered(data, "view", "k", **environ) == []


# --- how each shell is answered -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("bash", ["k3f9"]),
        ("zsh", ["k3f9:mine-2026-11-21-k3f9"]),
        ("fish", ["k3f9\tmine-2026-11-21-k3f9"]),
        ("powershell", []),
    ],
)
def test_each_shell_is_answered_in_its_own_way(data: Path, shell: str, expected: list[str]) -> None:
    assert answered(data, "view", "k", shell=shell) == expected


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_run_and_no_error_is_printed(data: Path, shell: str) -> None:
    assert answered(data, "delete", "latest", "--yes", "", shell=shell) == []
    (option,) = answered(data, "--version", shell=shell)
    assert option.startswith("--version")
    assert len(response_ids(data / "responses")) == 2


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_the_shell_can_read(data: Path, tmp_path: Path, shell: str) -> None:
    environ = environment(data) | {"_LIBWELL_COMPLETE": f"source_{shell}"}
    script = subprocess.run(LIBWELL, env=environ, capture_output=True, text=True, check=True).stdout
    assert f"_LIBWELL_COMPLETE=complete_{shell}" in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script)
    subprocess.run([program, "-n", str(tmp_path / "script")], check=True, capture_output=True)


@pytest.mark.thorough
@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_in_bash_a_tab_completes_the_line(data: Path) -> None:
    here = str(Path(sys.executable).parent)
    environ = environment(data) | {"LIBWELL_DATA_DIR": str(data), "PS1": "$ ", "TERM": "dumb"}
    environ["PATH"] = f"{here}:{environ['PATH']}"
    bash: Any = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], env=environ, encoding="utf-8", timeout=PATIENCE
    )
    try:
        bash.sendline('PS1="% "; eval "$(_LIBWELL_COMPLETE=source_bash libwell)"; echo rea""dy')
        bash.expect_exact("ready")
        bash.send("libwell act\t")
        bash.expect_exact("libwell actions ")
        bash.send("set m4n5.a\t")
        bash.expect_exact("m4n5.a")
        bash.send("2 --st\t")
        bash.expect_exact("--status ")
        bash.send("don\t")
        bash.expect_exact("done ")
        bash.sendline("")
        bash.expect_exact("m4n5.a2: done on ")
        bash.send("libwell view latest:\t")
        bash.expect_exact("latest:mine ")
    finally:
        end(bash)


# --- nothing is opened ----------------------------------------------------------------------------

WATCH = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from libwell.cli import main
main()
print(*opened, sep="\\n", file=sys.stderr)
"""


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("line", ["view ", "actions set ", "export k", "start ", "compare latest "])
def test_no_response_is_opened(data: Path, line: str) -> None:
    asked = {"_LIBWELL_COMPLETE": "complete_bash", "LIBWELL_DATA_DIR": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *line.split(" ")],
        env=environment(data) | asked,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    opened = [path for path in done.stderr.splitlines() if path.startswith(str(data / "responses"))]
    assert set(opened) <= {str(data / "responses" / ".actions")}


# --- the names ------------------------------------------------------------------------------------


def test_ids_are_those_a_line_can_hold(tmp_path: Path) -> None:
    for name in ("good-2026-11-21-k3f9", "bad name", "$(touch x)", "Bad", ".hidden"):
        (tmp_path / f"{name}.toml").write_text("")
    assert response_ids(tmp_path) == ["good-2026-11-21-k3f9"]
    assert response_ids(tmp_path / "nowhere") == []


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SHEET, ["mine"]),
        (SHEET.replace('"mine"', "'mine' # mine"), ["mine"]),
        (SHEET.replace('"mine"', '"a b"'), []),
        (SHEET.replace("worksheet/1", "resources/1"), []),
        ('title = "t"\n[table]\nlibwell = "worksheet/1"\nid = "mine"\n', []),
        ("\ud800", []),
    ],
)
def test_worksheets_are_known_by_their_heads(tmp_path: Path, text: str, found: list[str]) -> None:
    (tmp_path / "file.toml").write_text(text, encoding="utf-8", errors="surrogatepass")
    assert worksheet_ids([tmp_path, tmp_path / "nowhere"]) == found


def test_noted_actions_come_and_go_with_their_response(tmp_path: Path) -> None:
    path = tmp_path / "test-2026-11-21-k3f9.toml"
    path.write_text("")
    note_actions(tmp_path, ["k3f9.a10", "k3f9.a2", "m4n5.a1"])
    assert action_ids(tmp_path) == ["k3f9.a2", "k3f9.a10"]
    note_actions(tmp_path, ["k3f9.a3"], of="k3f9")
    assert (tmp_path / ".actions").read_text() == "k3f9.a3\nm4n5.a1\n"
    assert (tmp_path / ".actions").stat().st_mode & 0o777 == 0o600
    path.unlink()
    assert action_ids(tmp_path) == []


@pytest.mark.parametrize("noted", [b"\xff", b"$(touch x)\nk3f9.a1; ls\n\nk3f9.a1\n"])
def test_what_somebody_wrote_into_the_notes_is_no_candidate(tmp_path: Path, noted: bytes) -> None:
    (tmp_path / "test-2026-11-21-k3f9.toml").write_text("")
    (tmp_path / ".actions").write_bytes(noted)
    assert action_ids(tmp_path) in ([], ["k3f9.a1"])


def test_notes_that_cannot_be_kept_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / ".actions").mkdir()
    note_actions(tmp_path, ["k3f9.a1"])
    assert action_ids(tmp_path) == []


def test_a_walk_notes_its_actions_when_it_ends(data: Path) -> None:
    (data / "responses" / ".actions").unlink()
    with Walking(data, "resume", "k3f9") as walk:
        walk.type(":pause")
        assert walk.end() == 0
    assert action_ids(data / "responses") == ["k3f9.a1", "k3f9.a2"]


def test_the_worksheets_that_have_responses_are_known_by_the_ids_of_these() -> None:
    made = [
        "staff-care-2026-11-21-k3f9",
        "staff-care-2026-11-22-m4n5",
        "on-2026-plans-2026-11-21-p5q6",
        "odd",
    ]
    assert answered_worksheets(made) == ["on-2026-plans", "staff-care"]
