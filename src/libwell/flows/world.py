"""What comes from outside: the clock, chance, how libwell was called, whom one can turn to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.rules.support import SUPPORT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence


_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"


@dataclass(frozen=True, slots=True)
class World:
    """What comes from outside. It is handed in at `cli`, so that all below gives the same for the same input.

    `now` gives the local time with its zone, `choose` picks one of some texts, or one character of a text.
    `call` is how libwell was called, with the options that a later call needs too to find the same files.
    `support` gives whom one can turn to, one way a line; `file` is the worksheet's, if it was named by path;
    `country` is the one configured, two letters (empty: none). With `aloud` a screen reader says all of it:
    items are asked one by one without a list of all before, no bars are drawn, and what was heard is not said
    again unasked. With `terse` what can be typed is said once in a walk. `local` gives a moment in the zone
    of the clock, as its own day had it.
    """

    now: Callable[[], dt.datetime]
    choose: Callable[[Sequence[str]], str]
    call: str = "libwell"
    support: Callable[[], tuple[str, ...]] = field(default=lambda: SUPPORT)
    local: Callable[[dt.datetime], dt.datetime] = field(default=lambda moment: moment.astimezone())
    file: str = ""
    aloud: bool = False
    terse: bool = False
    country: str = ""

    @property
    def today(self) -> dt.date:
        """The local day."""
        return self.now().date()

    def last_part(self) -> str:
        """Draw the last part of an id: letter, digit, letter, digit, none that looks like another."""
        return "".join(map(self.choose, (_LETTERS, _DIGITS, _LETTERS, _DIGITS)))
