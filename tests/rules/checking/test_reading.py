"""How easily a worksheet reads: the grade agrees with textstat's, and no text makes it slow."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from build import OPEN, examine, worksheet_of, worksheet_text
from libwell import load_worksheet
from libwell.rules.checking.reading import grade, prompt_grades, worksheet_grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.worksheet import Worksheet

SHIPPED = sorted((Path(__file__).parents[3] / "worksheets").glob("*.toml"))

# textstat leaves sentences of one or two words out of its count, and takes every full stop for the end of
# one, also that of an abbreviation: so a short text may differ by about a grade, a worksheet by less, and
# most where all its questions are short.
NEAR, NEAR_AT_THE_MEDIAN = 1.5, 0.75


def shipped() -> Iterator[Worksheet]:
    for path in SHIPPED:
        if '\nlibwell = "worksheet/' in path.read_text(encoding="utf-8"):
            yield load_worksheet(path)


def textstat_grade(text: str) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks setuptools where its data lies, who warn of that
        from textstat import textstat
    textstat.set_rounding(False)  # a tenth of a syllable a word makes more than a grade
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.thorough
def test_the_grades_of_shipped_prompts_are_those_of_textstat() -> None:
    for worksheet in shipped():
        texts = [f"{prompt.ask}\n\n{prompt.help}" for _, prompt in worksheet.prompts()]
        theirs = [textstat_grade(text) for text in texts]
        assert prompt_grades(worksheet) == pytest.approx(theirs, abs=NEAR), worksheet.id
        assert worksheet_grade(worksheet) == pytest.approx(median(theirs), abs=NEAR_AT_THE_MEDIAN)


@pytest.mark.parametrize(("language", "hints"), [("en", 1), ("de", 0)])
def test_without_the_extra_for_authors_check_says_what_it_can_not_tell(
    monkeypatch: pytest.MonkeyPatch, language: str, hints: int
) -> None:
    monkeypatch.setitem(sys.modules, "pyphen", None)
    head = f'{OPEN}\nlanguage = "{language}"'
    found = examine(worksheet_text('id = "it", kind = "text"', head=head)).mistakes
    said = [one.remedy for one in found if one.message == "how easily this reads can't be told."]
    assert said == ['Something has to count syllables: pip install "libwell[authors]"'] * hints


def test_shipped_worksheets_read_easily() -> None:
    grades = {worksheet.id: worksheet_grade(worksheet) for worksheet in shipped()}
    assert len(grades) >= 5
    assert {name: found for name, found in grades.items() if found is None or found > 9} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cat sat on the mat.", 0.39 * 6 + 11.8 * 1 - 15.59),  # six words, six syllables
        ("The cat sat. The dog ran.", 0.39 * 3 + 11.8 * 1 - 15.59),
        ("The cat sat\non the mat", 0.39 * 6 + 11.8 * 1 - 15.59),  # a line break is a space
        ("The cat sat\n \nThe dog ran", 0.39 * 3 + 11.8 * 1 - 15.59),  # an empty line ends a sentence
        ("“The cat sat.” (The dog ran!)", 0.39 * 3 + 11.8 * 1 - 15.59),
        ("The cat sat, e.g. on 2.5 mats", 0.39 * 9 + 11.8 * 1 - 15.59),
        ("Consider organisational responsibility.", 0.39 * 3 + 11.8 * (3 + 6 + 6) / 3 - 15.59),
    ],
)
def test_the_formula(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", " \n\n ", "… ?!", "___", "🙂 — 🙂"])
def test_a_text_without_words_has_grade_nought(text: str) -> None:
    assert grade(text) == 0


@pytest.mark.parametrize("piece", ["word ", "x", ".", "a. ", ".'", "\n ", "\n", ". \t", "a-", "?!”", "ﬃ"])
def test_of_a_long_text_the_beginning_is_read(piece: str) -> None:
    text = (piece * 100_000)[:99_999] + "x"
    assert grade(text) == grade(text[:20_000])


def test_plain_words_read_more_easily_than_official_ones() -> None:
    plain = "What helps you rest? Think of one small thing."
    official = "Facilitate organisational accommodations for colleagues' restorative recuperation."
    assert grade(plain) < 5
    assert grade(official) > 12


# --- worksheets -----------------------------------------------------------------------------------

EASY = 'id = "easy", kind = "text", ask = "What helps you?"'
HARD = 'id = "hard", kind = "text", ask = "Which organisational considerations predominate?"'


def test_a_worksheet_has_the_median_grade_of_its_prompts() -> None:
    worksheet = worksheet_of(EASY, HARD, EASY.replace("easy", "easy-too"))
    easy, hard, _ = prompt_grades(worksheet)
    assert easy < hard
    assert worksheet_grade(worksheet) == easy


def test_the_help_of_a_prompt_counts() -> None:
    helped = worksheet_of(f'{EASY}, help = "Organisational considerations predominate."')
    assert prompt_grades(helped) > prompt_grades(worksheet_of(EASY))


@pytest.mark.parametrize(
    ("language", "is_measured"), [("en", True), ("en-GB", True), ("EN", True), ("de", False), ("enm", False)]
)
def test_only_english_is_measured(language: str, *, is_measured: bool) -> None:
    worksheet = worksheet_of(EASY, head=f'{OPEN}\nlanguage = "{language}"')
    assert (worksheet_grade(worksheet) is not None) == is_measured


def test_a_worksheet_without_prompts_has_no_grade() -> None:
    assert worksheet_grade(worksheet_of()) is None
