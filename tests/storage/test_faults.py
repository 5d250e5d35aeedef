"""Whatever call of a save fails, the file has all of its old bytes or all of the new; one line says why."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from libwell.errors import SaveError
from libwell.storage import files, leftovers
from libwell.storage.new_versions import new_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = b"old\n" * 5000, b"new\n" * 6000
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
CALLS = ("open", "close", "stat", "write", "fsync", "fchmod", "chmod", "link", "replace", "unlink", "mkdir")


class Disk:
    """The calls `os` makes, counted; the one numbered `failing` fails, and so does every one in `broken`."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failing = -1
        self.broken: dict[str, int] = {}
        self.fault = errno.EIO
        self.replaced = False

    def watch(self, patch: pytest.MonkeyPatch, path: Path) -> None:
        self.calls, self.replaced = [], False
        for name in CALLS:
            patch.setattr(os, name, self.counted(name, getattr(os, name), path))

    def counted(self, name: str, call: Callable[..., Any], path: Path) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            fault = self.fault if len(self.calls) - 1 == self.failing else self.broken.get(name, 0)
            if fault and name != "close":
                raise OSError(fault, os.strerror(fault))
            result = call(*args, **kwargs)
            if fault:  # Linux closes also when it reports an error
                raise OSError(fault, os.strerror(fault))
            self.replaced |= name == "replace" and args[1] == path
            return result

        return called


@pytest.fixture
def disk() -> Disk:
    return Disk()


def overwrite(path: Path) -> None:
    files.write_durably(path, NEW)


def overwrite_keeping_a_backup(path: Path) -> None:
    files.write_durably(path, NEW, backup=path.with_name("x.toml.bak"))


def overwrite_an_export(path: Path) -> None:
    files.write_durably(path, NEW, private=False)


def overwrite_piece_by_piece(path: Path) -> None:
    with new_version(path) as version:
        for start in range(0, len(NEW), 10_000):
            version.write(NEW[start : start + 10_000])
        version.take_place()


WAYS = [overwrite, overwrite_keeping_a_backup, overwrite_an_export, overwrite_piece_by_piece]


def run(disk: Disk, folder: Path, save: Callable[[Path], None], *, old: bytes | None) -> SaveError | None:
    """Save once in a folder of its own; the calls are the real ones again on return."""
    folder.mkdir(exist_ok=True)
    path = folder / "x.toml"
    if old is not None:
        path.write_bytes(old)
    with pytest.MonkeyPatch.context() as patch:
        disk.watch(patch, path)
        try:
            save(path)
        except SaveError as error:
            return error
    return None


def left_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()} - {"x.toml", "x.toml.bak"}


@pytest.mark.parametrize("old", [OLD, None], ids=["old", "none"])
@pytest.mark.parametrize("save", WAYS)
def test_each_call_failing_in_turn(
    tmp_path: Path, disk: Disk, save: Callable[[Path], None], old: bytes | None
) -> None:
    assert run(disk, tmp_path / "whole", save, old=old) is None
    calls = list(disk.calls)
    assert {"open", "write", "fsync", "replace", "close"} <= set(calls)
    for number, name in enumerate(calls):
        for disk.fault in FAULTS:
            disk.failing = number
            folder = tmp_path / f"{number}-{disk.fault}"
            error = run(disk, folder, save, old=old)
            path = folder / "x.toml"
            assert left_in(folder) == set()
            if name == "unlink":  # of what has already been renamed: nothing is lost with it
                assert error is None
                continue
            assert error is not None
            assert len(str(error).splitlines()) == 1
            if not disk.replaced:
                assert str(path) in str(error)
                assert (path.read_bytes() if path.exists() else None) == old
            else:
                assert str(folder) in str(error)
                assert path.read_bytes() == NEW


@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_is_the_old_version_whole_whatever_fails(tmp_path: Path, disk: Disk, fault: int) -> None:
    run(disk, tmp_path / "whole", overwrite_keeping_a_backup, old=OLD)
    disk.fault = fault
    for number in range(len(disk.calls)):
        disk.failing = number
        folder = tmp_path / str(number)
        run(disk, folder, overwrite_keeping_a_backup, old=OLD)
        backup = folder / "x.toml.bak"
        assert not backup.exists() or backup.read_bytes() == OLD
        disk.failing = -1
        assert run(disk, folder, overwrite_keeping_a_backup, old=None) is None
        assert backup.read_bytes() in (OLD, NEW)
        assert left_in(folder) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_creating_leaves_a_whole_file_or_none(tmp_path: Path, disk: Disk, fault: int) -> None:
    def create(path: Path) -> None:
        files.create_exclusively(path, NEW)

    assert run(disk, tmp_path / "whole", create, old=None) is None
    calls = list(disk.calls)
    assert "link" in calls
    disk.fault = fault
    for number, name in enumerate(calls):
        disk.failing = number
        folder = tmp_path / str(number)
        error = run(disk, folder, create, old=None)
        path = folder / "x.toml"
        assert not path.exists() or path.read_bytes() == NEW
        if name == "unlink":
            assert error is None
            assert len(left_in(folder)) == 1  # the second name, for the next sweep
        else:
            assert error is not None
            assert left_in(folder) == set()


def test_the_folder_failing_to_sync_is_told_apart(tmp_path: Path, disk: Disk) -> None:
    run(disk, tmp_path / "whole", overwrite, old=OLD)
    disk.failing = max(number for number, name in enumerate(disk.calls) if name == "fsync")
    error = run(disk, tmp_path / "x", overwrite, old=OLD)
    assert "may not outlast a power cut. The disk reported an error." in str(error)
    assert (tmp_path / "x" / "x.toml").read_bytes() == NEW


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "Your share of the disk is used up."),
        (errno.EROFS, "The disk can only be read."),
        (errno.EACCES, "Permission is denied."),
        (errno.EIO, "The disk reported an error."),
        (errno.ENXIO, "No such device or address."),
    ],
)
def test_the_line_names_the_file_and_the_reason(tmp_path: Path, disk: Disk, fault: int, reason: str) -> None:
    disk.broken = {"write": fault}
    error = run(disk, tmp_path / "x", overwrite, old=OLD)
    assert error is not None
    assert error.message == f"{tmp_path / 'x' / 'x.toml'} could not be saved. {reason}"
    assert isinstance(error.__cause__, OSError)


def test_what_cannot_be_removed_is_left_for_the_sweep(tmp_path: Path, disk: Disk) -> None:
    disk.broken = {"write": errno.EIO, "unlink": errno.EIO}
    folder = tmp_path / "x"
    error = run(disk, folder, overwrite, old=OLD)
    assert "The disk reported an error." in str(error)
    assert (folder / "x.toml").read_bytes() == OLD
    assert leftovers.sweep_stale(folder, "x.toml") == 1
    assert left_in(folder) == set()


def test_a_file_system_without_modes_or_folder_sync_will_do(tmp_path: Path, disk: Disk) -> None:
    disk.broken = {"fchmod": errno.EPERM, "chmod": errno.EPERM}
    before = os.umask(0)
    try:
        assert run(disk, tmp_path / "modes", overwrite_keeping_a_backup, old=OLD) is None
    finally:
        os.umask(before)
    assert (tmp_path / "modes" / "x.toml").stat().st_mode & 0o777 == 0o600
    disk.broken = {}
    disk.failing, disk.fault = max(n for n, name in enumerate(disk.calls) if name == "fsync"), errno.EINVAL
    assert run(disk, tmp_path / "sync", overwrite_keeping_a_backup, old=OLD) is None
    assert (tmp_path / "sync" / "x.toml").read_bytes() == NEW


def test_a_file_system_without_links_will_do(tmp_path: Path, disk: Disk) -> None:
    disk.broken = {"link": errno.EPERM}
    assert run(disk, tmp_path / "save", overwrite_keeping_a_backup, old=OLD) is None
    backup = tmp_path / "save" / "x.toml.bak"
    assert (backup.read_bytes(), backup.stat().st_mode & 0o777) == (OLD, 0o600)

    def create(path: Path) -> None:
        files.create_exclusively(path, NEW)

    assert run(disk, tmp_path / "create", create, old=None) is None
    made = tmp_path / "create" / "x.toml"
    assert (made.read_bytes(), made.stat().st_mode & 0o777) == (NEW, 0o600)
    with pytest.raises(FileExistsError):
        run(disk, tmp_path / "taken", create, old=OLD)
    disk.broken = {"link": errno.EPERM, "replace": errno.EIO}
    assert run(disk, tmp_path / "broken", create, old=None) is not None
    assert not list((tmp_path / "broken").iterdir())


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:1000]))
    files.write_durably(tmp_path / "x.toml", NEW)
    assert (tmp_path / "x.toml").read_bytes() == NEW


def test_ctrl_c_in_a_save_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "x.toml"
    path.write_bytes(OLD)
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_durably(path, NEW)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == OLD


def test_removing_and_making_folders_report_faults_in_one_line(tmp_path: Path, disk: Disk) -> None:
    disk.broken = {"fsync": errno.EIO}
    error = run(disk, tmp_path / "x", files.remove_file, old=OLD)
    assert len(str(error).splitlines()) == 1
    disk.broken = {"unlink": errno.EACCES}
    error = run(disk, tmp_path / "y", files.remove_file, old=OLD)
    assert "x.toml could not be removed. Permission is denied." in str(error)
    for name in ("mkdir", "chmod", "fsync", "open"):
        disk.broken = {name: errno.ENOSPC}
        error = run(disk, tmp_path / name, lambda path: files.make_private_folder(path / "a" / "b"), old=None)
        assert "The disk is full." in str(error)
        assert len(str(error).splitlines()) == 1


SAVE_UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from libwell.errors import SaveError
from libwell.storage import files, leftovers

resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
try:
    files.write_durably(Path(sys.argv[1]), b"new" * 20_000)
except SaveError as error:
    print(error)
"""


def test_a_real_limit_met_in_the_middle_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(OLD)
    command = [sys.executable, "-c", SAVE_UNDER_A_LIMIT, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == f"{path} could not be saved. File too large.\n"
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == OLD


FILL_A_DISK = """
import sys
from pathlib import Path
from libwell.errors import SaveError
from libwell.storage import files, leftovers

path = Path(sys.argv[1]) / "x.toml"
files.write_durably(path, b"old" * 10_000)
try:
    files.write_durably(path, b"new" * 20_000)
except SaveError as error:
    print(error.message)
print(path.read_bytes() == b"old" * 10_000, len(list(path.parent.iterdir())))
"""


def test_a_real_disk_that_is_full(tmp_path: Path) -> None:
    """A file system of 64 kB in a mount namespace of its own, which goes with the process."""
    mounted = 'mount -t tmpfs -o size=64k none "$0" 2>/dev/null || exit 77; exec "$@"'
    python = [sys.executable, "-c", FILL_A_DISK, str(tmp_path)]
    command = ["unshare", "--mount", "sh", "-c", mounted, str(tmp_path), *python]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if "unshare" in done.stderr or done.returncode == 77:
        pytest.skip("no right to mount here")
    assert done.stdout == f"{tmp_path / 'x.toml'} could not be saved. The disk is full.\nTrue 1\n"
