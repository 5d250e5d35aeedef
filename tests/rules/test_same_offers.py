"""Offers that would read the same: each says which part of the worksheet it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import around, exported, hear, response_for, section_text, sheet_text, walk_for, worksheet_from
from libwell.rules.asked_now import asked, while_answering

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

NOISE = 'id = "noise", text = "Quiet", suggest = "Put felt under the chairs"'
ITEMS = f'[{{ {NOISE} }}, {{ id = "light", text = "Light" }}]'
SCALE = 'scale = { min = 0, max = 3, labels = ["not at all", "very"] }'
ANSWERS = "down = { noise = 0, light = 0 }\nup = { noise = 0, light = 3 }\n"


def room(name: str, *, ask: str = "How quiet is it?") -> str:
    keys = f'id = "{name}-part"\ntitle = "The room {name}"'
    prompt = f'id = "{name}", kind = "rating", ask = "{ask}", {SCALE}, items = {ITEMS}, offer_at_most = 1'
    return section_text(prompt, keys=keys)


def rooms(*parts: str, collect: str = "") -> Worksheet:
    plan = section_text(f'id = "plan", kind = "plan"{collect}', keys='id = "next"\ntitle = "Next"')
    return worksheet_from(sheet_text(*parts, plan))


@pytest.mark.parametrize(
    ("collect", "abouts"),
    [
        ("", ["Quiet (The room down)", "Light", "Quiet (The room up)"]),
        (', collect = ["up"]', ["Quiet"]),
    ],
)
def test_only_offers_that_read_the_same_say_their_section(collect: str, abouts: list[str]) -> None:
    worksheet = rooms(room("down"), room("up"), collect=collect)
    response = response_for(worksheet, ANSWERS)
    everything = asked(worksheet, response)
    plan = while_answering(everything[-1], everything, worksheet, response, now=around())
    assert [offer.about for offer in plan.around.offers] == abouts


def test_an_offer_in_its_own_words_is_for_its_section() -> None:
    walk = walk_for(rooms(room("down"), room("up")), "down = { light = 0 }\nup = { light = 0 }", at="plan")
    assert walk.turn().step.lines == ("1. Light. For: The room down", "2. Light. For: The room up")


def test_where_two_steps_read_the_same_each_says_what_it_is_for() -> None:
    walk = hear(walk_for(rooms(room("down"), room("up")), ANSWERS, at="plan"), "1,2,3")
    helps = []
    while not walk.at_review:
        step = walk.turn().step
        helps += [step.help] if step.label == "Your step:" else []
        walk.hear("")
    assert helps == ["For: Quiet (The room down)", "", "For: Quiet (The room up)"]


@pytest.mark.parametrize(
    ("ask", "origin"),
    [("How quiet is it?", "How quiet is it? (The room up)"), ("And up there?", "And up there?")],
)
def test_a_document_says_the_section_where_two_questions_read_the_same(ask: str, origin: str) -> None:
    worksheet = rooms(room("down"), room("up", ask=ask))
    step = '[[actions]]\nid = "a1"\nstep = "Put felt under the chairs"\nfrom = "up.noise"\n'
    assert f"  - From: {origin}\n" in exported(worksheet, response_for(worksheet, ANSWERS + step))


def test_a_question_that_may_not_be_seen_is_not_told_of() -> None:
    private = room("down").replace('id = "down", ', 'id = "down", private = true, ')
    worksheet = rooms(private, room("up"))
    step = '[[actions]]\nid = "a1"\nstep = "Put felt under the chairs"\nfrom = "up.noise"\n'
    assert "  - From: How quiet is it?\n" in exported(worksheet, response_for(worksheet, ANSWERS + step))
