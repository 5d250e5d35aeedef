"""Every fact and item that the sources name, with its place: written down by hand, and looked for there.

A row says what it is, the worksheet it stands in, where in it (a section, a prompt, `about`, a score or a
source's title), the words by which it is found there, and the source whose fact it is: the beginning of the
title of one of the worksheet's sources, or empty where it is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from effort import shipped

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet


class Fact(NamedTuple):
    """A fact, where it stands, and what it rests on."""

    what: str
    worksheet: str
    place: str
    words: tuple[str, ...]
    source: str = ""


ANCHORS = "Libraries as Community Anchors"
GUIDE = "Social Work Approaches"
BRIEF = "ALA ThinkTank Action Brief"
KENDRICK = "Renewals"
NICE = "Post-traumatic stress disorder (NG116)"
TOLLEY = "A Trauma-Informed Approach"

FACTS: tuple[Fact, ...] = (
    Fact(
        "Tolley's epigraph",
        "staff-care",
        "care",
        ("consistent and organized", "After Rebecca Tolley"),
        TOLLEY,
    ),
    Fact("staff learning in strategies", "staff-care", "about", ("deliberately and holistically",), GUIDE),
    Fact(
        "beside the oxygen mask", "staff-care", "about", ("oxygen mask", "somebody has to hang up the masks")
    ),
    Fact(
        "everyone is meant", "staff-care", "about", ("pages, who shelve", "guards on contract", "volunteers")
    ),
    Fact("one-person libraries", "staff-care", "supports", ("you and the next library",)),
    Fact(
        "praise for who likes it", "staff-care", "supports", ("for those who like one", "how they like to be")
    ),
    Fact(
        "violence in urban libraries",
        "staff-care",
        "employer",
        (
            "some 435 urban",
            "who chose to answer",
            "August and September 2021",
            "68.5 %",
            "22 % from co-workers",
        ),
        "Urban Library Trauma Study",
    ),
    Fact("the handling hurt", "staff-care", "employer", ("it was how the incident was handled",), "Urban"),
    Fact(
        "low morale",
        "staff-care",
        "employer",
        ("repeated and lasts", "by persons and by the system"),
        KENDRICK,
    ),
    Fact("after an incident", "staff-care", "employer", ("cover, follow-up, and a named person",), "Urban"),
    Fact("harassment", "staff-care", "employer", ("by patrons and from inside",)),
    Fact("beside the supervisor", "staff-care", "employer", ("A union, a civil-rights agency or a lawyer",)),
    Fact("pay and hours", "staff-care", "employer", ("Pay and hours people can live on",)),
    Fact("what employers give", "staff-care", "employer", ("trauma-informed practice", "workload"), ANCHORS),
    Fact("a call outward", "staff-care", "beyond-self", ("grows outward", "a call to more than one"), GUIDE),
    Fact(
        "training", "wellness-action-brief", "workplace-programmes", ("in trauma-informed practices",), BRIEF
    ),
    Fact(
        "DEI by name", "wellness-action-brief", "equity-work", ("DEI", "meets resistance", "Belonging"), BRIEF
    ),
    Fact(
        "a risk to write",
        "wellness-action-brief",
        "equity-work",
        ("This answer is private", "can still be a risk"),
    ),
    Fact("leaders share", "wellness-action-brief", "team-culture", ("their own experience",), BRIEF),
    Fact("openness", "wellness-action-brief", "team-culture", ("easier to be open", "press nobody"), BRIEF),
    Fact(
        "no pressing",
        "wellness-action-brief",
        "ALA ThinkTank Action Brief: Main Takeaways & Action Items",
        ("is ours, on purpose",),
    ),
    Fact(
        "incidents",
        "wellness-action-brief",
        "community-system",
        ("challenging behavior of patrons", "immediate resources"),
        BRIEF,
    ),
    Fact(
        "no debriefing of feelings",
        "wellness-action-brief",
        "community-system",
        ("practical look", "relief from the desk", "own choice", "Nobody is asked for feelings"),
        NICE,
    ),
    Fact(
        "youth and book bans",
        "wellness-action-brief",
        "community-system",
        ("public employees may do in work time", "named or pictured without consent"),
        BRIEF,
    ),
    Fact(
        "joy",
        "wellness-action-brief",
        "personal-care",
        ("look for it daily", "keeps motivation alive"),
        BRIEF,
    ),
    Fact("EAP", "wellness-action-brief", "team-culture", ("employee assistance program (EAP",), BRIEF),
    Fact(
        "PTO", "wellness-action-brief", "personal-care", ("PTO (paid time off)", "Prepare The Others"), BRIEF
    ),
    Fact(
        "everyone is meant",
        "wellness-action-brief",
        "about",
        ("pages, who shelve", "guards", "the whole library"),
    ),
    Fact("one-person libraries", "wellness-action-brief", "team", ("you and the next library",)),
    Fact("the Pew figures", "anchor-institution", "anchor", ("94 %", "81 %", "6,224"), "How Americans Value"),
)

SHEETS = {worksheet.id: worksheet for worksheet in shipped()}


def texts(sheet: Worksheet) -> dict[str, str]:
    """What is said at each place of a worksheet, in one line, by the place's id.

    A section has its own words and those of its questions; a section and a prompt may have one id.
    """
    found = {"about": sheet.about, "notice": sheet.notice, "facilitator": sheet.facilitator}
    for section, prompt in sheet.prompts():
        own = _words(prompt.model_dump())
        head = _words(section.model_dump(exclude={"prompts"}))
        found[section.id] = f"{found.get(section.id, head)} {own}"
        found[prompt.id] = f"{found.get(prompt.id, '')} {own}"
    found |= {source.title: _words(source.model_dump()) for source in sheet.sources}
    return {place: " ".join(text.split()) for place, text in found.items()}


def _words(value: object) -> str:
    """Every text in some data, one after the other."""
    match value:
        case str():
            return value
        case dict():
            return " ".join(map(_words, value.values()))
        case list() | tuple():
            return " ".join(map(_words, value))
    return ""


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.worksheet}: {fact.what}")
def test_each_fact_stands_in_its_place_beside_its_source(fact: Fact) -> None:
    sheet = SHEETS[fact.worksheet]
    there = texts(sheet)[fact.place]
    assert [words for words in fact.words if words not in there] == []
    assert any(source.title.startswith(fact.source) for source in sheet.sources) or not fact.source


def test_what_is_not_there_is_not_found() -> None:
    sheet = SHEETS["staff-care"]
    assert all("98 % said" not in text for text in texts(sheet).values())
    assert set(SHEETS) >= {fact.worksheet for fact in FACTS}
