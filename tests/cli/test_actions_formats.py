"""`libwell actions --format`: all plans as one plan, sheet or calendar, with whose each step is."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
import tomli_w

from build import OPEN, response_for, section_text, sheet_text, worksheet_from
from libwell.flows.actions import actions_text, find_actions
from libwell.flows.formats import FORMATS
from libwell.model.response import Person
from libwell.rules.planning import Wanted
from libwell.storage.responses import ResponseFolder, response_text
from random_files import answers, worksheet
from readers import READERS, read_entries, read_rows
from walking import Walking, run

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response

SHEET = worksheet_from(
    sheet_text(
        section_text(
            'id = "own", kind = "text", private = true',
            'id = "harm", kind = "yes-no", support = "now"',
            'id = "rate", kind = "rating", scale = { min = 1, max = 5, labels = ["low", "high"] }',
            'id = "plan", kind = "plan"',
        )
        + '[[scores]]\nid = "mean"\ntitle = "Mean"\nitems = ["rate"]\nmethod = "mean"\n',
        head=f'{OPEN}\nlevel = "team"',
    )
)
STEPS = """
[[actions]]
step = "Ask for a break"
who = "Ana and Joy"
due = 2026-12-24
[[actions]]
step = "=A sheet of steps"
due = "end of term"
[[actions]]
step = "My own step"
from = "own"
[[actions]]
step = "After a hard question"
from = "harm"
[[actions]]
step = "Put up a sign"
due = 2027-01-15
status = "done"
"""
PERSON = Person(name="Sam", team="Branch 4", library="Riverside")


def save(folder: Path, response: Response) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{response.id}.toml").write_text(response_text(response), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two responses: one with a name, and one with a score besides."""
    folder = tmp_path / "data" / "responses"
    save(folder, response_for(SHEET, STEPS, id="test-2026-11-21-aaaa", person=PERSON))
    rated = 'rate = 4\n[[actions]]\nstep = "Beside a score"\n'
    save(folder, response_for(SHEET, rated, id="test-2026-11-21-bbbb", person=PERSON))
    return tmp_path / "data"


def written(data: Path, name: str, *options: str) -> str:
    path = data.parent / f"steps.{name}"
    done = run(data, "actions", *options, "--output", str(path))
    assert (done.returncode, done.stdout) == (0, "")
    return path.read_bytes().decode()


# --- what is in it --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_plan_is_by_the_month_with_whose_each_step_is(data: Path) -> None:
    assert written(data, "md", "--all") == (
        "# Action plan\n\n## December 2026\n\n"
        "- [ ] Ask for a break\n  - Who: Ana and Joy\n  - By when: Thursday, December 24, 2026\n"
        "  - Worksheet: Test\n  - Name: Sam\n  - Team: Branch 4\n  - Library: Riverside\n\n"
        "## Without a day\n\n"
        "- [ ] \\=A sheet of steps\n  - By when: end of term\n"
        "  - Worksheet: Test\n  - Name: Sam\n  - Team: Branch 4\n  - Library: Riverside\n"
        "- [ ] Beside a score\n  - Worksheet: Test\n  - Team: Branch 4\n  - Library: Riverside\n\n"
        "## Done or set aside\n\n"
        "- [x] Put up a sign\n  - By when: Friday, January 15, 2027\n  - Status: done\n"
        "  - Worksheet: Test\n  - Name: Sam\n  - Team: Branch 4\n  - Library: Riverside\n"
    )
    assert "December 2026" in READERS["html"](written(data, "html"))


@pytest.mark.thorough
def test_a_sheet_has_the_columns_of_a_plan_and_no_name_beside_scores(data: Path) -> None:
    rows = read_rows(written(data, "csv", "--all"))
    assert [(row["action"], row["step"], row["name"]) for row in rows] == [
        ("aaaa.a1", "Ask for a break", "Sam"),
        ("aaaa.a2", "=A sheet of steps", "Sam"),
        ("bbbb.a1", "Beside a score", ""),
        ("aaaa.a5", "Put up a sign", "Sam"),
    ]
    assert {(row["team"], row["library"]) for row in rows} == {("Branch 4", "Riverside")}
    for response, name in (("aaaa", "Sam"), ("bbbb", "")):
        path = data.parent / f"{response}.csv"
        assert run(data, "export", response, "--output", str(path)).returncode == 0
        assert {row["name"] for row in read_rows(path.read_bytes().decode())} == {name}


def test_a_calendar_knows_each_step_as_its_own_export_does(data: Path) -> None:
    run(data, "export", "--all", "--output", str(data.parent / "all.ics"))
    exported = read_entries((data.parent / "all.ics").read_bytes().decode())
    listed = read_entries(written(data, "ics", "--all"))
    assert [one["UID"] for one in listed] == [one["UID"] for one in exported]
    assert [one["SEQUENCE"] for one in listed] == [one["SEQUENCE"] for one in exported]
    assert listed[0]["DESCRIPTION"].splitlines() == [
        *exported[0]["DESCRIPTION"].splitlines(),
        *("Name: Sam", "Team: Branch 4", "Library: Riverside"),
    ]
    assert "Worksheet: Test" in exported[0]["DESCRIPTION"].splitlines()
    done = run(data, "actions", "--format", "ics")
    assert "2 steps without a day are not in the calendar." in done.stderr


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", ["md", "html", "csv", "ics"])
def test_private_steps_are_in_it_only_if_asked_for_and_some_never(data: Path, name: str) -> None:
    asked_for = read_all(data, name)
    assert "My own step" not in asked_for
    assert "After a hard question" not in read_all(data, name, "--private") + asked_for
    done = run(data, "actions", "--format", name)
    assert "1 private step was left out; --private puts them in." in done.stderr.splitlines()
    if name != "ics":  # it has no day
        assert "My own step" in read_all(data, name, "--private")


def read_all(data: Path, name: str, *options: str) -> str:
    """All text that a reader finds in the list as a file."""
    return READERS[name](written(data, name, "--all", "--force", *options))


def test_a_terminal_shows_no_private_step_in_a_format(data: Path) -> None:
    with Walking(data, "actions", "--format", "md") as walk:
        assert walk.end() == 0
        assert "Ask for a break" in walk.shown
        assert "My own step" not in walk.shown


def test_the_filters_choose(data: Path) -> None:
    rows = read_rows(written(data, "csv", "--who", "joy", "--due-before", "2027-01-01"))
    assert [row["step"] for row in rows] == ["Ask for a break"]
    assert written(data, "md", "--who", "nobody") == "# Action plan\n\n*No steps here.*\n"
    assert written(data, "csv", "--who", "nobody").count("\r\n") == 1


def test_json_says_whose_each_step_is(data: Path) -> None:
    document = json.loads(run(data, "actions", "--json").stdout)
    assert {(one["id"], one["name"], one["team"], one["library"]) for one in document["actions"]} == {
        ("aaaa.a1", "Sam", "Branch 4", "Riverside"),
        ("aaaa.a2", "Sam", "Branch 4", "Riverside"),
        ("bbbb.a1", "", "Branch 4", "Riverside"),
    }


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("private", [False, True])
def test_its_rows_are_those_of_the_plans(tmp_path: Path, *, private: bool) -> None:
    data = tmp_path / "data"
    for seed in range(25):
        rng = Random(seed)
        sheet = worksheet(rng, f"sheet-{seed}")
        given = answers(rng, sheet)
        text = tomli_w.dumps(given["answers"] | {"actions": given["actions"]})
        person = Person.model_validate(given["person"])
        made = worksheet_from(tomli_w.dumps(sheet))
        name = f"sheet-{seed}-2026-11-21-a{seed:03}"
        save(data / "responses", response_for(made, text, id=name, person=person))
    option = ("--private",) if private else ()
    run(data, "export", "--all", *option, "--output", str(tmp_path / "all.csv"))
    plans = read_rows((tmp_path / "all.csv").read_bytes().decode())
    found = find_actions(ResponseFolder(data / "responses"), Wanted(everything=True), private=private)
    listed = read_rows(str(actions_text(found.actions, FORMATS["csv"])))
    assert len(listed) > 10
    by_id = {row["action"]: row for row in plans}
    assert {row["action"] for row in listed} == by_id.keys()
    for row in listed:
        assert row["name"] in ("", by_id[row["action"]]["name"])
        assert row | {"name": ""} == by_id[row["action"]] | {"name": ""}


# --- where it goes --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_night_after_night_the_file_is_replaced_unless_somebody_changed_it(data: Path) -> None:
    path = data.parent / "steps.csv"
    night = ("actions", "--output", str(path))
    assert run(data, *night).stderr.splitlines()[0] == f"Written: {path}"
    assert run(data, *night).stderr.splitlines()[0] == f"Unchanged: {path}"
    assert run(data, "actions", "done", "aaaa.a1").returncode == 0
    assert run(data, *night).stderr.splitlines()[0] == f"Written: {path}"
    assert "Ask for a break" not in path.read_text(encoding="utf-8")
    path.write_text("a note", encoding="utf-8")
    assert run(data, *night).returncode == 1
    assert path.read_text(encoding="utf-8") == "a note"
    assert run(data, *night, "--force").returncode == 0
    assert f"  {path}" in run(data, "delete", "aaaa", "--yes").stderr.splitlines()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--json", "--format", "csv"), "--json is a format of its own."),
        (("--json", "--output", "x.csv"), "--json is a format of its own."),
        (("--output", "x.pdf"), "libwell does not write .pdf here."),
        (("--format", "csv", "--output", "x.md"), "named as md is"),
        (("--force",), "--force replaces a file"),
    ],
)
def test_what_does_not_go_together_is_refused(data: Path, options: tuple[str, ...], said: str) -> None:
    done = run(data, "actions", *options, cwd=data.parent)
    assert (done.returncode, "Ask for a break" in done.stdout) == (2, False)
    assert said in done.stderr
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_response_that_can_not_be_read_is_told_and_the_rest_is_written(data: Path) -> None:
    (data / "responses" / "bad.toml").write_text("bad", encoding="utf-8")
    path = data.parent / "steps.csv"
    done = run(data, "actions", "--output", str(path))
    assert (done.returncode, "bad.toml:1" in done.stderr) == (3, True)
    assert len(read_rows(path.read_bytes().decode())) == 3
