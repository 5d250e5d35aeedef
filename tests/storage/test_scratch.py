"""A private file for an editor: its modes, its way back, and that nothing stays."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from libwell.errors import SaveError
from libwell.storage.scratch import LIMIT, abandoned, scratch_file, scratch_folders, sweep


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_it(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with scratch_file(tmp_path / "new" / "folder", "text") as file:
            assert mode(file.path) == 0o600
            assert mode(file.path.parent) == 0o700
            assert file.path.name == "answer.txt"
    finally:
        os.umask(before)
    assert mode(tmp_path / "new" / "folder") == 0o700


@pytest.mark.parametrize(
    "text", ["", "one", "one\n", "one\n\n", "\n", "caf\u00e9\n\ntwo \t", "a\r\nb", "\x1b\x00"]
)
def test_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    with scratch_file(tmp_path, text) as file:
        assert file.read() == (text, True)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (b"", ""),
        (b"one\n", "one"),
        (b"one\r\n", "one"),
        (b"\xef\xbb\xbfone", "one"),
        (b"caf\xe9 caf\xc3\xa9", "caf\u00e9 caf\u00e9"),
        (b"\xff\xfe", "\u00ff\u00fe"),
    ],
)
def test_what_an_editor_leaves_is_read(tmp_path: Path, left: bytes, text: str) -> None:
    with scratch_file(tmp_path, "before") as file:
        file.path.write_bytes(left)
        assert file.read() == (text, True)


def test_too_much_text_is_cut_and_that_is_told(tmp_path: Path) -> None:
    with scratch_file(tmp_path, "") as file:
        file.path.write_bytes(b"x" * LIMIT)
        assert file.read() == ("x" * LIMIT, True)
        file.path.write_bytes(b"x" * (LIMIT + 1))
        assert file.read() == ("x" * LIMIT, False)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with scratch_file(tmp_path, "") as file:
        file.path.unlink()
        with pytest.raises(SaveError, match="could not be read"):
            file.read()


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), SystemExit(143)])
def test_nothing_stays_however_it_ends(tmp_path: Path, error: BaseException) -> None:
    def use() -> None:
        with scratch_file(tmp_path, "private") as file:
            file.path.with_name(".answer.txt.swp").write_text("private")
            (file.path.parent / "undo").mkdir()
            raise error

    with pytest.raises(type(error)):
        use()
    assert list(tmp_path.iterdir()) == []


def test_no_place_for_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError), scratch_file(tmp_path / "file" / "folder", "x"):
        pass


def test_the_runtime_folder_is_taken_only_if_it_is_private_and_ours(tmp_path: Path) -> None:
    runtime, data = tmp_path / "runtime", tmp_path / "data"
    runtime.mkdir(0o700)
    environ = {"XDG_RUNTIME_DIR": str(runtime)}
    assert scratch_folders(environ, data) == (runtime, data)
    runtime.chmod(0o755)
    assert scratch_folders(environ, data) == (data,)
    runtime.chmod(0o700)
    (tmp_path / "link").symlink_to(runtime)
    for unfit in ("", "relative", str(tmp_path / "none"), str(tmp_path / "link"), "/tmp", "/"):
        assert scratch_folders({"XDG_RUNTIME_DIR": unfit}, data) == (data,)
    assert scratch_folders({}, data) == (data,)


# --- what a kill leaves ---------------------------------------------------------------------------

OPENS = """
import sys, time
from pathlib import Path
from libwell.storage.scratch import scratch_file
with scratch_file(Path(sys.argv[1]), "private") as file:
    print(file.path, flush=True)
    time.sleep(600)
"""


def killed(folder: Path) -> Path:
    """The folder of a libwell that was killed with an editor open."""
    process = subprocess.Popen([sys.executable, "-c", OPENS, str(folder)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout
        path = Path(process.stdout.readline().strip())
        assert abandoned([folder]) == []
        assert sweep([folder]) == 0
        assert path.read_text(encoding="utf-8") == "private\n"
        process.kill()
    return path.parent


@pytest.mark.parametrize("beside", ["answer.txt~", "#answer.txt#", ".answer.txt.swp", "answer.txt.orig"])
def test_what_a_kill_left_is_found_and_swept_with_all_that_lies_beside_it(
    tmp_path: Path, beside: str
) -> None:
    left = [killed(tmp_path / name) for name in ("one", "two")]
    (left[0] / beside).write_text("private", encoding="utf-8")
    (left[0] / "answer.txt").unlink()
    folders = (tmp_path / "one", tmp_path / "two", tmp_path / "none")
    assert abandoned(folders) == left
    assert sweep(folders) == 2
    assert [*tmp_path.rglob("*")] == [tmp_path / "one", tmp_path / "two"]
    assert (abandoned(folders), sweep(folders)) == ([], 0)


def test_an_earlier_libwell_that_knew_no_lock_left_its_folder(tmp_path: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix="libwell-", dir=tmp_path))
    (old / "answer.txt").write_text("private", encoding="utf-8")
    assert abandoned([tmp_path]) == [old]
    assert sweep([tmp_path]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_kill_before_there_was_a_text_leaves_nothing_for_long(tmp_path: Path) -> None:
    (tmp_path / "libwell-0a1b2c3d").mkdir()
    (tmp_path / ".libwell-0a1b2c3d.lock").touch()
    (tmp_path / ".libwell-ffffffff.lock").touch()
    sweep([tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_open_stays_while_others_are_swept(tmp_path: Path) -> None:
    left = killed(tmp_path)
    with scratch_file(tmp_path, "mine") as file:
        assert abandoned([tmp_path]) == [left]
        assert sweep([tmp_path]) == 1
        assert file.read() == ("mine", True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("libwell-personal", "letter.txt"),
        ("libwell-backup", "answer.txt"),
        ("my-libwell-0a1b2c3d", "answer.txt"),
        ("responses", "answer.txt"),
        ("libwell-0a1b2c3", "answer.txt"),
    ],
)
def test_what_a_person_keeps_there_stays(tmp_path: Path, name: str, inside: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / inside).write_text("kept", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert (abandoned([tmp_path]), sweep([tmp_path])) == ([], 0)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "folder"
    for made in (elsewhere, folder, folder / "libwell-ours5678"):
        made.mkdir()
    (elsewhere / "answer.txt").write_text("kept", encoding="utf-8")
    (folder / "libwell-aaaaaaaa").symlink_to(elsewhere)
    (folder / "libwell-bbbbbbbb").write_text("kept", encoding="utf-8")
    (folder / ".libwell-cccccccc.lock").symlink_to(elsewhere / "answer.txt")
    (folder / "libwell-ours5678" / "answer.txt").symlink_to(elsewhere / "answer.txt")
    assert abandoned([folder]) == [folder / "libwell-ours5678"]
    assert sweep([folder]) == 1
    assert (elsewhere / "answer.txt").read_text(encoding="utf-8") == "kept"
    assert {one.name for one in folder.iterdir()} == {
        "libwell-aaaaaaaa",
        "libwell-bbbbbbbb",
        ".libwell-cccccccc.lock",
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_what_belongs_to_somebody_else_stays(tmp_path: Path) -> None:
    left = killed(tmp_path)
    os.chown(left, 12345, 12345)
    assert (abandoned([tmp_path]), sweep([tmp_path])) == ([], 0)
    assert (left / "answer.txt").exists()


def test_what_can_not_be_looked_into_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert (abandoned([tmp_path / "file"]), sweep([tmp_path / "file", tmp_path])) == ([], 0)
