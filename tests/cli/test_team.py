"""`libwell team`: many shared copies as one plan and one report, as a facilitator meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import SHARED_ID, response_for, shared_for, things, worksheet_of
from libwell.flows.together import Reading, make_report, own_shelf, report_text
from libwell.model.shared import Withdrawal
from libwell.rules.team.tally import empty, merge
from libwell.storage.responses import response_text
from libwell.storage.shared import shared_text
from walking import Walking, plain, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from libwell.errors import LibwellError

CANARY = "canary-7f3a"
SHEET = worksheet_of(
    f"""id = "it", kind = "checklist", items = {things("a", "b")}, add_items = true,
        marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]""",
    'id = "words", kind = "text"',
    'id = "closed", kind = "text", private = true',
    'id = "plan", kind = "plan"',
)
ANSWERS = """
it = { more = ["a"], well = ["b"] }
[[actions]]
step = "Buy a kettle"
due = 2027-03-01
"""


def write(folder: Path, count: int, answers: str = ANSWERS, *, first: int = 0, **changes: Any) -> Path:
    """Shared copies of so many people."""
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        copy = shared_for(SHEET, answers, number=number, **changes)
        (folder / f"{number}-{copy.revision}.toml").write_text(shared_text(copy), encoding="utf-8")
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def team(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(data.parent / "data", "team", *arguments)


def report(shared: Path, *options: str) -> Any:
    done = team(shared, "report", str(shared), "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_report_is_read_in_the_terminal_and_written_in_every_format(shared: Path) -> None:
    write(shared, 5)
    done = team(shared, "report", str(shared))
    assert done.returncode == 0
    assert "A: 5 of 5" in done.stdout
    for form, begins in (("md", "# Team report"), ("html", "<!DOCTYPE html>"), ("csv", "\ufeffworksheet,")):
        path = shared.parent / f"report.{form}"
        done = team(shared, "report", str(shared), "--format", form, "--output", str(path))
        assert (done.returncode, done.stdout) == (0, "")
        assert path.read_text("utf-8").startswith(begins)
        again = team(shared, "report", str(shared), "--format", form, "--output", str(path))
        assert again.returncode == 1
        assert "is there already" in again.stderr


def test_a_plan_is_written_in_every_format(shared: Path) -> None:
    write(shared, 3)
    texts = {form: team(shared, "plan", str(shared), "--format", form).stdout for form in FORMS}
    assert "Supported by: 3 people" in texts["md"]
    assert "Buy a kettle" in texts["html"]
    assert json.loads(texts["json"])["steps"][0]["support"] == 3
    assert texts["csv"].splitlines()[1].startswith("Buy a kettle,3,team")
    (event,) = icalendar.Calendar.from_ical(texts["ics"]).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Buy a kettle"


FORMS = ("md", "html", "json", "csv", "ics")


@pytest.mark.parametrize("word", ["0", "-1", "abc", "1", "2", ""])
def test_a_minimum_that_is_none_means_the_default(shared: Path, word: str) -> None:
    write(shared, 4)
    done = team(shared, "report", str(shared), "--format", "json", f"--min-group={word}")
    made = json.loads(done.stdout)
    assert (made["min_group"], made["worksheets"][0]["is_told"], made["worksheets"][0]["places"]) == (
        5,
        False,
        [],
    )
    assert ("--min-group" in done.stderr) == bool(word)


def test_a_smaller_or_larger_minimum_is_taken(shared: Path) -> None:
    write(shared, 4)
    assert report(shared, "--min-group", "4")["worksheets"][0]["is_told"]
    assert not report(shared, "--min-group", "20")["worksheets"][0]["is_told"]


def test_one_bad_file_is_told_of_and_the_rest_is_counted(shared: Path) -> None:
    write(shared, 49)
    (shared / "bad.toml").write_text(f'libwell = "shared/1"\nit = "{CANARY}"\n')
    done = team(shared, "report", str(shared), "--format", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["responses"] == 49
    assert "bad.toml" in done.stderr
    assert "1 file was left out of 50." in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_whole_responses_are_refused_by_name_and_nothing_of_them_is_shown(shared: Path) -> None:
    write(shared, 5)
    whole = response_for(SHEET, f'words = "{CANARY}"\nclosed = "{CANARY}"\n[[actions]]\nstep = "{CANARY}"')
    (shared / "whole.toml").write_text(response_text(whole), encoding="utf-8")
    for verb in ("report", "plan"):
        done = team(shared, verb, str(shared))
        assert done.returncode == 3
        assert "whole.toml" in done.stderr
        assert CANARY not in done.stdout + done.stderr


def test_nothing_private_in_shared_files_comes_out(shared: Path) -> None:
    private = f'\n[[actions]]\nstep = "{CANARY}"\nprivate = true\n'
    write(shared, 50, f'closed = "{CANARY}"\n{ANSWERS}{private}')
    for arguments in (["report"], ["plan"], *(["report", "--format", form] for form in FORMS[:4])):
        done = team(shared, arguments[0], str(shared), *arguments[1:])
        assert done.returncode == 0
        assert CANARY not in done.stdout + done.stderr
        assert "Private answers or actions stood in these files: 100." in done.stderr


def test_a_file_sent_twice_then_changed_counts_once(shared: Path) -> None:
    write(shared, 5)
    write(shared, 1, 'it = { well = ["a"] }', revision=2)
    (shared / "again.toml").write_bytes((shared / "0-1.toml").read_bytes())
    made = report(shared)
    assert (made["responses"], made["copies"]) == (5, 2)
    told = made["worksheets"][0]["places"][0]["groups"][0]
    assert (told["people"], told["counts"]) == (5, [["well", 1], ["more", 4]])


def test_a_withdrawal_takes_out_of_plan_and_report(shared: Path) -> None:
    write(shared, 5)
    withdrawal = Withdrawal(shared_id=SHARED_ID, revision=2)
    (shared / "gone.toml").write_text(shared_text(withdrawal), encoding="utf-8")
    made = report(shared)
    assert (made["responses"], made["withdrawn"], made["worksheets"][0]["is_told"]) == (4, 1, False)
    plan = json.loads(team(shared, "plan", str(shared), "--format", "json").stdout)
    assert (plan["steps"][0]["support"], plan["withdrawn"]) == (4, 1)


def test_teams_too_small_can_not_be_got_by_subtracting(shared: Path) -> None:
    write(shared, 6, person={"team": "North"})
    write(shared, 3, 'it = { well = ["a"] }', first=6, person={"team": "South"})
    made = report(shared, "--by", "team")["worksheets"][0]
    assert [(team["name"], team["is_told"]) for team in made["teams"]] == [("North", False), ("South", False)]
    assert {group["team"] for place in made["places"] for group in place["groups"]} == {None}


def test_an_earlier_report_is_compared_with_only_if_enough_changed(shared: Path) -> None:
    write(shared, 6)
    earlier = shared.parent / "earlier.json"
    assert team(shared, "report", str(shared), "--format", "json", "--output", str(earlier)).returncode == 0
    write(shared, 1, first=6)
    assert report(shared, "--since", str(earlier))["worksheets"][0]["withheld"] == "changed"
    write(shared, 4, first=7)
    assert report(shared, "--since", str(earlier))["worksheets"][0]["places"][0]["groups"][0]["earlier"] == {
        "people": 6,
        "counts": [["well", 0], ["more", 6]],
    }


@pytest.mark.parametrize(("text", "status"), [("{", 4), ("[" * 100_000, 4), ("{}", 2)])
def test_an_earlier_report_that_is_none_stops_the_new_one(shared: Path, text: str, status: int) -> None:
    write(shared, 6)
    bad = shared.parent / "bad.json"
    bad.write_text(text)
    done = team(shared, "report", str(shared), "--since", str(bad))
    assert (done.returncode, done.stdout) == (status, "")


def test_nothing_there_is_used_wrongly(shared: Path) -> None:
    shared.mkdir()
    assert team(shared, "report", str(shared)).returncode == 2
    done = team(shared, "plan", str(shared / "missing.toml"))
    assert done.returncode == 3
    assert "missing.toml" in done.stderr


def test_a_forged_worksheet_is_told_of(shared: Path) -> None:
    write(shared, 6)
    forged = worksheet_of(f'id = "it", ask = "Forged?", kind = "checklist", items = {things("a")}')
    copy = shared_for(forged, "it = { yes = ['a'] }", number=9)
    (shared / "forged.toml").write_text(shared_text(copy), encoding="utf-8")
    done = team(shared, "report", str(shared))
    assert "Where the worksheets differ" in done.stdout
    assert "Forged?" not in done.stdout


def test_a_forged_wording_of_a_shipped_worksheet_is_told_of_if_everybody_has_it(shared: Path) -> None:
    shipped = own_shelf().load("staff-care")
    sections = tuple(
        section.model_copy(update={"prompts": tuple(map(_forged, section.prompts))})
        for section in shipped.sections
    )
    forged = shipped.model_copy(update={"sections": sections})
    shared.mkdir()
    for number in range(5):
        (shared / f"{number}.toml").write_text(shared_text(shared_for(forged, number=number)), "utf-8")
    differing = report(shared)["worksheets"][0]["differing"]
    assert [(one["id"], one["how"]) for one in differing] == [("supports", ["worded otherwise in some"])]


def _forged(prompt: Any) -> Any:
    return prompt.model_copy(update={"ask": "Forged?"}) if prompt.id == "supports" else prompt


def test_very_many_files_show_a_bar(shared: Path) -> None:
    write(shared, 60)
    with Walking(shared.parent / "data", "team", "report", str(shared), "--format", "json") as walk:
        walk.end()
        assert "Reading" in plain(walk.raw)
        assert "/60" in plain(walk.raw)


@given(st.permutations(range(12)), st.integers(0, 12))
@settings(max_examples=20)
def test_any_order_and_any_split_give_the_same_bytes(files: list[Path], order: list[int], cut: int) -> None:
    def tally(paths: list[Path]) -> Any:
        return Reading(own_shelf(), _fail).tally(paths)

    chosen = [files[number] for number in order]
    whole = report_text(make_report(tally(files), minimum=3, by_team=True), "json")
    parts = merge(merge(empty(), tally(chosen[:cut])), tally(chosen[cut:]))
    assert report_text(make_report(parts, minimum=3, by_team=True), "json") == whole


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("shared")
    write(folder, 5, person={"team": "North"})
    write(folder, 5, 'it = { well = ["a", { other = "x" }] }\nwords = "w"', first=4, revision=2)
    write(folder, 2, first=4, revision=3, person={"team": "north "})
    return sorted(folder.iterdir())


def _fail(error: LibwellError | None) -> None:
    assert error is None
