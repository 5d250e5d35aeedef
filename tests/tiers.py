"""Which tests run when: a quick tier of some minutes, and with `--thorough` all of them.

A test belongs to the quick tier unless it is marked. `thorough` leaves it out, or one `pytest.param`.
`quick_cases(n)` keeps the first cases of a test; `each_value_once` keeps the fewest cases in which every
value of every parameter comes up. `examples` says how many examples Hypothesis tries.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

QUICK = 100  # examples
MARKERS = (
    "thorough: left out unless --thorough is given",
    "quick_cases(n): only the first n cases, unless --thorough is given",
    "each_value_once: only cases that show every value of every parameter, unless --thorough is given",
)


class Tier:
    """The tier that runs; told by conftest before any test is imported."""

    is_thorough = False


def examples(thorough: int, *, quick: int = QUICK) -> settings:
    """How many examples Hypothesis tries; no more than `quick` in the quick tier."""
    unhealthy = [HealthCheck.too_slow, HealthCheck.data_too_large]
    count = thorough if Tier.is_thorough else min(thorough, quick)
    return settings(max_examples=count, deadline=None, suppress_health_check=unhealthy)


def left_out(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """The items that are not in the quick tier."""
    tests: dict[Any, list[Any]] = defaultdict(list)
    for item in items:
        tests[item.parent, getattr(item, "originalname", item.name)].append(item)
    return {item for cases in tests.values() for item in _left_out_of_one(cases)}


def _left_out_of_one(cases: list[Any]) -> Iterator[pytest.Item]:
    """What of the cases of one test is left out."""
    kept = [case for case in cases if not case.get_closest_marker("thorough")]
    yield from (case for case in cases if case not in kept)
    if (first := cases[0].get_closest_marker("quick_cases")) is not None:
        yield from kept[first.args[0] :]
    elif cases[0].get_closest_marker("each_value_once"):
        needed = list(_covering(kept))
        yield from (case for case in kept if case not in needed)


def _covering(cases: list[Any]) -> Iterator[pytest.Item]:
    """Cases in which every value comes up: always the next that shows the most new ones."""
    values = {case: {(name, repr(value)) for name, value in case.callspec.params.items()} for case in cases}
    unseen = set().union(*values.values())
    while unseen:
        best = max(cases, key=lambda case: len(values[case] & unseen))
        unseen -= values[best]
        yield best
