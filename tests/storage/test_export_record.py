"""The record of exports: what was written from which revision, and what of that anybody changed since."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from libwell.errors import LockedError
from libwell.storage.export_record import ExportRecord
from libwell.storage.seen import FileState, Noted, Seen, digest_of

SOURCE, MOVED, OTHER = (Path(f"/{folder}/k3f9.toml") for folder in ("somewhere", "moved", "other"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "exports.db"


def written(file: Path = Path("plan.md"), *, revision: int = 3, data: bytes = b"x") -> Noted:
    """A file that was written from k3f9, asked for as md."""
    seen = Seen(FileState(len(data), 5, 7), digest_of(data))
    read = Seen(None, digest_of(b"source"))
    return Noted(file, SOURCE, "k3f9", revision, "md", withheld=2, undated=0, written=seen, read=read)


def noted(path: Path, *, file: Path = Path("plan.md"), revision: int = 3, data: bytes = b"x") -> None:
    with closing(ExportRecord(path)) as record:
        record.note(written(file, revision=revision, data=data))


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


def test_a_file_has_the_source_it_was_last_written_from(path: Path) -> None:
    with closing(ExportRecord(path)) as record:
        assert record.source_of(Path("plan.md")) == ""
        record.note(written())
        assert record.source_of(Path("plan.md")) == str(SOURCE)
        record.note(written()._replace(source=MOVED))
    with closing(ExportRecord(path)) as record:
        assert record.source_of(Path("plan.md")) == str(MOVED)


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
        record.note(written())
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


def test_what_was_written_is_found_by_its_source_and_by_its_name_for_what_was_asked(path: Path) -> None:
    folder = Path("/out")
    known = written(folder / "k3f9.md")
    with closing(ExportRecord(path)) as record:
        record.note(known)
        record.note(written(Path("/elsewhere/k3f9.md"), data=b"y"))
        assert record.find(folder, {SOURCE: "any.md"}, "md") == {SOURCE: known}
        assert record.find(folder, {MOVED: "k3f9.md", OTHER: "x.md"}, "md") == {MOVED: known}
        assert record.find(folder, {SOURCE: "k3f9.md"}, "html") == {}
        assert record.find(Path("/other"), {SOURCE: "k3f9.md"}, "md") == {}
        record.disown("k3f9")
        mine = record.find(folder, {SOURCE: "k3f9.md"}, "md")[SOURCE]
    assert mine.written == Seen(None, b"")
    assert not mine.written.is_still(FileState(1, 5, 7), lambda: b"x")


def test_what_was_written_into_a_folder_is_not_what_was_into_those_in_it(path: Path) -> None:
    for name in ("/out/b.md", "/out/a.md", "/out/in/c.md", "/outer/d.md"):
        noted(path, file=Path(name))
    with closing(ExportRecord(path)) as record:
        assert [one.path.name for one in record.written_into(Path("/out"))] == ["a.md", "b.md"]
        record.strike(Path("/out/a.md"))
        assert [one.path.name for one in record.written_into(Path("/out"))] == ["b.md"]
        assert record.knows(Path("/out"))
        assert not record.knows(Path("/ou"))


def test_a_file_of_a_forgotten_response_is_known_by_its_name_and_its_bytes(path: Path) -> None:
    noted(path, file=Path("/out/a.md"))
    with closing(ExportRecord(path)) as record:
        assert not record.was_forgotten(Path("/out/a.md"), b"x")
        record.forget("k3f9")
        assert record.was_forgotten(Path("/out/a.md"), b"x")
        assert not record.was_forgotten(Path("/out/a.md"), b"y")
        assert not record.was_forgotten(Path("/out/b.md"), b"x")


EARLIER = """
    CREATE TABLE run (number INTEGER NOT NULL);
    INSERT INTO run VALUES (4);
    CREATE TABLE written (
        file BLOB PRIMARY KEY, response TEXT NOT NULL, revision INTEGER NOT NULL, digest BLOB NOT NULL,
        run INTEGER NOT NULL, source BLOB NOT NULL
    ) WITHOUT ROWID;
"""


def test_a_record_made_earlier_still_says_what_is_libwells_own(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as earlier:
        earlier.executescript(EARLIER)
        row = (b"/out/a.md", "k3f9", 3, digest_of(b"x"), 4, os.fsencode(SOURCE))
        earlier.execute("INSERT INTO written VALUES (?, ?, ?, ?, ?, ?)", row)
        earlier.commit()
    with closing(ExportRecord(path)) as record:
        assert record.may_replace(Path("/out/a.md"), "k3f9", 3, b"x")
        assert record.files_of("k3f9") == [Path("/out/a.md")]
        assert record.find(Path("/out"), {SOURCE: "a.md"}, "md") == {}
        (other,) = record.written_into(Path("/out"))
    assert other.read == Seen(None, b"")


# --- a file of many -------------------------------------------------------------------------------

TABLE = Path("/out/all.csv")


def many_noted(path: Path, digest: bytes, *responses: str, before: bytes = b"") -> None:
    with closing(ExportRecord(path)) as record:
        record.note_many(TABLE, digest, responses)
        record.forget_before(TABLE, before)


def test_a_file_of_many_is_known_by_what_was_written_last(path: Path) -> None:
    many_noted(path, b"1", "k3f9", "other")
    many_noted(path, b"2", "k3f9", before=b"1")
    with closing(ExportRecord(path)) as record:
        assert [record.may_replace_many(TABLE, digest) for digest in (b"1", b"2", b"3")] == [
            False,
            True,
            False,
        ]
        assert not record.may_replace_many(Path("/out/other.csv"), b"2")
        assert (record.files_of("k3f9"), record.files_of("other")) == ([TABLE], [])


def test_killed_before_its_place_is_taken_both_versions_are_known(path: Path) -> None:
    many_noted(path, b"1", "k3f9")
    with closing(ExportRecord(path)) as record:
        record.note_many(TABLE, b"2", ["new"])
    with closing(ExportRecord(path)) as record:
        assert record.may_replace_many(TABLE, b"1")
        assert record.may_replace_many(TABLE, b"2")
        assert record.files_of("k3f9") == record.files_of("new") == [TABLE]


def test_a_response_is_forgotten_as_one_of_many_and_the_file_stays_known(path: Path) -> None:
    many_noted(path, b"1", "k3f9", "other")
    noted(path, file=Path("/out/plan.md"))
    with closing(ExportRecord(path)) as record:
        assert record.files_of("k3f9") == [TABLE, Path("/out/plan.md")]
        record.forget("k3f9")
        assert (record.files_of("k3f9"), record.files_of("other")) == ([], [TABLE])
        assert record.may_replace_many(TABLE, b"1")
    assert b"k3f9" not in path.read_bytes()


def test_what_is_somebodys_own_takes_the_file_of_many_with_it(path: Path) -> None:
    many_noted(path, b"1", "k3f9", "other")
    with closing(ExportRecord(path)) as record:
        record.disown("k3f9")
        assert not record.may_replace_many(TABLE, b"1")
        assert record.files_of("k3f9") == [TABLE]


def test_a_file_is_of_one_or_of_many_as_it_was_written_last(path: Path) -> None:
    noted(path, file=TABLE)
    many_noted(path, b"1", "other")
    with closing(ExportRecord(path)) as record:
        assert (record.files_of("k3f9"), record.files_of("other")) == ([], [TABLE])
    noted(path, file=TABLE)
    with closing(ExportRecord(path)) as record:
        assert (record.files_of("k3f9"), record.files_of("other")) == ([TABLE], [])


def test_a_record_made_before_there_were_files_of_many_takes_them(path: Path) -> None:
    noted(path)
    with closing(sqlite3.connect(path)) as known:
        known.executescript("DROP TABLE file_of_many; DROP TABLE one_of_many;")
    many_noted(path, b"1", "other")
    with closing(ExportRecord(path)) as record:
        assert (record.files_of("other"), record.files_of("k3f9")) == ([TABLE], [Path("plan.md").absolute()])
