"""What the walk and its flow hand each other: the question asked now, and what came of a line.

It must not decide where the walk goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from libwell.kinds.base import Step
    from libwell.rules.asked_now import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now: the prompt, its step, and where it stands among all that are asked.

    `list` has the lines of the prompt's first step: all its items, numbered, or its options. `going_on` is
    true while an answer of several lines is typed, `once_more` where a line was taken and the step is asked
    again.
    """

    asked: Asked
    step: Step
    list: tuple[str, ...]
    number: int
    total: int
    first_step: bool
    going_on: bool
    once_more: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a line: sentences to say back, and what the flow is to do (empty: ask on).

    `act` is one of `pause`, `finish`, or a command that shows something or opens the editor. `in_words` is
    true where the line was kept in the person's own words.
    """

    said: tuple[str, ...] = ()
    act: str = ""
    in_words: bool = False
