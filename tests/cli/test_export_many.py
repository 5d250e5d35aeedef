"""`libwell export` of very many: the same bytes however it is done, whole files or none, then on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine

from libwell.cli.app import run as run_here
from many_responses import files_in, make
from walking import LIBWELL, PATIENCE, Walking, environment, plain, run

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 1000


@pytest.fixture(scope="module")
def responses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("many") / "responses", MANY)


@pytest.fixture(scope="module")
def expected(responses: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes out, by file."""
    place = tmp_path_factory.mktemp("expected")
    done = export(place / "data", responses, place / "out", "--jobs", "1")
    assert done.stderr.splitlines()[-1] == f"{MANY} written, 0 unchanged, 0 failed"
    return files_in(place / "out")


def export(data: Path, responses: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(data, "export", f"{responses}/", "--output", str(output), *options)


# --- the same bytes -------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_number_of_jobs_changes_nothing(
    responses: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    done = export(tmp_path / "data", responses, tmp_path / "out", "--jobs", "3")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"{MANY} private answers and steps were left out; --private puts them in.",
        f"{MANY} written, 0 unchanged, 0 failed",
    ]
    assert files_in(tmp_path / "out") == expected


def test_on_a_terminal_too(responses: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    line = ("export", f"{responses}/", "--output", str(tmp_path / "out"), "--jobs", "2")
    with Walking(tmp_path / "data", *line, ready=False) as walk:
        assert walk.end() == 0
    assert files_in(tmp_path / "out") == expected


@pytest.mark.thorough
def test_the_day_and_the_time_zone_change_nothing(
    responses: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    line = [
        "--data-dir",
        str(tmp_path / "data"),
        "export",
        f"{responses}/",
        "--output",
        str(tmp_path / "out"),
    ]
    with time_machine.travel(dt.datetime(2031, 2, 28, 23, 59, tzinfo=dt.UTC), tick=True):
        assert run_here(line) == 0
    monkeypatch.undo()
    time.tzset()
    assert files_in(tmp_path / "out") == expected


@pytest.mark.thorough
def test_memory_does_not_grow_with_the_number_of_files(responses: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted(responses.iterdir())[:20]:
        (few / path.name).write_bytes(path.read_bytes())
    memory = [peak_memory(tmp_path, folder) for folder in (few, responses)]
    assert memory[1] - memory[0] < 3_000  # kilobytes; to keep a thousand would take more than that


def peak_memory(place: Path, folder: Path) -> int:
    """Kilobytes, at most, of an export in a process of its own."""
    code = (
        "import resource, sys; from libwell.cli.app import run; run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    line = ["--data-dir", str(place / "data"), "export", f"{folder}/", "--jobs", "1"]
    output = ["--output", str(place / f"out-{folder.name}")]
    done = subprocess.run(
        [sys.executable, "-c", code, *line, *output], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


# --- interrupted ----------------------------------------------------------------------------------


@pytest.fixture
def running(responses: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An export on two processes, once its first files are there."""
    command = [*LIBWELL, "--data-dir", str(tmp_path / "data"), "export", f"{responses}/", "--jobs", "2"]
    with subprocess.Popen(
        ["nice", *command, "--output", str(tmp_path / "out")],  # whoever waits here comes first
        env=environment(tmp_path / "data"),
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and len(list((tmp_path / "out").glob("*.md"))) < 200:
            time.sleep(0.005)
        yield process
        process.kill()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
def test_stopped_it_leaves_whole_files_and_goes_on_when_run_again(
    running: subprocess.Popen[bytes],
    responses: Path,
    expected: dict[str, bytes],
    tmp_path: Path,
    number: signal.Signals,
    status: int,
) -> None:
    os.killpg(running.pid, number)
    _, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == status
    assert err.decode().splitlines() == [
        "Stopped. Every file that is there is whole; the same command goes on."
    ]
    left = files_in(tmp_path / "out")
    assert 0 < len(left) < MANY
    assert left.items() <= expected.items()
    done = export(tmp_path / "data", responses, tmp_path / "out")
    assert done.stderr.splitlines()[-1] == f"{MANY - len(left)} written, {len(left)} unchanged, 0 failed"
    assert files_in(tmp_path / "out") == expected


@pytest.mark.thorough
def test_killed_it_leaves_nothing_half_done_behind(
    running: subprocess.Popen[bytes], responses: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    children = children_of(running.pid)
    running.kill()
    running.communicate(timeout=PATIENCE)
    left = {name: data for name, data in files_in(tmp_path / "out").items() if name.endswith(".md")}
    assert left.items() <= expected.items()
    half = tmp_path / "out" / f".{next(iter(expected))}.{running.pid}-0123abcd.tmp"
    half.write_bytes(b"# Hal")
    assert export(tmp_path / "data", responses, tmp_path / "out").returncode == 0
    assert files_in(tmp_path / "out") == expected
    end = time.monotonic() + PATIENCE
    while any(map(is_running, children)) and time.monotonic() < end:
        time.sleep(0.01)
    assert children
    assert not any(map(is_running, children))


def children_of(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        pytest.skip("this system does not tell a process's children")


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.thorough
def test_an_empty_file_that_a_power_cut_left_is_written_again(
    responses: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    name = next(iter(expected))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).touch()
    export(tmp_path / "data", responses, tmp_path / "out")
    assert files_in(tmp_path / "out") == expected


# --- bad files, names, the log --------------------------------------------------------------------


def some(folder: Path, count: int = 3) -> Path:
    return make(folder, count)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_files_are_told_apart_and_the_rest_is_written(tmp_path: Path, jobs: str) -> None:
    folder = some(tmp_path / "in")
    (folder / "a-broken.toml").write_text('libwell = "response/1"\nid = secret-words\n', encoding="utf-8")
    (folder / "z-old.toml").write_text('libwell = "worksheet/1"\n', encoding="utf-8")
    done = export(tmp_path / "data", folder, tmp_path / "out", "--jobs", jobs)
    assert done.returncode == 3
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"{folder}/a-broken.toml:2: ")
    assert lines[1].startswith(f"{folder}/z-old.toml:1: libwell: ")
    assert lines[-1] == "3 written, 0 unchanged, 2 failed"
    assert "secret-words" not in done.stderr
    assert len(files_in(tmp_path / "out")) == 3


def test_the_log_has_an_object_for_each_file(tmp_path: Path) -> None:
    folder = some(tmp_path / "in", 2)
    (folder / "z.toml").write_text("broken", encoding="utf-8")
    done = export(tmp_path / "data", folder, tmp_path / "out", "--log", "jsonl")
    assert done.returncode == 3
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["outcome"] for one in told] == ["written", "written", "failed"]
    assert told[0] == {
        "schema": "libwell.log/1",
        "response": "test-2026-11-21-00000",
        "source": f"{folder}/test-2026-11-21-00000.toml",
        "file": f"{tmp_path}/out/test-2026-11-21-00000.md",
        "outcome": "written",
        "withheld": 1,
        "error": None,
        "mistakes": [],
    }
    assert told[2]["source"] == f"{folder}/z.toml"
    assert [one["line"] for one in told[2]["mistakes"]] == [1]
    assert told[2]["error"].startswith(f"{folder}/z.toml:1: ")
    assert "Words" not in done.stdout


def test_the_log_names_a_response_by_its_whole_path_every_night(tmp_path: Path) -> None:
    folder = some(tmp_path / "in", 1)
    (folder / "z.toml").write_text("broken", encoding="utf-8")
    nights = []
    for _ in range(2):
        line = ("export", "in/", "--output", "out", "--log", "jsonl")
        nights.append(
            [json.loads(one) for one in run(tmp_path / "data", *line, cwd=tmp_path).stdout.splitlines()]
        )
    assert [one["outcome"] for night in nights for one in night] == [
        "written",
        "failed",
        "unchanged",
        "failed",
    ]
    names = [f"{folder}/test-2026-11-21-00000.toml", f"{folder}/z.toml"]
    assert [[one["source"] for one in night] for night in nights] == [names, names]


def test_the_log_tells_of_one_file_too_and_of_no_document(tmp_path: Path) -> None:
    (path,) = some(tmp_path / "in", 1).iterdir()
    target = tmp_path / "plan.md"
    done = run(tmp_path / "data", "export", str(path), "--log", "jsonl", "--output", str(target))
    assert json.loads(done.stdout)["file"] == str(target)
    refused = run(tmp_path / "data", "export", str(path), "--log", "jsonl")
    assert refused.returncode == 2
    assert json.loads(refused.stdout)["schema"] == "libwell.error/1"
    assert "--output" in refused.stderr


@pytest.mark.parametrize("jobs", ["0", "-1", "65", "many"])
def test_a_number_of_jobs_that_cannot_be_is_refused(tmp_path: Path, jobs: str) -> None:
    done = export(tmp_path / "data", some(tmp_path / "in"), tmp_path / "out", "--jobs", jobs)
    assert done.returncode == 2
    assert "--jobs" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_a_name_that_windows_keeps_for_itself_is_not_used(tmp_path: Path, name: str) -> None:
    (path,) = some(tmp_path / "in", 1).iterdir()
    text = path.read_text(encoding="utf-8").replace(path.stem, name)
    path.write_text(text, encoding="utf-8")
    export(tmp_path / "data", path.parent, tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == [f"{name}_.md"]


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("name", ["../x", "a/b", "A", "\u00e9", "x.y", "", ".x", "a b"])
def test_an_id_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    (path,) = some(tmp_path / "in", 1).iterdir()
    text = path.read_text(encoding="utf-8").replace(path.stem, name)
    path.write_text(text, encoding="utf-8")
    done = export(tmp_path / "data", path.parent, tmp_path / "out")
    assert done.returncode == 4
    assert list((tmp_path / "out").iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "in", "out"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_another_response_with_the_same_id_is_refused_and_the_first_one_stays(
    tmp_path: Path, jobs: str
) -> None:
    folder = some(tmp_path / "in")
    first = folder / "test-2026-11-21-00000.toml"
    (folder / "z-copy.toml").write_text(
        first.read_text(encoding="utf-8").replace("Words 0", "Other words"), encoding="utf-8"
    )
    done = export(tmp_path / "data", folder, tmp_path / "out", "--jobs", jobs)
    assert done.returncode == 3
    assert f"{folder}/z-copy.toml: there was another response with the id {first.stem}." in done.stderr
    assert b"Words 0" in (tmp_path / "out" / f"{first.stem}.md").read_bytes()


# --- how far it is --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_terminal_sees_how_far_it_is_and_the_last_line_stays(responses: Path, tmp_path: Path) -> None:
    line = ("export", f"{responses}/", "--jobs", "1", "--output", str(tmp_path / "out"))
    with Walking(tmp_path / "data", *line, ready=False) as walk:
        assert walk.end() == 0
        assert f"/{MANY}" in plain(walk.raw)
        assert "Exporting" in walk.raw
        shown = [text for text in walk.screen() if text]
    assert shown[-1] == f"{MANY} written, 0 unchanged, 0 failed"
    assert "Exporting" not in " ".join(shown)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("term", "options"), [("dumb", ()), ("xterm", ("--quiet",))])
def test_where_no_bar_is_wanted_there_is_none(
    responses: Path, tmp_path: Path, term: str, options: tuple[str, ...]
) -> None:
    line = ("export", f"{responses}/", "--jobs", "1", "--output", str(tmp_path / "out"))
    with Walking(tmp_path / "data", *options, *line, environ={"TERM": term}, ready=False) as walk:
        assert walk.end() == 0
        assert "Exporting" not in walk.raw
        assert "\x1b" not in walk.raw


# --- a version that writes otherwise --------------------------------------------------------------


def rendered_otherwise(data: Path, path: Path) -> None:
    """A file as another version of libwell wrote it: other bytes, and the record knows them as its own."""
    path.write_bytes(b"as it was written before\n" + path.read_bytes())
    with closing(sqlite3.connect(data / "exports.db")) as known:
        digest = hashlib.sha256(path.read_bytes()).digest()
        old = "UPDATE written SET digest = ?, asked = '0.0.1 md' WHERE file = ?"
        known.execute(old, (digest, os.fsencode(path)))
        known.commit()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_exports_of_every_night_go_on_after_libwell_writes_otherwise(tmp_path: Path, jobs: str) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    make(data / "responses", 5)
    night = ("export", "--all", "--output", str(out), "--jobs", jobs)
    assert run(data, *night).returncode == 0
    before = {path: path.read_bytes() for path in sorted(out.iterdir())}
    for path in before:
        rendered_otherwise(data, path)
    done = run(data, *night)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "5 written, 0 unchanged, 0 failed")
    assert {path: path.read_bytes() for path in sorted(out.iterdir())} == before
    changed = next(iter(before))
    changed.write_text("changed by a person")
    done = run(data, *night)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (3, "0 written, 4 unchanged, 1 failed")
    assert changed.read_text() == "changed by a person"


@pytest.mark.thorough
def test_an_older_copy_of_a_response_replaces_no_export_of_a_later_one(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    (path,) = make(data / "responses", 1).iterdir()
    old = path.read_bytes()
    assert run(data, "actions", "set", "00000.a1", "--status", "done").returncode == 0
    assert run(data, "export", "--all", "--output", str(out)).returncode == 0
    (written,) = out.iterdir()
    later = written.read_bytes()
    path.write_bytes(old)
    assert run(data, "export", "--all", "--output", str(out)).returncode == 1
    assert written.read_bytes() == later
