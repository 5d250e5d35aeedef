"""`libwell team plan --keep` and `--status`: a plan that lives on, as a facilitator meets it."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from build import fixed_world, response_for, shared_for, worksheet_from, worksheet_of, worksheet_text
from libwell.flows.kept_plans import find_kept, keep_plan
from libwell.model.response import Person, Sharing
from libwell.model.shared import Withdrawal
from libwell.rules.sharing import Wish, draw_pseudonym, shared_copy
from libwell.rules.team.plans import plan
from libwell.rules.team.tally import gather
from libwell.rules.team.told import Told
from libwell.storage.locks import lock
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.shared import shared_text
from walking import LIBWELL, Walking, environment, run, saved, saved_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.tally import Tally

SHEET = worksheet_of('id = "plan", kind = "plan"')
PAST, SOON = "2026-01-31", "2099-01-31"
NAME = "Branch 4"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Copies of five people with the same two steps."""
    folder = tmp_path / "shared"
    for number in range(5):
        write(folder, number, f"Buy a kettle | who = 'P{number}'\ndue = {PAST}", "Find a quiet room")
    return folder


def write(folder: Path, number: int, *lines: str, revision: int = 1) -> str:
    """What a person shared: each line is a step; keys may follow after a bar. Returns the `shared_id`."""
    folder.mkdir(exist_ok=True)
    parts = (line.partition(" | ") for line in lines)
    answers = "".join(f'[[actions]]\nstep = "{step}"\n{keys}\n' for step, _, keys in parts)
    made = shared_for(SHEET, answers, number=number, revision=revision)
    (folder / f"{number}.toml").write_text(shared_text(made), encoding="utf-8")
    return made.shared_id


def keep(data: Path, copies: Path, *options: str, name: str = NAME) -> subprocess.CompletedProcess[str]:
    done = run(data, "team", "plan", str(copies), "--keep", name, *options)
    assert done.returncode == 0, done.stderr
    return done


def steps(data: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in saved(data)["actions"]}


def short(data: Path) -> str:
    return str(saved(data)["id"].rpartition("-")[2])


@pytest.mark.thorough
def test_a_kept_plan_is_a_response_that_every_verb_knows(data: Path, copies: Path) -> None:
    done = keep(data, copies)
    assert done.stdout == ""
    assert "The plan of Branch 4 is kept: 2 steps." in done.stderr
    listed = run(data, "actions", "--team", "branch  4").stdout
    assert "Buy a kettle" in listed
    assert "P0, P1, P2, P3, P4" in listed
    one = f"{short(data)}.a1"
    assert run(data, "actions", "set", one, "--who", "Ana", "--status", "doing").returncode == 0
    assert run(data, "actions", "done", f"{short(data)}.a2").returncode == 0
    exported = run(data, "export", short(data), "--output", "-").stdout
    for words in ("Team: Branch 4", "Who: Ana", "Supported by: 5 people", "under way since"):
        assert words in exported.replace("**", "")
    with Walking(data, columns=200) as walk:
        assert walk.end() == 0
        assert f"{one}: Buy a kettle" in walk.shown
    data_of_it = json.loads(run(data, "view", short(data), "--json").stdout)
    assert data_of_it["worksheet"]["id"] == "team-plan"


@pytest.mark.thorough
def test_run_again_it_grows_and_says_what_is_new(data: Path, copies: Path) -> None:
    keep(data, copies)
    run(data, "actions", "set", f"{short(data)}.a1", "--who", "Ana", "--due", SOON, "--status", "doing")
    before, path = steps(data), saved_files(data)
    for number in range(5, 10):
        write(copies, number, "buy a KETTLE! | who = 'Q'", "Ask the city")
    said = keep(data, copies, name=" branch  4 ").stderr
    assert f"New in the plan of Branch 4: 1 step.\n   {short(data)}.a3: Ask the city\n" in said
    assert f"{short(data)}.a1: Buy a kettle (10 people)" in said
    assert saved_files(data) == path
    assert {name: steps(data)[name] for name in before} == before
    text = path[0].read_bytes()
    assert "No new step in the plan of Branch 4." in keep(data, copies).stderr
    assert path[0].read_bytes() == text


@pytest.mark.thorough
def test_a_calendar_knows_the_steps_again_after_another_run(data: Path, copies: Path) -> None:
    keep(data, copies)

    def known() -> dict[str, str]:
        text = run(data, "export", short(data), "--format", "ics", "--output", "-").stdout
        return {
            str(one["SUMMARY"]): str(one["UID"]) for one in icalendar.Calendar.from_ical(text).walk("VEVENT")
        }

    before = known()
    write(copies, 6, f"Ask the city | due = {SOON}", "buy a kettle")
    keep(data, copies)
    assert known().keys() == {"Buy a kettle", "Ask the city"}
    assert known() | before == known()


def test_the_commands_that_it_says_can_be_typed(data: Path, copies: Path) -> None:
    said = keep(data, copies, name="Ana's team").stderr
    lines = [shlex.split(line.partition(f"{data} ")[2]) for line in said.splitlines()[1:]]
    told = [run(data, *line) for line in lines]
    assert [(done.returncode, "Buy a kettle" in done.stdout) for done in told] == [(0, True)] * 2


@pytest.mark.thorough
def test_the_plan_is_written_too_where_a_file_is_named(data: Path, copies: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    assert "is kept" in keep(data, copies, "--output", str(target)).stderr
    assert "Buy a kettle" in target.read_text("utf-8")
    assert "# Team plan" in keep(data, copies, "--format", "md").stdout


@pytest.mark.thorough
def test_near_steps_are_told_of_and_joined(data: Path, copies: Path) -> None:
    keep(data, copies)
    write(copies, 6, "Find quiet room")
    said = keep(data, copies).stderr
    assert "Perhaps the same: “Find quiet room” and “Find a quiet room”." in said
    join = shlex.split(next(line for line in said.splitlines() if "To join them" in line))[-2:]
    assert join == ["--join", "Find quiet room=Find a quiet room"]
    assert '--join "Find quiet room=Find a quiet room"' in said
    again = keep(data, copies, *join)
    assert f"Joined: {short(data)}.a3 counts as {short(data)}.a2." in again.stderr
    assert list(steps(data)) == ["a1", "a2"]


def test_a_withdrawal_takes_steps_and_names(data: Path, copies: Path) -> None:
    shared_id = write(copies, 6, "Ask the city", "Buy a kettle | who = 'Ana'")
    keep(data, copies)
    assert "Ana" in steps(data)["a1"]["who"]
    (copies / "back.toml").write_text(shared_text(Withdrawal(shared_id=shared_id, revision=2)))
    said = keep(data, copies).stderr
    assert "Taken out, as whoever shared it took it back: 1 step." in said
    assert "Names or words were taken out with a withdrawal." in said
    text = saved_files(data)[0].read_text()
    assert "Ask the city" not in text
    assert "Ana" not in text


# --- how far --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_status_tells_counts_and_steps(data: Path, copies: Path) -> None:
    write(copies, 5, "Ask the city", "Ring the board")
    keep(data, copies)
    numbers = {one["step"]: f"{short(data)}.{name}" for name, one in steps(data).items()}
    run(data, "actions", "done", numbers["Find a quiet room"])
    run(data, "actions", "set", numbers["Ring the board"], "--status", "handed-over")
    done = run(data, "team", "plan", "--status", "--keep", "branch 4")
    first, *rest = done.stdout.splitlines()
    assert first == f"Branch 4 ({short(data)}): 4 steps; 1 overdue, 1 open, 1 done, 1 handed over."
    heads = [line for line in rest if line.endswith(":") and not line.startswith(" ")]
    assert heads == ["Overdue:", "Open:", "Done:", "Handed over:"]
    assert rest[rest.index("Overdue:") + 1] == f"{numbers['Buy a kettle']}: Buy a kettle"
    assert "Was for Saturday, January 31, 2026" in done.stdout


@pytest.mark.thorough
def test_the_status_of_all_plans_and_of_none(data: Path, copies: Path) -> None:
    done = run(data, "team", "plan", "--status")
    assert (done.returncode, done.stdout) == (0, "")
    assert "No plan is kept yet." in done.stderr
    for name in ("South", "north"):
        keep(data, copies, name=name)
    shown = run(data, "team", "plan", "--status").stdout
    assert shown.index("north (") < shown.index("South (")
    missing = run(data, "team", "plan", "--status", "--keep", "Sooth")
    assert (missing.returncode, "Did you mean South?" in missing.stderr) == (1, True)


def test_a_plan_that_can_not_be_read_hides_no_other(data: Path, copies: Path) -> None:
    keep(data, copies)
    path = saved_files(data)[0]
    text = path.read_text().replace(short(data), "z9z9").replace("Find a quiet room", "")
    path.with_name(path.name.replace(short(data), "z9z9")).write_text(text.replace("Branch 4", "South"))
    done = run(data, "team", "plan", "--status")
    assert (done.returncode, "Branch 4" in done.stdout, "z9z9" in done.stderr) == (3, True, True)
    again = run(data, "team", "plan", str(copies), "--keep", "South")
    assert (again.returncode, "z9z9" in again.stderr, len(saved_files(data))) == (4, True, 2)


@pytest.mark.thorough
def test_beside_a_plan_that_is_cut_off_no_other_begins_under_what_may_be_its_name(
    data: Path, copies: Path
) -> None:
    keep(data, copies)
    path = saved_files(data)[0]
    path.write_text(path.read_text()[:200])
    again = run(data, "team", "plan", str(copies), "--keep", NAME)
    assert (again.returncode, path.name in again.stderr, saved_files(data)) == (4, True, [path])
    status = run(data, "team", "plan", "--status")
    assert (status.returncode, path.name in status.stderr) == (4, True)


@pytest.mark.parametrize(
    "line",
    [
        ("plan",),
        ("plan", "--status", "shared"),
        ("plan", "shared", "--keep", " "),
        ("plan", "shared", "--keep", "\u200b"),
        ("plan", "--status", "--worksheet", "test"),
        ("plan", "--status", "--format", "md"),
        ("plan", "--status", "--top", "5"),
        ("plan", "--status", "--reply-sheet"),
        ("plan", "--status", "--title", ""),
    ],
)
def test_what_makes_no_sense_together_is_refused(data: Path, copies: Path, line: tuple[str, ...]) -> None:
    done = run(data, "team", *line, cwd=copies.parent)
    assert (done.returncode, done.stdout, saved_files(data)) == (2, "", [])


# --- nobody's answers -------------------------------------------------------------------------------


@pytest.mark.thorough
def test_it_is_no_copy_and_no_worksheet(data: Path, copies: Path, tmp_path: Path) -> None:
    keep(data, copies)
    done = run(data, "share", "latest", "--yes", "--output", str(tmp_path / "copy.toml"))
    assert (done.returncode, "is a team's plan" in done.stderr) == (1, True)
    assert not (tmp_path / "copy.toml").exists()
    for verb in ("blank", "show"):
        done = run(data, verb, "team-plan")
        assert (done.returncode, "Nobody fills in team-plan" in done.stderr) == (1, True)
    with Walking(data, "start", "team-plan") as walk:
        assert walk.end() == 1
        assert "Nobody fills in team-plan" in walk.shown
    answers = tmp_path / "a.toml"
    answers.write_text('libwell = "answers/1"\nworksheet = "team-plan"\n[[actions]]\nstep = "One"\n')
    assert "Nobody fills in team-plan" in run(data, "fill", str(answers)).stderr
    assert "team-plan" not in run(data, "list").stdout
    assert "whole response" in run(data, "team", "report", str(data / "responses")).stderr


def test_a_copy_of_it_that_an_earlier_libwell_made_is_refused(data: Path, copies: Path) -> None:
    keep(data, copies)
    opened, world = find_kept(NAME, ResponseFolder(data / "responses")), fixed_world()
    sharing = Sharing(shared_id="a" * 26, revision=1, pseudonym=draw_pseudonym(world.choose))
    definition = opened.response.definition
    copy = shared_copy(opened.response, opened.worksheet, Wish(), sharing=sharing, definition=definition)
    (copies / "plan.toml").write_text(shared_text(copy))
    done = run(data, "team", "status", str(copies))
    assert (done.returncode, "plan.toml" in done.stderr, "is a team's plan" in done.stderr) == (3, True, True)


@pytest.mark.thorough
def test_a_worksheet_of_ones_own_may_be_called_so(data: Path, copies: Path, tmp_path: Path) -> None:
    text = worksheet_text('id = "it", kind = "text"', 'id = "plan", kind = "plan"').replace(
        '"test"', '"team-plan"'
    )
    made = response_for(
        worksheet_from(text), 'it = "x"', id="team-plan-2026-11-21-k3f9", person=Person(team=NAME)
    )
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(response_text(made))
    own = path.read_bytes()
    assert "No plan is kept yet" in run(data, "team", "plan", "--status").stderr
    keep(data, copies)
    assert (len(saved_files(data)), path.read_bytes()) == (2, own)
    (tmp_path / "team-plan.toml").write_text(text)
    assert run(data, "blank", str(tmp_path / "team-plan.toml")).returncode == 0
    assert (
        run(data, "share", "k3f9", "--yes", "--with-text", "--output", str(copies / "own.toml")).returncode
        == 0
    )
    assert run(data, "team", "status", str(copies)).returncode == 0


@pytest.mark.thorough
def test_what_it_knows_of_its_copies_leaves_in_nothing(data: Path, copies: Path) -> None:
    keep(data, copies)
    known = [
        text
        for one in saved(data)["kept"].values()
        for text in (*one["keys"], *one["by"], *one["made"].values())
    ]
    forms = ("md", "html", "csv", "ics", "json")
    out = [run(data, "export", short(data), "--format", form, "--output", "-").stdout for form in forms]
    out += [
        run(data, *line).stdout
        for line in (("view", "latest", "--json"), ("actions", "--json"), ("responses", "--json"))
    ]
    assert all(out)
    assert not [text for text in known if any(text in one for one in out)]


@pytest.mark.thorough
def test_the_walk_opens_it_to_change_its_steps(data: Path, copies: Path) -> None:
    keep(data, copies)
    with Walking(data, "resume", short(data)) as walk:
        assert "Team plan" in walk.shown
        walk.type(":go 1", "Buy a better kettle", ":pause")
        assert walk.status == 0
    assert "Buy a better kettle" in [one["step"] for one in steps(data).values()]
    assert "No new step" in keep(data, copies).stderr


# --- others at the same time ------------------------------------------------------------------------


def test_while_it_is_open_elsewhere_nothing_is_told(data: Path, copies: Path) -> None:
    keep(data, copies)
    before = saved_files(data)[0].read_bytes()
    write(copies, 6, "Ask the city")
    with lock(saved_files(data)[0]):
        done = run(data, "--wait", "0", "team", "plan", str(copies), "--keep", NAME)
    assert (done.returncode, "open in another libwell" in done.stderr) == (1, True)
    assert saved_files(data)[0].read_bytes() == before


def test_a_run_that_ends_before_the_plan_is_made_begins_none(tmp_path: Path) -> None:
    folder, world = ResponseFolder(tmp_path / "responses"), fixed_world()
    tally = gather([])

    def interrupted(_: Sequence[str]) -> TeamPlan:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep_plan(NAME, tally, (), interrupted, folder=folder, world=world)
    assert folder.paths() == []
    kept = keep_plan(NAME, tally, (), lambda joins: made_of(tally, joins), folder=folder, world=world)
    before = kept.opened.path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        keep_plan(NAME, tally, (), interrupted, folder=folder, world=world)
    assert before == kept.opened.path.read_bytes()


def made_of(tally: Tally, joins: Sequence[str]) -> TeamPlan:
    return plan(tally, told=Told(), minimum=5, joins=joins)[0]


@pytest.mark.thorough
def test_two_at_once_keep_one_plan(data: Path, copies: Path) -> None:
    line = [*LIBWELL, "--data-dir", str(data), "--wait", "60", "team", "plan", str(copies), "--keep", NAME]
    both = [subprocess.Popen(line, env=environment(data), stderr=subprocess.PIPE) for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert len(saved_files(data)) == 1
    assert sorted(b"is kept" in text for text in said) == [False, True]
