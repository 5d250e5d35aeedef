"""What is remembered of a file can be kept by SQLite, whatever the system calls the file."""

from __future__ import annotations

import sqlite3
import stat
from types import SimpleNamespace
from typing import Any

from libwell.storage.seen import state_of


class OnAnotherDisk:
    """A file with a number past what SQLite holds, as Windows has them."""

    def stat(self) -> Any:
        return SimpleNamespace(st_mode=stat.S_IFREG, st_size=1, st_mtime_ns=2, st_ino=(1 << 64) - 5)


def test_a_number_of_a_file_is_never_more_than_sqlite_holds() -> None:
    state = state_of(OnAnotherDisk())  # type: ignore[arg-type]
    assert state is not None
    with sqlite3.connect(":memory:") as known:
        assert known.execute("SELECT ?, ?, ?", state).fetchone() == state
