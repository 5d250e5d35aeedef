"""How much work was done, counted by the calls of functions, so that no test of costs looks at a clock."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def counted(*functions: Callable[..., Any]) -> Iterator[Counter[str]]:
    """Count the calls of these Python functions in the block, by their names."""
    names = {function.__code__: function.__name__ for function in functions}
    counts: Counter[str] = Counter()

    def see(frame: FrameType, event: str, argument: object) -> None:
        del argument
        if event == "call" and frame.f_code in names:
            counts[names[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        yield counts
    finally:
        sys.setprofile(before)
