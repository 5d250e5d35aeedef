"""Which responses are meant: the same set from `responses`, `actions` and `export`, for the same options."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
import time_machine

from build import NOW, response_for, section_text, sheet_text, worksheet_from
from libwell.cli.app import run as run_here
from libwell.errors import NotFoundError
from libwell.flows.opened import find_response
from libwell.model.response import Person
from libwell.storage.responses import ResponseFolder, response_text
from walking import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response

PARTS = [section_text('id = "words", kind = "text"', 'id = "plan", kind = "plan"')]
SHEETS = {name: worksheet_from(sheet_text(*PARTS, name=name)) for name in ("staff-care", "policy", "own")}
STEP = '[[actions]]\nid = "a1"\nstep = "Rest"\n'
TEAMS = (
    "Branch 4",
    "branch   4",
    "BRANCH 4 ",
    "Équipe",
    "E\u0301quipe",
    "Straße",
    "STRASSE",
    "",
    "; rm -rf /",
)
NO_TEXT = "No response is like that."


def save(folder: Path, last: str, *, of: str = "staff-care", **changes: object) -> Response:
    """Save a response with one step; its id is `OF-LAST`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = response_for(SHEETS[of], STEP, id=f"{of}-{last}", **changes)
    (folder / f"{made.id}.toml").write_text(response_text(made), encoding="utf-8")
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three responses, changed on three days."""
    folder = tmp_path / "data"
    day = dt.timedelta(days=1)
    save(folder / "responses", "k3f9", person=Person(team="Branch 4", library="North"), status="complete")
    save(folder / "responses", "m4n5", person=Person(team="Branch 5", library="North"), updated=NOW - day)
    save(folder / "responses", "p5q6", of="policy", updated=NOW - 2 * day)
    return folder


def in_responses(data: Path, *options: str) -> set[str]:
    done = run(data, "responses", "--json", *options)
    assert done.returncode == 0, done.stderr
    return {one["id"] for one in json.loads(done.stdout)["responses"]}


def in_actions(data: Path, *options: str) -> set[str]:
    done = run(data, "actions", "--json", *options)
    assert done.returncode == 0, done.stderr
    return {one["response"] for one in json.loads(done.stdout)["actions"]}


def in_export(data: Path, *options: str) -> set[str]:
    """Those that are exported, to a folder that is new each time."""
    output = data / f"out-{len([*data.glob('out-*')])}"
    done = run(data, "export", "--output", str(output), *options)
    assert done.returncode == 0, done.stderr
    return {path.stem for path in output.glob("*.md")}


def ids(*lasts: str) -> set[str]:
    return {f"{'policy' if last == 'p5q6' else 'staff-care'}-{last}" for last in lasts}


def test_a_script_learns_whose_a_response_is_also_where_it_has_no_step(data: Path) -> None:
    told = json.loads(run(data, "responses", "--json").stdout)["responses"]
    assert [(one["team"], one["library"]) for one in told] == [
        ("Branch 4", "North"),
        ("Branch 5", "North"),
        ("", ""),
    ]


# --- what is meant --------------------------------------------------------------------------------


@pytest.mark.quick_cases(5)
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--worksheet", "staff-care"), ("k3f9", "m4n5")),
        (("--worksheet", "staff-care", "--worksheet", "policy"), ("k3f9", "m4n5", "p5q6")),
        (("--team", " branch  4"), ("k3f9",)),
        (("--library", "NORTH"), ("k3f9", "m4n5")),
        (("--library", "north", "--team", "branch 5"), ("m4n5",)),
        (("--team", "branch"), ()),
        (("--since", "2026-11-20"), ("k3f9", "m4n5")),
        (("--until", "Nov 20, 2026"), ("m4n5", "p5q6")),
        (("--since", "2026-11-20", "--until", "2026-11-20"), ("m4n5",)),
        (("--worksheet", "gone"), ()),
    ],
)
def test_every_verb_means_the_same(data: Path, options: tuple[str, ...], expected: tuple[str, ...]) -> None:
    for chosen in (in_responses, in_actions, in_export):
        assert chosen(data, *options) == ids(*expected), chosen


@pytest.mark.thorough
def test_a_status_is_that_of_the_response_and_with_actions_that_of_the_step(data: Path) -> None:
    assert (
        in_responses(data, "--status", "complete") == in_export(data, "--status", "complete") == ids("k3f9")
    )
    assert in_actions(data, "--status", "open") == ids("k3f9", "m4n5", "p5q6")


@pytest.mark.thorough
def test_every_verb_means_the_same_of_responses_made_at_random(tmp_path: Path) -> None:
    rng = Random(15)
    data = tmp_path / "data"
    made = []
    for number in range(40):
        person = Person(team=rng.choice(TEAMS), library=rng.choice(TEAMS))
        updated = NOW - dt.timedelta(hours=rng.randrange(200))
        last = f"{number:04}"
        of = rng.choice([*SHEETS])
        made.append(save(data / "responses", last, of=of, person=person, updated=updated))
    sizes = set()
    for _ in range(8):
        one = rng.choice(made)
        words = {
            "--worksheet": one.id.rpartition("-")[0],
            "--team": one.person.team.upper() or "none",
            "--library": one.person.library or "none",
            "--since": (one.updated.date() - dt.timedelta(days=2)).isoformat(),
            "--until": (one.updated.date() + dt.timedelta(days=2)).isoformat(),
        }
        names = rng.sample([*words], rng.randint(1, 2))
        options = [word for name in names for word in (name, words[name])]
        found = in_responses(data, *options)
        assert found == in_actions(data, *options) == in_export(data, *options), options
        sizes.add(len(found))
    assert len(sizes) > 2


@pytest.mark.parametrize("team", TEAMS[:3])
def test_teams_are_compared_whatever_their_case_and_blanks(data: Path, team: str) -> None:
    assert in_responses(data, "--team", team) == ids("k3f9")


@pytest.mark.parametrize(
    ("saved", "asked"), [TEAMS[3:5], TEAMS[5:7], ("\uff21\uff22", "ab"), ("$(x)`'\"", "$(X)`'\"")]
)
def test_teams_are_compared_however_their_letters_are_written(tmp_path: Path, saved: str, asked: str) -> None:
    save(tmp_path / "responses", "k3f9", person=Person(team=saved))
    for one, other in ((saved, asked), (asked, saved)):
        save(tmp_path / "responses", "k3f9", person=Person(team=one))
        assert in_responses(tmp_path, "--team", other) == ids("k3f9")


@pytest.mark.thorough
def test_what_is_named_is_narrowed(data: Path, tmp_path: Path) -> None:
    folder = str(data / "responses")
    assert in_export(data, f"{folder}/", "--worksheet", "policy") == ids("p5q6")
    assert in_export(data, "k3f9", "p5q6", "--worksheet", "policy") == ids("p5q6")
    assert in_export(data, "--all", "--worksheet", "policy") == ids("p5q6")
    one = run(data, "export", "k3f9", "--team", "branch 4", "--output", str(tmp_path / "one.md"))
    assert (one.returncode, (tmp_path / "one.md").is_file()) == (0, True)
    none = run(data, "export", "k3f9", "--team", "branch 5", "--output", str(tmp_path / "none.md"))
    assert (none.returncode, (tmp_path / "none.md").exists()) == (0, False)


def test_what_is_not_meant_is_not_pruned(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run(data, "export", "--all", "--output", str(output)).returncode == 0
    (data / "responses" / "policy-p5q6.toml").unlink()
    done = run(data, "export", "--all", "--team", "branch 5", "--prune", "--output", str(output))
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in output.glob("*.md")} == ids("k3f9", "m4n5")


# --- none, and what is wrong ----------------------------------------------------------------------


@pytest.mark.parametrize("verb", [["responses"], ["actions"], ["export", "--output", "never/"]])
def test_none_is_no_failure_and_is_said_in_a_sentence(data: Path, verb: list[str]) -> None:
    done = run(data, *verb, "--team", "nobody's")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{NO_TEXT} `libwell responses` shows what is saved.\n"
    assert not Path("never").exists()


def test_a_worksheet_that_is_near_is_named_and_one_that_has_responses_is_not(data: Path) -> None:
    assert f"{NO_TEXT} Did you mean staff-care?" in run(data, "responses", "--worksheet", "staf-care").stderr
    narrow = run(data, "responses", "--worksheet", "policy", "--team", "x").stderr
    assert "Did you mean" not in narrow


def test_a_library_that_is_empty_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "responses", "--team", "x", "--json")
    assert (done.returncode, json.loads(done.stdout)["responses"]) == (0, [])
    assert done.stderr == "Nothing is saved yet. `libwell start WORKSHEET` begins.\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--team", ""), "The name given for --team is empty. Perhaps a variable is not set."),
        (("--library", " \t"), "The name given for --library is empty."),
        (("--worksheet", ""), "The name given for --worksheet is empty."),
        (("--since", ""), "--since takes a day. Such as 2026-12-01, Dec 1, last Friday or 2 weeks ago."),
        (("--until", "1/12"), "--until: 1/12 can be December 1 or January 12. Type Dec 1 or Jan 12."),
        (("--since", "today", "--until", "yesterday"), "--since names a later day than --until."),
    ],
)
@pytest.mark.parametrize("verb", ["responses", "actions", "export"])
def test_what_is_empty_or_no_day_is_refused(
    data: Path, verb: str, options: tuple[str, ...], message: str
) -> None:
    done = run(data, verb, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_no_option_of_the_list_goes_before_another_verb(data: Path) -> None:
    done = run(data, "actions", "--team", "Branch 4", "done", "k3f9.a1")
    assert (done.returncode, "These options are those of the list." in done.stderr) == (2, True)


def test_a_file_whose_head_cannot_be_read_may_be_meant_and_is_told_of(data: Path, tmp_path: Path) -> None:
    (data / "responses" / "staff-care-x1y2.toml").write_text('libwell = "response/1"\nid = 7\n')
    for line in (["responses"], ["actions"], ["export", "--output", str(tmp_path / "out")]):
        done = run(data, *line, "--team", "branch 4")
        assert (done.returncode, "staff-care-x1y2.toml" in done.stderr) == (3, True), line
        assert "k3f9" in done.stdout + " ".join(map(str, tmp_path.glob("out/*")))


def test_a_file_that_is_not_meant_is_not_judged(data: Path) -> None:
    bad = data / "responses" / "policy-p5q6.toml"
    bad.write_text(bad.read_text().replace("revision = 0", "revision = -7"))
    assert in_responses(data, "--worksheet", "staff-care") == ids("k3f9", "m4n5")
    done = run(data, "responses", "--worksheet", "policy")
    assert (done.returncode, "policy-p5q6.toml" in done.stderr) == (4, True)


def test_nothing_can_be_chosen_from_a_pipe(data: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    done = run(data, "export", str(pipe), "--team", "branch 4")
    assert (done.returncode, "is a pipe, which is read only once" in done.stderr) == (2, True)


def test_a_list_that_is_narrow_forgets_no_step_that_a_line_can_be_completed_with(data: Path) -> None:
    assert run(data, "actions").returncode == 0
    noted = (data / "responses" / ".actions").read_text()
    assert run(data, "actions", "--team", "branch 4").returncode == 0
    assert (data / "responses" / ".actions").read_text() == noted


# --- days -----------------------------------------------------------------------------------------


def test_days_are_said_back_to_whoever_reads(data: Path) -> None:
    done = run(data, "responses", "--json", "--since", "2026-11-20", "--until", "2026-11-21")
    assert done.stderr.splitlines() == [
        "Changed since Friday, November 20, 2026.",
        "Changed until Saturday, November 21, 2026.",
    ]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("rule", "changed", "day"),
    [
        ("UTC0", "2026-11-20T23:30", "2026-11-20"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-20T23:30", "2026-11-21"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-20T22:30", "2026-07-21"),  # in summer, seen from winter
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-20T22:30", "2026-11-20"),
        ("PST8PDT,M3.2.0/2,M11.1.0/2", "2026-11-20T07:30", "2026-11-19"),
        ("<+14>-14", "2026-11-20T10:30", "2026-11-21"),
        ("<-12>12", "2026-11-20T10:30", "2026-11-19"),
    ],
)
def test_a_day_is_the_local_one_of_the_last_change(
    tmp_path: Path,
    zone: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    rule: str,
    changed: str,
    day: str,
) -> None:
    zone.setenv("TZ", rule)
    zone.setenv("LIBWELL_DATA_DIR", str(tmp_path))
    time.tzset()
    updated = dt.datetime.fromisoformat(f"{changed}:00+00:00")
    made = save(tmp_path / "responses", "k3f9", updated=updated)
    with time_machine.travel(NOW.timestamp(), tick=False):  # a moment alone: the zone stays
        assert run_here(["responses", "--since", day, "--until", day]) == 0
    out = capfd.readouterr().out
    assert f"{day} " in out
    assert made.id in out


@pytest.mark.parametrize(
    ("said", "day"), [("Dec 1", "Monday, December 1, 2025"), ("2 weeks ago", "Saturday, November 7, 2026")]
)
def test_a_day_without_its_year_lies_before_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], said: str, day: str
) -> None:
    monkeypatch.setenv("LIBWELL_DATA_DIR", str(tmp_path))
    with time_machine.travel(NOW, tick=False):
        assert run_here(["responses", "--since", said]) == 0
    assert f"Changed since {day}." in capfd.readouterr().err


# --- the latest of a worksheet --------------------------------------------------------------------


@pytest.mark.thorough
def test_the_latest_of_a_worksheet_goes_wherever_a_response_is_named(data: Path, tmp_path: Path) -> None:
    save(data / "responses", "s7t8", of="policy", updated=NOW)
    assert '"policy-s7t8"' in run(data, "view", "latest:policy", "--json").stdout
    assert '"staff-care-k3f9"' in run(data, "export", "latest:staff-care", "--format", "json").stdout
    assert run(data, "compare", "p5q6", "latest:policy").returncode == 0
    assert run(data, "share", "latest:policy", "--yes", "--output", f"{tmp_path}/out/").returncode == 0
    assert "s7t8.a1" in run(data, "actions", "done", "latest:policy.a1").stderr
    assert run(data, "delete", "latest:policy", "--yes").returncode == 0
    assert '"policy-p5q6"' in run(data, "view", "latest:policy", "--json").stdout


SAVED_OR_BEGUN = "`libwell responses` shows what is saved, `libwell list` what can be begun."


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("latest:own", f"There is no saved response of own. {SAVED_OR_BEGUN}"),
        ("latest:staf-care", "There is no saved response of staf-care. Did you mean latest:staff-care?"),
        ("latest:../x.toml", "There is no saved response of ../x.toml."),
        ("latest:\x1b[31m", "There is no saved response of [U+001B][31m."),
    ],
)
def test_a_worksheet_without_a_response_says_how_to_begin(data: Path, name: str, message: str) -> None:
    for line in (("view", name), ("share", name, "--yes"), ("delete", name, "--yes")):
        done = run(data, *line)
        assert (done.returncode, done.stdout) == (1, "")
        assert message in done.stderr


def test_latest_of_nothing_is_used_wrongly(data: Path) -> None:
    done = run(data, "view", "latest:")
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "latest: goes with the id of a worksheet. Such as latest:staff-care.",
    )


def test_the_latest_that_can_be_read_is_taken(data: Path) -> None:
    (data / "responses" / "staff-care-z9z9.toml").write_text("libwell = ")
    assert '"staff-care-k3f9"' in run(data, "view", "latest:staff-care", "--json").stdout


def test_the_latest_draft_of_a_worksheet_is_gone_on_with(data: Path) -> None:
    folder = ResponseFolder(data / "responses")
    assert find_response("latest:staff-care", folder).response.id == "staff-care-k3f9"
    assert find_response("latest:staff-care", folder, draft=True).response.id == "staff-care-m4n5"
    with pytest.raises(NotFoundError, match="There is no draft to go on with of own"):
        find_response("latest:own", folder, draft=True)
