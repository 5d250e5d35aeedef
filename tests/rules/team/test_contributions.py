"""Whatever the kind, what was given is not lost on the way to a report: it is counted, or its words kept."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from build import prompts_of, things, worksheet_from, worksheet_of
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.registry import KINDS
from libwell.rules.team.contributions import REASONS, OwnWords, contribution_of
from libwell.rules.team.outlines import outline_of
from random_files import ANSWERED, answers, worksheet
from team_build import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.rules.team.contributions import Fact
    from libwell.rules.team.outlines import TeamQuestion


def test_there_are_random_answers_of_every_kind() -> None:
    assert ANSWERED | {"plan"} == KINDS.keys()


@pytest.mark.quick_cases(20)
@pytest.mark.parametrize("seed", range(100))
def test_everything_given_is_counted_or_kept_in_its_words(seed: int) -> None:
    rng = Random(seed)
    sheet = _open(worksheet(rng, "any"))
    asked = worksheet_from(tomli_w.dumps(sheet))
    copy = copy_of(asked, tomli_w.dumps(answers(rng, sheet)["answers"]))
    outline = outline_of(asked)
    found = contribution_of(copy, outline)
    for one in copy.asked:
        if one.value is not None and one.prompt.measure:
            question = outline.by_id[one.prompt.id]
            facts = [fact for fact in found.facts if fact.prompt == one.prompt.id]
            texts = [words for words in found.texts if words.prompt == one.prompt.id]
            given = [part for part in one.prompt.given(one.value, one.around) if _is_told(part, question)]
            assert len(facts) + len(texts) == 1 + len(given)  # one fact: that there is an answer
            assert [fact for fact in facts if not _has_its_place(fact, question)] == []


class RatedFromAbove(RatingPrompt):
    """A kind there is none of: points for each thing picked above, be it one's own."""

    @property
    def source(self) -> str:
        return "areas"

    def given(self, value: Any, around: Any) -> Iterator[Any]:
        (rated,) = super().given(value, around)
        yield from (rated._replace(item=name, about=name.upper()) for name in ("a", "other-1"))


def test_what_is_measured_item_by_item_is_counted_at_what_can_be_picked_above() -> None:
    scale = "scale = { min = 1, max = 2, labels = ['no', 'yes'] }"
    areas, rating = prompts_of(
        f'id = "areas", kind = "choices", other = true, options = {things("a", "b")}',
        f'id = "it", kind = "rating", {scale}',
    )
    plain = worksheet_of('id = "it", kind = "yes-no"')
    rated = RatedFromAbove.model_construct(**dict(rating))
    section = plain.sections[0].model_copy(update={"prompts": (areas, rated)})
    sheet = plain.model_copy(update={"sections": (section,)})
    question = outline_of(sheet).by_id["it"]
    assert [one.id for one in question.items] == ["a", "b"]
    assert [one.id for one in question.values] == ["1", "2"]
    found = contribution_of(copy_of(sheet, "it = 2"), outline_of(sheet))
    assert [tuple(fact)[:4] for fact in found.facts] == [("it", "", "", ""), ("it", "a", "", "2")]
    assert found.texts == (OwnWords("it", "", "", "OTHER-1"),)


def _open(table: dict[str, Any]) -> dict[str, Any]:
    """A worksheet or a part of it in which nothing is private."""
    parts = [*table.get("sections", ()), *table.get("prompts", ())]
    for part in parts:
        _open(part)
    table["private"] = False
    table.pop("support", None)
    return table


def _is_told(given: Any, question: TeamQuestion) -> bool:
    """Not what was skipped; and of a row of one's own only the words."""
    is_in_own_row = given.is_own and question.measure == "cells" and not given.written
    return given.not_answered != "skipped" and not is_in_own_row


def _has_its_place(fact: Fact, question: TeamQuestion) -> bool:
    items = {"", *(one.id for one in question.items)}
    values = {"", *REASONS, *(one.id for one in question.at(fact.column).values)}
    columns = {"", *(one.id for one in question.columns)}
    return fact.item in items and fact.column in columns and fact.value in values
