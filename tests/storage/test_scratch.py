"""A private file for an editor: its modes, its way back, and that nothing stays."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from libwell.errors import SaveError
from libwell.storage.scratch import LIMIT, choose_folder, scratch_file

if TYPE_CHECKING:
    from pathlib import Path


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
    runtime, other = tmp_path / "runtime", tmp_path / "other"
    runtime.mkdir(0o700)
    environ = {"XDG_RUNTIME_DIR": str(runtime)}
    assert choose_folder(environ, otherwise=other) == runtime
    runtime.chmod(0o755)
    assert choose_folder(environ, otherwise=other) == other
    runtime.chmod(0o700)
    (tmp_path / "link").symlink_to(runtime)
    for unfit in ("", "relative", str(tmp_path / "none"), str(tmp_path / "link"), "/tmp", "/"):
        assert choose_folder({"XDG_RUNTIME_DIR": unfit}, otherwise=other) == other
    assert choose_folder({}, otherwise=other) == other
