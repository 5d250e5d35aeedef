"""A walk with its folder and a conversation: lines that were refused, leaving, and how to come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from build import fixed_world, things, worksheet_of
from libwell.flows.reflect import start
from libwell.model.response import Person
from libwell.storage.responses import ResponseFolder, read_response
from support import ScriptedPrompter
from walking import Walking, saved, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

ADD = "Anything to add in your own words?"
OWN = worksheet_of(f'id = "calm", kind = "choices", other = true, options = {things("tea", "rest", "sun")}')
PICKS = worksheet_of(f'id = "calm", kind = "choices", options = {things("tea", "rest", "sun")}')
HOURS = worksheet_of('id = "hours", kind = "number", min = 10')
DAY = worksheet_of('id = "day", kind = "date"')


class Visit:
    """A person who starts a worksheet, from a script; once more goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = ResponseFolder(folder / "responses")
        self.told: list[str] = []

    def start(self, worksheet: Worksheet, *lines: str, file: str = "") -> Response:
        """Start, type lines, and give what is saved."""
        prompter, world = ScriptedPrompter(lines), replace(fixed_world(), file=file)
        assert start(worksheet, Person(), folder=self.folder, prompter=prompter, world=world)
        assert prompter.unused() == []
        self.told = [said.text for said in prompter.shown]
        (path,) = self.folder.paths()
        return read_response(path).response


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    return Visit(tmp_path)


# --- typed behind a line that was refused ---------------------------------------------------------


def test_a_command_behind_a_refused_line_is_obeyed(visit: Visit) -> None:
    response = visit.start(OWN, "1", "9", "9:pause")
    assert ADD in visit.told
    assert (response.answers, response.at) == ({"calm": ["tea"]}, "calm.+")
    assert visit.told[-1] == f"Saved. To go on: libwell resume {response.short_id}"
    assert not [line for line in visit.told if line.startswith("Taken")]


def test_words_behind_a_refused_line_are_taken_by_themselves_and_said_back(visit: Visit) -> None:
    response = visit.start(OWN, "1", "9", "9a walk home", ":pause")
    assert response.answers == {"calm": ["tea", {"other": "a walk home", "id": "other-1"}]}
    assert visit.told.count("Taken: a walk home") == 1


@pytest.mark.parametrize(
    ("worksheet", "lines", "answers"),
    [
        (PICKS, ("tea,", "tea, sun"), {"calm": ["tea", "sun"]}),
        (PICKS, ("1-", "1-3"), {"calm": ["tea", "rest", "sun"]}),
        (PICKS, ("1/", "1/3"), {"calm": ["sun"]}),
        (HOURS, ("1", "12"), {"hours": 12}),
        (HOURS, ("1", "112"), {"hours": 12}),
        (HOURS, ("1", "20"), {"hours": 20}),
        (HOURS, ("x", "x5", "512"), {"hours": 12}),
        (DAY, ("2026-12-", "2026-12-01"), {"day": fixed_world().today.replace(month=12, day=1)}),
        (DAY, ("2026-12", "2026-12-01"), {"day": fixed_world().today.replace(month=12, day=1)}),
    ],
)
def test_what_is_read_of_a_refused_line_and_what_stands_behind_it(
    visit: Visit, worksheet: Worksheet, lines: tuple[str, ...], answers: dict[str, Any]
) -> None:
    assert visit.start(worksheet, *lines, ":pause").answers == answers


def test_what_is_read_as_a_whole_is_not_said_back(visit: Visit) -> None:
    assert visit.start(HOURS, "1", "12", ":pause").answers == {"hours": 12}
    assert not [line for line in visit.told if line.startswith("Taken")]


def test_enter_on_a_refused_line_goes_on(visit: Visit) -> None:
    response = visit.start(HOURS, "x", "x", "2,4", "2,4")
    assert (response.answers, response.status) == ({"hours": {"not-answered": "skipped"}}, "complete")
    assert "Type a number to change that answer, or Enter to go on." in visit.told


def test_what_is_wrong_with_a_line_behind_a_refused_one_is_said_of_it_alone(visit: Visit) -> None:
    visit.start(PICKS, "7", "79 9", ":pause")
    assert "There is no 9" in " ".join(visit.told)
    assert "79" not in " ".join(visit.told)


def test_a_command_typed_in_two_halves_is_one(visit: Visit) -> None:
    response = visit.start(OWN, "1", ":pa", ":pause")
    assert response.answers == {"calm": ["tea"]}
    assert visit.told[-1].startswith("Saved.")


def test_at_a_terminal_too(tmp_path: Path) -> None:
    sheet = tmp_path / "calm.toml"
    sheet.write_text(
        'libwell = "worksheet/1"\nid = "calm"\nversion = "1"\ntitle = "Calm"\n[[sections]]\nid = "one"\n'
        f'title = "One"\n[[sections.prompts]]\nid = "calm"\nkind = "choices"\nask = "What?"\nother = true\n'
        f"options = {things('tea', 'rest')}\n",
        encoding="utf-8",
    )
    with Walking(tmp_path / "data", "start", str(sheet)) as walk:
        walk.type("1")
        for line in ("a walk home", ":pause"):
            walk.child.send("9\r")
            walk.wait(prefill="9")
            walk.press(f"{line}\r")
        assert walk.status == 0
        assert "9:pause" not in str(saved(tmp_path / "data")["answers"])
        shown = squeezed(walk.shown)
        assert shown.index("Ifyouchangetheworksheet'sfilefirst:") < shown.index("Saved.Togoon:")
        assert shown.index(squeezed(f"start {sheet}")) < shown.index("Saved.Togoon:")
    assert saved(tmp_path / "data")["answers"] == {"calm": ["tea", {"other": "a walk home", "id": "other-1"}]}


# --- leaving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [":pause", ":pau", ":PAUSE"])
def test_the_question_whether_to_go_on_can_be_left(tmp_path: Path, typed: str) -> None:
    sheet = str(tmp_path / "none.toml")
    data = tmp_path / "data"
    (tmp_path / "none.toml").write_text(
        'libwell = "worksheet/1"\nid = "none"\nversion = "1"\ntitle = "None"\n[[sections]]\nid = "one"\n'
        'title = "One"\nprompts = [{ id = "sure", kind = "yes-no", ask = "Sure?" }]\n',
        encoding="utf-8",
    )
    with Walking(data, "start", sheet) as walk:
        walk.type(":pause")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    with Walking(data, "start", sheet) as walk:
        assert "Type y or n, or :pause to leave it for now." in walk.type("what")
        walk.type(typed)
        assert walk.status == 0
        assert walk.is_tidy
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_worksheet_started_by_path_says_how_to_go_on_after_a_change_of_it(visit: Visit) -> None:
    response = visit.start(PICKS, ":pause", file="my sheets/calm.toml")
    assert visit.told[-2:] == [
        "If you change the worksheet's file first: libwell start 'my sheets/calm.toml'",
        f"Saved. To go on: libwell resume {response.short_id}",
    ]


def test_one_started_by_id_says_only_how_to_go_on(visit: Visit) -> None:
    visit.start(PICKS, ":pause")
    assert "If you change" not in "".join(visit.told)
    assert visit.told[-1].startswith("Saved. To go on: libwell resume ")


def test_whom_to_turn_to_is_told_before_a_draft_is_gone_on_with_too(visit: Visit) -> None:
    visit.start(HOURS, ":pause")
    visit.start(HOURS, ":support", "", ":pause")
    assert any("In the United States: call or text 988" in line for line in visit.told)
