"""What the worksheets cite: nothing that they do not use, and no work twice in a list.

The tables are written by hand. Whoever cites another source adds the line that shows what rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli

from effort import shipped
from libwell.model.document import References
from libwell.model.links import is_link
from libwell.rules.works import source_blocks
from libwell.storage.places import shipped_worksheets
from libwell.storage.resources import find_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.worksheet import Worksheet

GUIDE = "Social Work Approaches to Library Services: learner guide"
ANCHORS = "Libraries as Community Anchors: Building Social Infrastructure for Healthier Communities"
# What rests on a source: the worksheet, the id of the section or question (or a key of the worksheet's head),
# some words that stand there, the source.
USED = f"""
anchor-institution | serves-as-anchor | already act as an anchor | {GUIDE}
anchor-institution | anchor | rooted in one place | Anchor Institution Initiative
anchor-institution | at-risk-groups | article on community anchors | {ANCHORS}
anchor-institution | anchor | 6,224 | How Americans Value Public Libraries in Their Communities
anchor-institution | anchor | Klinenberg | Palaces for the People
community-connections | internship | social-work internship | {GUIDE}
policy-review | areas | Bags and personal items | {GUIDE}
policy-review | principles | empowerment | Five principles of trauma-informed care
resilience-toolkit | work | Compassion fatigue | Overcoming Compassion Fatigue in Library Work
resilience-toolkit | pressures | dissonance | {ANCHORS}
staff-care | supports | Guiding principles of safety | {GUIDE}
staff-care | care | can't be left to chance | A Trauma-Informed Approach to Library Services
staff-care | employer | Realistic expectations of workload | {ANCHORS}
trauma-informed-practice | empowerment | empowerment | Five principles of trauma-informed care
trauma-informed-practice | safety | lowers barriers | {ANCHORS}
wellness-action-brief | parts | action brief | ALA ThinkTank Action Brief: Main Takeaways & Action Items
whole-person-library | title | learner guide | {GUIDE}
"""
ROWS = [[part.strip() for part in line.split(" | ")] for line in USED.strip().splitlines()]
FILES = {path.stem: tomli.loads(path.read_text()) for path in sorted(shipped_worksheets().glob("*.toml"))}
WORKSHEETS = {name: data for name, data in FILES.items() if "sections" in data}
RESOURCES = find_resources([shipped_worksheets()]).resources


def texts_in(value: Any) -> Iterator[str]:
    """Every text in some data, in the order of the file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def words_at(data: dict[str, Any], place: str) -> str:
    """What stands at a place of a worksheet's file: sections and prompts of that id, or a key of its head."""
    found = [data[place]] if isinstance(data.get(place), str) else []
    for section in data["sections"]:
        if section.get("id") == place:
            found.append({key: value for key, value in section.items() if key != "prompts"})
        found += [prompt for prompt in section.get("prompts", ()) if prompt["id"] == place]
    return " ".join(" ".join(texts_in(found)).split()).casefold()


@pytest.mark.parametrize(("name", "place", "words", "source"), ROWS)
def test_these_words_rest_on_a_source(name: str, place: str, words: str, source: str) -> None:
    assert words.casefold() in words_at(WORKSHEETS[name], place)
    assert source in [one["title"] for one in WORKSHEETS[name]["sources"]]


@pytest.mark.parametrize("name", WORKSHEETS)
def test_no_source_is_cited_that_is_not_used(name: str) -> None:
    cited = {one["title"] for one in WORKSHEETS[name].get("sources", ()) if one.get("role") != "further"}
    assert cited == {source for sheet, _, _, source in ROWS if sheet == name}


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
