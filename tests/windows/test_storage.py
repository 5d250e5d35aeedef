"""On Windows nothing saved is lost, whoever has a file open or kills libwell, and names are as meant."""

from __future__ import annotations

import json
import random
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from walking import PATIENCE
from wine import LIBWELL, PYTHON, in_windows, outside, run_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("bed")

EXAMPLE = Path("examples/staff-care.toml")
CHANGE = ("actions", "set", "a1", "--status", "doing")
OPEN_ELSEWHERE = "Another program has it open. Close it there, then try again."
KILLS = 20

HOLDER = """
import glob, sys, time
path, began, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with open(path, "rb"):
    print("held", flush=True)
    while began and not glob.glob(glob.escape(path.rpartition("\\\\")[0]) + began):
        time.sleep(0.01)
    time.sleep(seconds)
"""
"""Has a file open as most programs have it, until so many seconds after another file is there."""

LOCKER = """
import sys, time
from pathlib import Path
from libwell.storage import locks
with locks.lock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""

SAVER = """
import sys
from pathlib import Path
from libwell.storage import files, leftovers, locks

path, count = Path(sys.argv[1]), int(sys.argv[2])
backup = path.with_name(path.name + ".bak")
with locks.lock(path):
    swept = leftovers.sweep_stale(path.parent, path.name, backup.name)
    print(swept, flush=True)
    while True:
        count += 1
        files.write_durably(path, b"%08d\\n" % count * 600, backup=backup)
        print(count, flush=True)
"""

WRITER = """
import sys
from pathlib import Path
from libwell.storage import files
files.make_private_folder(Path(sys.argv[1]))
files.temporary_name(Path(sys.argv[1], "a.toml")).touch()
print("written", flush=True)
sys.stdin.readline()
"""

SWEEPER = """
import sys
from pathlib import Path
from libwell.storage import leftovers
print(leftovers.sweep_abandoned(Path(sys.argv[1]), suffix=".toml"))
"""

EACH = """
import contextlib, io, json, sys
from libwell.cli.app import run
said = []
for arguments in json.loads(sys.argv[1]):
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            status = run(arguments)
        except SystemExit as error:
            status = error.code
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    said.append([status, *texts])
print(json.dumps(said))
"""
"""Runs libwell with one line of arguments after the other, in one process: to start one takes seconds."""

AT_HOME = """
import os, sys
os.environ["USERPROFILE"] = sys.argv.pop(1)  # Wine gives every program its own
from libwell.cli import main
main()
"""


@contextmanager
def another(data: Path, code: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another program on Windows, for as long as the block lasts, from when it says that it is there."""
    command = [*PYTHON, "-c", code, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=outside(data), stdin=pipe, stdout=pipe, stderr=pipe) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline(), code
            yield started
        finally:
            started.kill()


def libwell(data: Path, *arguments: str, given: bytes = b"") -> tuple[int, str, str]:
    """Run libwell; its status, and what it said on both streams."""
    done = run_windows(data, *arguments, given=given)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


def each(data: Path, *lines: list[str], folder: Path | None = None) -> list[tuple[int, str, str]]:
    """Run libwell once for each line of arguments; what `libwell` gives, for each."""
    whole = [["--data-dir", in_windows(data), *line] for line in lines]
    done = run_windows(data, "-c", EACH, json.dumps(whole), command=PYTHON, folder=folder)
    assert not done.stderr, done.stderr.decode()
    return [tuple(one) for one in json.loads(done.stdout)]


def made(data: Path) -> Path:
    """The file of a new response."""
    status, _, said = libwell(data, "fill", in_windows(EXAMPLE))
    assert status == 0, said
    (path,) = (data / "responses").glob("*.toml")
    return path


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".actions"}


def test_a_file_that_is_open_elsewhere_for_a_moment_is_saved_all_the_same(tmp_path: Path) -> None:
    path = made(tmp_path)
    with another(tmp_path, HOLDER, in_windows(path), r"\.*.tmp", "0.3"):
        status, _, said = libwell(tmp_path, *CHANGE)
    assert (status, 'status = "doing"' in path.read_text()) == (0, True), said
    assert names_in(path.parent) <= {path.name, f"{path.name}.bak"}


def test_a_file_that_stays_open_elsewhere_keeps_what_it_holds_and_is_said_to_be_open(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    with another(tmp_path, HOLDER, in_windows(path), "", str(PATIENCE)):
        status, _, said = libwell(tmp_path, *CHANGE)
        assert path.read_bytes() == before
    assert status != 0
    assert OPEN_ELSEWHERE in " ".join(said.split())
    assert names_in(path.parent) <= {path.name, f"{path.name}.bak"}
    assert libwell(tmp_path, *CHANGE)[0] == 0
    assert 'status = "doing"' in path.read_text()


def test_no_kill_loses_a_save_or_leaves_what_the_next_one_does_not_clear(tmp_path: Path) -> None:
    chance = random.Random(1)
    folder = tmp_path / "responses"
    folder.mkdir()
    path, backup = folder / "draft.toml", folder / "draft.toml.bak"
    told, left = 0, 0
    for _ in range(KILLS):
        with another(tmp_path, SAVER, in_windows(path), str(told)) as saver:
            time.sleep(chance.uniform(0, 0.1))
            saver.kill()
            assert saver.stdout is not None
            told = max([told, *map(int, saver.stdout.read().split(b"\n")[:-1])])
        left += len(names_in(folder) - {path.name, backup.name, f".{path.name}.lock"})
        assert count_in(path) >= told
        assert not backup.exists() or count_in(backup) >= told - 1
        told = count_in(path)
    assert left > 0  # or the kills came at no moment that matters
    done = run_windows(tmp_path, "-c", SAVER.partition("    while")[0], in_windows(path), "0", command=PYTHON)
    assert done.returncode == 0, done.stderr.decode()
    assert names_in(folder) == {path.name, backup.name}


def count_in(path: Path) -> int:
    """The one number that every line of a whole file holds."""
    if not path.exists():
        return 0
    lines = path.read_bytes().splitlines()
    assert len(lines) == 600
    (number,) = set(lines)
    return int(number)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a quarter of a mebibyte, where one can be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.call(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]):
        pytest.skip("no disk can be made here")
    try:
        yield folder
    finally:
        subprocess.check_call(["umount", "--lazy", str(folder)])


def test_a_full_disk_is_told_and_takes_nothing(small_disk: Path) -> None:
    path = made(small_disk / "data")
    before = path.read_bytes()
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    status, _, said = libwell(small_disk / "data", *CHANGE)
    assert (status, path.read_bytes()) == (1, before)
    assert "The disk is full. Free some space first." in " ".join(said.split())
    assert names_in(path.parent) == {path.name}
    filler.unlink()
    assert libwell(small_disk / "data", *CHANGE)[0] == 0


def test_one_libwell_at_a_time_changes_a_response_and_no_lock_stays_behind(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    assert names_in(path.parent) == {path.name}
    with another(tmp_path, LOCKER, in_windows(path)) as locker:
        status, _, said = libwell(tmp_path, "--wait", "0", *CHANGE)
        locker.communicate(b"\n", timeout=PATIENCE)
    assert (status, path.read_bytes()) == (1, before)
    assert "is open in another libwell. Finish or pause it there first." in " ".join(said.split())
    assert "Ctrl-Z" not in said
    assert names_in(path.parent) == {path.name}
    assert libwell(tmp_path, *CHANGE)[0] == 0
    assert names_in(path.parent) <= {path.name, f"{path.name}.bak"}
    status, found, said = libwell(tmp_path, "doctor")
    assert status == 0, found + said


def test_a_lock_that_a_killed_libwell_left_is_told_and_taken(tmp_path: Path) -> None:
    path = made(tmp_path)
    with another(tmp_path, LOCKER, in_windows(path)):
        pass
    assert "a lock was left behind" in " ".join("".join(libwell(tmp_path, "doctor")[1:]).split())
    assert libwell(tmp_path, *CHANGE)[0] == 0
    assert names_in(path.parent) <= {path.name, f"{path.name}.bak"}


REFUSED = {
    "CON.html": "Windows keeps the name CON for itself, with any ending.",
    "aux.html": "Windows keeps the name aux for itself, with any ending.",
    r"new\nul.html": "Windows keeps the name nul for itself, with any ending.",
    "plan:a.html": "Windows allows no : in a name.",
    "Z:c.html": "Behind Z: a backslash is missing.",
    'a"b.html': 'Windows allows no " in a name.',
    "a?.html": "Windows allows no ? in a name.",
    r"away \a.html": "Windows drops a dot or a blank at the end of a name.",
    r"Q:\none\a.html": "The folder isn't there.",
    "z" * 300 + ".html": "characters, which may be too many for Windows.",
}
WRITTEN = [
    "a.html",
    r"OneDrive - Bücherei Süd\a.html",
    r"OneDrive - Bücherei Süd\..\b.html",
    "~\\libwell-d.html",
]


def test_a_name_that_no_file_can_have_is_told_and_any_other_works(tmp_path: Path) -> None:
    (tmp_path / "OneDrive - Bücherei Süd").mkdir()
    (tmp_path / "new").mkdir()
    before = names_in(tmp_path)
    wanted = [["form", "staff-care", "--output", name] for name in (*REFUSED, *WRITTEN[:-1])]
    said = each(tmp_path, *wanted, folder=tmp_path)
    for (status, _, words), (name, reason) in zip(said, REFUSED.items(), strict=False):
        assert (status, reason in " ".join(words.split())) == (1, True), (name, words)
        assert f"{name} could not be saved." in words
    assert [status for status, *_ in said[len(REFUSED) :]] == [0] * (len(WRITTEN) - 1)
    assert names_in(tmp_path) - before == {"a.html", "b.html"}
    assert names_in(tmp_path / "OneDrive - Bücherei Süd") == {"a.html"}


def test_a_name_for_a_device_is_never_read(tmp_path: Path) -> None:
    reads = [
        ["check", "CON"],
        ["fill", "nul"],
        ["fill", "CON"],
        ["team", "status", "aux"],
        ["view", "./com1"],
    ]
    for (status, *texts), line in zip(each(tmp_path, *reads), reads, strict=True):
        assert status in (1, 4), line
        assert "Windows keeps the name" in "".join(texts), (line, texts)


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    ((status, _, said),) = each(tmp_path, ["view", "a.toml"], folder=tmp_path)
    assert (status, said) == (4, "a.toml: This is a folder. Name a file.\n")


def test_what_libwell_names_itself_can_be_written(tmp_path: Path) -> None:
    lines = (["new", "con"], ["check", "con_.toml"], ["form", "con_.toml", "--output", ".\\"])
    said = each(tmp_path, *lines, folder=tmp_path)
    assert [status for status, *_ in said] == [0, 0, 0], said


def test_a_home_folder_is_known_by_its_sign(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    line = ("form", "staff-care", "--output", "~\\Documents\\a.html")
    done = run_windows(tmp_path, "-c", AT_HOME, in_windows(home), *line, command=PYTHON)
    assert done.returncode == 0, done.stderr.decode()
    assert names_in(home / "Documents") == {"a.html"}


def test_a_disk_that_is_not_there_is_told(tmp_path: Path) -> None:
    line = ("--data-dir", r"Q:\libwell\data", "fill", in_windows(EXAMPLE))
    done = run_windows(tmp_path, *line, command=(*LIBWELL,))
    assert done.returncode == 1
    assert b"The folder isn't there." in done.stderr


def test_only_what_a_process_left_that_is_gone_is_cleared_and_no_process_is_ended(tmp_path: Path) -> None:
    folder = tmp_path / "responses"
    with another(tmp_path, WRITER, in_windows(folder)) as writer:
        assert writer.poll() is None
        assert len(names_in(folder)) == 1
        done = run_windows(tmp_path, "-c", SWEEPER, in_windows(folder), command=PYTHON)
        assert done.stdout.split() == [b"0"], done.stderr
        assert writer.poll() is None
    done = run_windows(tmp_path, "-c", SWEEPER, in_windows(folder), command=PYTHON)
    assert done.stdout.split() == [b"1"], done.stderr
    assert names_in(folder) == set()


def as_notepad_saves(text: str) -> bytes:
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def in_notepad(path: Path, text: str) -> str:
    """Save a text as Notepad does; the file's name on Windows."""
    path.write_bytes(as_notepad_saves(text))
    return in_windows(path)


def test_answers_and_a_response_from_notepad_are_read_as_from_anywhere(tmp_path: Path) -> None:
    plain, edited = tmp_path / "plain", tmp_path / "edited"
    first = made(plain)
    assert libwell(edited, "fill", in_notepad(tmp_path / "answers.toml", EXAMPLE.read_text()))[0] == 0
    (other,) = (edited / "responses").glob("*.toml")
    in_notepad(other, other.read_text())
    reads = [["view", "latest", "--private"], ["export", "latest"], ["actions"]]
    shown = [str(each(data, *reads)) for data in (plain, edited)]
    for name, short in ((first.stem, first.stem[-4:]), (other.stem, other.stem[-4:])):
        shown = [one.replace(name, "ID").replace(short, "ID") for one in shown]
    assert shown[0] == shown[1]
    assert libwell(edited, *CHANGE)[0] == 0


def test_a_worksheet_a_copy_and_settings_from_notepad_are_read_as_from_anywhere(tmp_path: Path) -> None:
    made(tmp_path)
    team = tmp_path / "team"
    said = each(tmp_path, ["share", "latest", "--output", "team\\", "--yes"], folder=tmp_path)
    (copy,) = team.iterdir()
    in_notepad(copy, copy.read_text())
    worksheet = Path("examples/worksheets/maturity.toml").read_text()
    sheet = in_notepad(tmp_path / "maturity.toml", worksheet)
    config = in_notepad(tmp_path / "config.toml", 'libwell = "config/1"\nlibrary = "Riverside"\n')
    lines = [["check", sheet], ["check", config], ["team", "status", "team"]]
    said += each(tmp_path, *lines, folder=tmp_path)
    assert [status for status, *_ in said] == [0, 0, 0, 0], said
    assert said[3][1].endswith("Staff care, self-care  1       0\n")
