"""Which format a file's name asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from libwell.errors import UsageError
from libwell.flows.formats import format_for

if TYPE_CHECKING:
    from pathlib import Path

AMONG = ["md", "html", "csv"]


@pytest.mark.parametrize(
    ("output", "wanted", "name"),
    [
        ("", None, "md"),
        ("-", None, "md"),
        ("plan", None, "md"),
        ("plan.2026", None, "md"),
        ("Dr. Smith", None, "md"),
        ("plans.d/", None, "md"),
        ("plan.md", None, "md"),
        ("plan.txt", None, "md"),
        ("plan.HTML", None, "html"),
        ("plan.htm", None, "html"),
        ("out.v2/plan.csv", None, "csv"),
        ("plan.csv", "csv", "csv"),
        ("-", "csv", "csv"),
        ("plan", "html", "html"),
        ("notes.txt", "md", "md"),
        ("notes.txt", "csv", "csv"),
        ("plan.pdf", "md", "md"),
        ("plans.html/", "csv", "csv"),
    ],
)
def test_a_name_says_its_format_where_no_other_is_wanted(output: str, wanted: str | None, name: str) -> None:
    assert format_for(output, wanted, AMONG) == name


@pytest.mark.parametrize("ending", ["pdf", "odt", "doc", "PDF", "json", "toml", "7z", "v2"])
def test_an_ending_that_is_no_format_is_refused_with_those_there_are(ending: str) -> None:
    with pytest.raises(UsageError) as error:
        format_for(f"plan.{ending}", None, AMONG)
    assert error.value.message == f"libwell does not write .{ending.lower()} here."
    assert error.value.remedy == "Name the file as one of .md, .html, .csv, or say which with --format."
    assert error.value.status == 2


def test_a_format_that_a_name_speaks_against_is_refused() -> None:
    with pytest.raises(UsageError, match=r"plan\.csv is named as csv is"):
        format_for("plan.csv", "html", AMONG)


def test_a_folder_that_is_there_may_be_called_anything(tmp_path: Path) -> None:
    (tmp_path / "plans.pdf").mkdir()
    assert format_for(str(tmp_path / "plans.pdf"), None, AMONG) == "md"
