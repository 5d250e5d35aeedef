"""Six instruments in `tests/instruments`, each score beside its value worked by hand.

A maturity model of 22 rows, an agreement scale of five domains, 19 items told from 0 to 100, an audit of 40
rows, a list of risks, and a budget of 100 points with a top three. All of them are made up here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from build import fixed_world, response_for
from instrument_files import NAMES, path_of, rows_of, sheet
from libwell.flows.checking import check
from libwell.kinds.rating import RatingPrompt
from libwell.rules.asked_now import asked
from libwell.rules.scoring import scores
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from libwell.rules.scoring import Scored

Value = Fraction | int | float | None
Rows = list[tuple[str, Any]]


ROWS = {name: rows_of(name) for name in NAMES}


def scored(name: str, answers: str) -> dict[str, Scored]:
    worksheet = sheet(name)
    found = scores(worksheet, asked(worksheet, response_for(worksheet, answers)))
    return {one.id: one for one in found}


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound_and_its_author_has_nothing_to_heed(name: str) -> None:
    (checked,) = check([path_of(name)], shelf=Shelf([]), world=fixed_world())
    assert checked.mistakes == ()


def test_they_are_as_large_as_they_say() -> None:
    rows = {name: ROWS[name] for name in ("maturity", "audit", "risks", "priorities")}
    assert [len(ids) for ids in rows.values()] == [22, 40, 5, 5]
    items = [len(one.items) for _, one in sheet("visit").prompts() if isinstance(one, RatingPrompt)]
    assert (items, sum(items)) == ([6, 7, 6], 19)


# --- a maturity model -----------------------------------------------------------------------------

STEADY = "".join(f"levels.{row} = {{ now = 4, target = 4 }}\n" for row in ROWS["maturity"])
MATURITY: list[tuple[str, Rows, Value, Value]] = [
    # gap: target less now, of rows that have both: 4-1, 2-0, 3-2, 3-3, 2-4. Cards and returns have half.
    # now: (1+2+0+3+4+2) / 6 = 12/6. target: (4+3+2+3+2+3) / 6 = 17/6.
    (
        """
        [levels]
        signs = { now = 1, target = 4, lead = "Joy" }
        hours = { now = 2, target = 3 }
        website = { now = 0, target = 2 }
        phone = { now = 3, target = 3 }
        desk = { now = 4, target = 2 }
        cards = { now = 2 }
        returns = { target = 3 }
        """,
        [("signs", 3), ("website", 2), ("hours", 1), ("phone", 0), ("desk", -2)],
        2,
        Fraction(17, 6),
    ),
    # Three rows are fewer than the four a mean takes; each of them has its gap all the same.
    (
        """
        [levels]
        signs = { now = 0, target = 4 }
        hours = { now = 1, target = 1 }
        teens = { now = 2, target = 4 }
        """,
        [("signs", 4), ("teens", 2), ("hours", 0)],
        None,
        None,
    ),
    # now: (1+1+2+0) / 4 = 1. Nobody said where to go.
    (
        "levels = { wifi = { now = 1 }, print = { now = 1 }, gifts = { now = 2 }, holds = { now = 0 } }",
        [],
        1,
        None,
    ),
    ('levels = { not-answered = "dont-know" }', [], None, None),
    ("", [], None, None),
    # Twenty-two times four, of four.
    (STEADY, [(row, 0) for row in ROWS["maturity"]], 4, 4),
]


@pytest.mark.parametrize(("answers", "gaps", "now", "target"), MATURITY)
def test_a_maturity_model(answers: str, gaps: Rows, now: Value, target: Value) -> None:
    found = scored("maturity", answers)
    assert [(row.id, row.value) for row in found["gap"].rows] == gaps
    assert (found["now"].value, found["target"].value) == (now, target)


# --- an agreement scale ---------------------------------------------------------------------------

AGREEMENT: list[tuple[str, list[Value]]] = [
    # trust (4+4+3+5)/4 = 16/4. load: the second is turned round, 6-4 = 2: (2+2+3+1)/4 = 8/4.
    # say: one does not apply: (2+3+1)/3 = 6/3. rooms: two of the three it takes. learn: 12/4.
    # All five: one of them is not there.
    (
        """
        trust = { trust-1 = 4, trust-2 = 4, trust-3 = 3, trust-4 = 5 }
        load = { load-1 = 2, load-2 = 4, load-3 = 3, load-4 = 1 }
        say = { say-1 = 2, say-2 = 3, say-3 = { not-answered = "not-applicable" }, say-4 = 1 }
        rooms = { rooms-1 = 5, rooms-2 = 5, rooms-3 = { not-answered = "not-applicable" } }
        learn = { learn-1 = 3, learn-2 = 3, learn-3 = 3, learn-4 = 3 }
        """,
        [4, 2, 2, None, 3, None],
    ),
    # trust 16/4; load (5 + (6-1) + 5 + 5)/4 = 5; say 10/4; rooms 5/4; learn (5+4+4)/3 = 13/3.
    # All five: (4 + 5 + 10/4 + 5/4 + 13/3) / 5 = (48 + 60 + 30 + 15 + 52)/12 / 5 = 205/60 = 41/12.
    (
        """
        trust = { trust-1 = 4, trust-2 = 4, trust-3 = 4, trust-4 = 4 }
        load = { load-1 = 5, load-2 = 1, load-3 = 5, load-4 = 5 }
        say = { say-1 = 3, say-2 = 2, say-3 = 3, say-4 = 2 }
        rooms = { rooms-1 = 1, rooms-2 = 1, rooms-3 = 1, rooms-4 = 2 }
        learn = { learn-1 = 5, learn-2 = 4, learn-3 = 4, learn-4 = { not-answered = "skipped" } }
        """,
        [4, 5, 2.5, 1.25, Fraction(13, 3), Fraction(41, 12)],
    ),
    # A reversed item that is left out is not turned round into a five: (4+4+4)/3 = 4.
    (
        """
        trust = { not-answered = "not-applicable" }
        load = { load-1 = 4, load-2 = { not-answered = "not-applicable" }, load-3 = 4, load-4 = 4 }
        """,
        [None, 4, None, None, None, None],
    ),
]


@pytest.mark.parametrize(("answers", "expected"), AGREEMENT)
def test_an_agreement_scale(answers: str, expected: list[Value]) -> None:
    found = scored("agreement", answers)
    assert [one.value for one in found.values()] == expected
    assert list(found) == ["trust", "load", "say", "rooms", "learn", "together"]


@pytest.mark.parametrize(
    ("points", "is_asked"), [((2, 3, 3, 2), True), ((3, 3, 3, 2), False), ((1, 1), False)]
)
def test_a_question_by_a_domains_mean(points: tuple[int, ...], *, is_asked: bool) -> None:
    # 10/4 = 2.5 is within, 11/4 = 2.75 is not; of two answers there is no mean.
    given = ", ".join(f"say-{number} = {point}" for number, point in enumerate(points, 1))
    worksheet = sheet("agreement")
    response = response_for(worksheet, f"say = {{ {given} }}")
    assert ("first" in [one.prompt.id for one in asked(worksheet, response)]) is is_asked


# --- nineteen items, from 0 to 100 ----------------------------------------------------------------

VISIT: list[tuple[str, list[Value]]] = [
    # room, from 1 to 5: (5+4+3+2+1+3)/6 = 3, half way: 50.
    # day, from 0 to 3, the second turned round, 3-0 = 3: (3+3+2+2+1+1+3)/7 = 15/7, of 3: 500/7.
    # words, from 6 to 30: 1+2+3+4+5+3 = 18, half way: 50. All: (50 + 500/7 + 50)/3 = 1200/21 = 400/7.
    (
        """
        room = { room-1 = 5, room-2 = 4, room-3 = 3, room-4 = 2, room-5 = 1, room-6 = 3 }
        day = { day-1 = 3, day-2 = 0, day-3 = 2, day-4 = 2, day-5 = 1, day-6 = 1, day-7 = 3 }
        words = { words-1 = 1, words-2 = 2, words-3 = 3, words-4 = 4, words-5 = 5, words-6 = 3 }
        """,
        [50, Fraction(500, 7), 50, Fraction(400, 7)],
    ),
    # room: four of six, (5+5+4+4)/4 = 4.5, (4.5-1)/4 = 87.5. day: (3 + (3-3) + 3 + 3)/4 = 9/4, of 3: 75.
    # words: five of six, 20 * 6/5 = 24, (24-6)/24 = 75. All: (87.5 + 75 + 75)/3 = 237.5/3 = 475/6.
    (
        """
        room = { room-1 = 5, room-2 = 5, room-3 = 4, room-4 = 4, room-5 = { not-answered = "dont-know" } }
        day = { day-1 = 3, day-2 = 3, day-3 = 3, day-4 = { not-answered = "dont-know" }, day-5 = 3 }
        words = { words-1 = 4, words-2 = 4, words-3 = 4, words-4 = 4, words-5 = 4 }
        """,
        [87.5, 75, 75, Fraction(475, 6)],
    ),
    # The lowest there is: 0, and with the reversed item at its top: 0.
    (
        """
        room = { room-1 = 1, room-2 = 1, room-3 = 1, room-4 = 1, room-5 = 1, room-6 = 1 }
        day = { day-1 = 0, day-2 = 3, day-3 = 0, day-4 = 0, day-5 = 0, day-6 = 0, day-7 = 0 }
        words = { words-1 = 1, words-2 = 1, words-3 = 1, words-4 = 1, words-5 = 1, words-6 = 1 }
        """,
        [0, 0, 0, 0],
    ),
    # Three of the four it takes; four of the five it takes.
    (
        """
        room = { room-1 = 5, room-2 = 5, room-3 = 5 }
        day = { not-answered = "dont-know" }
        words = { words-1 = 5, words-2 = 5, words-3 = 5, words-4 = 5 }
        """,
        [None, None, None, None],
    ),
]


@pytest.mark.parametrize(("answers", "expected"), VISIT)
def test_nineteen_items_from_0_to_100(answers: str, expected: list[Value]) -> None:
    found = scored("visit", answers)
    assert [one.value for one in found.values()] == expected
    assert {(one.low, one.high) for one in found.values()} == {(Fraction(0), Fraction(100))}


def test_a_sum_of_fewer_answers_says_so() -> None:
    found = scored("visit", VISIT[1][0])
    assert found["words"].text == "75 of 100, worked out from 5 of 6 answers"
    assert found["room"].text == "87.5 of 100"


# --- an audit -------------------------------------------------------------------------------------


def all_rows(met: list[str]) -> str:
    """The audit with this in each of its rows, in their order."""
    return "[audit]\n" + "".join(
        f'{row} = {{ met = "{one}" }}\n' for row, one in zip(ROWS["audit"], met, strict=True)
    )


AUDIT: list[tuple[str, Value, int]] = [
    # 1 + 1 + 0.5 + 0 of 4: 62.5. What does not apply is left out, as is a row with an owner and no answer.
    (
        """
        [audit]
        ramp = { met = "yes", evidence = "Measured in May" }
        door = { met = "yes" }
        mat = { met = "partly", fix = "Tape it down", owner = "Joy", due = 2027-03-01 }
        bell = { met = "no" }
        parking = { met = "na" }
        path = { owner = "Ana" }
        """,
        62.5,
        4,
    ),
    # A row of one's own counts like the others: 2.5 of 5.
    (
        """
        [audit]
        ramp = { met = "yes" }
        door = { met = "yes" }
        mat = { met = "partly" }
        bell = { met = "no" }
        row-1 = { row = "The garden gate", met = "no" }
        """,
        50,
        5,
    ),
    # Three count, and it takes four: the fourth does not apply.
    (
        "[audit]\nramp = { met = 'yes' }\ndoor = { met = 'no' }\nmat = { met = 'no' }\nbell = { met = 'na' }",
        None,
        3,
    ),
    (all_rows(["na"] * 40), None, 0),
    (all_rows(["no"] * 40), 0, 40),
    # Forty halves of forty.
    (all_rows(["partly"] * 40), 50, 40),
    # 30 of 40: ten are no.
    (all_rows(["no"] * 10 + ["yes"] * 30), 75, 40),
]


@pytest.mark.parametrize(("answers", "share", "counted"), AUDIT)
def test_an_audit(answers: str, share: Value, counted: int) -> None:
    found = scored("audit", answers)["share"]
    assert (found.value, found.answered, found.needed) == (share, counted, 4)


# --- a list of risks ------------------------------------------------------------------------------

LATER, PLAN, NOW = "Keep an eye on it.", "Plan for it.", "Act on it first."
RISKS: list[tuple[str, list[tuple[str, Any, str]]]] = [
    # 5*5, 3*5, 4*3, 2*2; the catalog has one half only, and mold none.
    (
        """
        [risks]
        water = { likelihood = 4, impact = 3, owner = "Joy", sign = "A wet floor" }
        power = { likelihood = 5, impact = 5 }
        fire = { likelihood = 2, impact = 2 }
        data = { likelihood = 5 }
        row-1 = { row = "A crowd at the door", likelihood = 3, impact = 5 }
        """,
        [("power", 25, NOW), ("row-1", 15, NOW), ("water", 12, PLAN), ("fire", 4, LATER)],
    ),
    # The ends, and what stands on either side of a band: 1*1, 1*5, 4*1, 3*4, 5*3.
    (
        """
        [risks]
        water = { likelihood = 1, impact = 1 }
        power = { likelihood = 1, impact = 5 }
        fire = { likelihood = 4, impact = 1 }
        data = { likelihood = 3, impact = 4 }
        mold = { likelihood = 5, impact = 3 }
        """,
        [("mold", 15, NOW), ("data", 12, PLAN), ("power", 5, PLAN), ("fire", 4, LATER), ("water", 1, LATER)],
    ),
    ("", []),
]


@pytest.mark.parametrize(("answers", "expected"), RISKS)
def test_a_list_of_risks(answers: str, expected: list[tuple[str, Any, str]]) -> None:
    found = scored("risks", answers)["risk"]
    assert [(row.id, row.value, row.say) for row in found.rows] == expected
    assert (found.low, found.high, found.value) == (Fraction(1), Fraction(25), None)


# --- a budget of points, and a top three ----------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # 40 + 30 + 20 + 10 + 0 = 100.
        (
            """
            hours = { points = 40 }
            books = { points = 30 }
            seats = { points = 20 }
            courses = { points = 10 }
            garden = { points = 0 }
            """,
            [("hours", 40), ("books", 30), ("seats", 20), ("courses", 10), ("garden", 0)],
        ),
        # What got nothing has no place among them; those that are alike stay in their order.
        ("garden = { points = 50 }\nhours = { points = 50 }", [("hours", 50), ("garden", 50)]),
        ("", []),
    ],
)
def test_a_budget_of_points(answers: str, expected: Rows) -> None:
    found = scored("priorities", f"[budget]\n{answers}")["given"]
    assert [(row.id, row.value) for row in found.rows] == expected
