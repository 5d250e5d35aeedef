"""More than two responses of one person: each beside the one before, and their numbers in one table."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from build import response_for, things, worksheet_of
from libwell.export.markdown import render as to_markdown
from libwell.flows.comparing import comparisons_as_data
from libwell.rules.comparing.over_time import numbers_over_time, over_time_document
from libwell.rules.comparing.responses import compare, for_all
from libwell.terminal.blocks import render as to_text
from schema_check import faults

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet
    from libwell.rules.comparing.responses import Comparison

SCORE = """private = false
    [[scores]]
    id = "mean"
    title = "How it is"
    method = "mean"
    items = ["rated.a", "rated.b"]
    """
RATED = f'id = "rated", kind = "rating", ask = "How?", items = {things("a", "b")}, scale = "POINTS"'
SCALE = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'


def sheet(top: int = 3, *, private: bool = False) -> Worksheet:
    rated = RATED.replace('scale = "POINTS"', SCALE.replace("3", str(top)))
    closed = ", private = true" if private else ""
    return worksheet_of(
        rated + closed,
        'id = "hours", kind = "number", ask = "Hours?"',
        'id = "plan", kind = "plan"',
        head=SCORE,
    )


def over(*responses: tuple[Worksheet, str], private: bool = True) -> list[Comparison]:
    sides = [(response_for(one, answers), one) for one, answers in responses]
    return [compare(then, now) for then, now in pairwise(for_all(*sides, private=private))]


def values(found: list[Comparison]) -> dict[str, list[float | None]]:
    record = comparisons_as_data(found)
    assert faults("comparisons", record) == []
    return {one["title"]: one["values"] for one in record["numbers"]}


ANSWERS = [
    "rated = { a = 0, b = 3 }\nhours = 10",
    "rated = { a = 2, b = 2 }\nhours = 12\n[[actions]]\nstep = 'Ask'",
    "rated = { a = 3, b = 2 }\nhours = 9\n[[actions]]\nstep = 'Ask'\nstatus = 'done'",
]


def test_every_number_stands_in_one_row_with_how_far_it_came() -> None:
    found = over(*((sheet(), one) for one in ANSWERS))
    assert values(found) == {
        "How it is": [1.5, 2, 2.5],
        "How?: A": [0, 2, 3],
        "How?: B": [3, 2, 2],
        "Hours?": [10, 12, 9],
    }
    hours = numbers_over_time(found)[-1]
    assert [hours.since(-2), hours.since(0)] == [Fraction(-3), Fraction(-1)]
    page = to_text(over_time_document(found))
    assert "Since the first: -1" in page
    assert page.count("Done since") == 1


def test_no_number_is_held_against_one_from_another_scale() -> None:
    found = over((sheet(), ANSWERS[0]), (sheet(), ANSWERS[1]), (sheet(5), ANSWERS[2]), (sheet(5), ANSWERS[1]))
    assert values(found)["How?: A"] == [None, None, 3, 2]
    assert values(found)["Hours?"] == [10, 12, 9, 12]


def test_what_is_private_in_one_of_them_is_left_out_of_all() -> None:
    sheets = zip((sheet(), sheet(), sheet(private=True)), ANSWERS, strict=True)
    found = over(*sheets, private=False)
    assert values(found) == {"Hours?": [10, 12, 9]}
    assert "How?" not in to_markdown(over_time_document(found))
    sheets = zip((sheet(), sheet(), sheet(private=True)), ANSWERS, strict=True)
    assert "How?: A (private)" in to_text(over_time_document(over(*sheets)))
