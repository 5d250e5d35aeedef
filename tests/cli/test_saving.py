"""Where a walk can't save, it says so in one line, keeps the answer and stays open."""

from __future__ import annotations

import json
import resource
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from walking import CTRL_C, CTRL_D, LIBWELL, PATIENCE, Walking, environment, run, saved, saved_files, short_id

KINDS = str(Path(__file__).with_name("kinds.toml"))
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
NO_ROOM = (64, resource.RLIM_INFINITY)
"""A limit on the size of files, as good as a full disk: a response has more bytes, a lock file fewer."""


def let_write(walk: Walking, limit: tuple[int, int]) -> None:
    resource.prlimit(walk.child.pid, resource.RLIMIT_FSIZE, limit)


def check_asks_what_to_do(walk: Walking, data: Path) -> None:
    shown = walk.shown.splitlines()
    why = " ".join(" ".join(shown[1:]).split()).partition("Enter tries again")[0]
    assert why.startswith("Not saved: ")
    assert saved_files(data)[0].name in "".join(why.split())
    assert "Enter tries again" in walk.shown
    assert ":later" in walk.shown
    assert "Traceback" not in walk.shown


@pytest.mark.thorough
def test_enter_tries_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        before = saved_files(data)[0].read_bytes()
        let_write(walk, NO_ROOM)
        walk.type("Two.")
        check_asks_what_to_do(walk, data)
        walk.type("")
        check_asks_what_to_do(walk, data)
        assert saved_files(data)[0].read_bytes() == before
        assert [path.name for path in (data / "responses").iterdir() if path.suffix == ".tmp"] == []
        let_write(walk, UNLIMITED)
        walk.type("")
        assert saved(data)["answers"]["words"] == "One.\nTwo."
        walk.type("Three.", "")
        assert "Is there a roster" in walk.shown
        walk.type(":pause")
        assert walk.end() == 0
        assert walk.is_tidy
    assert saved(data)["answers"]["words"] == "One.\nTwo.\nThree."


def test_going_on_unsaved(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(":go roster")
        let_write(walk, NO_ROOM)
        walk.type("y")
        check_asks_what_to_do(walk, data)
        walk.type(":later")
        assert "Which branch" in walk.shown
        walk.type("2")
        check_asks_what_to_do(walk, data)
        let_write(walk, UNLIMITED)
        walk.type(":later")
        assert "Which rooms" in walk.shown
        assert "roster" not in saved(data).get("answers", {})
        walk.type("1")
        answers = saved(data)["answers"]
        assert (answers["roster"], answers["branch"], answers["rooms"]) == (True, "south", ["hall"])
        walk.type(":pause")
        assert walk.end() == 0


@pytest.mark.parametrize(("keys", "status"), [(":pause\r", 1), (CTRL_D, 1), (CTRL_C, 130)])
def test_leaving_with_something_unsaved_says_so(tmp_path: Path, keys: str, status: int) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        let_write(walk, NO_ROOM)
        walk.type("Two.", ":later")
        walk.press(keys)
        if walk.status is None:
            walk.press(":later\r")
        assert walk.end() == status
        assert walk.is_tidy
        assert "not be saved" in walk.shown
    assert saved(data)["answers"]["words"] == "One."


@pytest.mark.parametrize(("keys", "status"), [(CTRL_D, 0), (CTRL_C, 130)])
def test_leaving_tries_once_more(tmp_path: Path, keys: str, status: int) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        let_write(walk, NO_ROOM)
        walk.type("Two.", ":later")
        let_write(walk, UNLIMITED)
        walk.press(keys)
        assert walk.end() == status
        assert walk.lines()[-1].endswith(f"resume {short_id(data)}")
    assert saved(data)["answers"]["words"] == "One.\nTwo."


@pytest.mark.thorough
def test_the_question_what_to_do_can_be_left(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for keys, status in ((CTRL_D, 1), (CTRL_C, 130)):
        with Walking(data, "start", KINDS) as walk:
            walk.type("", "One.") if "Go on with it?" in walk.shown else walk.type("One.")
            let_write(walk, NO_ROOM)
            walk.type("Two.")
            check_asks_what_to_do(walk, data)
            walk.press(keys)
            assert walk.end() == status
            assert walk.is_tidy
            assert "not be saved" in walk.shown
    assert saved(data)["answers"]["words"] == "One.\nOne."


@pytest.mark.thorough
def test_saving_elsewhere(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "a stick" / "libwell"
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        (path,) = saved_files(data)
        responses = data / "responses"
        responses.rename(data / "gone")
        responses.write_text("a file where the folder was")
        walk.type("Two.")
        assert "Not saved:" in walk.shown
        for no_folder in (str(in_the_way), ":pause", "~no-one-of-that-name/here"):
            walk.type(no_folder)
            assert "Not saved:" in walk.shown
            assert "Enter tries again" in walk.shown
        walk.type(str(elsewhere))
        there = elsewhere / path.name
        assert "".join(str(there).split()) in "".join(walk.shown.split())
        assert tomllib.loads(there.read_text())["answers"]["words"] == "One.\nTwo."
        walk.type("Three.", "", ":pause")
        assert walk.end() == 0
        assert walk.is_tidy
        assert "".join(str(there).split()) in "".join(walk.shown.split()), "the short id is not found there"
    assert tomllib.loads(there.read_text())["answers"]["words"] == "One.\nTwo.\nThree."
    assert there.stat().st_mode & 0o777 == 0o600
    with Walking(tmp_path / "other", "resume", str(there)) as walk:
        assert "Is there a roster" in walk.shown
        walk.type(":pause")
        hint = " ".join(walk.shown.split()).rpartition("libwell ")[2]
    with Walking(data, command=(*LIBWELL, *shlex.split(hint))) as walk:
        assert "Is there a roster" in walk.shown


@pytest.mark.thorough
def test_a_second_walk_on_the_same_response_ends_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        name = short_id(data)
        for second in (["resume"], ["resume", name], ["start", KINDS]):
            with Walking(data, *second, ready=False) as other:
                if second[0] == "start":
                    other.wait()
                    other.type("y")
                assert other.end() == 1
                assert other.is_tidy
                assert f"process {walk.child.pid}" in " ".join(other.shown.split())
        _check_reading_works(data, name)
        walk.type("Two.", "", ":pause")
        assert walk.end() == 0
    assert saved(data)["answers"]["words"] == "One.\nTwo."
    assert [path.name for path in (data / "responses").iterdir() if path.name.endswith(".lock")] == []


def _check_reading_works(data: Path, name: str) -> None:
    assert "One." in run(data, "view", name, "--private").stdout
    assert "One." in run(data, "export", name).stdout
    listed = json.loads(run(data, "responses", "--json").stdout)
    assert [one["answered"] for one in listed["responses"]] == [1]
    refused = run(data, "delete", name, "--yes")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "process" in refused.stderr
    assert saved(data)["answers"]["words"] == "One."


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("kind", ["a file", "no folder can be made", "full"])
def test_no_place_to_save_is_said_before_the_first_question(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "data"
    if kind == "a file":
        data.write_text("")
    elif kind == "no folder can be made":
        data = Path("/proc/libwell")
    full = (
        "unset COVERAGE_PROCESS_CONFIG COVERAGE_PROCESS_START; ulimit -f 0; "  # coverage has to save as well
    )
    command = f'{full if kind == "full" else ""}exec "$@"'
    arguments = [*LIBWELL, "--data-dir", str(data), "start", KINDS]
    with Walking(tmp_path, ready=False, command=("sh", "-c", command, "sh", *arguments)) as walk:
        assert walk.end() == 1
        assert walk.is_tidy
        assert "Question" not in walk.shown
        assert "Every kind of question" not in walk.shown
        assert str(data) in "".join(walk.shown.split())
        assert len([line for line in walk.shown.splitlines() if line.strip()]) <= 3
        assert "bug" not in walk.shown


@pytest.mark.parametrize("verb", ["start", "resume"])
def test_without_a_terminal_nothing_is_asked_or_made(tmp_path: Path, verb: str) -> None:
    data = tmp_path / "data"
    arguments = [verb, *([KINDS] if verb == "start" else [])]
    done = run(data, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert ("libwell fill" if verb == "start" else "libwell view") in done.stderr
    assert not data.exists()
    with Walking(data, "--no-input", *arguments, ready=False) as walk:
        assert walk.end() == 2
        assert ("libwell fill" if verb == "start" else "libwell view") in " ".join(walk.shown.split())
        assert "\x1b[?2004h" not in walk.raw
    assert not data.exists()


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("redirected", ["< /dev/null", "> out", "< /dev/null > out", "<&-", ">&-"])
def test_with_half_a_terminal_nothing_is_asked_or_made(tmp_path: Path, redirected: str) -> None:
    data = tmp_path / "data"
    shell = f'"{sys.executable}" -m libwell --data-dir data start "{KINDS}" {redirected}'
    with Walking(tmp_path, ready=False, command=("sh", "-c", f"cd '{tmp_path}'; {shell}")) as walk:
        assert walk.end() == 2
        assert walk.is_tidy
        assert "libwell fill" in " ".join(walk.shown.split())
        assert "Question" not in walk.shown
    assert not data.exists()


def test_input_from_a_pipe_makes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = subprocess.run(
        [*LIBWELL, "--data-dir", str(data), "start", KINDS],
        env=environment(data),
        input="One.\n\ny\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "libwell fill" in done.stderr
    assert not data.exists()
