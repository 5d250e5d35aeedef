"""What no worksheet does with numbers: measure a person, or say a diagnosis. For authors, as mistakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.rules.privacy import personal_scores, says_own_bands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.conditions import Condition
    from libwell.model.worksheet import Worksheet

_CLINICAL = re.compile(r"\b(?:burnout|burned out|depress\w+|severe\w*|at risk|high[- ]risk)\b", re.IGNORECASE)
_SELF_HARM = re.compile(
    r"\b(?:(?:harm|hurt|kill)(?:ing)? (?:yourself|myself)|end(?:ing)? (?:your|my) life|suicidal)\b",
    re.IGNORECASE,
)
_FOR_PERSON = "a score of private answers, or of level me, is for the person alone"
_OF_THE_WORK = "Make the score of the work, or take this out."
_INSTRUMENT = (
    'Take them out. Only a published instrument has bands here: a source with role = "instrument", '
    "its `key` and its `licence`."
)


def guardrail_mistakes(worksheet: Worksheet, *, own: int) -> Iterator[Mistake]:
    """Everything in a worksheet that could be turned against a person.

    Its first scores are its `own`, so many; those behind them came with an include, and were judged there.
    """
    personal = personal_scores(worksheet)
    for number, score in enumerate(worksheet.scores[:own]):
        path: KeyPath = ("scores", number)
        for position, band in enumerate(score.bands):
            for word in dict.fromkeys(_CLINICAL.findall(band.say)):
                message = f"libwell says no diagnosis, and “{word}” is a clinical word."
                yield Mistake(message, (*path, "bands", position, "say"), "Say it in words of the work.")
        if score.id in personal:
            if score.bands and not says_own_bands(worksheet):
                yield Mistake(f"{_FOR_PERSON}; it has no bands.", (*path, "bands"), _INSTRUMENT)
            for key in ("offer_at_least", "offer_at_most"):
                if getattr(score, key) is not None:
                    yield Mistake(f"{_FOR_PERSON}; nothing is offered by it.", (*path, key), _OF_THE_WORK)
    yield from _without_support(worksheet)
    for number, section in enumerate(worksheet.sections):
        place: KeyPath = ("sections", number)
        yield from _looking(section.when, personal, (*place, "when"))
        for position, prompt in enumerate(section.prompts):
            yield from _looking(prompt.when, personal, (*place, "prompts", position, "when"))


def _without_support(worksheet: Worksheet) -> Iterator[Mistake]:
    """Questions about harming oneself after which nobody is named whom to turn to."""
    for path, prompt in worksheet.placed():
        if _SELF_HARM.search(prompt.model_dump_json()) and not prompt.support:
            message = "this asks about harming oneself."
            remedy = 'Write support = "now": whom to turn to is shown at once, and the answer never leaves.'
            yield Mistake(message, (*path, "ask"), remedy)


def _looking(condition: Condition | None, personal: frozenset[str], path: KeyPath) -> Iterator[Mistake]:
    """Tests of a condition that look at a score which is for the person alone."""
    for inside, test in condition.tests() if condition else ():
        if test.score in personal:
            message = f"{_FOR_PERSON}; no condition looks at it."
            yield Mistake(message, (*path, *inside, "score"), "Look at an answer.")
