"""A walk with its folder and a conversation: lines that were refused, leaving, and how to come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from build import fixed_world, things, worksheet_of
from libwell.errors import SaveError
from libwell.flows.opened import new_response, read_response
from libwell.flows.reflect import start, walk
from libwell.model.response import Person
from libwell.rules.support import ADD_OWN, SUPPORT
from libwell.storage.responses import ResponseFolder
from libwell.terminal.prompter import Entry
from support import ScriptedPrompter
from walking import Walking, saved, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

ADD = "Anything to add in your own words?"
OWN = worksheet_of(f'id = "calm", kind = "choices", other = true, options = {things("tea", "rest", "sun")}')
PICKS = worksheet_of(f'id = "calm", kind = "choices", options = {things("tea", "rest", "sun")}')
MARKS = worksheet_of(
    f'id = "care", kind = "checklist", marks = {things("well", "improve")}, items = {things("breaks", "tea")}'
)
SURE = worksheet_of('id = "sure", kind = "yes-no"')
TWO = worksheet_of('id = "hours", kind = "number", min = 10', 'id = "sure", kind = "yes-no"')
HOURS = worksheet_of('id = "hours", kind = "number", min = 10')
DAY = worksheet_of('id = "day", kind = "date"')


class Visit:
    """A person who starts a worksheet, from a script; once more goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = ResponseFolder(folder / "responses")
        self.told: list[str] = []
        self.refused: list[tuple[str, ...]] = []

    def start(self, worksheet: Worksheet, *lines: str | Entry, file: str = "") -> Response:
        """Start, type lines, and give what is saved."""
        prompter, world = ScriptedPrompter(lines), replace(fixed_world(), file=file)
        me = Person()
        assert start(worksheet, me, folder=self.folder, prompter=prompter, world=world, usual=me)
        assert prompter.unused() == []
        self.told = [said.text for said in prompter.shown]
        self.refused = prompter.refused
        (path,) = self.folder.paths()
        return read_response(path).response


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    return Visit(tmp_path)


# --- a line that was refused ----------------------------------------------------------------------


def test_a_refused_line_is_told_and_asked_for_anew_on_an_empty_line(visit: Visit) -> None:
    response = visit.start(HOURS, "x", "12", "")
    assert response.answers == {"hours": 12}
    assert visit.refused[:3] == [(), ("x",), ()]
    place = next(number for number, line in enumerate(visit.told) if line.startswith("Not taken: "))
    assert visit.told[place].endswith(" Or :skip.")
    assert visit.told[place + 1 : place + 3] == [":help shows what you can type.", "> "]


def test_the_first_enter_after_a_refusal_only_asks_again_by_the_questions_short_name(visit: Visit) -> None:
    response = visit.start(HOURS, "x", "", ":pause")
    assert response.answers == {}
    assert visit.told[-5:-3] == ["> ", "Question 1 of 1: What?"]
    response = visit.start(HOURS, "", "x", "", "y", "", "", "")
    assert (response.answers, response.status) == ({"hours": {"not-answered": "skipped"}}, "complete")


def test_enter_after_a_refusal_never_finishes_the_review(visit: Visit) -> None:
    response = visit.start(HOURS, "12", "2,4", "", ":pause")
    assert response.status == "draft"
    assert "Not taken: Type a number to change that answer, or Enter to go on." in visit.told
    assert "The review: type a number to change that answer, or Enter to go on." in visit.told


def test_what_help_is_for_is_said_behind_the_first_two_refusals(visit: Visit) -> None:
    visit.start(HOURS, "x", "y", "z", ":pause")
    assert visit.told.count(":help shows what you can type.") == 2


def test_the_legend_is_said_again_in_one_line_after_a_refusal(visit: Visit) -> None:
    visit.start(MARKS, "1w 2", ":pause")
    place = visit.told.index("w = Well · i = Improve · wi = both")
    assert visit.told[place - 1].startswith("Not taken: 2 has no mark.")
    assert "   w = Well" in visit.told[:place]


def test_the_arrow_brings_back_what_was_refused_at_this_question_only(visit: Visit) -> None:
    visit.start(TWO, "x", "?", "y", "12", "maybe", ":pause")
    assert visit.refused == [(), ("x",), ("x",), ("x", "y"), (), ("maybe",)]


def test_a_paste_of_several_lines_that_is_refused_is_not_brought_back(visit: Visit) -> None:
    visit.start(HOURS, Entry("one\ntwo", pasted=True), ":pause")
    assert visit.refused == [(), ()]
    assert "one" not in "".join(visit.told)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("worksheet", "lines"),
    [
        ("hours", ("1w 2", "quit?", ":x", "n/a", "idk", "?", "1,5x", "")),
        ("marks", ("1w 2", "n/a", ":x", "idk", "?", "w", "9w", "1")),
        ("calm", ("9", "n/a", ":x", "idk", "?", "1w 2")),
        ("day", ("n/a", ":x", "idk", "?", "1w 2")),
        ("sure", ("n/a x", ":x", "idk", "?", "1w 2")),
    ],
)
def test_wrong_keys_with_enter_after_each_record_nothing(
    visit: Visit, worksheet: str, lines: tuple[str, ...]
) -> None:
    """Enter is typed only where a line was refused before: then it only asks again."""
    sheet = {"hours": HOURS, "marks": MARKS, "calm": PICKS, "day": DAY, "sure": SURE}[worksheet]
    typed = [key for line in lines if line for key in ((line,) if line == "?" else (line, ""))]
    response = visit.start(sheet, *typed, "quit")
    assert response.answers == {}
    assert response.status == "draft"


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
            walk.refused("9")
            walk.press(f"{line}\r")
        assert walk.status == 0
        shown = squeezed(walk.shown)
        assert shown.index("Ifyouchangetheworksheet'sfilefirst:") < shown.index("Saved.Togoon:")
        assert shown.index(squeezed(f"start {sheet}")) < shown.index("Saved.Togoon:")
    assert saved(tmp_path / "data")["answers"] == {"calm": ["tea", {"other": "a walk home", "id": "other-1"}]}


# --- where it could not be saved ------------------------------------------------------------------


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("typed", ["quit", "3w", "a walk home", "and/or", ":back", "?"])
def test_an_answer_typed_ahead_does_not_become_a_folder(
    tmp_path: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = ResponseFolder(tmp_path / "responses")
    prompter = ScriptedPrompter(["12", typed, ":later", ":pause"])
    responses = tmp_path / "responses"
    saved_response = folder.create(new_response(HOURS, Person(), fixed_world()), fixed_world().last_part)
    failing = _Full(responses)
    path, world = saved_response.path, fixed_world()
    assert not walk(path, folder=failing, prompter=prompter, world=world, now=HOURS)
    assert "Here you can type Enter, a folder, or :later." in prompter.text
    assert [path.name for path in tmp_path.iterdir()] == ["responses"]


class _Full(ResponseFolder):
    """A folder on a disk that is full."""

    def save(self, path: Path, response: Response, *, backup: bool = False) -> None:
        del response, backup
        raise SaveError(f"{path.name} could not be written.")


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
        'If you change the worksheet\'s file first: libwell start "my sheets/calm.toml"',
        f"Saved. To go on: libwell resume {response.short_id}",
    ]


def test_one_started_by_id_says_only_how_to_go_on(visit: Visit) -> None:
    visit.start(PICKS, ":pause")
    assert "If you change" not in "".join(visit.told)
    assert visit.told[-1].startswith("Saved. To go on: libwell resume ")


def test_whom_to_turn_to_is_told_before_a_draft_is_gone_on_with_too(visit: Visit) -> None:
    visit.start(HOURS, ":pause")
    visit.start(HOURS, ":support", "", ":pause")
    assert all(any(line in told for told in visit.told) for line in SUPPORT if line != ADD_OWN)
