"""Whatever people do between reports, two of one group could exchange all they answered unnoticed.

Random histories: people come, leave, change an answer, share again unchanged, move to another team and skip;
reports are made with and without teams, with one minimum or another. In a second world each person in a told
set has the answers that somebody else of their group has in the first. If every report of both worlds is the
same to the byte, no number in them points to anybody.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import response_for, things, worksheet_of
from libwell.export.csv import render as to_csv
from libwell.export.html import render as to_html
from libwell.export.icalendar import render as to_calendar
from libwell.export.json import render as to_json
from libwell.export.markdown import render as to_markdown
from libwell.rules.team.keeping import Keeping
from libwell.rules.team.kept_report import read_kept
from libwell.rules.team.plan_document import plan_data, plan_document, plan_sheet, plan_tasks
from libwell.rules.team.plans import plan
from libwell.rules.team.reply_sheet import reply_sheet
from libwell.rules.team.report import report
from libwell.rules.team.report_data import report_data, report_sheet
from libwell.rules.team.report_document import report_document
from libwell.rules.team.tally import gather
from libwell.rules.team.told import Told
from libwell.rules.team.trend import trend
from libwell.rules.team.trend_data import trend_data, trend_sheet
from libwell.rules.team.trend_document import trend_document
from schema_check import faults
from team_build import copy_of
from tiers import examples

if TYPE_CHECKING:
    from libwell.model.response import Response
    from libwell.rules.team.contributions import Copy
    from libwell.rules.team.kept_report import KeptReport
    from libwell.rules.team.plans import TeamPlan
    from libwell.rules.team.tally import Tally

SHEET = worksheet_of(
    'id = "yes", kind = "yes-no", not_answers = ["dont-know"]',
    f"""id = "list", kind = "checklist", items = {things("a", "b")},
        marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]""",
    f'id = "picks", kind = "choices", options = {things("x", "y", "z")}',
    f'id = "one", kind = "choice", options = {things("u", "v")}, when = {{ prompt = "yes", is = true }}',
    f'id = "order", kind = "ranking", top = 2, options = {things("p", "q", "r")}',
    'id = "hours", kind = "number", bands = [2, 8]',
    """id = "rated", kind = "rating", scale = { min = 0, max = 2, labels = ["no", "yes"] },
        when = { prompt = "list", marked = "a" }""",
    'id = "plan", kind = "plan"',
)
REST, TEA = "\n[[actions]]\nstep = 'Rest'\n", "\n[[actions]]\nstep = 'Buy tea'\ndue = 2027-02-01\n"
ANSWERS = (
    "",
    f"yes = true\none = 'u'{TEA}",
    "yes = true\none = 'v'\nlist = { well = ['a'] }\nrated = 2",
    'order = ["q", "p"]\nhours = 9',
    "order = ['r']\nhours = 2\nyes = true",
    f"order = ['q', 'r']\nhours = 1{TEA}status = 'done'{REST}",
    "yes = false\nlist = { more = ['a', 'b'] }\nrated = 0",
    'yes = { not-answered = "dont-know" }\npicks = ["x", "y"]',
    'list = { well = ["b"], more = ["b"] }\npicks = ["z"]',
    f"yes = true\none = 'u'\nlist = {{ more = ['a'] }}\nrated = 1\npicks = ['x']{REST}status = 'doing'",
)


class Version(NamedTuple):
    """What one person shares from some round on. `salt` makes it another copy than the one before."""

    answers: int
    team: str
    salt: int


class Round(NamedTuple):
    """Who is there, each at which of their versions, and how the report is made."""

    here: dict[int, int]
    minimum: int
    by_team: bool


class History(NamedTuple):
    """Every version of each person, and every round."""

    versions: dict[int, list[Version]]
    rounds: list[Round]


@cache
def base_copy(number: int, answers: int) -> Copy:
    return copy_of(SHEET, ANSWERS[answers], number=number)


def shared_copy(number: int, version: Version, revision: int) -> Copy:
    """A copy of one person; where they are called is what no report tells, and makes it another copy."""
    base = base_copy(number, version.answers)
    person = base.shared.person.model_copy(update={"team": version.team, "library": f"{version.salt}"})
    return base._replace(shared=base.shared.model_copy(update={"person": person, "revision": revision}))


DOINGS = ["stay", "stay", "stay", "again", "change", "change", "move", "leave", "come"]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw what so many people do in so many rounds, most of them nothing."""
    count = draw(st.integers(3, 16))
    a_team, some_answers = st.sampled_from(["", "n", "s"]), st.integers(0, len(ANSWERS) - 1)
    versions = {number: [Version(draw(some_answers), draw(a_team), 0)] for number in range(count)}
    begin = draw(st.integers(0, count))
    here = dict.fromkeys(range(begin), 0)
    rounds = []
    for _ in range(draw(st.integers(1, 4))):
        doings = draw(st.lists(st.sampled_from(DOINGS), min_size=count, max_size=count))
        everybody_does = draw(st.sampled_from([None, None, *DOINGS]))
        for number, doing in enumerate(doings if everybody_does is None else [everybody_does] * count):
            _do(doing, number, versions, here, (draw(some_answers), draw(a_team)))
        rounds.append(Round(dict(here), draw(st.sampled_from([3, 5])), draw(st.booleans())))
    return History(versions, rounds)


def _do(
    doing: str,
    number: int,
    versions: dict[int, list[Version]],
    here: dict[int, int],
    drawn: tuple[int, str],
) -> None:
    mine, (answers, team) = versions[number], drawn
    if doing == "leave":
        here.pop(number, None)
    elif doing == "come":
        here.setdefault(number, len(mine) - 1)
    elif doing in ("change", "move") and number in here:
        team = team if doing == "move" else mine[-1].team
        mine.append(Version(answers, team, len(mine)))
        here[number] = len(mine) - 1


def reports(history: History) -> tuple[list[str], Told]:
    """Every report of a history in every format, each made twice, and the plans with the numbers in them."""
    told, made, kept = Told(), [], response_for(SHEET, kept={})
    for number, one in enumerate(history.rounds):
        copies = [shared_copy(who, history.versions[who][at], at + number) for who, at in one.here.items()]
        tally = gather(copies)
        found, told = report(tally, told=told, minimum=one.minimum, by_team=one.by_team)
        again, told_again = report(tally, told=told, minimum=one.minimum, by_team=one.by_team)
        assert (again, told_again) == (found, told)
        planned, told = plan(tally, told=told, minimum=one.minimum)
        document, data = report_document(found), report_data(found)
        assert faults("report", json.loads(to_json(data))) == []
        made += [to_markdown(document), to_csv(report_sheet(found)), to_json(data)]
        planned = only_told(planned)
        made += [
            to_markdown(plan_document(planned)),
            to_csv(plan_sheet(planned)),
            to_json(plan_data(planned)),
        ]
        made += [to_markdown(reply_sheet(planned))]
        kept = grown(kept, tally, planned)
        made += [repr(numbers_kept(kept))]
    pages = (document, plan_document(planned), reply_sheet(planned))
    return [*made, *map(to_html, pages), to_calendar(plan_tasks(planned))], told


def only_told(planned: TeamPlan) -> TeamPlan:
    """A plan without the steps of which no number is told: they stand as they were shared."""
    # How often the steps were shared is no number of people.
    steps = (replace(one, revision=1) for one in planned.steps if one.support is not None)
    return planned._replace(steps=tuple(steps), near=())


def grown(kept: Response, tally: Tally, planned: TeamPlan) -> Response:
    """A kept plan that has met these copies."""
    keeping = Keeping(kept, tally)
    keeping.take(planned)
    return keeping.response


def numbers_kept(kept: Response) -> list[tuple[tuple[str, ...], int]]:
    """How many support each step of a kept plan, of those where that was told."""
    return sorted((one.keys, one.support) for one in (kept.kept or {}).values() if one.support)


def trends(history: History) -> tuple[list[str], Told]:
    """A trend of all rounds so far, in every format, after each; before some of them also a report."""
    told, made = Told(), []
    rounds: list[tuple[str, Tally | KeptReport]] = []
    for number, one in enumerate(history.rounds):
        copies = [shared_copy(who, history.versions[who][at], at + number) for who, at in one.here.items()]
        tally = gather(copies)
        if one.by_team:
            found, told = report(tally, told=told, minimum=one.minimum, by_team=True)
            data = to_json(report_data(found))
            made.append(data)
            rounds.append((f"Report {number}", read_kept(json.loads(data))))
        rounds.append((f"Copies {number}", tally))
        moved, told = trend(rounds, told=told, minimum=one.minimum, plan=[])
        again, told_again = trend(rounds, told=told, minimum=one.minimum, plan=[])
        assert groups_told(told_again) == groups_told(told)  # asked again it tells of nobody else
        assert faults("team-trend", json.loads(to_json(trend_data(moved)))) == []
        made += [to_markdown(trend_document(moved)), to_csv(trend_sheet(moved)), to_json(trend_data(moved))]
        made += [to_json(trend_data(again))]
    return [*made, to_html(trend_document(moved))], told


def groups_told(told: Told) -> set[frozenset[tuple[str, str]]]:
    """Who was told of together, each with which copy."""
    return {frozenset(one.copies.items()) for one in told.sets}


def groups(told: Told, history: History) -> list[list[tuple[int, ...]]]:
    """The people of each group, each with the versions of theirs that were told, one after the other.

    Worked out anew from what the memory holds: who was in which set, and with which copy.
    """
    who = {}
    for number, versions in history.versions.items():
        for at, version in enumerate(versions):
            (entry,) = gather([shared_copy(number, version, 1)]).entries.values()
            assert entry.contribution is not None
            who[entry.contribution.person, entry.contribution.copy] = number, at
    told_of: dict[int, list[tuple[int, int]]] = {}
    for place, one in enumerate(told.sets):
        for pair in one.copies.items():
            number, at = who[pair]
            told_of.setdefault(number, []).append((place, at))
    found: dict[tuple[tuple[int, int], ...], list[tuple[int, ...]]] = {}
    for number, seen in told_of.items():
        order = list(dict.fromkeys(at for _, at in seen))
        pattern = tuple((place, order.index(at)) for place, at in seen)
        found.setdefault(pattern, []).append((number, *order))
    return list(found.values())


def exchanged(history: History, told: Told) -> History:
    """The second world: in each group everybody has the next one's answers, in each copy that was told."""
    versions = {number: list(some) for number, some in history.versions.items()}
    for group in groups(told, history):
        for (number, *mine), (other, *theirs) in zip(group, [*group[1:], group[0]], strict=True):
            for at, place in zip(mine, theirs, strict=True):
                answers = history.versions[other][place].answers
                versions[number][at] = versions[number][at]._replace(answers=answers)
    return History(versions, history.rounds)


@given(histories())
@examples(600)
def test_in_a_second_world_everybody_told_of_has_somebody_elses_answers(history: History) -> None:
    texts, told = reports(history)
    smallest = min(one.minimum for one in history.rounds)
    assert all(len(group) >= smallest for group in groups(told, history))
    assert reports(exchanged(history, told))[0] == texts


@pytest.mark.thorough
@given(histories())
@examples(600, quick=20)
def test_in_a_second_world_every_trend_is_the_same(history: History) -> None:
    texts, told = trends(history)
    smallest = min(one.minimum for one in history.rounds)
    assert all(len(group) >= smallest for group in groups(told, history))
    assert trends(exchanged(history, told))[0] == texts


def test_without_a_memory_one_person_stands_alone_between_two_reports() -> None:
    versions = {number: [Version(1 if number else 2, "", 0)] for number in range(6)}
    five, six = dict.fromkeys(range(1, 6), 0), dict.fromkeys(range(6), 0)
    rounds = [Round(here, 5, by_team=False) for here in (five, six)]
    apart = [reports(History(versions, [one]))[1] for one in rounds]
    forgetful = Told(tuple(told for one in apart for told in one.sets))
    assert sorted(len(group) for group in groups(forgetful, History(versions, rounds))) == [1, 5]
