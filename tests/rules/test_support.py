"""Whom to turn to: in which order, and never a number of somewhere else."""

from __future__ import annotations

from typing import Any

import pytest

from hostile import HOSTILE
from libwell.model.characters import make_visible
from libwell.model.resources import Resource
from libwell.model.settings import Contact
from libwell.rules.support import (
    ADD_OWN,
    ANYWHERE,
    ELSEWHERE,
    EMERGENCY,
    IN_ONE_COUNTRY,
    NUMBERS_CHANGE,
    SUPPORT,
    THROUGH_WORK,
    TRUSTED,
    contact_line,
    support_lines,
)

UNION = Contact(name="The union", reach="call 555 0100")


def helpline(name: str, about: str, country: str = "", **more: Any) -> Resource:
    fixed: dict[str, Any] = {"provider": "Somebody", "kind": "helpline", "audience": ("staff",)}
    return Resource(id=name, title=f"Line {name}", about=about, country=country, **{**fixed, **more})


US = helpline("988-lifeline", "In the United States: call or text 988.", "US")
CA = helpline("talk-ca", "Call 9-8-8.", "CA", url="https://example.org")
WORLD = helpline("world", "Finds one near you.", url="https://example.org/world")
LOCAL = helpline("emergency-number", "Everywhere: call it.")
BOOK = helpline("book", "In the United States: 988, a history.", "US", kind="article")
ALL = (US, CA, WORLD, LOCAL, BOOK)


def test_nothing_configured_says_for_which_country_a_number_is_and_that_others_have_theirs() -> None:
    assert support_lines((), "", ALL) == (
        TRUSTED,
        THROUGH_WORK,
        "In the United States: call or text 988.",
        "In Canada: Line talk-ca. Call 9-8-8.",
        "Line world. Finds one near you. https://example.org/world",
        NUMBERS_CHANGE,
        IN_ONE_COUNTRY,
        ADD_OWN,
        EMERGENCY,
    )


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("US", ["In the United States: call or text 988."]),
        ("CA", ["Line talk-ca. Call 9-8-8. https://example.org"]),
    ],
)
def test_a_country_has_its_own_helplines_and_those_of_everywhere(country: str, said: list[str]) -> None:
    lines = support_lines((UNION,), country, ALL)
    assert lines[:3] == ("The union: call 555 0100", TRUSTED, THROUGH_WORK)
    everywhere = "Line world. Finds one near you. https://example.org/world"
    assert lines[3:-1] == (*said, everywhere, NUMBERS_CHANGE)
    assert lines[-1] == EMERGENCY


def test_a_country_without_a_helpline_says_so_and_names_no_foreign_number() -> None:
    lines = support_lines((), "DE", ALL)
    assert lines[:2] == (TRUSTED, THROUGH_WORK)
    assert lines[2] == (
        "libwell has no helpline number for DE; "
        "a doctor, a nurse or the emergency number can tell you which there are."
    )
    assert lines[3] == "Line world. Finds one near you. https://example.org/world"
    assert lines[4:] == (ADD_OWN, EMERGENCY)
    assert "8" not in "".join(lines)
    assert "United States" not in "".join(lines)


def test_without_any_resources_the_ways_that_need_no_file_are_left() -> None:
    assert support_lines((), "", ()) == (TRUSTED, THROUGH_WORK, ANYWHERE, ADD_OWN, EMERGENCY)


def test_other_countries_are_thought_of_where_nothing_is_there_everywhere() -> None:
    assert ELSEWHERE in support_lines((), "", (US, CA))
    assert ELSEWHERE not in support_lines((), "", ALL)


def test_contacts_come_first_and_nobody_is_told_how_to_add_what_is_there() -> None:
    one, other = Contact(name="One", reach="1"), Contact(name="Other", reach="2")
    lines = support_lines((one, other), "", ALL)
    assert lines[:3] == ("One: 1", "Other: 2", TRUSTED)
    assert ADD_OWN not in lines


@pytest.mark.parametrize("country", ["", "US", "CA", "DE", "NZ"])
@pytest.mark.parametrize("helplines", [(), (US,), (CA, US), ALL])
@pytest.mark.parametrize("contacts", [(), (UNION,)])
def test_there_are_always_several_ways_and_the_last_is_the_emergency_number(
    country: str, helplines: tuple[Resource, ...], contacts: tuple[Contact, ...]
) -> None:
    lines = support_lines(contacts, country, helplines)
    assert lines[-1] == EMERGENCY
    assert {TRUSTED, THROUGH_WORK} < set(lines)
    foreign = [one for one in (US, CA) if country and one.country != country]
    assert not any(one.about in line for one in foreign for line in lines)
    if not country:
        numbers = [line for line in lines if "988" in line or "9-8-8" in line]
        assert all(line.startswith(("In the United States:", "In Canada:")) for line in numbers)


def test_a_contact_is_one_line_with_what_is_known_of_it() -> None:
    whole = Contact(
        name="Ana Diaz", role="staff counsellor", reach="ext. 214", hours="Mon to Thu", sees="nobody"
    )
    assert contact_line(whole) == (
        "Ana Diaz, staff counsellor: ext. 214; Mon to Thu; who can see that you asked: nobody"
    )
    assert contact_line(Contact(name="Union", reach="call\n555", role=" ", hours="9 to 4")) == (
        "Union: call 555; 9 to 4"
    )


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip() and len(text) < 1000])
def test_a_hostile_contact_is_one_line_that_only_can_be_read(text: str) -> None:
    contact = Contact(name=text, role=text, reach=text, hours=text, sees=text)
    (line, *_) = support_lines((contact,), "", ())
    assert line == " ".join(make_visible(line).split())


def test_where_no_resources_are_known_there_is_the_number_of_no_country() -> None:
    assert SUPPORT == (TRUSTED, THROUGH_WORK, ANYWHERE, ADD_OWN, EMERGENCY)


WAYS = ("Chat: https://example.org", "By TTY: 711 and then 988.")
DAY = {"looked_up": "2026-11-27"}


def test_ways_without_a_voice_follow_the_number_one_a_line_where_the_country_is_known() -> None:
    line = helpline("a", "Call 1.", "US", url="https://example.org", without_voice=WAYS)
    assert support_lines((UNION,), "US", (line,))[3:5] == ("Line a. Call 1.", WAYS[0])
    assert support_lines((UNION,), "US", (line,))[5] == WAYS[1]
    assert not set(WAYS) & set(support_lines((), "", (line,)))


def test_it_says_when_numbers_were_looked_up_and_claims_no_later_day() -> None:
    one, other = helpline("a", "Call 1.", "US", **DAY), helpline("b", "Call 2.", "CA", looked_up="2025-01-02")
    world = helpline("w", "Finds one.")
    said = f"Looked up on November 27, 2026. {NUMBERS_CHANGE}"
    assert said in support_lines((), "US", (one, other, world))
    assert f"Looked up on January 2, 2025 or later. {NUMBERS_CHANGE}" in support_lines(
        (), "", (one, other, world)
    )
    assert NUMBERS_CHANGE in support_lines((), "US", (one, US))


def test_a_country_is_known_by_what_people_call_it() -> None:
    british = helpline("a", "Call 116 123.", "GB")
    for country in ("GB", "UK"):
        assert "Line a. Call 116 123." in support_lines((), country, (british, US))
