"""`libwell team trend`: rounds of copies and kept reports, as a facilitator meets them."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from build import section_text, shared_for, sheet_text, worksheet_from, worksheet_of
from libwell.storage.shared import shared_text
from walking import LIBWELL, Walking, in_shell, plain, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

ASKED = section_text('id = "it", kind = "yes-no", ask = "Is it so?"')
SHEET, OTHER = (worksheet_from(sheet_text(ASKED, name=name)) for name in ("test", "second"))

WISHES = worksheet_of(
    """id = "list", kind = "checklist", ask = "What helps?",
        items = [{ id = "kettle", text = "A kettle", suggest = "Buy a kettle" }],
        marks = [{ id = "more", text = "wished for", offer = true }]""",
    'id = "plan", kind = "plan"',
)


def write(folder: Path, yes: int, no: int, *, first: int, sheet: Any = SHEET) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(yes + no):
        copy = shared_for(sheet, f"it = {json.dumps(number < yes)}", number=first + number)
        (folder / f"{sheet.id}-{number}.toml").write_text(shared_text(copy), encoding="utf-8")


@pytest.fixture
def rounds(tmp_path: Path) -> Path:
    """Three rounds; the last is small."""
    for place, (name, yes, no) in enumerate([("spring", 6, 6), ("autumn", 9, 3), ("small", 7, 2)]):
        write(tmp_path / name, yes, no, first=100 * place)
    return tmp_path


def trend(folder: Path, *arguments: str, verb: str = "trend") -> subprocess.CompletedProcess[str]:
    return run(folder / "data", "team", verb, *arguments, cwd=folder)


@pytest.mark.parametrize("verb", ["trend", "report", "plan"])
def test_blanks_alone_are_no_title_and_no_day(rounds: Path, verb: str) -> None:
    named = ("spring", "autumn") if verb == "trend" else ("spring",)
    bare = trend(rounds, *named, "--format", "md", verb=verb)
    blank = trend(rounds, *named, "--format", "md", "--title", " ", "--date", "\t", verb=verb)
    assert (bare.returncode, blank.stdout) == (0, bare.stdout)


@pytest.mark.thorough
def test_a_trend_is_read_in_the_terminal_and_written_in_every_format(rounds: Path) -> None:
    done = trend(rounds, "spring", "autumn")
    assert done.returncode == 0, done.stderr
    assert "spring: 6 of 12 (50%)" in done.stdout
    assert "+25 percentage points since spring" in done.stdout
    for form, begins in (("md", "# Year"), ("html", "<!DOCTYPE html>"), ("csv", "\ufeffworksheet,")):
        path = rounds / f"trend.{form}"
        done = trend(rounds, "spring", "autumn", "--output", path.name, "--title", "Year")
        assert (done.returncode, done.stdout) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(begins)
    assert trend(rounds, "spring", "autumn", "--output", "trend.md").returncode == 1


def test_rounds_have_the_names_they_are_given(rounds: Path) -> None:
    names = ["--label", "Before us", "--label", "With us"]
    record = json.loads(trend(rounds, "spring", "autumn", *names, "--format", "json").stdout)
    assert record["rounds"] == ["Before us", "With us"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["spring"], "two rounds or more"),
        (["spring", "autumn", "--label", "One"], "--label was given 1 times, for 2 rounds"),
        (["spring", "spring"], "a name of its own"),
        (["spring", "autumn", "--label", "A", "--label", " A "], "a name of its own"),
    ],
)
def test_rounds_that_can_not_be_told_from_each_other_are_misuse(
    rounds: Path, arguments: list[str], said: str
) -> None:
    done = trend(rounds, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_round_without_copies_is_named(rounds: Path) -> None:
    done = trend(rounds, "spring", "nowhere")
    assert done.returncode == 1
    assert "There are no copies in nowhere." in done.stderr
    assert json.loads(trend(rounds, "--json", verb="told").stdout)["told"] == []


@pytest.mark.thorough
def test_copies_may_be_deleted_once_their_report_is_kept(rounds: Path) -> None:
    whole = trend(rounds, "spring", "autumn", "--format", "csv").stdout
    assert trend(rounds, "spring", "--output", "spring.json", verb="report").returncode == 0
    for copy in (rounds / "spring").iterdir():
        copy.unlink()
    assert trend(rounds, "spring.json", "autumn", "--format", "csv").stdout == whole
    (rounds / "spring.json").write_text("{}", encoding="utf-8")
    assert trend(rounds, "spring.json", "autumn").returncode == 2


@pytest.mark.thorough
def test_a_small_round_is_not_told_and_others_can_still_come_to_it(rounds: Path) -> None:
    done = trend(rounds, "spring", "small", "autumn")
    assert "small: fewer than 10 people can be told of, so no trend" in done.stdout
    told = json.loads(trend(rounds, "--json", verb="told").stdout)["told"]
    assert [one["people"] for one in told] == [12, 12]
    write(rounds / "small", 8, 3, first=200)
    assert "small: 8 of 11" in trend(rounds, "spring", "small", "autumn").stdout


def test_a_copy_that_lies_in_two_rounds_is_pointed_out_and_makes_no_round_of_both(rounds: Path) -> None:
    (rounds / "autumn" / "again.toml").write_bytes((rounds / "spring" / "test-0.toml").read_bytes())
    done = trend(rounds, "spring", "autumn")
    assert "Some copies in autumn lie in an earlier round, too" in done.stderr
    assert "autumn: fewer than 10 people can be told of, so no trend" in done.stdout
    assert "24" not in done.stdout


@pytest.mark.thorough
def test_one_worksheet_of_several_is_told_and_the_other_is_not(rounds: Path) -> None:
    for place, name in enumerate(("spring", "autumn")):
        write(rounds / name, 10, 0, first=1000 + 100 * place, sheet=OTHER)
    record = json.loads(trend(rounds, "spring", "autumn", "--worksheet", "second", "--format", "json").stdout)
    assert [one["id"] for one in record["worksheets"]] == ["second"]
    told = json.loads(trend(rounds, "--json", verb="told").stdout)["told"]
    assert {one["worksheet"] for one in told} == {"second"}
    assert trend(rounds, "spring", "autumn", "--worksheet", "nope").returncode == 1


def test_a_file_that_can_not_be_taken_is_named(rounds: Path) -> None:
    (rounds / "autumn" / "empty.toml").write_text("", encoding="utf-8")
    done = trend(rounds, "spring", "autumn")
    assert done.returncode == 3
    assert "empty.toml" in done.stderr
    assert "autumn: 9 of 12" in done.stdout


@pytest.mark.thorough
def test_what_many_asked_for_stands_beside_the_plan_that_is_kept(rounds: Path) -> None:
    step = "[[actions]]\nstep = 'Ask the director for hot water'\nfrom = 'list.kettle'\nprivate = false\n"
    for place, name in enumerate(("before", "after")):
        (rounds / name).mkdir()
        for number in range(10):
            answers = f"list = {{ more = ['kettle'] }}\n{step * (place + number == 0)}"
            copy = shared_for(WISHES, answers, number=2000 + 100 * place + number)
            (rounds / name / f"{number}.toml").write_text(shared_text(copy), encoding="utf-8")
    assert trend(rounds, "before", "--keep", "Branch 4", verb="plan").returncode == 0
    (name,) = re.findall(r"\w{4}\.a1", run(rounds / "data", "actions").stdout)
    verb = f"{shlex.join(LIBWELL)} --data-dir data actions set {name} --status let-go --note -"
    status, _, err = in_shell(rounds / "data", f"echo 'No money.' | {verb}")
    assert status == 0, err
    page = trend(rounds, "before", "after", "--kept", "branch 4").stdout
    asked = " ".join(page.partition("You asked, and what became of it")[2].split())
    assert "A kettle Wished for by: 10 of 10 What became of it: let go" in asked
    assert "Notes: No money." in asked
    done = trend(rounds, "before", "after", "--kept", "Branch 5")
    assert done.returncode == 1
    assert "No plan is kept as Branch 5." in done.stderr


def test_before_a_first_telling_a_person_may_wait(rounds: Path) -> None:
    folders = [str(rounds / name) for name in ("spring", "autumn", "small")]
    with Walking(rounds / "data", "team", "trend", *folders, "--format", "csv") as walk:
        assert "12 copies of “Test” are here." in walk.shown
        assert "9 copies" not in walk.shown
        assert "told only 5 or more together" in walk.shown
        walk.type("")
        walk.end()
        assert walk.status == 0
        assert "share" not in plain(walk.raw)
    assert json.loads(trend(rounds, "--json", verb="told").stdout)["told"] == []
