"""What libwell exported where: a record that tells its own files from those changed since by somebody.

It is an SQLite file in the data folder, so that it takes no more memory for fifty thousand files than for
one, and holds ids, places, revisions, counts, digests, sizes and times, nothing that was answered.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from libwell.errors import LibwellError, LockedError, SaveError
from libwell.storage import files
from libwell.storage.places import is_link
from libwell.storage.seen import FileState, Noted, Seen, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_AT_ONCE = 500
"""Keys that one statement asks for: every SQLite takes so many."""
_TABLES = """
    PRAGMA synchronous = OFF;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS run (number INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS written (
        file BLOB PRIMARY KEY, response TEXT NOT NULL, revision INTEGER NOT NULL, digest BLOB NOT NULL,
        run INTEGER NOT NULL, source BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS file_of_many (
        file BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (file, digest)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS one_of_many (
        file BLOB NOT NULL, response TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (file, response)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS forgotten (mark BLOB PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO run SELECT 0 WHERE NOT EXISTS (SELECT * FROM run);
    UPDATE run SET number = number + 1;
"""
_ADDED = {
    "asked": "TEXT NOT NULL DEFAULT ''",
    "withheld": "INTEGER NOT NULL DEFAULT 0",
    "undated": "INTEGER NOT NULL DEFAULT 0",
    "size": "INTEGER",
    "changed": "INTEGER",
    "inode": "INTEGER",
    "source_size": "INTEGER",
    "source_changed": "INTEGER",
    "source_inode": "INTEGER",
    "source_digest": "BLOB NOT NULL DEFAULT x''",
}
"""Columns that records made earlier lack, in this order."""
_BY_SOURCE = "CREATE INDEX IF NOT EXISTS by_source ON written (source)"


class ExportRecord:
    """For each file written, by its whole path: the response, its revision, and a digest of the file.

    A record that can't be read or written counts as empty: a later export then asks for --force. For another
    export that is noting what it wrote it waits up to `patience` seconds.
    """

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        self.path = path
        self._known, self._failed = _open(path, patience)
        self._run: int = self._known.execute("SELECT number FROM run").fetchone()[0]

    def may_replace(self, path: Path, response: str, revision: int, data: bytes) -> bool:
        """Whether a file with these bytes is as libwell wrote it from this response, at no later revision.

        The same revision may come out otherwise: in a later version of libwell, or as it is asked for now.
        """
        question = "SELECT revision FROM written WHERE file = ? AND response = ? AND digest = ?"
        found = self._ask(question, _key(path), response, digest_of(data))
        return any(written <= revision for (written,) in found)

    def find(self, folder: Path, names: Mapping[Path, str], asked: str) -> dict[Path, Noted]:
        """What was written into a folder from each of some responses, by their files, as it is asked for now.

        Where nothing was written from one, it is what stands there under the name of `names`: the file of the
        response may have had another place.
        """
        sources = {_key(source): source for source in names}
        beginning, _ = _ends_of(folder)
        found = {
            sources[row[5]]: _noted(row, sources[row[5]])
            for row in self._with_any("source", [*sources], asked)
            if row[0].startswith(beginning) and os.fsencode(os.sep) not in row[0][len(beginning) :]
        }
        others = {_key(folder / name): source for source, name in names.items() if source not in found}
        for row in self._with_any("file", [*others], asked):
            found[others[row[0]]] = _noted(row)
        return found

    def _with_any(self, column: str, keys: Sequence[bytes], asked: str) -> Iterator[tuple[Any, ...]]:
        """The rows that have one of the keys in a column; not too many at a time for one statement."""
        for first in range(0, len(keys), _AT_ONCE):
            some = keys[first : first + _AT_ONCE]
            places = ", ".join("?" * len(some))
            question = f"SELECT * FROM written WHERE {column} IN ({places}) AND asked = ?"  # noqa: S608
            yield from self._ask(question, *some, asked)

    def knows(self, folder: Path) -> bool:
        """Whether anything was written into a folder."""
        known = "SELECT 1 FROM written WHERE file > ? AND file < ? LIMIT 1"
        return bool(self._ask(known, *_ends_of(folder)))

    def files_of(self, response: str) -> list[Path]:
        """The files that were written from a response, or from it and others, in the order of their names."""
        question = """
            SELECT file FROM written WHERE response = ?1
            UNION SELECT file FROM one_of_many WHERE response = ?1 AND file NOT IN (SELECT file FROM written)
            ORDER BY file
        """
        found = self._ask(question, response)
        return [Path(os.fsdecode(file)) for (file,) in found]

    def source_of(self, path: Path) -> str:
        """The file that `path` was last written from; empty if libwell did not write it."""
        found = self._ask("SELECT source FROM written WHERE file = ?", _key(path))
        return "".join(os.fsdecode(source) for (source,) in found)

    def written_into(self, folder: Path) -> Iterator[Noted]:
        """What was written into a folder, in the order of the names."""
        question = "SELECT * FROM written WHERE file > ? AND file < ? ORDER BY file"
        with suppress(sqlite3.Error):
            for row in self._known.execute(question, _ends_of(folder)):
                noted = _noted(row)
                if noted.path.parent == folder:
                    yield noted

    def was_forgotten(self, path: Path, data: bytes) -> bool:
        """Whether a file with these bytes was written from a response that is forgotten."""
        mark = _mark(_key(path), digest_of(data))
        return bool(self._ask("SELECT * FROM forgotten WHERE mark = ?", mark))

    def note(self, noted: Noted) -> None:
        """Remember a file that was written, or what it is now that was written before."""
        row = (
            *(_key(noted.path), noted.response, noted.revision, noted.written.digest, self._run),
            *(_key(noted.source), noted.asked, noted.withheld, noted.undated),
            *(noted.written.state or _UNKNOWN),
            *(noted.read.state or _UNKNOWN),
            noted.read.digest,
        )
        places = ", ".join("?" * len(row))
        self._ask(f"INSERT OR REPLACE INTO written VALUES ({places})", *row)  # noqa: S608 - marks alone

    def strike(self, path: Path) -> None:
        """Forget a file that is there no more."""
        self._ask("DELETE FROM written WHERE file = ?", _key(path))

    # A file of many responses: its digests, and the responses in it. All of that is noted before the new
    # version takes its place, so that a run that is killed leaves a file that is still known as libwell's.

    def may_replace_many(self, path: Path, digest: bytes) -> bool:
        """Whether a file with this digest is as libwell wrote it from many responses."""
        return bool(self._ask("SELECT 1 FROM file_of_many WHERE file = ? AND digest = ?", _key(path), digest))

    def note_many(self, path: Path, digest: bytes, responses: Iterable[str]) -> None:
        """Remember that a file with this digest holds these responses, and save that, if it can be done."""
        key = _key(path)
        rows = ((key, response, self._run) for response in responses)
        with suppress(sqlite3.Error):
            self._known.execute("INSERT OR REPLACE INTO file_of_many VALUES (?, ?)", (key, digest))
            self._known.executemany("INSERT OR REPLACE INTO one_of_many VALUES (?, ?, ?)", rows)
        self.save()

    def forget_before(self, path: Path, digest: bytes) -> None:
        """Forget a file's version with this digest, and all that was in it before this run."""
        key = _key(path)
        self._ask("DELETE FROM file_of_many WHERE file = ? AND digest = ?", key, digest)
        self._ask("DELETE FROM one_of_many WHERE file = ? AND run < ?", key, self._run)
        self.strike(path)

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a statement gives; none where the record can't be read or written."""
        with suppress(sqlite3.Error):
            return self._known.execute(statement, values).fetchall()
        return []

    def save(self) -> None:
        """Write what was noted to the disk, if that can be done."""
        with suppress(sqlite3.Error):
            self._known.commit()

    def close(self) -> None:
        """Save, and let go of the file."""
        self.save()
        self._known.close()

    def disown(self, response: str) -> None:
        """Take the files written from a response as somebody's own: none of them is replaced unasked.

        Raises LibwellError if that can't be kept on the disk.
        """
        self._carry_out(
            response,
            "UPDATE written SET digest = x'', size = NULL, source_size = NULL, source_digest = x'' "
            "WHERE response = ?",
            "DELETE FROM file_of_many WHERE file IN (SELECT file FROM one_of_many WHERE response = ?)",
        )

    def forget(self, response: str) -> None:
        """Forget that anything was written from a response; nothing of it is left in the record's own file.

        What stays is a mark for each file, which only whoever has the file with its bytes can tell. Raises
        LibwellError if that can't be kept on the disk.
        """
        rows = self._ask("SELECT file, digest FROM written WHERE response = ?", response)
        for file, digest in rows:
            self._ask("INSERT OR IGNORE INTO forgotten VALUES (?)", _mark(file, digest))
        self._carry_out(
            response, "DELETE FROM written WHERE response = ?", "DELETE FROM one_of_many WHERE response = ?"
        )

    def _carry_out(self, response: str, *statements: str) -> None:
        """Carry out changes that have to be on the disk."""
        if self._failed is not None:
            raise self._failed
        try:
            self._known.commit()
            self._known.execute("PRAGMA synchronous = FULL")
            for statement in statements:
                self._known.execute(statement, (response,))
            self._known.commit()
        except sqlite3.OperationalError as error:
            raise _refused(self.path, error) from None


def _noted(row: tuple[Any, ...], source: Path | None = None) -> Noted:
    """A row as it is told; `source` is the path in it, where that is there already."""
    file, response, revision, digest, _, source_key, asked, withheld, undated = row[:9]
    return Noted(
        Path(os.fsdecode(file)),
        source or Path(os.fsdecode(source_key)),
        response,
        revision,
        asked,
        withheld,
        undated,
        Seen(_state(*row[9:12]), digest),
        Seen(_state(*row[12:15]), row[15]),
    )


def _state(size: int | None, changed: int | None, inode: int | None) -> FileState | None:
    if size is None or changed is None or inode is None:
        return None
    return FileState(size, changed, inode)


_UNKNOWN = (None, None, None)
"""What stands for a state that can't be relied on."""


def _mark(file: bytes, digest: bytes) -> bytes:
    return digest_of(file + b"\0" + digest)


def _refused(path: Path, error: sqlite3.OperationalError) -> LibwellError:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return LockedError(f"{files.one_line_name(path)} is open in another libwell.", "Try again.")
    message = f"{files.one_line_name(path)} could not be saved."
    return SaveError(message, "Free some space, or see libwell doctor.")


def _open(path: Path, patience: float) -> tuple[sqlite3.Connection, LibwellError | None]:
    """Open the record; one that is no record begins anew. A link in its place is not followed.

    Where none can be opened there is one in memory, and the reason why.
    """
    failed: LibwellError | None = None
    try:
        if not is_link(path):
            files.make_private_folder(path.parent)
            return _connect(path, patience), None
    except LibwellError as error:
        failed = error
    except sqlite3.OperationalError as error:
        failed = _refused(path, error)
    return _prepared(sqlite3.connect(":memory:")), failed


def _connect(path: Path, patience: float, *, is_anew: bool = False) -> sqlite3.Connection:
    with suppress(FileExistsError):
        files.create_exclusively(path, b"")  # SQLite would make it readable for others
    try:
        return _prepared(sqlite3.connect(path, timeout=patience))
    except sqlite3.DatabaseError as error:
        if is_anew or isinstance(error, sqlite3.OperationalError):
            raise
    files.remove_file(path)
    return _connect(path, patience, is_anew=True)


def _prepared(known: sqlite3.Connection) -> sqlite3.Connection:
    try:
        known.executescript(_TABLES)
        there = {row[1] for row in known.execute("PRAGMA table_info(written)")}
        for name, kind in _ADDED.items():
            if name not in there:
                known.execute(f"ALTER TABLE written ADD COLUMN {name} {kind}")
        known.execute(_BY_SOURCE)
        known.commit()
    except BaseException:
        known.close()
        raise
    return known


def _ends_of(folder: Path) -> tuple[bytes, bytes]:
    """What stands before and behind all that lies in a folder, where names are sorted."""
    beginning = _key(folder / "-")[:-1]
    return beginning, beginning + b"\xff"


def _key(path: Path) -> bytes:
    return os.fsencode(path if path.is_absolute() else path.absolute())
