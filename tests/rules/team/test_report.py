"""What is told of many shared copies, and what is not: nobody can be told from the rest."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from build import OPEN, things, worksheet_of
from libwell.rules.team.report import About
from libwell.rules.team.spread import Spread
from team_build import about, copies_of, copy_of, counts, finding, line, report_of, team, teams_told

CHECKLIST = f"""id = "it", kind = "checklist", add_items = true, items = {things("a", "b")},
    marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]"""
RATING = f"""id = "it", kind = "rating", items = {things("a", "b")}, not_answers = ["dont-know"],
    scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}"""
YES = 'id = "it", kind = "yes-no"'


def test_four_people_are_not_told_of_and_five_are() -> None:
    sheet = worksheet_of(YES, 'id = "words", kind = "text"')
    few = report_of(copies_of(sheet, *["it = true\nwords = 'mine'"] * 4))
    assert (about(few).withheld, about(few).responses, about(few).findings) == ("few", 4, ())
    enough = report_of(copies_of(sheet, *["it = true\nwords = 'mine'"] * 5))
    assert about(enough).withheld is None
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
    assert line(made, item="a").both == 3


def test_own_entries_are_words_and_not_counted() -> None:
    sheet = worksheet_of(CHECKLIST)
    made = report_of(copies_of(sheet, *['it = { more = ["a", { other = "quiet room" }] }'] * 5))
    assert [(text.column, text.text) for text in finding(made).texts] == [("more", "quiet room")] * 5


def test_ratings_have_a_median_and_a_spread_and_what_is_not_known_is_a_finding() -> None:
    sheet = worksheet_of(RATING)
    answers = [f"it = {{ a = {point} }}" for point in (0, 1, 1, 2, 3, 3)]
    made = report_of(copies_of(sheet, *answers, 'it = { a = { not-answered = "dont-know" } }'))
    told = line(made, item="a").everybody
    assert told is not None
    assert told.spread == Spread(1.5, 1, 3)
    assert counts(made, item="a", is_reason=True) == {"dont-know": 1}
    assert "b" not in {one.place.item for one in finding(made).lines}


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
    assert [(one.name, one.is_told) for one in about(made).teams] == [("North", False), ("South", False)]


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


def test_texts_where_not_everybody_is_asked_need_as_many_as_tallies_do() -> None:
    sheet = worksheet_of(YES, 'id = "why", kind = "text", when = { prompt = "it", is = true }')
    answers = ["it = true\nwhy = 'mine'"] * 4 + ["it = false"] * 4
    assert finding(report_of(copies_of(sheet, *answers)), "why").texts == ()
    assert len(finding(report_of(copies_of(sheet, *answers, answers[0])), "why").texts) == 5


def test_own_words_come_in_an_order_that_tells_nothing_of_who_wrote_them() -> None:
    sheet = worksheet_of(YES, 'id = "one", kind = "text"', 'id = "two", kind = "text"')
    letters = "abcdefgh"
    answers = [f'it = true\none = "{letter}"\ntwo = "{letter}"' for letter in letters]
    made = report_of(copies_of(sheet, *answers))
    one, two = ([text.text for text in finding(made, name).texts] for name in ("one", "two"))
    assert sorted(one) == sorted(two) == list(letters)
    assert one != two


def test_scores_are_told_as_they_came_out() -> None:
    head = f"""{OPEN}
[[scores]]
id = "whole"
title = "Whole"
items = ["it.a", "it.b"]
method = "sum"
bands = [{{ say = "x" }}]
examples = [{{ given = {{ it = {{ a = 1, b = 1 }} }}, score = 2 }}]
"""
    sheet = worksheet_of(RATING, head=head)
    made = report_of(copies_of(sheet, *["it = { a = 1, b = 3 }"] * 5, "it = { a = 1 }"))
    told = line(made, "score:whole").everybody
    assert told is not None
    assert (told.people, told.spread, told.counts) == (5, Spread(4, 4, 4), {})
    assert isinstance(about(made), About)


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["", "n", "s", "w"]), st.sampled_from(["", "it = true", "second = true", "both"])
    ),
    min_size=5,
    max_size=40,
)
TWO = worksheet_of(YES, YES.replace("it", "second"))


@given(PEOPLE, st.integers(3, 6))
@settings(max_examples=60)
def test_whatever_is_shown_by_team_the_rest_is_nobody_or_enough(
    people: list[tuple[str, str]], minimum: int
) -> None:
    copies = [
        copy_of(TWO, answers.replace("both", "it = false\nsecond = true"), number=number, **team(name))
        for number, (name, answers) in enumerate(people)
    ]
    for one in about(report_of(copies, minimum=minimum, by_team=True)).findings:
        for place in one.lines:
            sizes = [group.people for group in place.groups]
            assert all(size >= minimum for size in sizes)
            rest = sizes[0] - sum(sizes[1:]) if len(sizes) > 1 else minimum
            assert rest == 0 or rest >= minimum
            assert [group.team for group in place.groups[:1]] in ([], [None])
