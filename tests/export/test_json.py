"""JSON: the exact text comes back, and none of it acts where the file is shown."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acting import ANY_TEXT, BATCH, BATCHES, acting
from hostile import HOSTILE
from libwell.export.json import render, to_json
from tiers import examples


def test_a_document_keeps_its_order() -> None:
    text = render(
        {"schema": "libwell.export/1", "id": "k3f9", "b": None, "a": [{"due": dt.date(2026, 12, 1)}]}
    )
    assert text == (
        '{\n  "schema": "libwell.export/1",\n  "id": "k3f9",\n  "b": null,\n'
        '  "a": [\n    {\n      "due": "2026-12-01"\n    }\n  ]\n}\n'
    )


def test_letters_stay_letters_and_what_acts_is_escaped() -> None:
    text = "Größe 茶 \U0001f600 \x1b[31m \x85 \u202e \u2028 \ufeff \x7f \U000e0041 \ud800"
    made = to_json(text)
    escapes = r"\u001b[31m \u0085 \u202e \u2028 \ufeff \u007f \udb40\udc41 \ud800"
    assert made == f'"Größe 茶 \U0001f600 {escapes}"'
    assert json.loads(made) == text


def test_a_moment_and_a_day_are_as_iso_8601_has_them() -> None:
    moment = dt.datetime(2026, 11, 21, 18, 2, tzinfo=dt.UTC)
    assert to_json([moment, moment.date()]) == '["2026-11-21T18:02:00+00:00", "2026-11-21"]'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_has_no_number_for_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(value)


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_json({1})


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(st.lists(ANY_TEXT, min_size=BATCH, max_size=BATCH))
@example(list(HOSTILE))
def test_ten_thousand_texts_come_back_exactly_and_do_nothing(texts: list[str]) -> None:
    made = render({"texts": texts, **{f"key {text}": text for text in texts}})
    assert acting(made) == set()
    read = json.loads(made)
    assert read.pop("texts") == texts
    assert read == {f"key {text}": text for text in texts}
