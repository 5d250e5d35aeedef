"""What is looked at, as data for scripts."""

from __future__ import annotations

from build import response_for, things, worksheet_of
from libwell.rules.privacy import for_audience
from libwell.rules.records import response_data


def test_an_item_that_is_not_answered_has_no_value_and_says_why() -> None:
    scale = 'scale = { min = 0, max = 3, labels = ["low", "high"] }, not_answers = ["dont-know"]'
    sheet = worksheet_of(f'id = "practice", kind = "rating", items = {things("calm", "signs")}, {scale}')
    response = response_for(sheet, 'practice = { calm = 2, signs = { not-answered = "dont-know" } }')
    (answer,) = response_data(for_audience(response, sheet, private=True))["answers"]
    assert answer["value"] == [
        {"id": "calm", "value": 2},
        {"id": "signs", "value": None, "not_answered": "dont-know"},
    ]
