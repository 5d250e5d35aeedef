"""A report as it is read: what is wished for first, where people differ, and nothing that is withheld."""

from __future__ import annotations

import pytest

from build import OPEN, things, worksheet_of
from libwell.export.csv import render as to_csv
from libwell.export.markdown import render
from libwell.model.document import (
    Bar,
    Bars,
    Block,
    Distributions,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Sides,
    Table,
)
from libwell.rules.team.divided import divided
from libwell.rules.team.report_data import COLUMNS, report_sheet
from libwell.rules.team.report_document import report_document
from libwell.rules.team.title_block import TitleBlock
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


def listed(document: Document, title: str) -> list[tuple[str, ...]]:
    """The lists under a title of their own."""
    return [block.items for block in document.blocks if isinstance(block, Listing) and block.title == title]


def below(document: Document, heading: str) -> Block:
    """The block below a heading."""
    texts = [block.text if isinstance(block, Heading) else None for block in document.blocks]
    return document.blocks[texts.index(heading) + 1]


def test_a_checklist_is_one_table_the_most_wanted_first_with_its_marks_side_by_side() -> None:
    document = report_document(report_of(copies_of(SHEET, *ANSWERS)))
    (sides,) = [block for block in document.blocks if isinstance(block, Sides)]
    assert sides.heads == ("Well", "More")
    said = [(label, [(bar.value, bar.text) for bar in bars]) for label, bars in sides.rows]
    assert said == [("B", [(0, "0 of 6"), (6, "6 of 6")]), ("A", [(6, "6 of 6"), (2, "2 of 6")])]
    assert "| B | 0 of 6 | 6 of 6 |" in render(document)
    assert "Marked by nobody: C." in render(document)


def test_a_checklist_of_one_mark_has_bars() -> None:
    sheet = worksheet_of(f"""id = "it", kind = "checklist", items = {things("a", "b")},
        marks = [{{ id = "here", text = "here" }}]""")
    document = report_document(report_of(copies_of(sheet, *['it = { here = ["b"] }'] * 5)))
    (bars,) = [block for block in document.blocks if isinstance(block, Bars)]
    assert [(bar.label, bar.text) for bar in bars.bars] == [("B", "5 of 5")]


def test_it_begins_in_short_with_what_goes_well_what_is_wished_for_and_where_people_differ() -> None:
    document = report_document(report_of(copies_of(SHEET, *ANSWERS)))
    assert below(document, "In short") == Paragraph("This report speaks of 6 people.")
    assert listed(document, "Most say “well”") == [("A: 6 of 6",)]
    assert listed(document, "Wished for most") == [("B: 6 of 6", "A: 2 of 6")]
    assert listed(document, "Where people differ most") == [
        (
            "A: “well” 6 times, “more” 2 times, out of 6; 2 people said both",
            "D: rated high 3 times, rated low 2 times, out of 6",
        )
    ]


def test_in_short_names_the_worksheet_and_what_it_is_about_where_there_are_several() -> None:
    about = {"title": "Staff care", "summary": "What the library does well."}
    other = SHEET.model_copy(update={"id": "other", **about})
    made = report_of(copies_of(SHEET, *ANSWERS) + copies_of(other, *ANSWERS[:5], first=9))
    document = report_document(made)
    assert below(document, "Staff care") == Paragraph(
        "What the library does well. This report speaks of 5 people."
    )


def scale(offer: str) -> str:
    """A rating whose points offer a step as said."""
    return f"""id = "it", kind = "rating", items = {things("a")}, {offer},
        scale = {{ min = 0, max = 2, labels = ["no", "a little", "yes"] }}"""


@pytest.mark.parametrize(
    ("keys", "answers", "title", "items"),
    [
        (CHECKLIST, ['it = { well = ["a"] }'] * 3 + ['it = { more = ["a"] }'] * 2, "“well”", ["A: 3 of 5"]),
        (CHECKLIST, ['it = { well = ["a"] }'] * 3 + ['it = { more = ["a"] }'] * 3, "“well”", []),
        (CHECKLIST, ['it = { well = ["a"], more = ["a"] }'] * 5, "“well”", []),
        (
            scale("offer_at_most = 0"),
            ["it = { a = 1 }", *["it = { a = 2 }"] * 4],
            "“1 a little” or more",
            ["A: 5 of 5"],
        ),
        (scale("offer_at_least = 1"), ["it = { a = 0 }"] * 5, "“0 no” or less", ["A: 5 of 5"]),
        (scale("private = false"), ["it = { a = 2 }"] * 5, "“2 yes” or more", []),
    ],
)
def test_only_what_the_worksheet_says_goes_well_and_most_people_say_so_is_told_as_such(
    keys: str, answers: list[str], title: str, items: list[str]
) -> None:
    document = report_document(report_of(copies_of(worksheet_of(keys), *answers)))
    assert listed(document, f"Most say {title}") == [tuple(items)] * bool(items)


def test_the_top_wishes_come_with_a_first_step_and_the_others_last() -> None:
    items = """[{ id = "a", text = "Tea", suggest = "Ask for a kettle" }, { id = "b", text = "Rest" },
        { id = "c", text = "Light" }, { id = "d", text = "Air" }]"""
    sheet = worksheet_of(f"""id = "it", kind = "checklist", items = {items},
        marks = [{{ id = "more", text = "more", offer = true }}]""")
    given = ['["a"]', '["a", "b"]', '["a", "b", "c"]', '["a", "b", "c"]', '["a", "b", "c", "d"]']
    document = report_document(
        report_of(copies_of(sheet, *[f"it = {{ more = {one} }}" for one in given])), top=2
    )
    assert below(document, "Wishes, and a first step toward each") == Listing(
        ("Tea: 5 of 5. A first step: Ask for a kettle", "Rest: 4 of 5")
    )
    assert below(document, "Further wishes") == Listing(("Light: 3 of 5",))  # nobody's alone


def test_what_an_option_offers_is_wished_for_in_the_words_of_its_step() -> None:
    options = '[{ id = "a", text = "People without internet", offer = true, suggest = "Lend hotspots" }]'
    sheet = worksheet_of(f'id = "it", kind = "choices", options = {options}')
    document = report_document(report_of(copies_of(sheet, *['it = ["a"]'] * 5)))
    assert listed(document, "Wished for most") == [("Lend hotspots: 5 of 5",)]


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
    assert text.index("Where people differ most") < text.index("To talk about: ")
    assert "What lies behind the low ratings, and what behind the high ones?" in text


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
    assert tables[0].rows[0] == ("B", "more: 6 (out of 6)", "more: 6 (out of 6)")
    (sides,) = [block for block in document.blocks if isinstance(block, Sides)]
    assert [row[0] for row in tables[0].rows] == [*(name for name, _ in sides.rows), "C"]


def test_a_sheet_has_a_row_for_every_count() -> None:
    sheet = report_sheet(report_of(copies_of(SHEET, *ANSWERS)))
    assert sheet.columns == COLUMNS
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.rows]
    (wanted,) = [row for row in rows if (row["item"], row["value"]) == ("b", "more")]
    assert (wanted["count"], wanted["people"], wanted["team"]) == (6, 6, None)


@pytest.mark.parametrize(
    ("ids", "facts"),
    [
        (("test",), (("Date", "May"), ("Worksheet", "Test"), ("People", "6 of 9"))),
        (("test", "two"), (("Date", "May"), ("Worksheets (people)", "Test (6 of 9); Test (6 of 9)"))),
    ],
)
def test_its_head_says_of_how_many_people_each_worksheet_speaks(
    ids: tuple[str, ...], facts: tuple[tuple[str, str], ...]
) -> None:
    copies = [
        copy
        for number, name in enumerate(ids)
        for copy in copies_of(SHEET.model_copy(update={"id": name}), *ANSWERS, first=9 * number)
    ]
    document = report_document(report_of(copies, head=TitleBlock("Our year", "May", 9)))
    assert (document.title, document.blocks[0]) == ("Our year", Facts(facts))


def test_scores_stand_together_team_beside_team() -> None:
    rating = 'kind = "rating", scale = { min = 0, max = 3, labels = ["no", "yes"] }'
    scores = """[[scores]]
        id = "s"
        title = "How it is"
        method = "mean"
        items = ["a", "b"]"""
    sheet = worksheet_of(f'id = "a", {rating}', f'id = "b", {rating}', head=f"{OPEN}\n{scores}")
    north = copies_of(sheet, *["a = 1\nb = 2"] * 5, **team("North"))
    south = copies_of(sheet, *["a = 2\nb = 3"] * 5, first=9, **team("South"))
    document = report_document(report_of(north + south, by_team=True))
    assert below(document, "Scores") == Bars((Bar("How it is", 2, 0, 3, "2 of 3"),))
    assert (
        Table(("", "North", "South"), (("How it is", "1.5 of 3", "2.5 of 3"),), row_heads=True)
        in document.blocks
    )
