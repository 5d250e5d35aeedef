"""`libwell team`: many shared copies as one plan and one report, as a facilitator meets it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import SHARED_ID, response_for, shared_for, things, worksheet_of
from libwell.errors import LockedError
from libwell.flows.together import Reading, make_report, own_shelf, report_text
from libwell.model.shared import Withdrawal
from libwell.rules.team.tally import Tally, merge
from libwell.rules.team.told import Told
from libwell.storage.responses import response_text
from libwell.storage.shared import shared_text
from libwell.storage.team_reports import ToldMemory
from readers import READERS
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


@pytest.mark.thorough
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


def test_a_report_as_json_holds_its_head_and_every_wish(shared: Path) -> None:
    write(shared, 5, person={"library": "Midtown", "team": ""})
    made = report(shared, "--title", "Our year", "--date", "May 2027", "--expected", "9", "--top", "1")
    assert [made[name] for name in ("title", "date", "expected", "library", "team")] == [
        *("Our year", "May 2027", 9, "Midtown", "")
    ]
    (one,) = made["worksheets"]
    (wish,) = one["wishes"]
    assert [wish[name] for name in ("item", "step", "address", "people", "answered")] == [
        "A",
        "A",
        "it.a",
        5,
        5,
    ]


def test_as_many_wishes_as_asked_for_come_first_and_the_others_last(shared: Path) -> None:
    write(shared, 5, ANSWERS.replace('more = ["a"]', 'more = ["a", "b"]'))
    for options, is_said in ((("--top", "1"), True), ((), False)):
        done = team(shared, "report", str(shared), *options)
        assert done.returncode == 0, done.stderr
        assert ("Further wishes" in done.stdout) == is_said


@pytest.mark.thorough
def test_a_plan_is_written_in_every_format(shared: Path) -> None:
    write(shared, 5)
    texts = {form: team(shared, "plan", str(shared), "--format", form).stdout for form in FORMS}
    assert "| Buy a kettle | nobody yet | March 1, 2027 | open | 5 people |" in texts["md"]
    assert "Buy a kettle" in texts["html"]
    step = json.loads(texts["json"])["steps"][0]
    assert (step["support"], step["done"]) == (5, 0)
    assert texts["csv"].splitlines()[1].startswith("Buy a kettle,5,team")
    (event,) = icalendar.Calendar.from_ical(texts["ics"]).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Buy a kettle"


@pytest.mark.thorough
def test_plans_and_reports_are_written_as_their_files_are_named(shared: Path) -> None:
    write(shared, 5)
    for what, name, begin in (
        ("plan", "p.ics", "BEGIN:"),
        ("report", "r.html", "<!DOCTYPE html>"),
        ("plan", "p.docx", "PK"),
    ):
        path = shared.parent / name
        assert team(shared, what, str(shared), "--output", str(path)).returncode == 0
        assert path.read_bytes().startswith(begin.encode())
    for what, name in (("plan", "p.pdf"), ("report", "r.ics")):
        done = team(shared, what, str(shared), "--output", str(shared.parent / name))
        assert (done.returncode, ".md, .html, .docx, .json, .csv" in done.stderr) == (2, True)


@pytest.mark.thorough
def test_a_reply_sheet_is_a_page_to_fill_in_by_hand(shared: Path) -> None:
    write(shared, 5)
    path = shared.parent / "reply.html"
    assert team(shared, "plan", str(shared), "--reply-sheet", "--output", str(path)).returncode == 0
    page = path.read_text("utf-8")
    assert page.count('aria-label="box to tick"') == 4  # a step and a wish
    assert page.count('aria-label="room to write"') == 2
    word = shared.parent / "reply.docx"
    assert team(shared, "plan", str(shared), "--reply-sheet", "--output", str(word)).returncode == 0
    assert "Staff will hear by" in READERS["docx"](word.read_bytes())
    sheet = team(shared, "plan", str(shared), "--reply-sheet", "--title", "Branch 4", "--format", "md").stdout
    assert sheet.startswith("# Your reply: Branch 4\n")
    assert "| Buy a kettle (5 people; by when: March 1, 2027) | ☐ | ☐ |  |  |" in sheet


@pytest.mark.parametrize("form", ["csv", "json", "ics"])
def test_a_reply_sheet_is_nothing_for_programs(shared: Path, form: str) -> None:
    write(shared, 5)
    for options in (["--format", form], ["--output", str(shared.parent / f"reply.{form}")]):
        done = team(shared, "plan", str(shared), "--reply-sheet", *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Write --format html" in done.stderr
    assert json.loads(team(shared, "told", "--json").stdout)["told"] == []


def test_a_plan_of_few_says_no_number(shared: Path) -> None:
    write(shared, 4)
    made = json.loads(team(shared, "plan", str(shared), "--format", "json").stdout)
    assert (made["steps"][0]["support"], made["worksheets"][0]["people"]) == (None, None)
    assert (
        team(shared, "plan", str(shared), "--format", "csv")
        .stdout.splitlines()[1]
        .startswith("Buy a kettle,,")
    )


FORMS = ("md", "html", "json", "csv", "ics")


@pytest.mark.quick_cases(2)
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
    assert json.loads(done.stdout)["worksheets"][0]["people"] == 49
    assert "bad.toml" in done.stderr
    assert "1 file was left out of 50." in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_an_empty_file_is_told_of_as_that(shared: Path) -> None:
    write(shared, 5)
    for number, content in enumerate((b"", b" \n", b"\xef\xbb\xbf", b"# nothing\n")):
        (shared / f"empty{number}.toml").write_bytes(content)
    done = team(shared, "report", str(shared), "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["worksheets"][0]["people"]) == (3, 5)
    assert done.stderr.count("this file is empty. Ask for it again.") == 4


def test_whole_responses_are_refused_by_name_and_nothing_of_them_is_shown(shared: Path) -> None:
    write(shared, 5)
    whole = response_for(SHEET, f'words = "{CANARY}"\nclosed = "{CANARY}"\n[[actions]]\nstep = "{CANARY}"')
    (shared / "whole.toml").write_text(response_text(whole), encoding="utf-8")
    for verb in ("report", "plan"):
        done = team(shared, verb, str(shared))
        assert done.returncode == 3
        assert "whole.toml" in done.stderr
        assert CANARY not in done.stdout + done.stderr


@pytest.mark.thorough
def test_nothing_private_in_shared_files_comes_out(shared: Path) -> None:
    private = f'\n[[actions]]\nstep = "{CANARY}"\nprivate = true\n'
    write(shared, 50, f'closed = "{CANARY}"\n{ANSWERS}{private}')
    for arguments in (["report"], ["plan"], *(["report", "--format", form] for form in FORMS[:4])):
        done = team(shared, arguments[0], str(shared), *arguments[1:])
        assert done.returncode == 0
        assert CANARY not in done.stdout + done.stderr
        assert "Private answers or steps stood in these files: 100." in done.stderr


def test_a_file_sent_twice_then_changed_counts_once(shared: Path) -> None:
    write(shared, 5)
    write(shared, 1, 'it = { well = ["a"] }', revision=2)
    (shared / "again.toml").write_bytes((shared / "0-1.toml").read_bytes())
    made = report(shared)
    told = next(one for one in made["worksheets"][0]["places"] if one["item"] == "a")["groups"][0]
    assert (told["people"], told["counts"]) == (5, [["well", 1], ["more", 4]])
    status = json.loads(team(shared, "status", str(shared), "--json").stdout)
    assert (status["worksheets"][0]["people"], status["copies"], status["withdrawn"]) == (5, 2, 0)


@pytest.mark.thorough
def test_a_withdrawal_takes_steps_away_at_once(shared: Path) -> None:
    write(shared, 4)
    write(shared, 1, '[[actions]]\nstep = "Rest"', first=4)
    assert "Rest" in team(shared, "plan", str(shared)).stdout
    withdrawal = Withdrawal(shared_id=f"{SHARED_ID[:-1]}e", revision=2)
    (shared / "gone.toml").write_text(shared_text(withdrawal), encoding="utf-8")
    plan = team(shared, "plan", str(shared)).stdout
    assert "Rest" not in plan
    assert "Supported by: at least one person" in plan
    assert report(shared)["worksheets"][0]["people"] == 5
    assert "1 person took back what they shared." in team(shared, "status", str(shared)).stderr


def test_teams_too_small_can_not_be_got_by_subtracting(shared: Path) -> None:
    write(shared, 6, person={"team": "North"})
    write(shared, 3, 'it = { well = ["a"] }', first=6, person={"team": "South"})
    made = report(shared, "--by", "team")["worksheets"][0]
    assert [(team["name"], team["is_told"]) for team in made["teams"]] == [("North", False), ("South", False)]
    assert {group["team"] for place in made["places"] for group in place["groups"]} == {None}


def test_an_earlier_report_stands_beside_the_new_one(shared: Path) -> None:
    write(shared, 6)
    earlier = shared.parent / "earlier.json"
    assert team(shared, "report", str(shared), "--format", "json", "--output", str(earlier)).returncode == 0
    write(shared, 5, first=6)
    made = report(shared, "--since", str(earlier))["worksheets"][0]["places"]
    told = next(one for one in made if one["item"] == "a")["groups"][0]["earlier"]
    assert (told["people"], told["counts"]) == (6, [["well", 0], ["more", 6]])


# --- what was told is remembered ------------------------------------------------------------------


@pytest.mark.thorough
def test_one_who_came_later_waits_in_every_format_and_from_every_folder(shared: Path) -> None:
    write(shared, 6)
    before = team(shared, "report", str(shared), "--format", "csv").stdout
    elsewhere = write(shared.parent / "elsewhere", 6)
    write(elsewhere, 1, 'it = { well = ["a"] }', first=6)
    assert team(shared, "report", str(elsewhere), "--format", "csv").stdout == before
    for form in ("md", "html"):
        text = team(shared, "report", str(elsewhere), "--format", form).stdout
        assert "This report speaks of 6 people. What came later is told when" in " ".join(text.split())
    made = report(elsewhere)["worksheets"][0]
    assert (made["people"], made["waits"]) == (6, True)


def test_what_was_told_is_kept_for_this_account_alone_and_holds_nothing_of_anybody(shared: Path) -> None:
    words = f'it = {{ more = ["a"] }}\nwords = "{CANARY}"\n[[actions]]\nstep = "{CANARY}"\nwho = "{CANARY}"\n'
    write(shared, 6, words, person={"team": CANARY, "name": CANARY})
    report(shared, "--by", "team")
    memory = shared.parent / "data" / "told.sqlite"
    assert memory.stat().st_mode & 0o777 == 0o600
    assert CANARY.encode() not in memory.read_bytes()
    assert SHARED_ID[:-4].encode() not in memory.read_bytes()


@pytest.mark.thorough
def test_what_was_told_is_listed(shared: Path) -> None:
    assert "Nothing was told yet." in team(shared, "told").stderr
    write(shared, 6, person={"team": "North"})
    report(shared, "--by", "team")
    assert json.loads(team(shared, "told", "--json").stdout)["told"] == [
        {"worksheet": "test", "is_team": False, "people": 6},
        {"worksheet": "test", "is_team": True, "people": 6},
    ]
    assert "everybody" in team(shared, "told").stdout


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("damage", [b"", b"no database" * 100, b"SQLite format 3\0 cut off"])
def test_without_a_memory_that_can_be_read_no_number_is_told(shared: Path, damage: bytes) -> None:
    write(shared, 6)
    report(shared)
    memory = shared.parent / "data" / "told.sqlite"
    memory.write_bytes(damage)
    for verb in ("report", "plan", "told", "status"):
        done = team(shared, verb, *([] if verb == "told" else [str(shared)]))
        assert (done.returncode, done.stdout) == (1, "")
        assert "told.sqlite is damaged" in done.stderr
        assert "team told --forget WORKSHEET" in done.stderr
    assert memory.read_bytes() == damage


@pytest.mark.thorough
def test_doctor_knows_a_memory_that_is_damaged_open_to_others_or_a_link(shared: Path) -> None:
    write(shared, 6)
    report(shared)
    memory = shared.parent / "data" / "told.sqlite"
    assert run(memory.parent, "doctor").returncode == 0
    memory.chmod(0o644)
    assert f"chmod 600 {memory}" in run(memory.parent, "doctor").stdout
    memory.chmod(0o600)
    memory.write_bytes(b"no database")
    assert "told.sqlite is damaged" in run(memory.parent, "doctor").stdout
    memory.unlink()
    memory.symlink_to(shared.parent / "nothing")
    assert "told.sqlite: a link lies in its place" in run(memory.parent, "doctor").stdout


@pytest.mark.thorough
def test_a_row_of_the_memory_that_was_changed_is_damage(shared: Path) -> None:
    write(shared, 6)
    report(shared)
    memory = shared.parent / "data" / "told.sqlite"
    for statement in (
        "UPDATE told SET body = '{}'",
        "UPDATE told SET body = x'00'",
        "ALTER TABLE told RENAME TO x",
    ):
        with closing(sqlite3.connect(memory)) as known:
            known.execute(statement)
            known.commit()
        assert "told.sqlite is damaged" in team(shared, "report", str(shared)).stderr


def test_a_memory_of_a_newer_libwell_is_left_alone(shared: Path) -> None:
    write(shared, 6)
    report(shared)
    with closing(sqlite3.connect(shared.parent / "data" / "told.sqlite")) as known:
        known.execute("PRAGMA user_version = 2")
        known.commit()
    done = team(shared, "report", str(shared))
    assert (done.returncode, done.stdout) == (1, "")
    assert "made by a newer libwell" in done.stderr


@pytest.mark.thorough
def test_a_link_in_the_place_of_the_memory_is_not_followed(shared: Path) -> None:
    write(shared, 6)
    report(shared)
    memory = shared.parent / "data" / "told.sqlite"
    target = memory.rename(shared.parent / "elsewhere.sqlite")
    before = target.read_bytes()
    for aim in (target, shared.parent / "nothing.sqlite"):
        memory.unlink(missing_ok=True)
        memory.symlink_to(aim)
        done = team(shared, "report", str(shared))
        assert (done.returncode, done.stdout) == (1, "")
        assert "is a link" in done.stderr
    assert target.read_bytes() == before
    assert not (shared.parent / "nothing.sqlite").exists()


def test_nothing_is_told_while_another_report_is_being_made(shared: Path) -> None:
    write(shared, 6)
    report(shared)
    memory = ToldMemory(shared.parent / "data" / "told.sqlite", patience=0.1)
    with pytest.raises(LockedError):
        memory.change(lambda told: (memory.change(lambda told: ("", told)), told))


@pytest.mark.thorough
def test_a_report_that_can_not_be_written_tells_nothing(shared: Path) -> None:
    write(shared, 6)
    taken = shared.parent / "taken.md"
    taken.write_text("mine")
    for verb in ("report", "plan"):
        done = team(shared, verb, str(shared), "--output", str(taken))
        assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(team(shared, "told", "--json").stdout)["told"] == []
    assert taken.read_text() == "mine"


# --- on a terminal --------------------------------------------------------------------------------


def terminal(shared: Path, *arguments: str) -> Walking:
    return Walking(shared.parent / "data", "team", *arguments)


@pytest.mark.thorough
def test_before_a_first_telling_a_person_may_wait(shared: Path) -> None:
    write(shared, 6)
    for verb in ("report", "plan"):
        with terminal(shared, verb, str(shared), "--format", "csv") as walk:
            assert "6 copies of “Test” are here." in walk.shown
            assert "later ones are told only 5 or more together" in " ".join(walk.shown.split())
            assert "tells nothing" in walk.type("")
            walk.end()
            assert walk.status == 0
    assert json.loads(team(shared, "told", "--json").stdout)["told"] == []


def test_whoever_waits_hears_by_the_status_of_files_that_were_left_out(shared: Path) -> None:
    write(shared, 6)
    (shared / "empty.toml").write_text("")
    with terminal(shared, "report", str(shared)) as walk:
        walk.type("")
        walk.end()
        assert walk.status == 3


def test_whoever_tells_is_asked_once(shared: Path) -> None:
    write(shared, 6)
    with terminal(shared, "report", str(shared), "--format", "csv") as walk:
        assert "Wished" not in walk.type("tell")
        walk.end()
        assert walk.status == 0
    with terminal(shared, "plan", str(shared), "--format", "md") as walk:
        walk.end()
        assert "Tell now" not in plain(walk.raw)
        assert "| 6 people |" in plain(walk.raw)


def test_too_few_are_no_telling_to_ask_about(shared: Path) -> None:
    write(shared, 4)
    with terminal(shared, "plan", str(shared)) as walk:
        walk.end()
        assert "Tell now" not in plain(walk.raw)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("damaged", [False, True])
def test_forgetting_says_what_it_opens_and_asks(shared: Path, *, damaged: bool) -> None:
    write(shared, 6)
    report(shared)
    memory = shared.parent / "data" / "told.sqlite"
    if damaged:
        memory.write_bytes(b"no database")
    done = team(shared, "told", "--forget", "test")
    assert (done.returncode, done.stdout) == (2, "")
    with terminal(shared, "told", "--forget", "test") as walk:
        assert "what single people answered" in " ".join(walk.shown.split())
        assert ("of every worksheet" in " ".join(walk.shown.split())) == damaged
        walk.type("yes")
        walk.end()
        assert walk.status == 1
    with terminal(shared, "told", "--forget", "test") as walk:
        walk.type("forget")
        walk.end()
        assert walk.status == 0
    assert json.loads(team(shared, "told", "--json").stdout)["told"] == []


def test_what_was_not_told_can_not_be_forgotten(shared: Path) -> None:
    with terminal(shared, "told", "--forget", "tset") as walk:
        walk.end()
        assert walk.status == 1
        assert "Nothing was told of tset" in plain(walk.raw)


# --- files ----------------------------------------------------------------------------------------


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
    assert done.returncode == 1
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
    with terminal(shared, "report", str(shared), "--format", "json") as walk:
        walk.type("tell")
        walk.end()
        assert "Reading" in plain(walk.raw)
        assert "/60" in plain(walk.raw)


@pytest.mark.thorough
@given(st.permutations(range(12)), st.integers(0, 12))
@settings(max_examples=20)
def test_any_order_and_any_split_give_the_same_bytes(files: list[Path], order: list[int], cut: int) -> None:
    def tally(paths: list[Path]) -> Any:
        return Reading(own_shelf(), _fail).tally(paths)

    chosen = [files[number] for number in order]

    def text(counted: Tally) -> str | bytes:
        return report_text(make_report(counted, told=Told(), minimum=3, by_team=True)[0], "json")

    parts = merge(merge(Tally(), tally(chosen[:cut])), tally(chosen[cut:]))
    assert text(parts) == text(tally(files))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("shared")
    write(folder, 5, person={"team": "North"})
    write(folder, 5, 'it = { well = ["a", { other = "x" }] }\nwords = "w"', first=4, revision=2)
    write(folder, 2, first=4, revision=3, person={"team": "north "})
    return sorted(folder.iterdir())


def _fail(error: LibwellError | None) -> None:
    assert error is None
