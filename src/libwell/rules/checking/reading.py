"""How easily English text reads, as a school grade: of worksheets, never of what a person wrote."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

# Letters and digits, with what joins them: don't, long-term.
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2010\u2011-][^\W_]+)*")
# A paragraph ends a sentence; a full stop before a small letter does not, as in "e.g. breaks".
_SENTENCE_END = re.compile(r"[.!?…](?=[\"'\u201d\u2019)\]]*+(?:\s++(?![a-z])|$))|\n[^\S\n]*+\n")
_MOST_CHARACTERS, _MOST_LETTERS = 20_000, 40


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of an English text; 0 where there are no words.

    0.39 (words / sentences) + 11.8 (syllables / words) - 15.59: J. P. Kincaid, R. P. Fishburne, R. L. Rogers
    and B. S. Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel, Research Branch
    Report 8-75, 1975. Syllables are told from the places where a word can be divided. Of a text that is
    longer than any question the first 20,000 characters are read.
    """
    sentences = [words for words in map(_WORD.findall, _SENTENCE_END.split(text[:_MOST_CHARACTERS])) if words]
    if not sentences:
        return 0.0
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * _syllables(words) / len(words) - 15.59


def can_grade() -> bool:
    """Whether Pyphen is installed, which counts the syllables."""
    try:
        import pyphen  # noqa: F401 - whether it is there
    except ImportError:
        return False
    return True


def prompt_grades(worksheet: Worksheet) -> tuple[float, ...]:
    """Give the grade of each prompt, its question and its help together, in the order asked."""
    return tuple(grade(f"{prompt.ask}\n\n{prompt.help}") for _, prompt in worksheet.prompts())


def worksheet_grade(worksheet: Worksheet) -> float | None:
    """Give the median grade of the prompts; None if there are none, or if they are not in English."""
    grades = prompt_grades(worksheet) if is_english(worksheet) else ()
    return median(grades) if grades else None


def is_english(worksheet: Worksheet) -> bool:
    """Whether a worksheet says that it is in English, of whatever country."""
    return worksheet.language.casefold().partition("-")[0] == "en"


def _syllables(words: list[str]) -> int:
    from pyphen import Pyphen  # it lists its dictionaries on import, and reads one of them below

    dictionary = Pyphen(lang="en_US")
    letters = (re.sub(r"\W", "", word)[:_MOST_LETTERS] for word in words)
    return sum(len(dictionary.positions(word)) + 1 for word in letters)
