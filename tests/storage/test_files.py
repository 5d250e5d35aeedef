"""Reading refuses what is no file of ours, writing is private and whole, and a lock is held by one."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from libwell.errors import FileRefusedError, LibwellError, LockedError, NotFoundError, SaveError
from libwell.storage import files, leftovers, locks
from libwell.storage.places import loose_modes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIB = 1 << 20


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def python(script: str, *args: object) -> str:
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_importing_loads_neither_parser_nor_locks() -> None:
    script = "import sys; from libwell.storage import files; print({'tomli', 'filelock'} & set(sys.modules))"
    assert python(script) == "set()\n"


# Reading


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"x" * MIB)
    assert files.read_file(path, limit=MIB) == b"x" * MIB


def test_a_larger_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"x" * (MIB + 1))
    with pytest.raises(FileRefusedError) as caught:
        files.read_file(path, limit=MIB)
    assert str(caught.value) == f"{path}: This is larger than 1 MiB. Make it shorter."


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"x")
    fstat = os.fstat

    def fstat_then_grow(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        path.write_bytes(b"x" * (MIB + 1))
        return found

    monkeypatch.setattr(os, "fstat", fstat_then_grow)
    with pytest.raises(FileRefusedError, match="larger than 1 MiB"):
        files.read_file(path, limit=MIB)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"x")
    (tmp_path / "link.toml").symlink_to("x.toml")
    assert files.read_file(tmp_path / "link.toml", limit=MIB) == b"x"


@pytest.mark.parametrize("name", ["missing.toml", "missing/x.toml", "file/x.toml", "dangling"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(NotFoundError, match=f"{name} isn't there"):
        files.read_file(tmp_path / name, limit=MIB)


def test_folders_devices_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        said = {
            tmp_path: "a folder",
            tmp_path / "socket": "a socket",
            type(tmp_path)("/dev/zero"): "a device",
        }
        for path, what in said.items():
            for may_be_pipe in (False, True):
                with pytest.raises(FileRefusedError, match=f"This is {what}.* Name a file."):
                    files.read_file(path, limit=MIB, may_be_pipe=may_be_pipe)


@pytest.mark.parametrize("size", [0, 3, MIB, MIB + 1])
def test_a_pipe_somebody_named_is_read_to_its_end_and_to_the_limit(tmp_path: Path, size: int) -> None:
    os.mkfifo(tmp_path / "pipe")
    script = f"pipe = open({str(tmp_path / 'pipe')!r}, 'wb', buffering=0); pipe.write(b'x' * {size})"
    with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL):
        if size > MIB:
            with pytest.raises(FileRefusedError, match="larger than 1 MiB"):
                files.read_file(tmp_path / "pipe", limit=MIB, may_be_pipe=True)
        else:
            assert files.read_file(tmp_path / "pipe", limit=MIB, may_be_pipe=True) == b"x" * size


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    script = """
import sys
from pathlib import Path
from libwell.storage import files, leftovers, locks
try:
    files.read_file(Path(sys.argv[1]), limit=1)
except Exception as error:
    print(type(error).__name__)
"""
    assert python(script, tmp_path / "pipe") == "FileRefusedError\n"


def test_what_the_system_refuses_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name, reason in (("loop", "symbolic link"), ("x" * 300, "too long"), ("a\0b", "character")):
        with pytest.raises(LibwellError, match=reason) as caught:
            files.read_file(tmp_path / name, limit=MIB)
        assert type(caught.value) is LibwellError
        assert len(str(caught.value).splitlines()) == 1

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(LibwellError, match=r"^\S+/a b could not be read. Permission is denied. Change"):
        files.read_file(tmp_path / "a\nb", limit=MIB)


def test_text_loses_its_byte_order_mark_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\xef\xbb\xbf\r\x00\xc3\xa9\n")
    assert files.read_text(path, limit=MIB) == "a\r\nb\ufeff\r\x00é\n"
    path.write_bytes(b"")
    assert files.read_text(path, limit=MIB) == ""


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff\xfea\x00", 1),
        (b"canary\r\ncanary\ncanary \xe9t\xe9\n", 3),
        (b"a\n\xed\xa0\x80", 2),
        (b"a\n\n\xc3", 3),
    ],
    ids=["utf-16", "latin-1", "surrogate", "cut off"],
)
def test_other_bytes_than_utf8_are_refused_with_their_line(tmp_path: Path, data: bytes, line: int) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(FileRefusedError) as caught:
        files.read_text(path, limit=MIB)
    assert str(caught.value) == f"{path}:{line}: This is not UTF-8 text. Save it as UTF-8."
    assert caught.value.__context__ is None


def test_listing_gives_visible_regular_files_by_name(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", ".a.toml", "a.toml.bak", ".a.toml.1-00000000.tmp"):
        (tmp_path / name).touch()
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    assert files.list_files(tmp_path, suffix=".toml") == [tmp_path / "a.toml", tmp_path / "b.toml"]
    assert files.list_files(tmp_path / "missing", suffix=".toml") == []


def test_loose_modes_are_listed(tmp_path: Path) -> None:
    modes = {"tight": 0o600, "read": 0o640, "other": 0o601, "write": 0o620}
    paths = [tmp_path / name for name in modes]
    for path in paths:
        path.touch()
        path.chmod(modes[path.name])
    (tmp_path / "folder").mkdir(0o755)
    (tmp_path / "own").mkdir(0o700)
    paths += [tmp_path / "folder", tmp_path / "own", tmp_path / "missing"]
    assert [path.name for path in loose_modes(paths)] == ["read", "other", "write", "folder"]


# Writing


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_private_files_and_folders_are_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    tmp_path.chmod(0o755)
    folder = tmp_path / "a" / "b" / "c"
    with umask(mask):
        files.make_private_folder(folder)
        files.write_durably(folder / "x.toml", b"1")
        files.write_durably(folder / "x.toml", b"2", backup=folder / "x.toml.bak")
        files.create_exclusively(folder / "y.toml", b"3")
        with locks.lock(folder / "x.toml"):
            assert mode(folder / ".x.toml.lock") == 0o600 & ~mask
    assert {mode(path) for path in (folder, *folder.parents[:2])} == {0o700}
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_an_export_has_the_mode_the_umask_leaves(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        files.write_durably(tmp_path / "x.html", b"1", private=False)
    assert mode(tmp_path / "x.html") == 0o666 & ~mask


def test_folders_that_are_there_keep_their_modes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(0o755)
    files.make_private_folder(tmp_path / "a" / "b")
    files.make_private_folder(tmp_path / "a")
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o755, 0o700)


def test_a_folder_made_by_many_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c" / "d"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(files.make_private_folder, [folder] * 32))
    assert folder.is_dir()


@pytest.mark.parametrize("name", ["file", "file/a", "dangling", "dangling/a"])
def test_no_folder_is_made_where_something_else_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(SaveError, match=r"in the way|not a folder"):
        files.make_private_folder(tmp_path / name)


def test_saving_tightens_a_loose_file(tmp_path: Path) -> None:
    path, backup = tmp_path / "x.toml", tmp_path / "x.toml.bak"
    path.touch(0o666)
    path.chmod(0o666)
    files.write_durably(path, b"1", backup=backup)
    assert (mode(path), mode(backup)) == (0o600, 0o600)


def test_the_backup_is_the_version_before(tmp_path: Path) -> None:
    path, backup = tmp_path / "x.toml", tmp_path / "x.toml.bak"
    files.write_durably(path, b"1", backup=backup)
    assert not backup.exists()
    files.write_durably(path, b"2", backup=backup)
    files.write_durably(path, b"3", backup=backup)
    assert (path.read_bytes(), backup.read_bytes()) == (b"3", b"2")
    files.write_durably(path, b"4")
    assert (path.read_bytes(), backup.read_bytes()) == (b"4", b"2")


def test_a_backup_that_is_the_same_file_does_no_harm(tmp_path: Path) -> None:
    """As it is after a process was killed between keeping the old version and putting the new one there."""
    path, backup = tmp_path / "x.toml", tmp_path / "x.toml.bak"
    path.write_bytes(b"1")
    backup.hardlink_to(path)
    files.write_durably(path, b"2", backup=backup)
    assert (path.read_bytes(), backup.read_bytes()) == (b"2", b"1")
    assert sorted(tmp_path.iterdir()) == [path, backup]


def test_a_link_planted_at_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "urandom", lambda size: b"\xab" * size)
    victim, path = tmp_path / "victim", tmp_path / "x.toml"
    victim.write_bytes(b"victim")
    planted = tmp_path / f".x.toml.{os.getpid()}-abababab.tmp"
    planted.symlink_to(victim)
    for save in (files.write_durably, files.create_exclusively):
        with pytest.raises(SaveError, match="in the way"):
            save(path, b"1")
    assert victim.read_bytes() == b"victim"
    assert planted.is_symlink()
    assert not path.exists()


@pytest.mark.parametrize("write", [files.write_durably, files.write_whole])
def test_a_link_of_ones_own_stays_and_the_file_it_leads_to_is_replaced(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    (tmp_path / "kept").mkdir()
    real, between, path = tmp_path / "kept" / "real", tmp_path / "kept" / "between", tmp_path / "x.toml"
    real.write_bytes(b"0")
    between.symlink_to("real")
    path.symlink_to("kept/between")
    write(path, b"1")
    assert (path.is_symlink(), between.is_symlink(), real.is_symlink()) == (True, True, False)
    assert real.read_bytes() == b"1"
    files.write_durably(path, b"2", backup=tmp_path / "x.toml.bak")
    assert (real.read_bytes(), (tmp_path / "x.toml.bak").read_bytes()) == (b"2", b"1")
    assert sorted(one.name for one in real.parent.iterdir()) == ["between", "real"]


@pytest.mark.parametrize("write", [files.write_durably, files.write_whole])
@pytest.mark.parametrize(("aim", "said"), [("nowhere", "isn't there"), ("x.toml", "in a circle")])
def test_a_link_that_leads_nowhere_is_refused(
    tmp_path: Path, write: Callable[[Path, bytes], None], aim: str, said: str
) -> None:
    path = tmp_path / "x.toml"
    path.symlink_to(aim)
    with pytest.raises(SaveError, match=f"x.toml is a symbolic link .*{said}"):
        write(path, b"1")
    assert [one.name for one in tmp_path.iterdir()] == ["x.toml"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("given", ["link", "between", "real"])
def test_a_link_that_somebody_else_has_a_hand_in_is_refused(tmp_path: Path, given: str) -> None:
    real, between, link = tmp_path / "real", tmp_path / "between", tmp_path / "link"
    real.write_bytes(b"0")
    between.symlink_to("real")
    link.symlink_to("between")
    os.chown(tmp_path / given, 65534, 65534, follow_symlinks=False)
    with pytest.raises(SaveError, match="somebody else"):
        files.write_durably(link, b"1")
    assert real.read_bytes() == b"0"


def test_folders_pipes_and_devices_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "null", "folder"):
        with pytest.raises(SaveError, match="is not a regular file"):
            files.write_durably(tmp_path / name, b"1", private=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "null", "pipe"]
    assert (tmp_path / "null").is_symlink()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/x.toml", "The folder isn't there"),
        ("file/x.toml", "not a folder"),
        ("x" * 300, "too long"),
        ("a\0b", "character"),
        ("\ud800", "character"),
        ("line\nbreak/x", "line break/x could not be saved"),
    ],
)
def test_where_nothing_can_be_saved_one_line_says_so(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "file").touch()
    for save in (files.write_durably, files.create_exclusively):
        with pytest.raises(SaveError, match=reason) as caught:
            save(tmp_path / name, b"1")
        assert len(str(caught.value).splitlines()) == 1


def test_creating_refuses_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    files.create_exclusively(tmp_path / "x.toml", b"1")
    for name in ("x.toml", "dangling"):
        with pytest.raises(FileExistsError):
            files.create_exclusively(tmp_path / name, b"2")
    assert (tmp_path / "x.toml").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dangling", "x.toml"]


def test_of_many_who_create_one_name_one_does(tmp_path: Path) -> None:
    def create(number: int) -> int:
        try:
            files.create_exclusively(tmp_path / "x.toml", str(number).encode())
        except FileExistsError:
            return -1
        return number

    with ThreadPoolExecutor(8) as pool:
        made = [number for number in pool.map(create, range(32)) if number >= 0]
    assert made == [int((tmp_path / "x.toml").read_bytes())]
    assert len(list(tmp_path.iterdir())) == 1


def test_removing_is_fine_with_nothing_there(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.touch()
    files.remove_file(path)
    files.remove_file(path)
    files.remove_file(tmp_path / "missing" / "x.toml")
    assert not path.exists()


def test_the_sweep_takes_only_what_a_save_of_that_file_left(tmp_path: Path) -> None:
    left = [".x[1].toml.12-0123abcd.tmp", ".x[1].toml.9-ffffffff.tmp"]
    others = [
        "x[1].toml",
        ".x1.toml.12-0123abcd.tmp",
        ".x[1].toml.bak.12-0123abcd.tmp",
        ".x[1].toml.notes.tmp",
    ]
    for name in (*left, *others):
        (tmp_path / name).touch()
    assert leftovers.sweep_stale(tmp_path, "x[1].toml") == len(left)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)
    assert leftovers.sweep_stale(tmp_path / "missing", "x.toml") == 0


# Locks

HOLD = """
import sys
from pathlib import Path
from libwell.storage import files, leftovers, locks
with locks.lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield other


def test_a_second_process_is_told_at_once_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with holder(path) as other:
        with pytest.raises(LockedError) as caught, locks.lock(path):
            pass
        assert caught.value.message == f"{path} is open in another libwell (process {other.pid})."
        assert caught.value.remedy == "Finish or pause it there first."
        assert locks.stale_locks(tmp_path) == []
    with locks.lock(path):
        assert locks.stale_locks(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says whether one is stopped")
def test_of_a_stopped_process_it_says_how_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with holder(path) as other:
        other.send_signal(signal.SIGSTOP)
        os.waitpid(other.pid, os.WUNTRACED)
        with pytest.raises(LockedError) as caught, locks.lock(path):
            pass
        other.send_signal(signal.SIGCONT)
    assert caught.value.message.endswith(f"that was stopped with Ctrl-Z (process {other.pid}).")
    assert caught.value.remedy.startswith("Type fg ")


def test_of_a_holder_that_is_not_known_it_says_both(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with locks.lock(path):
        (tmp_path / ".x.toml.lock").write_text("4194304000\n")
        with pytest.raises(LockedError) as caught, locks.lock(path):
            pass
    assert caught.value.remedy.startswith("Finish or pause it there first. If you stopped it with Ctrl-Z")


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with holder(path) as other:
        other.kill()
    assert locks.stale_locks(tmp_path) == [tmp_path / ".x.toml.lock"]
    (tmp_path / ".x.toml.lock").write_text("4194304000\n")  # longer than ours
    with locks.lock(path):
        assert (tmp_path / ".x.toml.lock").read_text() == f"{os.getpid()}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_not_taken_twice_in_one_process_and_ends_with_its_block(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with locks.lock(path), pytest.raises(LockedError, match=f"process {os.getpid()}"), locks.lock(path):
        pass
    with pytest.raises(ZeroDivisionError), locks.lock(path):
        _ = 1 // 0
    with pytest.raises(OSError, match=r"^inside$"), locks.lock(path):
        raise OSError("inside")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_file_is_private_and_says_nothing_of_its_holder_but_the_number(tmp_path: Path) -> None:
    place = tmp_path / ".x.toml.lock"
    with umask(0), locks.lock(tmp_path / "x.toml"):
        assert (mode(place), place.read_text()) == (0o600, f"{os.getpid()}\n")
        place.write_text("no number\n")
        with pytest.raises(LockedError) as caught, locks.lock(tmp_path / "x.toml"):
            pass
        assert caught.value.message == f"{tmp_path / 'x.toml'} is open in another libwell."


def test_a_process_started_meanwhile_does_not_keep_the_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with locks.lock(tmp_path / "x.toml"):
        editor = subprocess.Popen(command, stdin=subprocess.PIPE, close_fds=False)
    with editor, locks.lock(tmp_path / "x.toml"):
        assert editor.poll() is None


def test_a_lock_file_that_another_put_there_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / ".x.toml.lock"
    with locks.lock(tmp_path / "x.toml"):
        place.unlink()
        with locks.lock(tmp_path / "x.toml"):
            theirs = place.stat().st_ino
        place.touch()
        theirs = place.stat().st_ino
    assert place.stat().st_ino == theirs


def test_no_lock_where_there_can_be_no_lock_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"victim")
    (tmp_path / ".x.toml.lock").symlink_to(victim)
    (tmp_path / ".y.toml.lock").mkdir()
    for name in ("x.toml", "y.toml", "missing/z.toml"):
        path = tmp_path / name
        with pytest.raises(SaveError, match=f"{name} could not be locked") as caught, locks.lock(path):
            pass
        assert len(str(caught.value).splitlines()) == 1
    assert victim.read_bytes() == b"victim"
    assert locks.stale_locks(tmp_path) == []
    assert locks.stale_locks(tmp_path / "missing") == []


COUNT = """
import sys, time
from pathlib import Path
from libwell.errors import LockedError
from libwell.storage import files, leftovers, locks

path = Path(sys.argv[1])
done = 0
while done < 50:
    try:
        with locks.lock(path):
            count = int(files.read_text(path, limit=100))
            files.write_durably(path, str(count + 1).encode(), backup=path.with_name("count.bak"))
            done += 1
    except LockedError:
        time.sleep(0.0005)
"""


@pytest.mark.thorough
def test_eight_writers_of_fifty_updates_lose_none(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_bytes(b"0")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: python(COUNT, path), range(8)))
    assert path.read_bytes() == b"400"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["count", "count.bak"]
