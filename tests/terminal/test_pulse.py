"""A signal that nobody waits for any more is dealt with all the same."""

from __future__ import annotations

import os
import signal
import time

import pytest

from libwell.terminal.posix.modes import pulse


@pytest.mark.thorough
def test_a_wait_is_interrupted_again_and_again() -> None:
    woken: list[float] = []
    reading, writing = os.pipe()
    with pulse():
        handler = signal.getsignal(signal.SIGALRM)
        signal.signal(signal.SIGALRM, lambda _number, _frame: _wake(woken, writing))
        assert os.read(reading, 1) == b"x"  # without the pulse this would wait for ever
        signal.signal(signal.SIGALRM, handler)
    os.close(reading)
    os.close(writing)
    assert len(woken) == 2


def _wake(woken: list[float], writing: int) -> None:
    woken.append(time.monotonic())
    if len(woken) == 2:
        os.write(writing, b"x")


def test_it_ends_with_the_block_also_when_that_fails() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(KeyboardInterrupt), pulse():
        raise KeyboardInterrupt
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before
