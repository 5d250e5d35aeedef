"""How long libwell takes to start, as ratios to `python -c pass` in the same run; the goal beside each.

usage: python benchmarks/startup.py [ROUNDS] [--beside CHECKOUT]

Every round runs each command once, one after the other, so that a slow moment falls on all of them; with
`--beside` also that of another checkout, on the same responses. What counts is the median. Beside it stands
the same ratio by the processor's time, which a busy machine changes less; that of the first prompt is of the
whole conversation. A round makes its own data folder and none is removed in between, as files made soon after
many were deleted cost ten times as much on ext4. Exits with 1 if a goal is missed by more than a tenth.
"""

from __future__ import annotations

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIBWELL = (sys.executable, "-c", "from libwell.cli import main; main()")
WORKSHEET = "staff-care"
TOLERANCE = 1.1
PATIENCE = 60.0  # seconds for the first prompt


@dataclass(frozen=True)
class Taken:
    """Seconds one run took: on the clock, and of the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Case:
    """Something timed: `take` runs it once in a data folder."""

    name: str
    goal: float
    take: Callable[[Path], Taken]


def main() -> int:
    parser = argparse.ArgumentParser(description="How long libwell takes to start, as ratios.")
    parser.add_argument("rounds", nargs="?", type=int, default=21)
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT", help="another copy of the repository")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="libwell-startup-") as place:
        filled = Path(place, "filled")
        fill(filled)
        timed = [Case("python -c pass", 1, lambda _: run([sys.executable, "-c", "pass"])), *cases(filled)]
        if options.beside:
            timed += cases(filled, (options.beside / "src").resolve())
        times = measure(timed, Path(place), options.rounds)
    return report(timed, times)


def cases(filled: Path, source: Path | None = None) -> list[Case]:
    """What is timed, with its goals; out of another checkout's `src`, without."""

    def case(name: str, goal: float, take: Callable[[Path], Taken]) -> Case:
        return Case(f"beside: {name}", inf, take) if source else Case(name, goal, take)

    def of(*arguments: str, folder: Path | None = None, completing: str = "") -> Taken:
        return run([*LIBWELL, *arguments], folder, source=source, completing=completing)

    return [
        case("libwell --version", 1.3, lambda _: of("--version")),
        case("libwell --help", 17, lambda _: of("--help")),
        case("libwell list", 17, lambda new: of("list", folder=new)),
        case("one completion", 17, lambda _: of("actions", "set", "", folder=filled, completing="bash")),
        case("libwell export", 23, lambda _: of("export", "latest", folder=filled)),
        case("first prompt", 23, lambda new: until_prompt(new, source)),
    ]


def measure(timed: Sequence[Case], place: Path, rounds: int) -> list[list[Taken]]:
    """Run every case once a round; the first round fills the caches and does not count."""
    times: list[list[Taken]] = [[] for _ in timed]
    for number in range(rounds + 1):
        for which, case in enumerate(timed):
            taken = case.take(place / f"data-{number}-{which}")
            if number:
                times[which].append(taken)
    return times


def report(timed: Sequence[Case], times: Sequence[Sequence[Taken]]) -> int:
    """Print a line for each case. Returns the exit status."""
    bare = medians(times[0])
    print(f"{len(times[0])} rounds, medians; {timed[0].name} took {bare.clock * 1000:.1f} ms")
    print(f"{'':26} {'ratio':>6} {'goal':>6} {'by processor':>13} {'ms':>7}")
    missed = 0
    for case, every in zip(timed, times, strict=True):
        middle = medians(every)
        ratio, busy = middle.clock / bare.clock, middle.processor / bare.processor
        missed += ratio > case.goal * TOLERANCE
        note = "  over the goal" if ratio > case.goal else ""
        print(f"{case.name:26} {ratio:6.2f} {case.goal:6.1f} {busy:13.2f} {middle.clock * 1000:7.1f}{note}")
    return 1 if missed else 0


def medians(taken: Sequence[Taken]) -> Taken:
    return Taken(
        statistics.median(one.clock for one in taken), statistics.median(one.processor for one in taken)
    )


def environment(folder: Path | None = None, source: Path | None = None) -> dict[str, str]:
    """The environment of a child: as it is, without what would make Python slower than it is in life.

    With `source` libwell is imported from there.
    """
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} and not name.startswith("LIBWELL_")
    }
    places = {"LIBWELL_DATA_DIR": folder, "PYTHONPATH": source}
    return environ | {"TERM": "xterm"} | {name: str(place) for name, place in places.items() if place}


def run(
    command: Sequence[str], folder: Path | None = None, *, source: Path | None = None, completing: str = ""
) -> Taken:
    """Run a command to its end; it has to succeed. Or complete it, as a shell does."""
    environ = environment(folder, source) | (
        {"_LIBWELL_COMPLETE": f"complete_{completing}"} if completing else {}
    )
    begin = time.perf_counter()
    child = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Taken(clock, used.ru_utime + used.ru_stime)


def fill(folder: Path) -> None:
    """Save one response for the export."""
    environ = environment(folder)
    blank = [*LIBWELL, "blank", WORKSHEET, "--format", "toml"]
    answers = subprocess.run(blank, env=environ, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(
        [*LIBWELL, "fill", "-", "--draft"], env=environ, check=True, input=answers, stdout=subprocess.DEVNULL
    )


def until_prompt(folder: Path, source: Path | None) -> Taken:
    """Run `libwell start` on a terminal until its first prompt is there; the little after that is not timed.

    (It is in the processor's time, as that is known only at the end.)
    """
    command = [*LIBWELL, "start", WORKSHEET]
    environ = environment(folder, source)
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.execve(command[0], command, environ)
    shown = b""
    while b"> " not in shown and time.perf_counter() - begin < PATIENCE:
        shown += os.read(terminal, 65536)
    clock = time.perf_counter() - begin
    return Taken(clock, leave(child, terminal))


def leave(child: int, terminal: int) -> float:
    """End the conversation with Ctrl-D, as a person would. Returns the processor's seconds of all of it."""
    os.write(terminal, b"\x04")
    with suppress(OSError):  # Linux says so when the other side is closed
        while os.read(terminal, 65536):
            pass
    os.close(terminal)
    _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
