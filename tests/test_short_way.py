"""The short way through the shipped worksheets: a checklist, a wish and a step, in the minutes promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effort import shipped, short_way_minutes

if TYPE_CHECKING:
    from libwell.model.worksheet import AnyPrompt, Worksheet

WITH_SHORT_WAY = [worksheet for worksheet in shipped() if worksheet.short_minutes]
each_with_short_way = pytest.mark.parametrize("worksheet", WITH_SHORT_WAY, ids=lambda worksheet: worksheet.id)


def core(worksheet: Worksheet) -> list[AnyPrompt]:
    return [prompt for _, prompt in worksheet.prompts() if prompt.core]


@pytest.mark.parametrize("worksheet", shipped(), ids=lambda worksheet: worksheet.id)
def test_core_questions_come_with_their_minutes(worksheet: Worksheet) -> None:
    assert bool(worksheet.short_minutes) == bool(core(worksheet))


@each_with_short_way
def test_it_takes_no_longer_than_it_says(worksheet: Worksheet) -> None:
    assert worksheet.short_minutes
    assert short_way_minutes(worksheet) <= worksheet.short_minutes


@each_with_short_way
def test_it_is_one_thing_to_mark_one_wish_and_one_step(worksheet: Worksheet) -> None:
    first, wish, last = core(worksheet)
    assert first.is_pickable or first.kind == "rating"
    assert wish.kind in {"text", "choices", "table"}
    assert last.holds_actions


def test_staff_care_can_be_walked_the_short_way() -> None:
    assert "staff-care" in {worksheet.id for worksheet in WITH_SHORT_WAY}
