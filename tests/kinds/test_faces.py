"""Every kind has every face: what the walk, paper, files, reports and comparisons ask of a kind of prompt.

The random prompts and answers are of every kind (tests/rules/team/test_contributions.py sees to it).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import tomli
import tomli_w

from build import worksheet_from
from libwell.kinds.base import Prompt
from libwell.kinds.forms import Above
from libwell.kinds.registry import KINDS, kind_of_prompt
from libwell.model.base import ID_PATTERN
from libwell.rules.comparing.pairing import Pair, given_in, pair_up
from random_files import answers, worksheet
from team_build import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.asked_now import Asked
    from random_files import Table

SEEDS = range(100)
ABOVE = Above("areas", "Which?", ("a", "b"))
TOGETHER = [
    ("tested_by", "test_mistakes", "passes"),
    ("can_pass", "say_numbers"),
    ("is_pickable", "picked"),
    ("holds_actions", "takes_up", "collected"),
]


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_every_face(name: str) -> None:
    assert kind_of_prompt(name).__abstractmethods__ == frozenset()


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_called_as_the_registry_has_it(name: str) -> None:
    field = kind_of_prompt(name).model_fields["kind"]
    assert field.annotation is not None
    assert field.annotation.__args__ == (name,)


@pytest.mark.parametrize("faces", TOGETHER, ids=" ".join)
def test_faces_that_mean_nothing_alone_come_together(faces: tuple[str, ...]) -> None:
    for kind in map(kind_of_prompt, KINDS):
        own = [face for face in faces if getattr(kind, face) != getattr(Prompt, face)]
        assert own in ([], list(faces)), kind


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_with_ends_says_what_an_answer_counts_for(name: str) -> None:
    kind = kind_of_prompt(name)
    counts = kind.amount is not Prompt.amount or kind.amounts is not Prompt.amounts
    assert counts == (kind.ends is not Prompt.ends)


def test_a_kind_without_a_face_is_found() -> None:
    class Faceless(Prompt):
        """A kind that says nothing of itself."""

    assert Faceless.__abstractmethods__ >= {"steps", "take", "given", "on_paper", "in_file", "places"}


# --- what holds for any prompt and any answer ---------------------------------------------------------


class Sample(NamedTuple):
    """A worksheet's prompts as TOML data by their ids, and what somebody answered."""

    data: dict[str, Table]
    asked: tuple[Asked, ...]


@cache
def sample(seed: int) -> Sample:
    rng = Random(seed)
    sheet = worksheet(rng, "any")
    copy = copy_of(worksheet_from(tomli_w.dumps(sheet)), tomli_w.dumps(answers(rng, sheet)["answers"]))
    data = {prompt["id"]: prompt for section in sheet["sections"] for prompt in section["prompts"]}
    return Sample(data, tuple(copy.asked))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in an answer; random own words are no ids, as they begin with a capital or a sign."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_prompt_names_every_id_inside_it(seed: int) -> None:
    data, asked = sample(seed)
    for one in asked:
        lists = [part for part in data[one.prompt.id].values() if isinstance(part, list)]
        tables = [thing for part in lists for thing in part if isinstance(thing, dict)]
        inside = {thing["id"] for thing in tables if "id" in thing}
        assert inside <= {name for name, _ in one.prompt.names()}


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_without_words_has_none_and_fits(seed: int) -> None:
    for one in sample(seed).asked:
        left = None if one.value is None else one.prompt.without_words(one.value)
        if left is not None:
            assert list(one.prompt.problems(left, one.around)) == []
            assert [text for text in texts_in(left) if not ID_PATTERN.fullmatch(text)] == []


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_prompt_has_its_place_on_paper_and_in_an_answers_file(seed: int) -> None:
    for one in sample(seed).asked:
        prompt, above = one.prompt, ABOVE if one.prompt.source else None
        assert list(prompt.on_paper(above))
        if not prompt.holds_actions:
            form = prompt.in_file(above)
            assert tomli.loads(f"it = {form.empty}")["it"] in ("", [], {})
            examples = [line.partition("such as: ")[2] for line in form.comments if "such as: " in line]
            for example in examples:
                value = tomli.loads(f"it = {example}")["it"]
                assert list(prompt.problems(value, replace(one.around, pickable=None))) == []


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_is_compared_whole_and_no_other_than_itself(seed: int) -> None:
    answered = [one for one in sample(seed).asked if one.value is not None]
    for one in answered:
        (pair,) = pair_up(one, one, is_private=False)
        assert isinstance(pair, Pair)
        assert pair.is_unchanged
        assert len(pair.places) in (0, len(given_in(one)))


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_emptying_one_thing_leaves_the_others(seed: int) -> None:
    for one in sample(seed).asked:
        things = {given.item for given in given_in(one)}
        for step in one.prompt.steps(one.value, one.around) if len(things) > 1 else ():
            if step.key and step.answer:
                assert one.prompt.empty(step.key, one.value, one.around).value is not None


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_withdrawn_above_counts_no_longer(seed: int) -> None:
    for one in sample(seed).asked:
        if one.prompt.source and one.value is not None:
            around = replace(one.around, picks=())
            left = one.prompt.current(one.value, around)
            given = () if left is None else one.prompt.given(left, around)
            assert all(part.is_own for part in given)


def test_what_offers_something_says_that_it_can() -> None:
    asked = [(one, one.value) for seed in range(40) for one in sample(seed).asked if one.value is not None]
    can_offer = {one.prompt.kind for one, _ in asked if one.prompt.can_offer}
    offering = {one.prompt.kind for one, value in asked if any(one.prompt.offers(value, one.around))}
    assert can_offer == offering
