"""A trend says how what was told moved, and nothing of a round that is too small."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import unicodedata
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from build import things, worksheet_of
from hostile import HOSTILE
from libwell.errors import UsageError
from libwell.export.csv import render as to_csv
from libwell.export.html import render as to_html
from libwell.export.json import render as to_json
from libwell.export.markdown import render as to_markdown
from libwell.model.document import Heading, Table
from libwell.model.response import Action
from libwell.rules.team.asked_before import KeptAction
from libwell.rules.team.kept_report import read_kept
from libwell.rules.team.report_data import report_data
from libwell.rules.team.rounds import NOT_SHARED
from libwell.rules.team.tally import gather
from libwell.rules.team.told import Told
from libwell.rules.team.trend import Move, trend
from libwell.rules.team.trend_data import trend_data, trend_sheet
from libwell.rules.team.trend_document import change_text, trend_document
from libwell.terminal.blocks import render as to_text
from schema_check import faults
from team_build import copies_of, report_of

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet
    from libwell.rules.team.contributions import Copy
    from libwell.rules.team.trend import PlaceTrend, Trend

SCALE = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
RATED = f'id = "rated", kind = "rating", items = {things("a")}, {SCALE}'
SHEET = worksheet_of(
    'id = "it", kind = "yes-no", ask = "Is it so?", not_answers = ["dont-know"]',
    f"""id = "list", kind = "checklist", ask = "What of it", items = {things("a", "b")},
        marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]""",
    RATED,
    f'id = "order", kind = "ranking", top = 2, options = {things("p", "q", "r")}',
    'id = "words", kind = "text"',
    head="""private = false
    [[scores]]
    id = "mean"
    title = "How it is"
    method = "mean"
    items = ["rated.a"]
    """,
)
Person = tuple[bool | None, str, int, list[str]]
"""Yes, no or not known; the mark of item a; the rating; what was put in order."""
SPRING: list[Person] = [*[(True, "well", 1, ["p", "q"])] * 6, *[(None, "more", 0, ["r"])] * 5]
SUMMER: list[Person] = [*[(False, "more", 2, ["q"])] * 7, *[(True, "more", 3, ["q", "p"])] * 6]
AUTUMN: list[Person] = [*[(True, "well", 3, ["p"])] * 9, *[(False, "more", 1, ["q", "r"])] * 3]
ROUNDS = {"Spring": SPRING, "Summer": SUMMER, "Autumn": AUTUMN}


def answers(person: Person) -> str:
    it, mark, rating, order = person
    said = '{ not-answered = "dont-know" }' if it is None else json.dumps(it)
    return (
        f'it = {said}\nlist = {{ {mark} = ["a"] }}\nrated = {{ a = {rating} }}\norder = {json.dumps(order)}'
    )


def copies(people: list[Person], *, first: int, sheet: Worksheet = SHEET) -> list[Copy]:
    return copies_of(sheet, *map(answers, people), first=first)


def everybody() -> dict[str, list[Copy]]:
    """The copies of three rounds; in each everybody gives a response of its own."""
    return {label: copies(people, first=100 * n) for n, (label, people) in enumerate(ROUNDS.items())}


def trend_of(rounds: dict[str, Any], *, told: Told | None = None, minimum: int = 5) -> Trend:
    return told_trend(rounds, told=told, minimum=minimum)[0]


def told_trend(
    rounds: dict[str, Any], *, told: Told | None = None, minimum: int = 5, plan: list[Action] | None = None
) -> tuple[Trend, Told]:
    """A trend of rounds, each copies or what a report's JSON holds."""
    sources = [
        (label, gather(one) if isinstance(one, list) else read_kept(one)) for label, one in rounds.items()
    ]
    steps = None if plan is None else list(map(KeptAction, plan))
    return trend(sources, told=told or Told(), minimum=minimum, plan=steps)


def kept(some: list[Copy], **options: Any) -> Any:
    """What the JSON of a report holds."""
    return json.loads(to_json(report_data(report_of(some, **options))))


def place(made: Trend, *where: str) -> PlaceTrend:
    (about,) = made.worksheets
    wanted = (*where, "", "")[:3]
    return next(one for one in about.places if one.where == wanted)


def numbers(made: Trend, *where: str) -> dict[str, list[float | None]]:
    """What moved at a place, by value."""
    moves = place(made, *where).moves
    return {
        move.value or move.measure: [None if one is None else float(one) for one in move.numbers]
        for move in moves
    }


def texts(made: Trend) -> dict[str, str]:
    """A trend in every format."""
    document = trend_document(made)
    return {
        "text": to_text(document),
        "md": to_markdown(document),
        "html": to_html(document),
        "csv": to_csv(trend_sheet(made)),
        "json": to_json(trend_data(made)),
    }


# --- numbers --------------------------------------------------------------------------------------


def test_every_number_is_the_one_that_is_counted_from_the_answers() -> None:
    made = trend_of(everybody())
    rounds = list(ROUNDS.values())
    for value, said in (("true", True), ("false", False), ("not-answered:dont-know", None)):
        shares = [sum(one[0] is said for one in people) / len(people) for people in rounds]
        assert numbers(made, "it")[value] == shares
    for mark in ("well", "more"):
        shares = [sum(one[1] == mark for one in people) / len(people) for people in rounds]
        assert numbers(made, "list", "a")[mark] == shares
    assert numbers(made, "rated", "a") == {"median": [median(one[2] for one in people) for people in rounds]}
    means = [round(sum(one[2] for one in people) / len(people), 2) for people in rounds]
    assert numbers(made, "score:mean") == {"score": means}
    for option in "pqr":
        last = 3
        places = [
            [one[3].index(option) + 1 if option in one[3] else last for one in people] for people in rounds
        ]
        assert numbers(made, "order", option)["mean_place"] == [
            round(sum(some) / len(some), 2) for some in places
        ]


def test_a_difference_is_to_the_round_before_and_to_the_first() -> None:
    (move,) = place(trend_of(everybody()), "rated", "a").moves
    assert [float(move.since(move.before)), float(move.since(move.first))] == [1.0, 2.0]
    page = texts(trend_of(everybody()))["text"]
    assert "Change: +1 since Summer, +2 since Spring" in page
    assert "Spring: 6 of 11 (55%)" in page


def test_what_changed_most_comes_first_and_only_so_many_are_drawn() -> None:
    made = trend_of(everybody())
    sizes = [one.size for one in made.worksheets[0].places]
    assert sizes == sorted(sizes, reverse=True)
    drawn = to_html(trend_document(made, top=2))
    assert drawn.count("<svg") == sum(len(one.moves) for one in made.worksheets[0].places[:2])
    assert "Everything else" in drawn


def test_what_is_not_drawn_stands_in_a_table_for_each_question() -> None:
    made = trend_of(everybody())
    blocks = trend_document(made, top=0).blocks
    tables = {
        head.text: table
        for head, table in pairwise(blocks)
        if isinstance(head, Heading) and isinstance(table, Table)
    }
    questions = {one.latest.question for one in made.worksheets[0].places}
    assert questions <= tables.keys()
    assert not any(table.is_wide for table in tables.values())
    rows = [row for table in tables.values() for row in table.rows]
    assert len(rows) == sum(len(one.moves) for one in made.worksheets[0].places)
    assert not any("percentage point" in row[-1] for row in rows)  # each round says its percentage


@pytest.mark.parametrize(("count", "said"), [(50, "+50 percentage points"), (1, "+1 percentage point")])
def test_a_change_says_what_it_is_counted_in(count: int, said: str) -> None:
    none, some = Fraction(0), Fraction(count, 100)
    move = Move("share", "x", (none, some))
    assert change_text(move, ("Spring", "Autumn")) == f"{said} since Spring"
    move = Move("share", "x", (none, none, some))
    assert change_text(move, ("Spring", "Summer", "Autumn")) == f"{said} since Summer, +{count} since Spring"


def test_a_chart_holds_no_word_that_could_be_glued_to_others() -> None:
    page = to_html(trend_document(trend_of(everybody())))
    charts = [part.partition("</svg>")[0] for part in page.split("<svg")[1:]]
    assert charts
    assert not any("<text" in chart for chart in charts)


@pytest.mark.thorough
def test_every_format_says_the_same_numbers() -> None:
    made = trend_of(everybody())
    record = json.loads(texts(made)["json"])
    assert faults("team-trend", record) == []
    rows = list(csv.DictReader(io.StringIO(texts(made)["csv"].removeprefix("\ufeff"))))
    of_json = [
        (one["prompt"], one["item"], move["value"], number)
        for one in record["worksheets"][0]["places"]
        for move in one["moves"]
        for number in move["numbers"]
        if number is not None
    ]
    of_csv = [(row["prompt"], row["item"], row["value"], float(row["number"])) for row in rows]
    assert of_csv == of_json
    for form in ("text", "md", "html"):
        assert all(
            f"{row['count']} of {row['people']}" in texts(made)[form] for row in rows if row["count"]
        ), form


def test_a_report_kept_as_json_is_the_same_round_as_its_folder() -> None:
    rounds = everybody()
    as_json = {**rounds, "Spring": kept(rounds["Spring"]), "Autumn": kept(rounds["Autumn"])}
    assert texts(trend_of(as_json)) == texts(trend_of(rounds))


# --- what many asked for --------------------------------------------------------------------------

WISHED = worksheet_of(
    """id = "list", kind = "checklist", ask = "What helps?",
        items = [{ id = "kettle", text = "A kettle", suggest = "Buy a kettle" },
            { id = "room", text = "A quiet room", suggest = "Find a room" },
            { id = "shift", text = "Fewer late shifts", suggest = "Change the roster" },
            { id = "rare", text = "A plant", suggest = "Buy a plant" }],
        marks = [{ id = "more", text = "wished for", offer = true }]""",
)


def asking(*, first: int, people: int = 12) -> list[Copy]:
    some = 'list = { more = ["kettle", "room", "shift"] }'
    one = 'list = { more = ["kettle", "room", "shift", "rare"] }'
    return copies_of(WISHED, *[some] * (people - 1), one, first=first)


def test_what_many_asked_for_stands_beside_what_became_of_it() -> None:
    plan = [
        Action(id="a1", step="Buy a  kettle!", status="done", changed=dt.date(2027, 3, 1)),
        Action(id="a2", step="Change the rosters", status="let-go", notes="No money this year."),
        Action(id="a3", step="Paint the wall"),
    ]
    made, _ = told_trend({"Spring": asking(first=0), "Autumn": asking(first=100)}, plan=plan)
    page = " ".join(texts(made)["text"].split())
    assert "You asked, and what became of it" in page
    kettle = "A kettle Wished for by: 12 of 12 What became of it: done on Monday, March 1, 2027"
    assert kettle in page
    assert "What became of it: let go Notes: No money this year." in page
    assert "A quiet room Wished for by: 12 of 12 What became of it: not in the plan" in page
    assert "plant" not in page.partition("You asked")[2]  # few asked for it
    assert "Paint" not in page
    record = json.loads(texts(made)["json"])
    assert faults("team-trend", record) == []
    assert {one["item"]: one["status"] for one in record["asked"]} == {
        "A kettle": "done",
        "A quiet room": None,
        "Fewer late shifts": "let-go",
    }
    from_json, _ = told_trend({"Spring": kept(asking(first=0)), "Autumn": asking(first=100)}, plan=plan)
    assert texts(from_json) == texts(made)


def test_nobody_is_told_what_few_asked_for() -> None:
    rounds = {"Spring": asking(first=0, people=9), "Summer": asking(first=50), "Autumn": asking(first=100)}
    made, _ = told_trend(rounds, plan=[])
    assert made.asked == ()
    assert "Nothing that many wished for is told of Spring." in texts(made)["text"]


# --- what is not told -----------------------------------------------------------------------------


def test_a_round_of_fewer_than_ten_is_named_and_nothing_of_it_is_told() -> None:
    rounds = everybody()
    few = {**rounds, "Summer": rounds["Summer"][:9]}
    made, told = told_trend(few)
    assert [one.people for one in made.worksheets[0].rounds] == [11, None, 12]
    assert "Summer: fewer than 10 people can be told of, so no trend" in texts(made)["text"]
    assert numbers(made, "rated", "a")["median"][1] is None
    assert sorted(len(one.copies) for one in told.sets) == [11, 12]


def test_nothing_is_remembered_as_told_where_no_two_rounds_can_be() -> None:
    rounds = everybody()
    made, told = told_trend({"Spring": rounds["Spring"], "Summer": rounds["Summer"][:9]})
    assert told == Told()
    assert "There are no two rounds to compare yet." in texts(made)["text"]
    assert not made.worksheets[0].places
    assert not any(str(count) in texts(made)["csv"] for count in (9, 11))


def test_a_report_of_few_or_made_with_a_smaller_minimum_tells_no_more_in_a_trend() -> None:
    rounds = everybody()
    few = [*rounds["Spring"][:7], *copies_of(SHEET, *["it = true"] * 4, first=900)]
    three = kept([*few[4:], *copies_of(SHEET, *["it = true"] * 4, first=950)], minimum=3)
    made = trend_of({"Spring": three, "Summer": rounds["Summer"], "Autumn": rounds["Autumn"]})
    assert numbers(made, "it")["true"][0] is not None
    assert numbers(made, "rated", "a")["median"][0] is None  # three people rated
    assert numbers(made, "score:mean")["score"][0] is None  # and so the score was made of three
    assert (
        not trend_of({"Spring": kept(rounds["Spring"][:9]), "Summer": rounds["Summer"]}).worksheets[0].is_told
    )


def test_a_question_that_is_asked_in_another_way_is_named_and_not_compared() -> None:
    other = worksheet_of('id = "it", kind = "yes-no"', RATED.replace("max = 3", "max = 5"))
    later = copies_of(other, *["it = true\nrated = { a = 5 }"] * 10, first=300)
    made = trend_of({"Spring": everybody()["Spring"], "Autumn": later})
    (about,) = made.worksheets
    otherwise = {one.where: one.rounds for one in about.not_compared if one.reason == "asked-otherwise"}
    assert otherwise == {("rated", "a", ""): ("Spring",)}
    once = {one.where[0] for one in about.not_compared if one.reason == "told-once"}
    assert "list" in once
    assert {one.where[0] for one in about.places} == {"it"}
    assert "Asked in another way (Spring)" in texts(made)["text"]


def test_a_round_that_nobody_shared_is_said() -> None:
    other = worksheet_of('id = "it", kind = "yes-no"', head="private = false")
    spring = copies(SPRING, first=0)
    made = trend_of({"Spring": spring, "Summer": copies(SUMMER, first=100), "Autumn": copies_of(other)})
    assert made.worksheets[0].rounds[2] is NOT_SHARED
    assert "Autumn: nobody shared this worksheet" in texts(made)["text"]


# --- what is hostile ------------------------------------------------------------------------------


def changed(**fields: Any) -> Any:
    """A report whose first group was changed by hand."""
    data = kept(copies(SPRING, first=0))
    group = next(one for one in data["worksheets"][0]["places"] if one["groups"])["groups"][0]
    group.update(fields)
    return data


@pytest.mark.parametrize(
    "data",
    [
        changed(people=-1),
        changed(people="many"),
        changed(counts=[["true", 999]]),
        changed(counts=[["true", -3]]),
        changed(median=1e300),
        changed(score=float("nan")),
        changed(mean_place=float("inf")),
        {"schema": "libwell.team-report/2", "worksheets": [{"id": "x", "places": [{}]}]},
        {"schema": "libwell.team-report/9"},
    ],
)
def test_a_report_that_was_changed_by_hand_is_refused(data: Any) -> None:
    with pytest.raises(UsageError, match="report"):
        trend_of({"Spring": data, "Summer": copies(SUMMER, first=100)})


BIDI = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def hostile_report() -> Any:
    """A report on as many questions as there are hostile strings, each in all its words."""
    questions, places = [], []
    for number, text in enumerate(HOSTILE):
        values = [{"column": "c", "id": "v", "text": text}]
        name = {"id": f"q{number}", "title": text, "kind": text, "low": None, "high": None, "values": values}
        groups = [{"team": None, "people": 12, "counts": [["v", number % 13]]}]
        where = {"prompt": f"q{number}", "item": "i", "item_text": text, "column": "c", "column_text": text}
        questions.append(name)
        places.append({**where, "shape": text, "groups": groups})
    worksheet = {"title": HOSTILE[0], "people": 12, "questions": questions, "places": places}
    return {
        "schema": "libwell.team-report/2",
        "min_group": 5,
        "worksheets": [{"id": "one", **worksheet}, {"id": "two", **worksheet, "title": HOSTILE[-1]}],
    }


@pytest.mark.thorough
def test_hostile_words_do_nothing_in_any_format() -> None:
    first, second = hostile_report(), hostile_report()
    for one in second["worksheets"][0]["places"][:100]:
        one["groups"][0]["counts"] = [["v", 7]]
        one["shape"] += "x" * (one["prompt"] == "q99")
    for label in HOSTILE[::60]:
        made = trend_of({label: first, "Autumn": second})
        written = texts(made)
        assert faults("team-trend", json.loads(written["json"])) == []
        for form in ("md", "html", "json"):
            active = {c for c in written[form] if unicodedata.category(c) == "Cc" or c in BIDI}
            assert active <= {"\n", "\t"}, form
        assert "<script" not in written["html"]
        for row in csv.DictReader(io.StringIO(written["csv"].removeprefix("\ufeff"))):
            words = [row[name] for name in ("title", "question", "item_text", "value_text", "round")]
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in words), words
    html5lib.HTMLParser(strict=True).parse(written["html"])


def test_the_first_edition_is_read_as_far_as_it_goes() -> None:
    groups = [{"team": None, "people": 12, "counts": [["true", 9], ["false", 3]], "spread": None}]
    first = {
        "schema": "libwell.team-report/1",
        "worksheets": [
            {
                "id": "test",
                "members": ["0123456789abcdef"] * 12,
                "questions": [
                    {"id": "it", "title": "Is it so?", "kind": "yes-no", "low": None, "high": None}
                ],
                "places": [{"prompt": "it", "item": "", "column": "", "is_reason": False, "groups": groups}],
            }
        ],
    }
    made = trend_of({"Before": first, "Autumn": everybody()["Autumn"]})
    assert numbers(made, "it") == {"true": [0.75, 0.75], "false": [0.25, 0.25]}
