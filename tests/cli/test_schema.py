"""`libwell schema`: the schema on standard output, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from libwell.rules.schemas import schema_text
from walking import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "name"),
    [([], "worksheet"), (["worksheet"], "worksheet"), (["answers"], "answers"), (["export"], "export")],
)
def test_the_schema_is_printed(tmp_path: Path, words: list[str], name: str) -> None:
    done = run(tmp_path, "schema", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == schema_text(name)


def test_there_is_no_schema_of_anything_else(tmp_path: Path) -> None:
    done = run(tmp_path, "schema", "nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no schema of nonsense. One of: worksheet, answers, export, report.\n"
