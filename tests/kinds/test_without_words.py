"""What is left of an answer without own words, for every kind: it fits its prompt, and no word is in it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from build import around, prompt_of, prompts_of, things
from libwell.model.base import Pick

if TYPE_CHECKING:
    from libwell.kinds.values import Value

SCALE = 'scale = { min = 0, max = 2, labels = ["no", "yes"] }'
OWN = {"other": "mine", "id": "other-1"}
COLUMNS = f"""columns = [
    {{ id = "t", ask = "T?" }},
    {{ id = "n", ask = "N?", kind = "number" }},
    {{ id = "c", ask = "C?", kind = "choice", other = true, options = {things("x")} }},
]""".replace("\n", " ")


@pytest.mark.parametrize(
    ("keys", "value", "left"),
    [
        ('kind = "text"', "mine", None),
        ('kind = "list"', ["mine", "mine too"], None),
        ('kind = "yes-no"', False, False),
        ('kind = "number"', 0, 0),
        ('kind = "date"', dt.date(2026, 12, 1), dt.date(2026, 12, 1)),
        (f'kind = "rating", {SCALE}', 0, 0),
        (
            f'kind = "rating", items = {things("a", "b")}, {SCALE}',
            {"a": 2, "b": {"not-answered": "skipped"}},
            {"a": 2, "b": {"not-answered": "skipped"}},
        ),
        (f'kind = "choice", other = true, options = {things("a")}', "a", "a"),
        (f'kind = "choice", other = true, options = {things("a")}', OWN, None),
        (f'kind = "choices", other = true, options = {things("a")}', ["a", OWN], ["a"]),
        (f'kind = "choices", other = true, options = {things("a")}', [OWN], None),
        (
            f'kind = "checklist", add_items = true, items = {things("a")}, marks = {things("m", "n")}',
            {"m": ["a", OWN], "n": [OWN]},
            {"m": ["a"]},
        ),
        (f'kind = "checklist", add_items = true, items = {things("a")}', {"yes": [OWN]}, None),
        (
            f'kind = "table", rows = {things("r", "s")}, {COLUMNS}',
            {"r": {"t": "mine", "n": 1, "c": {"other": "mine"}}, "s": {"t": "mine"}},
            {"r": {"n": 1}},
        ),
        (f'kind = "table", rows = {things("r")}, {COLUMNS}', {"r": {"t": "mine"}}, None),
        (
            f'kind = "table", {COLUMNS}',
            [{"t": "mine", "c": "x", "id": "row-2"}, {"t": "mine", "id": "row-3"}],
            [{"c": "x", "id": "row-2"}],
        ),
        (f'kind = "table", {COLUMNS}', [{"t": "mine", "id": "row-1"}], None),
    ],
)
def test_only_the_worksheets_words_are_left(keys: str, value: Value, left: Value) -> None:
    prompt = prompt_of(keys)
    assert list(prompt.problems(value, around())) == []
    assert prompt.without_words(value) == left
    assert left is None or list(prompt.problems(left, around())) == []
    assert "mine" not in repr(prompt.without_words(value))


def test_what_an_own_entry_made_elsewhere_is_not_left() -> None:
    source = f'id = "s", kind = "choices", other = true, options = {things("a")}'
    (_, table, choices) = prompts_of(
        source,
        f'id = "t", kind = "table", rows_from = "s", {COLUMNS}',
        'id = "u", kind = "choices", options_from = "s"',
    )
    picks = around(picks=(Pick("a", "A"), Pick("other-1", "mine")))
    rows, entries = {"a": {"n": 1}, "other-1": {"n": 2}}, ["a", "other-1"]
    assert not [*table.problems(rows, picks), *choices.problems(entries, picks)]
    assert table.without_words(rows) == {"a": {"n": 1}}
    assert choices.without_words(entries) == ["a"]
    assert table.without_words({"other-1": {"n": 2}}) is None
