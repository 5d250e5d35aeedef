"""A pulse while a line is waited for, so that no signal is slept over.

A signal that comes between showing a prompt and waiting for a key is only noted by Python; the wait itself
would go on until the next key. Waking up twice a second lets it be dealt with. It must not do anything else.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 0.5


@contextmanager
def pulse() -> Iterator[None]:
    """Wake up regularly for the block; where the system has no timers, nothing happens."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
