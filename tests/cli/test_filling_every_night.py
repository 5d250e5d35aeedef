"""`libwell fill` from a script that runs every night: the log, the counts, kills, and many at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from walking import LIBWELL, environment, in_shell, run, saved_files

if TYPE_CHECKING:
    from pathlib import Path

BAD = 5
CHANGED = 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def answers(key: str, words: str = "", *, nope: bool = False) -> str:
    """An answers file; one with `nope` has two mistakes."""
    steps = f'[[actions]]\nstep = "Ask {words}"\nlevel = "team"\n'
    wrong = "nope = 1\nenergy = 9\n" if nope else ""
    return f'key = "{key}"\nworksheet = "staff-care"\n[answers]\n{wrong}{steps}'


def inbox(folder: Path, count: int) -> Path:
    """A folder of so many answers files, of which BAD can't be used."""
    place = folder / "inbox"
    place.mkdir()
    for number in range(count):
        text = answers(f"person-{number}", nope=number < BAD)
        (place / f"{number:03}.toml").write_text(text, encoding="utf-8")
    return place


def log(data: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Run a verb with its log; give status, log and the last line on standard error."""
    done = run(data, *arguments, "--log", "jsonl")
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.splitlines()],
        done.stderr.splitlines()[-1],
    )


def outcomes(lines: list[dict[str, Any]]) -> dict[str, int]:
    """How many lines have each outcome."""
    words = [line["outcome"] for line in lines]
    return {word: words.count(word) for word in sorted(set(words))}


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.thorough)])
def test_three_nights(data: Path, count: int) -> None:
    place, plans, good = inbox(data.parent, count), data.parent / "plans", count - BAD
    made: dict[str, str] = {}
    for night in range(3):
        if night == 1:
            for number in range(BAD, BAD + CHANGED):
                text = answers(f"person-{number}", "again")
                (place / f"{number:03}.toml").write_text(text, encoding="utf-8")
        changed = CHANGED if night == 1 else 0
        expected = [{"made": good}, {"unchanged": good - changed, "updated": changed}, {"unchanged": good}][
            night
        ]
        said = {
            0: f"{good} made",
            1: f"{changed} updated, {good - changed} unchanged",
            2: f"{good} unchanged",
        }
        status, lines, last = log(data, "fill", str(place))
        assert (status, last) == (3, f"{said[night]}, {BAD} failed")
        assert outcomes(lines) == {**expected, "failed": BAD}
        failed = [line for line in lines if line["outcome"] == "failed"]
        assert [line["file"] for line in failed] == [
            str(place / f"{number:03}.toml") for number in range(BAD)
        ]
        for line in failed:
            keys = [(mistake["line"], mistake["key"]) for mistake in line["mistakes"]]
            assert (keys, line["response"]) == ([(4, "answers.nope"), (5, "answers.energy")], None)
        named = {line["file"]: line["response"] for line in lines if line["outcome"] != "failed"}
        made = made or named
        assert named == made
        assert sorted(named.values()) == [path.stem for path in saved_files(data)]
        status, lines, _ = log(data, "export", "--all", "--output", str(plans))
        written = {0: {"written": good}, 1: {"unchanged": good - changed, "written": changed}}
        assert (status, outcomes(lines)) == (0, written.get(night, {"unchanged": good}))
        assert len(list(plans.iterdir())) == good


@pytest.mark.thorough
def test_without_a_log_every_id_is_printed_each_time(data: Path) -> None:
    place = inbox(data.parent, BAD + 3)
    first = run(data, "fill", str(place)).stdout
    (place / "005.toml").write_text(answers("person-5", "again"), encoding="utf-8")
    assert first == run(data, "fill", str(place)).stdout == run(data, "fill", str(place)).stdout
    assert sorted(first.split()) == [path.stem for path in saved_files(data)]


@pytest.mark.thorough
def test_what_else_fails_is_in_the_log_without_a_line(data: Path) -> None:
    good = data.parent / "good.toml"
    good.write_text(answers("a"), encoding="utf-8")
    (data.parent / "broken").mkdir()
    (data.parent / "broken" / "sheet.toml").write_text(
        'libwell = "worksheet/1"\nid = "x"\n', encoding="utf-8"
    )
    (data.parent / "of-broken.toml").write_text('worksheet = "./broken/sheet.toml"\n', encoding="utf-8")
    (data.parent / "bytes.toml").write_bytes(b"a = 1\nb = '\xff'\n")
    script = "fill ./gone.toml ./bytes.toml - of-broken.toml good.toml --log jsonl < /dev/null"
    status, out, err = in_shell(data, f"{' '.join(LIBWELL)} --data-dir data {script}")
    gone, spoilt, empty, of_broken, last = map(json.loads, out.splitlines())
    assert (status, err.splitlines()[-1]) == (3, "1 made, 4 failed")
    assert gone == {
        "schema": "libwell.fill-log/1",
        "file": "./gone.toml",
        "outcome": "failed",
        "response": None,
        "mistakes": [
            {"line": None, "key": "", "message": "gone.toml isn't there.", "remedy": "", "hint": False}
        ],
    }
    assert (spoilt["file"], spoilt["mistakes"][0]["line"]) == ("./bytes.toml", 2)
    assert (empty["file"], empty["mistakes"][0]["line"]) == ("-", None)
    assert {(mistake["line"], mistake["key"]) for mistake in of_broken["mistakes"]} == {(None, "")}
    assert all(mistake["message"].startswith("broken/sheet.toml:") for mistake in of_broken["mistakes"])
    assert (last["outcome"], last["mistakes"]) == ("made", [])


@pytest.mark.parametrize(("text", "status"), [('worksheet = "no-such"\n', 4), (None, 1)])
def test_one_file_keeps_its_own_status(data: Path, text: str | None, status: int) -> None:
    file = data.parent / "one.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert log(data, "fill", str(file))[0] == status
    assert log(data, "fill", str(file), str(file))[0] == 1


def test_a_folder_without_files_is_no_failure(data: Path) -> None:
    (data.parent / "inbox").mkdir()
    done = run(data, "fill", "inbox", cwd=data.parent)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "inbox: no file here ends in .toml, and no .txt holds answers.\n",
    )


@pytest.mark.parametrize("key", ["a\nb", "x" * 201, "\u202ea", "  "])
def test_what_is_no_key_is_refused_without_being_repeated(data: Path, key: str) -> None:
    (data.parent / "a.toml").write_text('worksheet = "staff-care"\n', encoding="utf-8")
    done = run(data, "fill", "a.toml", "--key", key, cwd=data.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--key: a key is 1 to 200 characters on one line that can be seen.\n"


def test_a_key_beside_is_for_one_file(data: Path) -> None:
    place = inbox(data.parent, BAD + 2)
    for named in ([str(place)], ["a.toml", "b.toml"]):
        done = run(data, "fill", *named, "--key", "one")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("--key is for one file.")


@pytest.mark.thorough
def test_no_key_comes_out_of_anything(data: Path) -> None:
    (data.parent / "a.toml").write_text(answers("ana-key-canary"), encoding="utf-8")
    told = [run(data, "fill", "a.toml", "--log", "jsonl", cwd=data.parent)]
    run(data, "actions", "set", "latest.a1", "--status", "doing")
    (data.parent / "a.toml").write_text(answers("ana-key-canary", "again"), encoding="utf-8")
    (data.parent / "b.toml").write_text(answers("ana-key-canary", "twice"), encoding="utf-8")
    verbs = [
        "fill a.toml --log jsonl",
        "fill a.toml b.toml --log jsonl",
        "check a.toml --json",
        "view latest",
    ]
    verbs += [
        f"export latest --private --format {name}" for name in ("md", "html", "csv", "ics", "json", "jsonl")
    ]
    verbs += [
        "responses --json",
        "view latest --json",
        "actions --all --json",
        "doctor --json",
        "list --json",
    ]
    verbs += ["compare latest latest --private", "share latest --yes --named --with-text --output copy.toml"]
    told += [run(data, *line.split(), cwd=data.parent) for line in verbs]
    said = "".join(done.stdout + done.stderr for done in told)
    assert said.count("staff-care") > len(verbs)
    assert "canary" not in said + (data.parent / "copy.toml").read_text(encoding="utf-8")
    (path,) = saved_files(data)
    assert 'key = "ana-key-canary"\n' in path.read_text(encoding="utf-8")


# --- killed, and at once ------------------------------------------------------------------------------


def start(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [*LIBWELL, "--data-dir", str(data), "--no-input", *arguments]
    return subprocess.Popen(
        command,
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("kills", [2, pytest.param(25, marks=pytest.mark.thorough)])
def test_killed_anywhere_it_goes_on_and_makes_nothing_twice(data: Path, kills: int) -> None:
    count, chance = 60, random.Random(7)
    place = inbox(data.parent, count)
    printed: set[str] = set()
    for number in range(kills):
        if number % 2:
            text = answers(f"person-{count - 1}", f"{number}")
            (place / f"{count - 1:03}.toml").write_text(text, encoding="utf-8")
        with start(data, "fill", str(place)) as filling:
            assert filling.stdout is not None
            first = filling.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            filling.kill()
            printed.update((first + filling.stdout.read()).decode().split("\n")[:-1])
    status, lines, _ = log(data, "fill", str(place))
    made = [line["response"] for line in lines if line["response"]]
    assert (status, len(made)) == (3, count - BAD)
    assert sorted(made) == [path.stem for path in saved_files(data)]
    assert printed <= set(made)
    assert {mistake["line"] for line in lines for mistake in line["mistakes"]} == {4, 5}


def test_what_a_killed_one_left_goes_when_the_next_response_is_made(data: Path) -> None:
    place = inbox(data.parent, BAD + 1)
    assert run(data, "fill", str(place)).returncode == 3
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    left, running, young = (
        data / "responses" / f".staff-care-2026-11-21-{last}.toml.{process}-0a1b2c3d.tmp"
        for last, process in (("k3f9", gone.pid), ("m4n5", os.getpid()), ("p5q6", gone.pid))
    )
    for one in (left, running, young):
        one.write_text("half an answer", encoding="utf-8")
    for one in (left, running):
        os.utime(one, (0, 0))
    (place / "new.toml").write_text(answers("person-new"), encoding="utf-8")
    assert run(data, "fill", str(place)).returncode == 3
    assert [one.exists() for one in (left, running, young)] == [False, True, True]


@pytest.mark.thorough
def test_two_at_once_make_one(data: Path) -> None:
    place = inbox(data.parent, 12)

    def fill(_: int) -> tuple[int, set[str]]:
        with start(data, "--wait", "60", "fill", str(place)) as filling:
            out, _err = filling.communicate()
        return filling.returncode, set(out.decode().split())

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(fill, range(4)))
    ids = {path.stem for path in saved_files(data)}
    assert ended == [(3, ids)] * 4
    assert len(ids) == 12 - BAD
