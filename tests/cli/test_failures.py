"""What failed, of one and of many: as data, in few lines, and in the exit status."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from build import OPEN, response_for, worksheet_from, worksheet_text
from libwell.storage.responses import response_text
from walking import LIBWELL, in_shell, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

SHEET = worksheet_text('id = "words", kind = "text"', head=OPEN)
CANARY = "ISAIDTHISTONOBODY"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "responses").mkdir(parents=True)
    return folder


def save(data: Path, number: int) -> Path:
    """A response of a worksheet of one question."""
    made = response_for(worksheet_from(SHEET), f'words = "{CANARY}"', id=f"test-2026-11-21-{number:05}")
    path = data / "responses" / f"{made.id}.toml"
    path.write_text(response_text(made), encoding="utf-8")
    return path


def save_bad(data: Path, number: int) -> Path:
    """A response that holds a key's value that it can't."""
    path = save(data, number)
    text = path.read_text(encoding="utf-8")
    bad = re.sub(r"^revision = \d+$", f'revision = "{CANARY}"', text, flags=re.MULTILINE)
    path.write_text(bad, encoding="utf-8")
    return path


def saved(data: Path, *, good: int = 0, bad: int = 0) -> list[Path]:
    """Responses that can be read, and such that can't be; gives the latter."""
    for number in range(good):
        save(data, number)
    return [save_bad(data, 90_000 + number) for number in range(bad)]


def whole_failure(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The one failure that is all that was printed; it is told on standard error too."""
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["schema"] == "libwell.error/1"
    assert found["status"] == found["error"]["status"] == done.returncode
    assert f"{found['error']['message']} {found['error']['remedy']}".rstrip() == done.stderr.rstrip("\n")
    error: dict[str, Any] = found["error"]
    return error


# --- as data --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["responses", "actions"])
def test_what_can_not_be_read_stands_in_the_document_of_the_rest(data: Path, verb: str) -> None:
    bad = saved(data, good=2, bad=5)
    done = run(data, verb, "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert [one["file"] for one in told["failed"]] == list(map(str, bad))
    (mistake,) = told["failed"][0]["mistakes"]
    assert (mistake["key"], mistake["line"]) == ("revision", 4)
    assert told["failed"][0]["status"] == 4
    assert CANARY not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="it needs a file that is there and can not be read")
def test_a_response_nobody_may_read_is_named_as_data(data: Path) -> None:
    (bad,) = saved(data, good=1, bad=1)
    bad.unlink()
    bad.symlink_to("/proc/self/mem")
    (failed,) = json.loads(run(data, "responses", "--json").stdout)["failed"]
    assert (failed["file"], failed["mistakes"], failed["status"]) == (str(bad), [], 1)
    assert failed["message"].startswith(f"{bad} could not be read. ")


def test_worksheets_resources_and_shared_files_that_can_not_be_read_are_data(data: Path) -> None:
    own = data / "worksheets"
    own.mkdir()
    (own / "resources.toml").write_text("libwell = [", encoding="utf-8")
    shared = data.parent / "shared"
    shared.mkdir()
    (shared / "none.toml").write_text(f'libwell = "shared/1"\nit = "{CANARY}"\n', encoding="utf-8")
    for line, name in (
        ("list", "resources.toml"),
        ("resources", "resources.toml"),
        (f"team status {shared}", "none.toml"),
    ):
        done = run(data, *line.split(), "--json")
        failed = json.loads(done.stdout)["failed"]
        assert [one["file"].rpartition("/")[2] for one in failed] == [name]
        assert all(one["mistakes"] for one in failed)
        assert CANARY not in done.stdout + done.stderr


def test_a_folder_of_worksheets_that_is_gone_is_data(data: Path) -> None:
    gone = data.parent / "gone"
    done = run(data, "list", "--json", environ={"LIBWELL_WORKSHEETS": str(gone)})
    (failed,) = json.loads(done.stdout)["failed"]
    assert (done.returncode, failed["file"]) == (3, str(gone))
    assert "isn't there" in failed["message"]


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("view nope --json", 1, "There is no response nope."),
        ("show nope --json", 1, "nope"),
        ("compare nope nope --json", 1, "There is no response nope."),
        ("resources xyzzy --json", 1, "xyzzy"),
        ("team status nowhere --json", 1, "nowhere"),
        ("actions --due-before sometimes --json", 2, "--due-before"),
        ("responses --jsno --json", 2, "--jsno"),
        ("viwe --json", 2, "There is no verb viwe."),
        ("--wait long responses --json", 2, "--wait"),
        ("export nope --log jsonl --output plans/", 1, "There is no response nope."),
        ("export --log jsonl", 2, "Nothing was named"),
        ("export --all --log=jsonl --output plan.html", 2, "plan.html"),
    ],
)
def test_where_nothing_can_be_done_the_failure_is_the_document(
    data: Path, line: str, status: int, words: str
) -> None:
    saved(data, good=2)
    done = run(data, *line.split(), cwd=data.parent)
    assert done.returncode == status
    if "team status" in line:  # it counts nobody, and that is a document
        assert words in json.loads(done.stdout)["failed"][0]["message"]
    else:
        assert words in whole_failure(done)["message"]
    assert len(done.stdout.splitlines()) == 1 or "team status" in line


def test_a_broken_configuration_is_the_document(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "libwell" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('libwell = "config/1"\nnmae = 3\n', encoding="utf-8")
    done = run(data, "responses", "--json", environ={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    error = whole_failure(done)
    assert (done.returncode, error["file"]) == (4, str(settings))
    assert [(one["line"], one["key"]) for one in error["mistakes"]] == [(2, "nmae")]


def test_without_json_a_failure_is_told_on_standard_error_alone(data: Path) -> None:
    for line in ("view nope", "view -- --json", "export nope"):
        done = run(data, *line.split())
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr


@pytest.mark.thorough
def test_a_full_disk_behind_a_failure_changes_neither_words_nor_status(data: Path) -> None:
    status, _, told = in_shell(data, f"{shlex.join(LIBWELL)} --data-dir data view nope --json > /dev/full")
    assert status == 1
    assert told == "There is no response nope. `libwell responses` shows what is saved.\n"


def test_check_has_a_file_that_is_not_there_among_its_files(data: Path) -> None:
    empty = data.parent / "empty"
    empty.mkdir()
    done = run(data, "check", "missing.toml", str(empty), "--json")
    first, second = json.loads(done.stdout)["files"]
    assert done.returncode == 4
    assert (first["file"], first["mistakes"][0]["message"]) == ("missing.toml", "there is no such file.")
    assert second["file"] == str(empty)
    assert second["mistakes"][0]["message"].startswith("no file here ends in .toml")
    assert done.stderr.count("no file here") == 1


def test_the_log_of_an_export_has_every_mistake_as_data(data: Path) -> None:
    bad = saved(data, good=1, bad=2)
    done = run(data, "export", "--all", "--output", "plans", "--log", "jsonl", cwd=data.parent)
    lines = list(map(json.loads, done.stdout.splitlines()))
    failed = [one for one in lines if one["outcome"] == "failed"]
    assert (done.returncode, len(lines)) == (3, 3)
    assert [one["source"] for one in failed] == list(map(str, bad))
    assert [one["mistakes"][0]["key"] for one in failed] == ["revision"] * 2
    assert all(one["error"] for one in failed)
    assert CANARY not in done.stdout + done.stderr


# --- in few lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["responses", "actions", "export --all --output plans"])
def test_many_lines_of_one_kind_are_one_with_a_count(data: Path, line: str) -> None:
    bad = saved(data, good=1, bad=9)
    done = run(data, *line.split(), cwd=data.parent)
    told = [one for one in done.stderr.splitlines() if "revision" in one]
    assert [one.partition(":")[0] for one in told[:3]] == list(map(str, bad[:3]))
    assert len(told) == 4
    said = told[0].partition(": ")[2]
    assert told[3] == f"… and 6 more like this: {said}"
    assert done.returncode == 3


@pytest.mark.skipif(sys.platform != "linux", reason="it needs files that are there and can not be read")
def test_kinds_are_counted_apart_and_three_are_told_in_full(data: Path) -> None:
    saved(data, good=1, bad=3)
    for number in range(5):
        (data / "responses" / f"mem-{number}.toml").symlink_to("/proc/self/mem")
    told = run(data, "responses").stderr.splitlines()
    (counted,) = (one for one in told if "more like this" in one)
    assert counted.startswith("… and 2 more like this: this could not be read. ")
    assert len(told) == 7


def test_filled_and_shared_files_are_told_in_few_lines(data: Path) -> None:
    for number in range(7):
        (data.parent / f"{number}.toml").write_text(
            f'worksheet = "staff-care"\n[answers]\nenergy = "{CANARY}"\n', encoding="utf-8"
        )
    names = [f"{number}.toml" for number in range(7)]
    for line in ("fill", "team status"):
        done = run(data, *line.split(), *names, cwd=data.parent)
        assert done.returncode == 1
        assert done.stderr.count("and 4 more like this: ") == 1
        assert done.stderr.count(".toml:") == 3
        assert CANARY not in done.stderr


# --- in the status --------------------------------------------------------------------------------

MANY = ["responses", "actions", "export --all --output plans"]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("good", "bad", "status"), [(0, 0, 0), (1, 0, 0), (2, 2, 3), (1, 1, 3), (0, 1, 4), (0, 3, 1)]
)
def test_the_status_says_whether_some_or_all_failed(data: Path, good: int, bad: int, status: int) -> None:
    saved(data, good=good, bad=bad)
    for line in MANY:
        done = run(data, *line.split(), cwd=data.parent)
        assert (line, done.returncode) == (line, status)
        assert len(done.stderr.splitlines()) >= (good == 0)
        shutil.rmtree(data.parent / "plans", ignore_errors=True)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("good", "bad", "status"), [(2, 0, 0), (1, 2, 3), (0, 1, 4), (0, 2, 1)])
def test_so_it_does_of_files_that_are_filled_or_counted(data: Path, good: int, bad: int, status: int) -> None:
    shared = data.parent / "shared"
    shared.mkdir()
    names = []
    for number in range(good + bad):
        energy = "3" if number < good else "7"
        names.append(f"{number}.toml")
        text = f'worksheet = "staff-care"\n[answers]\nenergy = {energy}\n'
        (data.parent / names[-1]).write_text(text, encoding="utf-8")
        copy = 'libwell = "withdrawal/1"\nshared_id = "%s"\nrevision = 1\n' % ("abcd"[number] * 26)
        (shared / names[-1]).write_text(copy if number < good else "=", encoding="utf-8")
    assert run(data, "fill", "--draft", *names, cwd=data.parent).returncode == status
    assert run(data, "team", "status", str(shared)).returncode == status
    assert run(data, "check", *names, cwd=data.parent).returncode == (4 if bad else 0)
