"""What saving one answer costs, beside a bare safe save of the same bytes, in turn.

usage: python benchmarks/saving.py [SAVES] [--rounds N] [--folder DIR]

A bare safe save writes a file beside the one to replace, waits for the disk, puts it in its place and waits
for the folder. libwell's makes the TOML first and checks that it can be opened again. Every ratio is of two
saves one after the other. What counts is the median of the rounds' medians: if it is over the goal, this
exits with 1.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from export import filled
from libwell.storage.responses import ResponseFolder, response_text

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = 1.4


def main() -> int:
    parser = argparse.ArgumentParser(description="What saving one answer costs, beside a bare safe save.")
    parser.add_argument("saves", nargs="?", type=int, default=200, help="in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where to save (default: the system's temporary folder)")
    options = parser.parse_args()
    middles = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="libwell-saving-", dir=options.folder) as place:
            ratios, bare = measure(Path(place), options.saves)
        middles.append(statistics.median(ratios))
        print(f"a bare safe save {statistics.median(bare) * 1000:.2f} ms, one answer {middles[-1]:.2f} of it")
    middle = statistics.median(middles)
    print(f"median {middle:.2f}: the goal of {GOAL} is {'met' if middle <= GOAL else 'missed'}")
    return 0 if middle <= GOAL else 1


def measure(place: Path, saves: int) -> tuple[list[float], list[float]]:
    """The ratio and the seconds of the bare save, for each save."""
    saved = next(filled(random.Random(1)))
    folder = ResponseFolder(place / "responses")
    folder.prepare()
    path = folder.folder / "one.toml"
    ratios, bare = [], []
    for number in range(saves):
        response = saved.response.model_copy(update={"revision": number})
        data = response_text(response).encode()
        bare.append(seconds(partial(save_bare, place / "bare.toml", data)))
        ratios.append(seconds(partial(folder.save, path, response)) / bare[-1])
    return ratios, bare


def save_bare(path: Path, data: bytes) -> None:
    """Write, wait for the disk, replace, wait for the folder."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def seconds(act: Callable[[], None]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
