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
from libwell.storage.places import shipped_worksheets
from libwell.storage.resources import find_resources

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
    the Pew figures | seen-as-anchor | December 2013 / 6,224 Americans aged 16 and over / 94% said
        / 81% said | How Americans Value
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
        / State and regional agencies have paid for librarians to take it | Libraries as Community
    how social workers see it | practice-areas | what systems have to do with homelessness and substance use /
        make barriers lower | Libraries as Community
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
    cases of the workbook | areas | cases from the workbook of the Public Library Association's Social
        Worker Task Force / Strong odor
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
    what an anchor is | about | economic power, its people and what they know / over the long run, in health
        and in social welfare | Anchor Institution Initiative
    staff learning in strategies | about | deliberately and holistically | Social Work Approaches
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
CARE = facts(
    "staff-care",
    """
    Tolley's epigraph | care | emotional strength / both professional and personal / consistent and organized
        / Rebecca Tolley | A Trauma-Informed Approach
    staff learning in strategies | about | deliberately and holistically | Social Work Approaches
    beside the oxygen mask | about | oxygen mask / somebody has to hang up the masks |
    everyone is meant | about | pages, who shelve / guards on contract / volunteers |
    one-person libraries | care | you and the next library |
    praise for who likes it | supports | for those who like one / how they like to be |
    violence in urban libraries | employer | Some 435 people who work in urban libraries chose to take part /
        August and September 2021 / 68.5% had met with violence or aggression from patrons, and 22% from
        co-workers | Urban Library Trauma Study
    the handling hurt | employer | the hurt lay in how it was dealt with | Urban Library Trauma Study
    low morale | employer | repeated and lasts / by persons and by the system | Renewals
    after an incident | employer | cover, follow-up, and a named person | Urban Library Trauma Study
    harassment | employer | by patrons and from inside |
    beside the supervisor | employer | A union, a civil-rights agency or a lawyer |
    pay and hours | employer | Pay and hours people can live on |
    what employers give | employer | trauma-informed practice / workload | Libraries as Community Anchors
    a call outward | beyond-self | grows outward / a call to more than one | Social Work Approaches
    """,
)
BRIEF = facts(
    "wellness-action-brief",
    """
    training | workplace-programmes | in trauma-informed practices | ALA ThinkTank Action Brief
    DEI by name | equity-work | DEI / meets resistance / Belonging | ALA ThinkTank Action Brief
    a risk to write | equity-work | forbidden / can be a risk to you |
    leaders share | team-culture | their own experience | ALA ThinkTank Action Brief
    openness | team-culture | easier to be open / press nobody | ALA ThinkTank Action Brief
    no pressing | ALA ThinkTank Action Brief: Main Takeaways & Action Items | is ours, on purpose |
    incidents | community-system | challenging behavior of patrons / immediate resources | ALA ThinkTank
        Action Brief
    no debriefing of feelings | community-system | practical look / relief from the desk / own choice /
        Nobody is asked for feelings | Post-traumatic stress disorder (NG116)
    youth and book bans | community-system | public employees may do while / name or picture a young
        person takes consent | ALA ThinkTank Action Brief
    joy | personal-care | look for it daily / keeps motivation alive | ALA ThinkTank Action Brief
    EAP | team-culture | employee assistance program (EAP | ALA ThinkTank Action Brief
    PTO | personal-care | PTO (paid time off) / Prepare The Others | ALA ThinkTank Action Brief
    everyone is meant | about | pages, who shelve / guards / the whole library |
    one-person libraries | team | you and the next library |
    """,
)
TOOLKIT = facts(
    "resilience-toolkit",
    """
    whom staff support | about | students who are under pressure / no secure home | Overcoming Compassion
        Fatigue
    everyone is meant | about | pages, who shelve / guards on contract / volunteers / you and the next
        library |
    resilience as endurance | about | talk of resilience goes with enduring what should be changed |
        Renewals
    exhaustion | pressures | more emotionally exhausted than average | Libraries as Community Anchors
    dissonance | pressures | gap between what one feels and what one has to show / risk of burnout |
        Libraries as Community Anchors
    disputes and resources | pressures | resources are scarce, burnout and health can get worse / some
        people come to think about leaving | Libraries as Community Anchors
    violence in urban libraries | pressures | Some 435 people who work in urban libraries chose to take part /
        August and September 2021 / 68.5% had met with violence or aggression from patrons, and 22% from
        co-workers | Urban Library Trauma Study
    the handling hurt | pressures | the hurt lay in how it was dealt with / handled afterwards | Urban
        Library Trauma Study
    low morale | pressures | repeated and lasts / by persons and by the system | Renewals
    harm from inside | pressures | Harassment or bullying / Racism or other discrimination / a contract I
        can't rely on / against my conscience | Urban Library Trauma Study
    beside the supervisor | pressures | a union, a civil-rights agency or a lawyer |
    what can be asked for | organisation-steps | could be asked for / Who can decide it? |
    vicarious trauma | notice | Vicarious trauma changes how you see the world | Overcoming Compassion
        Fatigue
    secondary traumatic stress | notice | one would look for in whoever was there / brace / avoid /
        images |
    lines differ | notice | Authors draw the lines differently | Overcoming Compassion Fatigue
    patience | signs | was used up before my shift was |
    room | signs | was more than I had room for |
    no debriefing of feelings | team-approaches | somebody takes over / one's own choice / nobody is asked
        for feelings / is advised against / World Health Organization | Post-traumatic stress disorder (NG116)
    nor by the World Health Organization | team-approaches | World Health Organization | Guidelines for the
        Management
    vocational awe | mission-cost | Fobazi Ettarh calls it vocational awe | Vocational Awe
    """,
)
MOMENT = facts(
    "after-a-hard-moment",
    """
    safe now, and support first | safe | Are you safe now? / emergency number |
    who takes the desk | desk | Who takes the desk / half an hour |
    an injury report | hurt | an injury report today |
    on record | record | in whose words |
    not alone | with-you | Who goes home with you, or hears from you? |
    tomorrow | tomorrow | What can wait until tomorrow? / Nearly all of it |
    no debriefing of feelings | facilitator | Nobody is asked for feelings | Post-traumatic stress
        disorder (NG116)
    the handling hurt | Urban Library Trauma Study | the hurt lay in how an incident was dealt with | Urban
        Library Trauma Study
    """,
)

RESOURCE_FACTS = {
    "": "first responders with information / led to more burnout and low morale / are not immune",
    "from-burnout-to-balance": "find what causes burnout, manage stress",
    "empathetic-leadership": "innovative and compassionate leadership",
    "student-mental-health-books": "Supporting Student Mental Health Awareness with Books",
    "mental-health-first-aid": "makes nobody a clinician",
    "urban-library-trauma-study": "some 435 people / patrons and from inside / Urban Librarians Unite, 2022",
    "low-morale-studies": "goes on and on, by persons and by the system / Kaetrena Davis Kendrick",
    "low-morale": "Low Morale in Libraries",
    "revitalizing-morale": "Revitalizing Morale",
    "pla-workbook": "odor / substance use / asking for money / PLA Social Worker Task Force, ALA Editions",
    "samhsa-concept-of-trauma": "SMA 14-4884 / 2014 / six key principles",
    "988-lifeline": "call or text 988",
    "988-canada": "call or text 988, at any hour",
    "samaritans-uk": "116 123",
    "samaritans-ireland": "116 123",
    "lifeline-australia": "13 11 14",
    "1737-new-zealand": "call or text 1737",
}
"""What the list of resources says, by the id of a resource; without an id, before all of them."""

FACTS: tuple[Fact, ...] = (
    *ANCHOR,
    *CONNECTIONS,
    *POLICY,
    *TRAUMA,
    *WHOLE,
    *CARE,
    *BRIEF,
    *TOOLKIT,
    *MOMENT,
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


@pytest.mark.parametrize("name", RESOURCE_FACTS)
def test_each_fact_of_a_resource_stands_in_it(name: str) -> None:
    found = find_resources([shipped_worksheets()])
    told = {one.id: _words(one.model_dump()) for one in found.resources} | {"": found.intro}
    there = " ".join(told[name].split())
    assert [words for words in RESOURCE_FACTS[name].split(" / ") if words not in there] == []


def test_what_is_not_there_is_not_found() -> None:
    sheet = SHEETS["staff-care"]
    assert all("98% said" not in text for text in texts(sheet).values())
    assert set(SHEETS) >= {fact.worksheet for fact in FACTS}
