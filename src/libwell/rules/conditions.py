"""Judging a `when`: whether it holds, given the answers above it. A single test is its kind's to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from libwell.kinds.base import Prompt
from libwell.kinds.values import Value
from libwell.rules.caching import cached_by_identity

if TYPE_CHECKING:
    from libwell.model.conditions import Condition

Answers = Mapping[str, tuple[Prompt, Value]]
"""Answers that count, by prompt id: those of prompts that are shown and answered, as they stand now."""


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Judge a condition. A prompt that is hidden, skipped or not answered fails every test but `answered`."""
    if condition is None:
        return True
    if condition.all_ is not None:
        return all(holds(part, answers) for part in condition.all_)
    if condition.any_ is not None:
        return any(holds(part, answers) for part in condition.any_)
    if condition.not_ is not None:
        return not holds(condition.not_, answers)
    given = answers.get(condition.prompt or "")
    if condition.answered is not None:
        return condition.answered == (given is not None)
    return given is not None and given[0].passes(condition, given[1])


@cached_by_identity
def looks_at(condition: Condition | None) -> frozenset[str]:
    """The ids of the prompts a condition looks at."""
    tests = condition.tests() if condition else ()
    return frozenset(test.prompt or "" for _, test in tests)
