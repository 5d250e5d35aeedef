"""Kind `yes-no`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import around, keys_at, places_wrong, prompt_of, take
from libwell.errors import CannotReadError
from libwell.model.document import Paragraph

if TYPE_CHECKING:
    from libwell.kinds.values import Value

SURE = prompt_of('kind = "yes-no"')


@pytest.mark.parametrize("text", ["y", "Y", "ye", "yes", " YES "])
def test_yes(text: str) -> None:
    assert take(SURE, text, value=False).value is True


@pytest.mark.parametrize("text", ["n", "N", "no", " no\t"])
def test_no(text: str) -> None:
    assert take(SURE, text).value is False


@pytest.mark.parametrize("text", ["", " ", "yess", "nope", "1", "true", "maybe", "yes no", "y\nn"])
def test_anything_else_says_what_was_expected(text: str) -> None:
    with pytest.raises(CannotReadError, match="Type y for yes or n for no"):
        take(SURE, text)


@pytest.mark.parametrize(("value", "answer"), [(None, ""), (True, "yes"), (False, "no")])
def test_the_answer_stands_at_its_one_step(value: Value, answer: str) -> None:
    (step,) = SURE.steps(value, around())
    assert (step.key, step.answer, step.written) == ((), answer, False)


def test_it_is_emptied_shown_and_offers_nothing() -> None:
    assert SURE.empty((), value=False, around=around()).value is None
    assert SURE.show(value=False, around=around()) == (Paragraph("no", tone="answer"),)
    assert list(SURE.offers(value=True, around=around())) == []
    assert keys_at(SURE, value=True) == [()]


@pytest.mark.parametrize("value", [0, 1, "yes", "true", [], {}, 1.0])
def test_only_true_and_false_are_values(value: Value) -> None:
    assert places_wrong(SURE, value) == [()]
    assert places_wrong(SURE, value=True) == places_wrong(SURE, value=False) == []
