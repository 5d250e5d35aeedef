"""What libwell writes is TOML that says what was meant, in the form that files have always had."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from libwell.storage.toml_writing import toml_text

TEXTS = st.text(st.sampled_from("ab.\"'\\\n\r\t#=[]{} -\x00\x1f\x7f\x85é😀"), max_size=40)
VALUES = st.recursive(
    st.one_of(
        TEXTS,
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.dates(),
        st.datetimes(timezones=st.sampled_from([None, dt.UTC])),
        st.times(),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_it_is_read_as_what_was_meant(data: dict[str, Any]) -> None:
    assert tomli.loads(toml_text(data)) == data


@given(st.dictionaries(TEXTS, VALUES, max_size=5), st.booleans())
def test_it_has_the_form_that_files_have_always_had(data: dict[str, Any], lines: bool) -> None:  # noqa: FBT001 - hypothesis has no names
    assert toml_text(data, lines=lines) == tomli_w.dumps(data, multiline_strings=lines)


@pytest.mark.parametrize("length", range(60, 90))
def test_short_tables_of_a_list_stand_on_one_line_each(length: int) -> None:
    data = {"a": {"b": [{"c": "x" * length, "d": 1}, {}], "e": ({"f": ["x"]},), "g": {}}}
    assert toml_text(data) == tomli_w.dumps(data)
