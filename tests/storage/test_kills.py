"""Killed at any moment, a saving process leaves a complete file, and every save it had acknowledged."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from libwell.storage import files, locks

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 200
AT_ONCE = 4

SAVER = """
import sys
from pathlib import Path
from libwell.storage import files, locks

path, count = Path(sys.argv[1]), int(sys.argv[2])
backup = path.with_name(path.name + ".bak")
with locks.lock(path):
    while True:
        count += 1
        files.write_durably(path, b"%08d\\n" % count * 600, backup=backup)
        print(count, flush=True)
"""


def count_in(path: Path) -> int:
    """Read the one number every line of a complete file holds."""
    numbers = set(files.read_text(path, limit=1 << 20).splitlines())
    assert path.stat().st_size == 9 * 600
    assert len(numbers) == 1
    return int(numbers.pop())


def kill_while_saving(path: Path, *, pause: float) -> int:
    """Start a saver, kill it `pause` seconds after its first save, and give the last save it told of."""
    count = count_in(path) if path.exists() else 0
    command = [sys.executable, "-c", SAVER, str(path), str(count)]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=unmeasured) as saver:
        assert saver.stdout is not None
        first = saver.stdout.readline()
        time.sleep(pause)
        saver.kill()
        told = (first + saver.stdout.read()).split(b"\n")[:-1]  # the last line may be cut off
    return int(told[-1])


def kill_many_times(folder: Path, *, seed: int) -> int:
    """Kill one saver after the other on the same file; give how many temporary files they left."""
    chance = random.Random(seed)
    folder.mkdir()
    path, backup = folder / "draft.toml", folder / "draft.toml.bak"
    left = 0
    for _ in range(KILLS // AT_ONCE):
        told = kill_while_saving(path, pause=chance.uniform(0, 0.03))
        assert count_in(path) >= told
        assert not backup.exists() or count_in(backup) >= told - 1
        with locks.lock(path):
            left += files.sweep_stale(folder, path.name, backup.name)
        assert {entry.name for entry in folder.iterdir()} <= {path.name, backup.name}
    return left


@pytest.mark.thorough
def test_no_kill_loses_an_acknowledged_save_or_leaves_a_broken_file(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        left = pool.map(lambda item: kill_many_times(item[1], seed=item[0]), enumerate(folders))
    assert sum(left) > 0  # or the kills came at no moment that matters


def test_a_killed_process_leaves_a_stale_lock_that_the_next_one_takes_and_clears(tmp_path: Path) -> None:
    path = tmp_path / "draft.toml"
    kill_while_saving(path, pause=0)
    assert locks.stale_locks(tmp_path) == [tmp_path / ".draft.toml.lock"]
    with locks.lock(path):
        assert locks.stale_locks(tmp_path) == []
    assert locks.stale_locks(tmp_path) == []
    assert not (tmp_path / ".draft.toml.lock").exists()
