"""`libwell new`: one new file, never in the place of another, and what to do with it next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
import tomli

from libwell.cli.new import Shape
from libwell.flows.template import template_text
from walking import Walking, run, saved

EXAMPLES = Path(__file__).parents[2] / "examples" / "worksheets"
TEXT = template_text("front-door")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder a person is in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.mark.thorough
def test_a_file_in_this_folder_and_what_to_do_next(data: Path, here: Path) -> None:
    done = run(data, "new", "front-door", cwd=here, umask=0o022)
    assert (done.returncode, done.stdout) == (0, "front-door.toml\n")
    for said in (
        "front-door.toml",
        "check front-door.toml",
        "start front-door.toml",
        str(data / "worksheets"),
    ):
        assert said in done.stderr
    path = here / "front-door.toml"
    assert path.read_text(encoding="utf-8") == TEXT
    assert path.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in here.iterdir()] == ["front-door.toml"]


@pytest.mark.thorough
def test_check_finds_nothing_in_it(data: Path, here: Path) -> None:
    run(data, "new", "front-door", cwd=here)
    done = run(data, "check", "front-door.toml", cwd=here)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 file, 0 mistakes, 0 hints.\n"


@pytest.mark.thorough
def test_it_can_be_answered_to_the_end(data: Path, here: Path) -> None:
    run(data, "new", "front-door", cwd=here)
    with Walking(data, "start", str(here / "front-door.toml")) as walk:
        walk.type("1b", "", "Half an hour of quiet.", "", "2 1 0", "", "1", *[""] * 6, "")
        assert walk.status == 0
    response = saved(data)
    assert response["status"] == "complete"
    assert response["answers"]["ease"] == {"find": 2, "ask": 1, "stay": 0}
    assert [action["from"] for action in response["actions"]] == ["welcome.hello"]
    assert "1 of 3" in walk.raw


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_there_is_never_replaced(data: Path, here: Path, kind: str) -> None:
    path = here / "front-door.toml"
    if kind == "file":
        path.write_text("mine", encoding="utf-8")
    else:
        path.symlink_to(here / "elsewhere")
    done = run(data, "new", "front-door", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "front-door.toml is there already, and stays as it is. Choose another name: --output FILE.\n"
    )
    assert [one.name for one in here.iterdir()] == ["front-door.toml"]
    assert path.is_symlink() or path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("output", ["drafts", "drafts/", "drafts/front-door.toml"])
def test_into_another_folder(data: Path, here: Path, output: str) -> None:
    (here / "drafts").mkdir()
    done = run(data, "new", "front-door", "--output", output, cwd=here)
    assert (done.returncode, done.stdout) == (0, "drafts/front-door.toml\n")
    assert (here / "drafts" / "front-door.toml").read_text(encoding="utf-8") == TEXT


def test_under_another_name_with_a_blank_in_it(data: Path, here: Path) -> None:
    done = run(data, "new", "front-door", "--output", "our door.toml", cwd=here)
    assert done.stdout == "our door.toml\n"
    assert 'check "our door.toml"' in done.stderr


def test_to_standard_output_and_nowhere_else(data: Path, here: Path) -> None:
    done = run(data, "new", "front-door", "--output", "-", cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (0, TEXT, "")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("My Door",), 2, "Did you mean my-door?"),
        (("front-door", "--output", "drafts"), 2, "--output drafts.toml"),
        (("front-door", "--output", "drafts/"), 1, "The folder isn't there."),
    ],
)
def test_what_can_not_be_done_makes_nothing(
    data: Path, here: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = run(data, "new", *arguments, cwd=here)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert list(here.iterdir()) == []


def test_an_id_that_is_taken_is_told(data: Path, here: Path) -> None:
    done = run(data, "--quiet", "new", "staff-care", cwd=here)
    assert done.returncode == 0
    assert "another worksheet is called staff-care too" in done.stderr
    assert (here / "staff-care.toml").exists()


def test_in_a_folder_of_worksheets_it_is_listed(data: Path) -> None:
    own = data / "worksheets"
    own.mkdir(parents=True)
    done = run(data, "new", "front-door", "--output", str(own))
    assert "put it into" not in done.stderr
    listed = json.loads(run(data, "list", "--json").stdout)["worksheets"]
    assert [one["from"] for one in listed if one["id"] == "front-door"] == ["your own"]


# --- like an example ------------------------------------------------------------------------------

SHAPES = ("maturity", "audit", "risks", "priorities")


@pytest.mark.parametrize("shape", SHAPES)
def test_an_example_with_an_id_and_a_title_of_its_own(data: Path, here: Path, shape: str) -> None:
    done = run(data, "new", "our-branches", "--like", shape, cwd=here)
    assert (done.returncode, done.stdout) == (0, "our-branches.toml\n")
    text = (here / "our-branches.toml").read_text(encoding="utf-8")
    head = tomli.loads(text)
    assert (head["id"], head["title"]) == ("our-branches", "Our branches")
    assert "libwell check our-branches.toml" in text
    assert f"{shape}.toml" not in text
    example = EXAMPLES / f"{shape}.toml"
    assert head["sections"] == tomli.loads(example.read_text(encoding="utf-8"))["sections"]


def test_what_there_is_no_example_of(data: Path, here: Path) -> None:
    done = run(data, "new", "our-branches", "--like", "swot", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--like takes maturity, audit, risks or priorities." in done.stderr
    assert list(here.iterdir()) == []


def test_every_example_can_be_begun_from() -> None:
    assert {file.stem for file in EXAMPLES.iterdir()} == set(SHAPES) == set(get_args(Shape))
