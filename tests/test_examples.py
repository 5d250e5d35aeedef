"""The worksheets in `examples`, from which new ones begin: sound, easy to read, and no measure of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import examine, walk_for, worksheet_from
from libwell.flows.template import template_text
from libwell.rules.checking.reading import worksheet_grade
from libwell.rules.privacy import private_prompts
from libwell.rules.profile import profile_lines
from libwell.rules.scoring import scores

EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "worksheets").glob("*.toml"))
PARTS = ("Purpose", "Agreements", "Timing", "To talk about", "Never read aloud", "To close", "Looking again")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_sound_easy_to_read_and_about_the_work(file: Path) -> None:
    worksheet = examine(file.read_text(encoding="utf-8"))
    assert worksheet.mistakes == ()
    asked = worksheet.demand(file.name)
    assert asked.id == file.stem
    grade = worksheet_grade(asked)
    assert grade is not None
    assert grade <= 9
    assert not private_prompts(asked)
    assert "This looks at" in asked.notice
    assert "and not at" in asked.notice


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_who_leads_with_an_example_is_told_what_its_numbers_are_not_for(file: Path) -> None:
    lead = examine(file.read_text(encoding="utf-8")).demand(file.name).facilitator
    assert [line.partition(":")[0] for line in lead.split("\n\n")] == list(PARTS)
    said = "Don't use these numbers to judge, reward, schedule or compare people or branches"
    assert said in " ".join(lead.split())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_what_an_example_becomes_has_neither_mistakes_nor_hints(file: Path) -> None:
    assert examine(template_text("our-branches", file.stem)).mistakes == ()


def told(name: str, answers: str) -> list[str]:
    """What the scores of an example say of answers, a line each."""
    (file,) = [file for file in EXAMPLES if file.stem == name]
    walk = walk_for(worksheet_from(file.read_text(encoding="utf-8")), answers)
    return list(profile_lines(scores(walk.worksheet, walk.asked())))


def test_the_largest_gap_stands_first() -> None:
    answers = (
        "areas = { way = { now = 2, target = 3 }, quiet = { now = 0, target = 3 }, words = { now = 4 } }"
    )
    assert told("maturity", answers) == [
        "From now to where we want to be, on a scale from -4 to 4:",
        "  A place that is calm: 3.  ░░░░░████░",
        "  Finding the way, also without reading much: 1.  ░░░░░█░░░░",
    ]


def test_a_risk_is_told_with_its_size_in_whole_sentences() -> None:
    answers = "risks = { data = { likelihood = 2, impact = 4 }, water = { likelihood = 3, impact = 5 } }"
    high = "15. Large. What would make it less likely, or let it hit less hard?"
    middle = "8. Worth a look in a quiet week."
    assert told("risks", answers) == [
        "How large each risk is, on a scale from 1 to 25:",
        f"  Water comes in: {high}  ██████░░░░",
        f"  What patrons borrow or ask becomes known: {middle}  ███░░░░░░░",
    ]


def test_what_does_not_apply_takes_nothing_from_the_share_of_an_audit() -> None:
    rows = {"way-out": "yes", "alarm": "no", "meeting": "partly", "water": "na", "call": "yes", "heat": "yes"}
    cells = ", ".join(f'{row} = {{ met = "{met}" }}' for row, met in rows.items())
    assert told("audit", f"ready = {{ {cells} }}") == ["How much is in place: 70 percent.  ███████░░░"]
    assert told("audit", 'ready = { alarm = { met = "no" } }') == [
        "How much is in place: no score yet: 1 of 10 answered, and it takes 5."
    ]
