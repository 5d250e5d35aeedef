"""Word files: what a person typed shows as typed and does nothing, read back by python-docx."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any, get_args

import pytest
import tomli_w
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from test_html import PLACES, harmless, typed, visible

from build import response_for, worksheet_from
from hostile import HOSTILE
from libwell.export.docx.writing import render
from libwell.model.document import (
    BOX,
    ROOM,
    Bar,
    Bars,
    Block,
    Checklist,
    Distribution,
    Distributions,
    Document,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quotation,
    Ratings,
    Reference,
    References,
    Sides,
    Table,
    Task,
)
from libwell.rules.documents import response_document
from libwell.rules.paper import blank_document
from libwell.rules.privacy import for_audience
from random_files import answers, worksheet
from readers import links_of, opened_docx, parts_of, texts_of
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell

LINK = "https://example.org/page"
DRAWN = re.compile(r"[\s:—☐☑]|…{12,}")
"""What may stand between words besides: signs that libwell adds, and room to write."""


def bare(text: str) -> str:
    return DRAWN.sub("", text)


def read(data: bytes) -> str:
    return "\n".join(texts_of(opened_docx(data)))


def word(*blocks: Block, to_fill_in: bool = False) -> WordDocument:
    return opened_docx(render(Document("Title", blocks, to_fill_in=to_fill_in)))


def told(document: Document) -> Iterator[str]:
    """The words of a document in their order, out of its plain blocks."""
    yield document.title
    for block in document.plain_blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield text
            case Quotation():
                yield from block
            case Facts(pairs=pairs):
                yield from (text for pair in pairs for text in pair)
            case Listing(items=items, title=title):
                yield from (title, *items)
            case Checklist(items=boxes, title=title):
                yield from (title, *(text for text, _ in boxes))
            case Task(step=step, details=pairs):
                yield from (step, *(text for pair in pairs for text in pair))
            case Bars(bars=bars):
                yield from (text for bar in bars for text in (bar.label, bar.text))
            case Table():
                yield from told_of(block, by_row=block.is_read_by_row and not document.to_fill_in)


def told_of(table: Table, *, by_row: bool) -> Iterator[str]:
    if by_row:
        for name, cells in table.records:
            yield from (name if table.row_heads else "", *(text for cell in cells for text in cell))
    else:
        yield from (text for row in (table.columns, *table.rows) for text in row)


def assert_says_the_same(document: Document) -> None:
    data = render(document)
    found, expected = (bare(text) for text in (read(data), "\n".join(map(visible, told(document)))))
    pairs = enumerate(zip(found, expected, strict=False))
    differs = next((place for place, pair in pairs if pair[0] != pair[1]), None)
    assert (differs, len(found)) == (None, len(expected)), found[differs or 0 :][:99]
    assert render(document) == data


# --- nothing acts -----------------------------------------------------------------------------------


def shape(data: bytes) -> list[str]:
    """Every element of the words in a Word file, but for those that hold or break text."""
    found = re.findall(r"<(w:[A-Za-z]+)", parts_of(data)["word/document.xml"].decode())
    return [one for one in found if one not in ("w:r", "w:t", "w:br", "w:tab", "w:rPr", "w:b")]


@pytest.mark.quick_cases(6)
@pytest.mark.parametrize("place", PLACES)
def test_hostile_texts_show_and_do_nothing(place: str) -> None:
    texts = [text for text in (*HOSTILE, "lone \ud800 surrogate") if len(text) < 9_000]
    document = Document("Title", tuple(PLACES[place](text) for text in texts))
    assert_says_the_same(document)
    data = render(document)
    tame = render(Document("Title", tuple(PLACES[place](harmless(text)) for text in texts)))
    if place not in ("address", "worksheet's words", "distribution label"):
        assert links_of(parts_of(data)) == []
    if "table" not in place and "paragraph" not in place:
        assert set(shape(data)) <= {*shape(tame), "w:hyperlink", "w:rStyle"}


@pytest.mark.thorough
def test_a_hostile_title_or_language_stays_where_it_is() -> None:
    for text in [*HOSTILE, "lone \ud800 surrogate"]:
        assert bare(visible(text)) == bare(read(render(Document(text, language=text)))), text[:99]


@pytest.mark.thorough
@examples(200, quick=15)
@given(st.lists(typed, min_size=len(PLACES), max_size=len(PLACES)))
def test_any_text_shows_as_typed(texts: list[str]) -> None:
    blocks = tuple(make(text) for make, text in zip(PLACES.values(), texts, strict=True))
    assert_says_the_same(Document("Title", blocks))


@pytest.mark.thorough
@examples(150, quick=10)
@given(st.integers(0, 2**32))
def test_a_random_response_and_its_worksheet_say_the_same_in_word(seed: int) -> None:
    rng = Random(seed)
    data: dict[str, Any] = worksheet(rng, "any")
    sheet = worksheet_from(tomli_w.dumps(data))
    response = response_for(sheet, tomli_w.dumps(answers(rng, data)))
    assert_says_the_same(response_document(for_audience(response, sheet, private=True)))
    assert_says_the_same(blank_document(sheet, facilitator=True))


def test_every_kind_of_block_has_a_place() -> None:
    assert {type(make("x")) for make in PLACES.values()} | {PageBreak} == set(get_args(Block))


def test_only_addresses_to_follow_are_named_outside() -> None:
    blocks = (
        References((Reference("Care.", LINK, "Good."), Reference("Bad.", "javascript:alert(1)"))),
        Paragraph(f"See {LINK}/a.", has_links=True),
        Paragraph("https://example.org/no"),
    )
    data = render(Document("Title", blocks))
    assert links_of(parts_of(data)) == [LINK, f"{LINK}/a"]
    assert f"Care. {LINK} Good." in read(data)


def test_a_file_holds_no_more_than_its_words_need() -> None:
    parts = parts_of(render(Document("A title", (Heading(2, "One"),))))
    assert {name for name in parts if name.startswith("docProps")} == {"docProps/core.xml"}
    core = parts["docProps/core.xml"].decode()
    assert re.findall(r">([^<]+)<", core.replace("\n", "")) == ["A title"]
    assert b"rsid" not in parts["word/settings.xml"]


def test_nothing_in_a_file_is_compressed_as_machines_differ_in_that() -> None:
    with zipfile.ZipFile(BytesIO(render(Document("A")))) as whole:
        assert {one.compress_type for one in whole.infolist()} == {zipfile.ZIP_STORED}


# --- real structure -----------------------------------------------------------------------------------


def test_headings_are_real_and_leave_out_no_level() -> None:
    made = word(Heading(2, "Two"), Heading(5, "Five"), Heading(3, "Three"))
    assert [(one.style.name, one.text) for one in made.paragraphs if one.style] == [
        ("Title", "Title"),
        ("Heading 1", "Two"),
        ("Heading 2", "Five"),
        ("Heading 2", "Three"),
    ]
    assert made.styles["Heading 1"].paragraph_format.keep_with_next


def test_lists_boxes_and_tones_have_styles_of_their_own() -> None:
    made = word(
        Listing(("one",), title="List"),
        Checklist((("yes", True), ("no", False))),
        Paragraph("quiet", tone="aside"),
        Paragraph("mine", tone="answer"),
        Task("Rest", done=True, details=(("Who", "Ana"),)),
        Task("Ask"),
    )
    assert [(one.style.name, one.text) for one in made.paragraphs[1:] if one.style] == [
        ("List Title", "List"),
        ("List Bullet", "one"),
        ("Box", "☑\tyes"),
        ("Box", "☐\tno"),
        ("Aside", "quiet"),
        ("Answer", "mine"),
        ("Step", "☑\tRest"),
        ("Detail", "Who: Ana"),
        ("Step", "☐\tAsk"),
    ]


def table_in(made: WordDocument) -> WordTable:
    (table,) = made.tables
    return table


def test_the_head_of_a_table_comes_again_on_each_page_and_no_row_is_cut() -> None:
    table = table_in(word(Table(("", "B"), (("one", "1"), ("two", "2")), row_heads=True)))
    written = table.part.element.xml
    assert [len(re.findall(f"<w:{name}/>", written)) for name in ("tblHeader", "cantSplit")] == [1, 3]
    bold = [[run.bold for cell in row.cells for run in cell.paragraphs[0].runs] for row in table.rows]
    assert bold == [[True], [True, None], [True, None]]


def fill_of(cell: WordCell) -> str | None:
    """The color of the line in a cell."""
    found = cell.paragraphs[0].paragraph_format.element.find(f".//{qn('w:shd')}")
    return None if found is None else found.get(qn("w:fill"))


def test_a_bar_is_a_cell_as_long_as_its_number_beside_the_words() -> None:
    bars = tuple(Bar(str(value), value, 0, 4, f"{value} of 4") for value in (1, 2, 4))
    table = table_in(word(Bars(bars)))
    filled = []
    for row in table.rows:
        cells = list(dict.fromkeys(row.cells))
        assert [cell.text for cell in cells[2:]] == [""] * (len(cells) - 2)
        shades = [
            one.get(qn("w:fill"))
            for cell in cells
            for one in cell.paragraphs[0].paragraph_format.element.iter(qn("w:shd"))
        ]
        filled.append((cells[1].text, int(dict(zip(shades, cells[2:], strict=True))["1F5F8B"].width or 0)))
    assert [text for text, _ in filled] == ["1 of 4", "2 of 4", "4 of 4"]
    assert filled[0][1] < filled[1][1] < filled[2][1]


def test_each_point_of_a_distribution_has_a_share_of_one_bar() -> None:
    spread = Distribution("", (("0", 1), ("1", 0), ("2", 3)), "said")
    (row,) = table_in(word(Distributions((spread,)))).rows
    first, *parts = dict.fromkeys(row.cells)
    assert first.text == "said"
    one, two = (int(part.width or 0) for part in parts)
    assert 2.9 < two / one < 3.1


def test_the_bars_of_two_marks_begin_in_the_middle() -> None:
    bars = (Bar("well", 2, 0, 4, "2 of 4"), Bar("better", 4, 0, 4, "4 of 4"))
    _, row = table_in(word(Sides(("Well", "Better"), (("Breaks", bars),)))).rows
    cells = list(dict.fromkeys(row.cells))
    assert [cell.text for cell in cells] == ["Breaks", "2 of 4", "", "", "", "4 of 4"]
    assert [fill_of(cell) is not None for cell in cells[2:5]] == [False, True, True]


def test_where_there_is_nothing_to_draw_words_alone_stand() -> None:
    assert word(Distributions((Distribution("a", (), "said"),))).tables == []
    assert word(Ratings(())).tables == []


def test_what_is_for_a_pen_has_room_and_a_wide_table_lies_across() -> None:
    made = word(
        Facts((("Name", ROOM),)),
        Paragraph(f"{ROOM}\n\n{ROOM}"),
        Table(("", "A"), (("one", BOX),), row_heads=True),
        Heading(3, "Wide"),
        Table(tuple("ABCDE"), (("",) * 5,)),
        Heading(3, "After"),
        to_fill_in=True,
    )
    assert "…" not in "\n".join(texts_of(made))
    assert [len(table.rows) for table in made.tables] == [2, 2, 2]
    upright, across = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [one.orientation for one in made.sections] == [upright, across, upright]
    assert made.tables[2].rows[1].height


def test_a_new_sheet_is_begun_once_where_the_paper_is_turned_too() -> None:
    wide = Table(tuple("ABCDE"), (("",) * 5,))
    upright, across = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    before = word(Paragraph("a"), PageBreak(), wide, to_fill_in=True)
    assert [one.orientation for one in before.sections] == [upright, across]
    behind = word(wide, PageBreak(), Heading(2, "b"), to_fill_in=True)
    assert [one.orientation for one in behind.sections] == [across, upright]


def test_a_file_says_its_language() -> None:
    for language, written in (("en", "en-US"), ("pt-BR", "pt-BR"), ("<x>", "en-US")):
        made = opened_docx(render(Document("A", language=language)))
        (found,) = made.styles.element.iter(qn("w:lang"))
        assert found.get(qn("w:val")) == written
