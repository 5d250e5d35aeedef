"""Everything that is written stays as it is to the byte, unless somebody means it to change.

Where this fails, `python tests/bytes_of_everything.py FOLDER` in the version before and in this one shows
every file; once the difference is what you meant, write the digests anew with `pytest --snapshot-update`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = Path(__file__).parent / "bytes_of_everything.py"


@pytest.mark.thorough
def test_every_byte_is_as_it_was(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), "--groups", str(tmp_path / "groups")], check=True)
    golden("bytes.txt", (tmp_path / "groups").read_text(encoding="utf-8"))
