"""What a walk tells at the end of a section: its scores, and a person's own words, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from build import fixed_world, section_text, sheet_text, things, worksheet_from
from libwell.export.markdown import render
from libwell.flows.opened import read_response
from libwell.flows.reflect import resume, start
from libwell.flows.section_ends import GIVEN_BACK
from libwell.model.response import Person
from libwell.rules.documents import response_document
from libwell.storage.responses import ResponseFolder
from libwell.storage.worksheets import Shelf
from support import ScriptedPrompter
from walking import ASCII, Walking, run, saved, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.worksheet import Worksheet

ENDS = 'scale = { min = 0, max = 3, labels = ["not yet", "thriving"] }, not_answers = ["dont-know"]'
HOUSE = section_text(
    f'id = "practice", kind = "rating", {ENDS}, items = {things("signs", "crowding", "light")}',
    'id = "words", kind = "text", long = false',
    keys='id = "house"\ntitle = "The house"',
)
WORK = section_text(
    f'id = "calm", kind = "rating", {ENDS}',
    f'id = "haste", kind = "rating", {ENDS}',
    keys='id = "work"\ntitle = "The work"',
)
MIRROR = section_text(
    f"""id = "mirror", kind = "rating", items = {things("tired", "glad", "late")},
    scale = {{ min = 0, max = 2, labels = ["never", "at times", "often"] }}, not_answers = ["dont-know"],
    give_back = [
      {{ title = "The day", items = ["tired", "late"] }}, {{ title = "The good", items = ["glad"] }}]""",
    'id = "pattern", kind = "text", long = false',
    keys='id = "mirror-part"\ntitle = "The mirror"\nprivate = true',
)
LAST = section_text('id = "end", kind = "text", long = false', keys='id = "last"\ntitle = "The end"')
SCORES = """
[[scores]]
id = "house"
title = "House"
items = ["practice.signs", "practice.crowding", "practice.light"]
method = "mean"
minimum_answered = 2
bands = [{ up_to = 1.0, say = "Much is\\nto be done." }, { say = "Much is there." }]

[[scores]]
id = "work"
title = "Work"
items = ["calm", "haste"]
reverse = ["haste"]
method = "sum"

[[scores]]
id = "both"
title = "Both"
items = ["practice.light", "calm"]
method = "mean"
"""
SHEET = worksheet_from(sheet_text(HOUSE, WORK, MIRROR, LAST, SCORES))
TITLES = ("House: ", "Work: ", "Both: ")


class Sittings:
    """Sittings at one response, each from a script."""

    def __init__(self, folder: Path, worksheet: Worksheet = SHEET) -> None:
        self.folder, self.worksheet = ResponseFolder(folder), worksheet

    def sit(self, *lines: str, at: str = "") -> list[str]:
        """Sit down for the first time, or once more. Returns everything said, line by line."""
        prompter, world = ScriptedPrompter(lines), fixed_world()
        if not self.folder.folder.exists():
            me = Person()
            start(self.worksheet, me, folder=self.folder, prompter=prompter, world=world, usual=me)
        else:
            (path,) = self.folder.paths()
            opened, shelf = read_response(path), Shelf([])
            resume(opened, folder=self.folder, prompter=prompter, world=world, shelf=shelf, at=at)
        assert prompter.unused() == []
        return [said.text for said in prompter.shown if not said.is_prompt]


@pytest.fixture
def sittings(tmp_path: Path) -> Sittings:
    return Sittings(tmp_path / "responses")


def scores(said: list[str]) -> list[str]:
    """The lines that tell a score."""
    return [line for line in said if line.startswith(TITLES)]


def given_back(said: list[str]) -> list[list[str]]:
    """Each time words were given back, the lines behind that, up to an empty one."""
    places = [number for number, line in enumerate(said) if line == GIVEN_BACK]
    return [said[place + 1 : said.index("", place)] for place in places]


# --- scores ---------------------------------------------------------------------------------------


def test_a_score_is_told_at_the_end_of_its_section_with_what_is_said_of_it(sittings: Sittings) -> None:
    said = sittings.sit("3 2 1", "So.", ":pause")
    place = said.index("House: 2 of 3.  ███████░░░")
    assert said[place - 1 : place + 4] == ["", "House: 2 of 3.  ███████░░░", "Much is there.", "", "The work"]
    assert scores(said) == ["House: 2 of 3.  ███████░░░"]


def test_what_was_not_reached_yet_is_not_called_too_little(sittings: Sittings) -> None:
    said = sittings.sit("3 2 1", "So.", ":go practice", ":pause")
    assert scores(said) == ["House: 2 of 3.  ███████░░░"]  # nothing of what is made of light and calm


def test_a_text_that_is_said_is_folded(sittings: Sittings) -> None:
    assert "Much is to be done." in sittings.sit("0 1 1", "So.", ":pause")


def test_a_score_of_two_sections_is_told_at_the_end_of_the_second(sittings: Sittings) -> None:
    said = sittings.sit("3 2 1", "So.", "3", "1", ":pause")
    assert scores(said) == [
        "House: 2 of 3.  ███████░░░",
        "Work: 5 of 6.  ████████░░",
        "Both: 2 of 3.  ███████░░░",
    ]
    assert said.index("The work") < said.index("Work: 5 of 6.  ████████░░") < said.index("The mirror")


def test_too_little_answered_says_so(sittings: Sittings) -> None:
    said = sittings.sit("", "3", "", "", "So.", "2", ":dont-know", ":pause")
    assert scores(said) == [
        "House: no score yet: 1 of 3 answered, and it takes 2.",
        "Work: no score yet: 1 of 2 answered, and it takes 2.",
        "Both: no score yet: 1 of 2 answered, and it takes 2.",
    ]
    assert not any("█" in line or "░" in line for line in said)


def test_of_what_was_passed_by_nothing_is_told(sittings: Sittings) -> None:
    said = sittings.sit(":skip part", ":skip part", ":skip part", ":skip part")
    assert scores(said) == []
    assert given_back(said) == []


def test_the_last_section_ends_at_the_review(tmp_path: Path) -> None:
    sheet = worksheet_from(sheet_text(HOUSE, SCORES.partition("\n\n[[scores]]")[0]))
    said = Sittings(tmp_path / "one", sheet).sit("0 0 1", "So.")
    assert scores(said) == ["House: 0.33 of 3.  █░░░░░░░░░"]
    assert said.index("House: 0.33 of 3.  █░░░░░░░░░") < said.index("Review")


def test_a_score_is_told_again_only_when_it_changed(sittings: Sittings) -> None:
    through = ("3 2 1", "So.")
    once = sittings.sit(*through, ":go practice", "", "", "", "", "", ":go practice", "1=1", "So.", ":pause")
    assert scores(once) == ["House: 2 of 3.  ███████░░░", "House: 1.33 of 3.  ████░░░░░░"]
    assert once.count("Much is there.") == 2


def test_going_back_from_the_review_repeats_nothing(sittings: Sittings) -> None:
    sittings.sit("3 2 1", "So.", "3", "1", ":skip part", ":skip part", ":pause")
    said = sittings.sit(":go words", "Other.", ":go calm", "2", ":pause")
    assert scores(said) == ["Work: 4 of 6.  ███████░░░", "Both: 1.5 of 3.  █████░░░░░"]


@pytest.mark.parametrize("at", ["", "practice", "words", "calm", "end"])
def test_when_it_goes_on_nothing_is_repeated(sittings: Sittings, at: str) -> None:
    first = sittings.sit("3 2 1", "So.", "3", "1", "1 1 1", "Hm.", ":pause")
    assert len(scores(first)) == 3
    assert len(given_back(first)) == 1
    said = sittings.sit(*[""] * 14, at=at) if at == "practice" else sittings.sit(":pause", at=at)
    assert scores(said) == []
    assert given_back(said) == []


def test_a_section_that_was_never_left_is_closed_when_it_goes_on(sittings: Sittings) -> None:
    assert scores(sittings.sit("", "2", "2", ":pause")) == []
    assert scores(sittings.sit("2", ":pause")) == []
    assert scores(sittings.sit("So.", ":pause")) == ["House: 2 of 3.  ███████░░░"]
    assert scores(sittings.sit("1", ":pause")) == []
    assert scores(sittings.sit("1", ":pause")) == ["Work: 3 of 6.  █████░░░░░", "Both: 1.5 of 3.  █████░░░░░"]


def test_it_is_closed_as_well_after_going_on_elsewhere(sittings: Sittings) -> None:
    sittings.sit("2 2 2", ":pause")
    said = sittings.sit(":go practice", "", "", "", "", "So.", ":pause", at="calm")
    assert scores(said) == ["House: 2 of 3.  ███████░░░"]


# --- words given back -----------------------------------------------------------------------------


def test_words_are_given_back_in_their_groups_and_nothing_is_counted(sittings: Sittings) -> None:
    sittings.sit(*[":skip part"] * 2, ":pause")
    said = sittings.sit("2 0 1", "Hm.", ":pause")
    assert given_back(said) == [
        ["The day", "   often: Tired", "   at times: Late", "The good", "   never: Glad"]
    ]
    assert GIVEN_BACK == "Back to you, as you marked it. This is not a measure, and nothing is added up."
    assert scores(said) == []
    (words,) = given_back(said)
    assert not any(re.search(r"\d|█|░| of ", line) for line in words)
    assert said.index("Whom you can turn to, at any time:") > said.index("   never: Glad")
    assert said.index("The end") > said.index("Whom you can turn to, at any time:")


def test_only_what_was_said_is_given_back(sittings: Sittings) -> None:
    sittings.sit(*[":skip part"] * 2, ":pause")
    said = sittings.sit("", "", ":dont-know", "2", "Hm.", ":pause")
    assert given_back(said) == [["The day", "   often: Late", "The good", "   don't know: Glad"]]
    said = sittings.sit(":go mirror", "-", ":skip", "", ":pause")
    assert given_back(said) == []


def test_words_are_given_back_once_and_again_when_they_changed(sittings: Sittings) -> None:
    sittings.sit(*[":skip part"] * 2, "2 2 2", "Hm.", ":pause")
    assert given_back(sittings.sit(":go pattern", "So.", ":pause")) == []
    said = sittings.sit(":go mirror", "1=0", "", ":pause")
    assert given_back(said) == [
        ["The day", "   never: Tired", "   often: Late", "The good", "   often: Glad"]
    ]


def test_nothing_is_counted_of_them_afterwards_either(sittings: Sittings) -> None:
    sittings.sit("1 1 1", "", "1", "1", "2 2 2", "Hm.", ":skip", "")
    (path,) = sittings.folder.paths()
    excerpt = read_response(path).excerpt(private=True)
    assert [score.id for score in excerpt.scores] == ["house", "work", "both"]
    markdown = render(response_document(excerpt))
    assert "**The day**\n\n- often: Tired\n- often: Late\n\n**The good**\n\n- often: Glad" in markdown
    assert len([line for line in markdown.splitlines() if "█" in line or "░" in line]) == 3


# --- a section with a notice ----------------------------------------------------------------------

HARD = section_text(
    'id = "past", kind = "text", long = false',
    'id = "pain", kind = "text", long = false',
    keys='id = "hard"\ntitle = "A hard part"\nintro = "About hard\\ntimes."\nnotice = "It may\\ntouch you."',
)
OPENED = ["", "A hard part", "It may touch you. :skip part goes past it."]
WITH_NOTICE = worksheet_from(sheet_text(HARD, LAST))


def test_a_notice_comes_before_the_introduction_and_says_how_to_go_past(tmp_path: Path) -> None:
    said = Sittings(tmp_path / "one", WITH_NOTICE).sit(":pause")
    place = said.index("A hard part")
    assert said[place - 1 : place + 3] == [*OPENED, "About hard times."]
    end = Sittings(tmp_path / "two", WITH_NOTICE).sit(":skip part", ":pause")
    assert end[end.index("The end") :][1:3] == ["", "Question 3 of 3"]
    assert "".join(end).count(":skip part") == 1


def test_a_part_that_was_gone_past_is_not_opened_again(tmp_path: Path) -> None:
    sittings = Sittings(tmp_path / "one", WITH_NOTICE)
    sittings.sit(":skip part", ":pause")
    said = sittings.sit(":go past", ":skip part", "Done.", "")
    assert "It may touch you." not in said
    assert "Review" in said
    (path,) = sittings.folder.paths()
    skipped = {"not-answered": "skipped"}
    response = read_response(path).response
    assert response.answers == {"past": skipped, "pain": skipped, "end": "Done."}
    assert response.status == "complete"


# --- at a terminal --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_at_a_terminal_scores_are_told_and_no_change_of_the_worksheet(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", "trauma-informed-practice") as walk:
        shown = walk.type("", "3", "2", "2")
        assert "Safety:" not in shown
        shown = walk.type("2")
        assert "Safety: 2.25 of 3.  ████████░░" in shown
        assert "Much of this is there." in " ".join(shown.split())
        assert shown.index("Safety:") < shown.index("Trustworthiness")
        walk.type("", "1", ":pause")
        assert walk.status == 0
    with Walking(data, "resume") as walk:
        assert "changed" not in walk.shown
        shown = walk.type("", "", "")
        assert "Trustworthiness: no score yet: 1 of 4 answered, and it takes 3." in " ".join(shown.split())
        assert "Safety: " not in "\n".join(walk.lines())
        walk.type(":pause")
    assert saved(data)["status"] == "draft"


@pytest.mark.thorough
def test_at_a_terminal_words_are_given_back(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", "resilience-toolkit") as walk:
        walk.type(":skip part", "", *"0123", *"4321", *"0000"[:3])
        assert GIVEN_BACK not in walk.type("4")
        shown = squeezed(walk.type(":skip part"))
        assert squeezed(GIVEN_BACK) in shown
        assert squeezed("The load of the work never: There was more to do") in shown
        assert shown.count(squeezed("never:")) == 4
        walk.type(":pause")


@pytest.mark.thorough
def test_an_ascii_terminal_gets_bars_of_plain_signs(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", "trauma-informed-practice", environ=ASCII) as walk:
        shown = walk.type("3 2 2 2")
        assert "Safety: 2.25 of 3.  ########.." in shown
        walk.type(":pause")
        assert walk.raw.isascii()
    viewed = run(tmp_path / "data", "view", "latest")
    assert "Safety: 2.25 of 3  ████████░░" in viewed.stdout


LEVELS = section_text(
    f"""id = "levels", kind = "table", rows = {things("signs", "hours")}, columns = [
      {{ id = "now", ask = "Now?", kind = "rating", {ENDS.partition(", not")[0]} }},
      {{ id = "aim", ask = "In a year?", kind = "rating", {ENDS.partition(", not")[0]} }}]""",
    keys='id = "far"\ntitle = "How far"',
)
GAPS = """
[[scores]]
id = "gap"
title = "The gap"
items = ["levels.*.aim", "levels.*.now"]
method = "difference"
each_row = true
"""


def test_rows_of_which_none_has_a_score_leave_no_heading_without_words(tmp_path: Path) -> None:
    sittings = Sittings(tmp_path / "responses", worksheet_from(sheet_text(LEVELS, LAST, GAPS)))
    said = sittings.sit("2", "", "", "", "", ":pause")
    assert "The gap: no row has a score yet." in said
    assert "The gap, on a scale from -3 to 3:" not in said
    assert "The gap, on a scale from -3 to 3:" in sittings.sit("2", "3", "", "", ":pause", at="levels")


def test_enter_at_a_list_that_has_answers_goes_into_it(tmp_path: Path) -> None:
    sittings = Sittings(tmp_path / "responses")
    said = sittings.sit("1 2 3", ":go practice", ":pause")
    (_, hint) = [line for line in said if line.startswith("A number for each in this order, such as 3 0")]
    assert "such as 3 0 …, - to empty all, or Enter to go one by one. Or answer" in hint
    assert not any("Enter keeps it" in line for line in said)
    assert "So far: 1=1, 2=2, 3=3" in said
