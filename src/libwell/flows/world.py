"""A new response: its id, its person, its definition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.model.response import Person, Response
from libwell.rules.support import support_anywhere
from libwell.storage.definitions import definition_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from libwell.model.worksheet import Worksheet

_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"


@dataclass(frozen=True, slots=True)
class World:
    """What comes from outside. It is handed in at `cli`, so that all below gives the same for the same input.

    `now` gives the local time with its zone, `choose` picks one of some texts, or one character of a text.
    `call` is how libwell was called, with the options that a later call needs too to find the same files.
    `support` gives whom one can turn to, one way a line; `file` is the worksheet's, if it was named by path;
    `country` is the one configured, two letters (empty: none). With `one_by_one` items are asked one by one
    without a list of all before, as for a screen reader.
    """

    now: Callable[[], dt.datetime]
    choose: Callable[[Sequence[str]], str]
    call: str = "libwell"
    support: Callable[[], tuple[str, ...]] = support_anywhere
    file: str = ""
    one_by_one: bool = False
    country: str = ""

    @property
    def today(self) -> dt.date:
        """The local day."""
        return self.now().date()

    def last_part(self) -> str:
        """Draw the last part of an id: letter, digit, letter, digit, none easily taken for another."""
        return "".join(self.choose(some) for some in (_LETTERS, _DIGITS, _LETTERS, _DIGITS))


def new_response(worksheet: Worksheet, person: Person, world: World) -> Callable[[str], Response]:
    """Make the maker of a new response: give it the last part of the id."""
    moment = world.now()
    definition = definition_of(worksheet)

    def make(last: str) -> Response:
        return Response(
            id=f"{worksheet.id}-{moment.date().isoformat()}-{last}",
            created=moment.astimezone(dt.UTC),
            updated=moment.astimezone(dt.UTC),
            person=person,
            definition=definition,
        )

    return make
