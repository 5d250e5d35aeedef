"""A report as it is read: what is wished for first, where people differ, and nothing that is withheld."""

from __future__ import annotations

from build import things, worksheet_of
from libwell.export.csv import render as to_csv
from libwell.export.markdown import render
from libwell.model.document import Bars, Distributions, Heading, Table
from libwell.rules.team.divided import divided
from libwell.rules.team.report_data import COLUMNS, report_sheet
from libwell.rules.team.report_document import report_document
from team_build import Facilitator, about, copies_of, report_of, team

CHECKLIST = f"""id = "it", kind = "checklist", items = {things("a", "b", "c")},
    marks = [{{ id = "well", text = "well" }}, {{ id = "more", text = "more", offer = true }}]"""
RATING = f"""id = "rated", kind = "rating", items = {things("d")}, not_answers = ["dont-know"],
    scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}"""
SHEET = worksheet_of(
    CHECKLIST, RATING, 'id = "hours", kind = "number", unit = "hours"', 'id = "w", kind = "text"'
)
ANSWERS = [
    f'it = {{ more = {more}, well = ["a"] }}\nrated = {{ d = {point} }}\nhours = {hours}\nw = "Words {point}"'
    for more, point, hours in (
        ('["b"]', 0, 987),
        ('["b", "a"]', 0, 2),
        ('["b"]', 3, 3),
        ('["b", "a"]', 3, 4),
        ('["b"]', '{ not-answered = "dont-know" }', 5),
        ('["b"]', 3, 6),
    )
]
ANSWERS = [one.replace('"Words { not-answered = "dont-know" }"', '"Words x"') for one in ANSWERS]


def test_what_is_wished_for_comes_first_and_the_most_wanted_first_of_it() -> None:
    document = report_document(report_of(copies_of(SHEET, *ANSWERS)))
    bars = [
        [(bar.label, bar.value) for bar in block.bars] for block in document.blocks if isinstance(block, Bars)
    ]
    assert bars[:2] == [[("B", 6), ("A", 2)], [("A", 6)]]
    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 5]
    assert headings == ["More", "Well"]
    assert "Marked by nobody: C." in render(document)


def test_ratings_say_their_median_every_point_and_every_reason() -> None:
    document = report_document(report_of(copies_of(SHEET, *ANSWERS)))
    (row,) = next(block for block in document.blocks if isinstance(block, Distributions)).rows
    assert row.text == "median 3; 0 no: 2; 3 yes: 3; don't know: 1"
    assert row.counts == (("0", 2), ("1", 0), ("2", 0), ("3", 3))


def test_a_median_on_a_scale_that_goes_below_zero_says_the_scale() -> None:
    scale = 'scale = { min = -2, max = 2, labels = ["worse", "better"] }'
    sheet = worksheet_of(f'id = "it", kind = "rating", {scale}')
    document = report_document(
        report_of(copies_of(sheet, *[f"it = {point}" for point in (-2, -1, -1, 0, 2)]))
    )
    (row,) = next(block for block in document.blocks if isinstance(block, Distributions)).rows
    assert row.text == "median -1, on a scale from -2 to 2; -2 worse: 1; -1: 2; 0: 1; 2 better: 1"


def test_where_people_differ_comes_with_a_question() -> None:
    made = report_of(copies_of(SHEET, *ANSWERS))
    assert [(one.item, one.measure) for one in divided(about(made))] == [("A", 1 / 3), ("D", 1 / 3)]
    text = render(report_document(made))
    assert "D: rated high 3 times, rated low 2 times, out of 6" in text
    assert text.index("Where people differ") < text.index("What lies behind the low ratings")


def test_no_number_of_anybody_is_told() -> None:
    made = report_of(copies_of(SHEET, *ANSWERS))
    for text in (render(report_document(made)), to_csv(report_sheet(made))):
        assert "987" not in text
    assert "6 people answered." in render(report_document(made))


def test_what_few_answered_is_named_without_a_number() -> None:
    made = report_of(copies_of(SHEET, *["hours = 1"] * 5, 'w = "mine"'))
    text = render(report_document(made))
    assert "Answered by fewer than 5 people, so nothing is told" in text
    assert "mine" not in text


def test_a_report_says_of_how_many_it_speaks_and_that_some_wait_but_not_how_many() -> None:
    desk = Facilitator()
    assert "This report speaks of 6 people." in render(
        report_document(desk.report(copies_of(SHEET, *ANSWERS)))
    )
    said = []
    for count in (1, 2, 4):
        made = desk.report(copies_of(SHEET, *ANSWERS, *ANSWERS[:count]))
        said.append(render(report_document(made)))
    assert said[0] == said[1] == said[2]
    assert (
        "This report speaks of 6 people. What came later is told when it no longer shows what one person "
        "answered."
    ) in said[0]


def test_teams_stand_side_by_side_where_they_are_told_of() -> None:
    both = copies_of(SHEET, *ANSWERS, **team("North")) + copies_of(SHEET, *ANSWERS, first=9, **team("South"))
    document = report_document(report_of(both, by_team=True))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert tables[0].columns == ("", "North", "South")
    assert tables[0].rows[1] == ("B", "more: 6 (out of 6)", "more: 6 (out of 6)")


def test_a_sheet_has_a_row_for_every_count() -> None:
    sheet = report_sheet(report_of(copies_of(SHEET, *ANSWERS)))
    assert sheet.columns == COLUMNS
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.rows]
    (wanted,) = [row for row in rows if (row["item"], row["value"]) == ("b", "more")]
    assert (wanted["count"], wanted["people"], wanted["team"]) == (6, 6, None)
