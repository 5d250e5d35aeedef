"""What libwell exported where: a record that tells its own files from those changed since by somebody.

It is an SQLite file in the data folder, so that it takes no more memory for fifty thousand files than for
one, and holds ids, places, revisions and digests, nothing that was answered.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from libwell.errors import LibwellError, LockedError, SaveError
from libwell.storage import files
from libwell.storage.places import is_link

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLES = """
    PRAGMA synchronous = OFF;
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
    INSERT INTO run SELECT 0 WHERE NOT EXISTS (SELECT * FROM run);
    UPDATE run SET number = number + 1;
"""


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
        found = self._ask(question, _key(path), response, _digest(data))
        return any(written <= revision for (written,) in found)

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
        """The file that `path` was written from since the record was opened; empty if it was not."""
        found = self._ask("SELECT source FROM written WHERE file = ? AND run = ?", _key(path), self._run)
        return "".join(os.fsdecode(source) for (source,) in found)

    def note(self, path: Path, response: str, revision: int, data: bytes, *, source: Path) -> None:
        """Remember that these bytes were written to `path`, from the response in the file `source`."""
        row = (_key(path), response, revision, _digest(data), self._run, _key(source))
        self._ask("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?, ?)", *row)

    # A file of many responses: its digests, and the responses in it. All of that is noted before the new
    # version takes its place, so that a run that is killed leaves a file that is still known as libwell's.

    def may_replace_many(self, path: Path, digest: bytes) -> bool:
        """Whether a file with this digest is as libwell wrote it from many responses."""
        return bool(self._ask("SELECT 1 FROM file_of_many WHERE file = ? AND digest = ?", _key(path), digest))

    def note_many(self, path: Path, digest: bytes, responses: Iterable[str]) -> None:
        """Remember that a file with this digest holds these responses, and save that."""
        key = _key(path)
        self._ask("INSERT OR REPLACE INTO file_of_many VALUES (?, ?)", key, digest)
        for response in responses:
            self._ask("INSERT OR REPLACE INTO one_of_many VALUES (?, ?, ?)", key, response, self._run)
        self.save()

    def forget_before(self, path: Path, digest: bytes) -> None:
        """Forget a file's version with this digest, and all that was in it before this run."""
        key = _key(path)
        self._ask("PRAGMA secure_delete = ON")
        self._ask("DELETE FROM written WHERE file = ?", key)
        self._ask("DELETE FROM file_of_many WHERE file = ? AND digest = ?", key, digest)
        self._ask("DELETE FROM one_of_many WHERE file = ? AND run < ?", key, self._run)

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
            "UPDATE written SET digest = x'' WHERE response = ?",
            "DELETE FROM file_of_many WHERE file IN (SELECT file FROM one_of_many WHERE response = ?)",
        )

    def forget(self, response: str) -> None:
        """Forget that anything was written from a response; nothing of it is left in the record's own file.

        Raises LibwellError if that can't be kept on the disk.
        """
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
            self._known.execute("PRAGMA secure_delete = ON")
            for statement in statements:
                self._known.execute(statement, (response,))
            self._known.commit()
        except sqlite3.OperationalError as error:
            raise _refused(self.path, error) from None


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
    except BaseException:
        known.close()
        raise
    return known


def _key(path: Path) -> bytes:
    return os.fsencode(path if path.is_absolute() else path.absolute())


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
