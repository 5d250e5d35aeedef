"""A hundred thousand spoilt files, read on every processor: what came of them, and how long they took.

usage: python benchmarks/fuzz.py [COUNT]          the spoilt files 0 to COUNT (100,000)
       python benchmarks/fuzz.py --only NUMBER    one of them: the file on standard output, then what it did

The files are those of tests/test_fuzz.py, and more of them. Exits with 1 if anything but libwell's own errors
came out, or if a file took longer than two seconds of the processor.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from test_fuzz import look_around, spoilt, try_one

PATIENCE = 2.0  # seconds of the processor for one file
CHUNK = 1_000
Result = tuple[Counter[str], list[str]]


def main() -> int:
    if sys.argv[1:2] == ["--only"]:
        return show(int(sys.argv[2]))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begin = time.perf_counter()
    totals: Counter[str] = Counter()
    wrong: list[str] = []
    with multiprocessing.Pool() as pool:
        for counted, found in pool.imap_unordered(try_chunk, range(0, count, CHUNK)):
            totals += counted
            wrong += found
            print(f"\r{sum(totals.values()):,} files", end="", file=sys.stderr)
    seconds = time.perf_counter() - begin
    print(file=sys.stderr)
    print("\n".join(sorted(wrong)), end="\n" if wrong else "")
    outcomes = ", ".join(f"{number:,} {what}" for what, number in totals.most_common())
    print(f"{count:,} files in {seconds:.0f} s: {outcomes}")
    return 1 if wrong else 0


def try_chunk(start: int) -> Result:
    """Read a thousand files, then the folder that holds some of them."""
    totals: Counter[str] = Counter()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="libwell-fuzz-") as folder:
        for number in range(start, start + CHUNK):
            outcome = try_number(number, Path(folder))
            totals[outcome.partition(":")[0]] += 1
            if ":" in outcome:
                wrong.append(f"file {number}, {outcome}")
        look_around(Path(folder))
    return totals, wrong


def try_number(number: int, folder: Path) -> str:
    """Say what came of one file: `used`, `refused`, or what went wrong behind a colon."""
    try:
        begin = time.process_time()
        used = try_one(number, folder)
        seconds = time.process_time() - begin
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"failed: {type(error).__name__} in {place.filename}:{place.lineno}"
    if seconds > PATIENCE:
        return f"slow: {seconds:.1f} s"
    return "used" if used else "refused"


def show(number: int) -> int:
    """Print one file, and what reading it does."""
    kind, data = spoilt(number)
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="libwell-fuzz-") as folder:
        begin = time.process_time()
        used = try_one(number, Path(folder))
        seconds = time.process_time() - begin
    print(f"\n{kind} {number}: {'used' if used else 'refused'} in {seconds:.3f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
