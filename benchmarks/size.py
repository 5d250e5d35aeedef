"""How many lines each package of libwell has, and how many decisions in each line of its functions.

usage: python benchmarks/size.py [FOLDER] [--modules]      FOLDER: src/libwell of another checkout

What counts as a decision stands in tests/decisions.py; tests/test_house.py says how much there may be.
"""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from decisions import Size, size, total

LIBWELL = Path(__file__).resolve().parents[1] / "src" / "libwell"


def main() -> None:
    parser = argparse.ArgumentParser(description="Lines, and decisions in each line of a function.")
    parser.add_argument("folder", nargs="?", type=Path, default=LIBWELL)
    parser.add_argument("--modules", action="store_true", help="each module instead of each package")
    options = parser.parse_args()
    sizes = {path: size(path.read_text(encoding="utf-8")) for path in sorted(options.folder.rglob("*.py"))}

    def name(path: Path) -> str:
        return str((path if options.modules else path.parent).relative_to(options.folder))

    for package, paths in groupby(sorted(sizes, key=lambda path: (name(path), path)), name):
        tell(package, total(sizes[path] for path in paths))
    tell("all", total(sizes.values()))


def tell(name: str, found: Size) -> None:
    figures = f"{found.lines:7,} lines {found.function_lines:7,} in functions {found.decisions:6,} decisions"
    print(f"{name:36} {figures} {found.decisions_a_line:6.3f} a line")


if __name__ == "__main__":
    main()
