"""Whom to turn to: always there, never set off by an answer.

Every line can be read as it is, wherever it goes. A number of one country is said to be of that country; it
never stands alone, and where another country is configured it does not stand at all.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible, one_line
from libwell.model.countries import known_as, say_country
from libwell.model.dates import say_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.resources import Resource
    from libwell.model.settings import Contact

SUPPORT_HEAD = "Whom you can turn to, at any time:"
TRUSTED = "Somebody you trust, at work or outside it. It need not be your supervisor."
THROUGH_WORK = (
    "Through work: an employee assistance program, a union, a colleague in another branch or department."
)
ADD_OWN = "To add people or a helpline of your own: libwell config support add."
IN_ONE_COUNTRY = "One country alone, by chat or TTY too: libwell support --country US."
EMERGENCY = (
    "If you or somebody else is in danger: call your local emergency number, wherever you are, at any hour."
)
_ASK_LOCALLY = "a doctor, a nurse or the emergency number can tell you which"
ELSEWHERE = f"Other countries have helplines of their own; {_ASK_LOCALLY}."
ANYWHERE = f"Most countries have helplines; {_ASK_LOCALLY}."
NUMBERS_CHANGE = "Numbers change: a library checks its own."
ONLY_TYPED = (ADD_OWN, IN_ONE_COUNTRY)
"""What only libwell itself can do: nothing of it stands on paper."""

EMERGENCY_ID = "emergency-number"  # always said, and last, in words that need no file


def support_lines(
    contacts: Iterable[Contact], country: str, helplines: Iterable[Resource]
) -> tuple[str, ...]:
    """Whom one can turn to, one way a line; the emergency number is the last.

    `country` is two letters, empty where none is known: then every country's helplines are there. Resources
    that are no helplines are left out.
    """
    people = tuple(map(contact_line, contacts))
    lines = [one for one in helplines if one.kind == "helpline" and one.id != EMERGENCY_ID]
    lines.sort(key=lambda one: one.country == "")
    here = [one for one in lines if known_as(one.country) in (known_as(country), "")] if country else lines
    is_known = any(one.country for one in here)
    return (
        *people,
        TRUSTED,
        THROUGH_WORK,
        *(_in_country(country, here) if country else _in_all_countries(here)),
        *([_changing(here)] if is_known else []),
        *([IN_ONE_COUNTRY] if is_known and not country else []),
        *(() if people and (is_known or not country) else (ADD_OWN,)),
        EMERGENCY,
    )


def contact_line(contact: Contact) -> str:
    """A contact in one line: name, role, how to reach; hours; who can see that one asked."""
    who = ", ".join(filter(str.strip, (contact.name, contact.role)))
    sees = f"who can see that you asked: {contact.sees}" if contact.sees.strip() else ""
    parts = (f"{who}: {contact.reach}", contact.hours, sees)
    return _plain("; ".join(filter(str.strip, parts)))


def _in_country(country: str, here: Sequence[Resource]) -> Iterator[str]:
    """Each way of each helpline: by voice, then those without."""
    if not any(one.country for one in here):
        yield f"libwell has no helpline number for {say_country(country)}; {_ASK_LOCALLY} there are."
    for one in here:
        ways = [*map(_plain, one.without_voice)]
        is_told = any(one.url in way for way in ways)
        yield _about(one) if is_told else f"{_about(one)} {_plain(one.url)}".rstrip()
        yield from ways


def _in_all_countries(known: Sequence[Resource]) -> Iterator[str]:
    """Each helpline in one line, with its address unless it names a number."""
    for one in known:
        place, text = f"In {say_country(one.country)}:", _about(one)
        said = f"{place} {text}" if one.country and not text.startswith(place) else text
        has_number = one.country and any(map(str.isdigit, one.about))
        yield said if has_number else f"{said} {_plain(one.url)}".rstrip()
    if all(one.country for one in known):
        yield ELSEWHERE if known else ANYWHERE


def _about(helpline: Resource) -> str:
    """What a helpline says of itself, with its name unless it begins with its country."""
    begins = helpline.about.startswith(f"In {say_country(helpline.country)}:")
    return _plain(helpline.about if begins else f"{helpline.title}. {helpline.about}")


def _changing(here: Iterable[Resource]) -> str:
    """That numbers change, and since when at the latest all of these were not looked up."""
    days = sorted({one.looked_up for one in here if one.country})
    if "" in days:
        return NUMBERS_CHANGE
    later = " or later" if len(days) > 1 else ""
    return f"Looked up on {say_day(dt.date.fromisoformat(days[0]))}{later}. {NUMBERS_CHANGE}"


def _plain(text: str) -> str:
    return one_line(make_visible(text))


SUPPORT = support_lines((), "", ())
"""One way a line, where no configuration and no resources are known."""
