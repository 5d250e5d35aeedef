"""The worksheets in `examples`, from which new ones begin: sound, easy to read, and no measure of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import examine
from libwell.flows.template import template_text
from libwell.rules.checking.reading import worksheet_grade
from libwell.rules.privacy import private_prompts

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
