"""An earlier report beside a later one tells of nobody who came, left or changed between them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import worksheet_of
from libwell.errors import UsageError
from libwell.export.json import render
from libwell.rules.team.earlier import SCHEMA, Earlier, read_earlier
from libwell.rules.team.report_data import report_data
from team_build import about, copies_of, copy_of, finding, line, report_of, team, teams_told

if TYPE_CHECKING:
    from libwell.rules.team.contributions import Copy
    from libwell.rules.team.report import Report

SHEET = worksheet_of('id = "it", kind = "yes-no"', 'id = "next", kind = "number"')


def earlier(copies: list[Copy], **options: Any) -> Earlier:
    return read_earlier(json.loads(render(report_data(report_of(copies, **options)), schema=SCHEMA)))


def since(before: list[Copy], now: list[Copy], **options: Any) -> Report:
    return report_of(now, earlier=earlier(before, **options), **options)


def some(number: int, first: int = 0, answer: str = "it = true", **changes: Any) -> list[Copy]:
    return copies_of(SHEET, *[answer] * number, first=first, **changes)


def test_what_is_the_same_is_told_again() -> None:
    made = since(some(6), some(6))
    assert (about(made).withheld, about(made).changed) == (None, 0)
    told = line(made).everybody
    assert told is not None
    assert told.earlier is not None
    assert (told.people, told.earlier.people, told.earlier.counts) == (6, 6, {"true": 6, "false": 0})


@pytest.mark.parametrize(
    "now",
    [
        some(7),
        some(5),
        some(6, first=1),
        [*some(5), copy_of(SHEET, "it = false", number=5, revision=2)],
        some(10),
    ],
    ids=["one came", "one left", "one came for another", "one changed an answer", "four came"],
)
def test_fewer_changes_than_a_tally_needs_close_the_worksheet(now: list[Copy]) -> None:
    made = since(some(6), now)
    assert (about(made).withheld, about(made).findings) == ("changed", ())


def test_as_many_changes_as_a_tally_needs_are_told() -> None:
    made = since(some(6), some(11))
    assert (about(made).withheld, about(made).changed) == (None, 5)


def test_where_nothing_was_told_nothing_can_be_taken_from_it() -> None:
    assert about(since(some(4), some(5))).withheld is None


def test_a_question_that_few_more_answered_is_withheld() -> None:
    before = some(6, answer="it = true\nnext = 1")
    made = since(before, before + some(4, first=6) + some(1, first=20, answer="it = true\nnext = 900"))
    assert line(made).groups
    assert line(made, "next").groups == ()
    assert finding(made, "next").answered is None


def test_a_team_that_changed_by_few_takes_another_with_it() -> None:
    north, south = some(6, **team("North")), some(6, first=6, **team("South"))
    more = some(1, first=20, **team("North")) + some(5, first=30, **team("South"))
    assert teams_told(since(north + south, north + south, by_team=True)) == [None, "north", "south"]
    assert teams_told(since(north + south, north + south + more, by_team=True)) == [None]


def test_a_team_told_of_before_can_hide_nobody_now() -> None:
    north, south = some(6, **team("North")), some(6, first=6, **team("South"))
    west = some(3, first=20, **team("West"))
    assert teams_told(since(north + south, [*north, *south, *west], by_team=True, minimum=3)) == [
        None,
        "north",
        "south",
        "west",
    ]
    made = since(north + south, north + south + some(3, first=20, **team("West")) + some(2, first=30))
    assert about(made).withheld is None
    made = report_of(
        north + south + west + some(2, first=30, **team("East")),
        earlier=earlier(north + south, by_team=True),
        by_team=True,
    )
    assert teams_told(made) == [None, "north", "south"]  # west and east together are five who came


def test_teams_are_told_of_only_beside_a_report_that_told_of_them() -> None:
    both = some(6, **team("North")) + some(6, first=6, **team("South"))
    made = report_of(both, earlier=earlier(both), by_team=True)
    assert (made.by_team, teams_told(made)) == (False, [None])


@pytest.mark.parametrize(
    "data", [None, [], {}, {"schema": SCHEMA}, {"schema": SCHEMA, "by_team": False, "worksheets": [{}]}]
)
def test_what_is_no_report_is_refused(data: Any) -> None:
    with pytest.raises(UsageError):
        read_earlier(data)
