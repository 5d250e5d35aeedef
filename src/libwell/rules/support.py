"""Whom to turn to: always there, never set off by an answer.

Every line can be read as it is, wherever it goes. A number of one country is said to be of that country; it
never stands alone, and where another country is configured it does not stand at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.characters import make_visible, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.resources import Resource
    from libwell.model.settings import Contact

SUPPORT_HEAD = "Whom you can turn to, at any time:"
TRUSTED = "Somebody you trust, at work or outside it. It need not be your supervisor."
THROUGH_WORK = (
    "Through work: an employee assistance program, a union, a colleague in another branch or department."
)
ADD_OWN = (
    "Somebody of your own choice stands here first, once you have added them: libwell config support add."
)
EMERGENCY = (
    "If you or somebody else is in danger: call your local emergency number, wherever you are, at any hour."
)
_ASK_LOCALLY = "a doctor, a nurse or the emergency number can tell you which"
ELSEWHERE = f"Other countries have helplines of their own; {_ASK_LOCALLY}."
ANYWHERE = f"Most countries have helplines; {_ASK_LOCALLY}."
SUPPORT: tuple[str, ...] = (
    TRUSTED,
    THROUGH_WORK,
    f"In the United States: call or text 988, at any hour. {ELSEWHERE}",
    EMERGENCY,
)
"""One way a line, for paper: it knows of no configuration and no resources."""

_EMERGENCY_ID = "emergency-number"  # always said, and last, in words that need no file
_COUNTRIES = {"US": "the United States"}  # in words where our own resources have one; else the two letters


def support_lines(
    contacts: Iterable[Contact], country: str, helplines: Iterable[Resource]
) -> tuple[str, ...]:
    """Whom one can turn to, one way a line; the emergency number is the last.

    `country` is the configured one, empty if there is none; resources that are no helplines are left out.
    """
    people = tuple(map(contact_line, contacts))
    lines = [one for one in helplines if one.kind == "helpline" and one.id != _EMERGENCY_ID]
    return (
        *people,
        TRUSTED,
        THROUGH_WORK,
        *(_in_country(country, lines) if country else _in_all_countries(lines)),
        *(() if people else (ADD_OWN,)),
        EMERGENCY,
    )


def contact_line(contact: Contact) -> str:
    """A contact in one line: name, role, how to reach; hours; who can see that one asked."""
    who = ", ".join(filter(str.strip, (contact.name, contact.role)))
    sees = f"who can see that you asked: {contact.sees}" if contact.sees.strip() else ""
    parts = (f"{who}: {contact.reach}", contact.hours, sees)
    return _plain("; ".join(filter(str.strip, parts)))


def _in_country(country: str, helplines: Iterable[Resource]) -> Iterator[str]:
    here = [one for one in helplines if one.country in (country, "")]
    yield from map(_about, here)
    if not any(one.country for one in here):
        ask = _ASK_LOCALLY[0].upper() + _ASK_LOCALLY[1:]
        yield f"libwell has no helpline number for {_say_country(country)}. {ask} there is."


def _in_all_countries(helplines: Iterable[Resource]) -> Iterator[str]:
    known = sorted(helplines, key=lambda one: one.country != "")
    for one in known:
        place, text = f"In {_say_country(one.country)}:", _about(one)
        yield f"{place} {text}" if one.country and not text.startswith(place) else text
    yield ELSEWHERE if any(one.country for one in known) else ANYWHERE


def _about(helpline: Resource) -> str:
    """What a helpline says of itself, with its name unless it begins with its country."""
    begins = helpline.about.startswith(f"In {_say_country(helpline.country)}:")
    text = helpline.about if begins else f"{helpline.title}. {helpline.about}"
    return _plain(f"{text} {helpline.url}")


def _say_country(country: str) -> str:
    return _COUNTRIES.get(country, country)


def _plain(text: str) -> str:
    return one_line(make_visible(text))
