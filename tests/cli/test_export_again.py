"""`libwell export` every night: what has not changed is not read, what is gone can be removed."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from many_responses import files_in, make
from walking import run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

HOUR = 3600 * 10**9


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three responses, last changed an hour ago."""
    make(tmp_path / "data" / "responses", 3)
    for path in responses(tmp_path / "data"):
        make_older(path)
    return tmp_path / "data"


def responses(data: Path) -> list[Path]:
    return sorted((data / "responses").glob("*.toml"))


def make_older(path: Path) -> None:
    moment = time.time_ns() - HOUR
    os.utime(path, ns=(moment, moment))


def tamper(path: Path, before: bytes, after: bytes) -> None:
    """Change a file's bytes, and nothing else of it that can be seen without reading it."""
    assert len(before) == len(after)
    found = path.stat()
    text = path.read_bytes()
    assert before in text
    with path.open("r+b") as file:
        file.write(text.replace(before, after))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def night(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(data, "export", "--all", "--output", str(data.parent / "out"), *options)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.splitlines()[-1]


@pytest.mark.thorough
def test_what_has_not_changed_is_not_read_unless_asked_for(data: Path) -> None:
    assert last_line(night(data)) == "3 written, 0 unchanged, 0 failed"
    before = files_in(data.parent / "out")
    tamper(responses(data)[0], b"Words 0", b"Wounds0")
    done = night(data)
    assert done.stderr.splitlines() == [
        "3 private answers and steps were left out; --private puts them in.",
        "0 written, 3 unchanged, 0 failed",
    ]
    assert files_in(data.parent / "out") == before
    assert last_line(night(data, "--verify")) == "1 written, 2 unchanged, 0 failed"
    assert b"Wounds0" in (data.parent / "out" / f"{responses(data)[0].stem}.md").read_bytes()


def test_the_log_tells_the_same_of_what_was_not_read(data: Path) -> None:
    first, second = (night(data, "--log", "jsonl").stdout.splitlines() for _ in range(2))
    told = [json.loads(line) for line in first]
    assert [one["outcome"] for one in told] == ["written"] * 3
    assert [json.loads(line) for line in second] == [one | {"outcome": "unchanged"} for one in told]


@pytest.mark.thorough
def test_what_has_changed_is_written_and_nothing_else(data: Path) -> None:
    night(data)
    before = files_in(data.parent / "out")
    assert run(data, "actions", "done", "00001.a1").returncode == 0
    assert last_line(night(data)) == "1 written, 2 unchanged, 0 failed"
    after = files_in(data.parent / "out")
    assert [name for name in after if after[name] != before[name]] == [f"{responses(data)[1].stem}.md"]


def test_a_file_that_was_removed_is_written_again(data: Path) -> None:
    night(data)
    before = files_in(data.parent / "out")
    (data.parent / "out" / f"{responses(data)[1].stem}.md").unlink()
    assert last_line(night(data)) == "1 written, 2 unchanged, 0 failed"
    assert files_in(data.parent / "out") == before


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("is_seen", [True, False])
def test_a_file_that_somebody_changed_is_never_replaced_unless_forced(data: Path, *, is_seen: bool) -> None:
    night(data)
    changed = data.parent / "out" / f"{responses(data)[1].stem}.md"
    before = changed.read_bytes()
    if is_seen:
        changed.write_bytes(b"mine")
    else:
        changed.write_bytes(before.replace(b"Words 1", b"Mine  1"))
    mine = changed.read_bytes()
    done = night(data)
    assert (done.returncode, last_line(done)) == (3, "0 written, 2 unchanged, 1 failed")
    assert str(changed) in done.stderr
    assert changed.read_bytes() == mine
    assert last_line(night(data, "--force")) == "1 written, 2 unchanged, 0 failed"
    assert changed.read_bytes() == before


@pytest.mark.parametrize("name", ["out", "data/responses"])
def test_a_folder_restored_from_a_copy_is_found_unchanged_by_its_bytes(data: Path, name: str) -> None:
    night(data)
    folder, copy = data.parent / name, data.parent / "copy"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    shutil.rmtree(folder)
    copy.rename(folder)
    if name != "out":
        for path in responses(data):
            make_older(path)
    assert last_line(night(data)) == "0 written, 3 unchanged, 0 failed"
    tamper(responses(data)[0], b"Words 0", b"Wounds0")  # and from then on it is not read
    assert last_line(night(data)) == "0 written, 3 unchanged, 0 failed"


def test_responses_that_moved_to_another_folder_are_found_unchanged_by_their_bytes(data: Path) -> None:
    night(data)
    (data / "responses").rename(data / "moved")
    done = run(data, "export", f"{data}/moved/", "--output", str(data.parent / "out"))
    assert last_line(done) == "0 written, 3 unchanged, 0 failed"


def test_a_response_changed_just_before_its_export_is_read_again(data: Path) -> None:
    changed = responses(data)[0]
    changed.touch()
    night(data)
    tamper(changed, b"Words 0", b"Wounds0")
    assert last_line(night(data)) == "1 written, 2 unchanged, 0 failed"


@pytest.mark.thorough
def test_what_is_asked_for_counts(data: Path) -> None:
    night(data)
    assert last_line(night(data, "--private")) == "3 written, 0 unchanged, 0 failed"
    assert last_line(night(data, "--private")) == "0 written, 3 unchanged, 0 failed"
    assert last_line(night(data)) == "3 written, 0 unchanged, 0 failed"
    assert all(b"(private)" not in text for text in files_in(data.parent / "out").values())


@pytest.mark.parametrize("first", [True, False])
def test_of_two_responses_with_one_id_the_first_one_counts_in_every_run(
    data: Path, tmp_path: Path, *, first: bool
) -> None:
    other = tmp_path / "other"
    shutil.copytree(data / "responses", other)
    for path in other.iterdir():
        path.write_text(path.read_text().replace("Words", "Other words"))
        make_older(path)
    given = [f"{data}/responses/", f"{other}/"]
    line = ("export", *(given if first else reversed(given)), "--output", str(tmp_path / "out"))
    for outcome in ("3 written, 0 unchanged, 3 failed", "0 written, 3 unchanged, 3 failed"):
        assert last_line(run(data, *line)) == outcome
    assert all((b"Other words" in text) is not first for text in files_in(tmp_path / "out").values())


def test_a_copy_of_a_response_beside_it_is_told_of_in_every_run(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(data / "responses", other)
    line = ("export", f"{data}/responses/", f"{other}/", "--output", str(tmp_path / "out"))
    for outcome in ("3 written, 0 unchanged, 3 failed", *["0 written, 3 unchanged, 3 failed"] * 2):
        done = run(data, *line)
        assert (done.returncode, last_line(done)) == (3, outcome)


@pytest.mark.thorough
def test_with_some_changed_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "data" / "responses", 400)
    changed = [path for number, path in enumerate(responses(tmp_path / "data")) if number % 3]
    outcomes = []
    for jobs in ("1", "3"):
        place = tmp_path / jobs
        shutil.copytree(tmp_path / "data", place / "data")
        assert night(place / "data").returncode == 0
        for path in changed:
            here = place / "data" / "responses" / path.name
            here.write_text(here.read_text().replace("Words", "Other words"))
        done = night(place / "data", "--jobs", jobs, "--log", "jsonl")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        outcomes.append([(one["response"], one["outcome"]) for one in lines])
    assert outcomes[0] == outcomes[1]
    assert {outcome for _, outcome in outcomes[0]} == {"written", "unchanged"}
    assert files_in(tmp_path / "1" / "out") == files_in(tmp_path / "3" / "out")


# --- what is gone -----------------------------------------------------------------------------------


@pytest.mark.thorough
def test_what_was_written_for_a_response_that_is_gone_is_removed_if_wanted(data: Path) -> None:
    night(data)
    gone, deleted, _ = responses(data)
    gone.unlink()
    assert run(data, "delete", deleted.stem, "--yes").returncode == 0
    assert last_line(night(data)) == "0 written, 1 unchanged, 0 failed"
    assert len(files_in(data.parent / "out")) == 3
    done = night(data, "--prune", "--log", "jsonl")
    assert (done.returncode, last_line(done)) == (0, "0 written, 1 unchanged, 0 failed, 2 removed")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["response"], one["outcome"]) for one in told[1:]] == [
        (gone.stem, "removed"),
        (deleted.stem, "removed"),
    ]
    assert len(files_in(data.parent / "out")) == 1
    assert last_line(night(data, "--prune")) == "0 written, 1 unchanged, 0 failed"


@pytest.mark.thorough
def test_pruning_leaves_what_somebody_changed_or_made(data: Path) -> None:
    night(data)
    gone, deleted, _ = responses(data)
    out = data.parent / "out"
    for one in (gone, deleted):
        (out / f"{one.stem}.md").write_text("mine")
    (out / "notes.md").write_text("notes")
    gone.unlink()
    run(data, "delete", deleted.stem, "--yes")
    done = night(data, "--prune")
    assert (done.returncode, last_line(done)) == (0, "0 written, 1 unchanged, 0 failed, 1 kept")
    assert f"{gone.stem}.md: its response is gone, but somebody changed this file" in done.stderr
    assert len(files_in(out)) == 4
    assert last_line(night(data, "--prune")) == "0 written, 1 unchanged, 0 failed"


def test_pruning_keeps_a_folder_in_the_place_of_a_file_and_what_a_lost_link_named(data: Path) -> None:
    night(data)
    gone, linked, _ = responses(data)
    in_the_way = data.parent / "out" / f"{gone.stem}.md"
    for one in (gone, linked, in_the_way):
        one.unlink()
    in_the_way.mkdir()
    linked.symlink_to("not-mounted")
    done = night(data, "--prune")
    assert (done.returncode, last_line(done)) == (0, "0 written, 1 unchanged, 0 failed, 1 kept")
    assert (in_the_way.is_dir(), (data.parent / "out" / f"{linked.stem}.md").exists()) == (True, True)


def test_a_folder_with_a_line_break_in_its_name_stays_on_one_line(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "two\nlines"
    line = ("export", "--all", "--output", str(out))
    run(data, *line)
    gone, changed, _ = responses(data)
    for one in (gone, changed):
        (out / f"{one.stem}.md").write_text("mine")
    gone.unlink()
    (out / f"{changed.stem}.md").touch()
    done = run(data, *line, "--prune", "--verify")
    assert done.stderr.count("two lines") == 2
    assert "two\n" not in done.stderr


def test_pruning_leaves_what_came_from_other_folders(data: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(data / "responses", elsewhere)
    line = ("export", f"{elsewhere}/", "--output", str(tmp_path / "out"))
    assert run(data, *line).returncode == 0
    shutil.rmtree(elsewhere)
    shutil.rmtree(data / "responses")
    done = night(data, "--prune")
    assert (done.returncode, last_line(done)) == (0, "0 written, 0 unchanged, 0 failed")
    assert len(files_in(tmp_path / "out")) == 3
    elsewhere.mkdir()
    assert last_line(run(data, *line, "--prune")) == "0 written, 0 unchanged, 0 failed, 3 removed"


def test_pruning_needs_a_folder_of_responses(data: Path) -> None:
    done = run(data, "export", "latest", "--output", str(data.parent / "out"), "--prune")
    assert done.returncode == 2
    assert "--prune goes with --all, or with a folder of responses." in done.stderr
