"""What stands before the first question of a shipped worksheet fits one screen, and is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effort import shipped
from first_minute import (
    MOST_LINES,
    MOST_OF_THE_OPENING,
    MOST_WORDS,
    first_minute,
    heads_of_parts,
    said_twice,
)

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = {worksheet.id: worksheet for worksheet in shipped()}


SHORT = [name for name, worksheet in SHIPPED.items() if worksheet.has_short_way]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", SHIPPED)
def test_what_stands_before_the_first_question_fits_one_screen(tmp_path: Path, name: str) -> None:
    read = first_minute(tmp_path / "data", name)
    assert len(read.lines) <= MOST_LINES, "\n".join(read.lines)
    assert read.words <= MOST_WORDS
    assert read.opening <= MOST_OF_THE_OPENING
    assert said_twice("\n".join(read.lines)) == []


@pytest.mark.parametrize("name", SHORT)
def test_so_it_does_on_the_short_way(tmp_path: Path, name: str) -> None:
    read = first_minute(tmp_path / "data", name, "--short")
    assert len(read.lines) <= MOST_LINES, "\n".join(read.lines)
    assert read.opening <= MOST_OF_THE_OPENING
    assert said_twice("\n".join(read.lines)) == []


@pytest.mark.thorough
def test_no_part_of_the_whole_guide_says_again_what_was_said(tmp_path: Path) -> None:
    guide = SHIPPED["whole-person-library"]
    asked = [section for section in guide.sections if not section.when]
    heads = heads_of_parts(tmp_path / "data", guide.id, asked)
    assert len(heads) > 5
    opening = "\n".join(first_minute(tmp_path / "other", guide.id).lines)
    rest = [text for text in heads.values() if text not in opening]
    assert said_twice(opening, *rest) == []
    for text in rest:
        assert len(text.splitlines()) <= MOST_LINES
        assert len(text.split()) <= MOST_WORDS
