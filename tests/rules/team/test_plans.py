"""One plan out of many: the same step once, near ones joined by a person alone, names only where shared."""

from __future__ import annotations

import datetime as dt
import json
import random
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build import section_text, sheet_text, things, worksheet_from, worksheet_of
from counting import counted
from hostile import HOSTILE
from libwell.errors import UsageError
from libwell.export.html import render as to_html
from libwell.export.icalendar import render as to_calendar
from libwell.export.json import to_json
from libwell.export.markdown import render
from libwell.model.characters import make_visible, one_line
from libwell.model.document import BOX, ROOM, Facts, Listing, Table
from libwell.model.shared import Withdrawal
from libwell.rules.team.plan_document import (
    COLUMNS,
    plan_data,
    plan_document,
    plan_sheet,
    plan_tasks,
)
from libwell.rules.team.plans import fold_step, plan
from libwell.rules.team.reply_sheet import reply_sheet
from libwell.rules.team.tally import gather
from libwell.rules.team.title_block import TitleBlock
from libwell.rules.team.told import Told
from readers import read_html
from team_build import copy_of
from test_json_records import VERBS, closed

if TYPE_CHECKING:
    from libwell.rules.team.contributions import Copy
    from libwell.rules.team.plans import TeamPlan

SHEET = worksheet_of(
    f"""id = "it", kind = "checklist", items = {things("a", "b")},
        marks = [{{ id = "more", text = "more", offer = true }}]""",
    'id = "plan", kind = "plan"',
)

HEADS = ("Step", "Who", "By when", "Status", "Supported by")


def steps(*lines: str, first: int = 0) -> list[Copy]:
    """Each line is the step of one person; keys may follow after a bar."""
    return [copy_of(SHEET, _action(line), number=first + number) for number, line in enumerate(lines)]


def _action(line: str) -> str:
    step, _, keys = line.partition(" | ")
    return f'[[actions]]\nstep = "{step}"\n{keys}\n'


def planned(copies: list[Copy], **options: Any) -> TeamPlan:
    """A first plan, told of three people or more."""
    made, _ = plan(gather(copies), **{"told": Told(), "minimum": 3, **options})
    return made


def told(made: TeamPlan) -> list[tuple[str, int | None]]:
    return [(one.step, one.support) for one in made.steps]


@pytest.mark.parametrize(
    "other", ["buy a KETTLE.", " Buy  a kettle", "“Buy a kettle!”", "Buy a 'kettle'", "Buy a kett\u2019le"]
)
def test_case_spaces_and_punctuation_make_no_other_step(other: str) -> None:
    assert told(planned(steps("Buy a kettle", "Buy a kettle", other))) == [("Buy a kettle", 3)]


@pytest.mark.parametrize(("one", "other"), [("5 €", "5 $"), ("की", "का"), ("☕", "🍵"), ("!?", "?!")])
def test_what_says_something_else_is_another_step(one: str, other: str) -> None:
    assert fold_step(one) != fold_step(other)


def test_who_says_a_step_twice_supports_it_once() -> None:
    twice = copy_of(SHEET, _action("Buy a kettle") + _action("buy a kettle"))
    others = [copy_of(SHEET, "it = { more = ['a'] }", number=number) for number in (1, 2)]
    assert [support for _, support in told(planned([twice, *others]))] == [1]


def test_who_answers_two_worksheets_is_not_counted_twice() -> None:
    other = worksheet_from(sheet_text(section_text('id = "plan", kind = "plan"'), name="again"))
    again = [copy_of(other, _action("Buy a kettle"), number=10 + number) for number in range(4)]
    assert told(planned([*steps(*["Buy a kettle"] * 3), *again])) == [("Buy a kettle", 4)]


def test_near_steps_are_told_of_and_joined_by_a_person_alone() -> None:
    copies = steps("Ask for an hour of learning time", "Ask for one hour of learning time", "Buy a kettle")
    apart = planned(copies)
    assert [[one.step for one in pair] for pair in apart.near] == [
        ["Ask for an hour of learning time", "Ask for one hour of learning time"]
    ]
    assert len(apart.steps) == 3
    joined = planned(copies, joins=["ask for an hour of learning time=Ask for one hour of learning time"])
    assert told(joined) == [("Ask for one hour of learning time", 2), ("Buy a kettle", 1)]
    assert joined.near == ()
    assert joined.steps[0].others == ("Ask for an hour of learning time",)


def test_what_differs_in_a_number_is_not_near() -> None:
    assert planned(steps("Paint the walls of room 2", "Paint the walls of room 3")).near == ()


def test_joins_go_on_from_one_to_the_next_in_any_order() -> None:
    copies = steps("a=b", "c", "d")
    for joins in (["a=b=c", "c=d"], ["c=d", "a=b=c"]):
        assert told(planned(copies, joins=joins)) == [("d", 3)]


@pytest.mark.parametrize("joins", [["a"], ["a=x"], ["a=b", "b=a"], ["a=a"], ["a=b", "a=c"]])
def test_a_join_that_makes_no_sense_is_refused(joins: list[str]) -> None:
    with pytest.raises(UsageError):
        planned(steps("a", "b", "c"), joins=joins)


def test_steps_stand_by_level_then_who_then_day() -> None:
    made = planned(
        steps(
            "late | level = 'team'\nwho = 'Ana'\ndue = 2027-03-01",
            "nobody's | level = 'team'",
            "soon | level = 'team'\nwho = 'Ana'\ndue = 2027-02-01",
            "theirs | level = 'organisation'",
            "mine | level = 'me'",
        )
    )
    assert [one.step for one in made.steps] == ["mine", "soon", "late", "nobody's", "theirs"]
    text = render(plan_document(made))
    assert (
        text.index("## For the team") < text.index("| soon | Ana |") < text.index("| nobody's | nobody yet |")
    )
    assert text.count("| Step | Who | By when | Status | Supported by |") == 3


def test_a_plan_is_a_table_for_each_level_and_then_what_else_is_known() -> None:
    made = planned(
        steps(
            "Buy tea | level = 'team'\nwho = 'Ana'\ndue = 2027-03-01\nknow = 'It is hot'",
            "Rest | level = 'me'\ndue = 'at noon'\nstatus = 'doing'",
            "Wait | level = 'me'\nstatus = 'let-go'\nknow = 'Quiet'",
        )
    )
    document = plan_document(made)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [(one.columns, one.rows) for one in tables] == [
        (HEADS, (("Rest", "nobody yet", "at noon", "under way", "1 person"),)),
        (HEADS, (("Buy tea", "Ana", "March 1, 2027", "open", "1 person"),)),
        (("Step", "How we will know"), (("Buy tea", "It is hot"), ("Wait", "Quiet"))),
        (HEADS, (("Wait", "nobody yet", "no day yet", "let go", "1 person"),)),
    ]
    assert read_html(to_html(document)).count("Supported by") == 4


def test_what_some_have_done_says_how_many_of_those_who_support_it() -> None:
    lines = ["s | status = 'done'", "s", "s | status = 'doing'"]
    made = planned(steps(*lines))
    assert [(one.support, one.done, one.status) for one in made.steps] == [(3, 1, "open")]
    assert "| 1 of 3 done | 3 people |" in render(plan_document(made))
    assert plan_data(made)["steps"][0]["done"] == 1
    assert plan_sheet(made).rows[0][COLUMNS.index("done")] == 1
    for status, said in (("done", "done"), ("doing", "under way")):
        text = render(plan_document(planned(steps(*[f"s | status = '{status}'"] * 3))))
        assert f"| {said} | 3 people |" in text


def test_who_has_done_half_of_a_step_has_not_done_it() -> None:
    half = copy_of(SHEET, _action("s | status = 'done'") + _action("s!"))
    others = steps("s | status = 'done'", "t", first=1)
    assert planned([half, *others]).steps[0].done == 1


def test_how_many_have_done_a_step_is_told_like_how_many_support_it() -> None:
    lines = ["s | status = 'done'", "s"]
    for copies in (steps(*lines), steps(*lines, *["t"] * 3)[:4]):
        made = planned(copies, minimum=5)
        assert {one.done for one in made.steps} == {None}
        assert "done" not in render(plan_document(made))


def test_a_step_has_its_first_day_all_who_are_named_and_the_widest_level() -> None:
    (one,) = planned(
        steps(
            "s | who = 'Joy'\ndue = 2027-03-01\nlevel = 'me'",
            "s | who = 'Ana'\ndue = 2027-02-01\nlevel = 'team'",
            "s | due = 'end of term'\nstatus = 'done'\nlevel = 'team'",
        )
    ).steps
    assert (one.who, one.due, one.due_words) == (("Ana", "Joy"), dt.date(2027, 2, 1), ("end of term",))
    assert (one.level, one.status) == ("team", "open")


def test_what_was_withdrawn_is_in_no_plan() -> None:
    copies = steps("stays", "goes")
    tally = gather([*copies, Withdrawal(shared_id=copies[1].shared.shared_id, revision=1)])
    made, _ = plan(tally, told=Told(), minimum=5)
    assert told(made) == [("stays", None)]


# --- what numbers are told ------------------------------------------------------------------------


def test_of_too_few_people_no_step_says_how_many_support_it() -> None:
    made = planned(steps("Buy a kettle", "Buy a kettle", "Rest"), minimum=5)
    assert told(made) == [("Buy a kettle", None), ("Rest", None)]
    text = render(plan_document(made))
    assert "| open | at least one person |" in text
    assert "Fewer than 5 people shared this worksheet" in text


def test_who_came_later_brings_a_step_at_once_and_a_number_only_with_enough_others() -> None:
    five = steps(*["Buy a kettle"] * 5)
    _, before = plan(gather(five), told=Told(), minimum=5)
    made, before = plan(gather(five + steps("Buy a kettle", "Rest", first=5)), told=before, minimum=5)
    assert told(made) == [("Buy a kettle", 5), ("Rest", None)]
    made, _ = plan(gather(five + steps(*["Rest"] * 5, first=5)), told=before, minimum=5)
    assert told(made) == [("Buy a kettle", 5), ("Rest", 5)]


def test_who_came_later_has_done_a_step_only_with_enough_others() -> None:
    five, done = steps(*["s"] * 5), ["s | status = 'done'"]
    _, before = plan(gather(five), told=Told(), minimum=5)
    made, before = plan(gather(five + steps(*done, first=5)), told=before, minimum=5)
    assert [(one.done, one.support) for one in made.steps] == [(0, 5)]
    made, _ = plan(gather(five + steps(*done * 5, first=5)), told=before, minimum=5)
    assert [(one.done, one.support) for one in made.steps] == [(5, 10)]


def test_where_somebody_left_no_step_says_how_many_support_it() -> None:
    five = steps(*["Buy a kettle"] * 3, "Rest", "Rest")
    _, before = plan(gather(five), told=Told(), minimum=5)
    made, _ = plan(gather(five[:4]), told=before, minimum=5)
    assert told(made) == [("Buy a kettle", None), ("Rest", None)]


def test_nothing_else_in_a_plan_counts_people() -> None:
    def one(copies: list[Copy]) -> TeamPlan:
        return planned(copies, minimum=5)

    few, more = steps("s | level = 'me'", "s | level = 'team'"), steps(*["s | level = 'me'"] * 4, first=2)
    made, others = one(few), one(few + more[:2])
    for document in (plan_document, reply_sheet):
        assert render(document(made)) == render(document(others))
    assert to_calendar(plan_tasks(made)) == to_calendar(plan_tasks(others))
    assert plan_data(one(few)) == plan_data(one(few + more[:2]))


OFFERED = 'it = { more = ["a", "b"] }\n'


def test_what_is_wished_for_often_and_nobodys_step_is_told_of_enough_people() -> None:
    taken = copy_of(SHEET, OFFERED + _action("Do it | from = 'it.b'"), number=9)
    five = [*(copy_of(SHEET, OFFERED, number=number) for number in range(4)), taken]
    wishes = planned(five, minimum=5).wishes
    assert [(one.step, one.people, one.answered) for one in wishes] == [("A", 5, 5)]
    assert planned(five[1:], minimum=5).wishes == ()


def test_the_first_wishes_stand_first_and_the_others_at_the_end() -> None:
    sheet = worksheet_of(
        """id = "it", kind = "checklist", items = [{ id = "a", text = "A", suggest = "Ask for A" },
                { id = "b", text = "B", suggest = "Ask for B" }, { id = "c", text = "C" }],
            marks = [{ id = "more", text = "more", offer = true }]""",
        'id = "plan", kind = "plan"',
    )
    copies = [copy_of(sheet, "it = { more = ['a', 'b', 'c'] }", number=number) for number in range(5)]
    made = planned(copies)
    for top in range(4):
        said = ("A: 5 of 5. A first step: Ask for A", "B: 5 of 5. A first step: Ask for B", "C: 5 of 5")
        first, others = said[:top], ("A: 5 of 5", "B: 5 of 5", "C: 5 of 5")[top:]
        found = [one.items for one in plan_document(made, top=top).blocks if isinstance(one, Listing)]
        assert found == [some for some in (first, others) if some]
        (_, _, *tables, _) = reply_sheet(made, top=top).blocks
        asked = [row[0] for one in tables if isinstance(one, Table) for row in one.rows]
        assert asked == list(first)


def test_a_calendar_names_the_worksheet_whatever_the_title_of_the_plan() -> None:
    dated = steps("Buy a kettle | due = 2027-01-15")
    for title in ("", "How we look after each other"):
        made, _ = plan(gather(dated), told=Told(), minimum=5, head=TitleBlock(title=title))
        entry = to_calendar(plan_tasks(made)).replace("\r\n ", "")
        assert f"Worksheet: {made.worksheets[0][0]}" in entry
        assert "How we look" not in entry


def test_what_few_wish_for_is_not_told_of() -> None:
    copies = [copy_of(SHEET, 'it = { more = ["b"] }', number=number) for number in range(6)]
    copies.append(copy_of(SHEET, 'it = { more = ["a"] }', number=6))
    assert [one.step for one in planned(copies).wishes] == ["B"]


def test_a_wish_that_is_nearly_a_step_stands_beside_that_step() -> None:
    sheet = worksheet_of(
        """id = "it", kind = "checklist", marks = [{ id = "more", text = "more", offer = true }],
        items = [{ id = "a", text = "Learning", suggest = "Ask for one hour of learning time" }]""",
        'id = "plan", kind = "plan"',
    )
    answers = "it = { more = ['a'] }\n"
    copies = [copy_of(sheet, answers, number=number) for number in range(4)]
    copies.append(copy_of(sheet, answers + _action("Ask for an hour of learning time"), number=9))
    made = planned(copies, minimum=5)
    assert made.wishes == ()
    assert [wish.people for wish in made.steps[0].wishes] == [5]
    assert plan_document(made).blocks[-1] == Table(
        ("Step", "Also wished for"),
        (("Ask for an hour of learning time", "Learning: 5 of 5"),),
        row_heads=True,
    )


@pytest.mark.parametrize(
    ("prompt", "answer", "step"),
    [
        (
            f"""id = "it", kind = "rating", items = {things("a")}, offer_at_most = 1,
                scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}""",
            "it = { a = 1 }",
            "A",
        ),
        (
            """id = "it", kind = "rating", ask = "Rested?", offer_at_most = 1,
                scale = { min = 0, max = 3, labels = ["no", "yes"] }""",
            "it = 0",
            "Rested?",
        ),
        (
            """id = "it", kind = "choices",
                options = [
                    { id = "u", text = "U", offer = true, suggest = "Do U" }, { id = "v", text = "V" }]""",
            "it = ['u', 'v']",
            "Do U",
        ),
        (
            """id = "it", kind = "ranking", top = 1,
                options = [
                    { id = "u", text = "U", offer = true, suggest = "Do U" }, { id = "v", text = "V" }]""",
            "it = ['u']",
            "Do U",
        ),
    ],
)
def test_every_kind_that_offers_steps_has_wishes(prompt: str, answer: str, step: str) -> None:
    sheet = worksheet_of(prompt, 'id = "plan", kind = "plan"')
    made = planned([copy_of(sheet, answer, number=number) for number in range(5)])
    assert [(one.step, one.people, one.answered) for one in made.wishes] == [(step, 5, 5)]
    closed(VERBS["team-plan"]).validate(json.loads(to_json(plan_data(made))))


def test_a_reply_sheet_asks_for_what_somebody_has_to_decide_first() -> None:
    lines = ("mine | level = 'me'", "ours | level = 'team'", "theirs | level = 'organisation'\nwho = 'Ana'")
    over = ("past | level = 'team'\nstatus = 'done'", "gone | status = 'let-go'")
    sheet = reply_sheet(planned(steps(*lines, *over)))
    assert sheet.to_fill_in
    tables = [one for one in sheet.blocks if isinstance(one, Table)]
    assert {one.columns for one in tables} == {("Step", "Yes", "No", "By when", "Why")}
    assert [row for one in tables for row in one.rows] == [
        (text, BOX, BOX, "", "")
        for text in ("theirs (1 person; who: Ana)", "mine (1 person)", "ours (1 person)")
    ]
    assert sheet.blocks[-1] == Facts((("Who answers", ROOM), ("Staff will hear by", ROOM)))


@pytest.mark.thorough
def test_hostile_text_is_a_step_and_does_nothing_in_a_plan_and_on_a_reply_sheet() -> None:
    texts = [text[:1000] for text in HOSTILE if text.strip()]
    action = tomli_w.dumps({"actions": [{"step": text, "who": text, "know": text} for text in texts]})
    made = planned([copy_of(SHEET, action, number=number) for number in range(3)])
    for document in (plan_document(made), reply_sheet(made)):
        shown = "".join(read_html(to_html(document)).split())
        for step in made.steps:
            words = make_visible(one_line(step.step) if document.to_fill_in else step.step)
            assert "".join(words.split()) in shown


def test_a_plan_is_the_same_for_programs() -> None:
    made = planned(steps("s | who = 'Ana'\ndue = 2027-02-01", "s | who = 'Joy'", "t"))
    sheet = plan_sheet(made)
    assert sheet.columns == COLUMNS
    assert sheet.rows[0][:5] == ("s", 2, "team", "Ana; Joy", dt.date(2027, 2, 1))
    assert [one["step"] for one in plan_data(made)["steps"]] == ["s", "t"]
    closed(VERBS["team-plan"]).validate(json.loads(to_json(plan_data(made))))


# --- what near steps cost -------------------------------------------------------------------------

WORDS = ("ask", "for", "an", "hour", "of", "quiet", "at", "the", "desk", "with", "ana", "room", "2", "3")


def near_by_hand(one: str, other: str) -> bool:
    """Whether two wordings without punctuation are near, found out the long way."""
    if [word for word in one.split() if word.isdigit()] != [word for word in other.split() if word.isdigit()]:
        return False
    ordered = " ".join(sorted(one.split())), " ".join(sorted(other.split()))
    return any(
        SequenceMatcher(None, *pair, autojunk=False).ratio() >= 0.8 for pair in ((one, other), ordered)
    )


@given(st.sets(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(" ".join), max_size=8))
@example({"for for an hour ana an 2", "ask ask for an an an hour 2"})
@settings(deadline=None, max_examples=50)
def test_near_steps_are_those_found_the_long_way(texts: set[str]) -> None:
    made = planned(steps(*sorted(texts)))
    near = {frozenset((one.key, other.key)) for one, other in made.near}
    assert near == {frozenset(pair) for pair in combinations(sorted(texts), 2) if near_by_hand(*pair)}


def shuffled(length: int, count: int, letters: str) -> list[str]:
    """Steps of the same letters."""
    rng, some = random.Random(length), list(letters * (length // len(letters)))
    return ["".join(rng.sample(some, len(some))).strip() for _ in range(count)]


def test_steps_above_300_characters_are_not_compared() -> None:
    long = steps(*shuffled(20_000, 2, "abcdefghij klmnopqrst "), *["x" * 301, "x" * 302])
    with counted(SequenceMatcher.ratio) as counts:
        assert planned(long).near == ()
    assert counts["ratio"] == 0
    assert len(planned(steps("x" * 299, "x" * 300)).near) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(("length", "most"), [(300, 3_000), (60, 15_000)])
def test_hundreds_of_steps_of_the_same_letters_are_compared_within_a_budget(length: int, most: int) -> None:
    hostile = "".join(_action(text) for text in shuffled(length, 300, "abcdefghij klmnopqrst "))
    known = steps("Buy a kettle", "Buy a kettle", "Buy one kettle", "Buy one kettle")
    with counted(SequenceMatcher.ratio) as counts:
        made = planned([*known, copy_of(SHEET, hostile, number=9)])
    assert 0 < counts["ratio"] < most  # of 90,000, for two orders of words
    assert [[one.step for one in pair] for pair in made.near] == [["Buy a kettle", "Buy one kettle"]]
