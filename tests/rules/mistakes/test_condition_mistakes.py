"""A test that no answer passes is named where it stands; what some answer passes is left alone."""

from __future__ import annotations

import pytest

from build import examine, mistakes_in, things, worksheet_text
from libwell.storage.definitions import read_definition

POINTS = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
ABOVE = (
    f'id = "areas", kind = "choices", options = {things("a", "b", "c", "none")}',
    'id = "hours", kind = "number", min = 0, max = 10, step = 1',
    'id = "tenths", kind = "number", min = 0.3, step = 0.4',
    'id = "weight", kind = "number"',
    f'id = "calm", kind = "rating", {POINTS}',
    f'id = "practice", kind = "rating", {POINTS}, items = {things("signs", "crowding")}',
    'id = "words", kind = "text"',
    'id = "focus", kind = "choice", options_from = "areas"',
    'id = "more", kind = "choices", other = true, options_from = "focus"',
)
IT = f"sections[1].prompts[{len(ABOVE) + 1}].when"


def of(name: str, test: str) -> str:
    """A test of a prompt."""
    return f'prompt = "{name}", {test}'


def with_tests(*tests: str) -> str:
    """A worksheet whose last prompt is asked when all of these tests hold."""
    condition = ", ".join(f"{{ {test} }}" for test in tests)
    return worksheet_text(*ABOVE, f'id = "it", kind = "text", when = {{ all = [{condition}] }}')


@pytest.mark.parametrize(
    ("test", "key", "said"),
    [
        (of("calm", "at_least = 4"), "at_least", "calm is never 4 or more. Its scale goes from 0 to 3"),
        (of("calm", "at_most = -1"), "at_most", "calm is never -1 or less."),
        (of("practice", 'item = "signs", at_least = 4'), "at_least", "practice.signs is never 4 or more."),
        (of("calm", "at_least = 2, at_most = 1"), "at_least", "at_least is above at_most. Exchange the two."),
        (of("calm", "at_least = 1.2, at_most = 1.8"), "at_least", "calm is never from 1.2 to 1.8."),
        (of("hours", "at_least = 11"), "at_least", "hours is never 11 or more. Its numbers go from 0"),
        (of("hours", "at_most = -0.5"), "at_most", "hours is never -0.5 or less."),
        (of("hours", "at_least = 0.1, at_most = 0.9"), "at_least", "hours is never from 0.1 to 0.9."),
        (of("hours", "is = 11"), "is", "hours is never 11."),
        (of("hours", "is = 2.5"), "is", "hours is never 2.5."),
        (of("tenths", "at_least = 0.4, at_most = 0.6"), "at_least", "tenths is never from 0.4 to 0.6."),
        (of("weight", "at_least = 1e15"), "at_least", "weight is never 1000000000000000.0 or more."),
        (of("focus", 'is = "d"'), "is", "there is no “d” there."),
        (of("focus", 'is = "other"'), "is", "there is no “other” there."),
        (of("more", 'includes = "d"'), "includes", "there is no “d” there."),
    ],
)
def test_a_test_that_no_answer_passes(test: str, key: str, said: str) -> None:
    (mistake,) = mistakes_in(with_tests(of("words", "answered = true"), test))
    assert mistake.key == f"{IT}.all[2].{key}"
    assert f"{mistake.message} {mistake.remedy}".startswith(said)


@pytest.mark.parametrize(
    "test",
    [
        of("calm", "at_least = -5"),
        of("calm", "at_most = 9"),
        of("calm", "at_least = 2.5"),
        of("hours", "is = 2.0"),
        of("tenths", "is = 0.7"),
        of("weight", "is = -3.5"),
        of("focus", 'is = "none"'),
        of("focus", 'is = "other-1"'),
        of("more", 'includes = "other"'),
        of("more", 'includes = "a"'),
    ],
)
def test_a_test_that_some_answer_passes(test: str) -> None:
    assert mistakes_in(with_tests(test)) == []


def test_an_old_response_can_be_read_whose_worksheet_has_a_prompt_that_was_never_asked() -> None:
    text = with_tests(of("calm", "at_least = 4"))
    assert not examine(text).is_sound
    assert read_definition(text) == examine(text).worksheet
