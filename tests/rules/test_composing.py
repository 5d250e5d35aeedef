"""What includes may bring in: each worksheet is loaded once, and what becomes too large is refused early."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import tomli
from pydantic import BaseModel

from build import OPEN, examine, section_text, sheet_text
from counting import counted
from libwell.errors import LibwellError
from libwell.rules.composing import compose
from libwell.rules.mistakes.limits import MOST_DEEP, MOST_PROMPTS, MOST_SECTIONS
from libwell.rules.mistakes.tolerant_reading import read_data

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet
    from libwell.rules.composing import Composed

TEXT = 'id = "it", kind = "text"'


def include(name: str, number: int = 0) -> str:
    return f'[[sections]]\ninclude = "{name}"\nprefix = "p{number}-"\n'


def questions(count: int, name: str = "s") -> str:
    """A section of so many questions."""
    prompts = (f'id = "{name}-{number}", kind = "text"' for number in range(count))
    return section_text(*prompts, keys=f'id = "{name}"\ntitle = "S"')


def unresolved(text: str) -> Worksheet:
    """A worksheet with its includes as they stand."""
    read = read_data(tomli.loads(text))
    assert read.worksheet is not None
    return read.worksheet


class Library:
    """Worksheets by id, given as their sections; it counts how often each is loaded."""

    def __init__(self, **sheets: str) -> None:
        self._sheets = sheets
        self.loaded: Counter[str] = Counter()

    def load(self, name: str) -> Worksheet:
        self.loaded[name] += 1
        if name not in self._sheets:
            raise LibwellError(f"There is no worksheet {name}.")
        return unresolved(sheet_text(self._sheets[name], head=OPEN, name=name))

    def compose(self, *sections: str) -> Composed:
        return compose(unresolved(sheet_text(*sections, head=OPEN)), self.load)


def messages(composed: Composed) -> list[str]:
    return [mistake.message for mistake in composed.mistakes]


def layers(wide: int, deep: int, last: str) -> dict[str, str]:
    """Worksheets that include the next so many times; `d1` is the first, and the deepest holds `last`."""
    above = {
        f"d{level}": "".join(include(f"d{level + 1}", n) for n in range(wide)) for level in range(1, deep)
    }
    return above | {f"d{deep}": last}


@pytest.mark.parametrize("last", [section_text(TEXT), section_text('id = "it", kind = "plan"')])
def test_ten_includes_seven_deep_are_each_loaded_once_and_end_soon(last: str) -> None:
    library = Library(**layers(10, 7, last))
    with counted(BaseModel.model_copy) as counts:
        composed = library.compose(*(include("d1", number) for number in range(10)))
    assert composed.mistakes
    assert set(library.loaded.values()) == {1}
    assert counts["model_copy"] < 100_000  # of ten million sections


def test_what_can_not_be_loaded_is_tried_once() -> None:
    library = Library()
    composed = library.compose(*(include("gone", number) for number in range(50)))
    assert len(composed.mistakes) == 50
    assert library.loaded == {"gone": 1}


def test_includes_go_eight_deep_and_not_nine() -> None:
    library = Library(**layers(1, MOST_DEEP, section_text(TEXT)))
    assert library.compose(include("d1")).mistakes == ()
    deeper = Library(**layers(1, MOST_DEEP + 1, section_text(TEXT)))
    (mistake,) = deeper.compose(include("d1")).mistakes
    assert mistake.message == "the includes go more than 8 deep."
    assert mistake.remedy
    assert mistake.path == ("sections", 0, "include")


def test_a_chain_of_600_is_followed_no_further_than_it_may_go() -> None:
    library = Library(**layers(1, 600, section_text(TEXT)))
    assert messages(library.compose(include("d1"))) == ["the includes go more than 8 deep."]
    assert library.loaded.total() == MOST_DEEP


def test_a_circle_is_still_named() -> None:
    library = Library(one=include("two"), two=include("one"))
    assert messages(library.compose(include("one"))) == ["the includes run in a circle: one → two → one."]


def test_what_becomes_too_large_is_one_mistake_where_it_does() -> None:
    library = Library(many=questions(600))
    composed = library.compose(include("many", 1), include("many", 2), include("many", 3))
    (mistake,) = composed.mistakes
    assert mistake.message == "a worksheet has at most 1,000 prompts, and with this it has more."
    assert mistake.path == ("sections", 1)
    assert mistake.remedy == "Split it into several worksheets."


def test_what_stands_in_the_file_itself_counts_too() -> None:
    library = Library(many=questions(600))
    composed = library.compose(include("many"), questions(400, "t"))
    assert (composed.is_cut, composed.mistakes) == (False, ())
    composed = library.compose(include("many"), questions(401, "t"))
    assert composed.is_cut
    assert [mistake.path for mistake in composed.mistakes] == [("sections", 1)]


def test_one_part_of_a_large_worksheet_can_be_included_often() -> None:
    many = "".join(questions(1, f"s{number}") for number in range(100))
    library = Library(many=many)
    composed = library.compose(*(include(f"many#s{number}", number) for number in range(100)))
    assert composed.mistakes == ()
    assert len(composed.worksheet.sections) == 100


@pytest.mark.thorough
def test_the_limits_are_exact_and_stand_where_they_are_passed() -> None:
    sections = [questions(1, f"s{number}") for number in range(MOST_SECTIONS)]
    assert not any(not found.hint for found in examine(sheet_text(*sections, head=OPEN)).mistakes)
    for text, path, what in (
        (sheet_text(*sections, questions(1, "last"), head=OPEN), ("sections", 500), "500 sections"),
        (
            sheet_text(questions(600), questions(MOST_PROMPTS - 599, "t"), head=OPEN),
            ("sections", 1, "prompts", 400),
            "1,000 prompts",
        ),
    ):
        examined = examine(text)
        assert examined.worksheet is None
        (mistake,) = examined.mistakes
        assert mistake.path == path
        assert what in mistake.message
        assert mistake.line > 1
    assert examine(sheet_text(questions(600), questions(400, "t"), head=OPEN)).is_sound


def test_a_short_way_stays_behind() -> None:
    library = Library(care=section_text(f"{TEXT}, core = true"))
    composed = library.compose(include("care"), section_text('id = "own", kind = "text", core = true'))
    assert [prompt.core for _, prompt in composed.worksheet.prompts()] == [False, True]
