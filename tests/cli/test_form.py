"""`libwell form`: where the page goes, what stands in it, and that it is always the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from libwell.storage.form_pages import BEGINS, ENDS
from walking import LIBWELL, environment, run

if TYPE_CHECKING:
    from pathlib import Path


def data_of(page: str) -> Any:
    return json.loads(page.partition(BEGINS)[2].partition(ENDS)[0])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def form(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(data, "form", "staff-care", *options, cwd=data.parent)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (("--output", "mine.html"), "mine.html"),
        (("--output", "."), "staff-care.html"),
        (("--output", "./", "--quiet-name"), "worksheet.html"),
    ],
)
def test_it_writes_one_page_and_says_what_is_next(data: Path, options: tuple[str, ...], name: str) -> None:
    done = form(data, *options)
    assert (done.returncode, done.stdout) == (0, "")
    first, *others = done.stderr.splitlines()
    assert first == f"{name}: written."
    assert [word in " ".join(others) for word in ("stick", "zip", "libwell team status")] == [True] * 3
    page = (data.parent / name).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert data_of(page)["tab"] == ("Worksheet" if "--quiet-name" in options else data_of(page)["title"])


def test_colleagues_can_open_it_where_it_lies(data: Path) -> None:
    before = os.umask(0o022)
    try:
        form(data, "--output", "page.html")
    finally:
        os.umask(before)
    assert (data.parent / "page.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--output is missing: where to write the page. Write --output staff-care.html"),
        (("--quiet-name",), "Write --output worksheet.html"),
        (("--output", ""), "The name given for --output is empty."),
        (("--output", "page.pdf"), "A page for a browser ends in .html, and there is no such folder."),
        (("--output", "pages"), "Write --output pages.html, or make the folder first."),
    ],
)
def test_a_name_that_is_none_is_told(data: Path, options: tuple[str, ...], said: str) -> None:
    done = form(data, *options)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert not list(data.parent.glob("*.*"))


def test_what_is_there_stays(data: Path) -> None:
    (data.parent / "page.html").write_text("mine")
    done = form(data, "--output", "page.html")
    assert (done.returncode, done.stderr) == (1, "page.html is there already. Choose another name.\n")
    assert (data.parent / "page.html").read_text() == "mine"


def test_team_and_library_are_those_configured_and_never_the_name(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('libwell = "config/1"\nname = "Ana"\nteam = "Branch 4"\nlibrary = "Lake"\n')
    environ = {"LIBWELL_CONFIG": str(settings)}
    page = run(data, "form", "staff-care", "--output", "-", environ=environ).stdout
    found = data_of(page)
    assert (found["team"], found["library"], "Ana" in page) == ("Branch 4", "Lake", False)
    given = run(
        data, "form", "staff-care", "--output", "-", "--team", "", "--library", "Hill", environ=environ
    )
    assert [data_of(given.stdout)[name] for name in ("team", "library")] == ["", "Hill"]


def test_own_contacts_stand_in_it_and_that_is_said(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "libwell" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('libwell = "config/1"\n[[support]]\nname = "Pat"\nreach = "ext. 12"\n')
    done = run(data, "form", "staff-care", "--output", "-")
    assert done.stderr.startswith("The people you added stand in it")
    assert data_of(done.stdout)["support"][0].startswith("Pat: ext. 12")


def test_the_same_command_gives_the_same_bytes(data: Path) -> None:
    made = {
        subprocess.run(
            [*LIBWELL, "--data-dir", str(data), "form", "staff-care", "--output", "-", "--team", "T"],
            env={**environment(data), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1


def test_a_worksheet_of_ones_own_is_named_by_its_path(data: Path) -> None:
    run(data, "new", "front-door", cwd=data.parent)
    done = run(data, "form", "front-door.toml", "--output", ".", cwd=data.parent)
    assert done.returncode == 0
    assert data_of((data.parent / "front-door.html").read_text("utf-8"))["id"] == "front-door"


def test_of_what_is_all_private_nothing_comes_back(data: Path) -> None:
    done = run(data, "form", "after-a-hard-moment", "--output", str(data.parent / "page.html"))
    assert done.returncode == 0
    assert "All of it is private" in done.stderr
    assert "team status" not in done.stderr
