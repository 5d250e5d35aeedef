"""Drafts that were begun on an earlier edition of a shipped worksheet, resumed on the one of today.

`tests/editions` holds the shipped worksheets as they once were, a folder an edition. Nothing that was given
is lost, nothing becomes less private, and no id of a question, an option, an item, a row or a column is gone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_changing_at_random import Person, Secrets, all_given, carried

from build import NOW
from effort import shipped
from libwell.model.response import Response
from libwell.rules.answers import problems, with_numbers
from libwell.rules.documents import response_document
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.definitions import definition_of, read_definition
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.worksheets import Shelf
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.worksheet import Worksheet

EDITIONS = Path(__file__).parent.parent / "editions"
ORDER = ("first", "second")
"""The editions, the earliest first; one has only the worksheets that it changed or that included these."""
BEFORE = sorted((path.parent.name, path.stem) for path in EDITIONS.glob("*/*.toml"))
NOW_SHIPPED = {one.id: read_definition(definition_of(one).worksheet) for one in shipped()}
"""As responses keep them."""


@cache
def edition(name: str, worksheet: str) -> Worksheet:
    """A worksheet as it was in an edition; what it includes is of that edition too."""
    folders = [(EDITIONS / one, one) for one in ORDER[ORDER.index(name) :]]
    return Shelf([*folders, (shipped_worksheets(), SHIPPED)]).load(worksheet)


def draft(before: Worksheet, choices: list[int]) -> Response:
    """Somebody's draft: answers with a canary in every word, and steps from here and there."""
    person = Person(choices)
    response = Response(
        id=f"{before.id}-2026-11-21-k3f9",
        created=NOW,
        updated=NOW,
        answers=person.answers(before.model_dump(exclude_unset=True), {}),
        actions=tuple(person.actions(before)),
        definition=definition_of(before),
    )
    response = with_numbers(response, before)
    assert problems(before, response) == []
    return response


@pytest.mark.thorough
@examples(600, quick=40)
@given(which=st.sampled_from(BEFORE), choices=st.lists(st.integers(0, 7), min_size=4, max_size=40))
def test_nothing_is_lost_and_nothing_is_less_private(which: tuple[str, str], choices: list[int]) -> None:
    before, after = edition(*which), NOW_SHIPPED[which[1]]
    response, secrets = draft(before, choices), Secrets()
    secrets.note(response, before)
    now, worksheet = carried(response, before, after, may_open=False)
    assert all_given(response, before) - all_given(now, worksheet) == set()
    assert [action.step for action in now.actions] == [action.step for action in response.actions]
    secrets.check_kept(now, worksheet)


@pytest.mark.parametrize(("name", "worksheet"), BEFORE)
def test_every_id_that_people_gave_answers_to_is_there(name: str, worksheet: str) -> None:
    before, after = edition(name, worksheet), NOW_SHIPPED[worksheet]
    gone = {one for one in addresses(before) if one not in set(addresses(after))}
    assert gone == MOVED.get(worksheet, {}).keys()
    assert set(MOVED.get(worksheet, {}).values()) <= set(addresses(after))


@pytest.mark.parametrize(("name", "worksheet"), BEFORE)
def test_what_was_private_is_private(name: str, worksheet: str) -> None:
    private = private_prompts(NOW_SHIPPED[worksheet])
    assert private_prompts(edition(name, worksheet)) - private == LESS_PRIVATE.get(worksheet, set())


MOVED = {"wellness-action-brief": {"workplace-programmes.reframing": "equity-work.reframing"}}
"""What is asked in a private question now, where it was in a shared one; old answers to it are set aside."""

LESS_PRIVATE = {"staff-care": {"beyond-self"}, "whole-person-library": {"beyond-self"}}
"""Questions that were private and are shared now, by worksheet; what was answered stays private."""


def addresses(worksheet: Worksheet) -> Iterator[str]:
    """Every question of a worksheet, and every part of one that an answer can name."""
    for prompt in worksheet.by_id().values():
        yield prompt.id
        yield from (f"{prompt.id}.{name}" for name, _ in prompt.names())


def test_a_draft_of_the_first_edition_is_what_it_was() -> None:
    before = edition("first", "staff-care")
    response = draft(before, [5, 6, 3, 4])
    said = response_document(for_audience(response, before, private=True))
    now, worksheet = carried(response, before, NOW_SHIPPED["staff-care"], may_open=False)
    told = response_document(for_audience(now, worksheet, private=True))
    words = {word for word in repr(said).split("'") if word.startswith("canary")}
    assert words
    assert all(word in repr(told) for word in words)
