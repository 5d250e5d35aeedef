"""HTML: what a person typed shows as typed and does nothing else, read back by a strict parser of its own."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, get_args
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HOSTILE
from libwell.export.html import render
from libwell.model.characters import make_visible
from libwell.model.document import (
    Bar,
    Bars,
    Block,
    Checklist,
    Course,
    Courses,
    Distribution,
    Distributions,
    Document,
    Facts,
    Heading,
    Listing,
    Marks,
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
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = (("0", 1), ("1", 2))
FEW = Bar("mark", 2, 0, 3, "2 of 3")
SPREAD = Distribution("label", POINTS, "words")

# Each place of a block where text can stand.
PLACES: dict[str, Callable[[str], Block]] = {
    "heading": lambda text: Heading(2, text),
    "paragraph": Paragraph,
    "aside": lambda text: Paragraph(text, tone="aside"),
    "answer": lambda text: Paragraph(text, tone="answer"),
    "worksheet's words": lambda text: Paragraph(text, has_links=True),
    "quotation text": lambda text: Quotation(text, "source"),
    "quotation source": lambda text: Quotation("text", text),
    "distribution label": lambda text: Distributions((Distribution(text, POINTS, "w"), SPREAD)),
    "distribution text": lambda text: Distributions((Distribution("label", POINTS, text), SPREAD)),
    "distribution point": lambda text: Distributions((Distribution("label", ((text, 1),), "w"), SPREAD)),
    "distribution alone": lambda text: Distributions((Distribution("", POINTS, text),)),
    "line label": lambda text: Courses(("a", "b"), (Course(text, ("1", "2"), (0.5, None), "+1"),)),
    "line words": lambda text: Courses(("a", "b"), (Course("label", ("1", text), (0, 1), "+1"),)),
    "line change": lambda text: Courses(("a", "b"), (Course("label", ("1", "2"), (0, 1), text),)),
    "line time": lambda text: Courses(("a", text), (Course("label", ("1", "2"), (None, None), "+1"),)),
    "fact label": lambda text: Facts(((text, "2"), ("three", "3"))),
    "fact text": lambda text: Facts((("two", text), ("three", "3"))),
    "listing item": lambda text: Listing(("one", text, "three")),
    "listing title": lambda text: Listing(("one",), title=text),
    "reference": lambda text: References((Reference(text),)),
    "address": lambda text: References((Reference("About", text),)),
    "mark": lambda text: Marks((Listing(("one",), title="first"), Listing(("one",), title=text))),
    "mark alone": lambda text: Marks((Listing(("one",), title=text),)),
    "marked": lambda text: Marks((Listing((text,), title="first"), Listing(("one",), title="second"))),
    "marked alone": lambda text: Marks((Listing((text,), title="first"),)),
    "checklist item": lambda text: Checklist((("one", True), (text, False))),
    "checklist title": lambda text: Checklist((("one", True),), title=text),
    "table column": lambda text: Table((text, "B"), (("1", "2"),)),
    "table cell": lambda text: Table(("A", "B"), (("1", text),), row_heads=True),
    "table row": lambda text: Table(("", "B"), ((text, "2"),), row_heads=True),
    "wide table column": lambda text: Table(("", text, "C", "D", "E"), (("1", "2", "3", "4", "5"),)),
    "wide table cell": lambda text: Table(("A", "B", "C", "D", "E"), ((text, "2", "3", "4", "5"),)),
    "wide table row": lambda text: Table(tuple("ABCDE"), ((text, "2", "3", "4", "5"),), row_heads=True),
    "bar label": lambda text: Bars((Bar(text, 2, 0, 3, "2 of 3"),)),
    "bar text": lambda text: Bars((Bar("two", 2, 0, 3, text), Bar("none", None, 0, 3, "none"))),
    "rating label": lambda text: Ratings((Bar(text, 2, 0, 3, "2 of 3"), Bar("b", 1, 0, 3, "1 of 3"))),
    "rating text": lambda text: Ratings((Bar("two", 2, 0, 3, text), Bar("b", 1, 0, 3, "1 of 3"))),
    "rating alone": lambda text: Ratings((Bar("", 2, 0, 3, text),)),
    "side head": lambda text: Sides((text, "B"), (("one", (FEW, FEW)),)),
    "side label": lambda text: Sides(("A", "B", "C"), ((text, (FEW, FEW, FEW)),)),
    "side text": lambda text: Sides(("A", "B"), (("one", (FEW._replace(text=text), FEW)),)),
    "task step": lambda text: Task(text, details=(("Who", "Ana"),)),
    "task label": lambda text: Task("step", details=((text, "x"),)),
    "task detail": lambda text: Task("step", done=True, details=(("Who", text), ("When", "soon"))),
}


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = words(
    """
    html head meta title style body header main footer h1 h2 h3 h4 h5 h6 p ul li dl div dt dd table thead
    tbody tr th td blockquote span a svg rect path circle text
    """
)
ATTRIBUTES = words(
    """
    lang charset http-equiv content name class id role scope rel href data-label aria-hidden aria-label
    aria-labelledby viewBox x y width height rx d cx cy r
    """
)

PIECES = (
    *"<>&\"'`=/!?-;:#%{}[]()\\ \t\n\r09aZ",
    *("</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<b>", "</p>", "</dd>", "</style>", "</title>"),
    *("<script>", "<svg", " onload=", "style=", "href=", "javascript:", "&amp;", "&lt;", "&#60;", "&#x0;"),
    *("{{", "}}", "{%", "%}", "{#", "\n\n", "\n \n", "http://", "https://a.b/", "\u2610", "\u2026" * 12),
    *("\u00a0", "\u200b", "\u0301", "\u202e", "\U0001f600", "\u05d0", "\x00", "\x0b", "\x85", "\ufffe"),
)
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join)
BATCH = len(PLACES)
BATCHES = -(-10_000 // BATCH)


def parse(page: str) -> Element:
    """The page as a strict parser takes it: anything that is not quite HTML raises."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert isinstance(tree, Element)
    for one in tree.iter():  # those of SVG have a namespace
        one.tag = one.tag.rpartition("}")[2]
    return tree


def body(*blocks: Block, to_fill_in: bool = False) -> Element:
    found = parse(render(Document("Title", blocks, to_fill_in=to_fill_in))).find("body/main")
    assert found is not None
    return found


def shape(tree: Element) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every element with its attributes; the label of a cell is text, which no element is made of."""
    return [
        (one.tag, sorted(pair for pair in one.attrib.items() if pair[0] != "data-label"))
        for one in tree.iter()
    ]


def visible(text: str) -> str:
    """Text as it should stand there: what is no character is a number, as what acts is."""
    return "".join(map(_shown, make_visible(text)))


def _shown(character: str) -> str:
    point = ord(character)
    is_none = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return f"[U+{point:04X}]" if is_none else character


def said(tree: Element) -> str:
    """All text, without white space; at the end what the style tells below a chart."""
    below = (one.get("data-label", "") for one in tree.iter("span"))
    return "".join("".join((*tree.itertext(), *below)).split())


def harmless(text: str) -> str:
    """Text of the same lines, where each line that says anything says `word`."""
    return "\n".join("word" if line.strip() else "" for line in make_visible(text).split("\n"))


def assert_inert(tree: Element) -> None:
    """See that nothing acts, nothing is loaded, and only addresses of what to read are followed."""
    for one in tree.iter():
        assert one.tag in TAGS
        assert set(one.attrib) <= ATTRIBUTES
        assert ("href" in one.attrib) == (one.tag == "a")
        assert re.match(r"https?://[a-z0-9]", one.get("href", "http://a"), re.IGNORECASE)


def assert_whole_and_inert(blocks: tuple[Block, ...], tame: tuple[Block, ...], texts: list[str]) -> None:
    page = render(Document("Title", blocks))
    assert make_visible(page) == page
    tree, expected = parse(page), parse(render(Document("Title", tame)))
    assert_inert(tree)
    without_links = [one for one in shape(tree) if one[0] != "a"]
    assert without_links == shape(expected)
    shown = said(tree)
    for text in texts:
        assert "".join(visible(text).split()) in shown, text[:99]


@pytest.mark.thorough
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("part", range(5))
def test_hostile_text_in_every_place_shows_and_does_nothing(part: int) -> None:
    for text in HOSTILE[part::5]:
        blocks = tuple(make(text) for make in PLACES.values())
        tame = tuple(make(harmless(text)) for make in PLACES.values())
        assert_whole_and_inert(blocks, tame, [text])
        words = "".join(visible(text).split())
        page = said(body(*blocks))
        assert not words or page.count(words) >= len(PLACES), text[:99]


@pytest.mark.thorough
@examples(BATCHES, quick=25)
@given(st.lists(typed, min_size=BATCH, max_size=BATCH))
def test_ten_thousand_texts_show_and_do_nothing(texts: list[str]) -> None:
    pairs = list(zip(PLACES.values(), texts, strict=True))
    blocks = tuple(make(text) for make, text in pairs)
    assert_whole_and_inert(blocks, tuple(make(harmless(text)) for make, text in pairs), texts)


def test_every_kind_of_block_has_a_place() -> None:
    assert {type(make("x")) for make in PLACES.values()} | {PageBreak} == set(get_args(Block))


@pytest.mark.thorough
@examples(300)
@given(typed)
def test_text_stands_there_to_the_letter(text: str) -> None:
    item = body(Listing((text,))).find("ul/li")
    assert item is not None
    expected = visible(text).strip("\n") if visible(text).strip() else "\u2014"
    assert item.text == expected


@pytest.mark.thorough
def test_a_hostile_title_or_language_stays_where_it_is() -> None:
    expected = shape(parse(render(Document("word"))))
    for text in [*HOSTILE, "lone \ud800 surrogate"]:
        tree = parse(render(Document(text, language=text)))
        assert shape(tree) == expected, text[:99]
        assert "".join(visible(text).split()) in said(tree), text[:99]
    assert parse(render(Document("T", language="pt-BR"))).get("lang") == "pt-BR"


# --- the page -------------------------------------------------------------------------------------


def test_the_page_loads_nothing_and_its_policy_knows_its_style_alone() -> None:
    page = render(Document("Title"))
    head = parse(page).find("head")
    assert head is not None
    metas = {one.get("http-equiv") or one.get("name"): one.get("content") for one in head.findall("meta")}
    style = head.findtext("style") or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert metas["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert metas["referrer"] == "no-referrer"
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert "url(" not in style
    assert "@import" not in style
    assert page.startswith("<!DOCTYPE html>\n")
    assert page.endswith("</html>\n")


def test_the_same_document_gives_the_same_bytes() -> None:
    blocks = tuple(make("one & two") for make in PLACES.values())
    assert render(Document("Title", blocks)) == render(Document("Title", blocks))


def test_headings_leave_no_level_out() -> None:
    levels = [Heading(level, "x") for level in (1, 4, 4, 2, 9, 9, 9, 9, 9)]
    found = [one.tag for one in body(*levels)]
    assert found == ["h2", "h3", "h4", "h2", "h3", "h4", "h5", "h6", "h6"]


def test_nothing_typed_leaves_a_dash_or_nothing() -> None:
    nothing = (Bars(()), Ratings(()), Marks(()), References(()), Paragraph(" \n "), Quotation("", ""))
    more = (Facts(()), Listing(()), Checklist(()), Table((), ()), Table(("",) * 6, ()))
    found = body(*nothing, *more)
    assert said(found) == ""
    assert {one.tag for one in found.iter()} <= {"main", "table", "thead", "tbody", "tr", "td"}
    empty = Facts((("Who", ""),)), Listing(("",)), Task("", details=(("", ""),)), Heading(2, " ")
    assert said(body(*empty)) == "Who\u2014\u2014Todo:\u2014\u2014\u2014\u2014"


def test_lines_and_blanks_stay_and_empty_lines_begin_paragraphs() -> None:
    found = body(Paragraph("one\n  two\t three \n \n\nfour\r\nfive\n", tone="answer"))
    assert [(one.tag, one.get("class"), one.text) for one in found] == [
        ("p", "answer", "one\n  two\t three "),
        ("p", "answer", "four\nfive"),
    ]


# --- addresses ------------------------------------------------------------------------------------

ADDRESS = "https://example.org/a_(b)?c=1&d=%20#e"


def links(*blocks: Block) -> list[tuple[str | None, str]]:
    return [(one.get("href"), "".join(one.itertext())) for one in body(*blocks).iter("a")]


def test_only_addresses_of_what_to_read_become_links() -> None:
    assert links(References((Reference("Care.", ADDRESS, "Good."),))) == [(ADDRESS, ADDRESS)]
    (link,) = body(References((Reference("", ADDRESS),))).iter("a")
    assert link.get("rel") == "noreferrer noopener"
    for make in PLACES.values():
        is_followed = make in (PLACES["address"], PLACES["worksheet's words"])
        assert links(make(ADDRESS)) == ([(ADDRESS, ADDRESS)] if is_followed else [])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "//example.org",
        "https://",
        "https:example.org",
        "https://example.org/a b",
        "https://example.org\\@example.com",
        "https://name@example.com",
        'https://example.org/"onclick="x',
        " https://example.org",
        "https://example.org/\u202egnp",
        "",
    ],
)
def test_an_address_that_is_not_safe_stays_text(address: str) -> None:
    reference = Reference("Care.", address, "Good.")
    assert links(References((reference,))) == []
    assert "".join(visible(reference.line).split()) in said(body(References((reference,))))


def test_addresses_in_the_words_of_a_worksheet_can_be_followed() -> None:
    text = (
        f"Read “{ADDRESS}”, (http://example.org/care), and https://example.org.\n\nOr HTTPS://EXAMPLE.ORG/x!"
    )
    page = body(Paragraph(text, has_links=True))
    found = [ADDRESS, "http://example.org/care", "https://example.org", "HTTPS://EXAMPLE.ORG/x"]
    assert [one.get("href") for one in page.iter("a")] == found
    assert "".join(text.split()) in said(page)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "https://name@example.com",
        "https://example.org\\@example.com",
        "https://example.org/\u202egnp",
        "xhttps://example.org",
        "https:// example.org",
    ],
)
def test_what_is_no_safe_address_stays_text_there_too(text: str) -> None:
    assert links(Paragraph(f"See {text} here.", has_links=True)) == []


# --- charts ---------------------------------------------------------------------------------------


def test_a_chart_stands_beside_its_words_and_is_not_read_out() -> None:
    bars = Bars((Bar("Calm", 2, 1, 5, "2 of 5"), Bar("Pace", None, 1, 5, "no score yet")))
    (chart,) = [one for one in body(bars).iter("span") if one.get("class") == "chart"]
    assert chart.get("aria-hidden") == "true"
    assert [one.get("cx") for one in chart.iter("circle")] == ["54"]  # a quarter of the way from 8 to 192
    assert len([one for one in chart.iter("path") if one.get("class") == "point"]) == 5
    assert [one.text for one in body(bars).iter("span") if one.text] == ["2 of 5", "no score yet"]


def test_no_letter_is_drawn_so_that_none_runs_into_the_words_where_a_page_is_copied() -> None:
    blocks = body(
        Ratings((Bar("Calm", 2, 1, 5, "2 of 5"), Bar("Pace", 3, 1, 5, "3 of 5"))),
        Distributions((Distribution("Signs", POINTS, "in words"), SPREAD)),
        Sides(
            ("Well", "Better"),
            (("Desk", (Bar("Well", 2, 0, 9, "2 of 9"), Bar("Better", 7, 0, 9, "7 of 9"))),),
        ),
    )
    charts = [one for one in blocks.iter() if one.get("aria-hidden")]
    assert [tag for one in charts for tag in one.itertext() if tag.strip()] == []
    below = [
        [one.get("data-label") for one in chart.iter("span") if one.get("data-label")] for chart in charts
    ]
    assert below == [["1", "5"], ["1", "5"], ["0", "1"], ["0", "1"], [], []]


def test_two_marks_side_by_side_are_drawn_as_long_as_they_were_given() -> None:
    bars = (Bar("Well", 2, 0, 8, "2 of 8"), Bar("Better", 8, 0, 8, "8 of 8"))
    page = body(Sides(("Well", "Better"), (("Desk", bars), ("Room", bars[::-1]))))
    assert [[said(cell) for cell in row] for row in page.iter("tr")] == [
        ["", "Well", "Better"],
        ["Desk", "2of8", "8of8"],
        ["Room", "8of8", "2of8"],
    ]
    assert [one.get("width") for one in page.iter("rect")] == ["25", "100", "100", "25"]


@pytest.mark.parametrize(
    ("low", "high", "points"), [(0, 3, 4), (0, 10, 11), (0, 11, 0), (0.5, 2, 0), (0, 1.5, 0)]
)
def test_points_are_drawn_where_they_are_few_and_whole(low: float, high: float, points: int) -> None:
    (chart,) = body(Bars((Bar("Calm", 1, low, high, "1"),))).iter("svg")
    assert len([one for one in chart.iter("path") if one.get("class") == "point"]) == points


def test_a_scale_of_one_point_has_no_chart() -> None:
    assert list(body(Bars((Bar("Calm", 1, 1, 1, "1 of 1"),))).iter("svg")) == []


def test_marks_side_by_side_say_yes_or_no() -> None:
    marks = Marks((Listing(("desk", "room"), title="Well"), Listing(("room", "time"), title="Better")))
    rows = [[said(cell) for cell in row] for row in body(marks).iter("tr")]
    assert rows == [
        ["", "Well", "Better"],
        ["desk", "yes", "no"],
        ["room", "yes", "yes"],
        ["time", "no", "yes"],
    ]
    assert len(list(body(marks).iter("svg"))) == 4


def test_one_mark_alone_is_a_list_under_its_title() -> None:
    found = body(Marks((Listing(("desk", "room"), title="Well"),)))
    title, items = list(found)
    assert (title.tag, title.text, items.tag) == ("p", "Well", "ul")
    assert items.get("aria-labelledby") == title.get("id")
    assert [said(one) for one in items] == ["desk", "room"]


# --- tables and tasks -----------------------------------------------------------------------------


def test_a_table_says_what_its_heads_are_for() -> None:
    found = body(Table(("", "When", "Who"), (("Desk", "March", ""),), row_heads=True))
    heads = [(said(one), one.get("scope"), one.get("role")) for one in found.iter("th")]
    assert heads == [
        ("When", "col", "columnheader"),
        ("Who", "col", "columnheader"),
        ("Desk", "row", "rowheader"),
    ]
    assert [(said(one), one.get("data-label")) for one in found.iter("td")] == [
        ("", None),
        ("March", "When"),
        ("", "Who"),
    ]


def test_a_table_too_wide_to_read_is_told_row_by_row() -> None:
    columns, row = ("", "A", "B", "C", "D"), ("Desk", "1", "2", "", "4")
    (records,) = body(Table(columns, (row, row), row_heads=True))
    assert [said(one) for one in records] == ["DeskA1B2D4"] * 2
    assert [one.tag for one in records[0]] == ["p", "dl"]


def test_tasks_in_a_row_are_one_list_and_say_whether_they_are_done() -> None:
    steps = (Task("Ask", details=(("Who", "Ana"),)), Task("Tell", done=True), Paragraph("x"), Task("Go"))
    first, _, second = body(*steps)
    assert [said(one) for one in first] == ["Todo:AskWhoAna", "Done:Tell"]
    assert [said(one) for one in second] == ["Todo:Go"]
    assert [len(one.findall("p/svg/path")) for one in first] == [0, 1]


# --- to fill in -----------------------------------------------------------------------------------

SHORT, LINE = "\u2026" * 12, "\u2026" * 25


def test_on_paper_there_are_lines_and_boxes_instead_of_signs() -> None:
    found = body(
        Facts((("Name", SHORT),)),
        Paragraph(f"{LINE}\n\n{LINE}"),
        Paragraph("Or: \u2610 does not apply   \u2610 rather not say"),
        Checklist(((f"something else: {SHORT}", False),)),
        Table(("", "1", "2"), ((SHORT, "\u2610", "\u2610"),), row_heads=True),
        to_fill_in=True,
    )
    text = "".join(found.itertext())
    assert "\u2026" not in text
    assert "\u2610" not in text
    assert "Or:  does not apply    rather not say" in text
    names = [one.get("aria-label") for one in found.iter() if one.get("role") == "img"]
    assert names == [
        "room to write",
        "room to write",
        *["box to tick"] * 2,
        "room to write",
        "room to write",
        *["box to tick"] * 2,
    ]
    assert [len(one) for one in found.iter("div") if one.get("class") == "lines"] == [2]
    assert [one.get("class") for one in found.iter("th")] == ["to-tick", "to-tick", None]


def test_elsewhere_the_signs_are_a_persons_own() -> None:
    found = body(Paragraph(LINE), Facts((("Name", f"\u2610 {SHORT}"),)))
    assert said(found) == f"{LINE}Name\u2610{SHORT}"


@pytest.mark.thorough
def test_hostile_text_in_a_worksheet_to_fill_in_shows_and_does_nothing() -> None:
    for text in HOSTILE:
        page = render(Document("T", tuple(make(text) for make in PLACES.values()), to_fill_in=True))
        assert_inert(parse(page))
        assert said(parse(page)).count("".join(visible(text).split())) >= len(PLACES) or not text.strip()


def test_a_whole_page(golden: Callable[[str, str], None]) -> None:
    blocks = (
        Facts((("Name", "Ana"), ("Worksheet", "Staff <care>"))),
        Heading(2, "Action plan"),
        Task("Ask for an hour", details=(("Who", "Ana & Joy"), ("Notes", "By phone.\nTwice."))),
        Task("Leave on time", done=True),
        Heading(2, "What we do well"),
        Quotation("Rest is work.", "A source"),
        Heading(3, "What helps?"),
        Paragraph("Mark what you do well.", tone="aside"),
        Marks((Listing(("Check-ins",), title="Well"), Listing(("A quiet room",), title="Better"))),
        Ratings((Bar("Calm", 2, 0, 3, "2 of 3, in place"), Bar("Signs", None, 0, 3, "don't know"))),
        Ratings((Bar("", 2, 1, 5, "2 of 5"),)),
        Table(("Area", "When"), (("Desk", "March"), ("Office", "")), row_heads=True),
        Paragraph("My words.\n\n  Two paragraphs.", tone="answer"),
        Bars((Bar("Safety", 2.25, 0, 3, "2.25 of 3"),)),
        Heading(2, "Sources"),
        References((Reference("Care.", ADDRESS), Reference("A book. 2020."))),
    )
    page = render(Document("Staff care", blocks))
    golden("page.html", re.sub(r"(?s)<style>.*</style>|'sha256-[^']*'", "[style]", page))
