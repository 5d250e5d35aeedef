"""How long libwell takes to start, as ratios to `python -c pass` in the same run; the goal beside each.

usage: python benchmarks/startup.py [ROUNDS]

Every round runs each command once, one after the other, so that a slow moment falls on all of them; what
counts is the median. A round makes its own data folder and none is removed in between, as files made soon
after many were deleted cost ten times as much on ext4. Exits with 1 if a goal is missed by more than a tenth.
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
class Case:
    """Something timed: `take` runs it once in a data folder and returns seconds."""

    name: str
    goal: float
    take: Callable[[Path], float]


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory(prefix="libwell-startup-") as place:
        filled = Path(place, "filled")
        fill(filled)
        times = measure(cases(filled), Path(place), rounds)
    bare = statistics.median(times["python -c pass"])
    print(f"{rounds} rounds, medians; python -c pass took {bare * 1000:.1f} ms")
    return report(cases(filled), times, bare)


def cases(filled: Path) -> list[Case]:
    """What is timed, with the goals of INTERFACE."""
    return [
        Case("python -c pass", 1, lambda _: run([sys.executable, "-c", "pass"])),
        Case("libwell --version", 1.3, lambda _: run([*LIBWELL, "--version"])),
        Case("libwell --help", 17, lambda _: run([*LIBWELL, "--help"])),
        Case("libwell list", 17, lambda folder: run([*LIBWELL, "list"], folder)),
        Case("libwell export", 23, lambda _: run([*LIBWELL, "export", "latest"], filled)),
        Case("libwell start", 23, until_prompt),
    ]


def measure(timed: Sequence[Case], place: Path, rounds: int) -> dict[str, list[float]]:
    """Run every case once a round; the first round fills the caches and does not count."""
    times: dict[str, list[float]] = {case.name: [] for case in timed}
    for number in range(rounds + 1):
        for case in timed:
            seconds = case.take(place / f"data-{number}")
            if number:
                times[case.name].append(seconds)
    return times


def report(timed: Sequence[Case], times: Mapping[str, Sequence[float]], bare: float) -> int:
    missed = 0
    print(f"{'':18} {'ratio':>6} {'goal':>6} {'ms':>7} {'best':>7}")
    for case in timed:
        middle, best = statistics.median(times[case.name]), min(times[case.name])
        ratio = middle / bare
        late = ratio > case.goal * TOLERANCE
        missed += late
        row = f"{case.name:18} {ratio:6.2f} {case.goal:6.1f} {middle * 1000:7.1f} {best * 1000:7.1f}"
        print(
            row
            + ("  over the goal" if ratio > case.goal else "")
            + (", by more than a tenth" if late else "")
        )
    return 1 if missed else 0


def environment(folder: Path | None = None) -> dict[str, str]:
    """The environment of a child: as it is, without what would make Python slower than it is in life."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} and not name.startswith("LIBWELL_")
    }
    return environ | {"TERM": "xterm"} | ({"LIBWELL_DATA_DIR": str(folder)} if folder else {})


def run(command: Sequence[str], folder: Path | None = None) -> float:
    """Seconds a command takes; it has to succeed."""
    environ = environment(folder)
    begin = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def fill(folder: Path) -> None:
    """Save one response for the export."""
    environ = environment(folder)
    blank = [*LIBWELL, "blank", WORKSHEET, "--format", "toml"]
    answers = subprocess.run(blank, env=environ, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(
        [*LIBWELL, "fill", "-", "--draft"], env=environ, check=True, input=answers, stdout=subprocess.DEVNULL
    )


def until_prompt(folder: Path) -> float:
    """Seconds until `libwell start` shows its first prompt on a terminal."""
    command = [*LIBWELL, "start", WORKSHEET]
    environ = environment(folder)
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.execve(command[0], command, environ)
    shown = b""
    while b"> " not in shown and time.perf_counter() - begin < PATIENCE:
        shown += os.read(terminal, 65536)
    seconds = time.perf_counter() - begin
    leave(child, terminal)
    return seconds


def leave(child: int, terminal: int) -> None:
    """End the conversation with Ctrl-D, as a person would."""
    os.write(terminal, b"\x04")
    with suppress(OSError):  # Linux says so when the other side is closed
        while os.read(terminal, 65536):
            pass
    os.close(terminal)
    os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
