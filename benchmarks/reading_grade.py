"""How easily the prompts of each built-in worksheet read, as Flesch-Kincaid grades.

usage: python benchmarks/reading_grade.py

A prompt is its question and its help together; what a worksheet includes counts as its own. Beside the median
stands the highest grade and the prompt that has it. Exits with 1 if a median is over 9.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from effort import shipped
from libwell.rules.checking.reading import prompt_grades

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

MOST = 9


def main() -> int:
    print(f"{'worksheet':<28} {'median':>7} {'highest':>8}  prompt")
    hard = [worksheet.id for worksheet in shipped() if not reads_easily(worksheet)]
    if hard:
        print(f"median over {MOST}: {', '.join(hard)}")
    return 1 if hard else 0


def reads_easily(worksheet: Worksheet) -> bool:
    """Print a worksheet's grades; tell whether their median is low enough."""
    grades = prompt_grades(worksheet)
    names = [prompt.id for _, prompt in worksheet.prompts()]
    highest, name = max(zip(grades, names, strict=True))
    print(f"{worksheet.id:<28} {median(grades):7.1f} {highest:8.1f}  {name}")
    return median(grades) <= MOST


if __name__ == "__main__":
    sys.exit(main())
