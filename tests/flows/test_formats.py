"""Formats: every one that can be named has a renderer, and the other way round."""

from __future__ import annotations

from libwell.cli.export import FormatName
from libwell.flows.formats import FORMATS


def test_every_name_has_a_format_of_its_own_ending() -> None:
    assert {name.value for name in FormatName} == set(FORMATS)
    assert len({form.suffix for form in FORMATS.values()}) == len(FORMATS)
