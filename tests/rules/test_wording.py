"""Conditions in words."""

from __future__ import annotations

import pytest

from build import things, worksheet_of
from libwell.rules.wording import say_condition

ASKED = (
    'id = "sure", kind = "yes-no", ask = "Sure?"',
    f'id = "areas", kind = "choices", ask = "Areas?", options = {things("space", "signs")}',
    'id = "first-one", kind = "choice", options_from = "areas", ask = "First?"',
    f"""id = "care", kind = "checklist", ask = "Care?", items = {things("breaks")},
        marks = [{{ id = "improve", text = "do better." }}]""",
    """id = "calm", kind = "rating", ask = "Calm?", scale = { min = 0, max = 3, labels = ["a", "b"] },
        items = [{ id = "desk", text = "The desk" }]""",
    'id = "hours", kind = "number", ask = "Hours?"',
)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('prompt = "sure", is = true', "“Sure?” is answered yes"),
        ('prompt = "sure", is = false', "“Sure?” is answered no"),
        ('prompt = "sure", answered = false', "“Sure?” is not answered"),
        ('prompt = "areas", includes = "signs"', "“Signs” is among the answers to “Areas?”"),
        ('prompt = "first-one", is = "space"', "“First?” is “Space”"),
        ('prompt = "care", with = "improve"', "something is marked “do better” at “Care?”"),
        ('prompt = "care", marked = "breaks"', "“Breaks” is marked at “Care?”"),
        (
            'prompt = "care", marked = "breaks", with = "improve"',
            "“Breaks” is marked “do better” at “Care?”",
        ),
        ('prompt = "calm", item = "desk", at_most = 1', "“The desk” at “Calm?” is 1 or less"),
        ('prompt = "hours", at_least = 2', "“Hours?” is 2 or more"),
        ('prompt = "hours", at_least = 2, at_most = 4', "“Hours?” is from 2 to 4"),
        (
            'any = [{ prompt = "hours", is = 3 }, { not = { prompt = "sure", is = true } }]',
            "“Hours?” is 3 or it is not so that “Sure?” is answered yes",
        ),
        (
            """all = [{ prompt = "hours", answered = true },
                { any = [{ prompt = "hours", is = 1 }, { prompt = "hours", is = 2 }] }]""",
            "“Hours?” is answered and (“Hours?” is 1 or “Hours?” is 2)",
        ),
    ],
)
def test_a_condition_in_words(when: str, words: str) -> None:
    sheet = worksheet_of(*ASKED, f'id = "it", kind = "text", when = {{ {when} }}')
    prompt = sheet.find("it")
    assert prompt is not None
    assert say_condition(prompt.when, sheet) == f"Only when {words}."


def test_what_is_always_asked_needs_no_words() -> None:
    assert say_condition(None, worksheet_of('id = "it", kind = "text"')) == ""
