"""Every fact and item that the sources name, with its place: written down by hand, and looked for there.

A row says what it is, the worksheet it stands in, where in it (a section, a prompt, `about`, a score or a
source's title), the words by which it is found there, and the source whose fact it is: the beginning of the
title of one of the worksheet's sources, or empty where it is ours.
"""

from __future__ import annotations

import re
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


def facts(worksheet: str, written: str) -> tuple[Fact, ...]:
    """Rows as `what | place | words / words | source`; a line that is set in goes on with the one above."""
    rows = re.sub(r"\n {8}", " ", written).split("\n")
    cells = [[cell.strip() for cell in row.split("|")] for row in rows if row.strip()]
    return tuple(
        Fact(what, worksheet, place, tuple(one.strip() for one in words.split("/")), source)
        for what, place, words, source in cells
    )


ANCHOR = facts(
    "anchor-institution",
    """
    the Pew figures | seen-as-anchor | December 2013 / 6,224 Americans aged 16 and over / 94 % said
        / 81 % said | How Americans Value
    what an anchor is | about | rooted where it is / led by a mission / economic power / its people and what
        they know / over the long run, in health and in social welfare | Anchor Institution Initiative
    an epigraph in our words | anchor | rooted in its place | Anchor Institution Initiative
    who sees the anchor | seen-as-anchor | other organizations and groups | Social Work Approaches
    places for all can lower risks | whole-community | social infrastructure / can lower the risks of
        isolation, of inequality, and of public-health or climate emergencies | Palaces for the People
    what libraries are linked to | practice | less isolation, stronger networks | Libraries as Community
    isolation is a risk | at-risk-groups | Public-health agencies name isolation as a risk
        | Libraries as Community
    what ties do | practice | through a crisis, find work, and reach services | Libraries as Community
    trusted, and chances | practice | are trusted / widen people's chances | Libraries as Community
    no health or social service | practice | do not replace health or social services, and they should not
        | Libraries as Community
    what first aid training is | practice-areas | evidence-informed / informed bystanders
        / agencies have paid for sessions for librarians | Libraries as Community
    how social workers see it | practice-areas | homelessness and substance use as matters of systems, and
        lower barriers | Libraries as Community
    for whom trust matters most | at-risk-groups | trust in libraries matters most | Libraries as Community
    who works alone | about | Do you work alone, or for a company that sends you? |
    pages are explained | facilitator | pages, who shelve / on contract or not / volunteers |
    """,
)
CONNECTIONS = facts(
    "community-connections",
    """
    an intern and who guides | internship | A student learns with you, and a social worker guides them
        | Social Work Approaches
    the whole person | dialogue | what it takes to serve the whole person | Social Work Approaches
    on partners | Community Partnership and Collaboration Guide | finding partners | Community Partnership
    a school's own help | services | the counselor and the nurse |
    who works alone | about | If you work alone, the next library may share its list |
    """,
)

POLICY = facts(
    "policy-review",
    """
    the task force emphasizes five | Libraries as Community Anchors: Building Social Infrastructure for
        Healthier Communities | emphasizes five principles: safety, trustworthiness, choice, collaboration and
        empowerment / Social Work Task Force (the Public Library Association writes Social Worker Task Force)
        | Libraries as Community
    the five are older | Creating Cultures of Trauma-Informed Care | 2001 / Harris and Fallot | Creating
    who wrote of them in 2009 | Creating Cultures of Trauma-Informed Care | Roger D. Fallot and Maxine Harris
        | Creating Cultures
    SAMHSA has six | SAMHSA's Concept of Trauma and Guidance for a Trauma-Informed Approach | (SMA) 14-4884
        / six principles / safety; trustworthiness and transparency; / peer support; / collaboration and
        mutuality; / empowerment, voice and choice / cultural, historical and gender issues | SAMHSA's Concept
    what is SAMHSA's in our table | principles | The last two come from SAMHSA / Peer support (SAMHSA)
        / Culture, history and gender (SAMHSA) | SAMHSA's Concept
    cases of the workbook | areas | cases from the workbook of the PLA Social Worker Task Force / Strong odor
        / Substance use / Children left unattended / Asking others for money | A Trauma-Informed Framework
    service animals | areas | Pets and service animals |
    advice and no cap | areas | Up to three are enough for today |
    what trauma-informed means | welcome | lived through trauma / lower a barrier | Libraries as Community
    a need or a gap | policies | a need, or a gap in a system | Libraries as Community
    basic needs | welcoming | basic social-service needs | Social Work Approaches
    who advises is paid | facilitator | lived experience come as advisers, and they are paid |
    it can wait | policies | If something hard has just happened, it can wait |
    no debriefing of feelings | facilitator | what happened and what would help next time / Ask nobody how
        they felt |
    who enforces without having made | about | as a guard, a page who shelves, or one person alone |
    """,
)

TRAUMA = facts(
    "trauma-informed-practice",
    """
    the task force emphasizes five | Libraries as Community Anchors: Building Social Infrastructure for
        Healthier Communities | emphasizes five principles: safety, trustworthiness, choice, collaboration and
        empowerment / Social Work Task Force (the Public Library Association writes Social Worker Task Force)
        | Libraries as Community
    the five are older | Creating Cultures of Trauma-Informed Care | 2001 / Harris and Fallot | Creating
    SAMHSA has six | SAMHSA's Concept of Trauma and Guidance for a Trauma-Informed Approach | (SMA) 14-4884
        / six principles / safety; trustworthiness and transparency; / peer support; / collaboration and
        mutuality; / empowerment, voice and choice / cultural, historical and gender issues | SAMHSA's Concept
    whose each part is | about | library social work builds on / come from SAMHSA | SAMHSA's Concept
    peer support is SAMHSA's | peer-support | This principle comes from SAMHSA | SAMHSA's Concept
    culture, history and gender too | culture | This principle comes from SAMHSA too | SAMHSA's Concept
    what trauma-informed means | about | lived through trauma / lowers barriers / a gap in a system
        / nobody to be a clinician | Libraries as Community
    the task force's own workbook | A Trauma-Informed Framework for Supporting Patrons: The PLA Workbook of
        Best Practices | Public Library Association Social Worker Task Force / ALA Editions
        | A Trauma-Informed Framework
    no debriefing of feelings | safety | nobody asks how they feel / people choose who checks in with them
        / Somebody takes the desk / what would help next time | Post-traumatic stress disorder
    who advises against it | Post-traumatic stress disorder (NG116) | NICE / World Health Organization
        | Post-traumatic
    beside the supervisor | culture | a union, a civil-rights agency or a lawyer can tell you your choices
        before you report anything |
    who works alone | about | If you work alone |
    who is asked | facilitator | pages, who shelve / on contract or not / volunteers |
    """,
)

WHOLE = facts(
    "whole-person-library",
    """
    the lens | about | Whole Person Librarianship / social-service lens / policies / spaces / partnerships
        / programs / Library work and social work | Social Work Approaches
    the oxygen mask | about | oxygen mask comes first | Social Work Approaches
    one's own goals | personal-goals | Your own oxygen mask first | Social Work Approaches
    where the lens goes first | lens | Policies / Spaces / Partnerships / Programs | Social Work Approaches
    a needs assessment | needs-how | a community needs assessment | Social Work Approaches
    what can be offered here | services-here | resources and social services | Social Work Approaches
    the strategic plan | strategic-plan | goals of your strategic plan | Social Work Approaches
    who must hear it | advocate | Who must hear this | Social Work Approaches
    no board is taken for granted | advocate | a principal or a dean, the city or county, a board |
    who works alone | about | If you work alone |
    """,
)

ANCHORS = "Libraries as Community Anchors"
GUIDE = "Social Work Approaches"
BRIEF = "ALA ThinkTank Action Brief"
COURSE = "Overcoming Compassion Fatigue"
KENDRICK = "Renewals"
NICE = "Post-traumatic stress disorder (NG116)"
URBAN = "Urban Library Trauma Study"
TOLLEY = "A Trauma-Informed Approach"

FACTS: tuple[Fact, ...] = (
    *ANCHOR,
    *CONNECTIONS,
    *POLICY,
    *TRAUMA,
    *WHOLE,
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
