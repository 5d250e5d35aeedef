"""Going on with a draft whose worksheet has changed: through the disk, with what is said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    fixed_world,
    response_for,
    section_text,
    sheet_text,
    shelf_in,
    worksheet_from,
)
from libwell.errors import NotFoundError
from libwell.flows.opened import Opened, read_response
from libwell.flows.reflect import resume, start
from libwell.model.response import Person
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.responses import ResponseFolder, backup_of, response_text
from libwell.storage.worksheets import Shelf
from support import ScriptedPrompter

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.worksheet import Worksheet

WORDS = 'id = "words", kind = "text", long = false, ask = "Which words?"'
SURE = 'id = "sure", kind = "yes-no", ask = "Are you sure?"'
DAY = 'id = "day", kind = "date", ask = "Which day?"'
ONE, TWO = '{ id = "one", ask = "One" }', '{ id = "two", ask = "Two" }'


def version(number: str, *prompts: str, head: str = OPEN) -> str:
    return sheet_text(section_text(*prompts), head=head).replace('"1.0"', f'"{number}"')


FIRST = version("1.0", WORDS, SURE)
SECOND = version("1.1", SURE, DAY)


class Desk:
    """A person at their desk, with responses and worksheets in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = ResponseFolder(folder / "responses")
        self.sheets = folder / "sheets"
        self.told = ""

    def start(self, worksheet: Worksheet, *lines: str) -> Path:
        """Start a worksheet, and give where it is saved."""
        prompter = ScriptedPrompter(lines)
        person = Person(name="Ana")
        world = fixed_world()
        assert start(worksheet, person, folder=self.folder, prompter=prompter, world=world, usual=person)
        self.told = prompter.text
        return max(self.folder.paths())

    def resume(self, path: Path, *lines: str, sheet: str = "", at: str = "") -> Opened:
        """Go on with a response, with a worksheet at hand or none, and give what is saved then."""
        shelf = shelf_in(self.sheets, sheet) if sheet else Shelf([])
        prompter = ScriptedPrompter(lines)
        self.told = ""
        try:
            assert resume(
                read_response(path),
                folder=self.folder,
                prompter=prompter,
                world=fixed_world(),
                shelf=shelf,
                at=at,
            )
        finally:
            self.told = prompter.text
        return read_response(path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def draft(desk: Desk) -> Path:
    """A draft of the first version: its words are given."""
    return desk.start(worksheet_from(FIRST), "secret words", ":pause")


def test_a_draft_goes_on_in_the_worksheet_as_it_is_now(desk: Desk, draft: Path) -> None:
    saved = desk.resume(draft, "y", sheet=SECOND)
    assert saved.worksheet == worksheet_from(SECOND)
    assert saved.response.answers == {"sure": True}
    assert saved.response.retired["words"].answer == "secret words"
    assert (
        "The worksheet has changed since you began (version 1.0, now 1.1).\n"
        "New: “Which day?”\n"
        "Set aside, kept with your response, and shown by libwell view: “Which words?”\n"
        "Test\n"
    ) in desk.told
    assert "secret" not in desk.told
    assert "Which day?" in desk.told.partition("Test\n")[2]


def test_it_is_told_once(desk: Desk, draft: Path) -> None:
    desk.resume(draft, sheet=SECOND)
    revision = read_response(draft).response.revision
    assert desk.resume(draft, sheet=SECOND).response.revision == revision
    assert "changed" not in desk.told


def test_it_is_saved_at_once_with_the_version_before_beside_it(desk: Desk, draft: Path) -> None:
    before = read_response(draft)
    saved = desk.resume(draft, sheet=SECOND)
    assert saved.response.revision == before.response.revision + 1
    kept = backup_of(draft).read_text(encoding="utf-8")
    assert kept == response_text(before.response)
    desk.resume(draft, "y", "2026-12-01", sheet=version("1.2", SURE, DAY, WORDS))
    assert read_response(draft).response.answers == {
        "words": "secret words",
        "sure": True,
        "day": fixed_world().today.replace(month=12, day=1),
    }
    assert backup_of(draft).read_text(encoding="utf-8") == response_text(saved.response)
    assert "Back again, with your answer: “Which words?”\n" in desk.told


def test_nothing_happens_where_nothing_changed(desk: Desk, draft: Path) -> None:
    before = draft.read_bytes()
    desk.resume(draft, sheet=FIRST)
    assert draft.read_bytes() == before
    assert "changed" not in desk.told


def test_a_definition_written_otherwise_is_no_change(desk: Desk, draft: Path) -> None:
    text = draft.read_text(encoding="utf-8").replace('version = "1.0"', "version   =   '1.0'  # as it was")
    text = text.replace("worksheet = '''", 'worksheet = """').replace("'''\n", '"""\n')
    draft.write_text(text, encoding="utf-8")
    assert read_response(draft).worksheet == worksheet_from(FIRST)
    desk.resume(draft, sheet=FIRST)
    assert draft.read_text(encoding="utf-8") == text
    assert "changed" not in desk.told


def test_what_nobody_notices_is_taken_over_and_not_told(desk: Desk, draft: Path) -> None:
    sheet = version("1.0", f"{WORDS}, why = 'So.'", SURE)
    saved = desk.resume(draft, sheet=sheet)
    assert saved.worksheet == worksheet_from(sheet)
    assert saved.response.answers == {"words": "secret words"}
    assert "changed" not in desk.told


@pytest.mark.parametrize(
    "sheet", ["", version("1.1", DAY).replace('id = "test"', 'id = "other"'), SECOND.replace("date", "dote")]
)
def test_it_goes_on_as_it_was_where_its_worksheet_is_not_at_hand(desk: Desk, draft: Path, sheet: str) -> None:
    before = draft.read_bytes()
    desk.resume(draft, sheet=sheet)
    assert draft.read_bytes() == before
    assert "changed" not in desk.told


def test_a_finished_response_keeps_its_worksheet(desk: Desk) -> None:
    path = desk.start(worksheet_from(FIRST), "so", "y", "")
    before = path.read_bytes()
    assert read_response(path).response.status == "complete"
    desk.resume(path, sheet=SECOND)
    assert path.read_bytes() == before


def test_start_takes_its_draft_over_into_the_worksheet_it_was_given(desk: Desk, draft: Path) -> None:
    assert desk.start(worksheet_from(SECOND), "", "n") == draft
    assert read_response(draft).response.answers == {"sure": False}
    assert "The worksheet has changed" in desk.told
    assert desk.start(worksheet_from(SECOND), "n", "y") != draft
    assert "The worksheet has changed" not in desk.told


def test_a_walk_goes_on_at_a_question_that_is_new(desk: Desk, draft: Path) -> None:
    saved = desk.resume(draft, "2026-12-01", sheet=SECOND, at="day")
    assert saved.response.answers["day"] == dt.date(2026, 12, 1)
    with pytest.raises(NotFoundError, match="There is no prompt words here now"):
        desk.resume(draft, sheet=SECOND, at="words")
    with pytest.raises(NotFoundError, match="There is no prompt sur here now"):
        desk.resume(draft, at="sur")


def test_an_answer_given_in_private_stays_so_and_this_is_no_change(desk: Desk) -> None:
    path = desk.start(worksheet_from(version("1.0", WORDS, SURE, head="")), "so", "y", ":pause")
    opened = version("1.0", WORDS, SURE)
    saved = desk.resume(path, sheet=opened)
    assert private_prompts(saved.worksheet) == {"words", "sure"}
    assert "changed" not in desk.told
    before = path.read_bytes()
    desk.resume(path, sheet=opened)
    assert path.read_bytes() == before


WOULD_OPEN = (
    "The worksheet has changed, and would not keep this private any more: “Are you sure?”\n"
    "What you answered in private stays private. What you answer from now on could be shared.\n"
    "Type yes if that is fine. Anything else keeps it private in this response.\n"
)
IN_PRIVATE, IN_THE_OPEN = version("1.0", WORDS, SURE, head=""), version("1.0", WORDS, SURE)


def test_a_question_is_opened_by_a_typed_yes_and_what_was_answered_is_not(desk: Desk) -> None:
    path = desk.start(worksheet_from(IN_PRIVATE), "so", ":pause")
    saved = desk.resume(path, "yes", sheet=IN_THE_OPEN)
    assert private_prompts(saved.worksheet) == {"words"}
    assert desk.told.startswith(f"{WOULD_OPEN}> \nThe worksheet has changed since you began.\n")
    assert "Not private any more: “Are you sure?”\nTest\n1 of 2 questions is marked private" in desk.told


@pytest.mark.parametrize("typed", [["y"], [""], ["no"], [":pause"], ["yes please"], []])
def test_without_a_typed_yes_nothing_is_opened_and_nothing_lost(desk: Desk, typed: list[str]) -> None:
    path = desk.start(worksheet_from(IN_PRIVATE), "so", ":pause")
    saved = desk.resume(path, *typed, sheet=version("1.1", WORDS, SURE, DAY))
    assert private_prompts(saved.worksheet) == {"words", "sure"}
    assert saved.response.answers["words"] == "so"
    assert desk.told.startswith(WOULD_OPEN)
    assert "New: “Which day?”\nKept private, as it was when you began: “Are you sure?”\n" in desk.told
    before = path.read_bytes()
    desk.resume(path, sheet=version("1.1", WORDS, SURE, DAY))
    assert path.read_bytes() == before
    assert "private any more" not in desk.told


def test_start_asks_as_well_before_its_draft_is_opened(desk: Desk) -> None:
    path = desk.start(worksheet_from(IN_PRIVATE), "so", ":pause")
    assert desk.start(worksheet_from(IN_THE_OPEN), "", "n", ":pause") == path
    assert WOULD_OPEN in desk.told
    assert private_prompts(read_response(path).worksheet) == {"words", "sure"}


def test_steps_of_a_plan_that_is_opened_stay_private(desk: Desk) -> None:
    before, after = (version("1.0", SURE, 'id = "plan", kind = "plan"', head=head) for head in ("", OPEN))
    path = desk.start(worksheet_from(before), "", "Rest", "", "", "", ":pause")
    saved = desk.resume(path, "yes", "", "Walk", "", "", "", "", "", sheet=after)
    excerpt = for_audience(saved.response, saved.worksheet, private=False)
    assert [action.step for action in saved.response.actions] == ["Rest", "Walk"]
    assert [action.step for action in excerpt.actions] == ["Walk"]


def test_what_is_not_known_in_the_definition_is_kept(desk: Desk, draft: Path) -> None:
    text = draft.read_text(encoding="utf-8").replace("[definition]\n", '[definition]\nmine = "x"\n')
    draft.write_text(text, encoding="utf-8")
    assert desk.resume(draft, sheet=SECOND).response.definition.model_extra == {"mine": "x"}


@pytest.mark.thorough
def test_it_goes_on_as_it_was_if_that_can_not_be_saved(desk: Desk) -> None:
    before, after = (
        version(number, *(f'id = "t-{n}", kind = "table", columns = [{columns}]' for n in range(45)), SURE)
        for number, columns in (("1.0", f"{ONE}, {TWO}"), ("1.1", ONE))
    )
    answers = "".join(f't-{n} = [{{ one = "{"x" * 99_990}", two = "y" }}]\n' for n in range(45))
    sheet = worksheet_from(before)
    response = response_for(sheet, answers, at="sure")
    path = desk.folder.folder / f"{response.id}.toml"
    desk.folder.prepare()
    desk.folder.save(path, response)
    assert desk.resume(path, "y", sheet=after).response.answers["sure"] is True
    assert read_response(path).response.retired == {}
    assert read_response(path).worksheet == sheet
    assert "The worksheet has changed, but that could not be saved: The response is too large" in desk.told
    assert "You go on with it as it was.\n" in desk.told


def test_many_changes_are_told_in_a_few_short_lines(desk: Desk, draft: Path) -> None:
    asks = [f"id = 'q-{number}', kind = 'text', ask = 'Question {number}?'" for number in range(8)]
    long = f'id = "long", kind = "text", ask = "{"Why " * 40}?"'
    desk.resume(draft, sheet=version("1.0", long, *asks))
    lines = desk.told.splitlines()
    (new,) = [line for line in lines if line.startswith("New: ")]
    assert new.startswith("New: “Why Why")
    assert new.endswith("“Question 2?” “Question 3?” and 4 more.")
    assert max(map(len, lines)) < 250
    assert "The worksheet has changed since you began.\n" in desk.told
    assert "Gone: “Are you sure?”" in lines


def test_a_reworded_question_is_told(desk: Desk, draft: Path) -> None:
    desk.resume(draft, sheet=version("1.0", WORDS.replace("Which", "What"), SURE))
    assert "Reworded: “What words?”\n" in desk.told


@pytest.mark.parametrize(
    "sheet", [SECOND.replace('"date"', '"dote"'), SECOND.replace('title = "Test"', 'title = "Test')]
)
def test_a_worksheet_with_mistakes_is_told_with_its_file(desk: Desk, draft: Path, sheet: str) -> None:
    desk.sheets.mkdir()
    path = desk.sheets / "test.toml"
    path.write_text(sheet, encoding="utf-8")
    prompter = ScriptedPrompter(["y", ":pause"])
    shelf, world = Shelf([(desk.sheets, "test")]), fixed_world()
    assert resume(read_response(draft), folder=desk.folder, prompter=prompter, world=world, shelf=shelf)
    assert [said.text for said in prompter.shown[:3]] == [
        "The worksheet as it is now can't be used, so you go on with it as it was.",
        f"To see why: libwell check {path}",
        "Test",
    ]
    assert read_response(draft).worksheet == worksheet_from(FIRST)


def test_a_worksheet_that_is_not_at_hand_is_no_news(desk: Desk, draft: Path) -> None:
    desk.resume(draft)
    assert "can't be used" not in desk.told
