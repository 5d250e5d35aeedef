"""What authors are told of sources and resources: addresses that lead nowhere, and what has grown old."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.model.links import LINK_REMEDY, is_link
from libwell.rules.support import EMERGENCY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.resources import Resource
    from libwell.model.worksheet import Source

_TOO_LONG_AGO = dt.timedelta(days=2 * 365)
_LOOK_UP = "Look it up, and write the day: looked_up ="


def wrong_addresses(works: Iterable[Source | Resource], key: str) -> Iterator[Mistake]:
    """Each address that can't be followed; `key` is where the works stand in the file."""
    for number, one in enumerate(works):
        if one.url and not is_link(one.url):
            yield Mistake("this is no address that can be followed.", (key, number, "url"), LINK_REMEDY)


def resource_mistakes(resources: Sequence[Resource], today: dt.date) -> Iterator[Mistake]:
    """Addresses that can't be followed; and, as hints, what was not looked up for two years."""
    yield from wrong_addresses(resources, "resources")
    for number, one in enumerate(resources):
        place = ("resources", number, "looked_up")
        remedy = f"{_LOOK_UP} {today.isoformat()}"
        if one.looked_up and today - dt.date.fromisoformat(one.looked_up) > _TOO_LONG_AGO:
            yield Mistake("this was last looked up more than two years ago.", place, remedy, hint=True)
        elif one.kind == "helpline" and not one.looked_up and one.id != EMERGENCY_ID:
            message = f"the helpline {one.id} does not say when it was last looked up."
            yield Mistake(message, place, remedy, hint=True)
