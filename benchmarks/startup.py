"""How long libwell takes to start, as ratios to `python -c pass` in the same run; the goal beside each.

usage: python benchmarks/startup.py [ROUNDS]

Every round runs each command once, one after the other, so that a slow moment falls on all of them; what
counts is the median. Beside it stands the same ratio by the processor's time, which a busy machine changes
less. A round makes its own data folder and none is removed in between, as files made soon after many were
deleted cost ten times as much on ext4. Exits with 1 if a goal is missed by more than a tenth.
"""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory(prefix="libwell-startup-") as place:
        filled = Path(place, "filled")
        fill(filled)
        times = measure(cases(filled), Path(place), rounds)
    return report(cases(filled), times)


def cases(filled: Path) -> list[Case]:
    """What is timed, with the goals of INTERFACE."""
    return [
        Case("python -c pass", 1, lambda _: run([sys.executable, "-c", "pass"])),
        Case("libwell --version", 1.3, lambda _: run([*LIBWELL, "--version"])),
        Case("libwell --help", 17, lambda _: run([*LIBWELL, "--help"])),
        Case("libwell list", 17, lambda folder: run([*LIBWELL, "list"], folder)),
        Case(
            "one completion", 17, lambda _: run([*LIBWELL, "actions", "set", ""], filled, completing="bash")
        ),
        Case("libwell export", 23, lambda _: run([*LIBWELL, "export", "latest"], filled)),
        Case("libwell start", 23, until_prompt),
    ]


def measure(timed: Sequence[Case], place: Path, rounds: int) -> dict[str, list[Taken]]:
    """Run every case once a round; the first round fills the caches and does not count."""
    times: dict[str, list[Taken]] = {case.name: [] for case in timed}
    for number in range(rounds + 1):
        for case in timed:
            taken = case.take(place / f"data-{number}")
            if number:
                times[case.name].append(taken)
    return times


def report(timed: Sequence[Case], times: Mapping[str, Sequence[Taken]]) -> int:
    """Print a line for each case. Returns the exit status."""
    bare = medians(times[timed[0].name])
    print(f"{len(times[timed[0].name])} rounds, medians; {timed[0].name} took {bare.clock * 1000:.1f} ms")
    print(f"{'':18} {'ratio':>6} {'goal':>6} {'by processor':>13} {'ms':>7}")
    missed = 0
    for case in timed:
        middle = medians(times[case.name])
        ratio, busy = middle.clock / bare.clock, middle.processor / bare.processor
        missed += ratio > case.goal * TOLERANCE
        note = "  over the goal" if ratio > case.goal else ""
        print(f"{case.name:18} {ratio:6.2f} {case.goal:6.1f} {busy:13.2f} {middle.clock * 1000:7.1f}{note}")
    return 1 if missed else 0


def medians(taken: Sequence[Taken]) -> Taken:
    return Taken(
        statistics.median(one.clock for one in taken), statistics.median(one.processor for one in taken)
    )


def environment(folder: Path | None = None) -> dict[str, str]:
    """The environment of a child: as it is, without what would make Python slower than it is in life."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} and not name.startswith("LIBWELL_")
    }
    return environ | {"TERM": "xterm"} | ({"LIBWELL_DATA_DIR": str(folder)} if folder else {})


def run(command: Sequence[str], folder: Path | None = None, *, completing: str = "") -> Taken:
    """Run a command to its end; it has to succeed. Or complete it, as a shell does."""
    environ = environment(folder) | ({"_LIBWELL_COMPLETE": f"complete_{completing}"} if completing else {})
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


def until_prompt(folder: Path) -> Taken:
    """Run `libwell start` on a terminal until its first prompt is there; the little after that is not timed.

    (It is in the processor's time, as that is known only at the end.)
    """
    command = [*LIBWELL, "start", WORKSHEET]
    environ = environment(folder)
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
