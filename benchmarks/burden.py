"""How long each built-in worksheet takes to answer in full, counted, beside what it promises.

And what is read before its first question, in a walk at 80 columns: lines, empty ones too, and words.

usage: python benchmarks/burden.py [WORKSHEET…]      the worksheets named section by section

The pace, and why it is what it is, stands in tests/effort.py. Exits with 1 if a worksheet takes longer than
it promises, or if more is read before its first question than tests/first_minute.py allows.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from effort import minutes, section_minutes, shipped, short_way_minutes
from first_minute import MOST_LINES, MOST_WORDS, first_minute

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet


def main() -> int:
    print(f"{'worksheet':<28} {'counted':>8} {'promised':>9} {'lines':>6} {'words':>6}")
    late = [worksheet.id for worksheet in shipped() if not holds(worksheet)]
    if late:
        print(f"more than promised, or than fits one screen: {', '.join(late)}")
    return 1 if late else 0


def holds(worksheet: Worksheet) -> bool:
    """Print a worksheet's figures; tell whether it takes no longer than it promises, and begins as short."""
    counted, promised = minutes(worksheet), worksheet.minutes or 0
    with TemporaryDirectory() as folder:
        read = first_minute(Path(folder) / "data", worksheet.id)
    print(f"{worksheet.id:<28} {counted:8.1f} {promised:9} {len(read.lines):6} {read.words:6}")
    if worksheet.short_minutes:
        short = short_way_minutes(worksheet)
        print(f"{'    the short way':<28} {short:8.1f} {worksheet.short_minutes:9}")
    if worksheet.id in sys.argv[1:]:
        for section in worksheet.sections:
            print(f"    {section.id:<24} {section_minutes(section, worksheet):8.1f}")
    return counted <= promised and len(read.lines) <= MOST_LINES and read.words <= MOST_WORDS


if __name__ == "__main__":
    sys.exit(main())
