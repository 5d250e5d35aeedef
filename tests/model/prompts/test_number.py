"""Kind `number`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import around, keys_at, mistakes_in, places_wrong, prompt_of, take, worksheet_text
from libwell.errors import CannotReadError

ANY = prompt_of('kind = "number"')
HOURS = prompt_of('kind = "number", min = 0, max = 40, step = 0.5, unit = "hours"')
PEOPLE = prompt_of('kind = "number", min = 1, step = 1')
COLD = prompt_of('kind = "number", max = -1')
TENTHS = prompt_of('kind = "number", min = 0.1, step = 0.1')


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" 3 ", 3), ("-2", -2), ("2.5", 2.5), ("0", 0), ("007", 7), ("1e3", 1000.0), ("+4", 4)],
)
def test_a_number_is_read(text: str, number: float) -> None:
    taken = take(ANY, text).value
    assert taken == number
    assert type(taken) is type(number)


@pytest.mark.parametrize("text", ["3 hours", "3hours", " 3  hours ", "3", "3.0 hours"])
def test_the_unit_may_stand_behind_it(text: str) -> None:
    assert take(HOURS, text).value == 3


@pytest.mark.parametrize(
    "text", ["", "three", "3,5", "nan", "inf", "-inf", "1e400", "0x10", "3 days", "1" * 20, "3 4"]
)
def test_what_is_no_number_says_what_was_expected(text: str) -> None:
    with pytest.raises(CannotReadError, match=r"Type a number from 0 to 40, in steps of 0\.5 \(hours\)\."):
        take(HOURS, text)


@pytest.mark.parametrize(
    ("prompt", "good", "bad"),
    [
        (HOURS, ["0", "40", "0.5", "39.5"], ["-0.5", "40.5", "0.25", "0.1"]),
        (PEOPLE, ["1", "2.0", "999999999999999"], ["0", "1.5", "-1", "9999999999999999"]),
        (COLD, ["-1", "-1.5"], ["0", "-0.5"]),
        (TENTHS, ["0.1", "0.3", "0.7", "1.1"], ["0", "0.15"]),
    ],
)
def test_bounds_and_steps(prompt: type, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert take(prompt, text).value == float(text)  # type: ignore[arg-type]
    for text in bad:
        with pytest.raises(CannotReadError):
            take(prompt, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", "a number"),
        ("min = 1", "a number, 1 or more"),
        ("max = 9", "a number, 9 or less"),
        ("min = 1, max = 9, step = 1", "a whole number from 1 to 9"),
        ("step = 5", "a number, in steps of 5"),
        ('unit = "hours"', "a number (hours)"),
    ],
)
def test_the_hint_says_what_can_be_typed(keys: str, expected: str) -> None:
    prompt = prompt_of(f'kind = "number"{", " if keys else ""}{keys}')
    assert prompt.steps(None, around())[0].hint == f"Type {expected}."


@pytest.mark.parametrize(
    "value", [True, False, "3", None, [3], float("nan"), float("inf"), 10**15, -(10**15)]
)
def test_what_is_no_number_is_no_value(value: object) -> None:
    assert places_wrong(ANY, value) == [()]


@pytest.mark.parametrize("value", [0.25, 41, -1])
def test_a_number_out_of_bounds_is_no_value(value: float) -> None:
    assert places_wrong(HOURS, value) == [()]
    assert places_wrong(HOURS, 0.5) == places_wrong(HOURS, 40) == []


@pytest.mark.parametrize(
    ("value", "brief"),
    [
        (3, "3 hours"),
        (3.0, "3 hours"),
        (12345.67, "12345.67 hours"),
        (1234567.5, "1234567.5 hours"),
        (0.0, "0 hours"),
    ],
)
def test_it_shows_every_digit(value: float, brief: str) -> None:
    assert HOURS.brief(value, around()) == brief
    assert HOURS.steps(value, around())[0].answer == brief


@given(st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-1e9, 1e9).map(lambda value: round(value, 3)))
def test_what_it_shows_can_be_typed_again(number: float) -> None:
    assert take(ANY, ANY.brief(number, around())).value == number


def test_it_is_emptied_and_offers_nothing() -> None:
    assert ANY.empty((), 3, around()).value is None
    assert list(ANY.offers(3, around())) == []
    assert keys_at(ANY, 3) == [()]


@pytest.mark.parametrize("keys", ["min = 2, max = 1", "step = 0", "step = -1"])
def test_bounds_that_leave_nothing_are_mistakes(keys: str) -> None:
    assert len(mistakes_in(worksheet_text(f'id = "it", kind = "number", {keys}'))) == 1


def test_a_tiny_step_beside_a_great_number_does_no_harm() -> None:
    tiny = prompt_of('kind = "number", step = 1e-300')
    assert take(tiny, "99999999999999").value == 99_999_999_999_999
