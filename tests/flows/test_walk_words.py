"""What a walk says at the head of a part, behind a private one, and when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import OPEN, fixed_world, section_text, sheet_text, worksheet_from
from libwell.flows.reflect import start
from libwell.model.response import Person
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


def told(folder: Path, text: str, *lines: str) -> list[str]:
    prompter = ScriptedPrompter(lines)
    start(
        worksheet_from(text),
        Person(),
        folder=ResponseFolder(folder / "responses"),
        prompter=prompter,
        world=fixed_world(),
        usual=Person(),
    )
    return [said.text for said in prompter.shown]


@pytest.mark.parametrize(
    ("text", "farewell"),
    [
        (sheet_text(section_text(WORDS), head=SHUT), WHOLE),
        (sheet_text(section_text(WORDS, PLAN), head=SHUT), WHOLE),
        (sheet_text(section_text(WORDS, PLAN), head=OPEN), OPEN_ONLY),
        (sheet_text(section_text(SHUT_WORDS, PLAN), head=OPEN), OPEN_ONLY),
        (sheet_text(section_text(SHUT_WORDS, MORE), head=OPEN), OPEN_ONLY),
        (sheet_text(section_text(MORE, f"{PLAN}, private = true"), head=OPEN), WHOLE),
    ],
)
def test_the_farewell_names_what_brings_the_plan(tmp_path: Path, text: str, farewell: str) -> None:
    said = told(tmp_path, text, *[""] * 8)
    assert "Done, and saved. Thank you for taking the time." in said
    place = said.index(farewell)
    into = farewell.partition(": ")[2]
    assert said[place + 1] == f"Into a file: {into} --output plan.md"
    share = "A copy for your team, which shows first what leaves: libwell share a2a2"
    assert (share in said) == (farewell == OPEN_ONLY)


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
