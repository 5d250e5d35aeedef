"""Every kind has every face: what the walk, paper, files, reports and comparisons ask of a kind of prompt."""

from __future__ import annotations

import pytest

from libwell.kinds.base import Prompt
from libwell.kinds.registry import KINDS, kind_of_prompt


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_every_face(name: str) -> None:
    assert kind_of_prompt(name).__abstractmethods__ == frozenset()


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_called_as_the_registry_has_it(name: str) -> None:
    field = kind_of_prompt(name).model_fields["kind"]
    assert field.annotation is not None
    assert field.annotation.__args__ == (name,)


def test_a_kind_without_a_face_is_found() -> None:
    class Faceless(Prompt):
        """A kind that says nothing of itself."""

    assert Faceless.__abstractmethods__ >= {"steps", "take", "given", "on_paper", "in_file", "places"}
