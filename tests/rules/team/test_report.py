"""What is told of many shared copies, and what is not: nobody can be told from the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import OPEN, things, worksheet_of
from team_build import about, copies_of, copy_of, counts, finding, line, people, report_of, team, teams_told
from tiers import examples

CHECKLIST = f"""id = "it", kind = "checklist", add_items = true, items = {things("a", "b")},
    marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]"""
RATING = f"""id = "it", kind = "rating", items = {things("a", "b")}, not_answers = ["dont-know"],
    scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}"""
YES = 'id = "it", kind = "yes-no"'


def test_four_people_are_not_told_of_and_five_are() -> None:
    sheet = worksheet_of(YES, 'id = "words", kind = "text"')
    few = report_of(copies_of(sheet, *["it = true\nwords = 'mine'"] * 4))
    assert (people(few), about(few).spoken_of.is_few, about(few).questions) == (None, True, ())
    enough = report_of(copies_of(sheet, *["it = true\nwords = 'mine'"] * 5))
    assert people(enough) == 5
    assert counts(enough) == {"true": 5}
    assert [text.text for text in finding(enough, "words").texts] == ["mine"] * 5


def test_of_a_worksheet_that_few_shared_not_even_the_teams_are_told() -> None:
    made = report_of(copies_of(worksheet_of(YES), *["it = true"] * 4, **team("North")), by_team=True)
    assert about(made).teams == ()


def test_marks_are_counted_and_out_of_whom() -> None:
    sheet = worksheet_of(CHECKLIST)
    answers = ['it = { well = ["a"], more = ["a", "b"] }'] * 3 + ['it = { more = ["a"] }'] * 2
    made = report_of(copies_of(sheet, *answers))
    assert counts(made, item="a") == {"well": 3, "more": 5}
    assert counts(made, item="b") == {"more": 3}
    told = line(made, item="b").everybody
    assert told is not None
    assert told.people == 5
    assert line(made, item="a").several == 3


def test_rated_cells_have_a_median_of_their_points() -> None:
    scale = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
    columns = f'columns = [{{ id = "now", ask = "Now?", kind = "rating", {scale} }}]'
    sheet = worksheet_of(f'id = "it", kind = "table", add_rows = true, rows = {things("a")}, {columns}')
    own = 'row-1 = { row = "Ana at the desk", now = 0 }'
    made = report_of(
        copies_of(sheet, *(f"it = {{ a = {{ now = {point} }}, {own} }}" for point in (0, 1, 1, 3, 3)))
    )
    told = line(made, item="a", column="now").everybody
    assert (told.median, told.people, told.counts) == (1.0, 5, {"0": 1, "1": 2, "2": 0, "3": 2})
    assert [(one.item, one.column) for one in finding(made).told] == [("", ""), ("a", "now")]


def test_own_entries_are_words_and_not_counted() -> None:
    sheet = worksheet_of(CHECKLIST)
    made = report_of(copies_of(sheet, *['it = { more = ["a", { other = "quiet room" }] }'] * 5))
    assert [(text.column, text.text) for text in finding(made).texts] == [("more", "quiet room")] * 5


def test_ratings_have_a_median_of_their_points_and_a_reason_is_a_value_like_others() -> None:
    sheet = worksheet_of(RATING)
    answers = [f"it = {{ a = {point} }}" for point in (0, 1, 1, 2, 3, 3)]
    made = report_of(copies_of(sheet, *answers, 'it = { a = { not-answered = "dont-know" } }'))
    told = line(made, item="a").everybody
    assert told is not None
    assert (told.median, told.people) == (1.5, 7)
    assert counts(made, item="a") == {"0": 1, "1": 2, "2": 1, "3": 2, "not-answered:dont-know": 1}
    assert line(made, item="b").groups == ()


def test_reasons_stand_beside_answers_at_the_same_place() -> None:
    sheet = worksheet_of(f'{YES}, not_answers = ["dont-know"]')
    made = report_of(copies_of(sheet, *["it = true"] * 3, *['it = { not-answered = "dont-know" }'] * 2))
    assert counts(made) == {"true": 3, "not-answered:dont-know": 2}
    assert finding(made).answered == 3
    skipped = report_of(copies_of(sheet, *["it = true"] * 4, 'it = { not-answered = "skipped" }'))
    assert line(skipped).groups == ()


def test_numbers_and_days_are_never_told_also_not_in_a_table() -> None:
    table = f"""id = "table", kind = "table", rows = {things("a")}, columns = [
        {{ id = "n", kind = "number", ask = "How many?" }},
        {{ id = "y", kind = "yes-no", ask = "Is it?" }}]"""
    sheet = worksheet_of('id = "it", kind = "number"', 'id = "day", kind = "date"', table)
    answers = [
        f"it = {n}\nday = 2026-12-0{n}\ntable = {{ a = {{ n = {n}, y = true }} }}" for n in range(1, 7)
    ]
    made = report_of(copies_of(sheet, *answers))
    for name in ("it", "day"):
        told = line(made, name).everybody
        assert told is not None
        assert (told.people, told.counts, told.median) == (6, {}, None)
    assert [(one.item, one.column) for one in finding(made, "table").places] == [("", ""), ("a", "y")]
    assert counts(made, "table", "a", "y") == {"true": 6}


def test_what_few_of_many_answered_is_withheld() -> None:
    sheet = worksheet_of(YES, 'id = "second", kind = "yes-no"')
    answers = ["it = true\nsecond = true"] * 4 + ["it = true"] * 4
    made = report_of(copies_of(sheet, *answers))
    assert finding(made, "second").answered is None
    assert line(made, "second").groups == ()
    assert counts(made) == {"true": 8}


def test_an_item_only_few_were_asked_of_is_withheld() -> None:
    old = worksheet_of(CHECKLIST)
    new = worksheet_of(CHECKLIST.replace(things("a", "b"), things("a", "c")), head=f'{OPEN}\nsummary = "x"')
    first = copies_of(old, *['it = { more = ["a"] }'] * 6)
    made = report_of(first + copies_of(new, *['it = { more = ["a", "c"] }'] * 2, first=9))
    assert counts(made, item="a") == {"more": 8}
    assert line(made, item="c").groups == ()


def test_teams_too_small_to_be_told_of_take_another_with_them() -> None:
    sheet = worksheet_of(YES)
    six = copies_of(sheet, *["it = true"] * 6, **team("North"))
    three = copies_of(sheet, *["it = false"] * 3, first=6, **team("South"))
    made = report_of(six + three, by_team=True)
    assert counts(made) == {"true": 6, "false": 3}
    assert teams_told(made) == [None]
    assert [(one.name, one.people) for one in about(made).teams] == [("North", None), ("South", None)]


def test_what_two_withheld_teams_have_together_may_be_enough() -> None:
    sheet = worksheet_of(YES)
    sizes = {"North": 6, "South": 3, "West": 2}
    copies, first = [], 0
    for name, size in sizes.items():
        copies += copies_of(sheet, *["it = true"] * size, first=first, **team(name))
        first += size
    assert teams_told(report_of(copies, by_team=True)) == [None, "north"]


def test_a_team_in_which_few_answered_one_question_takes_another_with_it_there_alone() -> None:
    sheet = worksheet_of(YES, 'id = "second", kind = "yes-no"')
    north = copies_of(sheet, *["it = true\nsecond = true"] * 6, **team("North"))
    south = copies_of(sheet, *["it = true\nsecond = true"] * 2, *["it = true"] * 4, first=6, **team("south "))
    made = report_of(north + south, by_team=True)
    assert teams_told(made) == [None, "north", "south"]
    assert teams_told(made, "second") == [None]


def test_versions_are_merged_by_id_and_what_differs_is_listed() -> None:
    old = worksheet_of(CHECKLIST)
    new = worksheet_of(CHECKLIST + ', ask = "Which?"', YES.replace("it", "added"))
    first = copies_of(old, *['it = { more = ["a"] }'] * 5)
    made = report_of(first + copies_of(new, *['it = { more = ["a"] }'] * 4, first=9))
    assert counts(made, item="a") == {"more": 9}
    assert finding(made).question.ask == "What?"
    assert {one.id: one.what for one in about(made).differing} == {
        "it": ("worded otherwise in some",),
        "added": ("not asked, or private, in some",),
    }


def test_a_question_of_another_kind_is_not_counted_with_it() -> None:
    mine = worksheet_of(YES)
    forged = worksheet_of('id = "it", kind = "number"')
    made = report_of([*copies_of(mine, *["it = true"] * 5), copy_of(forged, "it = 7", number=9)])
    assert counts(made) == {"true": 5}
    assert about(made).differing[0].what[0].endswith("which is not counted")


def test_words_stand_only_at_places_that_are_told() -> None:
    sheet = worksheet_of(YES, 'id = "why", kind = "text", when = { prompt = "it", is = true }')
    answers = ["it = true\nwhy = 'mine'"] * 4 + ["it = false"] * 4
    assert finding(report_of(copies_of(sheet, *answers)), "why").texts == ()
    assert len(finding(report_of(copies_of(sheet, *answers, answers[0])), "why").texts) == 5


def test_words_of_one_cell_stand_only_where_enough_wrote_in_that_cell() -> None:
    table = f"""id = "it", kind = "table", rows = {things("a", "b")}, columns = [
        {{ id = "c", kind = "text", ask = "What?" }}]"""
    answers = ['it = { a = { c = "mine" } }'] * 5 + ['it = { b = { c = "alone" } }']
    made = report_of(copies_of(worksheet_of(table), *answers))
    assert [text.text for text in finding(made).texts] == ["mine"] * 5


def test_own_words_come_in_an_order_that_tells_nothing_of_who_wrote_them() -> None:
    sheet = worksheet_of(YES, 'id = "one", kind = "text"', 'id = "two", kind = "text"')
    letters = "abcdefgh"
    answers = [f'it = true\none = "{letter}"\ntwo = "{letter}"' for letter in letters]
    made = report_of(copies_of(sheet, *answers))
    one, two = ([text.text for text in finding(made, name).texts] for name in ("one", "two"))
    assert sorted(one) == sorted(two) == list(letters)
    assert one != two


SCORED = f"""{OPEN}
[[scores]]
id = "whole"
title = "Whole"
items = ["it.a", "it.b"]
reverse = ["it.b"]
method = "sum"
bands = [{{ say = "x" }}]
examples = [{{ given = {{ it = {{ a = 1, b = 1 }} }}, score = 3 }}]
"""


def test_a_score_is_made_of_the_means_that_are_told_and_of_nobodys_score() -> None:
    sheet = worksheet_of(RATING, head=SCORED)
    made = report_of(
        copies_of(sheet, *["it = { a = 1, b = 3 }"] * 4, "it = { a = 3, b = 3 }", "it = { a = 1 }")
    )
    told = line(made, "score:whole").everybody
    assert told is not None
    assert (told.score, told.people, told.counts) == (1.33, None, {})
    few = report_of(copies_of(sheet, *["it = { a = 1, b = 3 }"] * 4, "it = { a = 3 }"))
    assert line(few, "score:whole").groups == ()


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["", "n", "s", "w"]), st.sampled_from(["", "it = true", "second = true", "both"])
    ),
    min_size=5,
    max_size=40,
)
TWO = worksheet_of(YES, YES.replace("it", "second"))


@pytest.mark.thorough
@given(PEOPLE, st.integers(3, 6))
@examples(400)
def test_whatever_is_shown_by_team_the_rest_is_nobody_or_enough(
    people_: list[tuple[str, str]], minimum: int
) -> None:
    copies = [
        copy_of(TWO, answers.replace("both", "it = false\nsecond = true"), number=number, **team(name))
        for number, (name, answers) in enumerate(people_)
    ]
    made = report_of(copies, minimum=minimum, by_team=True)
    teams = [one.people for one in about(made).teams if one.people is not None]
    rest = len(people_) - sum(teams) if teams else minimum
    assert rest == 0 or rest >= minimum
    for one in about(made).questions:
        for place in one.places:
            sizes = [group.people or 0 for group in place.groups]
            assert all(size >= minimum for size in sizes)
            rest = sizes[0] - sum(sizes[1:]) if len(sizes) > 1 else minimum
            assert rest == 0 or rest >= minimum
            assert [group.team for group in place.groups[:1]] in ([], [None])
