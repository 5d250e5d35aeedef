"""Versions of a worksheet are merged at a cost that goes with their questions, and no faster."""

from __future__ import annotations

from build import worksheet_of
from counting import counted
from libwell.rules.team.outlines import Outline, merged, outline_of


def outline(count: int, ask: str = "What?") -> Outline:
    return outline_of(worksheet_of(*(f'id = "q{n}", kind = "text", ask = "{ask}"' for n in range(count))))


def test_a_question_is_found_by_its_id() -> None:
    assert outline(3).by_id["q1"].id == "q1"
    assert "q9" not in outline(3).by_id


def test_outlines_of_many_questions_are_hashed_as_seldom_as_those_of_few() -> None:
    hashed = []
    for count in (2, 200):
        versions = {outline(count): 3, outline(count, "Who?"): 2}
        with counted(Outline.__hash__) as counts:
            made = merged(versions)
        assert len(made.outline.questions) == count
        hashed.append(counts["__hash__"])
    assert hashed[0] == hashed[1]
