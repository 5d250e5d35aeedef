"""Before a walk: which worksheet, a draft that is there, the rest of a short way."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from build import NOW, OPEN, fixed_world, section_text, sheet_text, shelf_in, worksheet_from
from libwell.errors import NotFoundError, UsageError
from libwell.flows.choosing import LeftForNow, choose_worksheet
from libwell.flows.opened import find_response, new_response
from libwell.flows.reflect import resume, start
from libwell.model.response import Person
from libwell.storage.responses import ResponseFolder
from support import ScriptedPrompter
from walking import Walking, run, saved, short_id, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.storage.worksheets import Shelf

NAMES = ("desk-care", "desk-quiet", "room")
TITLES = ("Care at the desk", "A quiet desk", "A room for staff")
HEAD = f'{OPEN}\nminutes = 20\nshort_minutes = 3\nsummary = "What helps."'
SHEET = worksheet_from(
    sheet_text(
        section_text(
            'id = "sure", kind = "yes-no", core = true',
            'id = "tired", kind = "yes-no"',
            'id = "calm", kind = "yes-no"',
            keys='id = "one"\ntitle = "One"\nintro = """A word.\n\nA longer one."""'
            '\nepigraph = { text = "All that we are." }',
        ),
        section_text(
            'id = "wish", kind = "text", long = false, core = true', keys='id = "two"\ntitle = "Two"'
        ),
        head=HEAD,
    )
)
BARE = worksheet_from(sheet_text(section_text('id = "sure", kind = "yes-no"')))


class Desk:
    """A folder of responses, and a person who types."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = ResponseFolder(tmp_path / "responses")
        self.shelf: Shelf = shelf_in(tmp_path / "sheets")
        self.told: list[str] = []

    def start(self, *lines: str, worksheet: Worksheet = SHEET, short: bool = True) -> Response:
        prompter, me = ScriptedPrompter(lines), Person()
        start(
            worksheet,
            me,
            folder=self.folder,
            prompter=prompter,
            world=fixed_world(),
            usual=me,
            short=short,
        )
        return self._ended(prompter)

    def resume(self, *lines: str, at: str = "") -> Response:
        prompter, opened = ScriptedPrompter(lines), find_response("latest", self.folder)
        resume(opened, folder=self.folder, prompter=prompter, world=fixed_world(), shelf=self.shelf, at=at)
        return self._ended(prompter)

    def _ended(self, prompter: ScriptedPrompter) -> Response:
        assert prompter.unused() == []
        self.told = [said.text for said in prompter.shown]
        return find_response("latest", self.folder).response


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# --- which worksheet ------------------------------------------------------------------------------


def choose(desk: Desk, tmp_path: Path, *lines: str) -> tuple[str, list[str]]:
    """Choose among three worksheets. Gives the id and what was shown."""
    texts = [
        sheet_text(section_text('id = "sure", kind = "yes-no"'), head=HEAD, name=name).replace(
            'title = "Test"', f'title = "{title}"'
        )
        for name, title in zip(NAMES, TITLES, strict=True)
    ]
    headers, _ = shelf_in(tmp_path / "sheets", *texts).headers()
    prompter = ScriptedPrompter(lines)
    try:
        chosen = choose_worksheet(headers, desk.folder, prompter=prompter, world=fixed_world())
    finally:
        desk.told = [said.text for said in prompter.shown]
    return chosen, desk.told


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("2", "desk-quiet"),
        ("room", "room"),
        ("Desk-Care", "desk-care"),
        ("desk-q", "desk-quiet"),
        ("a q", "desk-quiet"),
        ("Care at", "desk-care"),
    ],
)
def test_a_worksheet_is_chosen_by_number_id_or_the_beginning_of_id_or_title(
    desk: Desk, tmp_path: Path, line: str, name: str
) -> None:
    assert choose(desk, tmp_path, line)[0] == name


def test_each_worksheet_has_its_number_title_minutes_and_sentence(desk: Desk, tmp_path: Path) -> None:
    shown = choose(desk, tmp_path, "1")[1]
    assert shown[:4] == [
        "1. Care at the desk (desk-care, 20 minutes, or 3 with --short)",
        "   What helps.",
        "2. A quiet desk (desk-quiet, 20 minutes, or 3 with --short)",
        "   What helps.",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("desk", "Several begin so: desk-care, desk-quiet."),
        ("a", "Several begin so: desk-quiet, room."),
        ("4", "Type a number from 1 to 3"),
        ("", "Type a number from 1 to 3"),
        (":nonsense", "There is no :nonsense."),
    ],
)
def test_what_names_no_worksheet_is_asked_for_again(desk: Desk, tmp_path: Path, line: str, said: str) -> None:
    chosen, shown = choose(desk, tmp_path, line, "3")
    assert chosen == "room"
    assert sum(f"Not taken: {said}" in text for text in shown) == 1
    assert sum("Which one?" in text for text in shown) == 2


@pytest.mark.parametrize("line", [":pause", "q", "quit", ":q"])
def test_leaving_the_list_makes_nothing(desk: Desk, tmp_path: Path, line: str) -> None:
    with pytest.raises(LeftForNow):
        choose(desk, tmp_path, line)
    assert desk.folder.paths() == []


def test_whom_to_turn_to_can_be_asked_for_in_the_list(desk: Desk, tmp_path: Path) -> None:
    chosen, shown = choose(desk, tmp_path, ":support", ":help", "1")
    assert chosen == "desk-care"
    assert "Here you can type :pause to leave, or :support for whom you can turn to." in shown


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "yesterday"), (2, "November 19, 2026")])
def test_the_list_tells_of_the_latest_draft(desk: Desk, tmp_path: Path, days: int, words: str) -> None:
    room = worksheet_from(sheet_text(section_text('id = "sure", kind = "yes-no"'), name="room"))
    for ago in (dt.timedelta(days=9), dt.timedelta(days=days)):
        response = new_response(room, Person(), fixed_world())(f"a{ago.days}a2")
        earlier = response.model_copy(update={"updated": NOW - ago})
        desk.folder.create(partial(_give, earlier), partial(str, earlier.short_id))
    shown = choose(desk, tmp_path, "1")[1]
    assert f"3. A room for staff (room, 20 minutes, or 3 with --short, a draft from {words})" in shown
    assert sum("draft" in line for line in shown) == 1


def _give(response: Response, last: str) -> Response:
    assert response.short_id == last
    return response


def test_start_alone_lists_and_asks_and_then_begins(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start") as walking:
        assert "Which one? Type its number" in walking.shown
        walking.type("staff-care")
        assert "Question 1 of" in walking.shown
        walking.type(":pause")
    assert walking.status == 0
    assert saved(data)["id"].startswith("staff-care-")


@pytest.mark.parametrize("line", ["q", ":pause"])
def test_start_alone_can_be_left(tmp_path: Path, line: str) -> None:
    with Walking(tmp_path / "data", "start") as walking:
        walking.type(line)
    assert walking.status == 0
    assert not (tmp_path / "data" / "responses").exists()


def test_start_alone_without_a_terminal_names_the_worksheets(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "start")
    assert done.returncode == 2
    assert "WORKSHEET is one of: " in done.stderr
    assert "staff-care" in done.stderr


# --- the short way --------------------------------------------------------------------------------


def test_the_short_way_says_how_long_it_takes_and_that_the_rest_waits(desk: Desk) -> None:
    response = desk.start("y", "tea", "")
    assert (response.status, response.short) == ("complete", True)
    text = "\n".join(desk.told)
    assert "2 questions" in text
    assert "3 minutes" in text
    assert "20 minutes" not in text
    assert "2 more questions, if you like: libwell resume a2a2" in text


def test_titles_are_told_and_of_the_words_of_a_section_the_first_paragraph(desk: Desk) -> None:
    desk.start("y", "tea", "")
    assert {"One", "Two", "A word."} <= {*desk.told}
    assert not any("A longer one." in line or "All that we are." in line for line in desk.told)


def test_going_beside_the_short_way_is_no_change_because_of_an_answer(desk: Desk) -> None:
    response = desk.start(":go calm", "y", "tea", "", "y", "")
    assert {*response.answers} == {"sure", "calm", "wish"}
    assert not any("because of your answer" in line for line in desk.told)


def test_a_worksheet_without_a_short_way_says_so(desk: Desk) -> None:
    with pytest.raises(UsageError, match="“Test” has no short way"):
        desk.start(worksheet=BARE)
    assert not desk.folder.folder.exists()


def test_what_was_paused_goes_on_on_the_short_way(desk: Desk) -> None:
    assert desk.start("y", ":pause").short
    response = desk.resume("tea", "")
    assert (response.status, {*response.answers}) == ("complete", {"sure", "wish"})


def test_a_draft_of_all_questions_goes_on_on_the_short_way_where_that_was_typed(desk: Desk) -> None:
    desk.start("y", ":pause", short=False)
    response = desk.start("", "tea", "")
    assert (response.status, {*response.answers}) == ("complete", {"sure", "wish"})


def test_resume_offers_the_rest_and_goes_on_with_it(desk: Desk) -> None:
    desk.start("y", "tea", "")
    response = desk.resume("", "n", "y", "", "")
    assert "You took the short way. 2 more questions wait." in desk.told
    assert "Question 2 of 4" in desk.told
    assert (response.status, response.short) == ("complete", False)
    assert response.answers == {"sure": True, "tired": False, "calm": True, "wish": "tea"}
    desk.resume(":pause")
    assert not any("short way" in line for line in desk.told)


def test_whoever_wants_their_answers_gets_the_review_and_is_offered_the_rest_again(desk: Desk) -> None:
    before = desk.start("y", "tea", "")
    assert desk.resume("n", ":pause").answers == before.answers
    assert "Review" in desk.told
    assert desk.resume(":pause") == find_response("latest", desk.folder).response
    assert "You took the short way. 2 more questions wait." in desk.told


@pytest.mark.parametrize("line", ["x", "maybe"])
def test_what_is_no_answer_to_the_offer_is_asked_for_again(desk: Desk, line: str) -> None:
    before = desk.start("y", "tea", "")
    assert desk.resume(line, ":pause") == before
    assert any("Type y or n" in text for text in desk.told)


def test_the_rest_of_a_short_way_is_something_to_go_on_with_without_a_name(desk: Desk) -> None:
    begun = desk.start("y", "tea", "")
    assert find_response("latest", desk.folder, draft=True).response == begun
    whole = desk.resume("", "n", "y", "", "")
    assert whole.status == "complete"
    with pytest.raises(NotFoundError, match="no draft to go on with"):
        find_response("latest", desk.folder, draft=True)


def test_nothing_is_offered_where_a_question_was_named(desk: Desk) -> None:
    desk.start("y", "tea", "")
    response = desk.resume("n", ":pause", at="calm")
    assert response.answers["calm"] is False
    assert not any("You took" in line for line in desk.told)


@pytest.mark.thorough
def test_the_short_way_on_a_terminal_leaves_the_key_in_the_file_and_takes_it_out(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shelf_in(
        tmp_path / "sheets",
        sheet_text(
            section_text('id = "a", kind = "yes-no", core = true', 'id = "b", kind = "yes-no"'), head=HEAD
        ),
    )
    with Walking(data, "start", str(tmp_path / "sheets" / "test.toml"), "--short") as walking:
        walking.type("y", "")
    assert walking.status == 0
    assert saved(data)["short"] is True
    with Walking(data, "resume", short_id(data)) as walking:
        assert "1morequestionwaits." in squeezed(walking.shown)
        walking.type("", "n", "")
    assert walking.status == 0
    assert "short" not in saved(data)
    assert saved(data)["answers"] == {"a": True, "b": False}
