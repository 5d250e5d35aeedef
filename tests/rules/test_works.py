"""Sources and what to read on: a work stands once, wherever it was named."""

from __future__ import annotations

from typing import Any

from build import section_text, sheet_text, worksheet_from
from libwell.model.document import Heading, References
from libwell.model.resources import Resource
from libwell.rules.learning import to_read_on, with_resources
from libwell.rules.works import source_blocks

SOURCES = """
[[sources]]
title = "Care, and Rest"
year = 2020
url = "https://www.example.org/care"
note = "The desk."
[[sources]]
title = "care and rest"
role = "further"
[[sources]]
title = "More"
role = "further"
url = "https://example.org/more/"
"""
SECTION = section_text(
    'id = "q", kind = "text"', keys='id = "s"\ntitle = "S"\nlearn_more = ["a", "b", "c", "d"]'
)


def resource(name: str, title: str, url: str = "") -> Resource:
    fixed: dict[str, Any] = {"provider": "P", "kind": "guide", "audience": ("staff",), "about": "A."}
    return Resource(id=name, title=title, url=url, **fixed)


AT_HAND = (
    resource("a", "Another title of it", "http://example.org/care/"),
    resource("b", "MORE!"),
    resource("c", "New"),
    resource("d", "new"),
)


def test_a_work_stands_once_and_under_the_first_heading_it_belongs_to() -> None:
    sheet = with_resources(worksheet_from(sheet_text(SECTION) + SOURCES), AT_HAND)
    listed = source_blocks(sheet)
    assert [block.text for block in listed if isinstance(block, Heading)] == ["Sources", "Reading on"]
    assert [item.line for block in listed if isinstance(block, References) for item in block.items] == [
        "Care, and Rest. 2020. https://www.example.org/care The desk.",
        "More. https://example.org/more/",
        "New (guide, P).",
    ]


def test_what_a_question_names_to_read_on_stands_once_too() -> None:
    sheet = with_resources(worksheet_from(sheet_text(SECTION)), AT_HAND)
    assert [one.id for one in to_read_on(sheet.sections[0], sheet)] == ["a", "b", "c"]
