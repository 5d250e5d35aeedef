"""What six made-up people give to the instruments of `tests/instruments`, counted for their team by hand.

A score of a team is made of the means that are told of its parts, never of anybody's score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instrument_files import sheet
from team_build import about, copies_of, counts, line, report_of

if TYPE_CHECKING:
    from libwell.rules.team.report import Report


def team_of(name: str, answers: list[str]) -> Report:
    """A report on these six people."""
    assert len(answers) == 6
    return report_of(copies_of(sheet(name), *answers))


def score_of(made: Report, name: str) -> float | None:
    groups = line(made, f"score:{name}").groups
    return groups[0].score if groups else None


def each(*lines: str) -> list[str]:
    """What six people answered: each line has an address and six values; at a dot somebody passed it by."""
    people = [""] * 6
    for one in lines:
        head, _, given = one.partition(": ")
        for number, value in enumerate(given.split()):
            people[number] += f"{head} = {value}\n" if value != "." else ""
    return people


TRUST = each(
    "trust.trust-1: 5 4 4 3 3 5",  # 24/6 = 4
    "trust.trust-2: 2 2 3 3 4 4",  # 18/6 = 3
    "trust.trust-3: 1 2 3 4 5 .",  # 15/5 = 3
    "trust.trust-4: 5 5 . . . .",  # two people: nothing is told of them
    "load.load-1: 3 3 3 3 3 3",
    "load.load-2: 1 1 2 2 3 3",  # 12/6 = 2, turned round 4
    "load.load-3: 4 4 4 4 4 4",
    "load.load-4: 5 5 5 5 5 5",
    *(f"say.say-{number}: 2 2 2 2 2 2" for number in range(1, 5)),
    *(f"learn.learn-{number}: 5 5 5 5 5 5" for number in range(1, 5)),
)
ROOMS = each(*(f"rooms.rooms-{number}: 4 4 4 4 4 4" for number in range(1, 5)))


def test_an_agreement_scale() -> None:
    made = team_of("agreement", TRUST)
    # (4+3+3)/3 = 10/3 with the three it takes; (3+4+4+5)/4 = 4; 2; 5. Of the rooms nobody said anything.
    assert score_of(made, "trust") == pytest.approx(10 / 3, abs=0.005)
    assert [score_of(made, name) for name in ("load", "say", "learn")] == [4, 2, 5]
    assert [score_of(made, name) for name in ("rooms", "together")] == [None, None]
    whole = team_of("agreement", [one + more for one, more in zip(TRUST, ROOMS, strict=True)])
    # (10/3 + 4 + 2 + 4 + 5) / 5 = (55/3)/5 = 11/3.
    assert score_of(whole, "rooms") == 4
    assert score_of(whole, "together") == pytest.approx(11 / 3, abs=0.005)


def test_nineteen_items() -> None:
    made = team_of(
        "visit",
        each(
            *(f"room.room-{number}: 1 2 3 3 4 5" for number in range(1, 7)),  # 18/6 = 3, half of 1 to 5
            *(f"day.day-{number}: 3 3 3 3 3 3" for number in (1, 3, 4, 5, 6, 7)),
            "day.day-2: 0 0 0 0 3 3",  # 6/6 = 1, turned round 2: (6*3 + 2)/7 = 20/7, of 3: 2000/21
            *(f"words.words-{number}: 4 4 4 4 4 4" for number in range(1, 6)),  # 20 * 6/5 = 24: 18/24
        ),
    )
    assert score_of(made, "room") == 50
    assert score_of(made, "day") == pytest.approx(2000 / 21, abs=0.005)
    assert score_of(made, "words") == 75
    assert score_of(made, "all") == pytest.approx((50 + 2000 / 21 + 75) / 3, abs=0.005)


def test_an_audit() -> None:
    made = team_of(
        "audit",
        each(
            'audit.ramp.met: "yes" "yes" "yes" "no" "no" "no"',  # 3/6
            'audit.door.met: "partly" "partly" "partly" "partly" "partly" "partly"',  # 3/6
            'audit.mat.met: "yes" "yes" "yes" "yes" "na" "na"',  # 4/4: what does not apply is left out
            'audit.bell.met: "no" "no" "no" "no" "no" "no"',  # 0
        ),
    )
    assert score_of(made, "share") == 50  # (0.5 + 0.5 + 1 + 0) of 4
    assert counts(made, "audit", "mat", "met") == {"yes": 4, "na": 2}


def test_a_maturity_model() -> None:
    made = team_of(
        "maturity",
        each(
            "levels.signs.now: 1 1 2 2 3 3",  # 2
            "levels.hours.now: 4 4 4 4 4 4",
            "levels.website.now: 0 0 0 0 0 0",
            "levels.phone.now: 1 1 1 1 1 1",
            "levels.signs.target: 4 4 4 4 4 4",
        ),
    )
    assert score_of(made, "now") == 1.75  # (2 + 4 + 0 + 1) / 4
    assert score_of(made, "target") is None  # one row, and it takes four
    assert "score:gap" not in [one.question.id for one in about(made).questions]


def test_a_budget_and_a_top_three() -> None:
    made = team_of(
        "priorities",
        each(
            "budget.hours.points: 40 40 10 10 35 5",  # up to 10: three; above 30: three
            'top: ["garden","hours"] ["garden","books"] ["hours","garden"] ["hours","garden"] '
            '["books","hours"] ["garden"]',
        ),
    )
    assert counts(made, "budget", "hours", "points") == {"<=10": 3, ">30": 3}
    # Put nowhere among three places it counts as the fourth.
    # garden (1+1+2+2+4+1)/6 = 11/6; hours (2+4+1+1+2+4)/6 = 14/6.
    places = {item: line(made, "top", item).groups[0].mean_place for item in ("garden", "hours")}
    assert places == pytest.approx({"garden": 11 / 6, "hours": 14 / 6}, abs=0.005)
