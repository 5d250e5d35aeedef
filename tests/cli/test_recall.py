"""A question that builds on earlier answers, on a real terminal: what is shown, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import section_text, sheet_text, things
from walking import Walking, squeezed

if TYPE_CHECKING:
    from pathlib import Path

SHEET = sheet_text(
    section_text(
        f'id = "areas", kind = "choices", ask = "Which rules?", options = {things("bags", "pets")}',
        'id = "worry", kind = "text", ask = "What worries you?", long = false, private = true',
        'id = "one", kind = "text", ask = "What first?", long = false, recall = ["areas"]',
        'id = "inner", kind = "text", ask = "And for you?", long = false, recall = ["worry", "areas"]',
    )
)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("accessible", ["0", "1"])
def test_a_public_answer_is_shown_and_a_private_one_only_when_asked_for(
    tmp_path: Path, columns: int, accessible: str
) -> None:
    (tmp_path / "rules.toml").write_text(SHEET, encoding="utf-8")
    environ = {"ACCESSIBLE": accessible}
    with Walking(
        tmp_path / "data", "start", str(tmp_path / "rules.toml"), columns=columns, environ=environ
    ) as walk:
        walk.type("1,2", "a quiet worry")
        assert "Your answer to question 1: Bags; Pets" in walk.shown
        walk.type(":go 1", "2", ":go 3")
        assert "Your answer to question 1: Pets" in walk.shown
        walk.type("?")
        assert "Your answer to question 1: Pets" in walk.shown
        walk.type("Ask the guards")
        assert squeezed("Your answer to question 2 helps here; :recall shows it.") in squeezed(walk.shown)
        assert "a quiet worry" not in walk.shown
        walk.type(":recall")
        told, _, asked_again = walk.shown.partition("Question 4 of 4")
        assert "2. What worries you? (private)\n   a quiet worry\n1. Which rules?\n   Pets\n" in told
        assert "And for you?" in asked_again
        assert "answer to question" not in asked_again
        walk.type(":go 1", ":recall")
        assert "There is no earlier answer to show here." in walk.shown
        walk.type(":go 4")
        walk.type("Nothing")
        walk.refused(":recall")
