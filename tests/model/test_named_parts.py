"""Scales and option sets that are written once and named: read alike, never kept by name."""

from __future__ import annotations

import pytest

from build import examine, section_text, sheet_text, worksheet_from
from libwell.model.named_parts import written_out_length
from libwell.storage.definitions import definition_of, read_definition

NAMED = """
[[scales]]
id = "agree"
min = 1
max = 3
labels = ["no", "so-so", "yes"]
[[option_sets]]
id = "met"
options = [{ id = "yes", text = "Yes", points = 1 }, { id = "no", text = "No" }]
"""
RATING = 'id = "calm", kind = "rating", scale = "agree"'
CHOICE = 'id = "door", kind = "choice", options = "met"'
TABLE = (
    'id = "rooms", kind = "table", columns = [{ id = "met", ask = "?", kind = "choice", options = "met" }]'
)

SET = '{ id = "…", options = [{ id = "…", text = "…" }] }'


def text(*prompts: str, named: str = NAMED) -> str:
    return sheet_text(section_text(*prompts)) + named


def said(whole: str) -> list[str]:
    return [one.text("w.toml") for one in examine(whole).mistakes if not one.hint]


def test_a_name_is_the_same_as_what_it_stands_for() -> None:
    named = worksheet_from(text(RATING, CHOICE, TABLE))
    scale = 'scale = { min = 1, max = 3, labels = ["no", "so-so", "yes"] }'
    options = 'options = [{ id = "yes", text = "Yes", points = 1 }, { id = "no", text = "No" }]'
    in_full = [
        one.replace('scale = "agree"', scale).replace('options = "met"', options)
        for one in (RATING, CHOICE, TABLE)
    ]
    assert named.sections == worksheet_from(text(*in_full, named="")).sections


def test_a_definition_holds_no_names() -> None:
    worksheet = worksheet_from(text(RATING, CHOICE, TABLE))
    kept = definition_of(worksheet).worksheet
    assert "agree" not in kept
    assert "option_sets" not in kept
    assert read_definition(kept).sections == worksheet.sections


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (
            text(RATING.replace("agree", "agre")),
            ["sections[1].prompts[1].scale: [[scales]] has nothing with the id agre. Did you mean agree?"],
        ),
        (
            text(CHOICE, named=""),
            [f"sections[1].prompts[1].options: [[option_sets]] has nothing with the id met. Write {SET}."],
        ),
        (
            text(RATING, named=NAMED.replace("max = 3", 'max = "3"')),
            ["scales[1].max: a whole number was expected, without quotes."],
        ),
        (
            text(CHOICE, TABLE, named=NAMED.replace("points = 1", 'points = "1"')),
            ["option_sets[1].options[1].points: a number was expected, without quotes."],
        ),
        (
            text(CHOICE.replace('"choice"', '"choices"')),
            ["sections[1].prompts[1]: points go with kind choice, where one option is picked."],
        ),
        (
            text(RATING, named=NAMED + NAMED),
            [
                "scales[2].id: agree stands above already. Give it an id of its own.",
                "option_sets[2].id: met stands above already. Give it an id of its own.",
            ],
        ),
    ],
    ids=["unknown", "none", "broken scale", "broken set", "choices", "twice"],
)
def test_what_is_wrong_is_told_where_it_stands_and_once(whole: str, expected: list[str]) -> None:
    assert [one.partition(": ")[2] for one in said(whole)] == expected


@pytest.mark.parametrize("named", ["[scales]", "[[scales]]\nid = ['x']", "[[option_sets]]\noptions = 3"])
def test_whatever_stands_there_is_read_safely(named: str) -> None:
    assert said(text(RATING, named=named))


def test_names_that_stand_for_too_much_are_refused() -> None:
    long = NAMED.replace('text = "No"', f'text = "{"No " * 4000}"')
    many = [CHOICE.replace('"door"', f'"door-{number}"') for number in range(100)]
    (told,) = said(text(*many, named=long))
    assert "are named so often that they come to more than 1 MiB" in told
    assert said(text(*many[:50], named=long)) == []


def test_each_time_a_name_stands_somewhere_counts() -> None:
    prompts = [{"scale": "a"}, {"scale": "b"}, {"columns": [{"scale": "a"}]}]
    data = {"scales": [{"id": "a"}], "sections": [{"prompts": prompts}]}
    assert written_out_length(data) == 2 * len("{'id': 'a'}")
