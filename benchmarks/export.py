"""What exporting many responses costs, beside what the same files cost others, in one run.

usage: python benchmarks/export.py [COUNT…] [--rounds N] [--folder DIR]      1,000 and 10,000 by default

Makes realistic responses of about 5 kB besides the worksheet they keep, no two alike, and runs each of these
as a process of its own, one after the other in every round:

- read and copy the files, nothing else;
- read them and parse them with tomli, nothing else;
- libwell with one job and with two, and once more where nothing has changed;
- a process for each file (of some of them);
- jrnl, exporting as many entries with the same words as one Markdown file each (where pip can install it).

Every run writes into a folder of its own and none is removed in between, as on ext4 files made soon after
many were deleted cost ten times as much. What counts is the median; memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from libwell.flows.fill import Filler
from libwell.flows.opened import read_response
from libwell.flows.world import World
from libwell.storage.fill_keys import FillKeys
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from libwell.flows.opened import Opened

LIBWELL = (sys.executable, "-c", "from libwell.cli import main; main()")
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SIZE = 5_000  # characters of a response besides its worksheet
FEW = 40  # files that get a process each
NOW = dt.datetime(2026, 11, 21, 18, 2, 11, 120934, tzinfo=dt.UTC)

COPY = """
import sys
from pathlib import Path
source, target = map(Path, sys.argv[1:])
target.mkdir()
for path in sorted(source.iterdir()):
    (target / path.name).write_bytes(path.read_bytes())
"""
PARSE = """
import sys
from pathlib import Path
import tomli
for path in sorted(Path(sys.argv[1]).iterdir()):
    tomli.loads(path.read_bytes().decode())
"""
JRNL = """
version: v4.6
journals: {{default: {{journal: {journal}}}}}
colors: {{body: none, date: none, tags: none, title: none}}
timeformat: '%F %r'
tagsymbols: '#@'
encrypt: false
template: false
highlight: false
editor: ''
linewrap: 79
indent_character: '|'
default_hour: 9
default_minute: 0
"""


@dataclass(frozen=True)
class Taken:
    """Seconds one run took on the clock and of the processor, and the megabytes of its largest process."""

    clock: float
    processor: float
    memory: float


@dataclass
class Place:
    """Where one size of the comparison is run: the responses, and a new folder for each thing written."""

    folder: Path
    count: int
    jrnl: Path | None
    _made: int = field(default=0)

    @property
    def responses(self) -> Path:
        """The folder of responses."""
        return self.folder / "responses"

    def new(self) -> Path:
        """Name a folder that is not there yet."""
        self._made += 1
        return self.folder / f"out-{self._made}"


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="libwell-export-", dir=options.folder) as folder:
        jrnl = install_jrnl(Path(folder))
        for count in options.counts or [1_000, 10_000]:
            place = Place(Path(folder) / str(count), count, jrnl)
            make_responses(place.responses, count)
            if jrnl:
                make_journal(place)
            report(place, measure(cases(place), options.rounds))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="What exporting many responses costs, beside other programs."
    )
    parser.add_argument("counts", nargs="*", type=int, help="how many responses, for each comparison")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where to make the files (default: the system's temporary folder)")
    return parser.parse_args()


# --- what is exported -----------------------------------------------------------------------------


def make_responses(folder: Path, count: int) -> None:
    """Save responses to three worksheets, each with words of its own."""
    folder.mkdir(parents=True)
    rng = random.Random(count)
    samples = list(filled(rng))
    for number in range(count):
        saved = samples[number % len(samples)]
        name = f"{saved.worksheet.id}-2026-11-21-{number:06d}"
        answers = dict(saved.response.answers)
        texts = [prompt.id for _, prompt in saved.worksheet.prompts() if prompt.kind == "text"]
        answers |= {name: paragraphs(rng, 200) for name in texts}
        made = saved.response.model_copy(update={"id": name, "answers": answers})
        while (missing := SIZE - body_size(made)) > 150:
            text = rng.choice(texts)
            answers[text] = f"{answers[text]}\n\n{paragraphs(rng, min(missing, 700))}"
        (folder / f"{name}.toml").write_text(response_text(made), encoding="utf-8")


def filled(rng: random.Random) -> Iterator[Opened]:
    """The examples, filled in."""
    shelf = Shelf([(shipped_worksheets(), SHIPPED)])
    world = World(lambda: NOW, rng.choice, "libwell", lambda: ())
    with tempfile.TemporaryDirectory() as place:
        folder = ResponseFolder(Path(place))
        filler = Filler(shelf, folder, FillKeys(folder), world)
        for example in sorted(EXAMPLES.glob("*.toml")):
            text = example.read_text(encoding="utf-8")
            yield read_response(filler.fill(text, file=example.name).path)


def body_size(response: Any) -> int:
    """Characters of a response besides the worksheet it keeps."""
    return len(response_text(response)) - len(response.definition.worksheet)


def paragraphs(rng: random.Random, size: int) -> str:
    """Sentences as people write them, some on a line of their own."""
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        parts += [sentence(rng), rng.choice((" ", " ", " ", "\n", "\n\n"))]
    return "".join(parts).strip()


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(6, 18))]
    words[0] = words[0].capitalize()
    if rng.random() < 0.2:
        words[-2] = f"({words[-2]})"
    if rng.random() < 0.3:
        words[2] += ","
    if rng.random() < 0.03:
        words[-1] = rng.choice(("$20", "and/or", "ana@example.org"))
    return " ".join(words) + rng.choice("....?!")


def _words() -> list[str]:
    """What the sentences are made of."""
    letters = Path(__file__).resolve().parents[1] / "worksheets" / "policy-review.toml"
    return sorted(set(re.findall(r"\b[a-z][a-z'-]+\b", letters.read_text(encoding="utf-8"))))


WORDS = [*_words(), "15", "4th", "20", "I'd", "e-mail"]


def make_journal(place: Place) -> None:
    """The same words as entries of a journal."""
    (place.folder / "jrnl.yaml").write_text(JRNL.format(journal=place.folder / "journal.txt"))
    with (place.folder / "journal.txt").open("w", encoding="utf-8") as journal:
        for path in sorted(place.responses.iterdir()):
            body = path.read_text(encoding="utf-8").partition("\n[definition]")[0]
            words = body.replace("[", "(").replace("]", ")")
            journal.write(f"[2026-11-21 06:02:11 PM] {path.stem}.\n{words}\n\n")


def install_jrnl(folder: Path) -> Path | None:
    """Install jrnl into an environment of its own, if that can be done here."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "jrnl")], check=True)
    pip = [str(folder / "jrnl" / "bin" / "pip"), "install", "--quiet", "jrnl==4.6"]
    done = subprocess.run(pip, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        print("jrnl could not be installed here, so it is left out.")
        return None
    return folder / "jrnl" / "bin" / "jrnl"


# --- measuring ------------------------------------------------------------------------------------


def cases(place: Place) -> dict[str, Callable[[], Taken]]:
    """What is timed, by name; the first two are what the others are held against."""
    python, source, done = sys.executable, str(place.responses), place.new()

    def export(*options: str, to: Path | None = None) -> Taken:
        target = to or place.new()
        line = ("export", f"{source}/", "--output", str(target), *options)
        return run([*LIBWELL, "--data-dir", str(place.folder / "data"), *line])

    def one_by_one() -> Taken:
        target = place.new()
        line = [*LIBWELL, "--data-dir", str(place.folder / "data"), "export"]
        some = sorted(place.responses.iterdir())[:FEW]
        taken = [run([*line, str(path), "--output", f"{target}/"]) for path in some]
        times = place.count / len(some)
        clock, processor = (sum(getattr(one, name) for one in taken) for name in ("clock", "processor"))
        return Taken(clock * times, processor * times, max(one.memory for one in taken))

    timed = {
        "read and copy": lambda: run([python, "-c", COPY, source, str(place.new())]),
        "read and parse": lambda: run([python, "-c", PARSE, source]),
        "libwell, one job": lambda: export("--jobs", "1"),
        "libwell, two jobs": lambda: export("--jobs", "2"),
        "libwell, as it comes": export,
        "nothing has changed": lambda: export("--jobs", "1", to=done),
        "a process a file": one_by_one,
    }
    if place.jrnl:
        timed["jrnl"] = lambda: run_jrnl(place)
    return timed


def run_jrnl(place: Place) -> Taken:
    target = place.new()
    target.mkdir()
    line = [str(place.jrnl), "--config-file", str(place.folder / "jrnl.yaml"), "--format", "md"]
    taken = run([*line, "--file", str(target)])
    made = len(list(target.iterdir()))
    if made != place.count:
        sys.exit(f"jrnl wrote {made:,} files of {place.count:,}")
    return taken


def measure(timed: dict[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """Run every case once a round; before the first, once the one that finds nothing changed."""
    timed["nothing has changed"]()
    times: dict[str, list[Taken]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, take in timed.items():
            times[name].append(take())
    return times


def run(command: Sequence[str]) -> Taken:
    """Run a command to its end; it has to succeed."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """The environment of a child: as it is, without what would make Python slower than it is in life."""
    spoiling = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in spoiling and not name.startswith("LIBWELL_")
    }


def report(place: Place, times: dict[str, list[Taken]]) -> None:
    """Print a line for each case; ratios are to reading and parsing, by the clock and by the processor."""
    parse, one = medians(times["read and parse"]), medians(times["libwell, one job"])
    print(f"\n{place.count:,} responses, medians of {len(times['read and parse'])} rounds")
    print(f"{'':22} {'files/s':>8} {'x parse':>8} {'by cpu':>8} {'x one job':>10} {'MB':>6} {'µs/file':>8}")
    for name, taken in times.items():
        middle = medians(taken)
        print(
            f"{name:22} {place.count / middle.clock:8,.0f} {middle.clock / parse.clock:8.2f}"
            f" {middle.processor / parse.processor:8.2f} {middle.clock / one.clock:10.2f}"
            f" {middle.memory:6.0f} {middle.clock / place.count * 1e6:8.0f}"
        )


def medians(taken: Sequence[Taken]) -> Taken:
    names = ("clock", "processor", "memory")
    return Taken(*(statistics.median(getattr(one, name) for one in taken) for name in names))


if __name__ == "__main__":
    sys.exit(main())
