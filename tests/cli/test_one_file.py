"""`libwell export` of many into one file: the rows of single exports, streamed, whole or not there."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from build import response_for, section_text, sheet_text, worksheet_from
from counting import counted
from hostile import HOSTILE
from libwell.flows.batch import Chosen
from libwell.flows.exporting import form
from libwell.flows.formats import FORMATS
from libwell.flows.one_file import Joining
from libwell.flows.rendering import Rendering
from libwell.model.export_records import ExportsRecord
from libwell.model.response import Action
from libwell.storage.responses import ResponseFolder, response_text
from random_files import answers, worksheet
from readers import MARK, read_entries, read_rows
from test_json_records import closed
from walking import LIBWELL, PATIENCE, environment, in_shell, run
from ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.exporting import Written
    from libwell.model.response import Response

MANY = 200
JOINED = [name for name, way in WAYS.items() if way.form.format.part]
SHEET = sheet_text(
    section_text(
        'id = "open", kind = "text"',
        'id = "closed", kind = "text", private = true',
        'id = "plan", kind = "plan"',
    )
)
ANSWERS = 'open = "Words"\nclosed = "kept"\n[[actions]]\nstep = "Ask for a break"\ndue = 2026-12-01\n'


def save(folder: Path, response: Response) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{response.id}.toml"
    path.write_text(response_text(response), encoding="utf-8")
    return path


def make(folder: Path, count: int) -> Path:
    """Save so many responses, each with words of its own."""
    made = response_text(response_for(worksheet_from(SHEET), ANSWERS))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"test-2026-11-21-{number:04d}"
        text = made.replace("test-2026-11-21-k3f9", name).replace("Words", f"Words of {number}")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three responses."""
    make(tmp_path / "data" / "responses", 3)
    return tmp_path / "data"


def ids(data: Path) -> list[str]:
    return sorted(path.stem for path in (data / "responses").glob("*.toml"))


# --- the rows of single exports -------------------------------------------------------------------


@pytest.fixture(scope="module")
def at_random(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with random responses, and one in which all words are hostile."""
    data = tmp_path_factory.mktemp("random") / "data"
    for seed in range(8):
        rng = Random(seed)
        sheet = worksheet(rng, f"sheet-{seed}")
        given = answers(rng, sheet)
        text = tomli_w.dumps(given["answers"] | {"actions": given["actions"]})
        made = response_for(worksheet_from(tomli_w.dumps(sheet)), text, id=f"sheet-{seed}-2026-11-21-aaaa")
        save(data / "responses", made)
    words = [text[:200] for text in HOSTILE if text.strip()]
    steps = tuple(
        Action(id=f"a{number}", step=text, who=text, notes=text, due=dt.date(2026, 12, 1))
        for number, text in enumerate(words[:90], 1)
    )
    answer = tomli_w.dumps({"open": "\n".join(words), "closed": "\n".join(words)})
    save(data / "responses", response_for(worksheet_from(SHEET), answer, actions=steps))
    return data


def put_together(name: str, singles: list[str]) -> str:
    """What single exports make when their rows, lines or entries stand behind each other."""
    if name.startswith("csv"):
        head = singles[0].partition("\r\n")[0] + "\r\n"
        return head + "".join(one.removeprefix(head) for one in singles)
    if name.startswith("ics"):
        end = "END:VCALENDAR\r\n"
        head = singles[0].partition("BEGIN:VTODO" if "todo" in name else "BEGIN:VEVENT")[0].removesuffix(end)
        return head + "".join(one.removeprefix(head).removesuffix(end) for one in singles) + end
    return "".join(singles)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("private", [(), ("--private",)], ids=["shared", "private"])
@pytest.mark.parametrize("name", JOINED)
def test_it_holds_what_the_single_files_hold(
    at_random: Path, tmp_path: Path, name: str, private: tuple[str, ...]
) -> None:
    way = WAYS[name]
    target = tmp_path / f"all{way.form.format.suffix}"
    options = ("export", "--all", *way.options, *private, "--output")
    many = run(at_random, *options, str(target))
    folder = run(at_random, *options, str(tmp_path / "each"))
    assert (many.returncode, folder.returncode) == (0, 0), many.stderr
    assert many.stderr.splitlines()[1:-1] == folder.stderr.splitlines()[:-1]  # what was left out
    assert many.stderr.splitlines()[-1] == "9 responses, 0 failed"
    singles = [path.read_bytes().decode() for path in sorted((tmp_path / "each").iterdir())]
    text = target.read_bytes().decode()
    if name == "json":
        document = json.loads(text)
        assert document == {"schema": "libwell.exports/1", "responses": list(map(json.loads, singles))}
        assert text == FORMATS["json"].write(document)
        closed(ExportsRecord).validate(document)
    else:
        assert text == put_together(name, singles)
    assert way.read(text).strip()


@pytest.mark.thorough
def test_standard_output_gets_the_same_bytes(at_random: Path, tmp_path: Path) -> None:
    for name in ("csv", "json"):
        target = tmp_path / f"all.{name}"
        run(at_random, "export", "--all", "--output", str(target))
        for output in ((), ("--output", "-")):
            command = [*LIBWELL, "--data-dir", str(at_random), "export", "--all", "--format", name, *output]
            done = subprocess.run(command, env=environment(at_random), capture_output=True, check=True)
            assert done.stdout == target.read_bytes()


def test_it_is_in_the_order_named_and_one_named_twice_is_there_once(data: Path, tmp_path: Path) -> None:
    first, second, third = ids(data)
    target = tmp_path / "all.csv"
    again = data / "responses" / f"{third}.toml"
    done = run(data, "export", third, first, third[-4:], str(again), second, "--output", str(target))
    assert done.stderr.splitlines()[-1] == "3 responses, 0 failed"
    assert [row["response"] for row in read_rows(target.read_bytes().decode())] == [third, first, second]


@pytest.mark.thorough
def test_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", MANY)
    (folder / "a-bad.toml").write_text("bad", encoding="utf-8")
    for jobs in ("1", "2"):
        target = tmp_path / f"{jobs}.jsonl"
        done = run(tmp_path / "data", "export", f"{folder}/", "--jobs", jobs, "--output", str(target))
        assert (done.returncode, done.stderr.splitlines()[-1]) == (3, f"{MANY} responses, 1 failed")
    text = (tmp_path / "1.jsonl").read_bytes()
    assert text == (tmp_path / "2.jsonl").read_bytes()
    assert len({json.loads(line)["response"] for line in text.splitlines()}) == MANY


# --- which name is one file's ---------------------------------------------------------------------


def test_a_folder_of_that_name_stays_a_folder(data: Path, tmp_path: Path) -> None:
    (tmp_path / "there.csv").mkdir()
    for name in ("there.csv", "new.csv/"):
        done = run(data, "export", "--all", "--format", "csv", "--output", f"{tmp_path}/{name}")
        assert done.stderr.splitlines()[-1] == "3 written, 0 unchanged, 0 failed"
        assert len(list((tmp_path / name).iterdir())) == 3


@pytest.mark.thorough
def test_a_list_of_one_makes_what_a_list_of_many_makes(data: Path) -> None:
    command = [*LIBWELL, "--data-dir", str(data), "export", "-", "--format", "json"]
    done = subprocess.run(
        command, env=environment(data), input=ids(data)[0], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["schema"] == "libwell.exports/1"
    one = json.loads(run(data, "export", "latest", "--format", "json").stdout)
    assert one["schema"] == "libwell.export/1"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--output", "all.md"), "Name a folder: --output all/"),
        (("--format", "csv", "--output", "all.pdf"), "Name a folder: --output all/"),
        (("--output", "all.pdf"), "libwell does not write .pdf here."),
        (("--format", "csv", "--output", "all.json"), "named as json is"),
        (("--format", "html"), "--output DIR"),
        (("--format", "csv", "--log", "jsonl"), "--log tells of files"),
        (("--output", "all.csv", "--prune"), "--prune goes with a folder to export to."),
    ],
)
def test_what_can_not_go_to_one_file_is_refused(
    data: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = run(data, "export", "--all", *options, cwd=tmp_path)
    assert (done.returncode, "response," in done.stdout) == (2, False)
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_an_empty_library_makes_an_empty_table(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(data, "export", "--all", "--format", "csv")
    assert done.returncode == 0
    assert done.stderr == "Nothing is saved yet, so nothing was exported.\n0 responses, 0 failed\n"
    assert read_rows(done.stdout.replace("\n", "\r\n")) == []
    done = run(data, "export", "--all", "--format", "json")
    assert json.loads(done.stdout) == {"schema": "libwell.exports/1", "responses": []}
    done = run(data, "export", "--all", "--format", "ics", "--output", "-")
    assert read_entries(done.stdout.replace("\n", "\r\n")) == []


# --- bad ones, and the log ------------------------------------------------------------------------


def logged(text: str) -> list[dict[str, Any]]:
    """The lines of a log that tell of responses."""
    lines = map(json.loads, text.splitlines())
    return [line for line in lines if line["schema"] == "libwell.log/1"]


def test_a_bad_response_is_told_and_left_out(data: Path, tmp_path: Path) -> None:
    bad, target = tmp_path / "bad.toml", tmp_path / "all.csv"
    bad.write_text('libwell = "response/1"\nid = secret-words\n', encoding="utf-8")
    done = run(data, "export", *ids(data), str(bad), "--output", str(target), "--log", "jsonl")
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "3 responses, 1 failed"
    assert "secret-words" not in done.stdout + done.stderr
    told = list(map(json.loads, done.stdout.splitlines()))
    assert [one["outcome"] for one in told] == ["written", "written", "written", "failed"]
    assert told[0]["source"] == f"{data}/responses/{ids(data)[0]}.toml"
    assert [one["file"] for one in told] == [str(target)] * 3 + [None]
    assert told[3]["error"].startswith(f"{bad}:2: ")
    assert len(read_rows(target.read_bytes().decode())) == 3


def test_where_all_are_bad_the_file_stays_as_it_was(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    run(data, "export", "--all", "--output", str(target))
    before = target.read_bytes()
    for path in (data / "responses").iterdir():
        path.write_text("bad", encoding="utf-8")
    done = run(data, "export", "--all", "--output", str(target), "--log", "jsonl")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "0 responses, 3 failed")
    assert "None of these could be exported." in done.stderr.splitlines()
    assert [one["outcome"] for one in logged(done.stdout)] == ["failed"] * 3
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.csv", "data"]


@pytest.mark.thorough
def test_one_alone_that_is_bad_keeps_its_own_status(data: Path, tmp_path: Path) -> None:
    (data / "responses" / f"{ids(data)[0]}.toml").write_text("bad", encoding="utf-8")
    command = [*LIBWELL, "--data-dir", str(data), "export", "-", "--output", str(tmp_path / "all.csv")]
    done = subprocess.run(
        command, env=environment(data), input=ids(data)[0], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert not (tmp_path / "all.csv").exists()


def test_the_options_that_choose_narrow_it(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    done = run(data, "export", "--status", "complete", "--output", str(target))
    assert done.returncode == 0
    assert done.stderr.splitlines()[0].startswith("No response is like that.")
    assert read_rows(target.read_bytes().decode()) == []
    run(data, "export", "--worksheet", "test", "--output", str(target))
    assert len(read_rows(target.read_bytes().decode())) == 3


def test_another_response_with_the_same_id_is_refused(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    text = (data / "responses" / f"{ids(data)[0]}.toml").read_text(encoding="utf-8")
    copy.write_text(text.replace("Words of 0", "Other words"), encoding="utf-8")
    done = run(data, "export", *ids(data), str(copy), "--output", str(tmp_path / "all.jsonl"))
    assert done.returncode == 3
    assert f"{copy}: there was another response with the id {ids(data)[0]}." in done.stderr
    assert "Other words" not in (tmp_path / "all.jsonl").read_text(encoding="utf-8")


# --- again, and again -----------------------------------------------------------------------------


@pytest.mark.thorough
def test_night_after_night_it_is_replaced_unless_somebody_changed_it(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    night = ("export", "--all", "--format", "csv", "--output", str(target))
    assert run(data, *night).stderr.startswith(f"Written: {target}\n")
    before = target.stat()
    assert run(data, *night).stderr.startswith(f"Unchanged: {target}\n")
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert before.st_mode & 0o777 == 0o600
    assert run(data, "actions", "done", "0001.a1").returncode == 0
    assert run(data, *night).stderr.startswith(f"Written: {target}\n")
    assert [row["status"] for row in read_rows(target.read_bytes().decode())] == ["open", "done", "open"]
    with target.open("a") as file:
        file.write("a note\r\n")
    refused = run(data, *night, "--log", "jsonl")
    assert (refused.returncode, refused.stderr.count("--force")) == (1, 1)
    told = [json.loads(line) for line in refused.stdout.splitlines()]
    assert [one["outcome"] for one in told] == ["failed"] * 3  # once for each, and not again for all
    assert all("is not as libwell wrote it" in one["error"] for one in told)
    assert target.read_text().endswith("a note\n")
    assert run(data, *night, "--force").returncode == 0
    assert run(data, *night).stderr.startswith(f"Unchanged: {target}\n")


@pytest.mark.thorough
def test_a_file_of_somebody_else_is_never_replaced_unasked(data: Path, tmp_path: Path) -> None:
    (one,) = make(tmp_path / "in", 1).iterdir()
    target = tmp_path / "all.csv"
    run(data, "export", str(one), "--output", str(target))  # of one response, and not of all
    refused = run(data, "export", "--all", "--output", str(target))
    assert (refused.returncode, "is not as libwell wrote it" in refused.stderr) == (1, True)
    (tmp_path / "empty.csv").touch()
    assert run(data, "export", "--all", "--output", str(tmp_path / "empty.csv")).returncode == 0
    taken = run(data, "export", str(one), "--output", str(tmp_path / "empty.csv"))
    assert (taken.returncode, "is not as libwell wrote it" in taken.stderr) == (1, True)


@pytest.mark.thorough
def test_deleting_a_response_names_the_file_it_is_in_and_the_next_one_is_without_it(
    data: Path, tmp_path: Path
) -> None:
    target = tmp_path / "all.csv"
    run(data, "export", "--all", "--output", str(target))
    done = run(data, "delete", "0001", "--yes")
    assert f"  {target}" in done.stderr.splitlines()
    assert b"2026-11-21-0001" not in (data / "exports.db").read_bytes()
    assert run(data, "export", "--all", "--output", str(target)).returncode == 0
    assert b"2026-11-21-0001" not in target.read_bytes()
    target.unlink()
    assert str(target) not in run(data, "delete", "0002", "--yes").stderr


# --- interrupted, full, left ----------------------------------------------------------------------


@pytest.fixture
def halfway(data: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An export that has written a part and waits for a pipe that nobody writes to; a file was there."""
    target, pipe = tmp_path / "all.csv", tmp_path / "pipe"
    run(data, "export", "--all", "--output", str(target))
    os.mkfifo(pipe)
    folder = make(tmp_path / "in", MANY)
    line = ("export", f"{folder}/", str(pipe), "--jobs", "1", "--output", str(target))
    command = [*LIBWELL, "--data-dir", str(data), *line]
    with subprocess.Popen(command, env=environment(data), stderr=subprocess.PIPE) as process:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not any(one.stat().st_size for one in tmp_path.glob(".all.csv.*")):
            time.sleep(0.01)
        yield process
        process.kill()


@pytest.mark.thorough
def test_killed_halfway_the_old_file_is_whole_and_the_next_run_clears_up(
    halfway: subprocess.Popen[bytes], data: Path, tmp_path: Path
) -> None:
    halfway.kill()
    halfway.communicate(timeout=PATIENCE)
    assert len(list(tmp_path.glob(".all.csv.*.tmp"))) == 1
    assert len(read_rows((tmp_path / "all.csv").read_bytes().decode())) == 3
    assert run(data, "export", "--all", "--output", str(tmp_path / "all.csv")).returncode == 0
    assert not list(tmp_path.glob(".all.csv.*"))


@pytest.mark.thorough
def test_stopped_halfway_it_says_that_the_file_is_as_it_was(
    halfway: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    halfway.send_signal(signal.SIGTERM)
    _, err = halfway.communicate(timeout=PATIENCE)
    assert (halfway.returncode, err.decode()) == (143, f"Stopped. {tmp_path / 'all.csv'} is as it was.\n")
    assert len(read_rows((tmp_path / "all.csv").read_bytes().decode())) == 3
    assert not list(tmp_path.glob(".all.csv.*"))


@pytest.mark.thorough
def test_a_disk_that_is_full_leaves_the_old_file_and_is_told(data: Path, tmp_path: Path) -> None:
    target, folder = tmp_path / "all.json", make(tmp_path / "in", MANY)
    run(data, "export", "--all", "--output", str(target))
    before = target.read_bytes()
    words = f"export {folder}/ --jobs 1 --log jsonl --output {target}"
    line = f"ulimit -f 100 && exec {' '.join(LIBWELL)} --data-dir {data} {words}"
    status, out, err = in_shell(data, f"bash -c '{line}'")
    assert (status, "could not be saved. File too large" in err) == (1, True)
    assert {one["outcome"] for one in logged(out)} == {"failed"}
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".all.json.*"))


@pytest.mark.thorough
def test_a_reader_that_leaves_early_is_no_failure_of_ours(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", MANY)
    line = f"{' '.join(LIBWELL)} --data-dir {tmp_path}/data export {folder}/ --format jsonl"
    status, out, err = in_shell(tmp_path / "data", f"bash -c '{line} | head -n 1; exit ${{PIPESTATUS[0]}}'")
    assert (status, err) == (141, "")
    assert json.loads(out)["response"] == "test-2026-11-21-0000"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("redirected", [">&-", ">/dev/full"])
def test_standard_output_that_takes_nothing_is_told_in_a_line(data: Path, redirected: str) -> None:
    line = f"{' '.join(LIBWELL)} --data-dir {data} export --all --format csv {redirected}"
    status, out, err = in_shell(data, line)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("This could not be written: ")


# --- memory ---------------------------------------------------------------------------------------


def test_the_first_rows_are_there_before_the_last_response_is_read(tmp_path: Path) -> None:
    chosen = Chosen([f"{make(tmp_path / 'in', MANY)}/"], ResponseFolder(tmp_path), everything=False)
    rendering = Rendering(form("csv").of_many, ResponseFolder(tmp_path), private=False)
    told: list[Written] = []
    pieces = Joining(chosen, rendering, tell=told.append).pieces()
    with counted(Rendering.render) as counts:
        assert next(pieces).startswith(f"{MARK}response,")
        assert next(pieces).startswith("test-2026-11-21-0000,")
        assert counts["render"] == 1
        assert len(list(pieces)) == MANY - 1
        assert counts["render"] == 2  # each of them for many
    assert len(told) == MANY


@pytest.mark.thorough
def test_memory_does_not_grow_with_the_number_of_responses(tmp_path: Path) -> None:
    folders = make(tmp_path / "few", 20), make(tmp_path / "many", 2000)
    memory = [peak_memory(tmp_path, folder) for folder in folders]
    assert memory[1] - memory[0] < 3_000  # kilobytes; to keep two thousand would take more than that


def peak_memory(place: Path, folder: Path) -> int:
    """Kilobytes, at most, of an export to one file in a process of its own."""
    code = (
        "import resource, sys; from libwell.cli.app import run; run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    line = ["--data-dir", str(place / "data"), "export", f"{folder}/", "--jobs", "1", "--format", "csv"]
    output = ["--what", "answers", "--output", str(place / f"{folder.name}.csv")]
    done = subprocess.run(
        [sys.executable, "-c", code, *line, *output], check=True, capture_output=True, text=True
    )
    return int(done.stdout)
