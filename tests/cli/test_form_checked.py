"""`libwell check` of a page that `libwell form` made, and of other pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from walking import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    done = run(tmp_path / "data", "form", "staff-care", "--output", str(tmp_path), "--team", "Branch 4")
    assert done.returncode == 0
    return tmp_path / "staff-care.html"


def test_a_page_as_it_was_made_is_sound(page: Path) -> None:
    done = run(page.parent / "data", "check", str(page))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 file, 0 mistakes, 0 hints.\n")


def test_a_changed_page_says_what_to_do(page: Path) -> None:
    page.write_text(page.read_text("utf-8").replace("Branch 4", "Branch 5", 1), "utf-8")
    page.write_text(page.read_text("utf-8").replace("default-src 'none'", "default-src *"), "utf-8")
    done = run(page.parent / "data", "check", str(page))
    assert done.returncode == 4
    assert done.stdout == (
        f"{page}: this page is not as `libwell form` makes it: something in it was changed, or is missing. "
        "Don't answer in it. Ask for it again, or make it anew: libwell form WORKSHEET --output FILE\n"
    )
    found = json.loads(run(page.parent / "data", "check", "--json", str(page)).stdout)
    assert len(found["files"][0]["mistakes"]) == 1


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n<p>hello</p>\n", "hello", "<"])
def test_another_page_is_no_form(page: Path, text: str) -> None:
    page.write_text(text)
    done = run(page.parent / "data", "check", str(page))
    assert done.returncode == 4
    assert "this is no page that `libwell form` made. Name another file." in done.stdout


def test_a_folder_is_still_read_for_toml_alone(page: Path) -> None:
    (page.parent / "only").mkdir()
    page.rename(page.parent / "only" / page.name)
    assert run(page.parent / "data", "check", str(page.parent / "only")).returncode == 1
