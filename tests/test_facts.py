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
COURSE = "Overcoming Compassion Fatigue"
KENDRICK = "Renewals"
NICE = "Post-traumatic stress disorder (NG116)"
URBAN = "Urban Library Trauma Study"
TOLLEY = "A Trauma-Informed Approach"

FACTS: tuple[Fact, ...] = (
    Fact(
        "Tolley's epigraph",
        "staff-care",
        "care",
        ("consistent and organized", "Rebecca Tolley"),
        TOLLEY,
    ),
    Fact("staff learning in strategies", "staff-care", "about", ("deliberately and holistically",), GUIDE),
    Fact(
        "beside the oxygen mask", "staff-care", "about", ("oxygen mask", "somebody has to hang up the masks")
    ),
    Fact(
        "everyone is meant", "staff-care", "about", ("pages, who shelve", "guards on contract", "volunteers")
    ),
    Fact("one-person libraries", "staff-care", "care", ("you and the next library",)),
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
        URBAN,
    ),
    Fact("the handling hurt", "staff-care", "employer", ("it was how the incident was handled",), URBAN),
    Fact(
        "low morale",
        "staff-care",
        "employer",
        ("repeated and lasts", "by persons and by the system"),
        KENDRICK,
    ),
    Fact("after an incident", "staff-care", "employer", ("cover, follow-up, and a named person",), URBAN),
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
        ("forbidden", "can be a risk to you"),
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
    Fact(
        "whom staff support",
        "resilience-toolkit",
        "about",
        ("students under pressure", "without secure housing"),
        COURSE,
    ),
    Fact(
        "everyone is meant",
        "resilience-toolkit",
        "about",
        ("pages, who shelve", "guards on contract", "volunteers", "you and the next library"),
    ),
    Fact(
        "resilience as endurance",
        "resilience-toolkit",
        "about",
        ("talk of resilience goes with enduring what should be changed",),
        KENDRICK,
    ),
    Fact(
        "exhaustion", "resilience-toolkit", "pressures", ("more emotionally exhausted than average",), ANCHORS
    ),
    Fact(
        "dissonance",
        "resilience-toolkit",
        "pressures",
        ("gap between what one feels and what one has to show", "risk of burnout"),
        ANCHORS,
    ),
    Fact(
        "disputes and resources",
        "resilience-toolkit",
        "pressures",
        ("can worsen burnout and health", "prompt some people to consider leaving"),
        ANCHORS,
    ),
    Fact(
        "violence in urban libraries",
        "resilience-toolkit",
        "pressures",
        ("some 435 urban", "chose to answer", "August and September 2021", "68.5 %", "22 % from co-workers"),
        URBAN,
    ),
    Fact(
        "the handling hurt",
        "resilience-toolkit",
        "pressures",
        ("it was how the incident was handled", "handled afterwards"),
        URBAN,
    ),
    Fact(
        "low morale",
        "resilience-toolkit",
        "pressures",
        ("repeated and lasts", "by persons and by the system"),
        KENDRICK,
    ),
    Fact(
        "harm from inside",
        "resilience-toolkit",
        "pressures",
        (
            "Harassment or bullying",
            "Racism or other discrimination",
            "a contract I can't rely on",
            "against my conscience",
        ),
        URBAN,
    ),
    Fact(
        "beside the supervisor",
        "resilience-toolkit",
        "pressures",
        ("a union, a civil-rights agency or a lawyer",),
    ),
    Fact(
        "what can be asked for",
        "resilience-toolkit",
        "organisation-steps",
        ("could be asked for", "Who can decide it?"),
    ),
    Fact(
        "vicarious trauma",
        "resilience-toolkit",
        "notice",
        ("Vicarious trauma is a changed view of the world",),
        COURSE,
    ),
    Fact(
        "secondary traumatic stress",
        "resilience-toolkit",
        "notice",
        ("like those of the person who lived through it", "brace", "avoid", "images"),
    ),
    Fact("lines differ", "resilience-toolkit", "notice", ("Authors draw the lines differently",), COURSE),
    Fact("patience", "resilience-toolkit", "signs", ("was used up before my shift was",)),
    Fact("room", "resilience-toolkit", "signs", ("was more than I had room for",)),
    Fact(
        "no debriefing of feelings",
        "resilience-toolkit",
        "team-approaches",
        (
            "cover for the desk",
            "one's own choice",
            "nobody is asked for feelings",
            "is not advised",
            "World Health Organization",
        ),
        NICE,
    ),
    Fact(
        "vocational awe",
        "resilience-toolkit",
        "mission-cost",
        ("Fobazi Ettarh calls it vocational awe",),
        "Vocational Awe",
    ),
    Fact(
        "safe now, and support first",
        "after-a-hard-moment",
        "safe",
        ("Are you safe now?", "emergency number"),
    ),
    Fact("who takes the desk", "after-a-hard-moment", "desk", ("Who takes the desk", "half an hour")),
    Fact("an injury report", "after-a-hard-moment", "hurt", ("an injury report today",)),
    Fact("on record", "after-a-hard-moment", "record", ("in whose words",)),
    Fact("not alone", "after-a-hard-moment", "with-you", ("Who goes home with you, or hears from you?",)),
    Fact(
        "tomorrow", "after-a-hard-moment", "tomorrow", ("What can wait until tomorrow?", "Nearly all of it")
    ),
    Fact(
        "no debriefing of feelings",
        "after-a-hard-moment",
        "facilitator",
        ("Nobody is asked for feelings",),
        NICE,
    ),
    Fact(
        "the handling hurt",
        "after-a-hard-moment",
        URBAN,
        ("it was how an incident was handled that hurt",),
        URBAN,
    ),
    Fact("the Pew figures", "anchor-institution", "anchor", ("94 %", "81 %", "6,224"), "How Americans Value"),
)

SHEETS = {worksheet.id: worksheet for worksheet in shipped()}


def texts(sheet: Worksheet) -> dict[str, str]:
    """What is said at each place of a worksheet, in one line, by the place's id.

    A section has its own words and those of its questions; a section and a prompt may have one id.
    """
    found: dict[str, str] = {}
    for section, prompt in sheet.prompts():
        own = _words(prompt.model_dump())
        head = _words(section.model_dump(exclude={"prompts"}))
        found[section.id] = f"{found.get(section.id, head)} {own}"
        found[prompt.id] = f"{found.get(prompt.id, '')} {own}"
    found = {"about": sheet.about, "notice": sheet.notice, "facilitator": sheet.facilitator} | found
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
