"""Worked examples of scores that come out otherwise, or that the worksheet would not take."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, cast

from libwell.errors import KeyPath, Mistake
from libwell.kinds.steps import Around
from libwell.model.nearest import did_you_mean
from libwell.model.numbers import exact, plain
from libwell.rules.answers import numbered
from libwell.rules.asked_now import wrong_with
from libwell.rules.scoring import Answer, Scoring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.kinds.values import Value
    from libwell.model.scores import Example, Score
    from libwell.model.worksheet import AnyPrompt, Worksheet

_MOST_MISTAKES = 100
_CLOSE = Fraction(1, 200)
"""Half of the second decimal: an example may say 1.67 for five thirds, and 1.12 or 1.13 for nine eighths."""


def example_mistakes(
    score: Score, worksheet: Worksheet, path: KeyPath, unread: frozenset[str]
) -> Iterator[Mistake]:
    """Examples of a score, which stands at `path`, that come out otherwise than they say.

    `unread` holds the ids of prompts that could not be read.
    """
    prompts = worksheet.by_id()
    for position, example in enumerate(score.examples):
        place = (*path, "examples", position)
        answers = _answers(example, worksheet)
        bad = list(islice(_wrong_answers(example, answers, prompts, unread), _MOST_MISTAKES))
        yield from (replace(one, path=(*place, "given", *one.path)) for one in bad)
        if not bad:
            yield from _wrong_result(example, score, Scoring(worksheet, answers), place)


def _answers(example: Example, worksheet: Worksheet) -> dict[str, Answer]:
    """The answers of an example, with the rows and options that come of them."""
    answers: dict[str, Answer] = {}
    for _, prompt in worksheet.prompts():
        around, source = Around(dt.date.min), answers.get(prompt.source or "")
        if source is not None and source.value is not None:
            around = replace(around, picks=source.prompt.picked(source.value, source.around))
        if prompt.id in example.given:
            value = numbered(cast("Value", example.given[prompt.id]))
            answers[prompt.id] = Answer(prompt, around, value)
    return answers


def _wrong_answers(
    example: Example, answers: dict[str, Answer], prompts: dict[str, AnyPrompt], unread: frozenset[str]
) -> Iterator[Mistake]:
    """Answers in an example that the worksheet would not take."""
    for name in example.given:
        if name in answers:
            one = answers[name]
            for problem in wrong_with(one.prompt, one.value, one.around):
                yield Mistake(problem.message, (name, *problem.path), problem.remedy)
        elif name not in unread:
            remedy = did_you_mean(name, prompts) or "Name what the score is made of."
            yield Mistake(f"there is no prompt {name}.", (name,), remedy)


def _wrong_result(example: Example, score: Score, scoring: Scoring, path: KeyPath) -> Iterator[Mistake]:
    """An example whose answers give another score than it says; with a value a row, another greatest one."""
    found, said = scoring.result(score.id), example.score
    value = found.rows[0].value if found.rows else found.value
    if value is None:
        if said is not None:
            message = f"these answers give no score: {score.title} takes {found.needed}."
            yield Mistake(message, (*path, "score"), "Give more answers, or leave score out.")
    elif said is None or abs(value - exact(said)) > _CLOSE:
        message = f"these answers give {plain(value)}, and not {'no score' if said is None else said}."
        yield Mistake(message, (*path, "score"), "Mend the example, or what the score is made of.")
