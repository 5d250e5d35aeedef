"""The record of exports: what was written from which revision, and what of that anybody changed since."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from libwell.errors import LockedError
from libwell.storage.export_record import ExportRecord

SOURCE = Path("/somewhere/k3f9.toml")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "exports.db"


def noted(path: Path, *, file: Path = Path("plan.md"), revision: int = 3, data: bytes = b"x") -> None:
    with closing(ExportRecord(path)) as record:
        record.note(file, "k3f9", revision, data, source=SOURCE)


def may_replace(path: Path, file: str = "plan.md", response: str = "k3f9", *, revision: int = 4) -> bool:
    with closing(ExportRecord(path)) as record:
        return record.may_replace(Path(file), response, revision, b"x")


def test_what_libwell_wrote_may_be_replaced_unless_a_later_revision_stands_there(path: Path) -> None:
    noted(path)
    assert may_replace(path)
    assert may_replace(path, revision=3)
    assert not may_replace(path, revision=2)
    assert not may_replace(path, response="other")
    assert not may_replace(path, "other.md")
    noted(path, data=b"y")
    assert not may_replace(path)


def test_a_file_has_a_source_only_in_the_run_that_wrote_it(path: Path) -> None:
    with closing(ExportRecord(path)) as record:
        assert record.source_of(Path("plan.md")) == ""
        record.note(Path("plan.md"), "k3f9", 1, b"x", source=SOURCE)
        assert record.source_of(Path("plan.md")) == str(SOURCE)
    with closing(ExportRecord(path)) as record:
        assert record.source_of(Path("plan.md")) == ""


def test_a_name_that_is_no_utf_8_is_a_name_too(path: Path) -> None:
    noted(path, file=Path(os.fsdecode(b"pl\xff.md")))
    assert may_replace(path, os.fsdecode(b"pl\xff.md"))


def test_it_is_for_its_owner_alone_and_holds_no_words(path: Path) -> None:
    noted(path, data=b"what somebody said")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert b"somebody" not in path.read_bytes()


@pytest.mark.parametrize("broken", [b"", b"{}", b"SQLite format 3\0" + b"\xff" * 200, os.urandom(5000)])
def test_a_broken_record_counts_as_empty_and_begins_anew(path: Path, broken: bytes) -> None:
    noted(path)
    path.write_bytes(broken)
    assert not may_replace(path)
    noted(path)
    assert may_replace(path)


def test_where_there_can_be_no_record_everything_else_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "exports.db"
    with closing(ExportRecord(path)) as record:
        record.note(Path("plan.md"), "k3f9", 1, b"x", source=SOURCE)
        assert record.source_of(Path("plan.md")) == str(SOURCE)
    assert not may_replace(path)


def test_another_export_that_is_noting_is_waited_for_and_then_gone_without(path: Path) -> None:
    noted(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(ExportRecord(path, patience=0)) as record:
            assert not record.may_replace(Path("plan.md"), "k3f9", 4, b"x")
    assert may_replace(path)


def test_what_was_written_from_a_response_is_listed_until_it_is_forgotten(path: Path) -> None:
    noted(path, file=Path("/b/plan.md"))
    noted(path, file=Path("/a/plan.md"))
    with closing(ExportRecord(path)) as record:
        assert record.files_of("k3f9") == [Path("/a/plan.md"), Path("/b/plan.md")]
        assert record.files_of("other") == []
        record.forget("k3f9")
        assert record.files_of("k3f9") == []
    assert b"/a/plan.md" not in path.read_bytes()
    assert b"k3f9" not in path.read_bytes()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("target", ["target", "nothing"])
def test_a_link_in_its_place_is_not_followed(path: Path, target: str) -> None:
    noted(path)
    elsewhere = path.rename(path.parent.parent / "target")
    before = elsewhere.read_bytes()
    path.symlink_to(path.parent.parent / target)
    noted(path)
    assert not may_replace(path)
    assert elsewhere.read_bytes() == before
    assert not (path.parent.parent / "nothing").exists()


def test_a_record_that_is_open_elsewhere_is_not_forgotten_in_silence(path: Path) -> None:
    noted(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(ExportRecord(path, patience=0)) as record, pytest.raises(LockedError):
            record.forget("k3f9")
    with closing(ExportRecord(path)) as record:
        assert record.files_of("k3f9") != []


def test_what_is_somebodys_own_is_still_known_to_be_there(path: Path) -> None:
    noted(path)
    with closing(ExportRecord(path)) as record:
        record.disown("k3f9")
    assert not may_replace(path)
    with closing(ExportRecord(path)) as record:
        assert [file.name for file in record.files_of("k3f9")] == ["plan.md"]
