"""An earlier report is read as any file from others is: what is no JSON is refused, and not quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from libwell.errors import FileRefusedError, NotFoundError
from libwell.storage.team_reports import read_report

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_report_holds_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text('{"schema": "libwell.team-report/1"}')
    assert read_report(path) == {"schema": "libwell.team-report/1"}


@pytest.mark.parametrize("text", ["", "canary", "{", "[" * 200_000, '{"a": ' * 200_000, "1" * 10_000])
def test_what_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(FileRefusedError, match=r"this is no JSON") as error:
        read_report(path)
    assert "canary" not in str(error.value)


@pytest.mark.parametrize("text", ["{},", "[],", "1,", '"a":1,'])
def test_what_holds_more_than_a_report_is_refused_unread(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text("[" + text * 1_000_001)
    with pytest.raises(FileRefusedError, match=r"more than a report does. `libwell team report"):
        read_report(path)


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="missing"):
        read_report(tmp_path / "missing.json")
