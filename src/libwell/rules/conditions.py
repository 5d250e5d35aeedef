"""Judging a `when`: whether it holds, given the answers above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from libwell.kinds.base import Value
from libwell.kinds.picking import NO_MARK, entry_id, is_own
from libwell.rules.caching import cached_by_identity

if TYPE_CHECKING:
    from libwell.model.conditions import Condition

Answers = Mapping[str, Value]
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
    return _test(condition, answers)


def looks_at(condition: Condition | None) -> frozenset[str]:
    """The ids of the prompts a condition looks at."""
    return _seen(condition) if condition else frozenset()


@cached_by_identity
def _seen(condition: Condition) -> frozenset[str]:
    return frozenset(test.prompt or "" for test in condition.tests())


def _test(test: Condition, answers: Answers) -> bool:
    value = answers.get(test.prompt or "")
    if test.answered is not None:
        return test.answered == (value is not None)
    if value is None:
        return False
    if test.is_ is not None:
        return _same("other" if is_own(value) else value, test.is_)
    if test.includes is not None:
        return isinstance(value, list) and test.includes in map(_name, value)
    if test.marked is not None or test.with_ is not None:
        return _is_marked(test, value)
    return _is_between(test, value)


def _same(value: Value, wanted: object) -> bool:
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)


def _name(entry: Value) -> str:
    return "other" if is_own(entry) else str(entry)


def _is_marked(test: Condition, value: Value) -> bool:
    if not isinstance(value, dict):
        return False
    if test.with_ is not None:
        lists = [value.get(test.with_, [])]
    else:
        lists = [entries for mark, entries in value.items() if mark != NO_MARK]
    names = {name for entries in lists for entry in entries for name in (_name(entry), entry_id(entry))}
    return bool(names) if test.marked is None else test.marked in names


def _is_between(test: Condition, value: Value) -> bool:
    if test.item is not None:
        value = value.get(test.item) if isinstance(value, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = test.at_least, test.at_most
    return (low is None or value >= low) and (high is None or value <= high)
