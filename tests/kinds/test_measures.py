"""How the answers of each kind are measured, and where: what reports and comparisons go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from build import prompt_of, things
from libwell.kinds import registry
from libwell.kinds.measures import Label, Measure

if TYPE_CHECKING:
    from libwell.kinds.base import Prompt

KINDS = tuple(map(registry.kind_of_prompt, registry.KINDS))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_how_it_is_measured(kind: type[Prompt]) -> None:
    assert kind.measure in (*get_args(Measure), None)


def test_only_a_plan_is_not_measured() -> None:
    assert [kind.__name__ for kind in KINDS if kind.measure is None] == ["PlanPrompt"]


def test_a_rating_has_its_points_with_their_words_and_what_they_offer() -> None:
    keys = f'id = "it", kind = "rating", items = {things("a")}, offer_at_most = -1'
    places = prompt_of(f'{keys}, scale = {{ min = -1, max = 1, labels = ["no", "yes"] }}').places()
    assert places.items == (Label("a", "A", step="A"),)
    assert places.values == (Label("-1", "-1 no", offer=True), Label("0", "0"), Label("1", "1 yes"))
    assert (places.low, places.high) == (-1, 1)


def test_each_column_of_a_table_is_measured_as_its_cells_are() -> None:
    columns = f"""[{{ id = "w", ask = "Words?" }}, {{ id = "y", ask = "Well?", kind = "yes-no" }},
        {{ id = "c", ask = "Which?", kind = "choice", options = {things("b")} }}]"""
    places = prompt_of(f'id = "it", kind = "table", rows = {things("a")}, columns = {columns}').places()
    assert [(one.measure, [label.id for label in one.values]) for one in places.columns] == [
        ("words", []),
        ("yes-no", ["true", "false"]),
        ("pick", ["b"]),
    ]
