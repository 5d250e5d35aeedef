"""What a walk says at the head of a part, behind a private one, and when it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from build import OPEN, fixed_world, section_text, sheet_text, things, worksheet_from
from libwell.flows.reflect import start
from libwell.model.response import Person
from libwell.rules.support import ADD_OWN, EMERGENCY
from libwell.storage.responses import ResponseFolder
from support import ScriptedPrompter

if TYPE_CHECKING:
    from pathlib import Path

WORDS = 'id = "words", kind = "text", long = false'
MORE = 'id = "more", kind = "text", long = false'
SHUT_WORDS = f"{WORDS}, private = true"
PLAN = 'id = "plan", kind = "plan"'
SHUT, CLOSED = "private = true", "This comes after every private part, whatever you said."
WHOLE = "Your plan and answers, what is private too: libwell export a2a2 --private"
OPEN_ONLY = "Your plan and answers, without what is private: libwell export a2a2"
NO_PLAN = "Your answers, what is private too: libwell export a2a2 --private"
NO_PLAN_OPEN = "Your answers, without what is private: libwell export a2a2"


def told(folder: Path, text: str, *lines: str, terse: bool = False, short: bool = False) -> list[str]:
    prompter = ScriptedPrompter(lines)
    start(
        worksheet_from(text),
        Person(),
        folder=ResponseFolder(folder / "responses"),
        prompter=prompter,
        world=replace(fixed_world(), terse=terse),
        usual=Person(),
        short=short,
    )
    return [said.text for said in prompter.shown]


@pytest.mark.parametrize(
    ("text", "farewell"),
    [
        (sheet_text(section_text(WORDS), head=SHUT), NO_PLAN),
        (sheet_text(section_text(WORDS, PLAN), head=SHUT), WHOLE),
        (sheet_text(section_text(WORDS, PLAN), head=OPEN), OPEN_ONLY),
        (sheet_text(section_text(SHUT_WORDS, PLAN), head=OPEN), OPEN_ONLY),
        (sheet_text(section_text(SHUT_WORDS, MORE), head=OPEN), NO_PLAN_OPEN),
        (sheet_text(section_text(MORE, f"{PLAN}, private = true"), head=OPEN), WHOLE),
    ],
)
def test_the_farewell_names_the_plan_if_there_is_one(tmp_path: Path, text: str, farewell: str) -> None:
    said = told(tmp_path, text, *[""] * 8)
    assert "Done, and saved. Thank you for taking the time." in said
    place = said.index(farewell)
    into = farewell.partition(": ")[2]
    file = "plan.md" if "plan" in farewell else "answers.md"
    assert said[place + 1] == f"Into a file: {into} --output {file}"
    share = "A copy for your team, which shows first what leaves: libwell share a2a2"
    assert (share in said) == (farewell in (OPEN_ONLY, NO_PLAN_OPEN))


@pytest.mark.parametrize(("head", "last"), [(SHUT, "Whom you can turn to: libwell support"), (OPEN, "")])
def test_where_all_is_private_support_has_the_last_word(tmp_path: Path, head: str, last: str) -> None:
    said = told(tmp_path, sheet_text(section_text(WORDS), head=head), *[""] * 8)
    assert said[-1] == (last or "Change something: libwell resume a2a2")


def test_support_in_a_walk_does_not_ask_to_set_something_up(tmp_path: Path) -> None:
    said = told(tmp_path, sheet_text(section_text(WORDS), head=SHUT), ":support")
    assert f"- {EMERGENCY}" in said
    assert f"- {ADD_OWN}" not in said


def test_support_behind_a_private_part_says_why_it_comes_and_comes_once(tmp_path: Path) -> None:
    parts = [
        section_text(f'id = "q-{n}", kind = "yes-no"', keys=f'id = "s-{n}"\ntitle = "Part {n}"\n{private}')
        for n, private in enumerate((SHUT, SHUT, OPEN, OPEN))
    ]
    said = told(tmp_path, sheet_text(*parts, head=OPEN), "y", "y", "y", ":pause")
    assert said.count(CLOSED) == said.count("Whom you can turn to, at any time:") == 1
    assert said[said.index(CLOSED) + 1] == "Whom you can turn to, at any time:"
    assert said.index(CLOSED) < said.index("Part 1") < said.index(":support shows whom you can turn to.")
    assert said.count(":support shows whom you can turn to.") == 1


OFFERS = 'id = "picks", kind = "choices", options = [{ id = "a", text = "A", offer = true }]'


@pytest.mark.parametrize(
    ("picks", "plan", "marks"),
    [(SHUT, OPEN, [" (private)", ""]), (OPEN, SHUT, [" (private)"] * 2), (OPEN, OPEN, ["", ""])],
)
def test_the_review_marks_the_steps_that_are_private(
    tmp_path: Path, picks: str, plan: str, marks: list[str]
) -> None:
    text = sheet_text(section_text(f"{OFFERS}, {picks}", f"{PLAN}, {plan}"))
    said = told(tmp_path, text, "1", "1", "", "Ana", "", "", "Rest", "", "", "", "", "")
    review = said[said.index("Review") :]
    assert [line for line in review if line.startswith("   - ")] == [
        "   - A",
        f"   - A (Ana){marks[0]}",
        f"   - Rest{marks[1]}",
    ]


@pytest.mark.parametrize(
    ("keys", "told_as"),
    [
        ("", ["“Rest is work.”", "— Ana"]),
        (", paraphrase = true", ["Rest is work.", "— After Ana"]),
    ],
)
def test_only_words_that_are_somebodys_own_stand_in_quotation_marks(
    tmp_path: Path, keys: str, told_as: list[str]
) -> None:
    section = f'id = "first"\ntitle = "First"\nepigraph = {{ text = "Rest is work.", source = "Ana"{keys} }}'
    said = told(tmp_path, sheet_text(section_text(WORDS, keys=section)), ":pause")
    place = said.index(told_as[0])
    assert said[place : place + 2] == told_as


# --- before the first question --------------------------------------------------------------------

NAMED = 'id = "{0}"\ntitle = "{0}"\n{1}'
HELP = "Enter goes on; :help, :why, :support work at every question."
WHO_ELSE = (
    "On a work computer, others or records law may still reach what you write: for the most personal, "
    "use your own device or paper."
)
NO_NAMES = "Leave out names and details that point to a person."
CAN_BE_SHARED = f"What is not private can be shared. {NO_NAMES}"


def test_the_opening_says_each_thing_once_and_the_last_word_on_privacy_is_libwells(tmp_path: Path) -> None:
    head = f'{SHUT}\nminutes = 20\nnotice = "It speaks of\\nstress."'
    said = told(tmp_path, sheet_text(section_text(WORDS), head=head), ":pause")
    assert said[:5] == [
        "Test",
        "About 20 minutes. Every line is saved; :pause stops.",
        "It speaks of stress.",
        f"Everything here is private, and never goes into a shared file or a team report. {WHO_ELSE}",
        HELP,
    ]
    assert said[5:8] == ["", "First", ""]


def test_each_part_says_whether_it_is_private_where_parts_differ(tmp_path: Path) -> None:
    parts = [
        section_text(WORDS, keys=NAMED.format("open", "private = false")),
        section_text(MORE, keys=NAMED.format("shut", "private = true\nintro = 'Breathe.'")),
        section_text(WORDS.replace("words", "w"), keys=NAMED.format("last", "notice = 'It is of threats.'")),
    ]
    said = told(tmp_path, sheet_text(*parts, head=OPEN), "", "", ":pause")
    assert said[said.index("open") + 1 : said.index("open") + 3] == [CAN_BE_SHARED, ""]
    shut = ["This part is private. :skip part goes past it.", "Breathe.", ""]
    assert said[said.index("shut") + 1 : said.index("shut") + 4] == shut
    last = ["It is of threats. Nothing in this part is private. :skip part goes past it.", ""]
    assert said[said.index("last") + 1 : said.index("last") + 3] == last


@pytest.mark.parametrize(
    ("minutes", "said"), [(60, "About 60 minutes. "), (120, "About 120 minutes, in sittings. ")]
)
def test_what_takes_longer_than_an_hour_takes_sittings(tmp_path: Path, minutes: int, said: str) -> None:
    text = sheet_text(section_text(WORDS), head=f"{OPEN}\nminutes = {minutes}")
    assert f"{said}Every line is saved; :pause stops." in told(tmp_path, text, ":pause")


def test_what_a_notice_said_no_part_says_again(tmp_path: Path) -> None:
    parts = [
        section_text(WORDS, keys=NAMED.format("one", 'notice = "It may\\ntouch you.\\n\\nTake care."')),
        section_text(MORE, keys=NAMED.format("two", 'notice = "Take care."\nintro = "It may touch you."')),
    ]
    head = f'{OPEN}\nnotice = "It may touch you."'
    said = told(tmp_path, sheet_text(*parts, head=head), "", ":pause")
    assert said[said.index("one") + 1] == "Take care. :skip part goes past it."
    assert said[said.index("two") + 1] == ""
    assert said.count("It may touch you.") == 1


def test_why_at_the_first_question_tells_the_longer_story_too(tmp_path: Path) -> None:
    text = sheet_text(section_text(f'{WORDS}, why = "To see it."', MORE), head='about = "It was\nasked for."')
    text = text.replace("was\nasked", "was asked")
    said = told(tmp_path, text, ":why", "", ":why", ":pause")
    assert said.count("To see it.\n\nIt was asked for.") == 1
    assert "The worksheet does not say more about this question." in said
    bare = told(tmp_path / "two", text.replace(', why = "To see it."', ""), ":why", ":pause")
    assert "It was asked for." in bare


# --- between questions ----------------------------------------------------------------------------

IF_SURE = 'kind = "text", long = false, when = { prompt = "sure", is = true }'
MANY = [f'id = "more-{n}", {IF_SURE}' for n in "ab"]


@pytest.mark.parametrize(
    ("asked", "more", "fewer"),
    [(MANY[:1], "One more question", "One question fewer"), (MANY, "2 more questions", "2 questions fewer")],
)
def test_the_number_of_questions_does_not_change_without_a_word(
    tmp_path: Path, asked: list[str], more: str, fewer: str
) -> None:
    text = sheet_text(section_text('id = "sure", kind = "yes-no"', *asked, MORE), head=OPEN)
    said = told(tmp_path, text, "y", ":list", ":back", "n", "", ":pause")
    assert [line for line in said if "because of" in line] == [
        f"{more} now, because of your answer.",
        f"{fewer} now, because of your answer.",
    ]
    at = said.index(f"{more} now, because of your answer.")
    assert said[at + 1 : at + 3] == ["", f"Question 2 of {2 + len(asked)}"]


def test_as_many_other_questions_are_told_too(tmp_path: Path) -> None:
    """One comes for one that goes: to say nothing would hide that an answer is out of sight."""
    if_not = 'id = "less", kind = "text", long = false, when = { prompt = "sure", is = false }'
    text = sheet_text(section_text('id = "sure", kind = "yes-no"', MANY[0], if_not), head=OPEN)
    said = told(tmp_path, text, "y", ":back", "n", "so", ":back", ":back", "y", ":pause")
    assert [line for line in said if "because of" in line] == [
        "One more question now, because of your answer.",
        "Other questions now, because of your answer.",
        "Other questions now, because of your answer. What you had answered there is kept.",
    ]


def test_what_one_goes_to_beside_the_short_way_came_by_no_answer(tmp_path: Path) -> None:
    core = [f"{asked}, core = true" for asked in ('id = "sure", kind = "yes-no"', MANY[0])]
    text = sheet_text(section_text(*core, MANY[1], MORE), head=f"{OPEN}\nshort_minutes = 3")
    said = told(tmp_path, text, ":go more", "so", ":go sure", "y", ":pause", short=True)
    assert [line for line in said if "because of" in line] == [
        "One more question now, because of your answer."
    ]
    assert "Question 2 of 2" in said


def test_what_helps_with_a_column_is_said_in_the_first_row_and_when_asked(tmp_path: Path) -> None:
    columns = (
        '{ id = "need", ask = "What need?", help = "Such as rest." }, { id = "step", ask = "What step?" }'
    )
    table = f'id = "rows", kind = "table", rows = {things("desk", "stacks", "door")}, columns = [{columns}]'
    said = told(tmp_path, sheet_text(section_text(table), head=OPEN), "", "", "x", ":pause")
    assert [line for line in said if "Such as rest." in line] == ["   Such as rest."]
    again = told(tmp_path / "again", sheet_text(section_text(table), head=OPEN), "", "", "?", ":pause")
    assert again.count("   Such as rest.") == 2


NUMBERS = [f'id = "n-{n}", kind = "number", private = true' for n in "abc"]


def test_terse_says_what_can_be_typed_once_and_again_when_asked(tmp_path: Path) -> None:
    text = sheet_text(section_text(*NUMBERS), head=OPEN)
    hint = "Type a number. Or answer :prefer-not."
    lines = ["1", ":help", "?", "2", ":pause"]
    assert [at for at, line in enumerate(told(tmp_path / "all", text, *lines)) if line == hint] != []
    said = told(tmp_path / "terse", text, *lines, terse=True)
    asked = [line for line in said if line.startswith("Question ") or line == hint]
    assert asked == [
        "Question 1 of 3 (private)",
        hint,
        "Question 2 of 3 (private)",
        "Question 2 of 3 (private)",
        "Question 2 of 3 (private)",
        hint,
        "Question 3 of 3 (private)",
    ]
