"""Kind `number`."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import around, examine, keys_at, mistakes_in, places_wrong, prompt_of, take, worksheet_text
from libwell.errors import CannotReadError

if TYPE_CHECKING:
    from libwell.kinds.values import Value

ANY = prompt_of('kind = "number"')
HOURS = prompt_of('kind = "number", min = 0, max = 40, step = 0.5, unit = "hours"')
PEOPLE = prompt_of('kind = "number", min = 1, step = 1')
COLD = prompt_of('kind = "number", max = -1')
TENTHS = prompt_of('kind = "number", min = 0.1, step = 0.1')


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("-2", -2),
        ("\u22122", -2),
        ("-0", 0),
        ("-0.0", 0),
        ("2.5", 2.5),
        ("2.50", 2.5),
        ("0.1", 0.1),
        ("2.675", 2.675),
        ("2.0", 2),
        ("0", 0),
        ("007", 7),
        ("+4", 4),
        (".5", 0.5),
        ("1.", 1),
        ("0.500", 0.5),
        ("1234.500", 1234.5),
        ("\u0663", 3),
        ("\u0661\u066b\u0665", 1.5),
        ("\uff13", 3),
        ("12345678.1234567", 12345678.1234567),
    ],
)
def test_a_number_is_read(text: str, number: float) -> None:
    taken = take(ANY, text).value
    assert taken == number
    assert type(taken) is type(number)


@pytest.mark.parametrize(
    "text", ["3 hours", "3hours", " 3  hours ", "3", "3.0 hours", "3 Hours", "3 hour", "hours 3"]
)
def test_the_unit_may_stand_behind_it(text: str) -> None:
    assert take(HOURS, text).value == 3


@pytest.mark.parametrize(("unit", "text"), [("$", "$5"), ("%", "5%"), ("%", "5 %"), ("s", "5 s")])
def test_a_unit_may_be_a_sign(unit: str, text: str) -> None:
    assert take(prompt_of(f'kind = "number", unit = "{unit}"'), text).value == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,5", "Type 1.5 with a point."),
        ("-1,5", "Type -1.5 with a point."),
        (",5", "Type 0.5 with a point."),
        ("1,50", "Type 1.5 with a point."),
        ("0,125", "Type 0.125 with a point."),
        ("1234,567", "Type 1234.567 with a point."),
        ("12%", "Type 12, without the %."),
        ("12 %", "Type 12, without the %."),
        ("$5", "Type 5, without the $."),
        ("5,50 \u20ac", "Type 5.5, without the \u20ac."),
        ("1.000", "1.000 can be 1 or 1000. Type 1 or 1000."),
        ("1,000", "1,000 can be 1 or 1000. Type 1 or 1000."),
        ("1,234", "1,234 can be 1.234 or 1234. Type 1.234 or 1234."),
        ("12.500", "12.500 can be 12.5 or 12500. Type 12.5 or 12500."),
        ("1 000", "Type 1000."),
        ("1\u202f000", "Type 1000."),
        ("1'000", "Type 1000."),
        ("1\u2019000", "Type 1000."),
        ("1_000", "Type 1000."),
        ("1,000,000", "Type 1000000."),
        ("1.000.000", "Type 1000000."),
        ("1,234.5", "Type 1234.5."),
        ("1.234,5", "Type 1234.5."),
        ("1,000,5", "Type a number."),
        ("1e3", "Type 1000."),
        ("2.5E-2", "Type 0.025."),
        ("1e400", "Type a number."),
        ("\u00bd", "Type 0.5."),
        ("1\u00bd", "Type 1.5."),
        ("-\u00bd", "Type -0.5."),
        ("1/2", "Type 0.5."),
        ("1 1/4", "Type 1.25."),
        ("\u2153", "Type a number."),
        ("1/0", "Type a number."),
        ("5\u00b2", "Type a number."),
        ("5 hours", "Type a number."),
        ("1234567890.123456", "Type a number."),
        ("0.1000000000000000000000000000000000001", "Type a number."),
        (".", "Type a number."),
        ("1.2.3", "Type a number."),
        ("9" * 100_000, "Type a number."),
    ],
)
def test_what_may_be_a_number_is_not_taken_and_says_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as error:
        take(ANY, text)
    assert error.value.message == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.000", "Type 1."),
        ("3,5", "Type 3.5 with a point."),
        ("3,5 hours", "Type 3.5 with a point."),
        ("1,250", "Type a number from 0 to 40, in steps of 0.5 (hours)."),
    ],
)
def test_only_what_is_asked_for_is_named(text: str, said: str) -> None:
    with pytest.raises(CannotReadError) as error:
        take(HOURS, text)
    assert error.value.message == said


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("3", "Write it without quotes."),
        ("3 hours", "Write it in digits, with no other sign than a point, and without quotes."),
        ("1,5", "Write it in digits, with no other sign than a point, and without quotes."),
        ("12%", "Write it in digits, with no other sign than a point, and without quotes."),
        ("1.000", "Write it in digits, with no other sign than a point, and without quotes."),
        ("", "Write a number from 0 to 40, in steps of 0.5 (hours)."),
        (True, "Write a number from 0 to 40, in steps of 0.5 (hours)."),
    ],
)
def test_a_text_in_a_file_is_no_number_and_is_not_quoted(value: Value, remedy: str) -> None:
    (problem,) = HOURS.problems(value, around())
    assert (problem.message, problem.remedy) == ("a number was expected.", remedy)


@given(st.decimals(-(10**9), 10**9, places=5))
def test_what_is_typed_is_what_is_stored_and_said(number: Decimal) -> None:
    taken = take(ANY, f"{number:f}").value
    assert Decimal(str(taken)) == number
    assert Decimal(ANY.brief(taken, around())) == number


@given(st.text(alphabet="0123456789.,-+ '%$e/\u00bd\u0663", max_size=12))
def test_a_number_is_taken_only_where_it_is_what_python_reads(text: str) -> None:
    taken = None
    with suppress(CannotReadError):
        taken = take(ANY, text).value
    if taken is not None:
        assert taken == float(text)


@pytest.mark.parametrize(
    "text", ["", "three", "nan", "inf", "-inf", "1e400", "0x10", "3 days", "1" * 20, "3 4"]
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
def test_what_is_no_number_is_no_value(value: Value) -> None:
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


# --- bands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "band"),
    [(-3, "<=0"), (0, "<=0"), (0.5, "<=7.5"), (7.5, "<=7.5"), (7.51, "<=20"), (20, "<=20"), (21, ">20")],
)
def test_a_number_is_counted_in_its_band(number: float, band: str) -> None:
    banded = prompt_of('kind = "number", bands = [0, 7.5, 20]')
    (found,) = banded.given(number, around())
    assert found.counted_as == band


def test_bands_are_said_in_words() -> None:
    banded = prompt_of('kind = "number", unit = "hours", bands = [5, 10]')
    assert [(one.id, one.text) for one in banded.places().values] == [
        ("<=5", "up to 5 hours"),
        ("<=10", "above 5, up to 10 hours"),
        (">10", "above 10 hours"),
    ]


@pytest.mark.parametrize("bands", ["[5, 5]", "[5, 3]", '["5"]', "5", "[nan]", str(list(range(101)))])
def test_bands_are_numbers_that_go_upwards(bands: str) -> None:
    (found,) = mistakes_in(worksheet_text(f'id = "it", kind = "number", bands = {bands}'))
    assert "bands" in f"{found.key} {found.message}"


def test_a_private_number_needs_no_bands() -> None:
    hints = examine(worksheet_text('id = "it", kind = "number", bands = [5]')).mistakes
    assert not any("bands" in one.key for one in hints)
    private = examine(worksheet_text('id = "it", kind = "number", bands = [5], private = true')).mistakes
    (hint,) = (one for one in private if one.key.endswith("bands"))
    assert hint.hint
    assert "nobody counts" in hint.message
