"""What the worksheets cite: nothing that they do not use, and no work twice in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tomli

from effort import shipped
from libwell.model.document import References
from libwell.model.links import is_link
from libwell.rules.works import source_blocks
from libwell.storage.places import shipped_worksheets
from libwell.storage.resources import find_resources
from test_facts import FACTS

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

FILES = {path.stem: tomli.loads(path.read_text()) for path in sorted(shipped_worksheets().glob("*.toml"))}
WORKSHEETS = {name: data for name, data in FILES.items() if "sections" in data}
RESOURCES = find_resources([shipped_worksheets()]).resources


def is_used(title: str, worksheet: str) -> bool:
    """Whether a fact in a worksheet, and not only in what it says of its sources, rests on a source."""
    titles = [one["title"] for one in WORKSHEETS[worksheet]["sources"]]
    found = [one for one in FACTS if one.worksheet == worksheet and one.place not in titles]
    return any(one.source and title.startswith(one.source) for one in found)


@pytest.mark.parametrize("name", WORKSHEETS)
def test_no_source_is_cited_that_is_not_used(name: str) -> None:
    """Whoever cites another source adds the fact that rests on it to the table of test_facts."""
    cited = [one["title"] for one in WORKSHEETS[name]["sources"] if one.get("role") != "further"]
    assert [title for title in cited if not is_used(title, name)] == []


def test_a_source_that_nothing_rests_on_is_found() -> None:
    assert is_used("Anchor Institution Initiative", "anchor-institution")
    assert not is_used("A book about something else", "anchor-institution")


@pytest.mark.parametrize("name", WORKSHEETS)
def test_what_is_there_to_read_on_says_what_for_or_is_named_where_it_helps(name: str) -> None:
    data = WORKSHEETS[name]
    named = {one for section in data["sections"] for one in section.get("learn_more", ())}
    at_hand = {one.title for one in RESOURCES if one.id in named}
    further = [one for one in data.get("sources", ()) if one.get("role") == "further"]
    assert not [
        one["title"] for one in further if one["title"] not in at_hand and len(one["note"].split()) < 4
    ]


@pytest.mark.parametrize("sheet", shipped(), ids=lambda sheet: sheet.id)
def test_no_work_stands_twice_in_a_list_also_of_what_is_included(sheet: Worksheet) -> None:
    listed = [one for block in source_blocks(sheet) if isinstance(block, References) for one in block.items]
    texts = [one.text for one in listed]
    addresses = [one.url.rstrip("/") for one in listed if one.url]
    assert len(set(texts)) == len(texts)
    assert len(set(addresses)) == len(addresses)
    cited = {one.title.casefold() for one in sheet.sources}
    again = [one.title for one in sheet.resources if one.title.casefold() in cited]
    assert not [title for title in again if f"{title} (" in "".join(texts)]
    works = [(one.title, one.url) for one in sheet.sources]
    works += [(one.title, one.url) for one in sheet.resources]
    lost = [title for title, url in works if title not in "".join(texts) and url.rstrip("/") not in addresses]
    assert lost == []


def test_every_address_can_be_followed() -> None:
    sources = [one for data in WORKSHEETS.values() for one in data.get("sources", ())]
    addresses = [one["url"] for one in sources if "url" in one] + [one.url for one in RESOURCES if one.url]
    assert [one for one in addresses if not is_link(one)] == []


def test_helplines_say_when_they_were_looked_up() -> None:
    lines = [one for one in RESOURCES if one.kind == "helpline" and one.id != "emergency-number"]
    assert {one.country for one in lines} == {"", "AU", "CA", "GB", "IE", "NZ", "US"}
    assert not [one.id for one in lines if not one.looked_up]
