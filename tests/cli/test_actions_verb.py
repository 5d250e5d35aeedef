"""`libwell actions` as a person and as a script meet it."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from build import section_text, sheet_text
from walking import CTRL_D, LIBWELL, Walking, environment, run, saved, saved_files, short_id, squeezed

if TYPE_CHECKING:
    from pathlib import Path

SHEET = sheet_text(
    section_text('id = "own", kind = "text", private = true', 'id = "plan", kind = "plan"'), name="mine"
)
ANSWERS = """
worksheet = "mine"
[[actions]]
step = "Ask for a break"
who = "Ana and Joy"
due = 2026-01-02
level = "team"
[[actions]]
step = "My own step"
from = "own"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one finished response."""
    folder = tmp_path / "data"
    (folder / "worksheets").mkdir(parents=True)
    (folder / "worksheets" / "mine.toml").write_text(SHEET)
    (tmp_path / "answers.toml").write_text(ANSWERS)
    done = run(folder, "fill", str(tmp_path / "answers.toml"))
    assert done.returncode == 0, done.stderr
    return folder


def actions(data: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = saved(data)["actions"]
    return found


def told(data: Path, *arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Run `libwell actions`; give status, standard output and standard error."""
    done = subprocess.run(
        [*LIBWELL, "--data-dir", str(data), "actions", *arguments],
        env=environment(data),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_pipe_gets_the_open_ones_and_hears_what_was_left_out(data: Path) -> None:
    name = short_id(data)
    status, out, err = told(data)
    assert status == 0
    assert out == (
        f"{name}.a1: Ask for a break\n"
        "   Was for Friday, January 2, 2026; Ana and Joy; for the team\n"
        "   From: Test\n"
    )
    assert err == "1 private step was left out; --private puts them in.\n"
    assert "My own step (private)" in told(data, "--private")[1]


def test_a_terminal_shows_what_is_private_marked_and_how_to_change_one(data: Path) -> None:
    with Walking(data, "actions") as walk:
        assert walk.end() == 0
        assert "My own step (private)" in walk.shown
        assert "left out" not in walk.shown
        again = f"libwell --data-dir {data} actions done {short_id(data)}.a1"
        assert squeezed(again) in squeezed(walk.shown)


@pytest.mark.thorough
def test_json_is_one_document(data: Path) -> None:
    status, out, _ = told(data, "--json", "--who", "JOY")
    document = json.loads(out)
    assert (status, document["schema"], document["withheld"]) == (0, "libwell.actions/1", 0)
    (one,) = document["actions"]
    assert one == {
        "id": f"{short_id(data)}.a1",
        "step": "Ask for a break",
        "status": "open",
        "who": "Ana and Joy",
        "due": "2026-01-02",
        "level": "team",
        "know": None,
        "notes": None,
        "from": None,
        "question": None,
        "changed": None,
        "private": False,
        "response": saved(data)["id"],
        "worksheet": {"id": "mine", "version": "1.0", "title": "Test"},
        "name": "",
        "team": "",
        "library": "",
    }


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("spelling", ["organization", "organisation"])
def test_a_level_is_taken_in_both_spellings(data: Path, spelling: str) -> None:
    wider = ANSWERS.replace('level = "team"', f'level = "{spelling}"')
    told(data, "add", "latest", "--answers", "-", stdin=wider.replace('\nfrom = "own"', ""))
    document = json.loads(told(data, "--json", "--level", spelling)[1])
    assert [one["level"] for one in document["actions"]] == ["organisation"]


@pytest.mark.thorough
def test_what_cannot_be_read_is_told_and_the_rest_is_shown(data: Path) -> None:
    (data / "responses" / "mine-2026-11-21-b2b2.toml").write_text("libwell = ")
    status, out, err = told(data)
    assert status == 3
    assert "Ask for a break" in out
    assert "mine-2026-11-21-b2b2.toml" in err


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--who", "nobody"), "No step is like that."),
        (("--level", "organization"), "No step is like that."),
    ],
)
def test_where_nothing_is_like_that_it_says_what_to_type(
    data: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = told(data, *arguments)
    assert (status, out) == (0, "")
    assert err.startswith(said)


@pytest.mark.thorough
def test_where_nothing_is_open_or_planned_it_says_so_kindly(data: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        told(data, "set", f"{short_id(data)}.a{number}", "--status", "let-go")
    assert told(data)[2].startswith("Nothing is open.")
    assert told(tmp_path / "other")[2].startswith("No steps are planned yet.")


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--due-before", "May"), "--due-before takes a day."),
        (("--due-before", "1/12"), "--due-before: 1/12 can be December 1 or January 12. Type Dec 1"),
        (("set", "latest.a1", "--due", "31 Feb"), "There is no February 31."),
        (("set", "latest.a1", "--status", "done", "--again", "3/4"), "3/4 can be April 3 or March 4."),
        (("--level", "mine"), "--level takes me, team, organization or community."),
        (("st",), "There is no verb actions st."),
        (("--json", "set", "a.a1", "--status", "done"), "These options are those of the list."),
    ],
)
def test_used_wrongly(data: Path, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = told(data, *arguments)
    assert (status, out == "") == (2, "--json" not in arguments)
    assert said in err


# --- set ------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_done_and_once_more(data: Path) -> None:
    name = short_id(data)
    status, out, err = told(data, "set", f"{name}.a1", "--status", "done", "--again", "2030-01-02")
    assert (status, out) == (0, "")
    assert f"The next one is {name}.a3, due Wednesday, January 2, 2030, " in err
    first, _, third = actions(data)
    assert (first["status"], third["step"], third["due"]) == ("done", first["step"], dt.date(2030, 1, 2))
    assert saved(data)["status"] == "complete"
    assert saved(data)["revision"] == 2


def test_a_note_is_asked_for(data: Path) -> None:
    name = short_id(data)
    with Walking(data, "actions", "set", f"{name}.a1", "--note") as walk:
        assert "Your note." in walk.shown
        walk.type("She said yes.", "From March.", "")
        assert walk.end() == 0
        assert f"{name}.a1: note added." in walk.shown
        assert walk.is_tidy
    assert actions(data)[0]["notes"] == "She said yes.\nFrom March."


def test_a_note_left_with_ctrl_d_changes_nothing(data: Path) -> None:
    before = saved(data)
    with Walking(data, "actions", "set", "latest.a1", "--note", "--status", "done") as walk:
        walk.type("She")
        walk.press(CTRL_D)
        assert walk.end() == 1
        assert "Nothing was changed." in walk.shown
    assert saved(data) == before


@pytest.mark.thorough
@pytest.mark.parametrize("order", [("latest.a1", "--note", "-"), ("--note", "-", "latest.a1")])
def test_a_note_comes_from_standard_input(data: Path, order: tuple[str, ...]) -> None:
    assert told(data, "set", *order, stdin="One.\nTwo.\n")[0] == 0
    assert told(data, "set", *order, stdin="Three.\n")[0] == 0
    assert actions(data)[0]["notes"] == "One.\nTwo.\nThree."


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "arguments", [("latest.a1", "--note", "She said yes."), ("latest.a1", "--note=She said yes.")]
)
def test_a_note_is_no_argument(data: Path, arguments: tuple[str, ...]) -> None:
    status, _, err = told(data, "set", *arguments)
    assert status == 2
    assert "could be seen by others" in err
    assert "She said" not in err
    assert "notes" not in actions(data)[0]


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("latest.a1",), 2, "--status, --who, --due, --know, --note or --again"),
        (("latest.a1", "--note"), 2, "--note -"),
        (("latest.a1", "latest.a2", "--note", "-"), 2, "A note goes to one step at a time."),
        (("a1", "a2", "a9", "--status", "done"), 1, "There is no step a9."),
        (("a1", "a2", "--due", "31 Feb"), 2, "There is no February 31."),
        (("latest.a1", "--status", "finished"), 2, "--status takes open, doing, done"),
        (("latest.a1", "--again", "tomorrow"), 2, "--status done"),
        (("latest.a9", "--status", "done"), 1, "Did you mean"),
        (("latest.x", "--status", "done"), 1, "has no such step"),
        (("zzzz.a1", "--status", "done"), 1, "There is no step zzzz.a1."),
    ],
)
def test_what_cannot_be_set(data: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    before = saved_files(data)[0].read_bytes()
    found, out, err = told(data, "set", *arguments)
    assert (found, out) == (status, "")
    assert said in err
    assert saved_files(data)[0].read_bytes() == before


@pytest.mark.thorough
def test_several_are_done_at_once_by_short_names_and_saved_once(data: Path) -> None:
    name, before = short_id(data), saved(data)["revision"]
    status, out, err = told(data, "done", "a1", f"{name}.a2", "latest.a1")
    assert (status, out) == (0, "")
    assert [line.partition(": ")[0] for line in err.splitlines()] == [f"{name}.a1", f"{name}.a2"]
    assert {one["status"] for one in actions(data)} == {"done"}
    assert saved(data)["revision"] == before + 1


@pytest.mark.thorough
def test_a_short_name_of_several_names_them_and_none_is_changed(data: Path) -> None:
    assert run(data, "fill", str(data.parent / "answers.toml")).returncode == 0
    names = [path.stem.rpartition("-")[2] for path in saved_files(data)]
    before = [path.read_bytes() for path in saved_files(data)]
    status, _, err = told(data, "done", "a1")
    assert (status, err.partition(" Which")[0]) == (1, "Several plans have a step a1.")
    assert len(names) == 2
    assert all(f"{name}.a1 (Test)" in err for name in names)
    assert "break" not in err
    assert [path.read_bytes() for path in saved_files(data)] == before


# --- add ------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_more_steps_are_asked_for_as_in_a_worksheet(data: Path) -> None:
    with Walking(data, "actions", "add", "latest") as walk:
        assert "Another step of your own?" in walk.shown
        walk.type("Ask for a chair")
        assert "Who?" in walk.shown
        walk.type("Joy")
        assert "By when?" in walk.shown
        walk.type("2030-01-02")
        assert "Wednesday, January 2, 2030, " in walk.shown
        walk.type("It stands there")
        assert "Whose step is it?" in walk.shown
        walk.type("3")
        assert "Another step of your own?" in walk.shown
        walk.type("")
        assert walk.end() == 0
        assert f"{short_id(data)}.a3" in walk.shown
        assert walk.is_tidy
    third = actions(data)[2]
    assert (third["step"], third["level"], third["know"]) == (
        "Ask for a chair",
        "organisation",
        "It stands there",
    )


@pytest.mark.thorough
def test_nothing_added_is_said(data: Path) -> None:
    with Walking(data, "actions", "add", "latest") as walk:
        walk.type("")
        assert walk.end() == 1
        assert "Nothing was added." in walk.shown


@pytest.mark.thorough
def test_a_file_is_added_and_the_ids_are_the_data(data: Path, tmp_path: Path) -> None:
    text = '[[actions]]\nstep = "One"\n[[actions]]\nstep = "Two"\ndue = "end of term"\n'
    (tmp_path / "more.toml").write_text(text)
    name = short_id(data)
    assert told(data, "add", name, "--answers", str(tmp_path / "more.toml"))[:2] == (
        0,
        f"{name}.a3\n{name}.a4\n",
    )
    assert told(data, "add", name, "--answers", "-", stdin=text)[1] == f"{name}.a5\n{name}.a6\n"
    assert [action["step"] for action in actions(data)[2:]] == ["One", "Two", "One", "Two"]


@pytest.mark.thorough
def test_without_a_terminal_it_names_the_option(data: Path) -> None:
    status, out, err = told(data, "add", "latest")
    assert (status, out) == (2, "")
    assert "--answers FILE" in err


@pytest.mark.thorough
def test_a_file_with_mistakes_adds_nothing(data: Path) -> None:
    text = '[answers]\nown = "o"\n[[actions]]\nwho = "w"\n'
    status, out, err = told(data, "add", "latest", "--answers", "-", stdin=text)
    assert (status, out) == (4, "")
    assert "standard input:2: answers.own: only steps are added here." in err
    assert "actions[1].step" in err
    assert len(actions(data)) == 2


@pytest.mark.thorough
def test_a_blank_answers_file_of_the_worksheet_will_do(data: Path) -> None:
    blank = run(data, "blank", "mine", "--format", "toml").stdout
    text = blank + '\n[[actions]]\nstep = "One"\n'
    assert tomllib.loads(text)["actions"]
    assert told(data, "add", "latest", "--answers", "-", stdin=text)[0] == 0
