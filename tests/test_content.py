"""What the shipped worksheets ask, written down by hand: nothing may be lost from them, and no id renamed.

Beside it: what holds for all of them. Somebody tired can answer them in the time they promise, they are
honest about what is private, and what they offer begins with a step that can be taken.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

import pytest

from build import around, walk_for
from effort import minutes, section_minutes, shipped
from libwell.flows.choosing import SENTENCE
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.model.characters import first_words
from libwell.rules.asked_now import while_answering
from libwell.rules.checking.reading import prompt_grades
from libwell.rules.privacy import private_prompts
from libwell.storage.places import shipped_worksheets
from libwell.storage.resources import find_resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.base import Item, Level
    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

# One line for each prompt: its kind, then its ids, `*` behind those that are offered to the plan.
OUTLINES = {
    "anchor-institution": """
        Your library as an anchor institution, 25 minutes
        [anchor]
        serves-as-anchor: text
        seen-as-anchor: choice = widely some not-yet; dont-know
        seen-as-anchor-why: text
        shared-mission: text
        whole-community: text
        other-anchors: list
        [practice]
        practice-areas: rating 0-3 = trauma-informed* mental-health-first-aid* partnerships*
            library-social-work*; dont-know
        access: checklist well improve* = information relationships referrals calm-place technology
            benefit-forms coping-workshops helplines outreach-venue togetherness own
        at-risk-groups: choices = unemployed* retired* disabled* no-internet* unhoused* caregivers* newcomers*
            teens* other
        [plan]
        plan: plan
        """,
    "staff-care": """
        Staff care, self-care, 20 minutes
        [arriving]
        energy: private rating 1-5; not-applicable
        on-my-mind: private text; not-applicable
        [care]
        supports: checklist well improve* = check-ins learning-time hr-policies praise connect safety own
        safety-kinds: checklist well improve* = physical psychological-patrons psychological-staff social
            moral
        employer: checklist well improve* = trauma-training mental-health-access clear-policies workload
            after-incident harassment pay-hours own
        supports-why: private text; not-applicable; recalls supports.improve; when supports with improve
        beyond-self: text; not-applicable
        [plan]
        plan: plan
        """,
    "policy-review": """
        Reviewing policies with a social-work lens, 45 minutes
        [welcome]
        welcoming: text
        voices: text
        [policies]
        areas: choices = sleeping furniture food-drink bathrooms time-limits bags conduct pets odor
            substance-use unattended-children asking-for-money other
        area-review: table from areas = happens need change* harm enforcing
        one-policy: choice from areas
        principles: table of safety trustworthiness choice collaboration empowerment peer-support culture
            = today closer*; recalls one-policy area-review; when one-policy answered True
        [needs]
        needs-assessment: text
        evidence: list
        [plan]
        plan: plan
        """,
    "community-connections": """
        Social workers and community connections, 20 minutes
        [reach]
        services: text
        internship: choice = have explore not-now; dont-know
        internship-call: text; when internship is explore
        dialogue: choice = have want* not-now; dont-know
        [agencies]
        agencies: table = name! kind(nonprofit government educator health faith other) contact reach idea*
        [plan]
        plan: plan
        """,
    "whole-person-library": """
        The whole learner guide, 120 minutes
        [goals]
        personal-goals: private list; not-applicable
        team-goals: list
        strategic-plan: text
        lens: choices = policies* spaces* partnerships* programmes*
        [anchor]
        [practice]
        [care]
        [welcome]
        [policies]
        [needs]
        [reach]
        [agencies]
        [assess]
        needs-how: table = ask count by(date)
        services-here: list
        advocate: text
        [plan]
        plan: plan
        """,
    "wellness-action-brief": """
        From takeaways to action, 25 minutes
        [parts]
        parts: choices = workplace team community personal
        [workplace] when parts includes workplace
        workplace-programmes: checklist doing want* = programming trauma-training cross-department own;
            not-applicable
        equity-work: private checklist doing want* = reframing own; not-applicable
        [team] when parts includes team
        team-culture: checklist doing want* = listening peer-support leaders tools own; not-applicable
        [community] when parts includes community
        community-system: checklist doing want* = incidents youth sharing advocacy own; not-applicable
        [personal] when parts includes personal
        personal-care: private checklist doing want* = breaks mindfulness boundaries joy own; not-applicable
        joy-this-week: private text; not-applicable
        [plan]
        plan: plan
        """,
    "resilience-toolkit": """
        Your resilience toolkit, 45 minutes
        [work]
        pressures: private choices = workload* emotional-labour* incidents* politics* resources* duties*
            hostility* isolation* aftermath* bullying* discrimination* precarity* conscience* other;
            not-applicable
        organisation-asks: private text; not-applicable
        organisation-steps: private table = what* who; not-applicable
        [notice]
        signs: private rating 0-4 = b1 b2 b3 b4 v1 v2 v3 v4 c1 c2 c3 c4; not-applicable
        pattern: private text; not-applicable
        emotional-gap: private text; not-applicable
        mission-cost: private text; not-applicable
        [protect]
        kindness: private choices = friend-voice* break-for-me* end-of-shift* enough* other; not-applicable
        boundaries: private table = situation limit words*; not-applicable
        [recover]
        reflective-practice: private choices = after-shift* weekly-note* with-peer* supervision* other;
            not-applicable
        peer-support: private table = who for how*; not-applicable
        team-approaches: private choices = debrief* rotate* handover-buddy* quiet-time* other; not-applicable
        [plan]
        plan: private plan; not-applicable
        """,
    "after-a-hard-moment": """
        After a hard moment, 3 minutes
        [now]
        safe: private choice = yes not-sure no; not-applicable
        desk: private choice = colleague supervisor nobody other; not-applicable
        hurt: private yes-no; dont-know; not-applicable
        record: private text; not-applicable
        with-you: private choice = home colleague nobody other; dont-know; not-applicable
        tomorrow: private choices = work telling full-report changes other; not-applicable
        """,
    "trauma-informed-practice": """
        How trauma-informed is our library?, 30 minutes
        [safety]
        safety: rating 0-3 = calm-space* whom-to-ask* lower-tension* after-incident*; dont-know
        [trustworthiness]
        trustworthiness: rating 0-3 = plain-rules* even-handed* records* honest-limits*; dont-know
        [choice]
        choice: rating 0-3 = options-first* ways-to-ask* no-story-needed* way-back*; dont-know
        [collaboration]
        collaboration: rating 0-3 = paid-advisers* patrons-say* warm-referrals* every-role*; dont-know
        [empowerment]
        empowerment: rating 0-3 = ask-first* dignity* give-back* kind-words*; dont-know
        [peer-support]
        peer-support: rating 0-3 = groups-meet* lived-experience* staff-peers* own-choice*; dont-know
        [culture]
        culture: rating 0-3 = languages* own-name* falls-harder* somebody-steps-in*; dont-know
        [staff]
        staff: rating 0-3 = enough-people* relief* learning* clear-role*; dont-know
        [surprise]
        surprise: text
        [plan]
        plan: plan
        """,
}
INCLUDED = {
    "anchor-institution": ("anchor", "practice"),
    "staff-care": ("care",),
    "policy-review": ("welcome", "policies", "needs"),
    "community-connections": ("reach", "agencies"),
}
SITTINGS = "goals anchor practice; care; welcome policies needs; reach agencies; assess plan"

WHOSE: dict[tuple[str, str], Level] = {
    ("staff-care", "energy"): "me",
    ("staff-care", "supports"): "team",
    ("staff-care", "employer"): "organisation",
    ("wellness-action-brief", "workplace-programmes"): "organisation",
    ("wellness-action-brief", "equity-work"): "organisation",
    ("wellness-action-brief", "team-culture"): "team",
    ("wellness-action-brief", "community-system"): "community",
    ("wellness-action-brief", "personal-care"): "me",
    ("resilience-toolkit", "pressures"): "organisation",
    ("resilience-toolkit", "organisation-steps"): "organisation",
    ("resilience-toolkit", "team-approaches"): "team",
}
SOURCES = {
    "anchor-institution": "Social Work Approaches; Anchor Institution Initiative; How Americans Value; "
    "Libraries as Community Anchors; Palaces for the People",
    "staff-care": "Social Work Approaches; A Trauma-Informed Approach; Libraries as Community Anchors; "
    "Urban Library Trauma Study; Renewals; The Sanctuary Model",
    "policy-review": "Social Work Approaches; Libraries as Community Anchors; SAMHSA's Concept; "
    "Creating Cultures of Trauma-Informed Care; A Trauma-Informed Framework",
    "community-connections": "Social Work Approaches; Community Partnership",
    "whole-person-library": "Social Work Approaches; Anchor Institution Initiative; SAMHSA's Concept",
    "wellness-action-brief": "ALA ThinkTank Action Brief: Main Takeaways & Action Items; (NG116)",
    "resilience-toolkit": "Overcoming Compassion Fatigue; Libraries as Community Anchors; "
    "Urban Library Trauma Study; Renewals; Vocational Awe; (NG116); Guidelines for the Management",
    "after-a-hard-moment": "Urban Library Trauma Study; (NG116)",
    "trauma-informed-practice": "Libraries as Community Anchors; SAMHSA's Concept; Creating Cultures of "
    "Trauma-Informed Care; A Trauma-Informed Framework; Post-traumatic stress disorder (NG116)",
}
RESOURCES = """
    from-burnout-to-balance course
    de-escalation-strategies training
    coping-with-change training
    having-fun-at-work-again training
    empathetic-leadership book-list
    student-mental-health-books book-list
    mental-health-in-the-library book-list
    taking-care-of-self-staff-community webinar
    social-work-approaches webinar
    community-partnership-guide guide
    mental-health-first-aid training
    pla-social-worker-task-force task-force
    overcoming-compassion-fatigue course
    urban-library-trauma-study article
    low-morale-studies article
    low-morale webinar
    revitalizing-morale webinar
    pla-workbook guide
    samhsa-concept-of-trauma guide
    988-lifeline helpline US
    988-canada helpline CA
    samaritans-uk helpline GB
    samaritans-ireland helpline IE
    lifeline-australia helpline AU
    1737-new-zealand helpline NZ
    find-a-helpline helpline
    emergency-number helpline
"""
MOST_GRADE, MOST_OF_A_QUESTION = 9, 10
MOST_WORDS_OF_NOTICE = 30
SHORT_WAYS = {
    "anchor-institution": "access at-risk-groups plan",
    "community-connections": "dialogue agencies plan",
    "policy-review": "areas area-review plan",
    "trauma-informed-practice": "safety surprise plan",
    "staff-care": "supports supports-why plan",
    "resilience-toolkit": "pressures organisation-asks plan",
}

SHEETS = {worksheet.id: worksheet for worksheet in shipped()}
every_worksheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


# --- the outline of a worksheet ---------------------------------------------------------------------


def outline(sheet: Worksheet) -> Iterator[str]:
    """A worksheet as `OUTLINES` has it."""
    yield f"{sheet.title}, {sheet.minutes} minutes"
    for section in sheet.sections:
        yield from section_outline(section, private_prompts(sheet))


def section_outline(section: Section, private: frozenset[str]) -> Iterator[str]:
    when = f" {condition(section.when)}" if section.when else ""
    yield f"[{section.id}]{when}"
    yield from (prompt_outline(prompt, private) for prompt in section.prompts)


def prompt_outline(prompt: AnyPrompt, private: frozenset[str]) -> str:
    words = ["private" if prompt.id in private else "", prompt.kind, " ".join(shape(prompt))]
    line = f"{prompt.id}: {' '.join(filter(None, words))}"
    ids = " ".join(choosable(prompt))
    parts = [f"{line} = {ids}" if ids else line, *prompt.not_answers]
    parts += [f"recalls {' '.join(prompt.recall)}"] if prompt.recall else []
    return "; ".join([*parts, condition(prompt.when)] if prompt.when else parts)


def shape(prompt: AnyPrompt) -> Iterator[str]:
    """What stands before the ids: a scale, marks, where rows come from."""
    if isinstance(prompt, RatingPrompt):
        yield f"{prompt.scale.min}-{prompt.scale.max}"
    if isinstance(prompt, ChecklistPrompt):
        yield from (starred(mark, offered=mark.offer) for mark in prompt.marks)
    if isinstance(prompt, ChoicesPrompt) and prompt.max:
        yield f"at most {prompt.max}"
    if prompt.source:
        yield f"from {prompt.source}"
    if isinstance(prompt, TablePrompt) and prompt.rows:
        yield f"of {' '.join(row.id for row in prompt.rows)}"


def choosable(prompt: AnyPrompt) -> Iterator[str]:
    """The ids of options, items or columns, and what may be added."""
    for thing in (*getattr(prompt, "options", ()), *getattr(prompt, "items", ())):
        yield starred(
            thing, offered=getattr(thing, "offer", False) or getattr(prompt, "offer_at_most", None) == 1
        )
    if isinstance(prompt, TablePrompt):
        for column in prompt.columns:
            inside = [option.id for option in column.options] + ["other"] * column.other
            kind = f"({' '.join(inside)})" if inside else f"({column.kind})" * (column.kind != "text")
            yield f"{column.id}{'!' * column.required}{kind}{'*' * column.offer}"
    if getattr(prompt, "other", False):
        yield "other"
    if getattr(prompt, "add_items", False):
        yield "own"


def starred(thing: Item, *, offered: bool) -> str:
    return thing.id + "*" * offered


def condition(when: Condition | None) -> str:
    given = when.model_dump(by_alias=True, exclude_none=True) if when else {}
    return " ".join(
        ["when", str(given.pop("prompt", "")), *(f"{key} {value}" for key, value in given.items())]
    )


def lines(text: str) -> list[str]:
    """The lines of an outline; one that ends in the middle goes on in the next."""
    found: list[str] = []
    for line in (line for line in text.splitlines() if line.strip()):
        begins = not line.startswith(" " * 12)
        found = [*found, line.strip()] if begins else [*found[:-1], f"{found[-1]} {line.strip()}"]
    return found


def sections_of(name: str) -> dict[str, list[str]]:
    """The lines of each section of an outline, by the section's id."""
    found: dict[str, list[str]] = {}
    for line in lines(OUTLINES[name])[1:]:
        if line.startswith("["):
            found[line[1 : line.index("]")]] = []
        found[list(found)[-1]].append(line)
    return found


# --- what is asked ----------------------------------------------------------------------------------


def test_these_are_the_worksheets() -> None:
    assert sorted(SHEETS) == sorted(OUTLINES)


@pytest.mark.parametrize("name", [name for name in OUTLINES if name != "whole-person-library"])
def test_nothing_is_lost_and_the_order_is_kept(name: str) -> None:
    assert list(outline(SHEETS[name])) == lines(OUTLINES[name])


def test_the_whole_guide_is_its_parts_and_its_own_questions() -> None:
    name = "whole-person-library"
    sections = sections_of(name)
    for part, included in INCLUDED.items():
        sections |= {section: sections_of(part)[section] for section in included}
    expected = [line for section in sections.values() for line in section]
    assert list(outline(SHEETS[name])) == [lines(OUTLINES[name])[0], *expected]


def test_whose_step_it_is() -> None:
    for (name, wanted), level in WHOSE.items():
        sheet = SHEETS[name]
        section, prompt = next(found for found in sheet.prompts() if found[1].id == wanted)
        assert (prompt.level or section.level or sheet.level) == level


@every_worksheet
def test_where_it_comes_from(sheet: Worksheet) -> None:
    titles = " ".join(source.title for source in sheet.sources)
    assert not [title for title in SOURCES[sheet.id].split("; ") if title not in titles]


@every_worksheet
def test_a_work_is_cited_once(sheet: Worksheet) -> None:
    titles = [source.title for source in sheet.sources]
    assert sorted(set(titles)) == sorted(titles)


def test_the_resources() -> None:
    resources = find_resources([shipped_worksheets()])
    assert not resources.failed
    found = [f"{one.id} {one.kind} {one.country}".strip() for one in resources.resources]
    assert found == lines(RESOURCES)


def test_every_resource_but_helplines_is_named_where_it_helps() -> None:
    named = {name for sheet in SHEETS.values() for section in sheet.sections for name in section.learn_more}
    given = {line.split()[0] for line in lines(RESOURCES) if "helpline" not in line}
    assert given == named


# --- how it is asked --------------------------------------------------------------------------------


@every_worksheet
def test_everything_fits_into_the_minutes_promised(sheet: Worksheet) -> None:
    assert sheet.minutes
    assert minutes(sheet) <= sheet.minutes


def test_the_whole_guide_fits_into_its_sittings() -> None:
    sheet = SHEETS["whole-person-library"]
    promised = [int(number) for number in re.findall(r"\((\d+)\s+minutes\)", sheet.facilitator)]
    assert sum(promised) == sheet.minutes
    sections = {section.id: section_minutes(section, sheet) for section in sheet.sections}
    for sitting, most in zip(SITTINGS.split("; "), promised, strict=True):
        assert sum(sections.pop(name) for name in sitting.split()) <= most
    assert not sections


@every_worksheet
def test_the_prompts_read_easily(sheet: Worksheet) -> None:
    assert median(prompt_grades(sheet)) <= MOST_GRADE
    assert max(prompt_grades(sheet)) <= MOST_OF_A_QUESTION


@every_worksheet
def test_every_prompt_says_why_and_how(sheet: Worksheet) -> None:
    assert not [prompt.id for _, prompt in sheet.prompts() if not (prompt.why and prompt.help)]


@every_worksheet
def test_what_can_be_offered_begins_with_a_step_of_its_own(sheet: Worksheet) -> None:
    steps = [thing.suggest for _, prompt in sheet.prompts() for thing in offered(prompt)]
    assert all(steps)
    assert len(set(steps)) == len(steps)


def offered(prompt: AnyPrompt) -> Iterable[Item]:
    """The items and options that can be put before a person at the plan."""
    if isinstance(prompt, ChecklistPrompt):
        return prompt.items if any(mark.offer for mark in prompt.marks) else ()
    if isinstance(prompt, RatingPrompt):
        return prompt.items if (prompt.offer_at_most, prompt.offer_at_least) != (None, None) else ()
    return [option for option in getattr(prompt, "options", ()) if option.offer]


@every_worksheet
def test_what_is_private_can_be_not_applicable(sheet: Worksheet) -> None:
    private = private_prompts(sheet)
    held = [prompt.id for _, prompt in sheet.prompts() if "not-applicable" not in prompt.not_answers]
    assert private.isdisjoint(held)


@every_worksheet
def test_a_notice_is_short_and_leaves_to_libwell_what_libwell_says(sheet: Worksheet) -> None:
    """What is private, what that means, and what can be typed is said once, by the walk itself."""
    assert len(sheet.notice.split()) <= MOST_WORDS_OF_NOTICE
    notices = " ".join([sheet.notice, *(section.notice for section in sheet.sections)])
    assert not re.search(r"private|shared|records law|work computer|:[a-z]+", notices)


@every_worksheet
def test_not_mine_to_change_is_an_answer(sheet: Worksheet) -> None:
    said = " ".join([sheet.about, *(section.intro for section in sheet.sections)])
    assert re.search(r'"Not mine to change" is an answer|not yours to', " ".join(said.split()))


@pytest.mark.parametrize("name", SHORT_WAYS)
def test_these_are_asked_on_the_short_way(name: str) -> None:
    assert [prompt.id for _, prompt in SHEETS[name].prompts() if prompt.core] == SHORT_WAYS[name].split()


@every_worksheet
def test_whoever_leads_it_finds_what_they_need(sheet: Worksheet) -> None:
    headed = re.findall(r"(?:^|\n\n)([A-Z][a-z ]+): ", sheet.facilitator)
    in_order = [word for word in headed if word != "How to lead it"]
    assert in_order == [
        "Purpose",
        "Agreements",
        "Timing",
        "To talk about",
        "Never read aloud",
        "To close",
        "Looking again",
    ]
    said = dict(re.findall(r"(?:^|\n\n)([A-Z][a-z ]+): ((?:.|\n(?!\n))+)", sheet.facilitator))
    assert said["To talk about"].count("?") == 2
    assert "may pass" in said["Agreements"]
    assert all(word in said["Timing"].split() for word in ("alone,", "pairs,", "group,"))


# --- what is rated ----------------------------------------------------------------------------------


def test_only_the_library_is_scored_and_never_a_person() -> None:
    assert [name for name, sheet in SHEETS.items() if sheet.scores] == ["trauma-informed-practice"]


def test_each_principle_has_a_mean_and_three_invitations() -> None:
    sheet = SHEETS["trauma-informed-practice"]
    ratings = {prompt.id: prompt for _, prompt in sheet.prompts() if isinstance(prompt, RatingPrompt)}
    assert [score.id for score in sheet.scores] == list(ratings)
    for score in sheet.scores:
        assert score.items == tuple(f"{score.id}.{item.id}" for item in ratings[score.id].items)
        assert (score.method, score.minimum_answered, score.reverse) == ("mean", 3, ())
        assert [band.up_to for band in score.bands] == [1.0, 2.0, None]
        assert all("You could" in band.say for band in score.bands)


def test_the_examples_show_a_mean_a_gap_and_too_little() -> None:
    for score in SHEETS["trauma-informed-practice"].scores:
        points = [list(example.given[score.id].values()) for example in score.examples]
        rated = [sum(isinstance(point, int) for point in given) for given in points]
        results = [example.score for example in score.examples]
        assert {4, 3} <= set(rated)
        assert [number < 3 for number in rated] == [result is None for result in results]
        assert None in results


def test_the_signs_come_back_in_three_groups_and_count_for_nothing() -> None:
    sheet = SHEETS["resilience-toolkit"]
    signs = sheet.find("signs")
    assert isinstance(signs, RatingPrompt)
    assert [group.items for group in signs.give_back] == [
        tuple(f"{letter}{number}" for number in range(1, 5)) for letter in "bvc"
    ]
    assert (signs.offer_at_most, signs.offer_at_least) == (None, None)
    section = next(section for section, prompt in sheet.prompts() if prompt is signs)
    assert "not a measure" in section.intro


def test_what_others_could_do_comes_first_in_the_toolkit() -> None:
    answers = """
    kindness = ["enough"]
    team-approaches = ["rotate"]
    pressures = ["conscience", "hostility", { other = "The stairs" }]
    organisation-steps = [{ what = "Ask for two people at closing", who = "The branch manager" }]
    """
    walk = walk_for(SHEETS["resilience-toolkit"], answers, at="plan")
    plan = while_answering(walk.asked()[-1], walk.asked(), walk.worksheet, walk.response, now=around())
    said = [(offer.level, offer.step.split()[0], offer.who) for offer in plan.around.offers]
    assert said == [
        ("team", "Ask", ""),
        ("organisation", "Ask", ""),
        ("organisation", "The", ""),
        ("organisation", "Ask", "The branch manager"),
        ("team", "Ask", ""),
        ("me", "Write", ""),
    ]


def test_each_pressure_leads_to_somebody_who_can_change_it() -> None:
    pressures = SHEETS["resilience-toolkit"].find("pressures")
    assert isinstance(pressures, ChoicesPrompt)
    assert {option.level for option in pressures.options} == {"organisation", "team"}
    assert all(option.offer and option.suggest for option in pressures.options)


@every_worksheet
def test_a_summary_is_one_whole_line_where_a_worksheet_is_chosen(sheet: Worksheet) -> None:
    assert first_words(sheet.summary, SENTENCE) == sheet.summary


def test_after_a_hard_moment_support_stands_first_and_nothing_is_planned() -> None:
    first, *others = [prompt for _, prompt in SHEETS["after-a-hard-moment"].prompts()]
    assert first.support == "now"
    assert not any(prompt.holds_actions for prompt in others)
