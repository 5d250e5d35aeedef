"""Kind `text`."""

from __future__ import annotations

import pytest

from build import around, keys_at, mistakes_in, places_wrong, prompt_of, take, worksheet_text
from libwell.errors import CannotReadError
from libwell.kinds.steps import DONE
from libwell.model.document import Paragraph

LONG = prompt_of('kind = "text"')
SHORT = prompt_of('kind = "text", long = false, max_length = 5')


def test_a_long_text_is_asked_line_by_line() -> None:
    (step,) = LONG.steps(None, around())
    assert (step.key, step.many_lines, step.written) == ((), True, True)
    assert step.hint == "Enter starts a new line, an empty line ends."


def test_a_long_text_goes_on_below_what_is_there() -> None:
    (step,) = LONG.steps("one\ntwo", around())
    assert step.answer == "one\ntwo"
    assert "added below" in step.hint
    assert take(LONG, "three", "one\ntwo").value == "one\ntwo\nthree"


def test_a_short_text_is_one_line_and_is_replaced() -> None:
    (step,) = SHORT.steps("one", around())
    assert (step.many_lines, step.written, step.answer) == (False, True, "one")
    assert take(SHORT, "two", "one").value == "two"


@pytest.mark.parametrize(
    "text", ["  blanks  ", "tab\there", "1", "-x", "a\n\n\nb\n", "\\ \" ' \N{PARTY POPPER}"]
)
def test_words_are_taken_as_they_are(text: str) -> None:
    assert take(LONG, text).value == text


def test_a_text_has_a_longest_length() -> None:
    assert take(SHORT, "12345").value == "12345"
    with pytest.raises(CannotReadError, match="At most 5 characters, please; this has 6"):
        take(SHORT, "123456")
    with pytest.raises(CannotReadError, match="At most 100,000"):
        take(LONG, "x", "y" * 99_999)
    assert places_wrong(SHORT, "123456") == [()]
    assert places_wrong(LONG, "x" * 100_001) == [()]


@pytest.mark.parametrize("value", [1, True, ["x"], {"other": "x"}])
def test_only_a_text_is_a_value(value: object) -> None:
    assert places_wrong(LONG, value) == [()]


def test_a_whole_text_is_emptied_and_can_be_a_not_answer() -> None:
    assert LONG.empty((), "x", around()).value is None
    taken = LONG.take_not_answer((), "dont-know", None)
    assert (taken.value, taken.next) == ({"not-answered": "dont-know"}, DONE)


def test_it_shows_as_written_and_briefly_on_one_line() -> None:
    text = "one\n\n  two "
    assert LONG.brief(text, around()) == "one two"
    assert LONG.show(text, around()) == (Paragraph(text, tone="answer"),)


def test_it_offers_nothing_and_has_one_step() -> None:
    assert list(LONG.offers("x", around())) == []
    assert keys_at(LONG, "x") == [()]


@pytest.mark.parametrize("length", [0, -1, 100_001, '"5"'])
def test_bounds_of_the_length(length: object) -> None:
    (found,) = mistakes_in(worksheet_text(f'id = "it", kind = "text", max_length = {length}'))
    assert found.key == "sections[1].prompts[1].max_length"
