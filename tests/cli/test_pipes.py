"""What comes through a pipe is read as a file is: `<(…)`, a FIFO, `/dev/stdin`, and `-`."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import pytest

from walking import LIBWELL, in_shell, run, saved_files

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = 'worksheet = "policy-review"\n[[actions]]\nstep = "Ask"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    return tmp_path / "data"


def bash(data: Path, line: str) -> tuple[int, str, str]:
    """Run a line of bash in which `libwell` is libwell; give status, standard output and error."""
    libwell = shlex.join([*LIBWELL, "--data-dir", str(data)])
    return in_shell(data, f'libwell() {{ {libwell} "$@"; }}\n{line}', shell="bash")


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize(
    "line",
    [
        "libwell fill <(sleep 0.1; cat answers.toml)",
        "libwell fill /dev/stdin < answers.toml",
        "cat answers.toml | libwell fill /dev/stdin",
        "mkfifo pipe; cat answers.toml > pipe & sleep 0.1; libwell fill pipe",
        "mkfifo pipe; (sleep 0.3; cat answers.toml > pipe) & sleep 0.1; libwell fill pipe",
    ],
)
def test_fill_takes_answers_from_a_pipe(data: Path, line: str) -> None:
    status, out, err = bash(data, line)
    assert (status, err) == (0, "")
    assert out.split() == [path.stem for path in saved_files(data)]


@pytest.mark.thorough
def test_every_verb_that_only_reads_takes_a_pipe(data: Path) -> None:
    run(data, "fill", "answers.toml", cwd=data.parent)
    (path,) = saved_files(data)
    file = shlex.quote(str(path))
    assert bash(data, "libwell share latest --yes --output copy.toml")[0] == 0
    assert bash(data, "libwell team report --format json copy.toml > earlier.json")[0] == 0
    for line in (
        f"libwell view <(cat {file})",
        f"libwell compare <(cat {file}) <(cat {file})",
        f"libwell export <(cat {file})",
        f"libwell export <(cat {file}) --output plans/",
        "libwell team plan <(cat copy.toml)",
        "libwell team status <(cat copy.toml)",
        "libwell team report <(cat copy.toml) --since <(cat earlier.json)",
        "libwell actions add latest --answers <(printf '[[actions]]\\nstep = \"Again\"\\n')",
        f"libwell check <(cat answers.toml) <(cat copy.toml) <(cat {file})",
        "libwell check <(libwell new front-door --output -)",
        "libwell check - < answers.toml",
    ):
        status, _, err = bash(data, line)
        assert (status, "can't" in err) == (0, False), (line, err)


@pytest.mark.thorough
def test_check_names_standard_input(data: Path) -> None:
    status, out, err = bash(data, "echo 'answers = 3' | libwell check -")
    assert (status, "1 file, " in err) == (4, True)
    assert all(line.startswith("standard input:") for line in out.splitlines())


@pytest.mark.each_value_once
@pytest.mark.parametrize("verb", ["fill", "check", "view", "compare latest", "team status", "export"])
@pytest.mark.parametrize(("name", "what"), [("./folder", "a folder"), ("/dev/zero", "a device")])
def test_what_is_no_file_is_refused(data: Path, verb: str, name: str, what: str) -> None:
    if name == "./folder" and verb in ("fill", "check", "team status", "export"):
        pytest.skip("it looks for files in a folder")
    run(data, "fill", "answers.toml", cwd=data.parent)
    (data.parent / "folder").mkdir()
    status, out, err = bash(data, f"libwell {verb} {name}")
    assert (status, f"This is {what}" in out + err) == (4, True)


@pytest.mark.thorough
def test_what_changes_a_response_waits_for_no_pipe(data: Path) -> None:
    os.mkfifo(data.parent / "pipe")
    for verb in ("share ./pipe --yes", "actions add ./pipe --answers -", "delete ./pipe --yes"):
        status, _, err = bash(data, f"libwell {verb}")
        assert "Traceback" not in err
        assert status in (0, 4)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("verb", ["fill", "fill --draft --worksheet staff-care", "check"])
def test_an_empty_file_is_told_as_that(data: Path, verb: str) -> None:
    (data.parent / "empty.toml").touch()
    for name in ("empty.toml", "/dev/stdin", "-"):
        status, out, err = bash(data, f"libwell {verb} {name} < empty.toml")
        assert (status, "is empty (0 bytes)" in out + err) == (4, True)
    assert not data.exists()
    assert "libwell blank WORKSHEET --format toml" in bash(data, "libwell fill empty.toml")[2]


@pytest.mark.thorough
def test_check_of_a_folder_without_files_says_where_it_looked(data: Path) -> None:
    (data.parent / "folder" / "responses").mkdir(parents=True)
    for line in ("check folder", "check answers.toml folder", "check folder --json"):
        status, _, err = bash(data, f"libwell {line}")
        assert status == 1
        assert "folder: no file here ends in .toml, and none in responses/ and worksheets/" in err
    (data.parent / "broken.toml").write_text("=", encoding="utf-8")
    assert bash(data, "libwell check broken.toml folder")[0] == 4


@pytest.mark.thorough
def test_check_of_a_data_folder_looks_into_its_folders(data: Path) -> None:
    run(data, "fill", "answers.toml", cwd=data.parent)
    (data / "worksheets").mkdir()
    bash(data, f"libwell new front-door --output {shlex.quote(str(data))}/worksheets/")
    assert bash(data, "libwell check data") == (0, "", "2 files, 0 mistakes, 0 hints.\n")
