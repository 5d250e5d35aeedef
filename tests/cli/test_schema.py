"""`libwell schema`: the schema on standard output, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from libwell.cli.schema import SchemaName
from libwell.rules.schemas import SCHEMAS, schema_text
from walking import run

if TYPE_CHECKING:
    from pathlib import Path

NAMES = get_args(SchemaName)


@pytest.mark.parametrize(
    ("words", "name"),
    [([], "worksheet"), *(([name], name) for name in NAMES)],
)
def test_the_schema_is_printed(tmp_path: Path, words: list[str], name: str) -> None:
    done = run(tmp_path, "schema", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == schema_text(name)


def test_there_is_no_schema_of_anything_else(tmp_path: Path) -> None:
    done = run(tmp_path, "schema", "nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"NAME takes {', '.join(NAMES[:-1])} or {NAMES[-1]}.\n"


def test_every_schema_is_in_the_help() -> None:
    assert tuple(SCHEMAS) == NAMES
