"""A facilitator's memory of what was told, and an earlier report, on disk.

The memory holds numbers and stand-ins, no answers, names or words. Where it can't be read or written there is
no report, as nobody could know what an earlier one gave away. What may be told after it is
`rules.team.told`'s to decide; what an earlier report holds is `rules.team.report_data`'s to judge.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from libwell.errors import FileRefusedError, LibwellError, Mistake, SaveError
from libwell.rules.team.counting import Count, CountedPlace
from libwell.rules.team.told import Told, ToldSet
from libwell.storage import files
from libwell.storage.locks import still_open
from libwell.storage.places import is_link, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Made = TypeVar("Made")
_VERSION = 1
_TABLE = f"""
    CREATE TABLE told (worksheet TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL);
    PRAGMA user_version = {_VERSION};
"""


class _Counted(BaseModel):
    """What was told at a place."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    place: tuple[str, str, str, str]
    people: int
    values: dict[str, int]
    several: int


class _Row(BaseModel):
    """A set that was told of."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    team: str
    copies: dict[str, str]
    versions: dict[str, int]
    counts: list[_Counted]


class DamagedMemoryError(LibwellError):
    """The memory of what was told can't be read; `call` is how libwell is called."""

    def __init__(self, path: Path, call: str) -> None:
        super().__init__(
            f"{files.one_line_name(path)} is damaged, so libwell can't know what was told before.",
            f"No numbers are told until you begin anew: {call} team told --forget WORKSHEET says what that "
            "opens, and asks.",
        )


class ToldMemory:
    """The memory in one file.

    `call` is how libwell is called, for what to do about a damaged memory. `patience` is for how many seconds
    it waits while another process changes the memory.
    """

    def __init__(self, path: Path, *, call: str = "libwell", patience: float = 5.0) -> None:
        self.path = path
        self._call, self._patience = call, patience

    def read(self) -> Told:
        """Give everything that was told; nothing where there is no memory yet, and none is made.

        Raises DamagedMemoryError, and LibwellError if it can't be read.
        """
        if not is_there(self.path) and not is_link(self.path):
            return Told()
        with self._opened() as known:
            return self._read(known)

    def change(self, make: Callable[[Told], tuple[Made, Told]]) -> Made:
        """Make something of everything that was told, and keep what is told from now on.

        `make` gives both. What it makes is given back once the rest is on the disk. Raises as `read` and as
        `make` do, SaveError if the memory can't be written, LockedError while another process changes it.
        """
        with self._opened() as known:
            before = self._read(known)
            made, told = make(before)
            if told != before:
                self._write(known, told)
            known.execute("COMMIT")
        return made

    def forget(self, worksheet: str) -> None:
        """Forget what was told of a worksheet. A damaged memory is forgotten whole.

        Raises as `change`.
        """
        try:
            self.change(lambda told: (None, told.without(worksheet)))
        except DamagedMemoryError:
            files.remove_file(self.path)

    # --- SQLite -----------------------------------------------------------------------------------

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if is_link(self.path):
            name = files.one_line_name(self.path)
            raise SaveError(f"{name} is a link, and none is followed here.", "Remove the link.")
        files.make_private_folder(self.path.parent)
        with suppress(FileExistsError):
            files.create_exclusively(self.path, _nothing_told())  # SQLite would make it readable for others
        try:
            with closing(sqlite3.connect(self.path, timeout=self._patience, isolation_level=None)) as known:
                known.execute("PRAGMA secure_delete = ON")
                known.execute("BEGIN IMMEDIATE")
                yield known
        except sqlite3.OperationalError as error:
            raise self._refused(error) from None
        except sqlite3.DatabaseError:
            raise DamagedMemoryError(self.path, self._call) from None

    def _refused(self, error: sqlite3.OperationalError) -> LibwellError:
        name, code = files.one_line_name(self.path), error.sqlite_errorcode & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            return still_open(self.path, "", self._patience)
        if code == sqlite3.SQLITE_ERROR:  # a table or a column is not there
            return DamagedMemoryError(self.path, self._call)
        message = f"{name} could not be read or written, so no numbers are told."
        return SaveError(message, "Free some space, or see libwell doctor.")

    def _read(self, known: sqlite3.Connection) -> Told:
        (version,) = known.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            message = f"{files.one_line_name(self.path)} was made by a newer libwell."
            raise LibwellError(message, "Use that one: this one can't know what was told before.")
        try:
            rows = known.execute("SELECT worksheet, body FROM told ORDER BY number").fetchall()
            return Told(tuple(_set(worksheet, body) for worksheet, body in rows))
        except (ValidationError, TypeError):
            raise DamagedMemoryError(self.path, self._call) from None

    def _write(self, known: sqlite3.Connection, told: Told) -> None:
        known.execute("DELETE FROM told")
        rows = ((one.worksheet, number, _body(one)) for number, one in enumerate(told.sets))
        known.executemany("INSERT INTO told VALUES (?, ?, ?)", rows)


def _nothing_told() -> bytes:
    """A new memory, as a file."""
    with closing(sqlite3.connect(":memory:")) as new:
        new.executescript(_TABLE)
        return new.serialize()


def _set(worksheet: str, body: str) -> ToldSet:
    row = _Row.model_validate_json(body)
    counts = {CountedPlace(*one.place): Count(one.people, one.values, one.several) for one in row.counts}
    return ToldSet(worksheet, row.team, row.copies, row.versions, counts)


def _body(one: ToldSet) -> str:
    counts = [
        _Counted(place=place, people=count.people, values=dict(count.values), several=count.several)
        for place, count in sorted(one.counts.items())
    ]
    return _Row(team=one.team, copies=one.copies, versions=one.versions, counts=counts).model_dump_json()


# --- an earlier report ----------------------------------------------------------------------------

_LIMIT = 24 * 1024 * 1024
_MOST_VALUES = 1_000_000
"""Commas, colons and brackets, at most: a report on six worksheets and twenty teams has 43,000."""
_MAKE = "`libwell team report --format json` makes a report."


def read_report(path: Path) -> Any:
    """Give what a JSON file holds, which nobody has checked yet.

    Raises FileRefusedError for what is no JSON, and for what holds more than any report does, and
    LibwellError if the file can't be read.
    """
    import json  # only beside an earlier report

    text = files.read_text(path, limit=_LIMIT, may_be_pipe=True)
    if sum(map(text.count, ",:[{")) > _MOST_VALUES:
        raise FileRefusedError(str(path), (Mistake("this holds more than a report does.", remedy=_MAKE),))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FileRefusedError(str(path), (Mistake("this is no JSON.", remedy=_MAKE),)) from None
