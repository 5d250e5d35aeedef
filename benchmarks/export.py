"""What exporting many responses costs, beside what the same files cost others, in one run.

usage: python benchmarks/export.py [COUNT…] [--size BYTES…] [--rounds N] [--folder DIR] [--without CASE…]

1,000, 10,000 and 50,000 responses by default, each of about 2 kB and of about 5 kB besides the worksheet they
keep, no two alike. Each of these is a process of its own, one after the other in every round:

- read and copy the files, nothing else;
- read them and parse them with tomli, nothing else;
- libwell with one job, with two, and as it comes;
- once more where nothing has changed, and where one response has;
- all of them as one table;
- a process for each file (of some of them);
- jrnl, exporting as many entries with the same words as one Markdown file each (where pip can install it).

Every run writes into a folder of its own and none is removed in between, as on ext4 files made soon after
many were deleted cost ten times as much. What counts is the median; memory is that of the largest process.
The goals are said behind the figures, each with what was measured.
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
    from libwell.model.response import Response

LIBWELL = (sys.executable, "-c", "from libwell.cli import main; main()")
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SIZES = (2_000, 5_000)  # characters of a response besides its worksheet
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
    size: int
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
    memory: dict[tuple[int, int], Taken] = {}
    with tempfile.TemporaryDirectory(prefix="libwell-export-", dir=options.folder) as folder:
        jrnl = None if "jrnl" in options.without else install_jrnl(Path(folder))
        for size in options.size:
            for count in options.counts or [1_000, 10_000, 50_000]:
                place = Place(Path(folder) / f"{count}-{size}", count, size, jrnl)
                make_responses(place.responses, count, size)
                if jrnl:
                    make_journal(place)
                timed = {name: take for name, take in cases(place).items() if name not in options.without}
                taken = {name: medians(all_) for name, all_ in measure(timed, options.rounds).items()}
                report(place, taken, options.rounds)
                memory[size, count] = taken[ONE]
    report_growth(memory)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="What exporting many responses costs, beside other programs."
    )
    parser.add_argument("counts", nargs="*", type=int, help="how many responses, for each comparison")
    parser.add_argument("--size", nargs="*", type=int, default=SIZES, help="bytes of a response")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where to make the files (default: the system's temporary folder)")
    parser.add_argument("--without", nargs="*", default=(), help="cases to leave out")
    return parser.parse_args()


# --- what is exported -----------------------------------------------------------------------------


def make_responses(folder: Path, count: int, size: int) -> None:
    """Save responses of about `size` bytes to three worksheets, each with words of its own."""
    folder.mkdir(parents=True)
    rng = random.Random(count)
    samples = [shortened(saved.response, size) for saved in filled(rng)]
    for number in range(count):
        sample = samples[number % len(samples)]
        name = f"{sample.id.rpartition('-2')[0]}-2026-11-21-{number:06d}"
        answers = dict(sample.answers)
        texts = [prompt for prompt, value in answers.items() if isinstance(value, str) and len(value) > 60]
        answers |= {text: paragraphs(rng, 200) for text in texts}
        made = sample.model_copy(update={"id": name, "answers": answers})
        while texts and (missing := size - body_size(made)) > 150:
            text = rng.choice(texts)
            answers[text] = f"{answers[text]}\n\n{paragraphs(rng, min(missing, 700))}"
        (folder / f"{name}.toml").write_text(response_text(made), encoding="utf-8")


def shortened(response: Response, size: int) -> Response:
    """A response without its last answers, as many as keep it from being of `size` bytes."""
    answers = dict(response.answers)
    made = response
    while body_size(made) > size and len(answers) > 1:
        answers.popitem()
        kept = tuple(one for one in made.actions if one.from_.partition(".")[0] in answers)
        made = response.model_copy(update={"answers": answers, "actions": kept[:2]})
    return made


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


PARSED, ONE, TWO, AS_IT_COMES = "read and parse", "libwell, one job", "libwell, two jobs", "as it comes"
AGAIN, ONE_CHANGED, TABLE = "nothing has changed", "one has changed", "one table, one job"


def cases(place: Place) -> dict[str, Callable[[], Taken]]:
    """What is timed, by name; the first two are what the others are held against."""
    python, source, done = sys.executable, str(place.responses), place.new()

    def export(*options: str, to: Path | None = None, ending: str = "") -> Taken:
        target = to or place.new()
        data = target.with_name(f"{target.name}-data")
        line = ("export", f"{source}/", "--output", f"{target}{ending}", *options)
        return run([*LIBWELL, "--data-dir", str(data), *line])

    def one_changed() -> Taken:
        change(place)
        return export("--jobs", "1", to=done)

    def one_by_one() -> Taken:
        target = place.new()
        line = [*LIBWELL, "--data-dir", str(target.with_name(f"{target.name}-data")), "export"]
        some = sorted(place.responses.iterdir())[:FEW]
        taken = [run([*line, str(path), "--output", f"{target}/"]) for path in some]
        times = place.count / len(some)
        clock, processor = (sum(getattr(one, name) for one in taken) for name in ("clock", "processor"))
        return Taken(clock * times, processor * times, max(one.memory for one in taken))

    timed = {
        "read and copy": lambda: run([python, "-c", COPY, source, str(place.new())]),
        PARSED: lambda: run([python, "-c", PARSE, source]),
        ONE: lambda: export("--jobs", "1"),
        TWO: lambda: export("--jobs", "2"),
        AS_IT_COMES: export,
        AGAIN: lambda: export("--jobs", "1", to=done),
        ONE_CHANGED: one_changed,
        TABLE: lambda: export("--jobs", "1", "--format", "csv", ending=".csv"),
        "a process a file": one_by_one,
    }
    if place.jrnl:
        timed["jrnl"] = lambda: run_jrnl(place)
    return timed


def change(place: Place) -> None:
    """Change one response, as whoever goes on with it would."""
    path = min(place.responses.iterdir())
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^revision = (\d+)$", text, re.MULTILINE)
    if found is None:
        sys.exit(f"{path} has no revision")
    changed = text.replace(found[0], f"revision = {int(found[1]) + 1}", 1)
    path.write_text(changed.replace(" the ", " that ", 1), encoding="utf-8")


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
    if AGAIN in timed:
        timed[AGAIN]()
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


def report(place: Place, taken: dict[str, Taken], rounds: int) -> None:
    """Print a line for each case, in ratios to reading and parsing, and what is met of the goals."""
    parse, one = taken[PARSED], taken[ONE]
    print(f"\n{place.count:,} responses of {place.size / 1000:g} kB, medians of {rounds} rounds")
    print(f"{'':22} {'files/s':>8} {'x parse':>8} {'by cpu':>8} {'x one job':>10} {'MB':>6} {'µs/file':>8}")
    for name, middle in taken.items():
        print(
            f"{name:22} {place.count / middle.clock:8,.0f} {middle.clock / parse.clock:8.2f}"
            f" {middle.processor / parse.processor:8.2f} {middle.clock / one.clock:10.3f}"
            f" {middle.memory:6.0f} {middle.clock / place.count * 1e6:8.0f}"
        )
    for goal in GOALS:
        goal.tell(place.count, taken)


@dataclass(frozen=True)
class Goal:
    """What one case may take at most of the time of another, from so many responses on."""

    case: str
    of: str
    most: float
    first: int = 10_000
    last: int = 50_000

    def tell(self, count: int, taken: dict[str, Taken]) -> None:
        """Print what was measured, and whether that meets it."""
        if self.first <= count <= self.last and {self.case, self.of} <= taken.keys():
            ratio = taken[self.case].clock / taken[self.of].clock
            word = "met" if ratio <= self.most else "MISSED"
            print(f"  {self.case} / {self.of}: {ratio:.3f}, goal {self.most:.3g}: {word}")


GOALS = (
    Goal(ONE, PARSED, 1.6),
    Goal(AGAIN, ONE, 0.1),
    Goal(ONE_CHANGED, ONE, 0.12),
    Goal(TWO, ONE, 1 / 1.6),
    Goal(AS_IT_COMES, "jrnl", 1.2, first=1_000, last=1_000),
    Goal(AS_IT_COMES, "jrnl", 0.7),
    Goal(TABLE, ONE, 0.8),
)


def report_growth(taken: dict[tuple[int, int], Taken]) -> None:
    """Print how a file's time and the memory grow from 10,000 responses to 50,000."""
    for size in {size for size, _ in taken}:
        if not {(size, 10_000), (size, 50_000)} <= taken.keys():
            continue
        few, many = taken[size, 10_000], taken[size, 50_000]
        grown = many.clock / 50_000 / (few.clock / 10_000)
        print(
            f"\n50,000 against 10,000 of {size / 1000:g} kB: {grown:.2f} times the time of a file (goal 1.1)"
        )
        print(f"  {many.memory - few.memory:+.1f} MB (goal +10)")


def medians(taken: Sequence[Taken]) -> Taken:
    names = ("clock", "processor", "memory")
    return Taken(*(statistics.median(getattr(one, name) for one in taken) for name in names))


if __name__ == "__main__":
    sys.exit(main())
