"""What a team's report costs, beside reading and parsing the same files, in one run.

usage: python benchmarks/team.py [COUNT…] [--rounds N] [--folder DIR]     1,000, 10,000 and 50,000 by default

Makes shared copies of three worksheets, no two alike, and runs each of these as a process of its own, one
after the other in every round: read the files and parse them with tomli, nothing else; `libwell team report`;
`libwell team plan`. What counts is the median; memory is that of the process. From 10,000 copies on it says
whether the report meets its goal.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from libwell.flows.together import own_shelf
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.model.response import SHARED_ID_LENGTH, SHARED_ID_LETTERS
from libwell.model.shared import Shared
from libwell.rules.privacy import private_prompts
from libwell.storage.definitions import definition_of
from libwell.storage.shared import shared_text

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

LIBWELL = (sys.executable, "-c", "from libwell.cli import main; main()")
PARSE = """
import sys
from pathlib import Path
import tomli
for path in sorted(Path(sys.argv[1]).iterdir()):
    tomli.loads(path.read_bytes().decode())
"""
GOAL, FROM = 1.6, 10_000
"""How often the time of reading and parsing a report may take at most, and from how many copies on."""
WORKSHEETS = ("staff-care", "policy-review", "trauma-informed-practice")


class Taken(NamedTuple):
    """Seconds on the clock and of the processor, and the megabytes of the process."""

    clock: float
    processor: float
    memory: float


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="libwell-team-", dir=options.folder) as folder:
        for count in options.counts or [1_000, 10_000, 50_000]:
            shared = Path(folder) / str(count)
            make_copies(shared, count)
            report(count, measure(shared, options.rounds))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a report on many shared copies costs.")
    parser.add_argument("counts", nargs="*", type=int, help="how many files, for each comparison")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where to make the files (default: the system's temporary folder)")
    return parser.parse_args()


def make_copies(folder: Path, count: int) -> None:
    """Write shared copies as people would: marks, ratings, a step of one's own."""
    folder.mkdir()
    rng, shelf = random.Random(count), own_shelf()
    worksheets = [shelf.load(name) for name in WORKSHEETS]
    definitions = {one.id: definition_of(one).model_dump() for one in worksheets}
    for number in range(count):
        worksheet = worksheets[number % len(worksheets)]
        copy = Shared.model_validate(
            {
                "shared_id": "".join(rng.choices(SHARED_ID_LETTERS, k=SHARED_ID_LENGTH)),
                "revision": 1,
                "pseudonym": "Amber Heron",
                "person": {"team": f"Branch {rng.randrange(20)}"},
                "answers": answers(worksheet, rng),
                "actions": [
                    {"id": "a1", "step": f"Do what matters, number {rng.randrange(50)}", "private": False}
                ],
                "definition": definitions[worksheet.id],
            }
        )
        (folder / f"{number:06}.toml").write_text(shared_text(copy), encoding="utf-8")


def answers(worksheet: Worksheet, rng: random.Random) -> dict[str, Any]:
    """Something for every checklist and rating that may be shared."""
    private, found = private_prompts(worksheet), dict[str, Any]()
    for _, prompt in worksheet.prompts():
        if prompt.id in private:
            continue
        if isinstance(prompt, ChecklistPrompt):
            marks = {
                mark.id: [item.id for item in prompt.items if rng.random() < 0.4] for mark in prompt.marks
            }
            found[prompt.id] = {mark: items for mark, items in marks.items() if items} or None
        elif isinstance(prompt, RatingPrompt) and prompt.items:
            scale = prompt.scale
            found[prompt.id] = {item.id: rng.randint(scale.min, scale.max) for item in prompt.items}
    return {name: value for name, value in found.items() if value}


def measure(shared: Path, rounds: int) -> dict[str, Taken]:
    """The median of each, run in turn; all but the first report find what it told in the memory."""
    libwell = (*LIBWELL, "--data-dir", str(shared.with_suffix(".data")))
    cases = {
        "read and parse": (sys.executable, "-c", PARSE, str(shared)),
        "team report": (*libwell, "team", "report", str(shared), "--format", "json", "--by", "team"),
        "team plan": (*libwell, "team", "plan", str(shared)),
    }
    taken: dict[str, list[Taken]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, command in cases.items():
            taken[name].append(run(command))
    return {name: Taken(*map(statistics.median, zip(*runs, strict=True))) for name, runs in taken.items()}


def run(command: tuple[str, ...]) -> Taken:
    """Run a program to its end."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    clock = time.perf_counter() - begin
    return Taken(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def report(count: int, taken: dict[str, Taken]) -> None:
    parse = taken["read and parse"]
    print(f"{count:,} shared copies")
    for name, one in taken.items():
        times, by_cpu = one.clock / parse.clock, one.processor / parse.processor
        speed = f"{count / one.clock:8,.0f} files a second"
        print(
            f"  {name:16}{one.clock:8.2f} s  {times:5.2f} times ({by_cpu:.2f} by processor)"
            f"  {speed}  {one.memory:6.0f} MB"
        )
    ratio = taken["team report"].clock / parse.clock
    if count >= FROM:
        word = "met" if ratio <= GOAL else "MISSED"
        print(f"  team report / read and parse: {ratio:.2f}, goal {GOAL}: {word}")


if __name__ == "__main__":
    sys.exit(main())
