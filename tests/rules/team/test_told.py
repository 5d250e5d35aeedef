"""No report, beside all reports before it, shows what one person answered: the leaks that were found."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from build import things, worksheet_of
from libwell.model.shared import Withdrawal
from libwell.rules.team.told import Told, may_be_told, minimum_from
from team_build import (
    Facilitator,
    about,
    copies_of,
    copy_of,
    counts,
    finding,
    people,
    report_of,
    team,
    teams_told,
    waits,
)

if TYPE_CHECKING:
    from libwell.rules.team.contributions import Copy

SHEET = worksheet_of(
    'id = "it", kind = "yes-no"',
    'id = "second", kind = "yes-no"',
    'id = "words", kind = "text"',
    'id = "rated", kind = "rating", scale = { min = 0, max = 3, labels = ["no", "yes"] }',
)


def some(number: int, first: int = 0, answer: str = "it = true", **changes: Any) -> list[Copy]:
    return copies_of(SHEET, *[answer] * number, first=first, **changes)


@pytest.mark.parametrize("word", ["0", "-1", "2", "1", "", "abc", "5.0", "\u0665", "9" * 400])
def test_a_minimum_that_is_none_is_not_taken(word: str) -> None:
    assert minimum_from(word) is None


def test_a_minimum_is_taken_from_three_on() -> None:
    assert [minimum_from(word) for word in ("3", " 12 ")] == [3, 12]


# --- the rule -------------------------------------------------------------------------------------


NINE = dict.fromkeys("abcdefghi", "1")


@pytest.mark.parametrize(
    ("copies", "may"),
    [
        (NINE, True),
        (dict.fromkeys(NINE, "2"), True),
        (NINE | {"j": "1"}, False),
        (NINE | dict.fromkeys("jklmn", "1"), True),
        (NINE | {"a": "2"}, False),
        (NINE | dict.fromkeys("abcd", "2"), False),
        (dict.fromkeys("abcd", "2") | dict.fromkeys("efghi", "1"), False),
        (dict.fromkeys("abcdefgh", "1"), False),
        (dict.fromkeys("jklmn", "1"), True),
        (dict.fromkeys("jklm", "1"), False),
        ({}, False),
    ],
    ids=[
        *("the same", "all changed", "one came", "five came", "one changed", "four changed"),
        *("four of nine changed, rest here", "one left", "five others", "four others", "nobody"),
    ],
)
def test_a_set_may_be_told_if_every_group_it_makes_or_cuts_is_large_enough(
    copies: dict[str, str],
    may: bool,  # noqa: FBT001 - a case of the table above
) -> None:
    assert may_be_told(copies, [NINE], 5) is may


def test_a_group_that_is_neither_made_nor_cut_may_be_small() -> None:
    told = [dict.fromkeys("abcdefgh", "1"), dict.fromkeys("abcde", "1")]  # a minimum of three made this
    assert may_be_told(dict.fromkeys("abcdefgh", "1"), told, 5)
    assert may_be_told(dict.fromkeys("abcdefghijklm", "1"), told, 5)
    assert not may_be_told(dict.fromkeys("abcde", "1") | dict.fromkeys("fgh", "2"), told, 5)


def test_who_comes_back_with_what_was_told_of_them_then_shows_nothing_new() -> None:
    told = [dict.fromkeys("abcdefghij", "1"), dict.fromkeys("abcde", "1")]
    assert may_be_told(dict.fromkeys("abcdefghij", "1"), told, 5)
    assert not may_be_told(dict.fromkeys("abcdefghi", "1"), told, 5)


# --- leaks that were shown ------------------------------------------------------------------------


def test_one_newcomer_waits_however_often_the_report_is_asked_for() -> None:
    desk = Facilitator()
    first = desk.report(some(6))
    for _ in range(3):
        again = desk.report(some(6) + some(1, first=6, answer="it = false"))
        assert (people(again), counts(again), waits(again)) == (6, counts(first), True)


def test_two_reports_that_each_differ_enough_from_an_early_one_can_not_be_taken_from_each_other() -> None:
    desk = Facilitator()
    desk.report(some(6))
    desk.report(some(11))
    made = desk.report(some(11) + some(1, first=11, answer="it = false"))
    assert (people(made), counts(made)) == (11, {"true": 11})


def test_what_is_shared_again_without_a_change_is_no_change() -> None:
    desk = Facilitator()
    desk.report(some(9))
    again = some(4, revision=2)
    made = desk.report([*some(9), *again, copy_of(SHEET, "it = false", number=8, revision=2)])
    assert (people(made), counts(made), waits(made)) == (9, {"true": 9}, True)


def test_no_quartile_and_no_number_of_anybody_is_told() -> None:
    points = [f"rated = {point}" for point in (0, 1, 1, 2, 3)]
    told = report_of(copies_of(SHEET, *points))
    assert counts(told, "rated") == {"0": 1, "1": 2, "2": 1, "3": 1}
    number = worksheet_of('id = "it", kind = "number"')
    assert counts(report_of(copies_of(number, *[f"it = {n}" for n in range(300)]))) == {}


def test_a_changed_answer_is_not_shown_by_four_who_left_and_four_who_came() -> None:
    desk = Facilitator()
    desk.report(some(10))
    ana = copy_of(SHEET, "it = false", number=9, revision=2)
    made = desk.report([*some(5, first=4), ana, *some(4, first=20)])
    assert (people(made), counts(made), waits(made)) == (10, {"true": 10}, True)


def test_the_words_of_the_one_who_answered_a_withheld_question_are_not_shown() -> None:
    made = report_of([*some(8), copy_of(SHEET, "words = 'mine'", number=8)])
    assert finding(made, "words").texts == ()


def test_a_report_on_some_files_and_one_on_all_can_not_be_taken_from_each_other() -> None:
    desk = Facilitator()
    desk.report(some(6))
    made = desk.report(some(6) + some(3, first=6, answer="it = false"))
    assert (people(made), counts(made)) == (6, {"true": 6})


def test_a_smaller_minimum_later_tells_of_nobody_who_is_alone() -> None:
    desk = Facilitator()
    desk.report(some(6), minimum=5)
    assert people(desk.report(some(7), minimum=3)) == 6
    assert people(desk.report(some(9), minimum=3)) == 9


# --- what goes on ---------------------------------------------------------------------------------


def test_the_same_copies_give_the_same_report_again() -> None:
    desk = Facilitator(by_team=True)
    everybody = some(6, **team("North")) + some(7, first=6, answer="it = false", **team("South"))
    first = desk.report(everybody)
    memory = desk.told
    assert desk.report(everybody) == first
    assert desk.told == memory


def test_enough_newcomers_are_told_while_departures_and_changes_wait() -> None:
    desk = Facilitator()
    desk.report(some(9))
    changed = copy_of(SHEET, "it = false", number=1, revision=2)
    made = desk.report([changed, *some(7, first=2), *some(5, first=20, answer="it = false")])
    assert (people(made), counts(made), waits(made)) == (14, {"true": 9, "false": 5}, True)


def test_words_come_only_from_copies_of_the_set_that_is_told() -> None:
    desk = Facilitator()
    desk.report(some(5, answer="words = 'early'"))
    later = [*some(4, answer="words = 'early'"), copy_of(SHEET, "words = 'changed'", number=4, revision=2)]
    made = desk.report([*later, copy_of(SHEET, "words = 'came'", number=9)])
    assert [text.text for text in finding(made, "words").texts] == ["early"] * 4


def test_a_place_that_was_not_told_is_not_told_by_those_who_came() -> None:
    desk = Facilitator()
    desk.report(some(9) + some(4, first=9, answer="it = true\nsecond = true"))
    grown = [*some(8), copy_of(SHEET, "it = false", number=8, revision=2)]
    grown += some(4, first=9, answer="it = true\nsecond = true")
    made = desk.report(grown + some(6, first=30, answer="it = true\nsecond = true"))
    assert (people(made), counts(made)) == (19, {"true": 19})
    assert counts(made, "second") == {}


def test_told_numbers_are_shown_again_only_while_they_meet_the_minimum_of_today() -> None:
    desk = Facilitator(minimum=3)
    desk.report(some(4))
    few = desk.report(some(4), minimum=5)
    assert (people(few), about(few).questions) == (None, ())


def test_a_question_told_with_a_smaller_minimum_is_closed_again_by_a_larger_one() -> None:
    desk = Facilitator(minimum=3)
    everybody = some(6) + some(3, first=6, answer="second = true")
    assert counts(desk.report(everybody), "second") == {"true": 3}
    assert counts(desk.report(everybody, minimum=5), "second") == {}
    assert counts(desk.report(everybody), "second") == {"true": 3}


def test_a_withdrawal_takes_words_at_once_and_leaves_told_numbers() -> None:
    desk = Facilitator()
    everybody = some(6, answer="it = true\nwords = 'mine'")
    desk.report(everybody)
    gone = Withdrawal(shared_id=everybody[0].shared.shared_id, revision=2)
    made = desk.report([*everybody, gone])
    assert (people(made), counts(made)) == (6, {"true": 6})
    assert len(finding(made, "words").texts) == 5


def test_what_was_never_told_is_never_told_after_a_withdrawal() -> None:
    desk = Facilitator()
    early = some(4)
    assert people(desk.report(early)) is None
    gone = Withdrawal(shared_id=early[0].shared.shared_id, revision=2)
    made = desk.report([*early, gone, *some(5, first=9, answer="it = false")])
    assert (people(made), counts(made)) == (8, {"true": 3, "false": 5})


def test_other_people_with_the_same_worksheet_have_numbers_of_their_own() -> None:
    desk = Facilitator()
    here, elsewhere = some(6), some(7, first=100, answer="it = false")
    desk.report(here)
    assert counts(desk.report(elsewhere)) == {"false": 7}
    assert counts(desk.report([*here, copy_of(SHEET, "it = false", number=50)])) == {"true": 6}


def test_a_team_is_told_of_if_those_not_in_it_are_enough_and_again_as_it_was() -> None:
    desk = Facilitator(by_team=True)
    north, south = some(6, **team("North")), some(6, first=6, answer="it = false", **team("South"))
    assert teams_told(desk.report(north + south)) == [None, "north", "south"]
    moved = copy_of(SHEET, "it = true", number=0, revision=2, **team("South"))
    made = desk.report([moved, *north[1:], *south])
    assert [(one.name, one.people) for one in about(made).teams] == [("North", 6), ("South", 6)]
    assert waits(made)


def test_teams_are_told_of_after_everybody_was_if_nobody_is_alone_between_them() -> None:
    desk = Facilitator()
    north, south = some(6, **team("North")), some(6, first=6, **team("South"))
    desk.report(north + south[:3])
    assert teams_told(desk.report(north + south, by_team=True)) == [None]


def test_a_question_asked_in_another_way_is_another_place() -> None:
    desk = Facilitator()
    desk.report(some(6))
    other = worksheet_of(f'id = "it", kind = "choice", options = {things("yes", "no")}')
    made = desk.report(some(6) + copies_of(other, *['it = "yes"'] * 5, first=10))
    assert (people(made), counts(made)) == (11, {"true": 6})


def test_what_was_told_is_a_value() -> None:
    desk = Facilitator(by_team=True)
    desk.report(some(6, **team("North")))
    assert pickle.loads(pickle.dumps(desk.told)) == desk.told
    assert Told().of("test") == []


def test_what_was_told_names_nobody_and_holds_no_word_of_anybody() -> None:
    desk = Facilitator(by_team=True)
    words = "it = true\nwords = 'canary-words'\n[[actions]]\nstep = 'canary-step'\nwho = 'canary-who'\n"
    desk.report(some(6, answer=words, person={"name": "canary-name", "team": "canary-team"}))
    kept = repr(desk.told)
    assert "canary" not in kept
    assert some(1)[0].shared.shared_id not in kept
