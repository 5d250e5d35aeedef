"""The terminal's own settings for the length of a conversation, and their way back at every exit.

The terminal's line buffer holds 4,095 characters and drops the rest of a longer line. So for the whole
conversation, between two prompts too, the terminal hands over each key at once (no line buffer) and marks
what is pasted (bracketed paste). It must not read keys or show text of its own.
"""

from __future__ import annotations

import os
import signal
import termios
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from libwell.terminal.output import Switch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from libwell.terminal.output import Output

    Handler = signal.Handlers | Callable[[int, FrameType | None], None]

_INPUT, _LOCAL, _KEYS = 0, 3, 6  # where tcgetattr keeps them
_PULSE = 0.5  # seconds


class Modes:
    """Changes the terminal behind a file descriptor, and puts it back.

    `after_stop` is called when the person comes back after Ctrl-Z, to show the line again.
    """

    def __init__(self, descriptor: int, output: Output, *, after_stop: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._output = output
        self._after_stop = after_stop
        self._before = termios.tcgetattr(descriptor)
        self._is_ours = False

    def enter(self) -> None:
        """Take the terminal over."""
        self._is_ours = True
        self._set(self._conversing())
        self._output.switch(Switch.PASTE_ON)
        _handle_stop(self._stop, instead_of=signal.SIG_DFL)

    def leave(self) -> None:
        """Give the terminal back as it was; does nothing the second time, and fails on none that is gone."""
        try:
            self._restore()
        except BaseException:  # a second signal, while the first one's exit was under way
            self._restore()
            raise

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Lend the terminal, as it was, to another program."""
        self.leave()
        try:
            yield
        finally:
            self.enter()

    @contextmanager
    def echoing(self) -> Iterator[None]:
        """For GNU readline, which shows nothing on a terminal that doesn't echo when it begins."""
        self._set(self._conversing(echo=termios.ECHO))
        try:
            yield
        finally:
            self._set(self._conversing())

    def _restore(self) -> None:
        if self._is_ours:
            self._set(self._before)
            with suppress(OSError, ValueError):
                self._output.switch(Switch.PASTE_OFF)
            _handle_stop(signal.SIG_DFL, instead_of=self._stop)
            self._is_ours = False

    def _conversing(self, *, echo: int = 0) -> list[Any]:
        """No line buffer, echo only if asked for, Enter as it comes; Ctrl-C and Ctrl-Z stay what they are."""
        attributes = [*self._before[:_KEYS], list(self._before[_KEYS])]
        attributes[_INPUT] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
        attributes[_LOCAL] = attributes[_LOCAL] & ~(termios.ICANON | termios.ECHO) | echo
        attributes[_KEYS][termios.VMIN] = 1
        attributes[_KEYS][termios.VTIME] = 0
        return attributes

    def _set(self, attributes: list[Any]) -> None:
        with suppress(termios.error):  # hung up
            termios.tcsetattr(self._descriptor, termios.TCSANOW, attributes)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Ctrl-Z: stop with the terminal as it was before, come back to it as it was just now."""
        now = termios.tcgetattr(self._descriptor)
        with self.lent():
            os.kill(os.getpid(), signal.SIGTSTP)
        self._set(now)
        self._after_stop()


def _handle_stop(handler: Handler, *, instead_of: Handler) -> None:
    """Handle Ctrl-Z in this way, unless somebody else handles it otherwise."""
    if signal.getsignal(signal.SIGTSTP) == instead_of:
        signal.signal(signal.SIGTSTP, handler)


@contextmanager
def pulse() -> Iterator[None]:
    """Wake up regularly for the block, so that no signal is slept over.

    One that comes between showing a prompt and waiting for a key is only noted by Python; the wait itself
    would go on until the next key.
    """
    before = signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, _PULSE, _PULSE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
