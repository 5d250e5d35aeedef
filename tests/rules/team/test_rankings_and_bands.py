"""Rankings and numbers in bands, as a team's report tells them: values worked out by hand."""

from __future__ import annotations

import json

from build import things, worksheet_of
from libwell.export.json import render as to_json
from libwell.export.markdown import render
from libwell.rules.team.kept_report import read_kept, told_in
from libwell.rules.team.report_data import report_data, report_sheet
from libwell.rules.team.report_document import report_document
from schema_check import faults
from team_build import Facilitator, copies_of, counts, finding, line, report_of, team

TOP_TWO = worksheet_of(f'id = "it", kind = "ranking", top = 2, options = {things("a", "b", "c", "d")}')
FIVE = ('it = ["b", "a"]', 'it = ["b", "c"]', 'it = ["a", "b"]', 'it = ["b"]', 'it = ["c", "b"]')
"""First: b, b, a, b, c. Second: a, c, b, nothing, b. No place is place 3."""


def test_each_option_has_its_mean_place_and_the_most_wanted_comes_first() -> None:
    made = report_of(copies_of(TOP_TWO, *FIVE))
    assert [(place.item, place.everybody.mean_place) for place in finding(made).places if place.item] == [
        ("b", 1.4),  # (1 + 1 + 2 + 1 + 2) / 5
        ("a", 2.4),  # (2 + 3 + 1 + 3 + 3) / 5
        ("c", 2.4),  # (3 + 2 + 3 + 3 + 1) / 5
        ("d", 3),
    ]
    assert counts(made, item="b") == {"1": 3, "2": 2}
    assert line(made, item="b").everybody.people == 5


def test_of_a_whole_order_the_mean_place_is_the_mean_of_the_places() -> None:
    sheet = worksheet_of(f'id = "it", kind = "ranking", options = {things("a", "b", "c")}')
    orders = ["abc", "abc", "bca", "cab", "acb", "bac", "abc"]
    made = report_of(copies_of(sheet, *[f"it = {list(order)}" for order in orders]))
    means = {place.item: place.everybody.mean_place for place in finding(made).places if place.item}
    assert means == {"a": 1.57, "b": 2, "c": 2.43}  # 11, 14 and 17 sevenths
    assert counts(made, item="a") == {"1": 4, "2": 2, "3": 1}


def test_a_ranking_is_one_place_and_told_only_if_enough_answered_it() -> None:
    few = report_of(copies_of(TOP_TWO, *FIVE[:4], ""))
    assert [place for place in finding(few).places if place.groups] == []
    refused = 'it = { not-answered = "prefer-not-to-say" }'
    some = report_of(copies_of(TOP_TWO, *FIVE[:4], refused))
    assert counts(some) == {"not-answered:prefer-not-to-say": 1}
    assert [place.item for place in finding(some).places if place.groups] == [""]


def test_a_report_says_the_mean_place_and_how_often_each_came_first() -> None:
    text = render(report_document(report_of(copies_of(TOP_TWO, *FIVE))))
    assert "**B:** mean place 1.4; first: 3; second: 2" in text
    assert "**A:** mean place 2.4; first: 1; second: 1" in text
    assert "**D:** no place" in text
    assert "Mean place: what somebody gave no place counts as one behind the last." in text
    others = worksheet_of('id = "it", kind = "yes-no"')
    assert "Mean place" not in render(report_document(report_of(copies_of(others, *["it = true"] * 5))))


def test_teams_have_a_mean_place_of_their_own() -> None:
    copies = copies_of(TOP_TWO, *FIVE, **team("North"))
    copies += copies_of(TOP_TWO, *['it = ["d"]'] * 5, first=5, **team("South"))
    made = report_of(copies, by_team=True)
    means = {group.team: group.mean_place for group in line(made, item="d").groups}
    assert means == {None: 2, "north": 3, "south": 1}
    assert "mean place 1 (5 people)" in render(report_document(made))


def test_programs_read_it_too_and_an_earlier_one_stands_beside_it() -> None:
    facilitator = Facilitator()
    before = report_data(facilitator.report(copies_of(TOP_TWO, *FIVE)))
    assert faults("report", json.loads(to_json(before))) == []
    earlier = told_in(read_kept(json.loads(to_json(before))))
    copies = copies_of(TOP_TWO, *FIVE, *['it = ["d", "b"]'] * 5)
    made = facilitator.report(copies, earlier=earlier)
    assert "mean place 1.7 (earlier 1.4)" in render(report_document(made))
    sheet = report_sheet(made)
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    assert [(row["value_text"], row["count"], row["mean_place"]) for row in rows if row["item"] == "b"] == [
        ("first", 3, 1.7),
        ("second", 7, 1.7),
    ]


def test_own_words_from_above_have_their_place_and_no_count() -> None:
    areas = f'id = "areas", kind = "choices", other = true, options = {things("a", "b")}'
    sheet = worksheet_of(areas, 'id = "it", kind = "ranking", options_from = "areas"')
    answer = 'areas = ["a", "b", { other = "Tea" }]\nit = ["b", "other-1", "a"]'
    made = report_of(copies_of(sheet, *[answer] * 5))
    assert counts(made, item="b") == {"1": 5}
    assert counts(made, item="a") == {"2": 5}  # of two options the second is the last
    assert {words.text for words in finding(made).texts} == {"Tea"}


def test_answers_with_another_number_of_places_are_not_counted_with_these() -> None:
    three = worksheet_of(f'id = "it", kind = "ranking", top = 3, options = {things("a", "b", "c", "d")}')
    copies = copies_of(TOP_TWO, *FIVE, 'it = ["d"]') + copies_of(three, *['it = ["d"]'] * 5, first=6)
    assert line(report_of(copies), item="d").everybody.people == 6


# --- bands ----------------------------------------------------------------------------------------

HOURS = worksheet_of('id = "it", kind = "number", unit = "hours", bands = [5, 10, 20]')


def test_numbers_are_counted_in_their_bands_and_never_told() -> None:
    made = report_of(copies_of(HOURS, *[f"it = {number}" for number in (0, 5, 5.25, 19, 20, 983)]))
    assert counts(made) == {"<=5": 2, "<=10": 1, "<=20": 2, ">20": 1}
    told = line(made).everybody
    assert (told.median, told.score, told.mean_place) == (None, None, None)
    text = render(report_document(made))
    assert "**up to 5 hours:** 2 of 6" in text
    assert "**above 5, up to 10 hours:** 1 of 6" in text
    assert "**above 20 hours:** 1 of 6" in text
    assert "983" not in text + to_json(report_data(made))


def test_bands_are_told_only_where_enough_answered() -> None:
    assert line(report_of(copies_of(HOURS, *["it = 3"] * 4, ""))).groups == ()


def test_a_reason_stands_beside_the_bands() -> None:
    made = report_of(copies_of(HOURS, *["it = 3"] * 5, 'it = { not-answered = "prefer-not-to-say" }'))
    assert counts(made) == {"<=5": 5, "not-answered:prefer-not-to-say": 1}
    assert "prefer not to say:** 1 of 6" in render(report_document(made))


def test_answers_with_other_bands_are_not_counted_with_these() -> None:
    others = worksheet_of('id = "it", kind = "number", unit = "hours", bands = [5]')
    copies = copies_of(HOURS, *["it = 3"] * 6) + copies_of(others, *["it = 3"] * 5, first=6)
    assert counts(report_of(copies)) == {"<=5": 6}


def test_cells_are_counted_in_bands_too() -> None:
    columns = '[{ id = "n", ask = "Many?", kind = "number", bands = [5] }]'
    sheet = worksheet_of(f'id = "it", kind = "table", rows = {things("a")}, columns = {columns}')
    made = report_of(copies_of(sheet, *[f"it = {{ a = {{ n = {number} }} }}" for number in (1, 5, 6, 7, 8)]))
    assert counts(made, item="a", column="n") == {"<=5": 2, ">5": 3}
    assert "up to 5: 2; above 5: 3" in render(report_document(made))


def test_a_question_of_which_nothing_is_counted_says_what_would_be() -> None:
    said = (
        "Nothing is counted here: numbers are where the worksheet gives bands, words where people share them."
    )
    points = 'id = "it", kind = "table", rows = [{{ id = "a", text = "A" }}], columns = [{0}]'
    column = '{{ id = "points", ask = "Points?", kind = "number", min = 0, max = 20, step = 1{0} }}'
    answers = ["it.a.points = 4"] * 5
    without = worksheet_of(points.format(column.format("")))
    assert said in render(report_document(report_of(copies_of(without, *answers))))
    banded = worksheet_of(points.format(column.format(", bands = [0, 5, 10]")))
    text = render(report_document(report_of(copies_of(banded, *answers))))
    assert said not in text
    assert "up to 5: 5" in text
